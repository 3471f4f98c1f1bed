//! Numbers as they are written: limits beyond 2^53 are told apart, and 0.3 is a multiple of 0.1.

use std::cmp::Ordering;
use std::fmt;

use cx_client_build::{Node, Value};
use serde_json::Number;

/// A number by its decimal digits, of which so many are behind the point.
///
/// What is too large or too fine for it is taken for the outermost number that it can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    pub(super) const ONE: Self = Self::from(1);

    pub(super) const fn from(whole: i64) -> Self {
        Self { digits: whole as i128, places: 0 }
    }

    pub(super) fn of(number: &Number) -> Self {
        let text = number.to_string();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}").parse().unwrap_or(i128::MAX);
        let shift = exponent.parse::<i64>().unwrap_or_default() - fraction.len() as i64;
        let size = u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX);
        match shift >= 0 {
            true => Self { digits: shifted(digits, size), places: 0 },
            false => Self { digits, places: size },
        }
    }

    /// The number that a node is.
    pub(super) fn at(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Number(number) => Some(Self::of(number)),
            _ => None,
        }
    }

    /// The digits of two numbers with as many of them behind the point.
    fn aligned(self, other: Self) -> (i128, i128, u32) {
        let places = self.places.max(other.places);
        let digits = |one: Self| shifted(one.digits, places - one.places);
        (digits(self), digits(other), places)
    }

    pub(super) fn is_multiple_of(self, base: Self) -> bool {
        let (digits, base, _) = self.aligned(base);
        base != 0 && digits % base == 0
    }

    /// The least number of which the multiples of both are multiples.
    pub(super) fn common_multiple(self, other: Self) -> Self {
        let (digits, base, places) = self.aligned(other);
        let (mut divisor, mut rest) = (digits, base);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Self { digits: (digits / divisor.max(1)).saturating_mul(base), places }
    }

    /// The outermost multiple of `step` within a limit, which counts itself or not.
    pub(super) fn in_steps(self, step: Self, lower: bool, exclusive: bool) -> Self {
        let (digits, step, places) = self.aligned(step);
        let (below, is_multiple) = (digits.div_euclid(step), digits % step == 0);
        let steps = match lower {
            true => below.saturating_add(i128::from(exclusive || !is_multiple)),
            false => below.saturating_sub(i128::from(exclusive && is_multiple)),
        };
        Self { digits: steps.saturating_mul(step), places }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let (a, b, places) = self.aligned(other);
        Self { digits: a.saturating_add(b), places }
    }
}

fn shifted(digits: i128, places: u32) -> i128 {
    digits.saturating_mul(10_i128.saturating_pow(places))
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b, _) = self.aligned(*other);
        a.cmp(&b)
    }
}

/// The same text for equal numbers.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut digits, mut places) = (self.digits, self.places);
        while places > 0 && digits % 10 == 0 {
            (digits, places) = (digits / 10, places - 1);
        }
        let behind = places as usize;
        let sign = if digits < 0 { "-" } else { "" };
        let text = format!("{:0>width$}", digits.unsigned_abs(), width = behind + 1);
        match text.split_at(text.len() - behind) {
            (whole, "") => write!(f, "{sign}{whole}"),
            (whole, fraction) => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}
