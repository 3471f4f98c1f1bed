//! The Rust names of a document: decided here, and nowhere else.
//!
//! progenitor and typify make names of their own from what a document says. They are given a
//! document in which every name is one that they keep as it is (see `lowering`), and which no other
//! name of its scope, of the generated code and of the runtime is.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// The Rust names of what a document describes, and what the names stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// The operations in the order of the document.
    pub operations: Vec<OperationName>,
    /// The types of `mod types` by their name.
    pub types: BTreeMap<String, TypeName>,
}

/// The names of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationName {
    /// The JSON pointer (RFC 6901) of the operation.
    pub pointer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template, as the document has it.
    pub path: String,
    /// The method of `Client`, and the module of its examples.
    pub function: String,
    /// The builder in `mod builder`.
    pub builder: String,
    /// The parameters, those of the path first.
    pub parameters: Vec<ParameterName>,
    pub(crate) request: crate::lowering::Request,
}

impl OperationName {
    /// The path with the names that stand for those of the parameters in the document that
    /// progenitor sees.
    pub(crate) fn stand_in_path(&self) -> String {
        let braces = |name: &str| format!("{{{name}}}");
        self.parameters
            .iter()
            .filter(|parameter| parameter.wire.location == crate::lowering::Location::Path)
            .fold(self.path.clone(), |path, parameter| {
                path.replace(&braces(&parameter.name), &braces(&parameter.setter))
            })
    }
}

/// The name of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterName {
    /// The JSON pointer (RFC 6901) of the parameter, where it is defined.
    pub pointer: String,
    /// The name on the wire.
    pub name: String,
    /// The method of the operation's builder.
    pub setter: String,
    pub(crate) wire: crate::lowering::Wire,
}

/// The names of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// The JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The fields of a struct, in the order of the document.
    pub properties: Vec<PropertyName>,
    /// The variants of an enum.
    pub values: Vec<ValueName>,
    pub(crate) facts: crate::lowering::TypeFacts,
}

/// The name of a property.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyName {
    /// The JSON pointer (RFC 6901) of the schema of the property, where it is defined.
    pub pointer: String,
    /// The name on the wire.
    pub name: String,
    /// The field of the struct, and the method of its builder.
    pub field: String,
    /// What stands for the name in the document that progenitor sees.
    pub(crate) stand_in: String,
    /// Whether its value must not be printed.
    pub(crate) sensitive: bool,
}

/// The name of a value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueName {
    /// The value on the wire.
    pub value: String,
    /// The variant.
    pub variant: String,
    /// What stands for the value in the document that progenitor sees.
    pub(crate) stand_in: String,
}

impl Names {
    /// The operation whose builder has this name.
    pub(crate) fn of_builder(&self, builder: &str) -> Option<&OperationName> {
        self.operations.iter().find(|operation| operation.builder == builder)
    }
}

/// How the words of a name are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `like_this`: functions, fields and modules.
    Snake,
    /// `LikeThis`: types and variants.
    Pascal,
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
    fn a_taken_name_is_told_apart_by_its_kind_and_then_by_a_number() {
        let mut scope = Scope::with(&["send"]);
        assert_eq!(scope.take("send", Case::Snake, "parameter"), "send_parameter");
        assert_eq!(scope.take("Send", Case::Snake, "parameter"), "send_2");
        assert_eq!(scope.take("a-b", Case::Snake, ""), "a_b");
        assert_eq!(scope.take("aB", Case::Snake, ""), "a_b_2");
        assert_eq!(scope.take("aB2", Case::Snake, ""), "a_b2");
    }
}
