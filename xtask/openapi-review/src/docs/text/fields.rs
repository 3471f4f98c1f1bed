//! Fields: how one begins, in the forms that a browser copies, and what is known of one.

use cx_client_build::Node;
use serde_json::Value;

use super::super::page::{Located, UNSTATED, at, text as string};
use super::contradictions::Contradictions;
use super::lines::Lines;
use super::marks::{Mark, described_marks, is_type_line, marks, type_line};
use super::{labels, types};

/// How long a name may be; real ones stay below 100.
const MAX_NAME: usize = 200;

/// The head of a field.
pub(super) struct Head<'t> {
    pub(super) name: &'t str,
    /// Empty where the page prints none.
    pub(super) kind: &'t str,
    /// The index of the line with the type; of that with the name where there is none.
    pub(super) kind_at: usize,
    /// The marks on that line.
    pub(super) marks: Vec<Mark<'t>>,
}

/// The head of the field that begins on the line at `index`, if one does.
pub(super) fn head(text: &Lines, index: usize, end: usize) -> Option<Head<'_>> {
    let line = text.line(index);
    if !is_name(line) {
        // All of it stands on one line, with one mark or more.
        let (name, rest) = line.split_once(char::is_whitespace)?;
        let (kind, marks) = type_line(rest).filter(|(_, marks)| !marks.is_empty())?;
        return is_name(name).then_some(Head { name, kind, kind_at: index, marks });
    }
    let kind_at = text.below(index);
    let below = (kind_at < end.min(text.len())).then(|| text.line(kind_at))?;
    // The word of a type can be the name of the field that follows a mark.
    let next = text.below(kind_at);
    if marks(line).is_some() && next < end && is_type_line(text.line(next)) {
        return None;
    }
    if let Some((kind, marks)) = type_line(below) {
        return Some(Head { name: line, kind, kind_at, marks });
    }
    is_untyped(text, index).then(|| Head::untyped(line, index))
}

impl<'t> Head<'t> {
    pub(super) fn untyped(name: &'t str, index: usize) -> Self {
        Self { name, kind: "", kind_at: index, marks: Vec::new() }
    }
}

/// Whether a field begins on the line at `index`.
pub(super) fn begins(text: &Lines, index: usize, end: usize) -> bool {
    head(text, index, end).is_some()
}

/// Whether the line at `index` names a field that has marks and no type: a page prints none for a
/// choice of types.
fn is_untyped(text: &Lines, index: usize) -> bool {
    let below = text.below(index);
    let (name, line) = (text.line(index), text.line(below));
    // `required` and `deprecated` can be names as well.
    let is_named = is_type_line(text.line(text.below(below))) && is_name(line);
    let all = marks(line).or_else(|| Some(described_marks(line)?.0));
    // A location can be the name of the field that follows a list of options.
    let all = all.filter(|all| !all.iter().any(|mark| matches!(mark, Mark::Location(_))));
    type_line(name).is_none() && marks(name).is_none() && !is_named && all.is_some()
}

/// Whether a line is the name of a field with its type and its marks, with nothing between them.
pub(super) fn is_glued(line: &str) -> bool {
    let is_rest = |(at, _): (usize, char)| is_type_line(&line[at..]);
    line.ends_with("required")
        && is_name(line)
        && !is_type_line(line)
        && line.char_indices().skip(1).any(is_rest)
}

/// Whether a line can be the name of a field.
pub(super) fn is_name(line: &str) -> bool {
    let is_first = |c: char| c.is_alphanumeric() || "_$@{[".contains(c);
    line.len() <= MAX_NAME
        && line.starts_with(is_first)
        && line.chars().all(|c| c.is_alphanumeric() || "_-.$@[]{}:".contains(c))
        && !line.ends_with([':', '.'])
}

/// Whether a word that stands alone has the form of a name in code.
pub(super) fn is_identifier(word: &str) -> bool {
    is_name(word) && word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
}

/// What the control for the fields of an object says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// `Show child attributes`: they are folded away when nothing that is theirs follows.
    Show,
    /// `Hide child attributes`: they follow.
    Hide,
}

pub(super) fn control(line: &str) -> Option<Control> {
    match line.to_ascii_lowercase().as_str() {
        "show child attributes" => Some(Control::Show),
        "hide child attributes" => Some(Control::Hide),
        _ => None,
    }
}

/// Whether a line can only belong to a field.
pub(super) fn is_fact(line: &str) -> bool {
    labels::label(line).is_some() || control(line).is_some()
}

/// A parameter, a property, or a part of the authentication.
pub(super) struct Field {
    /// The name; as the page writes it until the fields are nested, without those of its parents
    /// after that.
    pub(super) name: Located<String>,
    /// The type as the page writes it.
    pub(super) kind: Located<String>,
    /// What the page says of the values, with the description.
    pub(super) schema: Node,
    /// The line of the mark `required`.
    pub(super) required: Option<usize>,
    /// The mark of a location.
    pub(super) location: Option<Located<&'static str>>,
    /// The line that shows or hides the fields of the object.
    pub(super) control: Option<Located<Control>>,
    /// Whether nothing but its own example says which fields it has: a map has an example, too.
    pub(super) is_open: bool,
    /// The lines that belong to no fact.
    pub(super) words: Vec<usize>,
    /// The last line with a fact.
    pub(super) last_line: usize,
}

impl Field {
    pub(super) fn new(name: Located<String>, kind: Located<String>, schema: Node) -> Self {
        let last_line = kind.line;
        Self {
            name,
            kind,
            schema,
            required: None,
            location: None,
            control: None,
            is_open: false,
            words: Vec::new(),
            last_line,
        }
    }

    /// Adds a line to the description.
    pub(super) fn describe(&mut self, line: &str, number: usize, separator: &str) {
        self.last_line = number;
        let words = match self.schema.get("description") {
            Some(node) => {
                let before = node.as_str().unwrap_or_default();
                Node::text(node.position, format!("{before}{separator}{line}"))
            }
            None => string(number, line),
        };
        self.schema.set("description", words);
    }

    /// Keeps the first example; a schema of OpenAPI 3.0 has one.
    pub(super) fn keep_example(&mut self, example: Option<Node>) {
        if let (Some(example), None) = (example, self.schema.get("example")) {
            self.schema.set("example", example);
        }
    }

    pub(super) fn set_options(
        &mut self,
        options: &[Node],
        line: usize,
        contradictions: &mut Contradictions,
    ) {
        let list = Node::array(at(line), options.to_vec());
        types::change_innermost(&mut self.schema, |inner| {
            let set = |schema: &mut Node| {
                schema.remove(UNSTATED);
                schema.set("enum", list.clone());
            };
            match inner.get_mut("anyOf").and_then(Node::items_mut) {
                Some(types) => types.iter_mut().for_each(set),
                None => set(inner),
            }
        });
        for (index, option) in options.iter().enumerate() {
            if options[..index].iter().any(|other| other.value == option.value) {
                let (shown, name) = (option.to_json(), &self.name.value);
                let message = format!("the option {shown} of `{name}` is listed twice");
                let said = self.schema.get("enum").map_or(Value::Null, Node::to_json);
                contradictions.note(&mut self.schema, line, "enum", said, message);
            }
        }
    }

    /// What can only be said when all of the block is read.
    pub(super) fn finish(&mut self, contradictions: &mut Contradictions) {
        let unstated = types::innermost(&self.schema).get(UNSTATED).map_or(&[][..], Node::items);
        if unstated.iter().any(|key| key.as_str() == Some("enum")) {
            let (name, kind) = (&self.name.value, &self.kind.value);
            let message = format!("the type of `{name}` is `{kind}`, and no options are listed");
            contradictions.note(&mut self.schema, self.kind.line, "enum", Value::Null, message);
        }
    }
}
