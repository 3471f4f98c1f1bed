//! What cannot be served is refused at its place, with what to do.

use cx_client_build::{Document, generate_from};

fn refused(operation: &str, components: &str) -> String {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nservers: [ {{ url: https://a.example }} ]\n\
         paths:\n  /a:\n    get:\n      operationId: a\n{operation}\
         \x20     responses: {{ '204': {{ description: D }} }}\n\
         components:\n  schemas:\n    A: {{ type: string }}\n{components}"
    );
    generate_from(&Document::parse("t.yaml", &text).unwrap()).unwrap_err().to_string()
}

#[test]
fn each_refusal_names_place_reason_and_remedy() {
    for (operation, place, reason) in [
        (
            "      parameters: [ { name: c, in: cookie, schema: { type: string } } ]\n",
            "t.yaml:8:21",
            "is a cookie",
        ),
        (
            "      parameters: [ { name: c, in: query, style: matrix, schema: { type: string } } ]\n",
            "t.yaml:8:43",
            "cannot have the style `matrix`",
        ),
        (
            "      parameters: [ { name: c, in: query, style: deepObject, schema: { type: string } } ]\n",
            "t.yaml:8:21",
            "`deepObject` writes objects",
        ),
        (
            "      parameters: [ { name: c, in: query, schema: { type: array, items: { type: object } } } ]\n",
            "t.yaml:8:21",
            "OpenAPI has no form",
        ),
        (
            "      parameters: [ { name: c, in: query, content: { text/csv: { schema: { type: string } } } } ]\n",
            "t.yaml:8:21",
            "is `text/csv`",
        ),
        (
            "      parameters: [ { name: X, in: header, schema: {} }, { name: x, in: header, schema: {} } ]\n",
            "t.yaml:8:58",
            "is the header `X` again",
        ),
        (
            "      parameters: [ { name: a b, in: header, schema: {} } ]\n",
            "t.yaml:8:21",
            "no header can have the name",
        ),
        (
            "      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, \
             properties: { a: { type: array, items: { type: string } } } }, encoding: { a: { style: deepObject } } } } }\n",
            "t.yaml:8:174",
            "`deepObject` writes objects",
        ),
        (
            "      requestBody: { content: { text/plain: { schema: { type: integer } } } }\n",
            "t.yaml:8:33",
            "cannot write a body of `text/plain`",
        ),
        (
            "      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: string } } } }\n",
            "t.yaml:8:70",
            "consists of properties",
        ),
        ("      servers: [ { url: https://b.example } ]\n", "t.yaml:8:7", "names another server"),
    ] {
        let message = refused(operation, "");
        assert!(message.starts_with(place), "{place}: {message}");
        assert!(message.contains(reason) && message.contains("help: "), "{message}");
    }
}

#[test]
fn a_path_that_is_another_one_in_a_url_is_refused() {
    for path in ["/a/../b", "/a/./b", "/a/%2E%2e", r"/a\b", "/a?b=c"] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  '{path}':\n    \
             get: {{ operationId: a, responses: {{ '204': {{ description: D }} }} }}\n"
        );
        let error = generate_from(&Document::parse("t.yaml", &text).unwrap()).unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with("t.yaml:4:3: ") && message.contains("help: "), "{message}");
    }
}

/// The same server is no other server.
#[test]
fn a_server_that_is_the_documents_is_served() {
    let text = std::fs::read_to_string("documents/parameters.yaml").unwrap();
    let same = text.replace(
        "      operationId: get_call\n",
        "      operationId: get_call\n      servers: [ { url: https://parameters.example/v2/ } ]\n",
    );
    assert_ne!(same, text);
    let source = |text: &str| generate_from(&Document::parse("t", text).unwrap()).unwrap();
    assert_eq!(source(&same), source(&text));
    let other = same.replace("v2/ }", "v3 }");
    generate_from(&Document::parse("t", &other).unwrap()).unwrap_err();
}
