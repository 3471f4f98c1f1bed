//! The ways in which HTTP/2 fails.

/// One way in which HTTP/2 fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Http2Fault {
    /// The connection begins with a GOAWAY: no stream is processed.
    GoAwayAtOnce(Code),
    /// A GOAWAY with a last stream below that of the request, which is not processed.
    GoAwayBelow(Code),
    /// A GOAWAY whose last stream is that of the request, and the connection ends without a response.
    GoAwayWith(Code),
    /// A GOAWAY that allows every stream, as a server begins to shut down; then the response.
    GoAwayGraceful,
    /// The response, and then a GOAWAY whose last stream is that of the request.
    GoAwayAfter(Code),
    /// RST_STREAM in place of a response.
    Reset(Code),
    /// RST_STREAM as soon as the HEADERS of any request have arrived, whatever becomes of its body.
    ResetUnread(Code),
    /// RST_STREAM after the HEADERS of a response of 200 and half its body.
    ResetInBody(Code),
    /// Half a frame, then the connection ends.
    HalfFrame,
    /// A response of HTTP/1.1.
    OtherProtocol,
    /// The connection begins with a window of no byte for a body, which never opens: after the
    /// first request, which may come before the client knows, there is none. It ends after a second.
    ClosedWindow,
    /// The connection allows this many streams at once.
    Streams(u32),
    /// Before the response, SETTINGS that allow less of everything than those before.
    ShrinkingSettings,
    /// Before the response, SETTINGS that are not allowed.
    InvalidSettings,
    /// Neither PING nor any request gets a response.
    Silent,
}

/// An error code (RFC 9113 section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Code {
    NoError = 0,
    ProtocolError = 1,
    InternalError = 2,
    FlowControlError = 3,
    SettingsTimeout = 4,
    StreamClosed = 5,
    FrameSizeError = 6,
    RefusedStream = 7,
    Cancel = 8,
    CompressionError = 9,
    ConnectError = 10,
    EnhanceYourCalm = 11,
    InadequateSecurity = 12,
    Http11Required = 13,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::NoError,
        Self::ProtocolError,
        Self::InternalError,
        Self::FlowControlError,
        Self::SettingsTimeout,
        Self::StreamClosed,
        Self::FrameSizeError,
        Self::RefusedStream,
        Self::Cancel,
        Self::CompressionError,
        Self::ConnectError,
        Self::EnhanceYourCalm,
        Self::InadequateSecurity,
        Self::Http11Required,
    ];
}

impl Http2Fault {
    /// What happens to a connection from its beginning.
    pub const OF_CONNECTIONS: &'static [Self] = &[
        Self::GoAwayAtOnce(Code::NoError),
        Self::ClosedWindow,
        Self::Streams(1),
        Self::Streams(10),
    ];

    /// What happens to a stream, and to no other of its connection.
    pub const OF_STREAMS: &'static [Self] = &[
        Self::Reset(Code::RefusedStream),
        Self::Reset(Code::NoError),
        Self::Reset(Code::InternalError),
        Self::Reset(Code::Cancel),
        Self::Reset(Code::EnhanceYourCalm),
        Self::Reset(Code::Http11Required),
        Self::ResetInBody(Code::RefusedStream),
        Self::ResetInBody(Code::InternalError),
    ];

    /// What happens to a connection when a request gets its response.
    pub const OF_CONNECTIONS_IN_USE: &'static [Self] = &[
        Self::GoAwayBelow(Code::NoError),
        Self::GoAwayBelow(Code::InternalError),
        Self::GoAwayWith(Code::NoError),
        Self::GoAwayWith(Code::InternalError),
        Self::GoAwayGraceful,
        Self::GoAwayAfter(Code::NoError),
        Self::HalfFrame,
        Self::OtherProtocol,
        Self::ShrinkingSettings,
        Self::InvalidSettings,
    ];

    /// Whether the standard lets a client know that the request was not processed.
    pub(super) fn is_not_processed(self) -> bool {
        matches!(self, Self::GoAwayBelow(_) | Self::Reset(Code::RefusedStream))
    }

    pub(super) fn status(self) -> Option<u16> {
        match self {
            Self::GoAwayBelow(_)
            | Self::GoAwayWith(_)
            | Self::Reset(_)
            | Self::HalfFrame
            | Self::OtherProtocol
            | Self::InvalidSettings
            | Self::Silent => None,
            _ => Some(200),
        }
    }
}
