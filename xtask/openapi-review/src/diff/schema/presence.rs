//! Whether a property is part of a message, and what it means that this changed.

use super::difference::Shift;

/// Whether a property is part of a message of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It is not described, and may be there as any other.
    Absent,
    /// It must not be there.
    Forbidden,
    /// It is left out: `readOnly` in requests, `writeOnly` in responses.
    Hidden,
    Optional,
    Required,
}

/// A change of what is part of messages of one direction.
#[derive(Debug)]
pub(super) struct Transition {
    pub(super) was: Presence,
    pub(super) is: Presence,
    pub(super) rule: &'static str,
    pub(super) what: String,
    pub(super) shift: Shift,
}

impl Transition {
    /// The change, if there is one that matters in the direction; whether a default is stated tells
    /// rules apart.
    pub(super) fn of(
        in_request: bool,
        was: Presence,
        is: Presence,
        has_default: bool,
    ) -> Option<Self> {
        let rule = match in_request {
            true => of_request(was, is, has_default),
            false => of_response(was, is),
        };
        Some(Self { was, is, rule: rule?, what: words(in_request, was, is), shift: shift(was, is) })
    }

    /// Whether it was left out, or is now.
    pub(super) fn is_of_hidden(&self) -> bool {
        [self.was, self.is].contains(&Presence::Hidden)
    }
}

fn of_request(was: Presence, is: Presence, has_default: bool) -> Option<&'static str> {
    use Presence::{Absent, Forbidden, Hidden, Optional, Required};
    Some(match (was, is) {
        (Absent, Required) if has_default => "new-required-request-property-with-default",
        (Absent | Forbidden, Required) => "new-required-request-property",
        (Absent | Forbidden, Optional) => "new-optional-request-property",
        (Optional | Required, Absent) => "request-property-removed",
        (Optional | Required, Forbidden) => "request-property-removed-from-closed",
        (Optional, Required) if has_default => "request-property-became-required-with-default",
        (Optional, Required) => "request-property-became-required",
        (Required, Optional) => "request-property-became-optional",
        (Required, Hidden) => "request-required-property-became-read-only",
        (Optional, Hidden) => "request-optional-property-became-read-only",
        (Hidden, Required) => "request-required-property-became-not-read-only",
        (Hidden, Optional) => "request-optional-property-became-not-read-only",
        _ => return None,
    })
}

fn of_response(was: Presence, is: Presence) -> Option<&'static str> {
    use Presence::{Absent, Forbidden, Hidden, Optional, Required};
    Some(match (was, is) {
        (Absent, Required) => "response-required-property-added",
        (Absent, Optional) => "response-optional-property-added",
        (Forbidden, Optional | Required) => "response-property-added-to-closed",
        (Required, Absent | Forbidden) => "response-required-property-removed",
        (Optional, Absent | Forbidden) => "response-optional-property-removed",
        (Optional, Required) => "response-property-became-required",
        (Required, Optional) => "response-property-became-optional",
        (Required, Hidden) => "response-required-property-became-write-only",
        (Optional, Hidden) => "response-optional-property-became-write-only",
        (Hidden, Required) => "response-required-property-became-not-write-only",
        (Hidden, Optional) => "response-optional-property-became-not-write-only",
        _ => return None,
    })
}

fn shift(was: Presence, is: Presence) -> Shift {
    use Presence::{Absent, Forbidden, Optional, Required};
    match (was, is) {
        (Absent, _) | (Optional, Required | Forbidden) => Shift::Narrowed,
        (Forbidden, Optional) | (Required, Optional) => Shift::Widened,
        (Optional | Required, Absent) => Shift::Widened,
        _ => Shift::Changed,
    }
}

fn words(in_request: bool, was: Presence, is: Presence) -> String {
    use Presence::{Absent, Forbidden, Hidden, Required};
    let kind = |it| if it == Required { "required" } else { "optional" };
    let flag = if in_request { "readOnly" } else { "writeOnly" };
    match (was, is) {
        (_, Hidden) => format!("became {flag}, so that it is left out"),
        (Hidden, _) => format!("is no longer {flag}"),
        (Absent, _) => format!("added ({})", kind(is)),
        (Forbidden, _) => {
            format!("added ({}), where OLD allows no further properties", kind(is))
        }
        (_, Absent) => format!("removed ({})", kind(was)),
        (_, Forbidden) => {
            format!("removed ({}), and NEW allows no further properties", kind(was))
        }
        (_, Required) => "became required".to_owned(),
        _ => "became optional".to_owned(),
    }
}
