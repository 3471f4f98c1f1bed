//! Writes a tree as YAML in block style.

use std::fmt::Write as _;

use serde_json::Value;

use super::tree::Tree;

/// How long a key may be that stands on one line with its value.
const MAX_KEY: usize = 1000;

/// The tree as YAML 1.2, two spaces a level, ending with a line end.
pub fn to_yaml(tree: &Tree) -> String {
    let mut out = String::new();
    match tree {
        Tree::Map(fields) if !fields.is_empty() => map(&mut out, fields, 0),
        Tree::List(items) if !items.is_empty() => list(&mut out, items, 0),
        other => {
            out.push_str(&inline(other));
            out.push('\n');
        }
    }
    out
}

fn map(out: &mut String, fields: &[(String, Tree)], depth: usize) {
    for (index, (key, value)) in fields.iter().enumerate() {
        // The first field of an item stands behind its dash.
        if index > 0 || !out.ends_with("- ") {
            indent(out, depth);
        }
        let key = string(key);
        // YAML takes a key of 1024 characters at most, unless it is marked (section 7.4.2).
        if key.chars().count() > MAX_KEY {
            let _ = writeln!(out, "? {key}");
            indent(out, depth);
        } else {
            out.push_str(&key);
        }
        out.push(':');
        below(out, value, depth);
    }
}

fn list(out: &mut String, items: &[Tree], depth: usize) {
    for item in items {
        if !out.ends_with("- ") {
            indent(out, depth);
        }
        out.push_str("- ");
        match item {
            Tree::Map(fields) if !fields.is_empty() => map(out, fields, depth + 1),
            Tree::List(items) if !items.is_empty() => list(out, items, depth + 1),
            other => {
                out.push_str(&inline(other));
                out.push('\n');
            }
        }
    }
}

fn below(out: &mut String, value: &Tree, depth: usize) {
    match value {
        Tree::Map(fields) if !fields.is_empty() => {
            out.push('\n');
            map(out, fields, depth + 1);
        }
        Tree::List(items) if !items.is_empty() => {
            out.push('\n');
            list(out, items, depth + 1);
        }
        other => {
            let _ = writeln!(out, " {}", inline(other));
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn inline(tree: &Tree) -> String {
    match tree {
        Tree::Scalar(Value::String(text)) => string(text),
        Tree::Scalar(value) => value.to_string(),
        Tree::List(_) => "[]".to_owned(),
        Tree::Map(_) => "{}".to_owned(),
    }
}

/// A string, in quotes where it would be read as something else without them.
fn string(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(|c| c.is_control() || is_break(c)) {
        double_quoted(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn is_plain(text: &str) -> bool {
    let first = |c: char| c.is_alphabetic() || matches!(c, '/' | '_' | '$');
    let inner = |c: char| c.is_alphanumeric() || " _-./+,()'\"@$?;=<>&!*%~{}[]".contains(c);
    let lower = text.to_ascii_lowercase();
    // What YAML 1.1 takes for a boolean or a number is quoted as well.
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(first)
        && text.chars().all(|c| inner(c) || c == ':' || c == '#')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word.contains(&lower.as_str())
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_break(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use cx_client_build::Document;
    use proptest::prelude::*;

    use super::{Tree, to_yaml};

    fn any_text() -> impl Strategy<Value = String> {
        let awkward = prop_oneof![
            Just("true"),
            Just("~"),
            Just("1e3"),
            Just("0x1F"),
            Just("- a"),
            Just("a: b"),
            Just("a #b"),
            Just("#a"),
            Just("{}"),
            Just("[a]"),
            Just("&a"),
            Just("*a"),
            Just("!a"),
            Just("|"),
            Just(">"),
            Just("%a"),
            Just("@a"),
            Just("`a"),
            Just("\"a"),
            Just("'a"),
            Just(" a"),
            Just("a "),
            Just("a:"),
            Just("---"),
            Just("..."),
            Just("? a"),
            Just(""),
            Just("long key ".repeat(200).leak() as &str),
            Just("a\nb"),
            Just("a\n"),
            Just("\t"),
            Just("\u{85}"),
            Just("\u{2028}"),
            Just("=")
        ];
        prop_oneof![awkward.prop_map(str::to_owned), "[ -~äß日\\n]{0,12}"]
    }

    fn any_tree() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            any_text().prop_map(Tree::from),
            any::<bool>().prop_map(Tree::from),
            any::<u64>().prop_map(Tree::from),
            Just(Tree::Scalar(serde_json::Value::Null)),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
                prop::collection::btree_map(any_text(), inner, 0..4)
                    .prop_map(|fields| Tree::Map(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_written_is_read_back(tree in any_tree()) {
            let wrapped = Tree::from([("root", tree)]);
            let yaml = to_yaml(&wrapped);
            let document = Document::parse("test", &yaml)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{yaml}")))?;
            prop_assert_eq!(document.to_json(), wrapped.to_value(), "{}", yaml);
        }
    }
}
