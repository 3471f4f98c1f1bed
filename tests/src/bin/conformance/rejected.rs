//! Requests made wrong on purpose, which Prism must reject with an explanation.
//!
//! The client's types do not let such a request be written; a step between the client and Prism
//! makes it wrong. The rejection comes back through the client.

use cx_client::Delivery;
use cx_client_build::Node;
use serde_json::{Value, json};

use crate::altering_proxy::{Alteration, AlteringProxy, Request};
use crate::described::Described;
use crate::{Outcome, client, describe};

/// A wrong request.
struct Wrong {
    /// What is wrong.
    what: String,
    alter: Box<Alteration>,
    /// The status of the response.
    status: u16,
    /// What Prism's explanation must contain.
    explanation: String,
}

/// Sends every wrong request that can be made of the documented one.
pub(crate) async fn check(
    prism: &str,
    described: &Described<'_>,
    report: &mut impl FnMut(String, Outcome),
) {
    let mut wrong = wrong_requests(described);
    wrong.extend(wrong_parameters(described));
    if described.operation.body.is_some() {
        wrong.extend(wrong_bodies(described));
    }
    for wrong in wrong {
        report(format!("rejected: {}", wrong.what), send(prism, described, wrong).await);
    }
}

fn wrong(
    what: impl Into<String>,
    status: u16,
    explanation: impl Into<String>,
    alter: impl Fn(&mut Request) + Send + Sync + 'static,
) -> Wrong {
    Wrong { what: what.into(), alter: Box::new(alter), status, explanation: explanation.into() }
}

/// What can be wrong with a request of any operation.
fn wrong_requests(described: &Described<'_>) -> Vec<Wrong> {
    let mut requests = vec![wrong("a wrong path", 404, "#NO_PATH_MATCHED_ERROR", |request| {
        request.target.insert_str(0, "/wrong");
    })];
    let unused = ["put", "delete", "patch"]
        .into_iter()
        .find(|&name| described.path_item.get(name).is_none());
    if let Some(method) = unused {
        let explanation = format!(r#"does not have \"{method}\" method defined"#);
        requests.push(wrong("another method", 405, explanation, move |request| {
            request.method = method.to_uppercase();
        }));
    }
    if described.is_secured() {
        requests.push(wrong("no credentials", 401, "#UNAUTHORIZED", |request| {
            request.remove_header("authorization");
        }));
        let explanation = "Invalid security scheme used";
        requests.push(wrong("a bearer token", 401, explanation, |request| {
            request.set_header("authorization", "Bearer token");
        }));
    }
    requests
}

fn wrong_parameters(described: &Described<'_>) -> Vec<Wrong> {
    let mut requests = Vec::new();
    for (name, schema) in described.parameters("query") {
        let Some((_, explanation)) = wrong_text(schema) else { continue };
        let pair = format!("{name}=wrong");
        requests.push(wrong(format!("query {pair}"), 422, explanation, move |request| {
            let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
            let others =
                query.split('&').filter(|other| other.split('=').next() != pair.split('=').next());
            let query: Vec<&str> = others.chain([pair.as_str()]).collect();
            request.target = format!("{path}?{}", query.join("&"));
        }));
    }
    for (name, schema) in described.parameters("path") {
        let place = described.path.split('/').position(|part| part == format!("{{{name}}}"));
        let (Some((_, explanation)), Some(place)) = (wrong_text(schema), place) else { continue };
        requests.push(wrong(format!("path {name}=wrong"), 422, explanation, move |request| {
            let mut parts: Vec<&str> = request.target.split('/').collect();
            parts[place] = "wrong";
            request.target = parts.join("/");
        }));
    }
    requests
}

fn wrong_bodies(described: &Described<'_>) -> Vec<Wrong> {
    let mut requests = vec![
        wrong("another media type", 415, "Supported content types: ", |request| {
            request.set_header("content-type", "text/plain");
        }),
        wrong("a body that is no JSON", 400, "Invalid JSON", |request| request.body.truncate(10)),
    ];
    if described.requires_body() {
        let explanation = "Body parameter is required";
        requests.push(wrong("no body", 422, explanation, |request| request.body.clear()));
    }
    let Some(schema) = described.request_schema() else { return requests };
    if schema.get("type").and_then(Node::as_str) == Some("object") {
        requests
            .push(wrong_body("a body of another type", "must be object", |body| *body = json!([])));
    }
    for (name, schema) in described.properties() {
        let key = name.to_owned();
        if let Some((what, explanation)) = wrong_text(schema) {
            let explanation = format!("property {name} {explanation}");
            requests.push(wrong_body(format!("`{name}`, {what}"), explanation, move |body| {
                body[&key] = json!("wrong");
            }));
        } else if schema.get("type").and_then(Node::as_str) == Some("string") {
            let explanation = format!("property {name} must be string");
            requests.push(wrong_body(format!("`{name}`, no string"), explanation, move |body| {
                body[&key] = json!(1);
            }));
        }
    }
    for name in schema.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::as_str)
    {
        let key = name.to_owned();
        let explanation = format!("must have required property '{name}'");
        requests.push(wrong_body(format!("no `{name}`"), explanation, move |body| {
            body.as_object_mut().map(|members| members.remove(&key));
        }));
    }
    requests
}

/// Alters the body, which is JSON.
fn wrong_body(
    what: impl Into<String>,
    explanation: impl Into<String>,
    alter: impl Fn(&mut Value) + Send + Sync + 'static,
) -> Wrong {
    wrong(what, 422, explanation, move |request| {
        let mut body = serde_json::from_slice(&request.body).unwrap_or_default();
        alter(&mut body);
        request.body = body.to_string().into_bytes();
    })
}

/// What is wrong with the text `wrong` as a value of the schema, and Prism's explanation; `None`
/// if it may be right.
fn wrong_text(schema: &Node) -> Option<(&'static str, String)> {
    if let Some(values) = schema.get("enum") {
        let values: Vec<&str> = values.items().iter().filter_map(Node::as_str).collect();
        let values = values.join(", ");
        return Some((
            "an unknown value",
            format!("must be equal to one of the allowed values: {values}"),
        ));
    }
    if schema.get("format").and_then(Node::as_str) == Some("uuid") {
        return Some(("no UUID", r#"must match format \"uuid\""#.to_owned()));
    }
    match schema.get("type").and_then(Node::as_str) {
        Some(kind @ ("integer" | "number" | "boolean")) => {
            Some(("a text", format!("must be {kind}")))
        }
        _ => None,
    }
}

/// Sends the request, and compares its response.
async fn send(prism: &str, described: &Described<'_>, wrong: Wrong) -> Outcome {
    let Wrong { alter, status, explanation, .. } = wrong;
    // Kept until the response is there: the proxy ends when it is dropped.
    let proxy = AlteringProxy::start(prism, alter).await.map_err(|error| error.to_string())?;
    let Err(error) = (described.operation.send)(client(&proxy.url())?).await else {
        return Err("it was accepted".to_owned());
    };
    let body = String::from_utf8_lossy(error.body().unwrap_or_default());
    let expected = [
        (error.delivery() == Delivery::Rejected, "delivery: rejected".to_owned()),
        (error.status().is_some_and(|seen| seen.as_u16() == status), format!("status: {status}")),
        (error.attempts() == 1, "attempts: 1".to_owned()),
        (body.contains(&explanation), format!("in the body: {explanation}")),
    ];
    let missing: Vec<String> =
        expected.into_iter().filter(|(seen, _)| !seen).map(|(_, what)| what).collect();
    if missing.is_empty() {
        Ok(format!("{status}: {}", explanation.replace('\\', "")))
    } else {
        Err(format!("expected {}\n    {}", missing.join(", "), describe(&error)))
    }
}
