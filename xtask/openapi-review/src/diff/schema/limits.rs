//! The keywords that limit numbers, lengths and counts.

use super::super::reading::At;
use super::decimal::Decimal;
use super::joint::{Joint, restricts};
use super::property::Additional;
use super::types::Types;
use super::view::View;

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

impl<'a> View<'a> {
    /// The tightest limit that is stated, if it restricts anything.
    pub(super) fn limit(&self, limit: &Limit) -> Option<(Bound, At<'a>)> {
        let (bound, at) = self.stated_limit(limit)?;
        let implied = self.implied_limit(limit);
        let implied = implied.is_some_and(|implied| !bound.is_tighter(implied, limit.lower))
            || match limit.key {
                "minProperties" => bound.value <= self.required_count(),
                "maxProperties" => match self.additional() {
                    Additional::Closed(_) => bound.value >= count(self.properties().len()),
                    _ => false,
                },
                key => limit.lower && key != "minimum" && bound.value <= Decimal::from(0),
            };
        (!implied).then_some((bound, at))
    }

    /// The limit that is in force, whether it is stated or comes of the format.
    pub(super) fn in_force(&self, limit: &Limit) -> Option<Bound> {
        self.limit(limit).map(|(bound, _)| bound).or_else(|| self.implied_limit(limit))
    }

    fn stated_limit(&self, limit: &Limit) -> Option<(Bound, At<'a>)> {
        if !self.types.has(limit.of) {
            return None;
        }
        let of_part = |(part, at): (&At<'a>, At<'a>)| {
            let value = Decimal::at(at.node)?;
            Some((limit.bound(value, part.flag(limit.exclusive), self.step), at))
        };
        let tighter = |a: (Bound, At<'a>), b: (Bound, At<'a>)| {
            if b.0.is_tighter(a.0, limit.lower) { b } else { a }
        };
        let of_nots = self.all("not").into_iter().filter_map(|not| self.opposite_limit(&not));
        let of_nots = of_nots.filter(|(other, ..)| other.key == limit.key);
        let of_parts = self.all_of_parts(limit.key).filter_map(of_part);
        of_parts.chain(of_nots.map(|(_, bound, at)| (bound, at))).reduce(tighter)
    }

    /// The limit that is left of a schema under `not` that says nothing but one on the other side.
    pub(super) fn opposite_limit(&self, not: &At<'a>) -> Option<(Limit, Bound, At<'a>)> {
        let flat = Joint::of([not], self.document).flatten();
        let limit = *LIMITS.iter().flatten().find(|limit| flat.has(limit.key))?;
        let [(part, at)] = &flat.all_of_parts(limit.key).collect::<Vec<_>>()[..] else {
            return None;
        };
        let is_all =
            |name: &str| Types::named(name) == limit.of && (name != "integer" || self.is_integer());
        let is_known = |key: &str| {
            matches!(key, "type" | "allOf" | "oneOf" | "anyOf")
                || [limit.key, limit.exclusive].contains(&key)
                || !restricts(key)
        };
        let mut keys = flat.parts.iter().flat_map(At::entries);
        if !flat.groups.is_empty()
            || !flat.texts("type").all(is_all)
            || !keys.all(|(key, _)| is_known(key))
        {
            return None;
        }
        let (other, excluded) = (limit.opposite(), !part.flag(limit.exclusive));
        Some((other, other.bound(Decimal::at(at.node)?, excluded, self.step), at.clone()))
    }

    /// The limit that a format implies, or that what is no text has where it is written as text.
    fn implied_limit(&self, limit: &Limit) -> Option<Bound> {
        if self.wire.is_text()
            && self.types != Types::NONE
            && self.types.within(Types::NUMBER_OR_BOOLEAN)
        {
            let is_boolean = self.types == Types::BOOLEAN;
            let value = match (limit.key, is_boolean) {
                ("minLength", false) => Some(1),
                ("minLength", true) => Some(4),
                ("maxLength", true) => Some(5),
                _ => None,
            };
            if let Some(value) = value {
                return Some(Bound::at(value));
            }
        }
        let of_type = self.types & limit.of == limit.of;
        let limits = self.texts("format").filter(|_| of_type).flat_map(of_format);
        let bounds = limits.filter(|(key, _)| *key == limit.key).map(|(_, bound)| bound);
        bounds.reduce(|a, b| if b.is_tighter(a, limit.lower) { b } else { a })
    }

    fn required_count(&self) -> Decimal {
        count(self.properties().iter().filter(|(_, property)| property.required.is_some()).count())
    }

    /// At least how many items an array has.
    pub(super) fn min_items(&self) -> Decimal {
        self.limit(&LIMITS[2][0]).map_or(Decimal::from(0), |(bound, _)| bound.value)
    }

    /// Whether it can be an array of more items than this.
    pub(super) fn has_items(&self, than: i64) -> bool {
        let most = self.limit(&LIMITS[2][1]);
        self.types.has(Types::ARRAY)
            && most.is_none_or(|(most, _)| most.value > Decimal::from(than))
    }

    /// Whether the limits of a format for integers are in force without it.
    pub(super) fn keeps_to(&self, format: &str) -> bool {
        let mut limits = LIMITS[0].iter().filter_map(|limit| {
            let (_, bound) = of_format(format).find(|(key, _)| *key == limit.key)?;
            Some(self.in_force(limit).is_some_and(|own| !bound.is_tighter(own, limit.lower)))
        });
        limits.next().is_some_and(|first| first && limits.all(|kept| kept))
    }
}

fn count(of: usize) -> Decimal {
    Decimal::from(i64::try_from(of).unwrap_or(i64::MAX))
}
