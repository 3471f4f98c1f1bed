//! The forms in which pages are saved: what is read, and what is refused with what to save instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::Document;
use openapi_review::docs::draft::draft;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use serde_json::{Value, json};

const HEAD: &str = "GET\n/v1/things\ncurl https://things.example.com/v1/things\n";

fn operation(text: &str) -> Value {
    let page = read("page", text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    page.document.at(&page.pointer()).unwrap().to_json()
}

/// A page whose block has this schema as that of its response.
fn markdown(version: &str, schema: &str) -> String {
    format!(
        "# Get things\n\n## OpenAPI\n\n````yaml openapi.json get /v1/things\nopenapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n  /v1/things:\n    get:\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: {schema}\n````\n\n## More\n"
    )
}

fn schema_of(operation: &Value) -> &Value {
    &operation["responses"]["200"]["content"]["application/json"]["schema"]
}

#[test]
fn what_3_1_says_is_said_in_3_0() {
    for (schema, expected) in [
        ("{type: [string, 'null']}", json!({ "type": "string", "nullable": true })),
        (
            "{type: [string, integer]}",
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
        ),
        (
            "{type: ['null', array], items: {type: string}}",
            json!({ "type": "array", "items": { "type": "string" }, "nullable": true }),
        ),
        ("{const: a}", json!({ "type": "string", "enum": ["a"] })),
        ("{type: integer, const: 1}", json!({ "type": "integer", "enum": [1] })),
        ("{const: 1}", json!({ "type": "integer", "enum": [1] })),
        ("{const: 1.5}", json!({ "type": "number", "enum": [1.5] })),
        ("{const: true}", json!({ "type": "boolean", "enum": [true] })),
        ("{const: null}", json!({ "nullable": true })),
        (
            "{allOf: [{type: string}], const: a}",
            json!({ "allOf": [{ "type": "string" }], "enum": ["a"] }),
        ),
        (
            "{type: [string, array], items: {type: integer}}",
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "integer" } }] }),
        ),
        (
            "{type: number, exclusiveMinimum: 0, minimum: 2}",
            json!({ "type": "number", "minimum": 2 }),
        ),
        (
            "{type: number, exclusiveMinimum: 0}",
            json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true }),
        ),
        (
            "{type: number, exclusiveMaximum: 5, maximum: 3}",
            json!({ "type": "number", "maximum": 3 }),
        ),
        ("{type: string, examples: [a, b]}", json!({ "type": "string", "example": "a" })),
        (
            "{anyOf: [{type: string}, {type: 'null'}]}",
            json!({ "type": "string", "nullable": true }),
        ),
        ("{type: string, contentEncoding: base64}", json!({ "type": "string", "format": "byte" })),
        (
            "{type: [string, 'null'], enum: [a, null]}",
            json!({ "type": "string", "enum": ["a"], "nullable": true }),
        ),
        ("true", json!({})),
    ] {
        assert_eq!(*schema_of(&operation(&markdown("3.1.0", schema))), expected, "{schema}");
    }
}

/// Names that are keywords elsewhere, and headers that look like extensions, are names.
#[test]
fn what_3_1_says_is_found_under_any_name() {
    let maybe = "{type: [string, 'null']}";
    let schema = format!(
        "{{type: object, properties: {{properties: {maybe}, default: {maybe}, x-a: {maybe}}}}}"
    );
    let text = markdown("3.1.0", &schema).replace("'200'", "default").replace(
        "description: ok\n",
        &format!("description: ok\n          headers: {{x-request-id: {{schema: {maybe}}}}}\n"),
    );
    let response = &operation(&text)["responses"]["default"];
    let maybe = json!({ "type": "string", "nullable": true });
    assert_eq!(response["headers"]["x-request-id"]["schema"], maybe);
    let properties = &response["content"]["application/json"]["schema"]["properties"];
    for name in ["properties", "default", "x-a"] {
        assert_eq!(properties[name], maybe, "{name}");
    }
}

#[test]
fn what_3_0_cannot_say_is_a_note_with_its_line() {
    let text = markdown(
        "3.1.0",
        "\n                type: array\n                prefixItems: [{type: string}]",
    );
    let page = read("page.md", &text).unwrap();
    let notes: Vec<(usize, &str)> =
        page.notes.iter().map(|note| (note.line, note.message.as_str())).collect();
    assert_eq!(notes, [(18, "`prefixItems` cannot be said in OpenAPI 3.0, and is left out")]);
}

#[test]
fn the_block_can_be_written_in_many_ways() {
    let original = markdown("3.0.3", "{type: string}");
    let expected = operation(&original);
    for (name, text) in [
        ("three backticks", original.replace("````", "```")),
        ("tildes", original.replace("````", "~~~")),
        ("no file", original.replace("openapi.json ", "")),
        ("a path before", original.replace("openapi.json", "/docs/openapi.json")),
        ("words after", original.replace("get /v1/things\n", "get /v1/things theme={null}\n")),
        ("a quoted file", original.replace("openapi.json", "\"the api.json\"")),
        ("capitals", original.replace(" get /v1", " GET /v1")),
        ("CRLF", original.replace('\n', "\r\n")),
        (
            "other headings",
            original.replace("# Get things", "> Index\n\n# Reference\n\n### Get things"),
        ),
        ("code before", original.replace("## OpenAPI", "```bash\ncurl x\n```\n\n## OpenAPI")),
        ("indented", original.lines().map(|line| format!("  {line}\n")).collect()),
    ] {
        assert_eq!(operation(&text), expected, "{name}");
    }
}

/// A block of another language, or of no operation, is no form of a page.
/// Some platforms name the operation in the info string; of a block that is a document of one, it is
/// that one.
#[test]
fn the_block_says_or_is_the_operation() {
    let original = markdown("3.0.3", "{type: string}");
    let expected = operation(&original);
    for info in ["yaml", "json", "yaml /v1/things", "yaml fetch /v1/things", "YAML get things"] {
        let text = original.replace("yaml openapi.json get /v1/things", info);
        let sample = "```json\n{\"openapi\": 1}\n```\n".replace("openapi", "id");
        assert_eq!(operation(&text.replace("## OpenAPI", &sample)), expected, "{info}");
    }
    let json = "# T\n\n```json\n{\n  \"openapi\": \"3.1.0\", \"paths\": {\"/v1/things\": {\"get\": {\"responses\": {\"204\": {\"description\": \"ok\"}}}}}}\n```\n";
    assert_eq!(operation(json)["responses"]["204"]["description"], "ok");
    let second = original.replace(
        "      responses:",
        "      responses: {'204': {description: ok}}\n    put:\n      responses:",
    );
    for (text, info, message) in [
        (&original, "bash get /v1/things", "Markdown without an operation"),
        (&second, "yaml", "page:5: the block holds GET /v1/things, PUT /v1/things; expected one"),
        (&original.replace("get:", "x-get:"), "yaml", "page:5: the block holds no operation;"),
    ] {
        let text = text.replace("yaml openapi.json get /v1/things", info);
        let error = read("page", &text).expect_err(info).to_string();
        assert!(error.contains(message), "{info}: {error}");
    }
}

/// The parameters of a page with a field of this type.
fn typed(kind: &str) -> Value {
    operation(&format!("{HEAD}\nQuery Parameters\n\nfirst\nstring\n\nsecond\n{kind}\n"))["parameters"]
        .take()
}

#[test]
fn every_spelling_of_a_type_is_understood() {
    let string = json!({ "type": "string" });
    for (text, schema) in [
        ("string", string.clone()),
        ("string<date-time>", json!({ "type": "string", "format": "date-time" })),
        ("enum<string>", json!({ "type": "string", "x-unstated": ["enum"] })),
        ("object[]", json!({ "type": "array", "items": { "type": "object" } })),
        ("array", json!({ "type": "array", "items": { "x-unstated": ["*"] } })),
        ("array<string>", json!({ "type": "array", "items": string })),
        ("null|string", json!({ "type": "string", "nullable": true })),
        ("string[] | null", json!({ "type": "array", "items": string, "nullable": true })),
        (
            "(string | null)[]",
            json!({ "type": "array", "items": { "type": "string", "nullable": true } }),
        ),
        (
            "string | integer | null",
            json!({ "anyOf": [string, { "type": "integer" }], "nullable": true }),
        ),
        ("file", json!({ "type": "string", "format": "binary" })),
        ("any", json!({})),
        ("null", json!({ "nullable": true })),
        // The title of a schema can stand before its type.
        ("Parcel · string", string.clone()),
        ("Depot (new) · Parcel · string", string.clone()),
        ("Parcel · string | null", json!({ "type": "string", "nullable": true })),
        (
            "(Depot · string | Parcel · integer)[]",
            json!({ "type": "array", "items": { "anyOf": [string, { "type": "integer" }] } }),
        ),
    ] {
        assert_eq!(typed(text)[1]["schema"], schema, "{text}");
    }
}

/// A browser copies marks that stand side by side with nothing between them.
#[test]
fn marks_that_are_glued_together_are_read() {
    for (text, required, schema) in [
        ("stringrequired", true, json!({ "type": "string" })),
        ("string\nqueryrequired", true, json!({ "type": "string" })),
        ("stringqueryrequired", true, json!({ "type": "string" })),
        ("object[]required", true, json!({ "type": "array", "items": { "type": "object" } })),
        ("numberdefault:0.2", false, json!({ "type": "number", "default": 0.2 })),
        ("booleanrequireddefault:false", true, json!({ "type": "boolean", "default": false })),
    ] {
        let parameter = &typed(text)[1];
        assert_eq!(parameter["schema"], schema, "{text}");
        assert_eq!(parameter["required"] == true, required, "{text}");
    }
    let security = |marks: &str| {
        let credentials = format!("Authorization\nstring\n{marks}\n\nThe token.\n");
        operation(&format!(
            "{HEAD}\nAuthorizations\n\n{credentials}\nResponse\n\n200\n\nid\nstring\n"
        ))["security"]
            .take()
    };
    assert_eq!(security("headerrequired"), security("header\nrequired"));
    assert_ne!(security("headerrequired"), security("header"));
}

#[test]
fn a_word_is_no_type() {
    for text in ["", "String of text", "stringent", "calls", "string]", "enum", "(string", "|"] {
        assert_eq!(typed(text).as_array().unwrap().len(), 1, "{text}");
    }
    let nested = format!("string{}", "[]".repeat(100_000));
    for text in ["(".repeat(100_000), nested] {
        assert_eq!(typed(&text).as_array().unwrap().len(), 1);
    }
}

/// Limits, by the labels and the words that pages have for them.
#[test]
fn every_spelling_of_a_limit_is_understood() {
    for (kind, line, schema) in [
        ("integer", "Required range: 1 <= x <= 100", json!({ "minimum": 1, "maximum": 100 })),
        (
            "number",
            "Required range: 0 < x < 1.5",
            json!({ "minimum": 0, "exclusiveMinimum": true, "maximum": 1.5, "exclusiveMaximum": true }),
        ),
        ("integer", "Required range: x ≥ 3", json!({ "minimum": 3 })),
        ("string", "Required string length: 1 - 50", json!({ "minLength": 1, "maxLength": 50 })),
        ("string", "Required string length: 8", json!({ "minLength": 8, "maxLength": 8 })),
        ("string", "Required string length: 0 – 5 characters", json!({ "maxLength": 5 })),
        ("string", "Minimum string length: 2", json!({ "minLength": 2 })),
        ("string", "Maximum string length: x < 9", json!({ "maxLength": 8 })),
        ("array", "Required array length: 1 - 3 elements", json!({ "minItems": 1, "maxItems": 3 })),
        ("array", "Maximum array length: 4", json!({ "maxItems": 4 })),
        ("string", "Pattern: `^a$`", json!({ "pattern": "^a$" })),
        ("number", "Must be a multiple of: 0.5", json!({ "multipleOf": 0.5 })),
    ] {
        let mut schema = schema;
        schema["type"] = kind.into();
        let mut found = typed(&format!("{kind}\n\nIt is a thing\n\n{line}"))[1]["schema"].take();
        found.as_object_mut().unwrap().remove("items");
        assert_eq!(found, schema, "{line}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_save() {
    let older = "# T\n\n````yaml get /v1/things\npaths:\n  path: /v1/things\n  method: get\n  request: {}\n````\n";
    let nameless =
        format!("{HEAD}\nResponse\n\n200\n\nstring\nrequired\n\nWhat it is\n\ninteger\nrequired\n");
    let wordless = format!(
        "{HEAD}\nResponse\n\n200 - application/json\nThe thing\nWhat it is\nExample:\n\"a\"\n"
    );
    for (text, message) in [
        ("<!DOCTYPE html>\n<html>", "page:1: this is HTML;"),
        (older, "page:3: this is an older form of the block, which is no OpenAPI document;"),
        (
            "---\ntitle: T\nopenapi: GET /v1/things\n---\n",
            "page:3: this is the source of a page, which only names its operation;",
        ),
        (
            "# T\n\n<ParamField path=\"a\">\n",
            "page:3: this is the source of a page, with the tags of its platform;",
        ),
        (
            "# T\n\n```json\n{}\n```\n",
            "page:1: this is Markdown without an operation as OpenAPI in it;",
        ),
        (
            &nameless,
            "page:9: the fields have types here and no names: this layout loses them when it is copied as text;",
        ),
        (
            &wordless,
            "page:10: `Example:` stands with no field: this layout loses the names of fields;",
        ),
    ] {
        let error = read("page", text).expect_err(text).to_string();
        assert!(error.starts_with(message), "{error}");
        assert!(error.contains("from its address with `.md` appended"), "{error}");
    }
    for (text, message) in [
        (markdown("2.0", "{}"), "the block is of OpenAPI 2"),
        (
            markdown("3.0.0", "{$ref: '#/components/schemas/A'}"),
            "the reference `#/components/schemas/A` leads nowhere in the block",
        ),
        (markdown("3.0.0", "{type: ["), "this is not valid YAML"),
        (markdown("3.0.0", "{}").replace("json get", "json webhook"), "describes a webhook"),
        (markdown("3.0.0", "{}").replace("json get", "json post"), "it holds GET /v1/things"),
        (markdown("3.0.0", "{}").repeat(2), "a second operation begins here"),
        (markdown("3.0.0", "{}").replacen("````\n\n## More", "", 1), "is never closed"),
    ] {
        let error = read("page", &text).expect_err(&text).to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_default_can_stand_on_the_next_line() {
    for (lines, expected) in [
        ("default:\nen-us\n\nThe language", json!("en-us")),
        ("default:en-us\n\nThe language", json!("en-us")),
        ("default: en-us\nThe language", json!("en-us")),
        ("default:\n\nThe language", json!("")),
    ] {
        let page = operation(&format!("{HEAD}\nQuery Parameters\n\nlanguage\nstring\n{lines}\n"));
        let parameter = &page["parameters"][0];
        assert_eq!(parameter["schema"]["default"], expected, "{lines}");
        assert_eq!(parameter["description"], "The language", "{lines}");
    }
}

#[test]
fn a_response_can_have_no_status() {
    for lines in [
        "The thing\nid\nstring\n",
        "The thing\n\nid\nstring\n",
        "application/json\n\nThe thing\nid\nstring\n",
    ] {
        let page = operation(&format!("{HEAD}\nResponse\n\n{lines}"));
        let response = &page["responses"]["200"];
        assert_eq!(response["description"], "The thing", "{lines}");
        let schema = &response["content"]["application/json"]["schema"];
        assert_eq!(schema["properties"]["id"]["type"], "string", "{lines}");
    }
}

/// On a path that the document has with another method, the page adds an operation.
#[test]
fn another_method_is_another_operation() {
    let document = Document::parse("openapi.yaml", "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths:\n  /v1/things:\n    post: {operationId: create_thing, responses: {'200': {description: ok}}}\n").unwrap();
    let page = read("page.txt", &format!("{HEAD}\nResponse\n\n200\n\nid\nstring\n")).unwrap();
    let report = Report::new(&document, std::slice::from_ref(&page));
    let ids: Vec<&str> = report.differences.iter().map(|one| one.change.id.as_ref()).collect();
    assert_eq!(ids, ["endpoint-added"]);
    assert_eq!(report.not_documented, ["POST /v1/things"]);
    let fragment = draft(&document, &[page]);
    assert!(fragment.contains("operationId: list_things"), "{fragment}");
}

/// A page may name what is part of itself, directly or through a composition.
#[test]
fn schemas_that_hold_themselves_are_drafted() {
    for inner in [
        "{$ref: '#/components/schemas/Folder'}",
        "{allOf: [{$ref: '#/components/schemas/Folder'}], nullable: true}",
        "{type: array, items: {$ref: '#/components/schemas/Folder'}}",
    ] {
        let text = markdown("3.0.0", "{$ref: '#/components/schemas/Folder'}").replace(
            "````\n\n## More",
            &format!("components:\n  schemas:\n    Folder:\n      type: object\n      properties:\n        name: {{type: string}}\n        inner: {inner}\n````\n"),
        );
        let page = read("page.md", &text).unwrap();
        let empty =
            Document::parse("e.yaml", "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths: {}\n")
                .unwrap();
        let fragment = draft(&empty, std::slice::from_ref(&page));
        let text = format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\n{fragment}");
        let document = Document::parse("draft.yaml", &text).unwrap();
        assert_eq!(cx_client_build::validate(&document), [], "{text}");
        assert_eq!(Report::new(&document, &[page]).differences, [], "{text}");
    }
}

/// A page whose response is a component of these schemas, with this sample.
fn with_components(schemas: &str, sample: &str) -> String {
    let schema = format!(
        "{{$ref: '#/components/schemas/Folder'}}\n              example: {sample}\ncomponents:\n  schemas:\n{schemas}"
    );
    markdown("3.0.3", &schema)
}

/// A sample is checked as deep as it goes, however a schema holds itself.
#[test]
fn samples_of_schemas_that_hold_themselves_are_checked() {
    let folder = "    Folder:\n      type: object\n      properties:\n        name: {type: string, example: a}\n        first: {$ref: '#/components/schemas/Folder'}\n        second: {$ref: '#/components/schemas/Folder'}\n        third: {type: array, items: {$ref: '#/components/schemas/Folder'}}\n";
    let nested = |name: &str| {
        format!("{{name: a, first: {{second: {{third: [{{name: {name}, third: []}}]}}}}}}")
    };
    let contradictions = |sample: &str| -> Vec<String> {
        let page = read("page.md", &with_components(folder, sample)).unwrap();
        let mut document = page.document.clone();
        document.at_mut(&page.pointer()).unwrap().set(
            "operationId",
            cx_client_build::Node::text(page.document.root().position, "get_thing"),
        );
        let report = Report::new(&document, &[page]);
        report.differences.into_iter().map(|one| one.change.message).collect()
    };
    assert_eq!(contradictions(&nested("b")), [""; 0]);
    let found = contradictions(&nested("3"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`/first/second/third/0/name`"), "{found:?}");
    // A pattern that is no regular expression says nothing, and leaves everything else to say.
    let folder = "    Folder:\n      type: object\n      properties:\n        name: {type: string, pattern: '[', example: a}\n        count: {type: integer}\n";
    let page = read("page.md", &with_components(folder, "{name: a, count: b}")).unwrap();
    let mut document = page.document.clone();
    document.at_mut(&page.pointer()).unwrap().set(
        "operationId",
        cx_client_build::Node::text(page.document.root().position, "get_thing"),
    );
    let differences = Report::new(&document, &[page]).differences;
    let found: Vec<&str> = differences.iter().map(|one| one.change.message.as_str()).collect();
    assert!(found.len() == 1 && found[0].contains("`/count`"), "{found:?}");
}

/// Nothing can be said of a schema that has no end.
#[test]
fn schemas_that_are_composed_of_themselves_are_refused() {
    for own in [
        "{allOf: [{$ref: '#/components/schemas/Folder'}, {$ref: '#/components/schemas/Folder'}]}",
        "{anyOf: [{oneOf: [{$ref: '#/components/schemas/Folder'}]}, {type: string}]}",
        "{$ref: '#/components/schemas/Folder'}",
    ] {
        let error = read("page.md", &with_components(&format!("    Folder: {own}\n"), "1"))
            .expect_err(own)
            .to_string();
        assert!(error.contains("the schema `Folder` is composed of itself"), "{error}");
    }
}

/// Two uses of a component that state different things are changed where they are used.
#[test]
fn uses_of_a_component_may_differ() {
    let document = |second: &str| {
        Document::parse("openapi.yaml", &format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    get:\n      operationId: list_things\n      security: []\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: {{type: object, properties: {{a: {{$ref: '#/components/schemas/Size'}}, b: {{$ref: '#/components/schemas/{second}'}}}}}}\ncomponents:\n  schemas:\n    Size: {{type: object, properties: {{width: {{type: integer}}}}}}\n    Other: {{type: object, properties: {{width: {{type: string}}}}}}\n")).unwrap()
    };
    let page = read("page.txt", &format!("{HEAD}\nResponse\n\n200 - application/json\n\na\nobject\nShow child attributes\n\na.width\ninteger\n\nb\nobject\nShow child attributes\n\nb.width\nstring\n")).unwrap();
    assert_eq!(Report::new(&document("Other"), std::slice::from_ref(&page)).differences, []);
    let report = Report::new(&document("Size"), &[page]);
    assert!(
        report.differences.iter().any(|one| one.change.id == "response-property-type-changed"),
        "{:#?}",
        report.differences
    );
}

/// A page as OpenAPI states the headers of a response; text has no words for them.
#[test]
fn headers_of_responses_are_compared() {
    let with = |headers: &str| {
        markdown("3.0.0", "{type: string}").replace(
            "          description: ok\n",
            &format!("          description: ok\n{headers}"),
        )
    };
    let header = |kind: &str, more: &str| {
        format!("          headers:\n            X-Left: {{schema: {{type: {kind}}}}}\n{more}")
    };
    let document = |headers: &str| {
        let text = with(headers);
        let block = text.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
        let block =
            block.replace("      responses", "      operationId: list_things\n      responses");
        Document::parse("openapi.yaml", &block).unwrap()
    };
    let ids = |document: &Document, page: &str| -> Vec<String> {
        let report = Report::new(document, &[read("page", page).unwrap()]);
        report.differences.iter().map(|one| one.change.id.to_string()).collect()
    };
    let other = "            X-Other: {x-inferred: Seen., schema: {type: string}}\n";
    let (none, integer) = (document(""), document(&header("integer", "")));
    assert_eq!(ids(&none, &with("")), [""; 0]);
    assert_eq!(ids(&integer, &with(&header("integer", ""))), [""; 0]);
    assert_eq!(
        ids(&integer, &with(&header("integer", "").to_lowercase().replace("x-left", "x-LEFT"))),
        [""; 0]
    );
    assert_eq!(ids(&document(&header("integer", other)), &with(&header("integer", ""))), [""; 0]);
    assert_eq!(ids(&none, &with(&header("integer", ""))), ["response-header-added"]);
    assert_eq!(ids(&integer, &with("")), ["optional-response-header-removed"]);
    assert_eq!(ids(&integer, &with(&header("string", ""))), ["response-header-type-generalized"]);
    let text = format!("{HEAD}\nResponse\n\n200 - application/json\n");
    let of_text = ids(&integer, &text);
    assert!(!of_text.iter().any(|id| id.contains("header")), "{of_text:?}");
}

/// The findings of comparing a page with the document that its block holds, with one more change.
fn compared(schemas: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let page = markdown("3.0.3", "{$ref: '#/components/schemas/A'}");
    let end = page.find("\n````\n").unwrap();
    let page = format!("{}\ncomponents:\n  schemas:\n{schemas}{}", &page[..end], &page[end..]);
    let block = page.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
    assert!(block.contains(from), "{from} in {block}");
    let block = block.replacen("get:", "get:\n      operationId: get_things", 1);
    let document = Document::parse("openapi.yaml", &block.replacen(from, to, 1)).unwrap();
    let page = read("page.md", &page).unwrap();
    let fragment = draft(&document, std::slice::from_ref(&page));
    Document::parse("draft.yaml", &fragment).unwrap();
    let found = Report::new(&document, &[page]).differences;
    found.into_iter().map(|one| (one.change.id.to_string(), one.change.pointer)).collect()
}

/// What a wrapper requires of its members is compared, and a component that only the page uses is the
/// document's of that name.
#[test]
fn what_stands_around_components_is_compared() {
    let schemas = |required: &str| {
        format!(
            "    A:\n      allOf: [{{$ref: '#/components/schemas/B'}}, {{type: object, properties: {{c: {{type: string}}}}}}]{required}\n    B: {{type: object, properties: {{b: {{type: string}}, d: {{type: string}}}}}}\n"
        )
    };
    let page = schemas("\n      required: [b, c]");
    let ids = |from: &str, to: &str| -> Vec<String> {
        compared(&page, from, to).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids("[b, c]", "[b, c, d]"), ["response-property-became-optional"]);
    assert_eq!(ids("[b, c]", "[b]"), ["response-property-became-required"]);
    // A choice is of the member that has it.
    let union = "    A: {type: object, properties: {b: {type: object, oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}}}\n    B: {type: object, required: [b], properties: {b: {type: string}}}\n    C: {type: object, required: [c], properties: {c: {type: string}}}\n";
    let (own, wrapped) = (
        "{type: object, oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}",
        "{allOf: [{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}, {description: One.}]}",
    );
    assert_eq!(compared(union, own, wrapped), []);
    let flat = "{type: object, required: [b, c], properties: {c: {type: string}, b: {type: string}, d: {type: string}}}";
    let flat = format!("    A: {flat}\n    B: {{type: object}}\n");
    let composed = schemas("\n      required: [b, c, d]");
    let found = compared(&flat, &flat, &composed);
    assert_eq!(found.len(), 1, "{found:?}");
    let users = "    A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}\n    B: {type: object, properties: {b: {type: string}}}\n";
    let found = compared(users, "{b: {$ref: '#/components/schemas/B'}}", "{}");
    assert!(found.iter().all(|(_, at)| !at.contains("B2")), "{found:?}");
}

/// An alternative more, or less, is that, and what the others say is compared for each.
#[test]
fn the_alternatives_of_a_choice_are_compared_one_by_one() {
    let kind = |name: &str| {
        format!(
            "    {name}:\n      type: object\n      required: [kind]\n      properties:\n        kind: {{type: string, enum: [{name}]}}\n        size: {{type: integer}}\n"
        )
    };
    let union = |names: &[&str]| {
        let refs = names.iter().map(|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
        let refs = refs.collect::<Vec<_>>().join(", ");
        let mapping = names.iter().map(|name| format!("{name}: '#/components/schemas/{name}'"));
        let mapping = mapping.collect::<Vec<_>>().join(", ");
        format!(
            "    A:\n      type: object\n      properties:\n        of: {{oneOf: [{refs}], discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}}}\n"
        )
    };
    let all = ["One", "Two", "Three"];
    let components: String = all.iter().map(|name| kind(name)).collect();
    let page = format!("{}{components}", union(&all));
    let ids = |from: &str, to: &str| -> Vec<String> {
        // A component that nothing used is another type of Rust once it is received.
        let all = compared(&page, from, to).into_iter().map(|(id, _)| id);
        all.filter(|id| id != "rust-api-changed").collect()
    };
    let (own, fewer) = (union(&all), union(&["Three", "One"]));
    assert_eq!(
        ids(&own, &fewer),
        ["response-property-one-of-added", "response-property-discriminator-mapping-added"]
    );
    let more = union(&["One", "Two", "Three", "Size"]);
    let more = format!("{}{}", kind("Size"), more);
    let removed = ids(&own, &more);
    assert!(removed.contains(&"response-property-one-of-removed".to_owned()), "{removed:?}");
    assert!(!removed.iter().any(|id| id.contains("added")), "{removed:?}");
    let changed = fewer + &components.replacen("{type: integer}", "{type: string}", 1);
    assert_eq!(
        ids(&page, &changed),
        [
            "response-property-one-of-added",
            "response-property-discriminator-mapping-added",
            "response-property-type-changed",
        ]
    );
    // That they are objects can be said of all of them.
    assert_eq!(ids("oneOf: [", "type: object, oneOf: [").len(), 0);
}

#[test]
fn a_schema_is_part_of_itself_by_a_composition() {
    let schemas = "    A:\n      type: object\n      properties:\n        name: {type: string}\n        next: {allOf: [{$ref: '#/components/schemas/A'}], nullable: true}\n";
    assert_eq!(compared(schemas, "name", "name"), []);
    let found = compared(schemas, ", nullable: true", "");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "/components/schemas/A/properties/next/nullable");
}

#[test]
fn a_member_of_a_composition_narrows_a_property_of_another() {
    let schemas = "    Base:\n      type: object\n      properties:\n        kind: {type: string, enum: [a, b]}\n        name: {type: string}\n    A:\n      allOf:\n        - $ref: '#/components/schemas/Base'\n        - type: object\n          properties:\n            kind: {type: string, enum: [a]}\n";
    assert_eq!(compared(schemas, "kind", "kind"), []);
    assert_ne!(compared(schemas, "enum: [a]", "enum: [b]"), []);
    let found = compared(schemas, "name: {type: string}", "name: {type: integer}");
    assert_eq!(found[0].1, "/components/schemas/Base/properties/name/type", "{found:?}");
}

#[test]
fn a_path_item_of_the_document_is_a_reference() {
    let text = markdown("3.0.3", "{type: string}");
    let page = read("page.md", &text).unwrap();
    let block = text.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
    let document = |kind: &str| {
        let block =
            block.replace("  /v1/things:", "  /v1/things: {$ref: '#/paths/~1other'}\n  /other:");
        Document::parse("openapi.yaml", &block.replace("type: string", kind)).unwrap()
    };
    let report = |document: &Document| Report::unjudged(document, std::slice::from_ref(&page));
    assert_eq!(report(&document("type: string")).differences, []);
    assert_eq!(report(&document("type: integer")).differences.len(), 1);
}

/// Another operation with the same fields is not one whose path has changed.
#[test]
fn an_operation_with_another_title_is_another_one() {
    let text = markdown("3.0.3", "{type: object, properties: {a: {type: string}}}");
    let page = read("page.md", &text).unwrap();
    let block = text.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
    let ids = |summary: &str| -> Vec<String> {
        let block = block
            .replace("/v1/things", "/v1/others")
            .replace("    get:\n", &format!("    get:\n      operationId: get\n{summary}"));
        let document = Document::parse("openapi.yaml", &block).unwrap();
        let report = Report::new(&document, std::slice::from_ref(&page));
        report.differences.iter().map(|one| one.change.id.to_string()).collect()
    };
    assert_eq!(ids("      summary: Get others\n"), ["endpoint-added"]);
    assert_eq!(ids("      summary: Get things\n"), ["path-changed"]);
    assert_eq!(ids(""), ["path-changed"]);
}

/// Definitions within a schema, and Path Items among the components, are of 3.1.
#[test]
fn references_of_3_1_are_followed() {
    let schema = "{type: object, properties: {a: {$ref: '#/components/schemas/Box/$defs/Size'}, b: {$ref: '#/components/schemas/Box'}}}";
    let text = markdown("3.1.0", schema).replace(
        "````\n\n## More",
        "components:\n  schemas:\n    Box:\n      type: object\n      properties: {own: {$ref: '#/components/schemas/Box/$defs/Size'}}\n      $defs: {Size: {type: [integer, 'null'], $defs: {Unused: {}}}}\n````\n",
    );
    let page = read("page.md", &text).unwrap();
    let size = page.document.at("/components/schemas/Size").unwrap().to_json();
    assert_eq!(size, json!({ "type": "integer", "nullable": true }));
    let schema = schema_of(&operation(&text)).clone();
    assert_eq!(schema["properties"]["a"], json!({ "$ref": "#/components/schemas/Size" }));
    let notes: Vec<usize> = page.notes.iter().map(|note| note.line).collect();
    assert_eq!(notes, [22], "{:?}", page.notes);
    let text = markdown("3.1.0", "{type: string}")
        .replace("paths:\n  /v1/things:\n", "paths:\n  /v1/things: {$ref: '#/components/pathItems/Things'}\ncomponents:\n  pathItems:\n   Things:\n");
    let page = read("page.md", &text).unwrap();
    assert_eq!(page.label(), "GET /v1/things");
}

/// A parameter can be written in a media type.
#[test]
fn the_content_of_parameters_is_compared_and_drafted() {
    let text = |kind: &str| {
        let filter = format!(
            "      parameters:\n      - name: filter\n        in: query\n        content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: {kind}}}}}}}}}}}\n"
        );
        markdown("3.0.3", "{type: string}")
            .replace("      responses:\n", &format!("{filter}      responses:\n"))
    };
    let page = read("page.md", &text("string")).unwrap();
    let document = |kind: &str| {
        let text = text(kind);
        let block = text.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
        let block = block.replace("    get:\n", "    get:\n      operationId: get_things\n");
        Document::parse("openapi.yaml", &block).unwrap()
    };
    let differences = |kind: &str| {
        let report = Report::new(&document(kind), std::slice::from_ref(&page));
        report.differences.into_iter().map(|one| one.change.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(differences("string"), [""; 0]);
    assert_ne!(differences("integer"), [""; 0]);
    let empty =
        Document::parse("e.yaml", "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths: {}\n")
            .unwrap();
    let fragment = draft(&empty, std::slice::from_ref(&page));
    let text = format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\n{fragment}");
    let document = Document::parse("draft.yaml", &text).unwrap();
    assert_eq!(cx_client_build::validate(&document), [], "{text}");
    assert_eq!(Report::new(&document, &[page]).differences, [], "{text}");
}

/// How a parameter is written is stated by a page that is OpenAPI, and not by text.
#[test]
fn the_style_of_parameters_is_compared() {
    let with = |kind: &str, written: &str| {
        let list = format!(
            "      parameters:\n      - {{name: a, in: query{written}, schema: {{type: {kind}, items: {{type: string}}}}}}\n"
        );
        let list =
            if kind == "string" { list.replace(", items: {type: string}", "") } else { list };
        markdown("3.0.3", "{type: string}")
            .replace("      responses:\n", &format!("{list}      responses:\n"))
    };
    let differs = |kind: &str, page: &str, ours: &str| {
        let text = with(kind, ours);
        let block = text.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
        let block = block.replace("    get:\n", "    get:\n      operationId: get_things\n");
        let document = Document::parse("openapi.yaml", &block).unwrap();
        let report = Report::new(&document, &[read("page.md", &with(kind, page)).unwrap()]);
        !report.differences.is_empty()
    };
    assert!(differs("array", ", explode: false", ""));
    assert!(differs("array", "", ", explode: false"));
    assert!(differs("array", ", style: pipeDelimited, explode: false", ", explode: false"));
    assert!(!differs("array", ", style: form, explode: true", ""));
    assert!(!differs(
        "array",
        ", style: spaceDelimited",
        ", style: spaceDelimited, explode: false"
    ));
    // A text is written the same way.
    assert!(!differs("string", ", explode: false", ""));
    let text = format!(
        "{HEAD}\nQuery Parameters\n\na\nstring[]\n\nResponse\n\n200 - application/json\n\nThe response is of type string.\n"
    );
    let block = with("array", ", explode: false");
    let block = block.split("````").nth(1).unwrap().split_once('\n').unwrap().1;
    let block = block.replace("    get:\n", "    get:\n      operationId: get_things\n");
    let document = Document::parse("openapi.yaml", &block).unwrap();
    let found = Report::new(&document, &[read("page.txt", &text).unwrap()]).differences;
    assert!(!found.iter().any(|one| one.change.message.contains("explode")), "{found:?}");
}
