//! What the generated code says of an operation.

/// An operation of the OpenAPI document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The operation id.
    pub(crate) id: &'static str,
    /// The HTTP method, in capitals.
    pub(crate) method: &'static str,
    /// The path template: with the names of its parameters, not their values.
    pub(crate) path: &'static str,
    /// Whether the body of the response is a stream, which the caller reads as it arrives.
    pub(crate) streams: bool,
}
