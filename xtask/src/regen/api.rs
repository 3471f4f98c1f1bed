//! The public API of the generated code, in lines for a reviewer: what was added, changed, or is
//! gone.

use std::collections::BTreeMap;

use quote::ToTokens;
use serde::Serialize;
use syn::{
    Expr, Fields, File, GenericArgument, ImplItem, Item, ItemImpl, PathArguments, ReturnType,
    Signature, Type, TypeParamBound, Visibility, WherePredicate,
};

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Happened {
    /// It is new.
    Added,
    /// It was another.
    Changed,
    /// It is no longer there.
    Gone,
}

impl Happened {
    /// In one word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// A change of the public API.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ApiChange {
    /// What happened.
    pub(crate) change: Happened,
    /// The item, as code.
    pub(crate) item: String,
    /// What it was, where it has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) was: Option<String>,
}

/// An item: what it is on its own line, and what it has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Described {
    /// Without the name: `: String`, ` -> Call`.
    text: String,
    /// The fields, variants or parameters, by name.
    members: BTreeMap<String, String>,
    /// The names of the members in the order of the source.
    order: Vec<String>,
    is_operation: bool,
}

type Api = BTreeMap<String, Described>;

/// The changes from one generated source to another.
pub(super) fn changes(old: &File, new: &File) -> Vec<ApiChange> {
    let (old, new) = (read(old), read(new));
    let mut changes = Vec::new();
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (None, Some(item)) => {
                changes.push(ApiChange {
                    change: Happened::Added,
                    item: item.whole(name),
                    was: None,
                });
            }
            (Some(item), None) => {
                changes.push(ApiChange {
                    change: Happened::Gone,
                    item: item.whole(name),
                    was: None,
                });
            }
            (Some(old), Some(new)) => members(name, old, new, &mut changes),
            (None, None) => {}
        }
    }
    changes
}

/// The differences of one item that is there before and after.
fn members(name: &str, old: &Described, new: &Described, changes: &mut Vec<ApiChange>) {
    if old.text != new.text {
        let was = match old.text.trim_start_matches([':', ' ', '=']) {
            "" => "exhaustive",
            text => text,
        };
        let text = if new.text.is_empty() { " (exhaustive)" } else { &new.text };
        let item = format!("{name}{text}");
        changes.push(ApiChange { change: Happened::Changed, item, was: Some(was.to_owned()) });
    }
    let dot = if old.is_operation { "()." } else { "::" };
    let line = |member: &str, text: &str| format!("{name}{dot}{member}{text}");
    for member in &new.order {
        let text = &new.members[member];
        match old.members.get(member) {
            None => changes.push(ApiChange {
                change: Happened::Added,
                item: line(member, text),
                was: None,
            }),
            Some(before) if before != text => changes.push(ApiChange {
                change: Happened::Changed,
                item: line(member, text),
                was: Some(before.trim_start_matches([':', ' ', '=']).to_owned()),
            }),
            Some(_) => {}
        }
    }
    for member in old.order.iter().filter(|member| !new.members.contains_key(*member)) {
        let item = line(member, &old.members[member]);
        changes.push(ApiChange { change: Happened::Gone, item, was: None });
    }
}

impl Described {
    fn add(&mut self, name: String, text: String) {
        self.order.push(name.clone());
        self.members.insert(name, text);
    }

    /// The item with its members.
    fn whole(&self, name: &str) -> String {
        let members: Vec<String> =
            self.order.iter().map(|member| format!("{member}{}", self.members[member])).collect();
        if self.is_operation {
            let setters: String = members.iter().map(|member| format!(".{member}")).collect();
            return format!("{name}(){setters}{}", self.text);
        }
        match &members[..] {
            [] => format!("{name}{}", self.text),
            _ => format!("{name}{} {{ {} }}", self.text, members.join(", ")),
        }
    }
}

/// Reads the public items; what follows from others, such as the builder of a type, is left out.
fn read(file: &File) -> Api {
    let mut api = Api::new();
    for item in &file.items {
        match item {
            Item::Const(item) if is_public(&item.vis) => {
                let text = format!(" = {}", value(&item.expr));
                api.insert(item.ident.to_string(), Described { text, ..Described::default() });
            }
            Item::Impl(item) if item.trait_.is_none() && last_name(&item.self_ty) == "Client" => {
                operations(item, file, &mut api);
            }
            _ => {}
        }
    }
    for item in module(file, "types") {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let described = fields(&item.attrs, &item.fields);
                api.insert(format!("types::{}", item.ident), described);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let mut described = Described { text: growth(&item.attrs), ..Described::default() };
                for variant in &item.variants {
                    let holds = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => code(fields),
                    };
                    described.add(variant.ident.to_string(), holds);
                }
                api.insert(format!("types::{}", item.ident), described);
            }
            Item::Type(item) if is_public(&item.vis) => {
                let text = format!(" = {}", code(&item.ty));
                api.insert(
                    format!("types::{}", item.ident),
                    Described { text, ..Described::default() },
                );
            }
            _ => {}
        }
    }
    api
}

/// Whether a type can grow without breaking callers.
fn growth(attributes: &[syn::Attribute]) -> String {
    let can_grow = attributes.iter().any(|one| one.path().is_ident("non_exhaustive"));
    if can_grow { " (non_exhaustive)".to_owned() } else { String::new() }
}

fn fields(attributes: &[syn::Attribute], fields: &Fields) -> Described {
    let mut described = Described { text: growth(attributes), ..Described::default() };
    match fields {
        Fields::Named(fields) => {
            for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                described.add(name, format!(": {}", code(&field.ty)));
            }
        }
        Fields::Unnamed(fields) => described.text.push_str(&code(fields)),
        Fields::Unit => {}
    }
    described
}

/// The methods that give the builder of a request.
fn operations(item: &ItemImpl, file: &File, api: &mut Api) {
    for function in item.items.iter().filter_map(public_function) {
        let ReturnType::Type(_, output) = &function.output else { continue };
        let builder = last_name(output);
        let parts: Vec<&Signature> = module(file, "builder")
            .iter()
            .filter_map(|item| match item {
                Item::Impl(item)
                    if item.trait_.is_none() && last_name(&item.self_ty) == builder =>
                {
                    Some(item.items.iter().filter_map(public_function))
                }
                _ => None,
            })
            .flatten()
            .collect();
        let Some(send) = parts.iter().find(|signature| signature.ident == "send") else { continue };
        let mut described = Described { is_operation: true, ..Described::default() };
        described.text = format!(" -> {}", answer(&send.output));
        for setter in parts {
            if let Some(taken) = taken(setter) {
                described.add(setter.ident.to_string(), format!("({taken})"));
            }
        }
        api.insert(format!("Client::{}", function.ident), described);
    }
}

/// The type of the value that a setter takes: that into which its parameter is converted.
fn taken(setter: &Signature) -> Option<String> {
    let predicates = setter.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounds = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => Some(&predicate.bounds),
        _ => None,
    });
    bounds.flatten().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last()?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        match arguments.args.first() {
            Some(GenericArgument::Type(ty)) if last.ident == "TryInto" => Some(code(ty)),
            _ => None,
        }
    })
}

/// What `send` gives if all goes well: `T` of `Result<ResponseValue<T>, Error>`.
fn answer(output: &ReturnType) -> String {
    let mut found = match output {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => return "()".to_owned(),
    };
    for wrapper in ["Result", "ResponseValue"] {
        if let Type::Path(path) = &found
            && let Some(last) = path.path.segments.last()
            && last.ident == wrapper
            && let PathArguments::AngleBracketed(arguments) = &last.arguments
            && let Some(GenericArgument::Type(inner)) = arguments.args.first()
        {
            found = inner.clone();
        }
    }
    code(&found)
}

fn public_function(item: &ImplItem) -> Option<&Signature> {
    match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(&function.sig),
        _ => None,
    }
}

fn module<'a>(file: &'a File, name: &str) -> &'a [Item] {
    file.items
        .iter()
        .find_map(|item| match item {
            Item::Mod(item) if item.ident == name => {
                item.content.as_ref().map(|(_, items)| items.as_slice())
            }
            _ => None,
        })
        .unwrap_or_default()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn last_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A constant's value, spaces as they are in a text.
fn value(expression: &Expr) -> String {
    match expression {
        Expr::Call(call) => {
            let arguments: Vec<String> = call.args.iter().map(value).collect();
            format!("{}({})", code(&call.func), arguments.join(", "))
        }
        Expr::Lit(_) => expression.to_token_stream().to_string(),
        other => code(other),
    }
}

/// Code on one line, as a person would write it: without the paths of the standard library.
fn code(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut out = String::with_capacity(text.len());
    for token in text.split(' ') {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        if out.ends_with(word) && token.starts_with(word)
            || out.ends_with([',', ':', '=']) && !out.ends_with("::")
        {
            out.push(' ');
        }
        out.push_str(token);
    }
    shortened(&out)
}

/// Paths by their last name, but for those that tell where a type of this API is.
fn shortened(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
        if length == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (path, after) = rest.split_at(length);
        let name = path.trim_end_matches(':').rsplit("::").next().unwrap_or(path);
        out.push_str(name);
        out.push_str(&path[path.trim_end_matches(':').len()..]);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::changes;

    fn lines(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (syn::parse_file(old).unwrap(), syn::parse_file(new).unwrap());
        changes(&old, &new)
            .into_iter()
            .map(|change| {
                let was = change.was.map(|was| format!(", was {was}")).unwrap_or_default();
                format!("{} {}{was}", change.change.word(), change.item)
            })
            .collect()
    }

    const TYPES: &str = r"
        pub mod types {
            #[non_exhaustive]
            pub struct Call {
                pub id: ::uuid::Uuid,
                pub note: ::std::option::Option<::std::string::String>,
                hidden: u8,
            }
            pub enum Channel { Call, Sms }
            pub type Calls = ::std::vec::Vec<Call>;
        }
    ";

    #[test]
    fn members_are_told_one_by_one_and_whole_items_in_one_line() {
        let new = TYPES
            .replace(
                "note: ::std::option::Option<::std::string::String>",
                "note: bool, pub more: u8",
            )
            .replace("Sms", "Mail(::std::string::String)")
            .replace("pub enum", "#[non_exhaustive] pub enum")
            .replace("pub type Calls = ::std::vec::Vec<Call>;", "pub struct Other { pub a: Call }");
        assert_eq!(
            lines(TYPES, &new),
            [
                "changed types::Call::note: bool, was Option<String>",
                "added types::Call::more: u8",
                "gone types::Calls = Vec<Call>",
                "changed types::Channel (non_exhaustive), was exhaustive",
                "added types::Channel::Mail(String)",
                "gone types::Channel::Sms",
                "added types::Other { a: Call }",
            ]
        );
        assert_eq!(lines(TYPES, TYPES), [""; 0]);
    }

    #[test]
    fn an_operation_is_told_as_it_is_called() {
        let new = r#"
            impl Client { pub fn list_calls(&self) -> builder::ListCalls<'_> { todo!() } }
            pub mod builder {
                impl<'a> ListCalls<'a> {
                    pub fn new(client: &'a Client) -> Self { todo!() }
                    pub fn limit<V>(mut self, value: V) -> Self
                    where V: std::convert::TryInto<f64> { todo!() }
                    pub async fn send(self) -> Result<ResponseValue<::std::vec::Vec<types::Call>>, Error>
                    { todo!() }
                }
            }
            pub const BASE_URL: Option<&str> = Some("https://example.com");
        "#;
        assert_eq!(
            lines("", new),
            [
                "added BASE_URL = Some(\"https://example.com\")",
                "added Client::list_calls().limit(f64) -> Vec<Call>",
            ]
        );
        let other = new.replace("f64", "u32").replace("example.com", "example.org");
        assert_eq!(
            lines(new, &other),
            [
                "changed BASE_URL = Some(\"https://example.org\"), was Some(\"https://example.com\")",
                "changed Client::list_calls().limit(u32), was (f64)",
            ]
        );
    }
}
