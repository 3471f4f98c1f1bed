//! The types of a page: `string[]`, `enum<string>`, `string | null`.

use cx_client_build::Node;

use super::super::page::{at, leave_unstated, object, text as string, unknown, yes};

/// How deep `[]`, `array<…>` and parentheses may nest; real types stay below 3.
const MAX_NESTING: usize = 8;

/// The schema of the type that is all of `text`, which stands on `line`.
pub(super) fn parse(text: &str, line: usize) -> Option<Node> {
    let (schema, rest) = union(text, line, 0)?;
    rest.trim().is_empty().then_some(schema)
}

/// `string | integer[] | null`.
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
    let nullable =
        types.iter_mut().filter_map(|schema| schema.remove("nullable")).reduce(|_, it| it);
    types.retain(|schema| !schema.entries().is_empty());
    let mut schema = match types.len() {
        0 | 1 => types.pop().unwrap_or_else(|| object(line, [])),
        _ => object(line, [("anyOf", Node::array(at(line), types))]),
    };
    nullable.into_iter().for_each(|it| schema.set("nullable", it));
    Some((schema, rest))
}

/// A type, or a union in parentheses, with `[]` behind it or not.
fn alternative(text: &str, line: usize, depth: usize) -> Option<(Node, &str)> {
    let mut text = text.trim_start();
    // The title of a schema can stand before its type: `Parcel · object`.
    while let Some((title, kind)) = text.split_once(" · ")
        && !title.starts_with('(')
        && !title.contains('|')
    {
        text = kind.trim_start();
    }
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
    Some((schema, rest))
}

fn named(text: &str, line: usize, depth: usize) -> Option<(Node, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let of_type = |word: &str| object(line, [("type", string(line, word))]);
    let Some(argument) = rest.strip_prefix('<') else {
        let schema = match word {
            "array" | "list" => array(line, unknown(line)),
            "any" => object(line, []),
            "null" => object(line, [("nullable", yes(line))]),
            "file" => {
                let (kind, format) = (string(line, "string"), string(line, "binary"));
                object(line, [("type", kind), ("format", format)])
            }
            _ => is_primitive(word).then(|| of_type(word))?,
        };
        return Some((schema, rest));
    };
    if matches!(word, "array" | "list") {
        let (inner, rest) = union(argument, line, depth + 1)?;
        return Some((array(line, inner), rest.trim_start().strip_prefix('>')?));
    }
    let (argument, rest) = argument.split_once('>')?;
    if word == "enum" {
        let mut schema = is_primitive(argument.trim()).then(|| of_type(argument.trim()))?;
        leave_unstated(&mut schema, "enum");
        return Some((schema, rest));
    }
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_format = !argument.is_empty() && argument.chars().all(known);
    let mut schema = (is_primitive(word) && is_format).then(|| of_type(word))?;
    schema.set("format", string(line, argument));
    Some((schema, rest))
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
