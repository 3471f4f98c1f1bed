//! The labelled facts of a field: `Required range: 1 <= x <= 100`.

use serde_json::{Number, Value};

/// What a labelled fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Options,
    Example,
    Examples,
    Default,
    Pattern,
    MultipleOf,
    Range,
    /// The keywords that a number alone is the value of, and those for the least and the most.
    Length(&'static [&'static str], [&'static str; 2]),
}

const STRING: [&str; 2] = ["minLength", "maxLength"];
const ARRAY: [&str; 2] = ["minItems", "maxItems"];

const LABELS: [(&str, Label); 16] = [
    ("Available options:", Label::Options),
    ("Allowed values:", Label::Options),
    ("Allowed value:", Label::Options),
    ("Example:", Label::Example),
    ("Examples:", Label::Examples),
    ("Required range:", Label::Range),
    ("Required string length:", Label::Length(&STRING, STRING)),
    ("Minimum string length:", Label::Length(&["minLength"], STRING)),
    ("Maximum string length:", Label::Length(&["maxLength"], STRING)),
    ("Required array length:", Label::Length(&ARRAY, ARRAY)),
    ("Minimum array length:", Label::Length(&["minItems"], ARRAY)),
    ("Maximum array length:", Label::Length(&["maxItems"], ARRAY)),
    ("Pattern:", Label::Pattern),
    ("Must be a multiple of:", Label::MultipleOf),
    ("Default:", Label::Default),
    ("Default value:", Label::Default),
];

/// The label that a line begins with, its text, and what follows it on the line.
pub(super) fn label(line: &str) -> Option<(Label, &'static str, &str)> {
    LABELS.iter().find_map(|(text, label)| {
        line.strip_prefix(text).map(|value| (*label, *text, value.trim()))
    })
}

/// A keyword of a schema that limits its values, and its value.
pub(super) type Limit = (&'static str, Value);

/// The types that a keyword can limit.
pub(super) fn limited_types(keyword: &str) -> &'static [&'static str] {
    match keyword {
        "minLength" | "maxLength" | "pattern" => &["string"],
        "minItems" | "maxItems" => &["array"],
        _ => &["integer", "number"],
    }
}

/// The keywords of OpenAPI 3.0 that a labelled limit stands for.
pub(super) fn limits(label: Label, value: &str) -> Option<Vec<Limit>> {
    let value = value.trim_matches('`');
    match label {
        Label::Pattern => Some(vec![("pattern", value.into())]),
        Label::MultipleOf => Some(vec![("multipleOf", number(value)?.into())]),
        Label::Range => {
            let mut limits = Vec::new();
            for Bound { is_least, excluded, number } in range(value)? {
                let (bound, flag) = match is_least {
                    true => ("minimum", "exclusiveMinimum"),
                    false => ("maximum", "exclusiveMaximum"),
                };
                limits.push((bound, number.into()));
                limits.extend(excluded.then(|| (flag, true.into())));
            }
            Some(limits)
        }
        Label::Length(alone, keywords) => lengths(alone, keywords, value),
        _ => None,
    }
}

struct Bound {
    is_least: bool,
    /// Whether the number itself is not allowed.
    excluded: bool,
    number: Number,
}

/// `1 <= x <= 100`, `x > 0`.
fn range(value: &str) -> Option<Vec<Bound>> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let x = words.iter().position(|word| word.eq_ignore_ascii_case("x"))?;
    let mut bounds = Vec::new();
    for (side, is_left) in [(&words[..x], true), (&words[x + 1..], false)] {
        let (bound, operator) = match (side, is_left) {
            ([], _) => continue,
            ([bound, operator], true) | ([operator, bound], false) => (bound, *operator),
            _ => return None,
        };
        let (is_least, excluded) = match operator {
            ">=" | "≥" => (true, false),
            ">" => (true, true),
            "<=" | "≤" => (false, false),
            "<" => (false, true),
            _ => return None,
        };
        bounds.push(Bound { is_least: is_least != is_left, excluded, number: number(bound)? });
    }
    (!bounds.is_empty()).then_some(bounds)
}

fn number(word: &str) -> Option<Number> {
    serde_json::from_str(word).ok()
}

/// `1 - 50`, `1 - 50 characters`, `x >= 1`, `5`. That nothing is shorter than 0 is no limit.
fn lengths(alone: &[&'static str], keywords: [&'static str; 2], value: &str) -> Option<Vec<Limit>> {
    let units = ["characters", "elements", "items"];
    let value = units.iter().find_map(|unit| value.strip_suffix(unit)).unwrap_or(value).trim();
    let mut found: Vec<(&'static str, u64)> = Vec::new();
    if let Some(bounds) = range(value) {
        for Bound { is_least, excluded, number } in bounds {
            let (number, excluded) = (number.as_u64()?, u64::from(excluded));
            found.push(match is_least {
                true => (keywords[0], number.checked_add(excluded)?),
                false => (keywords[1], number.checked_sub(excluded)?),
            });
        }
    } else {
        let numbers = value.split(['-', '\u{2013}']).map(|word| word.trim().parse().ok());
        match numbers.collect::<Option<Vec<u64>>>()?.as_slice() {
            [number] => found.extend(alone.iter().map(|keyword| (*keyword, *number))),
            [low, high] if alone.len() == 2 => {
                found.extend([(keywords[0], *low), (keywords[1], *high)]);
            }
            _ => return None,
        }
    }
    found.retain(|(keyword, number)| *keyword != keywords[0] || *number > 0);
    Some(found.into_iter().map(|(keyword, number)| (keyword, number.into())).collect())
}
