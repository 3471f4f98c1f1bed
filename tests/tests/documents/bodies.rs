//! Bodies of requests: forms, and what is read or written only.

use cx_client_documents::documents::{constraints, forms, read_and_write_only};
use serde_json::{Value, json};

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

    // Nothing would be sent of a required list without items.
    let lists = |event| client.send_lists().body_map(|body| body.event(event).json(texts(&[])));
    let error = lists(texts(&[])).send().await.unwrap_err();
    assert!(error.to_string().contains("Event` has fewer items than 1"), "{error}");
    let _ = lists(texts(&["a"])).send().await;
    assert_eq!(last_body(&server), "Event=a&Json=%5B%5D");
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
async fn constraints_bind_a_body_that_is_text() {
    let (server, settings) = empty().await;
    let client = constraints::client(&settings);
    client.send_text().body("yes").send().await.unwrap();
    assert_eq!(last_body(&server), "yes");
    let error = client.send_text().body("maybe").send().await.unwrap_err();
    assert!(error.to_string().contains("`body`"), "{error}");
    client.send_csv().body("a,b").send().await.unwrap();
    client.send_csv().body("a,b,c").send().await.unwrap_err();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn constraints_bind_what_is_sent() {
    use constraints::types::NewOrder;
    let (server, settings) = empty().await;
    let client = constraints::client(&settings);
    for short in ["", "abcd"] {
        let request = client.create_order().body_map(|body| body.short(short));
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains("$.short"), "{error}");
    }
    let draft = |draft: constraints::types::builder::Draft| client.put_order().body_map(|_| draft);
    let builder = constraints::types::Draft::builder;
    for request in [draft(builder().code(3)), draft(builder().level(Some(30.into())))] {
        let error = request.send().await.unwrap_err();
        assert!(error.to_string().contains("none of the documented values"), "{error}");
    }
    let order = NewOrder::builder().short("abc").score(f64::NAN);
    let order: NewOrder = order.try_into().unwrap();
    let error = client.create_order().body(order).send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("NaN"), "{error}");
    assert_eq!(server.seen().len(), 0);
    client.create_order().body_map(|body| body.short("abc").score(1.5)).send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"short":"abc","score":1.5}"#);
}

/// It is of any type then.
#[tokio::test]
async fn what_is_required_and_no_property_is_sent() {
    let (server, settings) = responding(r#"{"at":"now"}"#).await;
    let client = constraints::client(&settings);
    let error = client.put_unlisted().body_map(|body| body.at("now")).send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`kind`"), "{error}");
    let request = client.put_unlisted().body_map(|body| body.at("now").kind(json!(7)));
    assert_eq!(request.send().await.unwrap().at, "now");
    assert_eq!(last_body(&server), r#"{"at":"now","kind":7}"#);
}

#[tokio::test]
async fn limits_bind_what_is_sent_wherever_they_stand() {
    let (server, settings) = empty().await;
    let client = constraints::client(&settings);
    let send = |body: &Value| {
        let body: constraints::types::Limited = serde_json::from_value(body.clone()).unwrap();
        client.send_limits().level(1).body(body).send()
    };
    for (body, problem) in [
        (json!({}), "it has fewer properties than 1"),
        (json!({ "step": 1, "even": 2, "total": 5, "exact": 1 }), "it has more properties than 3"),
        // An `allOf` says all that its members say of a property.
        (json!({ "total": 2 }), "`$.total` is not more than 2"),
        (json!({ "total": 2.5 }), "`$.total` is less than 3"),
        (json!({ "narrow": { "code": "" } }), "`$.narrow.code` has fewer characters than 1"),
        (json!({ "narrow": { "code": "abcd" } }), "`$.narrow.code` has more characters than 3"),
        (json!({ "step": 0.25 }), "`$.step` is not a multiple of 0.1"),
        (json!({ "even": 3 }), "`$.even` is not a multiple of 2"),
        (json!({ "even": 10 }), "`$.even` is not less than 10"),
        (json!({ "pair": [1] }), "`$.pair` has fewer items than 2"),
        (json!({ "pair": [1, 2, 3] }), "`$.pair` has more items than 2"),
        (json!({ "pair": [1, 8] }), "`$.pair[1]` is more than 7"),
        (json!({ "set": [{ "score": 1 }, { "score": 1 }] }), "`$.set` has equal items"),
        (json!({ "set": [{ "count": 0 }] }), "`$.set[0].count` is less than 1"),
        (json!({ "rate": 0.75 }), "`$.rate` is none of the documented values"),
        (json!({ "unquoted": "3" }), "`$.unquoted` is none of the documented values"),
        (json!({ "single": 0.8 }), "`$.single` is more than 0.7"),
        (json!({ "truth": false }), "`$.truth` is none of the documented values"),
        (json!({ "mixed": [3] }), "`$.mixed` is none of the documented values"),
        (json!({ "anything": "abcd" }), "`$.anything` has more characters than 3"),
        (json!({ "anything": 4 }), "`$.anything` is more than 3"),
        (json!({ "rates": { "a": 1, "b": 2, "c": 3 } }), "`$.rates` has more properties than 2"),
        // The key is not one that the document names: it can be data.
        (json!({ "rates": { "+1555": 6 } }), "`$.rates[…]` is more than 5"),
        (json!({ "child": { "child": { "even": 1 } } }), "`$.child.child.even` is not a multiple"),
        (json!({ "shape": { "kind": "Circle", "size": 2 } }), "`$.shape.size` is more than 1"),
        (json!({ "amount": 6 }), "`$.amount` is more than 5"),
        (json!({ "amount": 6.5 }), "`$.amount` is less than 100"),
    ] {
        let error = send(&body).await.unwrap_err();
        assert!(error.is_invalid_request(), "{body}: {error}");
        let expected = format!("`body` cannot be sent, since {problem}");
        assert!(error.to_string().contains(&expected), "{body}: {error}");
    }
    assert_eq!(server.seen().len(), 0);
    for body in [
        json!({ "total": 3 }),
        json!({ "step": 0.3 }),
        json!({ "rate": 1, "mixed": [2] }),
        json!({ "rate": null, "truth": true }),
        json!({ "single": 0.7, "unquoted": "2" }),
        json!({ "anything": ["abcd", 4] }),
        json!({ "shape": { "kind": "Square", "size": 2 } }),
        json!({ "amount": 100.5 }),
        json!({ "amount": ["a", "a"] }),
        json!({ "exact": i64::MAX }),
    ] {
        send(&body).await.unwrap();
    }
    client.send_limits().level(5).send().await.unwrap();
}

#[tokio::test]
async fn limits_bind_parameters_and_forms() {
    let (server, settings) = empty().await;
    let client = constraints::client(&settings);
    let send = || client.send_limits().level(1);
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    let filter = constraints::types::SendLimitsFilter { gt: Some(10) };
    for (request, problem) in [
        (send().level(6), "`level` cannot be sent, since it is more than 5"),
        (send().per_page(101), "`per_page` cannot be sent, since it is more than 100"),
        (send().tags(tags(&["a", "a"])), "`tags` cannot be sent, since it has equal items"),
        (
            send().tags(tags(&["a", "b", "c"])),
            "`tags` cannot be sent, since it has more items than 2",
        ),
        (send().x_ratio(0.0), "`X-Ratio` cannot be sent, since it is not more than 0"),
        (send().filter(filter), "`filter` cannot be sent, since `$.gt` is more than 9"),
    ] {
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains(problem), "{error}");
    }
    let error = client.send_form().body_map(|body| body.price(10.5)).send().await.unwrap_err();
    assert!(error.to_string().contains("`$.price` is more than 10"), "{error}");
    assert_eq!(server.seen().len(), 0);
    send().per_page(100).tags(tags(&["a", "b"])).x_ratio(1.0).send().await.unwrap();
    client.send_form().body_map(|body| body.price(10.0)).send().await.unwrap();
}
