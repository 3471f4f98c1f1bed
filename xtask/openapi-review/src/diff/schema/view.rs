//! What a conjunction of schemas demands of a value, whatever words it is written in.

use std::collections::HashMap;
use std::rc::Rc;

use cx_client_build::Value;

use super::super::reading::At;
use super::joint::{Flat, Group, number};
use super::types::Types;
use super::wire::Wire;

/// A limit of numbers.
#[derive(Debug, Clone)]
pub(super) struct Bound<'a> {
    pub(super) value: f64,
    pub(super) exclusive: bool,
    pub(super) at: At<'a>,
}

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(super) struct Property<'a> {
    /// What its value must fit: the schemas in `properties`, then those under
    /// `additionalProperties` of parts that do not name it.
    pub(super) schemas: Vec<At<'a>>,
    /// Where `required` names it.
    pub(super) required: Option<Rc<str>>,
    /// Whether a part allows no such property.
    pub(super) forbidden: bool,
}

/// Which further properties an object may have.
#[derive(Debug, Clone)]
pub(super) enum Additional<'a> {
    /// Any.
    Open,
    /// Such as fit all of the schemas.
    Schemas(Vec<At<'a>>),
    /// None.
    Closed(At<'a>),
}

/// The parts of a conjunction, and what they say together.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) parts: Vec<At<'a>>,
    pub(super) types: Types,
    /// Whether a type is stated, or follows from the values.
    pub(super) is_typed: bool,
    /// The values that fit, where they are listed, by their text.
    pub(super) values: Option<Vec<(String, At<'a>)>>,
    pub(super) nullable: Option<Rc<str>>,
    /// Groups of alternatives that could not be multiplied out.
    pub(super) groups: Vec<Group<'a>>,
}

impl<'a> View<'a> {
    pub(super) fn of(flat: Flat<'a>, wire: Wire) -> Self {
        let Flat { parts, groups, nullable } = flat;
        let stated = parts.iter().filter_map(|part| part.text("type")).map(Types::named);
        let types = stated.fold(Types::ALL, |all, types| all & types);
        let is_typed = types != Types::ALL;
        let mut view = Self { parts, types, is_typed, values: None, nullable, groups };
        if view.multiples().iter().any(|(of, _)| of.fract() == 0.0) && view.types.has(Types::NUMBER)
        {
            view.types = view.types & Types::FRACTION.others();
        }
        view.values = view.listed(wire);
        if view.values.as_ref().is_some_and(|values| is_any_boolean(values, wire)) {
            (view.values, view.types) = (None, Types::BOOLEAN);
        }
        if let Some(values) = &view.values {
            let of = |(text, at): &(String, At<'_>)| match wire.is_text() {
                true => Types::of_text(text),
                false => Types::of(&at.node.value),
            };
            view.types = values.iter().map(of).fold(Types::NONE, |all, types| all | types);
            view.is_typed = true;
        }
        view
    }

    /// The values of all lists that also fit what else is said.
    fn listed(&self, wire: Wire) -> Option<Vec<(String, At<'a>)>> {
        let text = |at: &At<'_>| match (&at.node.value, wire.is_text()) {
            (Value::String(text), true) => text.clone(),
            _ => at.node.to_json().to_string(),
        };
        let mut lists = self.all("enum").into_iter().map(|list| {
            list.items().map(|item| (text(&item), item)).collect::<Vec<(String, At<'a>)>>()
        });
        let mut values = lists.next()?;
        for list in lists {
            values.retain(|(text, _)| list.iter().any(|(other, _)| other == text));
        }
        let mut seen = std::collections::HashSet::new();
        values.retain(|(text, _)| seen.insert(text.clone()));
        values.retain(|(_, at)| self.fits(at, wire));
        Some(values)
    }

    /// Whether a value fits types, limits and lengths.
    pub(super) fn fits(&self, at: &At<'_>, wire: Wire) -> bool {
        let value = &at.node.value;
        if *value == Value::Null {
            return true;
        }
        let mut types = Types::of(value);
        if let (Value::String(text), true) = (value, wire.is_text()) {
            types = Types::of_text(text);
        }
        let taken = if wire.is_text() { self.types.as_text() } else { self.types };
        if !types.within(taken) {
            return false;
        }
        if let Some(value) = number(at.node) {
            let low = self.bound(true);
            let high = self.bound(false);
            let inside = |bound: Option<Bound<'_>>, sign: f64| {
                bound.is_none_or(|bound| {
                    let distance = (value - bound.value) * sign;
                    distance > 0.0 || distance == 0.0 && !bound.exclusive
                })
            };
            return inside(low, 1.0)
                && inside(high, -1.0)
                && self.multiples().iter().all(|(of, _)| is_multiple(value, *of));
        }
        if let Value::String(text) = value
            && self.types.has(Types::STRING)
        {
            let length = text.chars().count() as f64;
            let at_least = self.limit("minLength").is_none_or(|(limit, _)| length >= limit);
            return at_least && self.limit("maxLength").is_none_or(|(limit, _)| length <= limit);
        }
        true
    }

    /// Whether no value fits at all.
    pub(super) fn is_impossible(&self) -> bool {
        let none_listed = self.values.as_ref().is_some_and(Vec::is_empty);
        self.types == Types::NONE && self.values.as_ref().is_none_or(Vec::is_empty) || none_listed
    }

    /// Whether `null` is all that fits.
    pub(super) fn is_null(&self) -> bool {
        self.values.as_ref().is_some_and(|values| {
            !values.is_empty() && values.iter().all(|(_, at)| at.node.value == Value::Null)
        })
    }

    /// Every value of a key.
    pub(super) fn all(&self, key: &str) -> Vec<At<'a>> {
        self.parts.iter().filter_map(|part| part.get(key)).collect()
    }

    pub(super) fn flag(&self, key: &str) -> Option<Rc<str>> {
        self.parts.iter().find(|part| part.flag(key)).map(|part| part.below(key))
    }

    /// The tightest of the limits of numbers; of integers, the outermost one that fits.
    pub(super) fn bound(&self, lower: bool) -> Option<Bound<'a>> {
        if !self.types.has(Types::NUMBER) {
            return None;
        }
        let (key, exclusive, sign) = match lower {
            true => ("minimum", "exclusiveMinimum", 1.0),
            false => ("maximum", "exclusiveMaximum", -1.0),
        };
        let whole = !self.types.has(Types::FRACTION);
        let of_part = |part: &At<'a>| {
            let at = part.get(key)?;
            let mut bound = Bound { value: number(at.node)?, exclusive: part.flag(exclusive), at };
            if whole {
                let rounded = (bound.value * sign).ceil();
                let steps =
                    if bound.exclusive && rounded == bound.value * sign { 1.0 } else { 0.0 };
                bound.value = (rounded + steps) * sign;
                bound.exclusive = false;
            }
            Some(bound)
        };
        let tighter = |a: Bound<'a>, b: Bound<'a>| {
            let distance = (b.value - a.value) * sign;
            if distance > 0.0 || distance == 0.0 && b.exclusive { b } else { a }
        };
        let bound = self.parts.iter().filter_map(of_part).reduce(tighter)?;
        let of_format = self.all("format").iter().find_map(|at| match at.node.as_str() {
            Some("int32") => Some((i32::MIN as f64, i32::MAX as f64)),
            Some("int64") => Some((i64::MIN as f64, i64::MAX as f64)),
            _ => None,
        });
        let implied = of_format.is_some_and(|(low, high)| match lower {
            true => bound.value <= low,
            false => bound.value >= high,
        });
        (!implied || !whole).then_some(bound)
    }

    /// The tightest number under the key of a length or count, if it restricts anything.
    pub(super) fn limit(&self, key: &str) -> Option<(f64, At<'a>)> {
        let of = match key {
            "minLength" | "maxLength" => Types::STRING,
            "minItems" | "maxItems" => Types::ARRAY,
            _ => Types::OBJECT,
        };
        if !self.types.has(of) {
            return None;
        }
        let least = key.starts_with("min");
        let (limit, at) = self
            .all(key)
            .into_iter()
            .filter_map(|at| Some((number(at.node)?, at)))
            .reduce(|a, b| if (b.0 > a.0) == least && b.0 != a.0 { b } else { a })?;
        let implied = match key {
            "minProperties" => limit <= self.required_count() as f64,
            "maxProperties" => match self.additional() {
                Additional::Closed(_) => limit >= self.properties().len() as f64,
                _ => false,
            },
            _ => least && limit <= 0.0,
        };
        (!implied).then_some((limit, at))
    }

    fn required_count(&self) -> usize {
        self.properties().iter().filter(|(_, property)| property.required.is_some()).count()
    }

    pub(super) fn unique_items(&self) -> Option<Rc<str>> {
        let few = self.limit("maxItems").is_some_and(|(limit, _)| limit <= 1.0);
        self.flag("uniqueItems").filter(|_| self.types.has(Types::ARRAY) && !few)
    }

    /// The numbers of `multipleOf` that restrict anything.
    pub(super) fn multiples(&self) -> Vec<(f64, At<'a>)> {
        let whole = !self.types.has(Types::FRACTION);
        let multiples = self.all("multipleOf").into_iter().filter_map(|at| {
            let of = number(at.node).filter(|of| *of > 0.0)?;
            // The integers among the multiples of 1.5 are those of 3.
            let factor =
                if whole { (1..=1_000).find(|n| is_whole(of * f64::from(*n))) } else { None };
            Some((factor.map_or(of, |factor| (of * f64::from(factor)).round()), at))
        });
        multiples
            .filter(|(of, _)| self.types.has(Types::NUMBER) && !(whole && *of == 1.0))
            .collect()
    }

    /// The patterns that not every text fits.
    pub(super) fn patterns(&self) -> Vec<At<'a>> {
        let counts = |at: &At<'a>| at.node.as_str().is_some_and(|text| !takes_any_text(text));
        let of_strings = self.types.has(Types::STRING);
        self.all("pattern").into_iter().filter(|at| of_strings && counts(at)).collect()
    }

    /// The formats that say something of values of the types.
    pub(super) fn formats(&self) -> Vec<At<'a>> {
        let counts = |at: &At<'a>| match at.node.as_str() {
            None | Some("password") => false,
            Some("int32" | "int64" | "float" | "double") => self.types.has(Types::NUMBER),
            Some(
                "date" | "date-time" | "time" | "duration" | "uuid" | "byte" | "binary" | "email"
                | "hostname" | "ipv4" | "ipv6" | "uri" | "url" | "regex",
            ) => self.types.has(Types::STRING),
            Some(_) => self.types.has(Types::STRING | Types::NUMBER),
        };
        self.all("format").into_iter().filter(counts).collect()
    }

    /// What the items must fit.
    pub(super) fn items(&self) -> Vec<At<'a>> {
        if self.types.has(Types::ARRAY) { self.all("items") } else { Vec::new() }
    }

    /// The properties in the order of the documents.
    pub(super) fn properties(&self) -> Vec<(&'a str, Property<'a>)> {
        let mut list: Vec<(&str, Property<'_>)> = Vec::new();
        if !self.types.has(Types::OBJECT) {
            return list;
        }
        let mut index: HashMap<&str, usize> = HashMap::new();
        let mut slot = |name: &'a str, list: &mut Vec<(&'a str, Property<'a>)>| {
            *index.entry(name).or_insert_with(|| {
                list.push((name, Property::default()));
                list.len() - 1
            })
        };
        for part in &self.parts {
            for (name, schema) in part.get("properties").iter().flat_map(At::entries) {
                let at = slot(name, &mut list);
                list[at].1.schemas.push(schema);
            }
        }
        for part in &self.parts {
            for item in part.get("required").iter().flat_map(At::items) {
                if let Some(name) = item.node.as_str() {
                    let at = slot(name, &mut list);
                    list[at].1.required.get_or_insert(item.pointer);
                }
            }
        }
        for part in self.parts.iter().filter(|part| part.node.get("additionalProperties").is_some())
        {
            let named = part.node.get("properties");
            for (_, property) in list
                .iter_mut()
                .filter(|(name, _)| named.is_none_or(|named| named.get(name).is_none()))
            {
                match additional_of(part) {
                    Additional::Closed(_) => property.forbidden = true,
                    Additional::Schemas(schemas) => property.schemas.extend(schemas),
                    Additional::Open => {}
                }
            }
        }
        list
    }

    pub(super) fn additional(&self) -> Additional<'a> {
        let mut all = Vec::new();
        if !self.types.has(Types::OBJECT) {
            return Additional::Open;
        }
        for part in &self.parts {
            match additional_of(part) {
                closed @ Additional::Closed(_) => return closed,
                Additional::Schemas(schemas) => all.extend(schemas),
                Additional::Open => {}
            }
        }
        if all.is_empty() { Additional::Open } else { Additional::Schemas(all) }
    }
}

/// Whether the values are all that a boolean can be.
fn is_any_boolean(values: &[(String, At<'_>)], wire: Wire) -> bool {
    let has = |wanted: &str| values.iter().any(|(text, _)| text == wanted);
    let boolean = |at: &At<'_>| Types::of(&at.node.value) == Types::BOOLEAN;
    values.len() == 2
        && has("true")
        && has("false")
        && (wire.is_text() || values.iter().all(|(_, at)| boolean(at)))
}

fn additional_of<'a>(part: &At<'a>) -> Additional<'a> {
    match part.get("additionalProperties") {
        Some(stated) if stated.node.as_bool() == Some(false) => Additional::Closed(stated),
        Some(stated) if !stated.node.entries().is_empty() => Additional::Schemas(vec![stated]),
        _ => Additional::Open,
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

pub(super) fn is_multiple(of: f64, base: f64) -> bool {
    base != 0.0 && is_whole(of / base)
}

/// Whether a pattern is one of the ways to write that any text fits. A pattern is not anchored.
fn takes_any_text(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let inner = match inner.strip_prefix("(?:").or_else(|| inner.strip_prefix('(')) {
        Some(group) => group.strip_suffix(')').unwrap_or(inner),
        None => inner,
    };
    let any = [".*", ".*?", ".{0,}", "[\\s\\S]*", "[\\S\\s]*", "[\\d\\D]*", "[\\w\\W]*", "[^]*"];
    // Without one of the anchors, a text has the empty text at the other end.
    let anchored = pattern.starts_with('^') && pattern.ends_with('$') && pattern.len() > 1;
    inner.is_empty() && !anchored || any.contains(&inner)
}
