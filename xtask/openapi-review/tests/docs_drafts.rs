//! That a draft is what a person would write, and agrees with its page once it is pasted.
#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use cx_client_build::{Document, validate};
use openapi_review::docs::draft::draft;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;

const HEAD: &str = "openapi: 3.0.4\ninfo: {title: T, version: v1}\n";

/// The page's draft, after it was found to agree with the page.
fn drafted(version: &str, operation: &str, schemas: &str) -> Document {
    let page = format!(
        "# Move a thing\n\n## OpenAPI\n\n````yaml post /v1/moves\nopenapi: {version}\ninfo: {{title: T, \
         version: v1}}\npaths:\n  /v1/moves:\n    post:\n      operationId: moveThing\n{operation}\
         components:\n  schemas:\n{schemas}````\n"
    );
    let page = read("page.md", &page).unwrap();
    let empty = Document::parse("empty.yaml", &format!("{HEAD}paths: {{}}\n")).unwrap();
    let text = format!("{HEAD}{}", draft(&empty, std::slice::from_ref(&page)));
    let document = Document::parse("draft.yaml", &text).unwrap();
    assert_eq!(validate(&document), [], "{text}");
    assert_eq!(Report::new(&document, &[page]).differences, [], "{text}");
    document
}

fn components(document: &Document) -> Vec<&str> {
    let all = document.at("/components/schemas").unwrap().entries();
    all.iter().map(|one| one.key.as_str()).collect()
}

/// An operation that sends one schema and receives another.
fn exchange(sent: &str, received: &str) -> String {
    format!(
        "      requestBody:\n        content: {{application/json: {{schema: {sent}}}}}\n      responses:\n\
         \x20       '200':\n          description: Done\n          content: {{application/json: {{schema: {received}}}}}\n"
    )
}

const THING: &str = "{$ref: '#/components/schemas/Thing'}";

#[test]
fn what_can_be_null_or_is_deprecated_stays_the_component_that_it_is() {
    let place = "    Thing:\n      type: object\n      properties:\n        at: {$ref: '#/components/schemas/Place'}\n";
    let target = "    Place: {type: object, properties: {name: {type: string}}}\n";
    for (version, from) in [
        ("3.1.0", "{anyOf: [{$ref: '#/components/schemas/Place'}, {type: 'null'}]}"),
        ("3.1.0", "{$ref: '#/components/schemas/Place', deprecated: true, readOnly: true}"),
        ("3.0.3", "{allOf: [{$ref: '#/components/schemas/Place'}], nullable: true}"),
        (
            "3.0.3",
            "{oneOf: [{$ref: '#/components/schemas/Place'}], nullable: true, description: From}",
        ),
    ] {
        let schemas = format!("{place}        from: {from}\n{target}");
        let document = drafted(version, &exchange("{type: string}", THING), &schemas);
        assert_eq!(components(&document), ["Thing", "Place"], "{from}");
        let from = document.at("/components/schemas/Thing/properties/from/allOf/0/$ref");
        assert_eq!(from.and_then(|it| it.as_str()), Some("#/components/schemas/Place"));
    }
}

#[test]
fn a_component_that_is_sent_and_received_keeps_its_name() {
    let thing = "    Thing: {type: object, properties: {name: {type: string}}}\n";
    let document = drafted("3.0.3", &exchange(THING, THING), thing);
    assert_eq!(components(&document), ["Thing"]);
    let document = drafted("3.0.3", &exchange(THING, "{type: string}"), thing);
    assert_eq!(components(&document), ["MoveThingRequest"]);
}

#[test]
fn components_that_show_other_examples_are_not_one() {
    let schemas = "    Thing: {type: object, properties: {name: {type: string, example: a chair}}}\n    \
                   Person: {type: object, properties: {name: {type: string, example: Ada}}}\n    Both:\n      \
                   type: object\n      properties:\n        thing: {$ref: '#/components/schemas/Thing'}\n        \
                   person: {$ref: '#/components/schemas/Person'}\n";
    let received = "{$ref: '#/components/schemas/Both'}";
    let document = drafted("3.0.3", &exchange("{type: string}", received), schemas);
    assert_eq!(components(&document), ["Both", "Thing", "Person"]);
    let alike = schemas.replace(", example: Ada", "");
    let document = drafted("3.0.3", &exchange("{type: string}", received), &alike);
    assert_eq!(components(&document), ["Both", "Thing"]);
}

#[test]
fn examples_of_parameters_and_headers_are_drafted() {
    let operation = "      parameters:\n        - {name: how, in: query, schema: {type: string}, examples: {a: {value: slowly}}}\n        \
                     - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}, example: far}\n      responses:\n        \
                     '204':\n          description: Done\n          headers:\n            Location: {schema: {type: string}, example: /v1/moves/1}\n";
    let document =
        drafted("3.0.3", operation, "    Kind: {type: string, enum: [near, far], example: near}\n");
    let text =
        |pointer: &str| document.at(pointer).and_then(|node| node.as_str()).map(str::to_owned);
    let operation = "/paths/~1v1~1moves/post";
    let example = |at: &str| text(&format!("{operation}/{at}/schema/example"));
    assert_eq!(example("parameters/0").as_deref(), Some("slowly"));
    assert_eq!(example("parameters/1").as_deref(), Some("far"));
    assert_eq!(example("responses/204/headers/Location").as_deref(), Some("/v1/moves/1"));
}

/// What tells alternatives apart names the components that they become.
#[test]
fn alternatives_without_a_name_are_mapped_by_what_they_list() {
    let owner = |kind: &str| {
        format!(
            "{{type: object, required: [kind], properties: {{kind: {{const: {kind}}}, {kind}: {{type: string}}}}}}"
        )
    };
    let schemas = format!(
        "    Thing:\n      type: object\n      properties:\n        owner: {{discriminator: {{propertyName: kind}}, oneOf: [{}, {}]}}\n",
        owner("user"),
        owner("team")
    );
    let document = drafted("3.1.0", &exchange(THING, THING), &schemas);
    let owner = document.at("/components/schemas/Thing/properties/owner").unwrap().to_json();
    let alternatives = owner["oneOf"].as_array().unwrap();
    let mapping = &owner["discriminator"]["mapping"];
    assert_eq!(mapping["user"], alternatives[0]["$ref"], "{owner}");
    assert_eq!(mapping["team"], alternatives[1]["$ref"], "{owner}");
}

/// What is called a UUID and is none by default is left a text.
#[test]
fn a_format_that_the_default_does_not_have_is_not_inferred() {
    let schemas = |default: &str| {
        format!(
            "    Thing:\n      type: object\n      properties:\n        id: {{type: string, description: The UUID.{default}}}\n"
        )
    };
    let format = |default: &str| {
        let document = drafted("3.0.3", &exchange(THING, THING), &schemas(default));
        document.at("/components/schemas/Thing/properties/id/format").is_some()
    };
    assert!(format(""));
    assert!(!format(", default: ''"));
}

/// A page cut to its operation can lack the security scheme that it names: that nothing is needed
/// would be wrong.
#[test]
fn a_scheme_that_the_page_does_not_describe_is_told() {
    let page = "# Get things\n\n```yaml get /v1/things\nopenapi: 3.0.3\ninfo: {title: T, version: v1}\npaths:\n  /v1/things:\n    get:\n      security: [{login: []}]\n      responses: {'200': {description: Done}}\n```\n";
    let document = Document::parse("empty.yaml", &format!("{HEAD}paths: {{}}\n")).unwrap();
    let text = draft(&document, &[read("page.md", page).unwrap()]);
    assert!(
        text.contains("# The page names the security scheme `login` and does not describe it.")
    );
    assert!(!text.contains("security:"), "{text}");
}

#[test]
fn what_the_words_call_personal_is_marked() {
    let operation = "      parameters:\n        - {name: to, in: query, description: The phone number., schema: {type: string}}\n      \
                     responses:\n        '200':\n          description: Done\n          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}\n";
    let schemas = "    Thing:\n      type: object\n      properties:\n        \
                   by: {allOf: [{$ref: '#/components/schemas/Text'}]}\n        at: {type: string}\n    \
                   Text: {type: string, description: The email of the owner.}\n";
    let document = drafted("3.0.3", operation, schemas);
    let marked = |pointer: &str| document.at(&format!("{pointer}/x-sensitive")).is_some();
    assert!(marked("/paths/~1v1~1moves/post/parameters/0/schema"));
    assert!(marked("/components/schemas/Thing/properties/by"));
    assert!(!marked("/components/schemas/Thing/properties/at"));
}
