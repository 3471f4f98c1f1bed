//! Each rule of `cargo xtask lint`, with a document that keeps it and one that does not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cx_client_build::{Document, Severity};

/// A document that keeps every rule.
const SOUND: &str = include_str!("fixtures/lint/sound.yaml");

/// What is found in `text`: rule and pointer of each finding, in order; warnings have a `?`.
fn found(text: &str) -> Vec<String> {
    let document = Document::parse("test.yaml", text).unwrap();
    let checked = openapi_review::lint::check(&document);
    checked
        .findings
        .iter()
        .map(|finding| {
            assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding:?}");
            let mark = if finding.severity == Severity::Warning { "?" } else { "" };
            format!("{}{mark} {}", finding.rule, finding.pointer)
        })
        .collect()
}

/// The sound document with `from`, which it has once, replaced by `to`.
#[track_caller]
fn with(from: &str, to: &str) -> String {
    assert_eq!(SOUND.matches(from).count(), 1, "{from:?} must stand once in the sound document");
    SOUND.replace(from, to)
}

/// Checks the sound document with one change.
#[track_caller]
fn expect(from: &str, to: &str, findings: &[&str]) {
    assert_eq!(found(&with(from, to)), findings, "{from:?} -> {to:?}");
}

/// Checks the sound document with more schemas.
#[track_caller]
fn expect_schemas(schemas: &str, findings: &[&str]) {
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    assert_eq!(found(&format!("{SOUND}{indented}")), findings, "{schemas}");
}

const PATH: &str = "/paths/~1calls~1{callId}";

#[test]
fn the_sound_document_has_no_findings() {
    assert_eq!(found(SOUND), [""; 0]);
}

#[test]
fn the_document_of_the_workspace_has_no_findings() {
    assert_eq!(found(include_str!("../../../openapi.yaml")), [""; 0]);
}

#[test]
fn what_the_generator_checks_is_among_the_findings_with_what_the_rules_check() {
    let text = with("operationId: get_call", "operationID: get_call")
        .replace("      summary: Read a call\n      description: Gives the call.\n", "");
    assert_eq!(
        found(&text),
        [format!("description {PATH}/get"), format!("structure {PATH}/get/operationID"),]
    );
}

#[test]
fn an_operation_has_an_id() {
    let text = with("      operationId: get_call\n", "");
    assert_eq!(found(&text), [format!("operation-id {PATH}/get")]);
}

#[test]
fn several_faults_are_reported_at_once_in_the_order_of_the_document() {
    let text = with("operationId: get_call", "operationId: getCall")
        .replace("      tags:\n        - calls\n", "")
        .replace("x-sensitive: true", "x-sensitive: yes please");
    assert_eq!(
        found(&text),
        [
            format!("operation-tag {PATH}/get"),
            format!("operation-id-case {PATH}/get/operationId"),
            "sensitive /components/schemas/Call/properties/customerName/x-sensitive".to_owned(),
        ]
    );
}

#[test]
fn a_document_of_another_version_has_this_one_finding() {
    expect("openapi: 3.0.4", "openapi: 3.1.0", &["openapi-version /openapi"]);
    expect("openapi: 3.0.4", "swagger: '2.0'", &["openapi-version /swagger"]);
}

#[test]
fn what_the_generator_refuses_is_found_once_everything_else_is_sound() {
    let elsewhere = "      servers: [{url: https://elsewhere.example}]\n      responses:\n";
    let here = "servers: [{url: https://here.example}]\npaths:\n";
    let text = with("      responses:\n", elsewhere).replacen("paths:\n", here, 1);
    assert_eq!(found(&text), [format!("servers {PATH}/get/servers")]);
}

#[test]
fn operation_ids_are_unique() {
    let second = "
  /calls:
    get:
      operationId: get_call
      tags: [calls]
      description: Gives all.
      responses: {'204': {description: Nothing.}}
components:
";
    let text = with("\ncomponents:\n", second);
    assert_eq!(found(&text), ["operation-id /paths/~1calls/get/operationId"]);
    assert_eq!(found(&text.replacen("operationId: get_call", "operationId: get_a", 1)), [""; 0]);
}

#[test]
fn operation_ids_are_in_snake_case() {
    let at = format!("operation-id-case {PATH}/get/operationId");
    for id in ["getCall", "get-call", "GetCall", "get__call", "_call", "call_", "2_calls"] {
        expect("get_call", id, &[&at]);
    }
    expect("get_call", "get_call_v2", &[]);
}

#[test]
fn path_parameters_are_declared() {
    expect(
        "/calls/{callId}:",
        "/calls/{callId}/{part}:",
        &["path-parameter /paths/~1calls~1{callId}~1{part}/get"],
    );
}

#[test]
fn references_resolve_without_a_circle() {
    let at = "responses/200/content/application~1json/schema/$ref";
    expect(
        "$ref: '#/components/schemas/Call'",
        "$ref: '#/components/schemas/Cal'",
        &[&format!("reference {PATH}/get/{at}")],
    );
    let circle = "\
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/A'}";
    let text = format!("{SOUND}{}", circle.replace("A: ", "    A: ").replace("B: ", "    B: "));
    let rules: Vec<String> =
        found(&text).into_iter().filter(|finding| finding.starts_with("reference")).collect();
    assert_eq!(
        rules,
        ["reference /components/schemas/A/$ref", "reference /components/schemas/B/$ref"]
    );
}

#[test]
fn a_schema_is_not_composed_of_itself() {
    expect_schemas(
        "\
A:
  description: D.
  allOf:
    - $ref: '#/components/schemas/B'
    - {type: object, properties: {a: {description: D., type: string}}}
B:
  description: D.
  allOf:
    - $ref: '#/components/schemas/A'
    - {type: object, properties: {b: {description: D., type: string}}}
  example: {a: A, b: B}
",
        &["circular-composition /components/schemas/A/allOf/0/$ref"],
    );
}

#[test]
fn every_operation_has_a_description() {
    let at = format!("description {PATH}/get");
    expect("      description: Gives the call.\n", "", &[&at]);
    expect("description: Gives the call.", "description: '  '", &[&at]);
}

#[test]
fn every_parameter_has_a_description() {
    expect(
        "          description: Which call.\n",
        "",
        &[&format!("description {PATH}/get/parameters/0")],
    );
}

#[test]
fn every_property_and_schema_has_a_description() {
    expect("      description: A call.\n", "", &["description /components/schemas/Call"]);
    expect(
        "          description: Where the call stands.\n",
        "",
        &["description /components/schemas/Call/properties/status"],
    );
    expect_schemas(
        "\
Inline:
  description: Has parts.
  type: object
  properties:
    list:
      description: Its items are described by it, but for objects.
      type: array
      items:
        type: object
        properties: {a: {type: string, description: A.}}
    plain:
      description: Its items are described by it.
      type: array
      items: {type: string}
    reference: {$ref: '#/components/schemas/Call'}
    wrapped:
      allOf: [{$ref: '#/components/schemas/Call'}]
",
        &["description /components/schemas/Inline/properties/list/items"],
    );
}

#[test]
fn a_component_without_description_is_reported_once_however_often_it_is_used() {
    expect_schemas(
        "\
Bare: {type: string}
User:
  description: Uses it.
  type: object
  properties:
    one: {$ref: '#/components/schemas/Bare'}
    two: {$ref: '#/components/schemas/Bare'}
",
        &["description /components/schemas/Bare"],
    );
}

#[test]
fn every_operation_has_a_tag() {
    let at = format!("operation-tag {PATH}/get");
    expect("      tags:\n        - calls\n", "", &[&at]);
    expect("      tags:\n        - calls\n", "      tags: []\n", &[&at]);
}

#[test]
fn every_operation_has_a_security_requirement() {
    expect("security:\n  - basicAuth: []\n", "", &[&format!("operation-security {PATH}/get")]);
    let own = with("security:\n  - basicAuth: []\n", "")
        .replace("      tags:\n", "      security: [{basicAuth: []}]\n      tags:\n");
    assert_eq!(found(&own), [""; 0]);
}

#[test]
fn a_public_operation_is_a_warning() {
    expect(
        "      tags:\n",
        "      security: []\n      tags:\n",
        &[&format!("operation-security? {PATH}/get/security")],
    );
}

#[test]
fn security_requirements_name_declared_schemes() {
    expect("  - basicAuth: []", "  - basic: []", &["security-scheme /security/0/basic"]);
}

#[test]
fn every_body_has_an_example() {
    let at = format!("operation-example {PATH}/get/responses/200/content/application~1json");
    let example = "              example: {status: done, customerName: Jane, kind: a}\n";
    expect(example, "", &[&at]);
    expect(example, "              examples: {}\n", &[&at]);
    let of_schema = with(example, "").replace(
        "      description: A call.\n",
        "      description: A call.\n      example: {status: done, customerName: Jane, kind: a}\n",
    );
    assert_eq!(found(&of_schema), [""; 0]);
}

#[test]
fn raw_bytes_need_no_example() {
    let bytes = "\
            application/octet-stream:
              schema:
                description: The sound.
                type: string
                format: binary
                x-inferred: The documentation shows no text.
";
    let json = "\
            application/json:
              schema:
                $ref: '#/components/schemas/Call'
              example: {status: done, customerName: Jane, kind: a}
";
    expect(json, bytes, &[]);
    expect(
        json,
        &bytes.replace("format: binary", "format: byte"),
        &[&format!("operation-example {PATH}/get/responses/200/content/application~1octet-stream")],
    );
}

#[test]
fn examples_of_media_types_fit() {
    let base = format!("{PATH}/get/responses/200/content/application~1json");
    let example = "example: {status: done, customerName: Jane, kind: a}";
    expect(
        example,
        "example: {status: done, customerName: 5, kind: c}",
        &[&format!("example {base}/example/customerName"), &format!("example {base}/example/kind")],
    );
    expect(example, "example: {status: done, kind: a}", &[&format!("example {base}/example")]);
    expect(
        example,
        "examples: {one: {value: {status: done, customerName: Jane, kind: 1}}}",
        &[&format!("example {base}/examples/one/value/kind")],
    );
}

#[test]
fn a_referenced_example_is_judged_where_it_stands() {
    let text = with(
        "              example: {status: done, customerName: Jane, kind: a}\n",
        "              examples: {one: {$ref: '#/components/examples/One'}}\n",
    )
    .replace("components:\n", "components:\n  examples: {One: {value: {status: 1}}}\n");
    assert_eq!(
        found(&text),
        [
            "example /components/examples/One/value",
            "example /components/examples/One/value",
            "example /components/examples/One/value/status",
        ]
    );
}

#[test]
fn examples_of_parameters_fit() {
    let at = format!("example {PATH}/get/parameters/0/example");
    expect(
        "          example: 123e4567-e89b-12d3-a456-426614174000\n",
        "          example: x\n",
        &[&at],
    );
}

#[test]
fn examples_and_defaults_of_schemas_fit() {
    expect(
        "          example: in-progress",
        "          example: 5",
        &["example /components/schemas/Call/properties/status/example"],
    );
    expect_schemas(
        "Count: {description: D., type: integer, default: many, x-inferred: A reason.}",
        &["default /components/schemas/Count/default"],
    );
    expect_schemas(
        "Count: {description: D., type: integer, default: 1, x-inferred: A reason.}",
        &[],
    );
}

#[test]
fn formats_are_asserted() {
    for (format, good, bad) in [
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ("date-time", "'2026-01-02T03:04:05Z'", "'2026-01-02 at 3'"),
        ("date", "'2026-01-02'", "'2026-13-02'"),
        ("email", "a@example.com", "a.example.com"),
        ("uri", "https://example.com/a", "'no uri'"),
    ] {
        let schema = |example: &str| {
            format!(
                "F: {{description: D., type: string, format: {format}, x-inferred: A reason., x-sensitive: true, \
                 example: {example}}}"
            )
        };
        expect_schemas(&schema(good), &[]);
        expect_schemas(&schema(bad), &["example /components/schemas/F/example"]);
    }
}

#[test]
fn the_range_of_an_integer_format_is_asserted() {
    let schema = |example: &str| {
        format!(
            "F: {{description: D., type: integer, format: int32, x-inferred: A reason., example: \
             {example}}}"
        )
    };
    expect_schemas(&schema("2147483647"), &[]);
    expect_schemas(&schema("2147483648"), &["example /components/schemas/F/example"]);
}

#[test]
fn openapi_keywords_mean_what_openapi_says() {
    let bound = |keyword: &str, example: &str| {
        format!(
            "F: {{description: D., type: integer, minimum: 1, maximum: 5, {keyword}: true, \
             x-inferred: A reason., example: {example}}}"
        )
    };
    expect_schemas(&bound("deprecated", "1"), &[]);
    expect_schemas(&bound("exclusiveMinimum", "2"), &[]);
    expect_schemas(&bound("exclusiveMinimum", "1"), &["example /components/schemas/F/example"]);
    expect_schemas(&bound("exclusiveMaximum", "5"), &["example /components/schemas/F/example"]);
    expect_schemas(&bound("nullable", "null"), &[]);
    expect_schemas(&bound("deprecated", "null"), &["example /components/schemas/F/example"]);
}

#[test]
fn null_fits_a_nullable_schema_of_any_kind() {
    for schema in [
        "type: string, enum: [a]",
        "allOf: [{$ref: '#/components/schemas/Call'}]",
        "oneOf: [{$ref: '#/components/schemas/Call'}]",
        "anyOf: [{$ref: '#/components/schemas/Call'}]",
    ] {
        let text = |nullable: bool| {
            format!("Maybe: {{description: D., {schema}, nullable: {nullable}, example: null}}")
        };
        let of_examples = |nullable| {
            let document =
                Document::parse("test.yaml", &format!("{SOUND}    {}\n", text(nullable))).unwrap();
            let findings = openapi_review::lint::check(&document).findings;
            findings.iter().filter(|finding| finding.rule == "example").count()
        };
        assert_eq!(of_examples(true), 0, "{schema}");
        assert_eq!(of_examples(false), 1, "{schema}");
    }
}

#[test]
fn a_request_needs_no_property_that_only_the_server_writes() {
    let schemas = "\
Both:
  description: D.
  type: object
  required: [given, made]
  properties:
    given: {description: D., type: string, writeOnly: true}
    made: {description: D., type: string, readOnly: true}
";
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text = |request: &str, response: &str| {
        let body = format!(
            "
  /both:
    post:
      operationId: create_both
      tags: [calls]
      description: D.
      requestBody:
        content:
          application/json:
            schema: {{$ref: '#/components/schemas/Both'}}
            example: {request}
      responses:
        '200':
          description: D.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Both'}}
              example: {response}
components:
"
        );
        format!("{}{indented}", with("\ncomponents:\n", &body))
    };
    assert_eq!(found(&text("{given: a}", "{made: a}")), [""; 0]);
    assert_eq!(
        found(&text("{made: a}", "{given: a}")),
        [
            "example /paths/~1both/post/requestBody/content/application~1json/example",
            "example /paths/~1both/post/responses/200/content/application~1json/example",
        ]
    );
}

#[test]
fn a_recursive_schema_is_checked_to_the_depth_of_its_example() {
    let schema = |inner: &str| {
        format!(
            "\
Tree:
  description: D.
  type: object
  required: [label]
  properties:
    label: {{description: D., type: string}}
    children:
      description: D.
      type: array
      items: {{$ref: '#/components/schemas/Tree'}}
  example: {{label: a, children: [{{label: b, children: [{inner}]}}]}}
"
        )
    };
    expect_schemas(&schema("{label: c}"), &[]);
    expect_schemas(
        &schema("{label: 1}"),
        &["example /components/schemas/Tree/example/children/0/children/0/label"],
    );
}

#[test]
fn a_pattern_that_is_no_regular_expression_is_reported_at_the_schema() {
    let schema = |pattern: &str| {
        format!(
            "P: {{description: D., type: string, pattern: '{pattern}', x-inferred: R., example: a}}"
        )
    };
    expect_schemas(&schema("^[a-z]$"), &[]);
    expect_schemas(&schema("^[a-z$"), &["schema /components/schemas/P"]);
}

#[test]
fn required_names_are_properties() {
    let text = with("        - status\n", "        - state\n")
        .replace("{status: done,", "{status: done, state: done,");
    assert_eq!(found(&text), ["required-property /components/schemas/Call/required/0"]);
    expect(
        "        - status\n",
        "        - status\n        - status\n",
        &["required-property /components/schemas/Call/required/1"],
    );
}

#[test]
fn required_names_are_found_through_compositions() {
    expect_schemas(
        "\
More:
  description: A call and more.
  allOf:
    - $ref: '#/components/schemas/Call'
    - type: object
      required: [status, extra, other]
      properties:
        extra: {description: D., type: string}
",
        &["required-property /components/schemas/More/allOf/1/required/2"],
    );
    expect_schemas(
        "Map: {description: D., type: object, required: [a], additionalProperties: {type: string}}",
        &[],
    );
}

#[test]
fn enum_values_are_unique_and_of_the_type() {
    let at = "enum-value /components/schemas/Kind/enum";
    expect("[a, b]", "[a, b, a]", &[&format!("{at}/2")]);
    expect("[a, b]", "[a, b, 3]", &[&format!("{at}/2")]);
    expect("[a, b]", "[a, b, null]", &[&format!("{at}/2")]);
    expect("      type: string\n      enum: [a, b]", "      enum: [a, b]", &[at]);
    expect_schemas(
        "Level: {description: D., type: integer, nullable: true, enum: [1, 2, null]}",
        &[],
    );
    expect_schemas(
        "Level: {description: D., type: integer, enum: [1, 1.0, 2.5]}",
        &[
            "enum-value /components/schemas/Level/enum/1",
            "enum-value /components/schemas/Level/enum/2",
        ],
    );
}

#[test]
fn a_format_should_have_a_reason() {
    let reason = "            x-inferred: The sample is one.\n";
    let at = format!("inferred? {PATH}/get/parameters/0/schema/format");
    expect(reason, "", &[&at]);
    let at = format!("inferred {PATH}/get/parameters/0/schema/x-inferred");
    expect(reason, "            x-inferred: ''\n", &[&at]);
    expect(reason, "            x-inferred: true\n", &[&at]);
    let beside = with(reason, "").replace(
        "          description: Which call.\n",
        "          description: Which call.\n          x-inferred: The sample is one.\n",
    );
    assert_eq!(found(&beside), [""; 0]);
}

#[test]
fn a_reason_says_something_wherever_it_stands() {
    expect("  title: Test\n", "  title: Test\n  x-inferred: []\n", &["inferred /info/x-inferred"]);
    expect("  title: Test\n", "  title: Test\n  x-inferred: Needed.\n", &[]);
}

#[test]
fn a_constraint_should_have_a_reason() {
    expect_schemas(
        "Short: {description: D., type: string, maxLength: 3}",
        &["inferred? /components/schemas/Short/maxLength"],
    );
    expect_schemas("Short: {description: D., type: string, maxLength: 3, x-inferred: R.}", &[]);
}

#[test]
fn personal_data_is_marked() {
    let at = "sensitive /components/schemas/Call/properties/customerName";
    expect("          x-sensitive: true\n", "", &[at]);
    for name in ["phone", "user_email", "transcription", "recordingUrl", "username"] {
        expect_schemas(
            &format!(
                "O: {{description: D., type: object, properties: {{{name}: {{description: D., type: string}}}}}}"
            ),
            &[&format!("sensitive /components/schemas/O/properties/{name}")],
        );
    }
    for name in ["filename", "fileName", "microphone", "status"] {
        expect_schemas(
            &format!(
                "O: {{description: D., type: object, properties: {{{name}: {{description: D., type: string}}}}}}"
            ),
            &[],
        );
    }
}

#[test]
fn a_description_can_say_personal_data() {
    expect(
        "description: Where the call stands.",
        "description: Where the recording is.",
        &["sensitive /components/schemas/Call/properties/status"],
    );
}

#[test]
fn a_format_or_an_example_can_say_personal_data() {
    let finding = |schema: &str, is_personal: bool| {
        let at = "sensitive /components/schemas/O/properties/to";
        expect_schemas(
            &format!(
                "O: {{description: D., type: object, properties: {{to: {{description: D., {schema}}}}}}}"
            ),
            &[at][..usize::from(is_personal)],
        );
    };
    finding("type: string, x-inferred: It is., format: password", false);
    finding("type: array, items: {type: string, x-inferred: It is., format: email}", true);
    for (example, is_personal) in [
        ("'+14155550123'", true),
        ("'+44 20 7946-0018'", true),
        ("ada@example.com", true),
        ("'+1'", false),
        ("'+1.5 per cent of all'", false),
        ("'@ada'", false),
        ("https://ada@example.com/", false),
        ("agent_12", false),
    ] {
        finding(&format!("type: string, example: {example}"), is_personal);
        finding(
            &format!("type: array, items: {{type: string}}, example: [a, {example}]"),
            is_personal,
        );
    }
    finding("type: string, enum: ['+14155550123'], example: '+14155550123'", false);
}

#[test]
fn only_text_can_be_personal_data() {
    for schema in ["type: boolean", "type: integer", "type: string, enum: [a]"] {
        expect_schemas(
            &format!(
                "O: {{description: D., type: object, properties: {{phone: {{description: D., {schema}}}}}}}"
            ),
            &[],
        );
    }
    expect_schemas(
        "O: {description: D., type: object, properties: {phones: {description: D., type: array, items: {type: string}}}}",
        &["sensitive /components/schemas/O/properties/phones"],
    );
}

#[test]
fn a_parameter_can_be_personal_data() {
    let named = SOUND.replace("callId", "phone");
    let parameter = "/paths/~1calls~1{phone}/get/parameters/0";
    assert_eq!(found(&named), [format!("sensitive {parameter}")]);
    let marked = named.replace(
        "            format: uuid\n",
        "            format: uuid\n            x-sensitive: true\n",
    );
    assert_eq!(found(&marked), [""; 0]);
}

#[test]
fn what_is_no_personal_data_says_so_with_a_reason() {
    let at = "sensitive /components/schemas/Call/properties/customerName/x-sensitive";
    expect("x-sensitive: true", "x-sensitive: false", &[at]);
    expect(
        "x-sensitive: true",
        "x-sensitive: false\n          x-inferred: It is a made-up one.",
        &[],
    );
    expect("x-sensitive: true", "x-sensitive: 'true'", &[at]);
}

#[test]
fn a_reference_to_a_marked_schema_is_marked() {
    let schemas = |mark: &str| {
        format!(
            "\
Text: {{description: D., type: string{mark}}}
O:
  description: D.
  type: object
  properties:
    phone: {{$ref: '#/components/schemas/Text'}}
    email:
      description: D.
      allOf: [{{$ref: '#/components/schemas/Text'}}]
"
        )
    };
    expect_schemas(&schemas(", x-sensitive: true"), &[]);
    expect_schemas(
        &schemas(""),
        &[
            "sensitive /components/schemas/O/properties/phone",
            "sensitive /components/schemas/O/properties/email",
        ],
    );
}

#[test]
fn a_mark_beside_a_reference_is_an_error() {
    expect_schemas(
        "\
O:
  description: D.
  type: object
  properties:
    kind: {$ref: '#/components/schemas/Kind', x-sensitive: true}
",
        &["reference /components/schemas/O/properties/kind/x-sensitive"],
    );
}

#[test]
fn a_deviation_names_a_fact_and_says_why() {
    let schema = |record: &str| {
        format!(
            "Deviating:\n  description: Deviates.\n  type: integer\n  x-deviation:\n    {record}\n"
        )
    };
    let at = "/components/schemas/Deviating/x-deviation";
    for record in
        ["type: {page: number, reason: It counts.}", "property a: {reason: In the sample only.}"]
    {
        expect_schemas(&schema(record), &[]);
    }
    expect_schemas(&schema("type: {page: number}"), &[&format!("deviation {at}/type")]);
    expect_schemas(&schema("type: wrong"), &[&format!("deviation {at}/type")]);
    expect_schemas(&schema("types: {reason: It counts.}"), &[&format!("deviation {at}/types")]);
    expect_schemas(
        &schema("type: {pages: number, reason: It counts.}"),
        &[&format!("deviation {at}/type/pages")],
    );
    expect_schemas(
        "Deviating:\n  description: Deviates.\n  type: integer\n  x-deviation: {}\n",
        &[&format!("deviation {at}")],
    );
}
