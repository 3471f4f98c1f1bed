//! A mock matches what the client sends for a value, and nothing else.

use cx_client_documents::documents::examples_out_of_order as zoo;
use cx_client_documents::documents::parameter_styles as styles;
use cx_client_documents::documents::{forms, name_collisions};
use httpmock::MockServer;
use serde_json::json;
use styles::mock::MockServerExt as _;
use zoo::mock::MockServerExt as _;

use super::settings;

#[tokio::test]
async fn a_mock_of_a_path_parameter_takes_this_value_only() {
    let server = MockServer::start_async().await;
    let client = styles::client(&settings(server.base_url()));
    for value in ["+15551234567", "a b", "x/y", "é", "a.b", r"a\b", "(", "a%2Fb"] {
        let mut mock = server.get_note(|when, then| {
            when.line(value).note("1");
            then.no_content();
        });
        client.get_note().line(value).note("1").send().await.unwrap();
        for other in ["axb", "a", "a-b"] {
            client.get_note().line(other).note("1").send().await.unwrap_err();
        }
        client.get_note().line(value).note("2").send().await.unwrap_err();
        mock.assert();
        mock.delete();
    }
    let mut mock = server.get_file(|when, then| {
        when.name("a.b");
        then.no_content();
    });
    client.get_file().name("a.b").send().await.unwrap();
    client.get_file().name("axb").send().await.unwrap_err();
    mock.delete();
    let mock = server.get_price(|when, then| {
        when.price(1.0).page(2.0).ratio(None).x_weight(0.5);
        then.no_content();
    });
    client.get_price().price(1.0).page(2.0).x_weight(0.5).send().await.unwrap();
    client.get_price().price(1.0).page(2.0).ratio(1.0).x_weight(0.5).send().await.unwrap_err();
    client.get_price().price(1.0).x_weight(0.5).send().await.unwrap_err();
    client.get_price().price(1.0).page(2.0).send().await.unwrap_err();
    mock.assert();
}

#[tokio::test]
async fn a_mock_of_lists_and_objects_takes_this_value_only() {
    use styles::types::{Color, QueryEither, QueryKeysItem};
    let server = MockServer::start_async().await;
    let client = styles::client(&settings(server.base_url()));
    let color = Color { r: Some(1), g: None, name: Some("a b".to_owned()) };
    let list = vec!["a b".to_owned(), "c,d".to_owned()];
    let words = vec!["a".to_owned(), "c,d".to_owned()];
    let keys = vec![QueryKeysItem::Red, QueryKeysItem::DarkRed];
    let free = std::collections::HashMap::from([("k".to_owned(), "v".to_owned())]);
    let either = QueryEither::Integer(7);
    let mock = server.query(|when, then| {
        when.commas(&list)
            .keys(&keys)
            .spaces(&words)
            .pipes(&list)
            .members(&color)
            .flat(&color)
            .deep(&color)
            .free(&free)
            .json(&color)
            .either(&either)
            .day("d")
            .flag(true)
            .code(None);
        then.no_content();
    });
    let query = || {
        client
            .query()
            .commas(list.clone())
            .keys(keys.clone())
            .spaces(words.clone())
            .pipes(list.clone())
            .members(color.clone())
            .flat(color.clone())
            .deep(color.clone())
            .free(free.clone())
            .json(color.clone())
            .either(7)
            .day("d")
            .flag(true)
    };
    query().send().await.unwrap();
    query().keys(vec![QueryKeysItem::Red]).send().await.unwrap_err();
    query().members(Color { r: Some(1), g: Some(2), name: None }).send().await.unwrap_err();
    query().deep(Color { r: Some(2), g: None, name: None }).send().await.unwrap_err();
    query().code("ABC").send().await.unwrap_err();
    mock.assert();

    let mut mock = server.query(|when, then| {
        when.members(None).deep(None).keys(None);
        then.no_content();
    });
    client.query().send().await.unwrap();
    client.query().members(color.clone()).send().await.unwrap_err();
    client.query().deep(color.clone()).send().await.unwrap_err();
    mock.assert();
    mock.delete();

    let mock = server.label(|when, then| {
        when.one("x").list(&list).exploded(&vec![1.0, 2.0]).object(&color);
        then.no_content();
    });
    let label = client.label().one("x").list(list.clone()).exploded(vec![1.0, 2.0]);
    label.object(color.clone()).send().await.unwrap();
    mock.assert();
    let mock = server.headers(|when, then| {
        when.x_one("a b").x_list(&vec![1, 2]).x_color(&color);
        then.no_content();
    });
    let headers = client.headers().x_one("a b").x_list(vec![1, 2]).x_color(color);
    headers.send().await.unwrap();
    mock.assert();
}

#[tokio::test]
async fn a_mock_of_a_form_takes_this_value_only() {
    use forms::mock::MockServerExt as _;
    let server = MockServer::start_async().await;
    let client = forms::client(&settings(server.base_url()));
    let body = |to: &str| -> forms::types::SendMessageBody {
        let builder = forms::types::SendMessageBody::builder().to(to);
        builder.event(vec!["a".to_owned(), "b".to_owned()]).try_into().unwrap()
    };
    let mock = server.send_message(|when, then| {
        when.body(&body("+1"));
        then.created();
    });
    client.send_message().body(body("+1")).send().await.unwrap();
    client.send_message().body(body("+2")).send().await.unwrap_err();
    mock.assert();
}

#[tokio::test]
async fn an_example_is_of_its_own_operation_whatever_the_order_of_the_paths() {
    let request: zoo::types::Zebra = zoo::mock::examples::create_zebra::request();
    let response = zoo::mock::examples::create_zebra::response();
    assert_eq!((request.stripes, response.stripes), (3, 4));
    let ants = zoo::mock::examples::list_ants::response();
    assert_eq!(ants.ants, ["one"]);
    assert_eq!(
        name_collisions::mock::examples::get_widget::response_response().part_no_2.as_deref(),
        Some("3")
    );

    let server = MockServer::start_async().await;
    let client = zoo::client(&settings(server.base_url()));
    server.list_ants(|_, then| {
        then.ok(&ants);
    });
    let response = plain(reqwest::Method::GET, server.url("/ants")).await;
    let response = response.text().await.unwrap();
    let response: serde_json::Value = serde_json::from_str(&response).unwrap();
    assert_eq!(response, json!({ "ants": ["one"], "parameters": {} }));
    assert_eq!(client.list_ants().send().await.unwrap().into_inner(), ants);

    server.create_zebra(|_, then| {
        then.not_found(&serde_json::from_value(json!({ "message": "m" })).unwrap());
    });
    let error = client.create_zebra().body(request).send().await.unwrap_err();
    assert_eq!(error.body(), Some(&br#"{"message":"m"}"#[..]));
}

#[tokio::test]
async fn a_mock_responds_with_what_is_no_json() {
    let server = MockServer::start_async().await;
    server.clear_ants(|_, then| {
        then.ok("log");
    });
    let response = plain(reqwest::Method::DELETE, server.url("/ants")).await;
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.text().await.unwrap(), "log");
}

/// A response as it comes.
async fn plain(method: reqwest::Method, url: String) -> reqwest::Response {
    let provider = rustls::crypto::ring::default_provider();
    let _ = provider.install_default();
    reqwest::Client::new().request(method, url).send().await.unwrap()
}
