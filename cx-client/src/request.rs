//! A request, put together as the OpenAPI document says.

use std::borrow::Cow;
use std::mem;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Method};
use reqwest::Url;
use serde::Serialize;

use crate::error::Error;
pub(crate) use crate::parameter::Style;
use crate::parameter::{self, Unsendable, Value};

/// The parts of a request, of which each attempt makes one to send: nothing has to be copied for a
/// retry that may never come.
pub(crate) struct Request {
    method: Method,
    /// The path template, in which values take the places of names one by one: no value has a
    /// brace, since those are encoded.
    path: Cow<'static, str>,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    accept: Option<&'static str>,
    content_type: Option<&'static str>,
    body: Body,
}

enum Body {
    Whole(Bytes),
    /// Can be sent once.
    Stream(reqwest::Body),
    Sent,
}

type Outcome = Result<(), Error>;

#[allow(dead_code, reason = "a document uses some of them")]
impl Request {
    pub(crate) fn new(method: Method, template: &'static str) -> Self {
        Self {
            method,
            path: Cow::Borrowed(template),
            query: String::new(),
            headers: Vec::new(),
            accept: None,
            content_type: None,
            body: Body::Whole(Bytes::new()),
        }
    }

    /// Sets a path parameter.
    pub(crate) fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
        style: Style,
    ) -> Outcome {
        let text = parameter::path(name, value, style).map_err(|why| of_parameter(name, &why))?;
        self.path = Cow::Owned(self.path.replace(&format!("{{{name}}}"), &text));
        Ok(())
    }

    /// Sets a query parameter, where it has a value.
    pub(crate) fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
        style: Style,
    ) -> Outcome {
        let pairs = parameter::pairs(name, value, style).map_err(|why| of_parameter(name, &why))?;
        append(&mut self.query, &pairs);
        Ok(())
    }

    /// Sets a request header, where it has a value.
    pub(crate) fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Outcome {
        let text = parameter::header(value, style).map_err(|why| of_parameter(name, &why))?;
        let Some(text) = text else { return Ok(()) };
        let invalid = |_| invalid(name, "it has characters that no header can have");
        let value = HeaderValue::try_from(text).map_err(invalid)?;
        let name = HeaderName::try_from(name).map_err(|_| invalid_name(name))?;
        self.headers.push((name, value));
        Ok(())
    }

    /// Says which media type is read of a response.
    pub(crate) fn accept(&mut self, media_type: &'static str) {
        self.accept = Some(media_type);
    }

    /// Sets a body of JSON.
    pub(crate) fn json<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        value: &T,
    ) -> Outcome {
        let text = serde_json::to_vec(value)
            .map_err(|_| invalid("body", "it cannot be written as JSON"))?;
        self.set_body(media_type, Body::Whole(text.into()))
    }

    /// Sets a body of JSON that has numbers: NaN and the infinities are refused, which JSON would
    /// write as `null`.
    pub(crate) fn json_with_numbers<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        value: &T,
    ) -> Outcome {
        Value::of(value).map_err(|why| of_parameter("body", &why))?;
        self.json(media_type, value)
    }

    /// Sets a body of a form. A property that `styles` does not name is written as OpenAPI's
    /// default says: text as it is, an array as repeated keys, an object as JSON (OpenAPI 3.0.4
    /// section 4.7.15.1.1).
    pub(crate) fn form<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        value: &T,
        styles: &[(&str, Style)],
    ) -> Outcome {
        let text = form(value, styles).map_err(|why| of_parameter("body", &why))?;
        self.set_body(media_type, Body::Whole(text.into()))
    }

    /// Sets a body as it is.
    pub(crate) fn raw(
        &mut self,
        media_type: &'static str,
        body: impl Into<reqwest::Body>,
    ) -> Outcome {
        let body = body.into();
        let body = match body.as_bytes() {
            Some(bytes) => Body::Whole(Bytes::copy_from_slice(bytes)),
            None => Body::Stream(body),
        };
        self.set_body(media_type, body)
    }

    fn set_body(&mut self, media_type: &'static str, body: Body) -> Outcome {
        self.content_type = Some(media_type);
        self.body = body;
        Ok(())
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn has_body(&self) -> bool {
        !matches!(&self.body, Body::Whole(bytes) if bytes.is_empty())
    }

    /// Whether it can be sent now, and again: a stream can be sent once.
    pub(crate) fn can_be_sent_again(&self) -> bool {
        matches!(self.body, Body::Whole(_))
    }

    /// The request of one attempt, to a path below `base_url`, which has no slash at its end.
    pub(crate) fn next_to_send(&mut self, base_url: &Url) -> Result<reqwest::Request, Error> {
        // Only a value can have made a segment `.` or `..`: URLs are normalised, and it would be
        // another path.
        let changes_path = |segment: &str| matches!(segment, "." | "..");
        if matches!(self.path, Cow::Owned(_)) && self.path.split('/').any(changes_path) {
            return Err(Error::invalid_request(
                "a path parameter is `.` or `..`, and would change the path".to_owned(),
            ));
        }
        let mut url = base_url.clone();
        match base_url.path() {
            "/" => url.set_path(&self.path),
            base => url.set_path(&format!("{base}{}", self.path)),
        }
        if !self.query.is_empty() {
            url.set_query(Some(&self.query));
        }
        // A `RequestBuilder` would look for credentials in the URL, and merge the headers.
        let mut request = reqwest::Request::new(self.method.clone(), url);
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            headers.append(name, value.clone());
        }
        for (name, value) in [(ACCEPT, self.accept), (CONTENT_TYPE, self.content_type)] {
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        *request.body_mut() = match &mut self.body {
            Body::Whole(bytes) => self.content_type.map(|_| bytes.clone().into()),
            stream => match mem::replace(stream, Body::Sent) {
                Body::Stream(body) => Some(body),
                _ => None,
            },
        };
        let has_meaning = matches!(self.method, Method::POST | Method::PUT | Method::PATCH);
        if has_meaning && request.body().is_none() {
            // A server may ask for the length even of nothing (RFC 9110 section 8.6).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(request)
    }
}

/// What a body that is text says.
#[allow(dead_code, reason = "a document uses it")]
pub(crate) fn text(body: &reqwest::Body) -> Option<&str> {
    body.as_bytes().and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// The text of a form.
pub(crate) fn form<T: Serialize + ?Sized>(
    value: &T,
    styles: &[(&str, Style)],
) -> Result<String, Unsendable> {
    let mut text = String::new();
    let parts = Value::of(value)?;
    let Value::Members(members) = &parts else {
        append(&mut text, &parameter::pairs_of("", &parts, Style::FormExploded)?);
        return Ok(text);
    };
    // Read only where an object has to be written as JSON.
    let mut whole: Option<serde_json::Value> = None;
    for (name, part) in members {
        let style = styles.iter().find(|(of, _)| of == name).map(|(_, style)| *style);
        let has_objects = matches!(part, Value::Members(_))
            || matches!(part, Value::List(items) if items.iter().any(|item| !matches!(item, Value::Text(_) | Value::Absent)));
        let as_json = style == Some(Style::Json) || (style.is_none() && has_objects);
        if !as_json || *part == Value::Absent {
            let style = style.unwrap_or(Style::FormExploded);
            append(&mut text, &parameter::pairs_of(name, part, style)?);
            continue;
        }
        let whole = whole.get_or_insert_with(|| serde_json::to_value(value).unwrap_or_default());
        match whole.get(name) {
            Some(serde_json::Value::Array(items)) if style.is_none() => {
                for item in items {
                    append(&mut text, &parameter::pairs(name, item, Style::Json)?);
                }
            }
            Some(value) => append(&mut text, &parameter::pairs(name, value, Style::Json)?),
            None => {}
        }
    }
    Ok(text)
}

fn append(text: &mut String, pairs: &[(String, String)]) {
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(key);
        text.push('=');
        text.push_str(value);
    }
}

fn of_parameter(name: &str, why: &Unsendable) -> Error {
    invalid(name, &why.to_string())
}

fn invalid(name: &str, why: &str) -> Error {
    Error::invalid_request(format!("`{name}` cannot be sent, since {why}"))
}

fn invalid_name(name: &str) -> Error {
    Error::invalid_request(format!("`{name}` is not the name of a header"))
}
