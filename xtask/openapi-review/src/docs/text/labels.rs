//! The labelled facts of a field: `Required range: 1 <= x <= 100`.

use serde_json::{Number, Value};

/// What a labelled fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Options,
    Example,
    Examples,
    Range,
    /// The keywords for the least and the most.
    Length(Bound, &'static str, &'static str),
    Pattern,
    MultipleOf,
    Default,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Least,
    Most,
    Both,
}

const fn string(bound: Bound) -> Label {
    Label::Length(bound, "minLength", "maxLength")
}

const fn array(bound: Bound) -> Label {
    Label::Length(bound, "minItems", "maxItems")
}

const LABELS: [(&str, Label); 16] = [
    ("Available options:", Label::Options),
    ("Allowed values:", Label::Options),
    ("Allowed value:", Label::Options),
    ("Example:", Label::Example),
    ("Examples:", Label::Examples),
    ("Required range:", Label::Range),
    ("Required string length:", string(Bound::Both)),
    ("Minimum string length:", string(Bound::Least)),
    ("Maximum string length:", string(Bound::Most)),
    ("Required array length:", array(Bound::Both)),
    ("Minimum array length:", array(Bound::Least)),
    ("Maximum array length:", array(Bound::Most)),
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
        Label::Range => range(value).map(|bounds| bounds.into_iter().flat_map(numeric).collect()),
        Label::Length(bound, least, most) => lengths(bound, least, most, value),
        Label::Pattern => Some(vec![("pattern", value.into())]),
        Label::MultipleOf => Some(vec![("multipleOf", number(value)?.into())]),
        _ => None,
    }
}

/// A bound: whether it is the least, whether it is excluded itself, and its value.
type Comparison = (bool, bool, Number);

fn numeric((least, excluded, number): Comparison) -> Vec<Limit> {
    let (bound, flag) = match least {
        true => ("minimum", "exclusiveMinimum"),
        false => ("maximum", "exclusiveMaximum"),
    };
    let mut limits = vec![(bound, number.into())];
    limits.extend(excluded.then(|| (flag, true.into())));
    limits
}

/// `1 <= x <= 100`, `x > 0`.
fn range(value: &str) -> Option<Vec<Comparison>> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let x = words.iter().position(|word| word.eq_ignore_ascii_case("x"))?;
    let mut bounds = Vec::new();
    match &words[..x] {
        [] => {}
        [bound, operator] => {
            // The bound stands on the left.
            let (least, excluded) = operation(operator)?;
            bounds.push((!least, excluded, number(bound)?));
        }
        _ => return None,
    }
    match &words[x + 1..] {
        [] => {}
        [operator, bound] => {
            let (least, excluded) = operation(operator)?;
            bounds.push((least, excluded, number(bound)?));
        }
        _ => return None,
    }
    (!bounds.is_empty()).then_some(bounds)
}

fn operation(operator: &str) -> Option<(bool, bool)> {
    Some(match operator {
        ">=" | "≥" => (true, false),
        ">" => (true, true),
        "<=" | "≤" => (false, false),
        "<" => (false, true),
        _ => return None,
    })
}

fn number(word: &str) -> Option<Number> {
    match serde_json::from_str(word).ok()? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// `1 - 50`, `1 - 50 characters`, `x >= 1`, `5`. That nothing is shorter than 0 is no limit.
fn lengths(
    bound: Bound,
    least: &'static str,
    most: &'static str,
    value: &str,
) -> Option<Vec<Limit>> {
    let units = ["characters", "elements", "items"];
    let value = units.iter().find_map(|unit| value.strip_suffix(unit)).unwrap_or(value).trim();
    let (low, high) = match range(value) {
        Some(bounds) => {
            let (mut low, mut high) = (None, None);
            for (is_least, excluded, number) in bounds {
                let number = number.as_u64()?;
                let excluded = u64::from(excluded);
                if is_least {
                    low = Some(number.checked_add(excluded)?);
                } else {
                    high = Some(number.checked_sub(excluded)?);
                }
            }
            (low, high)
        }
        None => {
            let numbers = value.split(['-', '\u{2013}']).map(|word| word.trim().parse().ok());
            let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
            match (bound, numbers.as_slice()) {
                (Bound::Least, [n]) => (Some(*n), None),
                (Bound::Most, [n]) => (None, Some(*n)),
                (Bound::Both, [low, high]) => (Some(*low), Some(*high)),
                (Bound::Both, [n]) => (Some(*n), Some(*n)),
                _ => return None,
            }
        }
    };
    let low = low.filter(|low| *low > 0).map(|low| (least, low.into()));
    Some(low.into_iter().chain(high.map(|high| (most, high.into()))).collect())
}
