//! What went wrong, as the predicates of the error tell apart.

use http::StatusCode;

use crate::delivery::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Config,
    Request,
    Connect,
    NotProcessed,
    Transport,
    Deadline,
    Status,
    Undocumented,
    TooLarge,
    Body,
    Decode,
}

impl Kind {
    pub(crate) fn failure(self, status: Option<StatusCode>) -> Failure {
        match (self, status) {
            (Self::Config | Self::Request | Self::Deadline, _) => Failure::NotBuilt,
            (Self::Connect, _) => Failure::NoConnection,
            (Self::NotProcessed, _) => Failure::NotProcessed,
            (Self::Status, Some(status)) => Failure::Status(status),
            (Self::Transport | Self::Status, _) => Failure::NoResponse,
            (Self::Undocumented | Self::TooLarge | Self::Body | Self::Decode, _) => {
                Failure::UnusableSuccess
            }
        }
    }

    /// OpenTelemetry's `error.type`, where neither a status nor a time limit says more.
    #[cfg(feature = "tracing")]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Request => "request",
            Self::Connect => "connect",
            Self::NotProcessed | Self::Transport => "connection",
            Self::Deadline => "timeout",
            Self::Status | Self::Undocumented => "status",
            Self::TooLarge => "body_too_large",
            Self::Body => "body",
            Self::Decode => "decode",
        }
    }
}
