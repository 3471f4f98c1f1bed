//! From the text of a YAML or JSON document to its values.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::diagnostic::{Diagnostic, Error};
use crate::node::{Entry, Mapping, Node, Value};
use crate::position::Position;
use crate::surrogate_pairs::Joined;

/// How deep a document may be nested. Real documents stay below 30.
pub(crate) const MAX_DEPTH: usize = 128;
/// How many values a document may have once its aliases are expanded: a document of 10,000
/// operations has about 600,000.
const MAX_NODES: usize = 4_000_000;

pub(crate) struct Loader<'a> {
    file: &'a str,
    text: &'a Joined<'a>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

impl<'a> Loader<'a> {
    pub(crate) fn new(file: &'a str, text: &'a Joined<'a>) -> Self {
        let parser = Parser::new_from_str(&text.text);
        Self { file, text, parser, anchors: HashMap::new(), nodes: 0 }
    }

    fn position(&self, span: Span) -> Position {
        self.at(span.start.line(), span.start.col())
    }

    fn at(&self, line: usize, column: usize) -> Position {
        Position { line, column: self.text.column(line, column + 1) }
    }

    /// The text of a scalar: only in double quotes is a backslash the beginning of an escape.
    fn scalar(&self, text: Cow<'a, str>, style: ScalarStyle) -> Cow<'a, str> {
        if style == ScalarStyle::DoubleQuoted { text } else { self.text.restore(text) }
    }

    pub(crate) fn document(mut self) -> Result<Node, Error> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                _ if root.is_some() => {
                    return Err(self.error(
                        self.position(span),
                        "a second YAML document begins here",
                        "keep one document per file: remove the `---` before it and what follows",
                    ));
                }
                event => root = Some(self.node(event, span, 0)?.0),
            }
        }
        match root {
            Some(Node { value: Value::Null, position }) => {
                Err(self.error(position, "the document is empty", "write an OpenAPI 3.0 document"))
            }
            Some(root) => Ok(root),
            None => Err(self.error(
                Position::START,
                "the document is empty",
                "write an OpenAPI 3.0 document",
            )),
        }
    }

    /// The node that begins with `event`, and how many values it holds.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<(Node, usize), Error> {
        let at = self.position(span);
        if depth > MAX_DEPTH {
            return Err(self.too_deep(at));
        }
        let mut size = 1;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text = self.scalar(text, style);
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value =
                    if plain { scalar(&text) } else { Value::String(text.clone().into_owned()) };
                (value, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let (items, inner) = self.items(depth + 1)?;
                size += inner;
                (Value::Sequence(items), anchor)
            }
            Event::MappingStart(anchor, _) => {
                let (mapping, inner) = self.mapping(depth + 1)?;
                size += inner;
                (Value::Mapping(mapping), anchor)
            }
            Event::Alias(id) => return self.alias(id, at),
            other => {
                return Err(self.error(
                    at,
                    &format!("unexpected {other:?}"),
                    "check the indentation of this line",
                ));
            }
        };
        self.nodes += 1;
        self.check_size(at)?;
        let node = Node { value, position: at };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok((node, size))
    }

    /// The items of a sequence, and how many values they hold.
    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), Error> {
        let (mut items, mut size) = (Vec::new(), 0);
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok((items, size)),
                (event, span) => {
                    let (item, inner) = self.node(event, span, depth)?;
                    size += inner;
                    items.push(item);
                }
            }
        }
    }

    /// The entries of a mapping, and how many values they hold.
    fn mapping(&mut self, depth: usize) -> Result<(Mapping, usize), Error> {
        let (mut mapping, mut size) = (Mapping::default(), 0);
        loop {
            let (key, key_position) = match self.next()? {
                (Event::MappingEnd, _) => return Ok((mapping, size)),
                (Event::Scalar(text, style, ..), span) => {
                    (self.scalar(text, style).into_owned(), self.position(span))
                }
                (_, span) => {
                    return Err(self.error(
                        self.position(span),
                        "a key must be a plain string",
                        "write the key as text, in quotes if it has special characters",
                    ));
                }
            };
            let (event, span) = self.next()?;
            let (node, inner) = self.node(event, span, depth)?;
            size += inner;
            if let Err(first) = mapping.insert(Entry { key, key_position, node }) {
                let message = format!(
                    "the key `{}` stands twice; first at line {}",
                    first.key, first.key_position.line,
                );
                return Err(Diagnostic::error("duplicate-key", self.file, key_position, message)
                    .help("keep one of the two, or rename one")
                    .into());
            }
        }
    }

    /// The value that an alias names, where the alias stands.
    fn alias(&mut self, id: usize, at: Position) -> Result<(Node, usize), Error> {
        let Some(inner) = self.anchors.get(&id).map(|(_, size)| *size) else {
            return Err(self.error(
                at,
                "this alias stands inside the value that it names",
                "remove the alias; refer to a schema with `$ref`",
            ));
        };
        self.nodes += inner;
        self.check_size(at)?;
        let value = self.anchors.get(&id).map(|(node, _)| node.value.clone());
        Ok((Node { value: value.unwrap_or(Value::Null), position: at }, inner))
    }

    fn check_size(&self, at: Position) -> Result<(), Error> {
        if self.nodes > MAX_NODES {
            return Err(self.error(
                at,
                &format!("the document grows beyond {MAX_NODES} values by its aliases"),
                "use fewer aliases",
            ));
        }
        Ok(())
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Error> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let marker = error.marker();
                let at = self.at(marker.line(), marker.col());
                // The parser has a limit of its own, of brackets and braces inside each other.
                if error.info().starts_with("recursion limit") {
                    return Err(self.too_deep(at));
                }
                Err(self.error(
                    at,
                    &format!("this is not valid YAML: {}", error.info()),
                    "check the indentation (spaces, no tabs), colons and quotes of this line and \
                     of the line before it",
                ))
            }
            None => Err(self.error(
                Position::START,
                "the document ends too early",
                "check that the file is whole",
            )),
        }
    }

    fn too_deep(&self, at: Position) -> Error {
        let message = format!("values are nested deeper than {MAX_DEPTH} levels");
        Diagnostic::error("nesting", self.file, at, message)
            .help("move the inner schemas to components/schemas and refer to them")
            .into()
    }

    fn error(&self, at: Position, message: &str, help: &str) -> Error {
        Diagnostic::error("yaml-syntax", self.file, at, message).help(help).into()
    }
}

/// Resolves a plain scalar by the YAML 1.2 core schema (section 10.3.2).
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn number(text: &str) -> Option<serde_json::Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return u64::from_str_radix(digits, radix).ok().filter(|_| plain).map(Into::into);
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let begins_like_a_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !begins_like_a_number || !unsigned.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
    {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(integer.into());
    }
    text.parse::<f64>().ok().and_then(serde_json::Number::from_f64)
}
