//! The keywords that limit numbers, lengths and counts.

use super::types::Types;

/// A keyword that limits a number, a length or a count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) key: &'static str,
    /// The flag that excludes the limit itself.
    pub(super) exclusive: &'static str,
    /// The type of which it limits the values.
    pub(super) of: Types,
    pub(super) lower: bool,
    /// What people call it.
    pub(super) name: &'static str,
    /// The rules of a limit that was set, unset, increased, decreased.
    pub(super) rules: [&'static str; 4],
}

const fn limit(
    lower: bool,
    of: Types,
    [key, exclusive, name]: [&'static str; 3],
    rules: [&'static str; 4],
) -> Limit {
    Limit { key, exclusive, of, lower, name, rules }
}

/// The lower and the upper limit of each kind.
pub(super) const LIMITS: [[Limit; 2]; 4] = [
    [
        limit(
            true,
            Types::NUMBER,
            ["minimum", "exclusiveMinimum", "min"],
            ["min-set", "min-unset", "min-increased", "min-decreased"],
        ),
        limit(
            false,
            Types::NUMBER,
            ["maximum", "exclusiveMaximum", "max"],
            ["max-set", "max-unset", "max-increased", "max-decreased"],
        ),
    ],
    [
        limit(
            true,
            Types::STRING,
            ["minLength", "", "min length"],
            ["min-length-set", "min-length-unset", "min-length-increased", "min-length-decreased"],
        ),
        limit(
            false,
            Types::STRING,
            ["maxLength", "", "max length"],
            ["max-length-set", "max-length-unset", "max-length-increased", "max-length-decreased"],
        ),
    ],
    [
        limit(
            true,
            Types::ARRAY,
            ["minItems", "", "min items"],
            ["min-items-set", "min-items-unset", "min-items-increased", "min-items-decreased"],
        ),
        limit(
            false,
            Types::ARRAY,
            ["maxItems", "", "max items"],
            ["max-items-set", "max-items-unset", "max-items-increased", "max-items-decreased"],
        ),
    ],
    [
        limit(
            true,
            Types::OBJECT,
            ["minProperties", "", "min properties"],
            [
                "min-properties-set",
                "min-properties-unset",
                "min-properties-increased",
                "min-properties-decreased",
            ],
        ),
        limit(
            false,
            Types::OBJECT,
            ["maxProperties", "", "max properties"],
            [
                "max-properties-set",
                "max-properties-unset",
                "max-properties-increased",
                "max-properties-decreased",
            ],
        ),
    ],
];

/// The limits that a format implies: ranges of integers, and lengths of texts.
const OF_FORMATS: [(&str, &str, f64); 10] = [
    ("int32", "minimum", i32::MIN as f64),
    ("int32", "maximum", i32::MAX as f64),
    ("int64", "minimum", i64::MIN as f64),
    ("int64", "maximum", i64::MAX as f64),
    ("uuid", "minLength", 36.0),
    ("uuid", "maxLength", 36.0),
    ("date", "minLength", 10.0),
    ("date", "maxLength", 10.0),
    ("date-time", "minLength", 20.0),
    ("ipv4", "maxLength", 15.0),
];

/// The limits that a format implies, as the keyword and its value.
pub(super) fn of_format(format: &str) -> impl Iterator<Item = (&'static str, f64)> {
    OF_FORMATS.into_iter().filter(move |row| row.0 == format).map(|(_, key, value)| (key, value))
}

/// A limit that is in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub(super) value: f64,
    pub(super) exclusive: bool,
}

impl Bound {
    /// The outermost multiple of a number that fits.
    pub(super) fn in_steps(self, step: f64, lower: bool) -> Self {
        let sign = if lower { 1.0 } else { -1.0 };
        let steps = self.value / step * sign;
        let steps = match is_whole(steps) {
            true if self.exclusive => steps.round() + 1.0,
            true => steps.round(),
            false => steps.ceil(),
        };
        Self { value: steps * step * sign, exclusive: false }
    }

    /// Whether it lets fewer values pass than another one.
    pub(super) fn is_tighter(self, other: Self, lower: bool) -> bool {
        let distance = if lower { self.value - other.value } else { other.value - self.value };
        distance > 0.0 || distance == 0.0 && self.exclusive && !other.exclusive
    }

    /// Whether nothing is between it and an upper limit.
    pub(super) fn is_above(self, upper: Self) -> bool {
        self.value > upper.value || self.value == upper.value && (self.exclusive || upper.exclusive)
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

pub(super) fn is_multiple(of: f64, base: f64) -> bool {
    base != 0.0 && is_whole(of / base)
}

/// A number of which the common multiples of two are multiples.
pub(super) fn common_multiple(a: f64, b: f64) -> f64 {
    let multiple = (1..=1_000).map(|n| a * f64::from(n)).find(|of| is_multiple(*of, b));
    multiple.unwrap_or(a * b)
}
