//! Reading a response that is not quite as documented.
//!
//! What a server sent is read where nothing has to be invented for it: the request was carried out,
//! and its response must not be lost because a string is missing. The rules are those of Smithy 2.0's client
//! error correction:
//!
//! - A required property that is `null` or absent is the empty string, array or map, where its type
//!   is one. An identifier, a number, a boolean, a date and an object have no empty value.
//! - `null` for an optional property is an absent one, and so is a member of a map that is `null`
//!   where its type has none; an item of an array is read as a required property is.
//! - One object where an array is documented is a list of one.
//! - A number without a fraction is an integer, however it is written.
//! - A property that a closed type does not have is ignored.
//!
//! The types themselves say what they are, through serde: nothing here knows a schema.

use std::cell::{Cell, RefCell};

use serde::de::value::{MapAccessDeserializer, MapDeserializer, StrDeserializer};
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, IntoDeserializer as _, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Value};

use crate::correction::Correction;
use crate::decode_error::{DecodeError, Problem};
use crate::json_path::Path;
use crate::union;

/// Decodes a value with corrections.
pub(crate) fn corrected<T: DeserializeOwned>(
    value: &Value,
) -> Result<(T, Vec<Correction>), DecodeError> {
    let state = State { corrects: true, ..State::default() };
    loop {
        match T::deserialize(Reader::new(&state, value)) {
            Ok(value) => return Ok((value, state.corrections.into_inner())),
            // Each round learns of one more property that is required, of finitely many.
            Err(_) if state.learned.take() => state.corrections.borrow_mut().clear(),
            Err(problem) => return Err(problem.into()),
        }
    }
}

/// Decodes a value as it is.
pub(crate) fn exact<T: DeserializeOwned>(value: &Value) -> Result<T, DecodeError> {
    let state = State::default();
    T::deserialize(Reader::new(&state, value)).map_err(Into::into)
}

#[derive(Default)]
struct State {
    corrects: bool,
    corrections: RefCell<Vec<Correction>>,
    /// The properties that turned out to be required and without a value, with their type. serde
    /// names these only by failing.
    required: RefCell<Vec<(Type, &'static str)>>,
    /// Whether the last failure added to `required`.
    learned: Cell<bool>,
}

/// A Rust type, as a derived `Deserialize` names it.
type Type = (&'static str, *const &'static str);

#[derive(Clone, Copy)]
enum Input<'a> {
    Value(&'a Value),
    /// A required property without a value: whether it is absent or `null`.
    Missing(&'static str),
}

impl Input<'_> {
    fn kind(self) -> &'static str {
        match self {
            Self::Missing(kind) => kind,
            Self::Value(Value::Null) => "null",
            Self::Value(Value::Bool(_)) => "a boolean",
            Self::Value(Value::Number(_)) => "a number",
            Self::Value(Value::String(_)) => "a string",
            Self::Value(Value::Array(_)) => "an array",
            Self::Value(Value::Object(_)) => "an object",
        }
    }
}

/// A serde deserializer of a value at its path.
#[derive(Clone, Copy)]
struct Reader<'a> {
    state: &'a State,
    input: Input<'a>,
    path: Path<'a>,
}

impl<'a> Reader<'a> {
    fn new(state: &'a State, value: &'a Value) -> Self {
        Self { state, input: Input::Value(value), path: Path::Root }
    }

    fn finish<T>(self, result: Result<T, Problem>) -> Result<T, Problem> {
        result.map_err(|problem| problem.at(&self.path, self.input.kind()))
    }

    fn correct<T>(self, reading: &'static str, result: Result<T, Problem>) -> Result<T, Problem> {
        if result.is_ok() {
            let path = self.path.to_string();
            self.state.corrections.borrow_mut().push(Correction { path, reading });
        }
        self.finish(result)
    }

    fn items(self, values: &'a [Value]) -> Items<'a> {
        Items { parent: self, values: values.iter().enumerate() }
    }

    fn properties(self, map: &'a Map<String, Value>, of: Option<&Fields>) -> Properties<'a> {
        let required = self.state.required.borrow();
        let is_of = |(ty, _): &&(Type, &str)| of.is_some_and(|fields| *ty == fields.of);
        Properties {
            parent: self,
            known: of.filter(|_| self.state.corrects).map(|fields| fields.names),
            entries: map.iter(),
            missing: required
                .iter()
                .filter(is_of)
                .filter_map(|(_, name)| match map.get(*name) {
                    None => Some((*name, "no value")),
                    Some(Value::Null) => Some((*name, "null")),
                    Some(_) => None,
                })
                .collect(),
            next: None,
        }
    }
}

/// The fields of a struct.
struct Fields {
    of: Type,
    names: &'static [&'static str],
}

macro_rules! integers {
    ($($method:ident),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            self.deserialize_i64(visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.finish(match self.input {
            Input::Missing(_) | Input::Value(Value::Null) => visitor.visit_unit(),
            Input::Value(Value::Bool(value)) => visitor.visit_bool(*value),
            Input::Value(Value::String(text)) => visitor.visit_str(text),
            Input::Value(Value::Array(values)) => visitor.visit_seq(self.items(values)),
            Input::Value(Value::Object(map)) => visitor.visit_map(self.properties(map, None)),
            Input::Value(Value::Number(number)) => {
                if let Some(number) = number.as_u64() {
                    visitor.visit_u64(number)
                } else if let Some(number) = number.as_i64() {
                    visitor.visit_i64(number)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
                }
            }
        })
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.input {
            Input::Value(Value::Number(number)) if self.state.corrects && number.is_f64() => {
                let number = number.as_f64().unwrap_or(f64::NAN);
                // Every integer up to here is one of f64, too.
                if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
                    self.finish(visitor.visit_i64(number as i64))
                } else {
                    self.finish(visitor.visit_f64(number))
                }
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.input {
            Input::Missing(_) => self.correct("an empty string", visitor.visit_str("")),
            Input::Value(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.input {
            Input::Missing(_) => self.correct("an empty array", visitor.visit_seq(self.items(&[]))),
            Input::Value(value @ Value::Object(_)) if self.state.corrects => {
                let items = self.items(std::slice::from_ref(value));
                self.correct("an array of one object", visitor.visit_seq(items))
            }
            Input::Value(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.input {
            Input::Missing(_) => {
                let nothing = std::iter::empty::<(&str, &str)>();
                self.correct("an empty map", visitor.visit_map(MapDeserializer::new(nothing)))
            }
            Input::Value(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let Input::Value(Value::Object(map)) = self.input else {
            // Not by position, which an array would be read by.
            return self.finish(Err(de::Error::invalid_type(Unexpected::Other(""), &"an object")));
        };
        let fields = Fields { of: (name, names.as_ptr()), names };
        let result = visitor.visit_map(self.properties(map, Some(&fields)));
        if let Err(Problem { missing: Some(field), path: None, .. }) = &result
            && self.state.corrects
        {
            let entry = (fields.of, *field);
            let mut required = self.state.required.borrow_mut();
            if names.contains(field) && !required.contains(&entry) {
                required.push(entry);
                self.state.learned.set(true);
            }
        }
        self.finish(result)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.input {
            Input::Missing(_) | Input::Value(Value::Null) => visitor.visit_none(),
            Input::Value(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        if name != union::NAME || !self.state.corrects {
            return visitor.visit_newtype_struct(self);
        }
        let (result, below) = union::correcting(|| visitor.visit_newtype_struct(self));
        let below = below.into_iter().map(|correction| correction.at(&self.path));
        self.state.corrections.borrow_mut().extend(below);
        match self.input {
            Input::Missing(_) => self.correct("a value of no alternative", result),
            Input::Value(_) => self.finish(result),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match self.input {
            Input::Value(Value::String(text)) => {
                let variant: StrDeserializer<'_, Problem> = text.as_str().into_deserializer();
                self.finish(visitor.visit_enum(variant))
            }
            Input::Value(Value::Object(map)) => {
                let variant = MapAccessDeserializer::new(self.properties(map, None));
                self.finish(visitor.visit_enum(variant))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_str(visitor)
    }

    integers!(
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64
    );

    serde::forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct Items<'a> {
    parent: Reader<'a>,
    values: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        let Some((index, value)) = self.values.next() else { return Ok(None) };
        let path = Path::Index(&self.parent.path, index);
        let state = self.parent.state;
        let input = match value {
            Value::Null if state.corrects => Input::Missing("null"),
            value => Input::Value(value),
        };
        seed.deserialize(Reader { state, input, path }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Properties<'a> {
    parent: Reader<'a>,
    /// The names of the fields, where a struct is read with corrections.
    known: Option<&'static [&'static str]>,
    entries: serde_json::map::Iter<'a>,
    missing: Vec<(&'static str, &'static str)>,
    next: Option<(&'a str, Input<'a>)>,
}

impl<'de> MapAccess<'de> for Properties<'_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        let known = self.known;
        let stays = |name: &str, value: &Value| {
            known.is_none_or(|known| known.contains(&name) && !value.is_null())
        };
        self.next = self
            .entries
            .find(|(name, value)| stays(name, value))
            .map(|(name, value)| (name.as_str(), Input::Value(value)))
            .or_else(|| self.missing.pop().map(|(name, kind)| (name, Input::Missing(kind))));
        let Some((name, _)) = self.next else { return Ok(None) };
        let name: StrDeserializer<'_, Problem> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some((name, input)) = self.next.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        let path = Path::Property(&self.parent.path, name);
        seed.deserialize(Reader { state: self.parent.state, input, path })
    }

    /// The next member of a map: this, and no struct, asks for both at once.
    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(
        &mut self,
    ) -> Result<Option<(K, V)>, Problem> {
        while let Some(key) = self.next_key()? {
            let next = self.next;
            match (self.next_value(), next) {
                (Err(_), Some((name, Input::Value(Value::Null)))) if self.parent.state.corrects => {
                    let path = Path::Property(&self.parent.path, name).to_string();
                    let correction = Correction { path, reading: "an absent member" };
                    self.parent.state.corrections.borrow_mut().push(correction);
                }
                (value, _) => return value.map(|value| Some((key, value))),
            }
        }
        Ok(None)
    }
}
