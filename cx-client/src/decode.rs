//! Decoding the body of a response.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use crate::by_name::ByName;
use crate::decode_error::DecodeError;
use crate::lenient;

/// Decodes JSON, and corrects what is not as documented where nothing has to be invented for it;
/// `report` is called with the path and the reading of each correction.
pub(crate) fn corrected<T: DeserializeOwned>(
    body: &[u8],
    report: impl Fn(&str, &str),
) -> Result<T, DecodeError> {
    // A body that is as documented costs nothing more.
    as_documented(body).or_else(|_| {
        let (value, corrections) = lenient::corrected(&parse(body)?)?;
        corrections.iter().for_each(|correction| report(&correction.path, correction.reading));
        Ok(value)
    })
}

fn as_documented<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = T::deserialize(ByName(&mut json))?;
    json.end().map(|()| value)
}

/// Decodes JSON as it is.
pub(crate) fn exact<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(body).or_else(|_| lenient::exact(&parse(body)?))
}

/// Parses JSON without a type. A byte order mark is skipped, and the last value of a repeated
/// key is used (RFC 8259 sections 8.1 and 4).
#[cold]
fn parse(body: &[u8]) -> Result<Value, DecodeError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        let problem = match error.classify() {
            _ if body.is_empty() => "expected JSON, found an empty body".to_owned(),
            Category::Eof => format!("the JSON ends too early, at {place}"),
            _ => format!("expected JSON, and this is none at {place}"),
        };
        DecodeError { path: None, problem }
    })
}
