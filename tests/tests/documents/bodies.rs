//! Bodies of requests: forms, and what is read or written only.

use cx_client_documents::documents::{constraints, forms, read_and_write_only};
use serde_json::json;

use super::{empty, last_body, responding};

#[tokio::test]
async fn a_form_is_written_as_the_document_says() {
    let (server, settings) = responding("{}").await;
    let client = forms::client(&settings);
    let send = |body: forms::types::SendMessageBody| client.send_message().body(body);
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let body = forms::types::SendMessageBody::builder()
        .to("+1 5")
        .event(texts(&["a&b", "c"]))
        .price(2.0)
        .context(Some(forms::types::SendMessageBodyContext { a: Some("é".to_owned()) }))
        .filter(Some(forms::types::SendMessageBodyFilter { gt: Some(1), lt: Some(9) }))
        .tags(texts(&["x", "y"]))
        .try_into()
        .unwrap();
    let _ = send(body).send().await;
    assert_eq!(
        last_body(&server),
        "To=%2B1%205&Event=a%26b&Event=c&Price=2&Context=%7B%22a%22%3A%22%C3%A9%22%7D\
         &Filter%5Bgt%5D=1&Filter%5Blt%5D=9&Tags=x,y"
    );
    let body = forms::types::SendMessageBody::builder().to("x").price(f64::NAN);
    let body: forms::types::SendMessageBody = body.try_into().unwrap();
    let error = send(body).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn what_is_read_only_is_neither_demanded_nor_sent() {
    let response = json!({ "id": "7", "owner": "o", "state": "frozen", "made": "now" });
    let (server, settings) = responding(&response.to_string()).await;
    let client = read_and_write_only::client(&settings);
    let request = client.create_account().body_map(|body| body.owner("o").pin("secret"));
    let account = request.send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"owner":"o","pin":"secret"}"#);
    assert_eq!(account.id, "7");
    assert_eq!(account.state.as_ref().unwrap().to_string(), "frozen");
    let error = client.create_account().body_map(|body| body.owner("o")).send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("pin"), "{error}");
    let body = read_and_write_only::types::AccountRequest {
        owner: "o".to_owned(),
        pin: "secret".to_owned(),
        state: None,
        place: None,
    };
    let branch = read_and_write_only::types::BranchRequest {
        name: "b".to_owned(),
        accounts: Some(vec![body]),
        parent: None,
    };
    assert!(!format!("{branch:?}").contains("secret"));
    let _ = client.put_branch().body(branch).send().await;
    assert_eq!(last_body(&server), r#"{"name":"b","accounts":[{"owner":"o","pin":"secret"}]}"#);
}

#[tokio::test]
async fn constraints_bind_what_is_sent() {
    use constraints::types::{NewOrder, NewOrderShort};
    let (server, settings) = empty().await;
    let client = constraints::client(&settings);
    for short in ["", "abcd"] {
        assert!(NewOrderShort::try_from(short).is_err());
        let request = client.create_order().body_map(|body| body.short(short));
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
    }
    // Both members of an `allOf` bind, whichever is the stricter.
    assert!(constraints::types::NarrowCode::try_from("abc").is_ok());
    assert!(constraints::types::NarrowCode::try_from("abcd").is_err());
    assert!(constraints::types::NarrowCode::try_from("").is_err());
    assert!(constraints::types::DraftCode::try_from(3).is_err());
    assert!(constraints::types::Level::try_from(30).is_err());
    let order = NewOrder::builder().short("abc").score(f64::NAN);
    let order: NewOrder = order.try_into().unwrap();
    let error = client.create_order().body(order).send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("NaN"), "{error}");
    assert_eq!(server.seen().len(), 0);
    client.create_order().body_map(|body| body.short("abc").score(1.5)).send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"short":"abc","score":1.5}"#);
}
