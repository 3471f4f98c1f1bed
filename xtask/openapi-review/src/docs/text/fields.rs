//! Fields: how one begins, and what can be said of it.

use cx_client_build::{Node, Value as NodeValue};
use serde_json::Value;

use super::super::page::{Located, UNSTATED, at, text as string};
use super::lines::Lines;
use super::{json, labels, types};

/// How long a name may be; real ones stay below 100.
const MAX_NAME: usize = 200;

/// A parameter, a property, or a part of the authentication.
#[derive(Clone)]
pub(super) struct Field {
    /// The name; as the page writes it until the fields are nested, without those of its parents
    /// after that.
    pub(super) name: Located<String>,
    /// The type as the page writes it.
    pub(super) kind: Located<String>,
    /// What the page says of the values, with the description.
    pub(super) schema: Node,
    /// The line of the marker `required`.
    pub(super) required: Option<usize>,
    /// The marker of a location.
    pub(super) location: Option<Located<String>>,
    /// Where the block contradicts itself: the keyword, and what is wrong.
    pub(super) faults: Vec<Located<(&'static str, String)>>,
    /// The line that shows or hides the fields of the object.
    pub(super) control: Option<Located<Control>>,
    /// The fields of the object that the field, or each of its items, is.
    pub(super) children: Vec<Field>,
    /// Words that belong to no fact, line by line.
    pub(super) words: Vec<Located<String>>,
    /// The last line with a fact.
    pub(super) last_line: usize,
}

impl Field {
    pub(super) fn new(name: Located<String>, kind: Located<String>, schema: Node) -> Self {
        Self {
            last_line: kind.line,
            name,
            kind,
            schema,
            required: None,
            location: None,
            faults: Vec::new(),
            control: None,
            children: Vec::new(),
            words: Vec::new(),
        }
    }
}

/// What the control for the fields of an object says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// `Show child attributes`: they are folded away when nothing that is theirs follows.
    Show,
    /// `Hide child attributes`: they follow.
    Hide,
}

/// Whether a field begins on the line at `index`.
pub(super) fn begins(text: &Lines, index: usize, end: usize) -> bool {
    let line = text.line(index);
    if is_name(line) {
        return index + 1 < end.min(text.len())
            && (is_type_line(text.line(index + 1)) || is_untyped(text, index));
    }
    one_line(line).is_some()
}

/// Whether the line at `index` names a field that has marks and no type: a page prints none for a
/// choice of types.
pub(super) fn is_untyped(text: &Lines, index: usize) -> bool {
    let (name, line) = (text.line(index), text.line(index + 1));
    let is_mark = |word: &str| markers(word).is_some() || is_type_line(word);
    // `required` and `deprecated` can be names as well.
    let is_named = is_type_line(text.line(index + 2)) && is_name(line);
    let marks = markers(line).or_else(|| described_marks(line).and_then(|(it, _)| markers(it)));
    // A location can be the name of the field that follows a list of options.
    let marks = marks.filter(|all| all.iter().all(|(mark, _)| !LOCATIONS.contains(mark)));
    is_name(name) && !is_mark(name) && !is_named && marks.is_some()
}

/// The marks that a browser copies with nothing between them and the description:
/// `requiredThe key of the account.`
pub(super) fn described_marks(line: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    let mut last = "";
    while let Some(marker) = MARKERS.iter().find(|marker| line[at..].starts_with(**marker)) {
        at += marker.len();
        last = marker;
    }
    let (marks, words) = line.split_at(at);
    let is_mark = matches!(last, "required" | "optional" | "deprecated");
    (is_mark && words.starts_with(char::is_uppercase)).then_some((marks, words))
}

/// Whether a line is the name of a field with its type and its marks, with nothing between them.
pub(super) fn is_glued(line: &str) -> bool {
    let is_typed = |(at, _): (usize, char)| {
        type_line(&line[at..]).is_some_and(|(_, marks)| marks.ends_with("required"))
    };
    is_name(line) && !is_type_line(line) && line.char_indices().skip(1).any(is_typed)
}

/// Whether a word that stands alone has the form of a name in code.
pub(super) fn is_identifier(word: &str) -> bool {
    is_name(word) && word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
}

/// Whether `line` is a type, with or without markers.
pub(super) fn is_type_line(line: &str) -> bool {
    type_line(line).is_some()
}

/// Whether `line` can be the name of a field.
pub(super) fn is_name(line: &str) -> bool {
    let first = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '{' | '[');
    let inner = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | '-' | '.' | '$' | '@' | '[' | ']' | '{' | '}' | ':')
    };
    line.len() <= MAX_NAME
        && line.starts_with(first)
        && line.chars().all(inner)
        && !line.ends_with([':', '.'])
}

/// `limit integer required`: name, type and at least one marker on one line.
pub(super) fn one_line(line: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = line.split_once(char::is_whitespace)?;
    if !is_name(name) {
        return None;
    }
    let (kind, markers) = type_line(rest)?;
    (!markers.is_empty()).then_some((name, kind, markers))
}

/// The type and the markers of a line that has nothing else.
///
/// A browser copies marks that stand side by side with nothing between them: `stringheaderrequired`.
pub(super) fn type_line(line: &str) -> Option<(&str, &str)> {
    // The title of a schema can stand before its type: `Parcel · object`.
    let line = line.rsplit_once(" · ").map_or(line, |(_, kind)| kind);
    let is_rest = |rest: &str| rest.is_empty() || markers(rest).is_some();
    if let Some((_, rest)) = types::parse_prefix(line, 1) {
        let kind = line[..line.len() - rest.len()].trim();
        return is_rest(rest.trim()).then_some((kind, rest.trim()));
    }
    let splits = line.char_indices().map(|(at, _)| at).take(MAX_NAME).skip(1);
    let mut glued = splits.map(|at| line.split_at(at));
    glued.find(|(kind, rest)| markers(rest).is_some() && types::parse(kind, 1).is_some())
}

const LOCATIONS: [&str; 5] = ["path", "query", "header", "cookie", "body"];

/// The words that mark a field, beside `default:`.
const MARKERS: [&str; 13] = [
    "required",
    "optional",
    "deprecated",
    "read-only",
    "readOnly",
    "write-only",
    "writeOnly",
    "nullable",
    "path",
    "query",
    "header",
    "cookie",
    "body",
];

/// The markers of a line that has nothing else, each with its value.
pub(super) fn markers(line: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        if let Some(value) = rest.strip_prefix("default:") {
            found.push(("default", value.trim()));
            break;
        }
        let (marker, after) = MARKERS
            .iter()
            .find_map(|marker| rest.strip_prefix(marker).map(|after| (*marker, after)))?;
        found.push((marker, ""));
        rest = after.trim_start();
    }
    (!found.is_empty()).then_some(found)
}

pub(super) fn control(line: &str) -> Option<Control> {
    match line.to_ascii_lowercase().as_str() {
        "show child attributes" => Some(Control::Show),
        "hide child attributes" => Some(Control::Hide),
        _ => None,
    }
}

/// Whether a line can only belong to a block.
pub(super) fn is_fact(line: &str) -> bool {
    labels::label(line).is_some() || control(line).is_some()
}

/// Keeps the first example; a schema of OpenAPI 3.0 has one.
pub(super) fn keep_example(field: &mut Field, example: Option<Node>) {
    if let (Some(example), None) = (example, field.schema.get("example")) {
        field.schema.set("example", example);
    }
}

pub(super) fn describe(schema: &mut Node, line: &str, number: usize, separator: &str) {
    let before = schema.get("description").and_then(Node::as_str).map(|text| {
        let position = schema.get("description").map_or(number, |node| node.position.line);
        (format!("{text}{separator}{line}"), position)
    });
    let (words, number) = before.unwrap_or_else(|| (line.to_owned(), number));
    schema.set("description", string(number, &words));
}

/// What can only be said of a field when all of its block is read.
pub(super) fn finish(field: &mut Field) {
    let missing = types::innermost(&field.schema)
        .get("x-unstated")
        .is_some_and(|keys| keys.items().iter().any(|key| key.as_str() == Some("enum")));
    if missing {
        let message = format!(
            "the type of `{}` is `{}`, and no options are listed",
            field.name.value, field.kind.value
        );
        field.faults.push(Located::new(("enum", message), field.kind.line));
    }
}

pub(super) fn set_options(field: &mut Field, options: &[Node], line: usize) {
    for (index, option) in options.iter().enumerate() {
        if options[..index].iter().any(|other| other.value == option.value) {
            let shown = option.to_json();
            let message = format!("the option {shown} of `{}` is listed twice", field.name.value);
            field.faults.push(Located::new(("enum", message), line));
        }
    }
    let list = Node::array(at(line), options.to_vec());
    types::change_innermost(&mut field.schema, |inner| {
        let set = |schema: &mut Node| {
            schema.remove(UNSTATED);
            schema.set("enum", list.clone());
        };
        match inner.get_mut("anyOf").and_then(Node::items_mut) {
            Some(types) => types.iter_mut().for_each(set),
            None => set(inner),
        }
    });
}

/// Sets a limit where the schema, or what its items are, has one of the types that it limits.
pub(super) fn set_limit(
    schema: &mut Node,
    kinds: &[&str],
    keyword: &str,
    value: &Value,
    line: usize,
) -> bool {
    let fits = schema.get("type").and_then(Node::as_str).is_none_or(|kind| kinds.contains(&kind));
    if fits {
        schema.set(keyword, Node::from_json(at(line), value));
        return true;
    }
    schema.get_mut("items").is_some_and(|items| set_limit(items, kinds, keyword, value, line))
}

/// The value that a word stands for at a field of this schema: a page writes strings with quotes
/// and without.
pub(super) fn literal(word: &str, schema: &Node, line: usize) -> Node {
    let is_text = schema.get("type").and_then(Node::as_str) == Some("string");
    let nullable = schema.get("nullable").is_some();
    match json::whole(word, line) {
        Ok(node) if node.value == NodeValue::Null && nullable => node,
        Ok(node) if !is_text || node.as_str().is_some() => node,
        _ => string(line, word),
    }
}
