//! The types of values.

use std::ops::{BitAnd, BitOr};

use serde_json::Value;

/// A set of types. An integer is a number that is a multiple of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const STRING: Self = Self(1);
    pub(super) const NUMBER: Self = Self(2);
    pub(super) const BOOLEAN: Self = Self(4);
    pub(super) const ARRAY: Self = Self(8);
    pub(super) const OBJECT: Self = Self(16);
    pub(super) const NUMBER_OR_BOOLEAN: Self = Self(Self::NUMBER.0 | Self::BOOLEAN.0);
    pub(super) const ALL: Self = Self(31);
    pub(super) const NONE: Self = Self(0);

    pub(super) fn named(name: &str) -> Self {
        match name {
            "string" => Self::STRING,
            "integer" | "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::ALL,
        }
    }

    /// The types of which a keyword may refuse a value.
    pub(super) fn concerned(key: &str) -> Self {
        match key {
            "minLength" | "maxLength" | "pattern" => Self::STRING,
            "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" | "multipleOf" => {
                Self::NUMBER
            }
            "items" | "minItems" | "maxItems" | "uniqueItems" => Self::ARRAY,
            "properties"
            | "required"
            | "additionalProperties"
            | "minProperties"
            | "maxProperties"
            | "discriminator" => Self::OBJECT,
            "format" => Self(Self::STRING.0 | Self::NUMBER.0),
            _ => Self::ALL,
        }
    }

    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::String(_) => Self::STRING,
            Value::Number(_) => Self::NUMBER,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
            Value::Null => Self::NONE,
        }
    }

    /// The types that are none of these.
    pub(super) fn others(self) -> Self {
        Self(Self::ALL.0 & !self.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self & other != Self::NONE
    }

    pub(super) fn within(self, other: Self) -> bool {
        self & other == self
    }

    /// The types whose values can be written as text in the same way as values of these.
    pub(super) fn as_text(self) -> Self {
        if self.has(Self::STRING) { self | Self::NUMBER | Self::BOOLEAN } else { self }
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
