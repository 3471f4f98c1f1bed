//! What a difference of schemas means, by the direction in which the values travel.

use std::borrow::Cow;

use super::super::change::{Impact, Level};
use super::difference::{Aspect, Difference, Shift};

/// The direction in which values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
    /// No operation uses the schema: only code that names its type can notice.
    Unused,
}

/// What a difference means in a direction.
pub(super) struct Verdict {
    pub(super) id: Id,
    pub(super) level: Level,
    /// What happened, to follow the name of what it happened to.
    pub(super) what: String,
    /// What holds for Rust code where it cannot be computed; `None` where it need not be.
    pub(super) rust: Rust,
    /// Whether it can change what is true of the Rust type as a whole.
    pub(super) whole_type: bool,
}

pub(super) enum Rust {
    Known(Impact),
    Computed(Impact),
}

pub(super) enum Id {
    /// The whole id.
    Whole(String),
    /// What follows direction and role: `enum-value-added` of `request-property-enum-value-added`.
    Suffix(String),
}

/// Judges a difference in a direction in which it matters.
pub(super) fn judge(difference: &Difference, direction: Direction) -> Verdict {
    use Direction::{Request, Response};
    let suffix = |text: &str| Id::Suffix(text.to_owned());
    let way = if direction == Response { "response" } else { "request" };
    let values = Values { old: &difference.old, new: &difference.new };
    let by_shift = |shift| wire(direction, shift);
    let computed = |impact| Rust::Computed(impact);
    let (id, level, what, rust, whole_type) = match &difference.aspect {
        Aspect::Type(shift) => {
            let id = match shift {
                Shift::Narrowed => "type-specialized",
                Shift::Widened => "type-generalized",
                Shift::Changed => "type-changed",
            };
            let key = difference.place.shown().rsplit('/').next().unwrap_or("type");
            let key = if key == "format" { "format" } else { "type" };
            (suffix(id), by_shift(*shift), values.changed(key), computed(Impact::Breaking), true)
        }
        Aspect::EnumSet => (
            suffix("became-enum"),
            by_shift(Shift::Narrowed),
            format!("restricted to the values {}", plain(&difference.new)),
            computed(Impact::Breaking),
            true,
        ),
        Aspect::EnumUnset => (
            suffix("became-not-enum"),
            if direction == Response { Level::Warning } else { by_shift(Shift::Widened) },
            format!("no longer restricted to the values {}", plain(&difference.old)),
            computed(Impact::Breaking),
            true,
        ),
        Aspect::EnumValueAdded => (
            suffix("enum-value-added"),
            if direction == Response { Level::Warning } else { by_shift(Shift::Widened) },
            match direction {
                Response => format!(
                    "enum value {} added, which the client may not know",
                    plain(&difference.new)
                ),
                _ => format!("enum value {} added", plain(&difference.new)),
            },
            computed(if direction == Response { Impact::Compatible } else { Impact::Breaking }),
            false,
        ),
        Aspect::EnumValueRemoved => (
            suffix("enum-value-removed"),
            by_shift(Shift::Narrowed),
            format!("enum value {} removed", plain(&difference.old)),
            computed(Impact::Breaking),
            false,
        ),
        Aspect::Nullable(now) => (
            suffix(if *now { "became-nullable" } else { "became-not-nullable" }),
            by_shift(if *now { Shift::Widened } else { Shift::Narrowed }),
            if *now { "became nullable" } else { "became not nullable" }.to_owned(),
            computed(Impact::Breaking),
            true,
        ),
        Aspect::Constraint(name, verb, shift) => {
            let unclear = *name == "pattern" && *shift == Shift::Changed;
            let level = if unclear && direction != Direction::Unused {
                Level::Warning
            } else {
                by_shift(*shift)
            };
            (
                Id::Suffix(format!("{name}-{verb}")),
                level,
                values.changed(&name.replace('-', " ")),
                computed(Impact::None),
                true,
            )
        }
        Aspect::PropertyAdded { required, default, closed } => {
            let kind = if *required { "required" } else { "optional" };
            let (id, level) = match direction {
                Response => (
                    format!("response-{kind}-property-added"),
                    if *closed { Level::Breaking } else { Level::Compatible },
                ),
                _ => (
                    match (required, default) {
                        (true, true) => "new-required-request-property-with-default".to_owned(),
                        _ => format!("new-{kind}-request-property"),
                    },
                    by_shift(if *required { Shift::Narrowed } else { Shift::Widened }),
                ),
            };
            let because = match (direction, closed) {
                (Response, true) => ", where OLD allows no further properties",
                _ => "",
            };
            let rust = if direction == Response { Impact::Compatible } else { Impact::Breaking };
            (Id::Whole(id), level, format!("added ({kind}){because}"), computed(rust), true)
        }
        Aspect::PropertyRemoved { required, closed } => {
            let kind = if *required { "required" } else { "optional" };
            let (id, level, because) = match direction {
                Response if *required => {
                    (format!("response-{kind}-property-removed"), Level::Breaking, "")
                }
                Response => (format!("response-{kind}-property-removed"), Level::Warning, ""),
                Request if *closed => (
                    "request-property-removed".to_owned(),
                    Level::Breaking,
                    ", and NEW allows no further properties",
                ),
                Request => ("request-property-removed".to_owned(), Level::Warning, ""),
                Direction::Unused => ("request-property-removed".to_owned(), Level::Compatible, ""),
            };
            let what = format!("removed ({kind}){because}");
            (Id::Whole(id), level, what, computed(Impact::Breaking), true)
        }
        Aspect::Required { now, default } => {
            let id = match (now, default, direction) {
                (true, true, Request) => "became-required-with-default",
                (true, ..) => "became-required",
                (false, ..) => "became-optional",
            };
            let what = if *now { "became required" } else { "became optional" };
            (
                Id::Whole(format!("{way}-property-{id}")),
                by_shift(if *now { Shift::Narrowed } else { Shift::Widened }),
                what.to_owned(),
                computed(Impact::Breaking),
                true,
            )
        }
        // A request without the property is a request from which it was removed, and so on.
        Aspect::ReadOnly { now, required } => (
            visibility(way, "read-only", *now, *required),
            match (direction, now) {
                (Direction::Unused, _) => Level::Compatible,
                (_, true) => Level::Warning,
                (_, false) if *required => Level::Breaking,
                (_, false) => Level::Compatible,
            },
            if *now { "became read-only" } else { "became not read-only" }.to_owned(),
            computed(Impact::None),
            false,
        ),
        Aspect::WriteOnly { now, required } => (
            visibility(way, "write-only", *now, *required),
            match (direction, now) {
                (Direction::Unused, _) | (_, false) => Level::Compatible,
                (_, true) if *required => Level::Breaking,
                (_, true) => Level::Warning,
            },
            if *now { "became write-only" } else { "became not write-only" }.to_owned(),
            computed(Impact::None),
            false,
        ),
        Aspect::Default(verb) => (
            Id::Suffix(format!("default-value-{verb}")),
            unused_or(direction, Level::Warning),
            values.changed("default"),
            computed(Impact::Breaking),
            true,
        ),
        Aspect::AdditionalProperties(shift) => (
            suffix(match shift {
                Shift::Widened => "additional-properties-widened",
                _ => "additional-properties-narrowed",
            }),
            by_shift(*shift),
            values.changed("additionalProperties"),
            computed(Impact::Breaking),
            true,
        ),
        Aspect::Items(shift) => (
            suffix(if *shift == Shift::Narrowed { "items-added" } else { "items-removed" }),
            by_shift(*shift),
            if *shift == Shift::Narrowed {
                "items restricted to a schema".to_owned()
            } else {
                "items no longer restricted to a schema".to_owned()
            },
            computed(Impact::Breaking),
            true,
        ),
        Aspect::Alternative(keyword, added) => {
            let (verb, value, shift) = if *added {
                ("added", &difference.new, Shift::Widened)
            } else {
                ("removed", &difference.old, Shift::Narrowed)
            };
            (
                Id::Suffix(format!("{keyword}-{verb}")),
                by_shift(shift),
                format!("{} alternative {verb}{}", keyword_name(keyword), target(value)),
                computed(Impact::Breaking),
                true,
            )
        }
        Aspect::Alternatives(keyword, shift) => {
            let set = difference.place.old.is_none();
            (
                Id::Suffix(format!("{keyword}-{}", if set { "set" } else { "unset" })),
                by_shift(*shift),
                format!(
                    "{} {}",
                    if set {
                        "became one of the alternatives of"
                    } else {
                        "lost the alternatives of"
                    },
                    keyword_name(keyword)
                ),
                computed(Impact::Breaking),
                true,
            )
        }
        Aspect::Not(verb, shift) => (
            Id::Suffix(format!("not-{verb}")),
            if *shift == Shift::Changed {
                unused_or(direction, Level::Warning)
            } else {
                by_shift(*shift)
            },
            format!("the schema under `not` was {verb}"),
            computed(Impact::None),
            true,
        ),
        Aspect::Discriminator(what, shift) => (
            Id::Suffix(format!("discriminator-{what}")),
            match (*what, direction) {
                ("added" | "removed", _) => unused_or(direction, Level::Warning),
                ("mapping-added", Response) => Level::Warning,
                _ => by_shift(*shift),
            },
            values.changed(&format!("discriminator {}", what.replace('-', " "))),
            computed(Impact::None),
            true,
        ),
        Aspect::Deprecated(now) => (
            suffix(if *now { "deprecated" } else { "reactivated" }),
            Level::Compatible,
            if *now { "deprecated" } else { "no longer deprecated" }.to_owned(),
            computed(Impact::None),
            false,
        ),
        Aspect::Sensitive(now) => (
            Id::Whole("schema-sensitivity-changed".to_owned()),
            Level::Compatible,
            if *now {
                "became sensitive: `Debug` prints `[redacted]`"
            } else {
                "is no longer sensitive: `Debug` prints the value"
            }
            .to_owned(),
            Rust::Known(Impact::Compatible),
            false,
        ),
        Aspect::Generator(key) => (
            Id::Whole(format!("schema-{}-changed", key.trim_start_matches("x-"))),
            if key == "title" { Level::Docs } else { Level::Compatible },
            values.changed(key),
            computed(Impact::None),
            true,
        ),
        Aspect::Xml => (
            suffix("xml-changed"),
            unused_or(direction, Level::Warning),
            "its form in XML changed".to_owned(),
            computed(Impact::None),
            false,
        ),
        Aspect::Docs(key) => (
            Id::Whole(docs_id("schema", key)),
            Level::Docs,
            docs_text(key, &difference.old, &difference.new),
            Rust::Known(Impact::None),
            false,
        ),
    };
    Verdict { id, level, what, rust, whole_type }
}

/// The level of a change of what fits: a request must go on fitting, and a response must fit what
/// the client expects.
fn wire(direction: Direction, shift: Shift) -> Level {
    match (direction, shift) {
        (Direction::Unused, _)
        | (Direction::Request, Shift::Widened)
        | (Direction::Response, Shift::Narrowed) => Level::Compatible,
        (Direction::Request, Shift::Narrowed | Shift::Changed)
        | (Direction::Response, Shift::Widened | Shift::Changed) => Level::Breaking,
    }
}

fn unused_or(direction: Direction, level: Level) -> Level {
    if direction == Direction::Unused { Level::Compatible } else { level }
}

fn visibility(way: &str, what: &str, now: bool, required: bool) -> Id {
    let kind = if required { "required" } else { "optional" };
    let not = if now { "" } else { "not-" };
    Id::Whole(format!("{way}-{kind}-property-became-{not}{what}"))
}

/// The id of a change of words.
pub(in super::super) fn docs_id(of: &str, key: &str) -> String {
    match key {
        "example" | "examples" => format!("{of}-example-changed"),
        "externalDocs" => format!("{of}-external-docs-changed"),
        _ if key.starts_with("x-") => format!("{of}-extension-changed"),
        _ => format!("{of}-{key}-changed"),
    }
}

/// What happened to words.
pub(in super::super) fn docs_text(
    key: &str,
    old: &serde_json::Value,
    new: &serde_json::Value,
) -> String {
    let verb = match (old.is_null(), new.is_null()) {
        (true, false) => "added",
        (false, true) => "removed",
        _ => "changed",
    };
    format!("`{key}` {verb}")
}

fn keyword_name(keyword: &str) -> &str {
    if keyword == "one-of" { "`oneOf`" } else { "`anyOf`" }
}

/// The component that a reference names.
fn target(value: &serde_json::Value) -> Cow<'static, str> {
    match value.get("$ref").and_then(serde_json::Value::as_str) {
        Some(target) => format!(": `{}`", target.rsplit('/').next().unwrap_or(target)).into(),
        None => "".into(),
    }
}

/// A value as people read it.
pub(in super::super) fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => format!("`{text}`"),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(_) => "a schema".to_owned(),
        other => format!("`{other}`"),
    }
}

struct Values<'a> {
    old: &'a serde_json::Value,
    new: &'a serde_json::Value,
}

impl Values<'_> {
    fn changed(&self, name: &str) -> String {
        match (self.old.is_null(), self.new.is_null()) {
            (true, false) => format!("{name} set to {}", plain(self.new)),
            (false, true) => format!("{name} {} removed", plain(self.old)),
            _ => format!("{name} changed from {} to {}", plain(self.old), plain(self.new)),
        }
    }
}
