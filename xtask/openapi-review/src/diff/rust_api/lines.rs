//! The public items in lines for a reviewer: what was added, changed, or is gone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{Api, Kind, Member, OperationMethod, Type, argument};

/// What happened to an item of the public API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Happened {
    /// It is new.
    Added,
    /// It was another.
    Changed,
    /// It is no longer there.
    Gone,
}

impl Happened {
    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// A change of the public API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiChange {
    /// What happened.
    pub change: Happened,
    /// The item, as code: `types::Call::note: bool`, `Client::get_call().call_id(Uuid) -> Call`.
    pub item: String,
    /// What it was, where it has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

impl ApiChange {
    fn new(change: Happened, item: String) -> Self {
        Self { change, item, was: None }
    }
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

impl Described {
    /// With its members, each with its position.
    fn with(mut self, members: impl Iterator<Item = (usize, String, String)>) -> Self {
        let mut members: Vec<_> = members.collect();
        members.sort_by_key(|(position, ..)| *position);
        self.order = members.iter().map(|(_, name, _)| name.clone()).collect();
        self.members = members.into_iter().map(|(_, name, text)| (name, text)).collect();
        self
    }

    /// What follows from others, such as the builder of a type, is left out.
    fn of_type(ty: &Type) -> Self {
        let mut text = if ty.non_exhaustive { " (non_exhaustive)" } else { "" }.to_owned();
        match (ty.kind, ty.members.get(&Member::Inner)) {
            (Kind::Alias, Some(inner)) => text.push_str(&format!(" = {}", inner.code)),
            (_, Some(inner)) => text.push_str(&format!("({})", inner.code)),
            _ => {}
        }
        let members = ty.members.iter().filter_map(|(member, item)| {
            let text = match member {
                Member::Field(_) => format!(": {}", item.code),
                Member::Variant(_) if item.code.is_empty() => String::new(),
                Member::Variant(_) => format!("({})", item.code),
                _ => return None,
            };
            Some((item.position, item.ident.clone(), text))
        });
        Self { text, ..Self::default() }.with(members)
    }

    /// An operation as it is called: a setter by the type into which its value is converted, the
    /// result by what it is if all goes well.
    fn of_operation(operation: &OperationMethod) -> Self {
        let output = argument("ResponseValue", &operation.output).unwrap_or(&operation.output);
        let members = operation.setters.values().filter_map(|setter| {
            let taken = argument("TryInto", &setter.code)?;
            Some((setter.position, setter.ident.clone(), format!("({taken})")))
        });
        let text = format!(" -> {output}");
        Self { text, is_operation: true, ..Self::default() }.with(members)
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

fn described(api: &Api) -> BTreeMap<String, Described> {
    let constants = api.constants.iter().map(|(name, value)| {
        (name.clone(), Described { text: format!(" = {value}"), ..Described::default() })
    });
    let types =
        api.types.iter().map(|(name, ty)| (format!("types::{name}"), Described::of_type(ty)));
    let operations = api.operations.values().filter(|operation| !operation.method.is_empty());
    let operations = operations.map(|operation| {
        (format!("Client::{}", operation.method), Described::of_operation(operation))
    });
    constants.chain(types).chain(operations).collect()
}

/// The changes from one API to another.
pub(super) fn changes(old: &Api, new: &Api) -> Vec<ApiChange> {
    let (old, new) = (described(old), described(new));
    let mut changes = Vec::new();
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if old != new => members(name, old, new, &mut changes),
            (None, Some(item)) => changes.push(ApiChange::new(Happened::Added, item.whole(name))),
            (Some(item), None) => changes.push(ApiChange::new(Happened::Gone, item.whole(name))),
            _ => {}
        }
    }
    changes
}

/// The differences of one item that is there before and after.
fn members(name: &str, old: &Described, new: &Described, changes: &mut Vec<ApiChange>) {
    let plain = |text: &str| Some(text.trim_start_matches([':', ' ', '=']).to_owned());
    if old.text != new.text {
        let was = plain(&old.text).filter(|text| !text.is_empty());
        let was = was.or_else(|| Some("exhaustive".to_owned()));
        let text = if new.text.is_empty() { " (exhaustive)" } else { &new.text };
        changes.push(ApiChange { change: Happened::Changed, item: format!("{name}{text}"), was });
    }
    let dot = if old.is_operation { "()." } else { "::" };
    let line = |member: &str, text: &str| format!("{name}{dot}{member}{text}");
    for member in &new.order {
        let text = &new.members[member];
        match old.members.get(member) {
            None => changes.push(ApiChange::new(Happened::Added, line(member, text))),
            Some(before) if before != text => changes.push(ApiChange {
                was: plain(before),
                ..ApiChange::new(Happened::Changed, line(member, text))
            }),
            Some(_) => {}
        }
    }
    for member in old.order.iter().filter(|member| !new.members.contains_key(*member)) {
        changes.push(ApiChange::new(Happened::Gone, line(member, &old.members[member])));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::extract::extract;
    use super::changes;

    fn lines(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (syn::parse_file(old).unwrap(), syn::parse_file(new).unwrap());
        changes(&extract(&old), &extract(&new))
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
