//! What a value consists of, in the order in which it serializes.

use std::fmt;

use serde::ser::{self, Serialize};

/// What a value consists of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// `None`.
    Absent,
    Text(String),
    List(Vec<Value>),
    Members(Vec<(String, Value)>),
}

/// Why a value has no text. It never quotes the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsendable(pub(crate) String);

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unsendable {}

impl ser::Error for Unsendable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("it cannot be written as text".to_owned())
    }
}

impl Value {
    /// What `value` consists of.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unsendable> {
        value.serialize(Parts)
    }

    /// The text of a value that must not have parts of its own.
    pub(crate) fn text(&self, encode: fn(&str) -> String) -> Result<String, Unsendable> {
        match self {
            Self::Text(text) => Ok(encode(text)),
            Self::Absent => Ok(String::new()),
            Self::List(_) | Self::Members(_) => {
                Err(Unsendable("it is nested deeper than OpenAPI says how to write".to_owned()))
            }
        }
    }
}

/// Gives what a value consists of.
struct Parts;

/// The items or members that have come so far; a key waits for its value.
#[derive(Default)]
struct Collected {
    items: Vec<Value>,
    members: Vec<(String, Value)>,
    key: String,
    /// The name of an enum's variant that has content.
    variant: Option<&'static str>,
}

impl Collected {
    fn wrapped(variant: Option<&'static str>, value: Value) -> Value {
        match variant {
            Some(variant) => Value::Members(vec![(variant.to_owned(), value)]),
            None => value,
        }
    }

    fn list(self) -> Value {
        Self::wrapped(self.variant, Value::List(self.items))
    }

    fn members(self) -> Value {
        Self::wrapped(self.variant, Value::Members(self.members))
    }
}

/// Numbers without a fraction are written without one: Rust does so.
macro_rules! texts {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Value, Unsendable> {
            Ok(Value::Text(value.to_string()))
        })*
    };
}

macro_rules! floats {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Value, Unsendable> {
            if value.is_finite() {
                Ok(Value::Text(value.to_string()))
            } else {
                Err(Unsendable("NaN and the infinities cannot be sent".to_owned()))
            }
        })*
    };
}

macro_rules! begins {
    ($($method:ident: $($argument:ty),*);*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<Collected, Unsendable> {
            Ok(Collected::default())
        })*
    };
}

macro_rules! begins_variant {
    ($($method:ident),*) => {
        $(fn $method(
            self,
            _: &'static str,
            _: u32,
            variant: &'static str,
            _: usize,
        ) -> Result<Collected, Unsendable> {
            Ok(Collected { variant: Some(variant), ..Collected::default() })
        })*
    };
}

impl ser::Serializer for Parts {
    type Ok = Value;
    type Error = Unsendable;
    type SerializeSeq = Collected;
    type SerializeTuple = Collected;
    type SerializeTupleStruct = Collected;
    type SerializeTupleVariant = Collected;
    type SerializeMap = Collected;
    type SerializeStruct = Collected;
    type SerializeStructVariant = Collected;

    texts!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_char: char,
        serialize_str: &str
    );
    floats!(serialize_f32: f32, serialize_f64: f64);

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, Unsendable> {
        Ok(Value::Text(String::from_utf8_lossy(value).into_owned()))
    }

    fn serialize_none(self) -> Result<Value, Unsendable> {
        Ok(Value::Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unsendable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unsendable> {
        Ok(Value::Absent)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unsendable> {
        Ok(Value::Absent)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Unsendable> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Unsendable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Unsendable> {
        Ok(Value::Members(vec![(variant.to_owned(), value.serialize(Self)?)]))
    }

    begins!(
        serialize_seq: Option<usize>; serialize_tuple: usize; serialize_map: Option<usize>;
        serialize_tuple_struct: &'static str, usize; serialize_struct: &'static str, usize
    );
    begins_variant!(serialize_tuple_variant, serialize_struct_variant);
}

macro_rules! collects {
    ($($trait:ident: $method:ident($($key:ident)?) as $end:ident),* $(,)?) => {
        $(impl ser::$trait for Collected {
            type Ok = Value;
            type Error = Unsendable;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), Unsendable> {
                let value = value.serialize(Parts)?;
                collects!(self, value $(, $key)?);
                Ok(())
            }

            fn end(self) -> Result<Value, Unsendable> {
                Ok(self.$end())
            }
        })*
    };
    ($self:ident, $value:ident) => { $self.items.push($value) };
    ($self:ident, $value:ident, $key:ident) => { $self.members.push(($key.to_owned(), $value)) };
}

collects!(
    SerializeSeq: serialize_element() as list,
    SerializeTuple: serialize_element() as list,
    SerializeTupleStruct: serialize_field() as list,
    SerializeTupleVariant: serialize_field() as list,
    SerializeStruct: serialize_field(key) as members,
    SerializeStructVariant: serialize_field(key) as members,
);

impl ser::SerializeMap for Collected {
    type Ok = Value;
    type Error = Unsendable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsendable> {
        match key.serialize(Parts)? {
            Value::Text(key) => {
                self.key = key;
                Ok(())
            }
            _ => Err(Unsendable("a key of it is not text".to_owned())),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsendable> {
        let key = std::mem::take(&mut self.key);
        self.members.push((key, value.serialize(Parts)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Unsendable> {
        Ok(self.members())
    }
}
