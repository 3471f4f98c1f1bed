//! Requests made wrong on purpose, which Prism must refuse with an explanation.
//!
//! The client's types do not let such a request be written; so its settings make it wrong, or a
//! step between the client and Prism does. Either way the refusal comes back through the client.

use cx_client::{Client, Delivery};
use cx_client_tests::documented_request;
use serde_json::{Value, json};

use crate::altering_proxy::{Alteration, AlteringProxy, Request};
use crate::{Outcome, builder, describe, with_header};

/// How a request becomes wrong.
enum Way {
    /// A base URL with this path.
    BasePath(&'static str),
    /// A header of the client has this value.
    Header(&'static str, &'static str),
    /// A step between the client and Prism alters the request.
    Altered(Box<Alteration>),
}

/// A wrong request.
struct Wrong {
    /// What is wrong.
    what: String,
    way: Way,
    /// The status of the refusal.
    status: u16,
    /// What Prism's explanation must contain.
    explanation: String,
}

impl Wrong {
    fn new(what: impl Into<String>, way: Way, status: u16, explanation: impl Into<String>) -> Self {
        Self { what: what.into(), way, status, explanation: explanation.into() }
    }
}

/// Places every wrong request.
pub(crate) async fn check(prism: &str, tell: &mut impl FnMut(String, Outcome)) {
    for wrong in requests() {
        let check = format!("rejected: {}", wrong.what);
        tell(check, place(prism, wrong).await);
    }
}

fn requests() -> Vec<Wrong> {
    let mut requests = vec![
        Wrong::new("no credentials", remove_header("authorization"), 401, "#UNAUTHORIZED"),
        Wrong::new(
            "a bearer token",
            Way::Header("authorization", "Bearer token"),
            401,
            "Invalid security scheme used",
        ),
        Wrong::new(
            "a base URL with a wrong path",
            Way::BasePath("/wrong"),
            404,
            "#NO_PATH_MATCHED_ERROR",
        ),
        Wrong::new(
            "another method",
            altered(|request| request.method = "PUT".to_owned()),
            405,
            r#"does not have \"put\" method defined"#,
        ),
        Wrong::new(
            "another media type",
            altered(|request| request.set_header("content-type", "text/plain")),
            415,
            "Supported content types: application/json",
        ),
        Wrong::new(
            "no body",
            altered(|request| request.body.clear()),
            422,
            "Body parameter is required",
        ),
        Wrong::new(
            "a body that is no JSON",
            altered(|request| request.body.truncate(10)),
            400,
            "Invalid JSON",
        ),
        Wrong::new("a body of another type", body(|body| *body = json!([])), 422, "must be object"),
        Wrong::new(
            "an unknown channel",
            body(|body| body["channel"] = json!("fax")),
            422,
            "property channel must be equal to one of the allowed values: call, sms, whatsapp, webchat",
        ),
        Wrong::new(
            "an identifier that is no UUID",
            body(|body| body["agentId"] = json!("agent 7")),
            422,
            r#"property agentId must match format \"uuid\""#,
        ),
        Wrong::new(
            "a phone number that is no string",
            body(|body| body["customerPhone"] = json!(1_234_567_890)),
            422,
            "property customerPhone must be string",
        ),
    ];
    for property in ["agentId", "channel", "skillId", "customerName", "customerPhone"] {
        let remove = move |body: &mut Value| {
            if let Some(members) = body.as_object_mut() {
                members.remove(property);
            }
        };
        let explanation = format!("must have required property '{property}'");
        requests.push(Wrong::new(format!("no `{property}`"), body(remove), 422, explanation));
    }
    requests
}

fn altered(alter: impl Fn(&mut Request) + Send + Sync + 'static) -> Way {
    Way::Altered(Box::new(alter))
}

fn remove_header(name: &'static str) -> Way {
    altered(move |request| request.remove_header(name))
}

/// Alters the body, which is JSON.
fn body(alter: impl Fn(&mut Value) + Send + Sync + 'static) -> Way {
    altered(move |request| {
        let mut body = serde_json::from_slice(&request.body).unwrap_or_default();
        alter(&mut body);
        request.body = body.to_string().into_bytes();
    })
}

/// Places the request, and compares its refusal.
async fn place(prism: &str, wrong: Wrong) -> Outcome {
    let Wrong { way, status, explanation, .. } = wrong;
    // Kept until the refusal is there: the proxy ends when it is dropped.
    let (settings, _proxy) = match way {
        Way::BasePath(path) => (builder(format!("{prism}{path}")), None),
        Way::Header(name, value) => (with_header(builder(prism.to_owned()), name, value), None),
        Way::Altered(alter) => {
            let proxy =
                AlteringProxy::start(prism, alter).await.map_err(|error| error.to_string())?;
            (builder(proxy.url()), Some(proxy))
        }
    };
    let client: Client = settings.build().map_err(|error| describe(&error))?;
    let Err(error) = client.create_call().body(documented_request()).send().await else {
        return Err("it was accepted".to_owned());
    };
    let said = String::from_utf8_lossy(error.body().unwrap_or_default());
    let expected = [
        (error.delivery() == Delivery::Rejected, "delivery: rejected".to_owned()),
        (error.status().is_some_and(|seen| seen.as_u16() == status), format!("status: {status}")),
        (error.attempts() == 1, "attempts: 1".to_owned()),
        (said.contains(&explanation), format!("in the body: {explanation}")),
    ];
    let missing: Vec<String> =
        expected.into_iter().filter(|(seen, _)| !seen).map(|(_, what)| what).collect();
    if missing.is_empty() {
        Ok(format!("{status}: {}", explanation.replace('\\', "")))
    } else {
        Err(format!("expected {}\n    {}", missing.join(", "), describe(&error)))
    }
}
