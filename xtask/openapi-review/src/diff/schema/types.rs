//! The types of values.

use std::ops::{BitAnd, BitOr};

use cx_client_build::Value;

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const STRING: Self = Self(1);
    pub(super) const INTEGER: Self = Self(2);
    /// A number that is no integer.
    pub(super) const FRACTION: Self = Self(4);
    pub(super) const BOOLEAN: Self = Self(8);
    pub(super) const ARRAY: Self = Self(16);
    pub(super) const OBJECT: Self = Self(32);
    pub(super) const NUMBER: Self = Self(2 | 4);
    pub(super) const ALL: Self = Self(63);
    pub(super) const NONE: Self = Self(0);

    pub(super) fn named(name: &str) -> Self {
        match name {
            "string" => Self::STRING,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::ALL,
        }
    }

    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::String(_) => Self::STRING,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Sequence(_) => Self::ARRAY,
            Value::Mapping(_) => Self::OBJECT,
            Value::Null => Self::NONE,
            Value::Number(number) => match number.as_f64() {
                Some(value) if value.fract() != 0.0 => Self::FRACTION,
                _ => Self::INTEGER,
            },
        }
    }

    /// The type of a text that is read as the narrowest one.
    pub(super) fn of_text(text: &str) -> Self {
        match text {
            "true" | "false" => Self::BOOLEAN,
            _ if text.parse::<i64>().is_ok() => Self::INTEGER,
            _ if text.parse::<f64>().is_ok_and(f64::is_finite) => Self::FRACTION,
            _ => Self::STRING,
        }
    }

    /// The types that are none of these.
    pub(super) fn others(self) -> Self {
        Self(!self.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self & other != Self::NONE
    }

    pub(super) fn within(self, other: Self) -> bool {
        self & other == self
    }

    /// The types whose values can be written as text in the same way as values of these.
    pub(super) fn as_text(self) -> Self {
        let scalars = Self::NUMBER | Self::BOOLEAN;
        if self.has(Self::STRING) { self | scalars } else { self }
    }
}

impl BitAnd for Types {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
