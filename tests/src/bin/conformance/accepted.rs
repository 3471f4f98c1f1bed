//! The documented request of an operation, which Prism must accept, and whose response must decode.

use cx_client::RequestOptions;
use cx_client_build::Node;
use serde_json::{Value, json};

use crate::described::Described;
use crate::{Outcome, client, describe};

/// How many responses are decoded where Prism makes them up.
const MADE_UP_RESPONSES: usize = 25;

/// Where Prism takes its response from; a client asks for it with the header `Prefer` (RFC 7240).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Response {
    /// From the document's example.
    Example,
    /// From the schema, with random values, and with random members that the schema does not
    /// forbid.
    MadeUp,
}

/// Sends the documented request, once with every value of each enumeration in its body.
pub(crate) async fn check(
    prism: &str,
    described: &Described<'_>,
    report: &mut impl FnMut(String, Outcome),
) {
    for (response, what) in [
        (Response::Example, "example response decodes"),
        (Response::MadeUp, "made-up responses decode"),
    ] {
        if response == Response::MadeUp && !described.has_response_body() {
            continue;
        }
        for (variant, body) in bodies(described) {
            let check = format!("accepted{variant}, {what}");
            report(check, send(prism, described, body, response).await);
        }
    }
}

/// The bodies to send, each with the name of what it varies; `None` is the documented request.
fn bodies(described: &Described<'_>) -> Vec<(String, Option<Value>)> {
    let Some(body) = &described.operation.body else { return vec![(String::new(), None)] };
    let mut bodies = Vec::new();
    for (name, schema) in described.properties() {
        for value in schema.get("enum").map_or(&[][..], Node::items) {
            let mut changed = (body.example)();
            changed[name] = value.to_json();
            bodies.push((format!(": {name} {}", changed[name]), Some(changed)));
        }
    }
    if bodies.is_empty() {
        bodies.push((String::new(), None));
    }
    bodies
}

async fn send(
    prism: &str,
    described: &Described<'_>,
    body: Option<Value>,
    response: Response,
) -> Outcome {
    let (count, prefer) = match response {
        Response::Example => (1, "dynamic=false"),
        Response::MadeUp => (MADE_UP_RESPONSES, "dynamic=true"),
    };
    let options = RequestOptions::new().header("prefer", prefer);
    let client = client(prism)?.with_options(options);
    let example = described.response_example().map(without_empty);
    let mut examples_seen = 0;
    for _ in 0..count {
        let sending = match (&described.operation.body, &body) {
            (Some(operation), Some(body)) => (operation.send)(client.clone(), body.clone())
                .map_err(|error| format!("the client's type does not take the body: {error}"))?,
            _ => (described.operation.send)(client.clone()),
        };
        let (_, decoded) = sending.await.map_err(|error| describe(&error))?;
        if example.as_ref() == Some(&without_empty(decoded.clone())) {
            examples_seen += 1;
        } else if example.is_some() && response == Response::Example {
            return Err(format!("the documented response became\n    {decoded}"));
        }
    }
    if response == Response::MadeUp && examples_seen == count {
        return Err("every response is the documented one, and should be made up".to_owned());
    }
    Ok(format!("{count} of {count}"))
}

/// The value without members that are null or empty: an optional one may as well be absent.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, without_empty(value)))
            .filter(|(_, value)| ![json!(null), json!([]), json!({})].contains(value))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        other => other,
    }
}
