//! The public API of the generated code, in lines for a reviewer: what was added, changed, or is
//! gone.

use std::collections::BTreeSet;

use serde::Serialize;
use syn::File;

use super::api_items::{Described, read};

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

/// The changes from one generated source to another.
pub(super) fn changes(old: &File, new: &File) -> Vec<ApiChange> {
    let (old, new) = (read(old), read(new));
    let mut changes = Vec::new();
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
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
