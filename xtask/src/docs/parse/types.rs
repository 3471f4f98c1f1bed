//! The types of a page: `string[]`, `enum<string>`, `string | null`.

use super::super::page::{Primitive, Shape, Type};

/// How deep `[]`, `array<…>` and parentheses may nest; real types stay below 3.
const MAX_NESTING: usize = 8;

/// The type that is all of `text`.
pub(super) fn parse(text: &str) -> Option<Type> {
    let (kind, rest) = parse_prefix(text)?;
    rest.trim().is_empty().then_some(kind)
}

/// The type that `text` begins with, and the rest.
pub(super) fn parse_prefix(text: &str) -> Option<(Type, &str)> {
    union(text, 0)
}

fn union(text: &str, depth: usize) -> Option<(Type, &str)> {
    if depth > MAX_NESTING {
        return None;
    }
    let (first, mut rest) = alternative(text, depth)?;
    let mut types = vec![first];
    while let Some(after) = rest.trim_start().strip_prefix('|') {
        let (next, after) = alternative(after, depth)?;
        types.push(next);
        rest = after;
    }
    if types.len() == 1 {
        return types.pop().map(|only| (only, rest));
    }
    let is_null = |kind: &Type| kind.nullable && kind.shape == Shape::Any;
    let nullable = types.iter().any(|kind| kind.nullable);
    types.retain(|kind| !is_null(kind));
    for kind in &mut types {
        kind.nullable = false;
    }
    let shape = match types.len() {
        0 => Shape::Any,
        1 => types.pop()?.shape,
        _ => Shape::Union(types),
    };
    Some((Type { shape, nullable }, rest))
}

fn alternative(text: &str, depth: usize) -> Option<(Type, &str)> {
    let text = text.trim_start();
    let (mut kind, mut rest) = if let Some(inner) = text.strip_prefix('(') {
        let (kind, rest) = union(inner, depth + 1)?;
        (kind, rest.trim_start().strip_prefix(')')?)
    } else {
        named(text, depth)?
    };
    let mut nesting = depth;
    while let Some(after) = rest.strip_prefix("[]") {
        nesting += 1;
        if nesting > MAX_NESTING {
            return None;
        }
        kind = plain(Shape::Array(Some(Box::new(kind))));
        rest = after;
    }
    // `stringent` is a word, not a type followed by something.
    (!rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[')))
        .then_some((kind, rest))
}

fn named(text: &str, depth: usize) -> Option<(Type, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let argument = rest.strip_prefix('<');
    if let Some(kind) = primitive(word) {
        let Some(argument) = argument else {
            return Some((plain(Shape::Plain(kind, None)), rest));
        };
        let (format, rest) = argument.split_once('>')?;
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let fits = !format.is_empty() && format.chars().all(known);
        return fits.then(|| (plain(Shape::Plain(kind, Some(format.to_owned()))), rest));
    }
    match (word, argument) {
        ("enum", Some(argument)) => {
            let (inner, rest) = argument.split_once('>')?;
            Some((plain(Shape::Enum(primitive(inner.trim())?)), rest))
        }
        ("array" | "list", Some(argument)) => {
            let (inner, rest) = union(argument, depth + 1)?;
            let rest = rest.trim_start().strip_prefix('>')?;
            Some((plain(Shape::Array(Some(Box::new(inner)))), rest))
        }
        ("array" | "list", None) => Some((plain(Shape::Array(None)), rest)),
        ("any", None) => Some((plain(Shape::Any), rest)),
        ("file", None) => {
            Some((plain(Shape::Plain(Primitive::String, Some("binary".to_owned()))), rest))
        }
        ("null", None) => Some((Type { shape: Shape::Any, nullable: true }, rest)),
        _ => None,
    }
}

fn plain(shape: Shape) -> Type {
    Type { shape, nullable: false }
}

fn primitive(word: &str) -> Option<Primitive> {
    Some(match word {
        "string" => Primitive::String,
        "integer" => Primitive::Integer,
        "number" => Primitive::Number,
        "boolean" => Primitive::Boolean,
        "object" => Primitive::Object,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::parse;

    #[test]
    fn every_spelling_is_understood_and_written_back() {
        for (text, canonical) in [
            ("string", "string"),
            ("string<date-time>", "string<date-time>"),
            ("enum<string>", "enum<string>"),
            ("enum<integer>[]", "enum<integer>[]"),
            ("object[][]", "object[][]"),
            ("array", "array"),
            ("array<string>", "string[]"),
            ("string | null", "string | null"),
            ("null|string", "string | null"),
            ("string[] | null", "string[] | null"),
            ("(string | null)[]", "(string | null)[]"),
            ("string | integer | null", "string | integer | null"),
            ("file", "string<binary>"),
            ("any", "any"),
            ("null", "null"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn a_word_is_no_type() {
        for text in ["", "String of text", "stringent", "calls", "string]", "enum", "(string", "|"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"(".repeat(100_000)), None);
        assert_eq!(parse(&format!("string{}", "[]".repeat(100_000))), None);
    }
}
