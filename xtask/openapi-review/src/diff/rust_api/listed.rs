//! The changes of public items in lines for a reviewer: what was added, changed, or is gone.

use serde::Serialize;

use super::model::{Item, Kind, Member, OperationMethod, Type, argument};

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

/// A line of the list, and where it stands there.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// The type, operation or constant.
    owner: String,
    position: usize,
    /// What follows the owner's name: `::note: bool`.
    rest: String,
    /// The part of it that changes: `bool`.
    value: String,
    happened: Happened,
    was: Option<String>,
}

impl Listed {
    /// A line of something new, whose value is the end of it.
    fn new(owner: String, position: usize, name: &str, value: &str) -> Self {
        let rest = format!("{name}{value}");
        let value = value.trim_start_matches([':', ' ', '=']).to_owned();
        Self { owner, position, rest, value, happened: Happened::Added, was: None }
    }

    pub(super) fn renamed(module: &str, old: &str, new: &str) -> Self {
        let line = Self::new(format!("{module}{new}"), 0, "", "");
        Self { happened: Happened::Changed, was: Some(format!("{module}{old}")), ..line }
    }

    pub(super) fn gone(self) -> Self {
        Self { happened: Happened::Gone, ..self }
    }

    pub(super) fn changed(self, before: &Self) -> Self {
        let was = match before.value.is_empty() || before.value == self.value {
            true => before.rest.trim_start_matches("::").to_owned(),
            false => before.value.clone(),
        };
        Self { happened: Happened::Changed, was: Some(was), ..self }
    }
}

/// The list of the changes: by type and operation, in the order of the source, what is gone last.
pub(super) fn list<'x>(lines: impl Iterator<Item = &'x Listed>) -> Vec<ApiChange> {
    let mut listed: Vec<&Listed> = lines.collect();
    listed.sort_by_key(|it| (&it.owner, it.happened == Happened::Gone, it.position));
    let line = |it: &Listed| ApiChange {
        change: it.happened,
        item: format!("{}{}", it.owner, it.rest),
        was: it.was.clone(),
    };
    listed.into_iter().map(line).collect()
}

pub(super) fn of_constant(name: &str, was: Option<&String>, is: Option<&String>) -> Option<Listed> {
    let line = |value: &String| Listed::new(name.to_owned(), 0, "", &format!(" = {value}"));
    match (was.map(line), is.map(line)) {
        (Some(was), Some(is)) => Some(is.changed(&was)),
        (Some(was), None) => Some(was.gone()),
        (None, is) => is,
    }
}

/// A type with its fields or variants.
pub(super) fn of_type(name: &str, ty: &Type) -> Listed {
    let mut text = if ty.non_exhaustive { " (non_exhaustive)" } else { "" }.to_owned();
    match (ty.kind, ty.members.get(&Member::Inner)) {
        (Kind::Alias, Some(inner)) => text.push_str(&format!(" = {}", inner.code)),
        (_, Some(inner)) => text.push_str(&format!("({})", inner.code)),
        _ => {}
    }
    let parts = ty.members.iter().filter(|(member, _)| **member != Member::Inner);
    let mut members: Vec<Listed> =
        parts.filter_map(|(member, item)| of_member(name, member, item)).collect();
    members.sort_by_key(|member| member.position);
    let members: Vec<&str> = members.iter().map(|it| it.rest.trim_start_matches("::")).collect();
    if !members.is_empty() {
        text.push_str(&format!(" {{ {} }}", members.join(", ")));
    }
    Listed::new(format!("types::{name}"), 0, "", &text)
}

pub(super) fn exhaustive(name: &str, new: &Type) -> Listed {
    let words = ["exhaustive", "non_exhaustive"];
    let [was, is] = if new.non_exhaustive { words } else { [words[1], words[0]] };
    let line = Listed::new(format!("types::{name}"), 0, "", &format!(" ({is})"));
    Listed { happened: Happened::Changed, was: Some(was.to_owned()), ..line }
}

pub(super) fn of_member(ty: &str, member: &Member, item: &Item) -> Option<Listed> {
    let Item { ident, code, .. } = item;
    let (name, text) = match member {
        Member::Field(_) => (format!("::{ident}"), format!(": {code}")),
        Member::Variant(_) if code.is_empty() => (format!("::{ident}"), String::new()),
        Member::Variant(_) => (format!("::{ident}"), format!("({code})")),
        Member::Inner => (String::new(), format!("({code})")),
        _ => return None,
    };
    Some(Listed::new(format!("types::{ty}"), item.position, &name, &text))
}

/// An operation as it is called.
pub(super) fn of_operation(operation: &OperationMethod) -> Listed {
    let setters = operation.setters.values().filter_map(|setter| of_setter(operation, setter));
    let mut setters: Vec<Listed> = setters.collect();
    setters.sort_by_key(|setter| setter.position);
    let calls: String = setters.iter().map(|it| it.rest.trim_start_matches("()")).collect();
    let output = of_output(operation);
    Listed { rest: format!("(){calls}{}", output.rest.trim_start_matches("()")), ..output }
}

/// A setter by the type into which its value is converted.
pub(super) fn of_setter(operation: &OperationMethod, setter: &Item) -> Option<Listed> {
    let taken = argument("TryInto", &setter.code)?;
    let owner = format!("Client::{}", operation.method);
    let name = format!("().{}", setter.ident);
    Some(Listed::new(owner, setter.position, &name, &format!("({taken})")))
}

/// What an operation gives if all goes well.
pub(super) fn of_output(operation: &OperationMethod) -> Listed {
    let output = argument("ResponseValue", &operation.output).unwrap_or(&operation.output);
    let owner = format!("Client::{}", operation.method);
    Listed::new(owner, 0, "()", &format!(" -> {output}"))
}
