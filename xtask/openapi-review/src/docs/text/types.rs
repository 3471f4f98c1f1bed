//! The types of a page: `string[]`, `enum<string>`, `string | null`.

use cx_client_build::Node;

use super::super::page::{leave_unstated, object, text as string, unknown, yes};

/// How deep `[]`, `array<…>` and parentheses may nest; real types stay below 3.
const MAX_NESTING: usize = 8;

/// The schema of the type that is all of `text`, which stands on `line`.
pub(super) fn parse(text: &str, line: usize) -> Option<Node> {
    let (schema, rest) = parse_prefix(text, line)?;
    rest.trim().is_empty().then_some(schema)
}

/// The schema of the type that `text` begins with, and the rest.
pub(super) fn parse_prefix(text: &str, line: usize) -> Option<(Node, &str)> {
    union(text, line, 0)
}

fn union(text: &str, line: usize, depth: usize) -> Option<(Node, &str)> {
    if depth > MAX_NESTING {
        return None;
    }
    let (first, mut rest) = alternative(text, line, depth)?;
    let mut types = vec![first];
    while let Some(after) = rest.trim_start().strip_prefix('|') {
        let (next, after) = alternative(after, line, depth)?;
        types.push(next);
        rest = after;
    }
    if types.len() == 1 {
        return types.pop().map(|only| (only, rest));
    }
    let mut nullable = false;
    for schema in &mut types {
        nullable |= schema.remove("nullable").is_some();
    }
    types.retain(|schema| !schema.entries().is_empty());
    let mut schema = match types.len() {
        0 | 1 => types.pop().unwrap_or_else(|| object(line, [])),
        _ => {
            let position = super::super::page::at(line);
            object(line, [("anyOf", Node::array(position, types))])
        }
    };
    if nullable {
        schema.set("nullable", yes(line));
    }
    Some((schema, rest))
}

fn alternative(text: &str, line: usize, depth: usize) -> Option<(Node, &str)> {
    let text = text.trim_start();
    let (mut schema, mut rest) = if let Some(inner) = text.strip_prefix('(') {
        let (schema, rest) = union(inner, line, depth + 1)?;
        (schema, rest.trim_start().strip_prefix(')')?)
    } else {
        named(text, line, depth)?
    };
    let mut nesting = depth;
    while let Some(after) = rest.strip_prefix("[]") {
        nesting += 1;
        if nesting > MAX_NESTING {
            return None;
        }
        schema = array(line, schema);
        rest = after;
    }
    // `stringent` is a word, not a type followed by something.
    (!rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[')))
        .then_some((schema, rest))
}

fn named(text: &str, line: usize, depth: usize) -> Option<(Node, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let argument = rest.strip_prefix('<');
    if is_primitive(word) {
        let mut schema = object(line, [("type", string(line, word))]);
        let Some(argument) = argument else { return Some((schema, rest)) };
        let (format, rest) = argument.split_once('>')?;
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let fits = !format.is_empty() && format.chars().all(known);
        schema.set("format", string(line, format));
        return fits.then_some((schema, rest));
    }
    match (word, argument) {
        ("enum", Some(argument)) => {
            let (inner, rest) = argument.split_once('>')?;
            let inner = inner.trim();
            let mut schema = object(line, [("type", string(line, inner))]);
            leave_unstated(&mut schema, "enum");
            is_primitive(inner).then_some((schema, rest))
        }
        ("array" | "list", Some(argument)) => {
            let (inner, rest) = union(argument, line, depth + 1)?;
            let rest = rest.trim_start().strip_prefix('>')?;
            Some((array(line, inner), rest))
        }
        ("array" | "list", None) => Some((array(line, unknown(line)), rest)),
        ("any", None) => Some((object(line, []), rest)),
        ("file", None) => {
            let format = string(line, "binary");
            Some((object(line, [("type", string(line, "string")), ("format", format)]), rest))
        }
        ("null", None) => Some((object(line, [("nullable", yes(line))]), rest)),
        _ => None,
    }
}

fn array(line: usize, items: Node) -> Node {
    object(line, [("type", string(line, "array")), ("items", items)])
}

fn is_primitive(word: &str) -> bool {
    matches!(word, "string" | "integer" | "number" | "boolean" | "object")
}

/// The schema of the items of the innermost array; the schema itself if it is none.
pub(super) fn innermost(mut schema: &Node) -> &Node {
    while let Some(items) = schema.get("items") {
        schema = items;
    }
    schema
}

/// Changes what [`innermost`] gives.
pub(super) fn change_innermost(schema: &mut Node, change: impl FnOnce(&mut Node)) {
    match schema.get_mut("items") {
        Some(items) => change_innermost(items, change),
        None => change(schema),
    }
}

/// Whether it is an object, or an array of objects, or can be one.
pub(super) fn has_fields(schema: &Node) -> bool {
    let inner = innermost(schema);
    match inner.get("anyOf") {
        Some(types) => types.items().iter().any(has_fields),
        None => inner.get("type").and_then(Node::as_str).is_none_or(|kind| kind == "object"),
    }
}
