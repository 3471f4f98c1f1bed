//! The keywords that limit numbers, lengths and counts.

use super::decimal::Decimal;
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
    /// What its rules begin with.
    pub(super) rule: &'static str,
}

const fn lower(of: Types, key: &'static str, exclusive: &'static str, rule: &'static str) -> Limit {
    Limit { key, exclusive, of, lower: true, rule }
}

const fn upper(of: Types, key: &'static str, exclusive: &'static str, rule: &'static str) -> Limit {
    Limit { key, exclusive, of, lower: false, rule }
}

/// The lower and the upper limit of each kind.
pub(super) const LIMITS: [[Limit; 2]; 4] = [
    [
        lower(Types::NUMBER, "minimum", "exclusiveMinimum", "min"),
        upper(Types::NUMBER, "maximum", "exclusiveMaximum", "max"),
    ],
    [
        lower(Types::STRING, "minLength", "", "min-length"),
        upper(Types::STRING, "maxLength", "", "max-length"),
    ],
    [
        lower(Types::ARRAY, "minItems", "", "min-items"),
        upper(Types::ARRAY, "maxItems", "", "max-items"),
    ],
    [
        lower(Types::OBJECT, "minProperties", "", "min-properties"),
        upper(Types::OBJECT, "maxProperties", "", "max-properties"),
    ],
];

impl Limit {
    /// The limit on the other side: what `not` makes of it.
    pub(super) fn opposite(&self) -> Self {
        let pair = LIMITS.iter().find(|pair| pair.iter().any(|limit| limit.key == self.key));
        let other = pair.and_then(|pair| pair.iter().find(|limit| limit.key != self.key));
        other.copied().unwrap_or(*self)
    }

    /// A bound as it counts: the outermost value that fits, where values have steps.
    pub(super) fn bound(&self, value: Decimal, exclusive: bool, step: Option<Decimal>) -> Bound {
        // Lengths and counts are whole.
        let step = if self.of == Types::NUMBER { step } else { Some(Decimal::ONE) };
        match step {
            Some(step) => {
                Bound { value: value.in_steps(step, self.lower, exclusive), exclusive: false }
            }
            None => Bound { value, exclusive },
        }
    }
}

/// The limits that a format implies: ranges of integers, and lengths of texts.
const OF_FORMATS: [(&str, &str, i64); 10] = [
    ("int32", "minimum", i32::MIN as i64),
    ("int32", "maximum", i32::MAX as i64),
    ("int64", "minimum", i64::MIN),
    ("int64", "maximum", i64::MAX),
    ("uuid", "minLength", 36),
    ("uuid", "maxLength", 36),
    ("date", "minLength", 10),
    ("date", "maxLength", 10),
    ("date-time", "minLength", 20),
    ("ipv4", "maxLength", 15),
];

/// The limits that a format implies, as the keyword and its value.
pub(super) fn of_format(format: &str) -> impl Iterator<Item = (&'static str, Bound)> {
    let rows = OF_FORMATS.into_iter().filter(move |row| row.0 == format);
    rows.map(|(_, key, value)| (key, Bound::at(value)))
}

/// A limit that is in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub(super) value: Decimal,
    pub(super) exclusive: bool,
}

impl Bound {
    pub(super) const fn at(value: i64) -> Self {
        Self { value: Decimal::from(value), exclusive: false }
    }

    /// Whether it lets fewer values pass than another one.
    pub(super) fn is_tighter(self, other: Self, lower: bool) -> bool {
        let (inner, outer) = if lower { (self, other) } else { (other, self) };
        inner.value > outer.value
            || inner.value == outer.value && self.exclusive && !other.exclusive
    }

    /// Whether nothing is between it and an upper limit.
    pub(super) fn is_above(self, upper: Self) -> bool {
        self.value > upper.value || self.value == upper.value && (self.exclusive || upper.exclusive)
    }
}
