//! What must not be printed is not, and what is absent shows that it is.

use cx_client_documents::documents::sensitive::{client, types};
use serde_json::json;

use super::{empty, responding};

#[tokio::test]
async fn a_bare_value_of_a_response_is_not_printed() {
    for body in [r#""secret""#, r#"["secret"]"#, r#"{"k":"secret"}"#] {
        let (_server, settings) = responding(body).await;
        let client = client(&settings);
        let text = match body.as_bytes()[0] {
            b'"' => {
                let value = client.get_secret().number("1").send().await.unwrap();
                assert_eq!(value.as_str(), "secret");
                format!("{value:?} {:?}", **value).replace("\"secret\"", "")
            }
            b'[' => {
                let value = client.get_list().send().await.unwrap();
                assert_eq!(value[0], "secret");
                format!("{value:?}")
            }
            _ => {
                let value = client.get_map().send().await.unwrap();
                assert_eq!(value["k"], "secret");
                format!("{value:?}")
            }
        };
        assert!(!text.contains("secret") && text.contains("[redacted]"), "{text}");
    }
}

#[tokio::test]
async fn a_parameter_is_printed_nowhere() {
    let (_server, settings) = empty().await;
    let client = client(&settings);
    let place = types::GetSecretWhere { street: Some("secret-street".to_owned()) };
    let kind = types::GetSecretKind::HiddenKind;
    let mut text = format!("{place:?} {kind:?}");
    let request = client.get_secret().number("secret-number").kind(kind).where_(place);
    text.push_str(&format!("{request:?} {request:#?}"));
    let error = request.number("secret".repeat(20)).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    text.push_str(&format!("{error} {error:?}"));
    assert!(!text.contains("secret-") && !text.contains("secretsecret"), "{text}");
    assert!(!text.to_lowercase().contains("hiddenkind") && !text.contains("hidden-kind"), "{text}");
}

#[test]
fn what_is_absent_shows_that_it_is() {
    let empty: types::Person = serde_json::from_value(json!({ "born": null })).unwrap();
    let text = format!("{empty:?}");
    assert!(text.contains("name: None") && text.contains("born: None"), "{text}");
    assert!(text.contains("phones: []") && !text.contains("redacted"), "{text}");
    let person: types::Person = serde_json::from_value(json!({
        "name": "secret", "born": "secret", "phones": ["secret"], "labels": { "a": "secret" },
        "contact": "secret", "login": "secret", "hint": "shown", "parameters": { "a": "open" },
        "refined": { "word": "secret", "pin": "secret" },
    }))
    .unwrap();
    let text = format!("{person:?}");
    assert!(!text.contains("secret") && text.contains("open"), "{text}");
    assert!(text.contains("shown") && text.contains("login: [redacted]"), "{text}");
    assert!(text.contains("name: [redacted]") && text.contains("phones: [redacted]"), "{text}");
}
