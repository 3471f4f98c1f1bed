//! What makes a Rust name of a text, and what names are taken.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// How the words of a name are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `like_this`: functions, fields and modules.
    Snake,
    /// `LikeThis`: types and variants.
    Pascal,
}

/// `text` as the name of a Rust function or field, as the generator makes it where no other item has
/// the name already.
///
/// ```
/// use cx_client_build::snake_case_name;
///
/// assert_eq!(snake_case_name("create-call"), "create_call");
/// assert_eq!(snake_case_name("GetHTTPStatus"), "get_http_status");
/// assert_eq!(snake_case_name("2calls"), "x2calls");
/// ```
pub fn snake_case_name(text: &str) -> String {
    rust_name(text, Case::Snake)
}

/// `text` as a Rust name that progenitor and typify leave as it is.
pub(crate) fn rust_name(text: &str, case: Case) -> String {
    let mut name = converted(text, case);
    // What is converted once can have other borders between words than before.
    for _ in 0..4 {
        let again = converted(&name, case);
        if again == name {
            break;
        }
        name = again;
    }
    name
}

/// `text` as progenitor and typify make a name of it.
pub(crate) fn converted(text: &str, case: Case) -> String {
    let put_together = |text: &str| match case {
        Case::Snake => text.to_snake_case(),
        Case::Pascal => text.to_pascal_case(),
    };
    let name = match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => put_together(&text.replace('\'', "").replace(|c| !is_xid_continue(c), "-")),
    };
    let name = match name.chars().next() {
        None => put_together("x"),
        Some(first) if is_xid_start(first) => name,
        Some(_) => put_together(&format!("x{name}")),
    };
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}

/// What no name can be, in any edition.
const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods of `Client` that are the runtime's, and those that it needs of the standard library.
pub(crate) const CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "fmt",
    "from_env",
    "from_parts",
    "new",
    "new_with_client",
    "with_deadline",
    "with_options",
    "with_request_options",
    "with_settings",
];

/// What `mod builder` imports and what its code calls by name: the prelude of the standard library.
pub(crate) const BUILDERS: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "ByteStream",
    "Client",
    "ClientHooks",
    "ClientInfo",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "RequestBuilderExt",
    "ResponseValue",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// The methods of a builder of an operation that set no parameter.
pub(crate) const BUILDER_METHODS: &[&str] =
    &["body", "body_map", "build_request", "clone", "fmt", "new", "send", "stream"];

/// What the code of `mod types` calls by name.
pub(crate) const TYPES: &[&str] = &["Default", "Err", "None", "Ok", "Self", "Some", "String"];

/// The names of one scope that are taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope(BTreeSet<String>);

impl Scope {
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self(reserved.iter().map(|name| (*name).to_owned()).collect())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Takes the name made of `text`; of `text` and `kind`, if the name is taken; or else with a
    /// number.
    pub(crate) fn take(&mut self, text: &str, case: Case, kind: &str) -> String {
        let name = free(text, case, kind, |name| !self.has(name));
        self.0.insert(name.clone());
        name
    }

    pub(crate) fn insert(&mut self, name: String) {
        self.0.insert(name);
    }
}

/// The first name made of `text`, then `kind`, then a number, for which `is_free` holds.
pub(crate) fn free(text: &str, case: Case, kind: &str, is_free: impl Fn(&str) -> bool) -> String {
    let wanted = rust_name(text, case);
    if is_free(&wanted) {
        return wanted;
    }
    let with_kind = rust_name(&format!("{wanted}-{kind}"), case);
    if !kind.is_empty() && is_free(&with_kind) {
        return with_kind;
    }
    (2_u32..)
        .map(|number| rust_name(&format!("{}-{number}", wanted.trim_end_matches('_')), case))
        .find(|name| is_free(name))
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope, rust_name};

    #[test]
    fn names_stay_as_they_are_once_made() {
        for text in [
            "StartTime",
            "StartTime<",
            "type",
            "self",
            "Self",
            "2fa",
            "",
            "+1",
            "a-b",
            "été",
            "URLConfig",
            "Ev2B",
            "x_2",
            "_",
            "__",
            "foo_2_",
            "日本",
        ] {
            for case in [Case::Snake, Case::Pascal] {
                let name = rust_name(text, case);
                assert_eq!(rust_name(&name, case), name, "{text}");
                assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{text}: {name}");
            }
        }
    }

    #[test]
    fn a_taken_name_is_distinguished_by_its_kind_and_then_by_a_number() {
        let mut scope = Scope::with(&["send"]);
        assert_eq!(scope.take("send", Case::Snake, "parameter"), "send_parameter");
        assert_eq!(scope.take("Send", Case::Snake, "parameter"), "send_2");
        assert_eq!(scope.take("a-b", Case::Snake, ""), "a_b");
        assert_eq!(scope.take("aB", Case::Snake, ""), "a_b_2");
        assert_eq!(scope.take("aB2", Case::Snake, ""), "a_b2");
    }
}
