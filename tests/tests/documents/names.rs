//! No name of a document is one that the generated code or the runtime has.

use std::collections::BTreeSet;
use std::fs;

use cx_client_build::{Document, names_from};
use cx_client_documents::types;
use serde_json::json;

use super::{last_line, responding};

/// Every public or crate-visible method of the runtime on `Client` is one that no operation takes.
#[test]
fn the_methods_of_the_runtime_are_reserved() {
    let mut methods = BTreeSet::new();
    for entry in fs::read_dir("../cx-client/src").unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("generated")) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let blocks = text.split("\nimpl Client {").skip(1);
        for block in blocks.filter_map(|block| block.split("\n}").next()) {
            for line in block.lines() {
                if let Some((_, rest)) = line.split_once("fn ")
                    && line.starts_with("    pub")
                {
                    methods.insert(rest.split(['(', '<']).next().unwrap().to_owned());
                }
            }
        }
    }
    assert!(methods.contains("from_env"), "{methods:?}");
    for method in methods {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{get: {{\
             operationId: {method}, responses: {{'204': {{description: D}}}}}}}}}}}}"
        );
        let names = names_from(&Document::parse("t", &text).unwrap()).unwrap();
        assert_eq!(names.operations[0].function, format!("{method}_operation"));
    }
}

#[tokio::test]
async fn parameters_and_types_of_any_name_are_sent_and_read() {
    let everything = json!({
        "ok": "o", "err": "e", "some": { "some": "s" }, "none": "Self", "option": { "option": "x" },
        "string": "text", "vec": ["v"], "default": { "default": "d" }, "self": { "self": "s" },
        "other_error": { "conversion_error": "c" }, "clone": "c", "from": "f", "extra": "e",
        "something": "else",
    });
    let (server, client) = responding(&everything.to_string()).await;
    let body: types::Everything = serde_json::from_value(everything.clone()).unwrap();
    let request = client.setters().client("c").path("p").body(body.clone());
    let request = request.body_parameter("1").body_map_parameter("2").send_parameter("3");
    let request = request.new_parameter("4").self_("5").request("6").request_query("7");
    let request = request.url("8").info("9").clone_parameter("10");
    let response = request.send().await.unwrap().into_inner();
    assert_eq!(response, body);
    let sent: serde_json::Value = serde_json::from_slice(&server.seen()[0].body).unwrap();
    for (key, value) in everything.as_object().unwrap() {
        assert_eq!(&sent[key], value, "{key}");
    }
    assert_eq!(
        last_line(&server),
        "POST /parameters/c/p?body=1&body_map=2&send=3&new=4&self=5&clone=10&request=6&_request=7\
         &url=8&info=9"
    );
}

#[test]
fn every_value_of_an_enum_and_every_property_has_a_name_of_its_own() {
    use cx_client_documents::documents::name_collisions::types::Widget;
    for size in ["extra-large", "extra_large", "ExtraLarge", "<", ">", "", "new"] {
        let value = json!({
            "part-no": "1", "part_no": "2", "partNo": "3", "size": size, "Size": "S", "other": "A",
            "shape": { "b": 1 },
        });
        let widget: Widget = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(json!(widget), value);
    }
}
