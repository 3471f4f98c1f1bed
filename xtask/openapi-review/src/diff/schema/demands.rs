//! What a conjunction demands of texts, lists and single values.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::super::reading::At;
use super::decimal::Decimal;
use super::limits::{LIMITS, of_format};
use super::pattern::takes_any_text;
use super::single_value::text_of;
use super::types::Types;
use super::view::View;

/// More numbers than this are no list.
const MAX_FINITE: usize = 256;

impl<'a> View<'a> {
    /// The texts of all values that fit besides `null`, if they are few; `None` for what cannot be
    /// counted.
    pub(super) fn finite(&self) -> Option<HashSet<String>> {
        let candidates: Vec<Value> = match self.types {
            Types::BOOLEAN => vec![true.into(), false.into()],
            Types::NUMBER => {
                let [least, most] = LIMITS[0].each_ref().map(|limit| self.in_force(limit));
                let (least, most) = (least?.value, most?.value);
                // Numbers without steps are few only if there is one.
                let step = self.step.or_else(|| (least == most).then_some(Decimal::ONE))?;
                let numbers = std::iter::successors(Some(least), |number| Some(number.plus(step)));
                let few: Vec<_> =
                    numbers.take_while(|number| *number <= most).take(MAX_FINITE).collect();
                if few.len() == MAX_FINITE {
                    return None;
                }
                few.iter()
                    .filter_map(|number| serde_json::from_str(&number.to_string()).ok())
                    .collect()
            }
            _ => return None,
        };
        let test = self.test();
        let fitting = candidates.into_iter().filter(|value| test.fits(value.clone()));
        Some(fitting.map(|value| text_of(&value, self.wire)).collect())
    }

    pub(super) fn unique_items(&self) -> Option<Rc<str>> {
        self.flag("uniqueItems").filter(|_| self.has_items(1))
    }

    /// The patterns that not every text fits.
    pub(super) fn patterns(&self) -> Vec<At<'a>> {
        let counts = |at: &At<'a>| at.node.as_str().is_some_and(|text| !takes_any_text(text));
        let of_strings = self.types.has(Types::STRING);
        self.distinct("pattern").into_iter().filter(|at| of_strings && counts(at)).collect()
    }

    /// The formats that say something of values of the types.
    pub(super) fn formats(&self) -> Vec<At<'a>> {
        let counts = |at: &At<'a>| match at.node.as_str() {
            None | Some("password") => false,
            Some("float" | "double") if self.is_integer() => false,
            Some("int32" | "int64" | "float" | "double") => self.types.has(Types::NUMBER),
            Some(
                "date" | "date-time" | "time" | "duration" | "uuid" | "byte" | "binary" | "email"
                | "hostname" | "ipv4" | "ipv6" | "uri" | "url" | "regex",
            ) => self.types.has(Types::STRING),
            Some(_) => self.types.has(Types::STRING | Types::NUMBER),
        };
        self.distinct("format").into_iter().filter(counts).collect()
    }

    /// What the items must fit.
    pub(super) fn items(&self) -> Vec<At<'a>> {
        if self.has_items(0) { self.all("items") } else { Vec::new() }
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
