//! What `diff` says of each kind of change, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

use cx_client_build::{Document, validate};
use openapi_review::diff::{Change, compare, compare_with_notes};

/// The document that the cases change.
const BASE: &str = "\
openapi: 3.0.4
info:
  title: Test
  version: v1
servers:
  - url: https://one.example
security:
  - basic: []
paths:
  /things/{id}:
    put:
      operationId: put_thing
      description: Puts a thing.
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
        - name: limit
          in: query
          schema:
            type: integer
            minimum: 1
        - name: tags
          in: query
          schema:
            type: array
            items:
              type: string
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Input'
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Output'
        '404':
          description: There is none.
  /others:
    get:
      operationId: list_others
      responses:
        '204':
          description: There are none.
components:
  securitySchemes:
    basic:
      type: http
      scheme: basic
    bearer:
      type: http
      scheme: bearer
  schemas:
    Input:
      type: object
      required: [name, kind]
      properties:
        name:
          type: string
          maxLength: 10
        kind:
          type: string
          enum: [a, b]
        note:
          type: string
        address:
          $ref: '#/components/schemas/Address'
    Output:
      type: object
      required: [id, state]
      properties:
        id:
          type: string
        state:
          type: string
          enum: [on, off]
        size:
          type: integer
        list:
          type: array
          items:
            type: string
        address:
          $ref: '#/components/schemas/Address'
    Address:
      description: Where something is.
      type: object
      properties:
        city:
          type: string
";

/// A change of `BASE`, and what is said of it: id, level and Rust impact of each finding.
struct Case {
    name: &'static str,
    /// What stands in `BASE` once, and what stands there instead.
    edits: &'static [(&'static str, &'static str)],
    forward: &'static [&'static str],
    backward: &'static [&'static str],
}

fn document(name: &str, text: &str) -> Document {
    let document = Document::parse(name, text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let problems = validate(&document);
    assert!(problems.is_empty(), "{problems:?}");
    document
}

fn patched(case: &Case) -> String {
    case.edits.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{}: stands once: {from:?}", case.name);
        text.replacen(from, to, 1)
    })
}

fn told(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| format!("{} {} {}", change.id, change.level, change.rust)).collect()
}

fn pointers(changes: &[Change]) -> Vec<&str> {
    let mut pointers: Vec<_> = changes.iter().map(|change| change.pointer.as_str()).collect();
    pointers.sort_unstable();
    pointers.dedup();
    pointers
}

/// Checks all cases, and then says which do not fit.
fn check(cases: &[Case], generated: bool) {
    let old = document("old.yaml", BASE);
    let mut problems = Vec::new();
    for case in cases {
        let new = document("new.yaml", &patched(case));
        let there = compare_with_notes(&old, &new);
        let reason = &there.rust_by_rule;
        assert_eq!(reason.is_none(), generated, "{}: {reason:?}", case.name);
        let there = there.changes;
        let back = compare(&new, &old);
        for (way, changes, expected) in
            [("forward", &there, case.forward), ("backward", &back, case.backward)]
        {
            if told(changes) != expected {
                let messages: Vec<_> = changes.iter().map(|change| &change.message).collect();
                problems.push(format!(
                    "{}, {way}: {:?}, expected {expected:?}\n  {messages:#?}",
                    case.name,
                    told(changes),
                ));
            }
        }
        assert_eq!(pointers(&there), pointers(&back), "{}: both ways touch the same", case.name);
        for change in there.iter().chain(&back) {
            assert!(change.location().is_some(), "{}: {change:?} has a place", case.name);
            let found = [&old, &new].iter().any(|document| document.at(&change.pointer).is_some());
            assert!(found, "{}: `{}` points at something", case.name, change.pointer);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn operations() {
    check(
        &[
            Case {
                name: "path removed",
                edits: &[(
                    "  /others:\n    get:\n      operationId: list_others\n      responses:\n        '204':\n          description: There are none.\n",
                    "",
                )],
                forward: &["api-path-removed-without-deprecation breaking breaking"],
                backward: &["endpoint-added compatible compatible"],
            },
            Case {
                name: "operation added",
                edits: &[(
                    "  /others:\n",
                    "  /others:\n    head:\n      operationId: head_others\n      responses:\n        '204':\n          description: There are none.\n",
                )],
                forward: &["endpoint-added compatible compatible"],
                backward: &["api-removed-without-deprecation breaking breaking"],
            },
            // The method in Rust is the same.
            Case {
                name: "operation moved to another path",
                edits: &[("  /others:\n", "  /more/others:\n")],
                forward: &[
                    "api-path-removed-without-deprecation breaking none",
                    "endpoint-added compatible none",
                ],
                backward: &[
                    "api-path-removed-without-deprecation breaking none",
                    "endpoint-added compatible none",
                ],
            },
            Case {
                name: "operation id removed",
                edits: &[("      operationId: list_others\n", "")],
                forward: &["api-operation-id-removed compatible breaking"],
                backward: &["api-operation-id-removed compatible breaking"],
            },
            Case {
                name: "operation id changed",
                edits: &[("operationId: put_thing", "operationId: replace_thing")],
                forward: &["api-operation-id-removed compatible breaking"],
                backward: &["api-operation-id-removed compatible breaking"],
            },
            Case {
                name: "operation deprecated",
                edits: &[(
                    "operationId: put_thing",
                    "operationId: put_thing\n      deprecated: true",
                )],
                forward: &["endpoint-deprecated compatible none"],
                backward: &["endpoint-reactivated compatible none"],
            },
            Case {
                name: "path parameter renamed",
                edits: &[
                    ("/things/{id}", "/things/{thingId}"),
                    ("name: id\n          in: path", "name: thingId\n          in: path"),
                ],
                forward: &["request-parameter-renamed compatible breaking"],
                backward: &["request-parameter-renamed compatible breaking"],
            },
        ],
        true,
    );
}

#[test]
fn components() {
    check(
        &[
            Case {
                name: "component renamed",
                edits: &[
                    (
                        "              $ref: '#/components/schemas/Input'",
                        "              $ref: '#/components/schemas/Entry'",
                    ),
                    ("    Input:\n", "    Entry:\n"),
                ],
                forward: &["api-schema-renamed compatible breaking"],
                backward: &["api-schema-renamed compatible breaking"],
            },
            Case {
                name: "shared component renamed",
                edits: &[
                    (
                        "        note:\n          type: string\n        address:\n          $ref: '#/components/schemas/Address'",
                        "        note:\n          type: string\n        address:\n          $ref: '#/components/schemas/Place'",
                    ),
                    (
                        "            type: string\n        address:\n          $ref: '#/components/schemas/Address'\n    Address",
                        "            type: string\n        address:\n          $ref: '#/components/schemas/Place'\n    Place",
                    ),
                ],
                forward: &["api-schema-renamed compatible breaking"],
                backward: &["api-schema-renamed compatible breaking"],
            },
            Case {
                name: "unused component added",
                edits: &[(
                    "    Address:\n      desc",
                    "    Unused:\n      type: object\n      properties:\n        x:\n          type: string\n    Address:\n      desc",
                )],
                forward: &["api-schema-added compatible compatible"],
                backward: &["api-schema-removed compatible breaking"],
            },
            Case {
                name: "reference replaced by the same schema",
                edits: &[(
                    "            type: string\n        address:\n          $ref: '#/components/schemas/Address'\n    Address",
                    "            type: string\n        address:\n          description: Where something is.\n          type: object\n          properties:\n            city:\n              type: string\n    Address",
                )],
                forward: &["rust-api-changed compatible breaking"],
                backward: &["rust-api-changed compatible breaking"],
            },
            Case {
                name: "a schema of requests is used by a response",
                edits: &[(
                    "        '204':\n          description: There are none.\n",
                    "        '200':\n          description: Some.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Input'\n",
                )],
                forward: &[
                    "response-success-status-removed breaking breaking",
                    "response-success-status-added compatible breaking",
                    "rust-api-changed compatible breaking",
                ],
                backward: &[
                    "response-success-status-removed breaking breaking",
                    "response-success-status-added compatible breaking",
                    "rust-api-changed compatible breaking",
                ],
            },
        ],
        true,
    );
}

#[test]
fn responses() {
    check(
        &[
            // The field and the variant in Rust are called as before.
            Case {
                name: "property spelled in another way",
                edits: &[("        size:\n", "        Size:\n")],
                forward: &[
                    "response-optional-property-removed warning none",
                    "response-optional-property-added compatible none",
                ],
                backward: &[
                    "response-optional-property-removed warning none",
                    "response-optional-property-added compatible none",
                ],
            },
            Case {
                name: "value spelled in another way",
                edits: &[("enum: [on, off]", "enum: [ON, off]")],
                forward: &[
                    "response-property-enum-value-added warning none",
                    "response-property-enum-value-removed compatible none",
                ],
                backward: &[
                    "response-property-enum-value-added warning none",
                    "response-property-enum-value-removed compatible none",
                ],
            },
            Case {
                name: "success status added",
                edits: &[(
                    "        '404':\n          description: There is none.",
                    "        '201':\n          description: Made.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Output'\n        '404':\n          description: There is none.",
                )],
                forward: &["response-success-status-added compatible none"],
                backward: &["response-success-status-removed breaking none"],
            },
            Case {
                name: "status became a range",
                edits: &[("        '200':", "        2XX:")],
                forward: &[
                    "response-success-status-covered compatible none",
                    "response-success-status-added compatible none",
                ],
                backward: &[
                    "response-success-status-added compatible none",
                    "response-success-status-covered compatible none",
                ],
            },
            Case {
                name: "status became the default",
                edits: &[(
                    "        '404':\n          description: There is none.",
                    "        default:\n          description: There is none.",
                )],
                forward: &[
                    "response-non-success-status-removed compatible none",
                    "response-non-success-status-added compatible none",
                ],
                backward: &[
                    "response-non-success-status-added compatible none",
                    "response-non-success-status-removed compatible none",
                ],
            },
            Case {
                name: "non-success status added",
                edits: &[(
                    "        '404':\n          description: There is none.",
                    "        '404':\n          description: There is none.\n        '409':\n          description: Not now.",
                )],
                forward: &["response-non-success-status-added compatible none"],
                backward: &["response-non-success-status-removed compatible none"],
            },
            Case {
                name: "response media type added",
                edits: &[(
                    "          description: Done.\n          content:\n",
                    "          description: Done.\n          content:\n            application/vnd.other+json:\n              schema:\n                $ref: '#/components/schemas/Output'\n",
                )],
                forward: &["response-media-type-added compatible none"],
                backward: &["response-media-type-removed breaking none"],
            },
            Case {
                name: "response header added",
                edits: &[(
                    "          description: Done.\n",
                    "          description: Done.\n          headers:\n            X-Rate:\n              required: true\n              schema:\n                type: integer\n",
                )],
                forward: &["response-header-added compatible none"],
                backward: &["required-response-header-removed breaking none"],
            },
            Case {
                name: "required response property added",
                edits: &[
                    ("required: [id, state]", "required: [id, state, extra]"),
                    ("        size:\n", "        extra:\n          type: string\n        size:\n"),
                ],
                forward: &["response-required-property-added compatible compatible"],
                backward: &["response-required-property-removed breaking breaking"],
            },
            Case {
                name: "optional response property added",
                edits: &[(
                    "        size:\n",
                    "        extra:\n          type: string\n        size:\n",
                )],
                forward: &["response-optional-property-added compatible compatible"],
                backward: &["response-optional-property-removed warning breaking"],
            },
            Case {
                name: "response property became optional",
                edits: &[("required: [id, state]", "required: [state]")],
                forward: &["response-property-became-optional breaking breaking"],
                backward: &["response-property-became-required compatible breaking"],
            },
            Case {
                name: "optional response property became nullable",
                edits: &[(
                    "        size:\n          type: integer",
                    "        size:\n          type: integer\n          nullable: true",
                )],
                forward: &["response-property-became-nullable breaking none"],
                backward: &["response-property-became-not-nullable compatible none"],
            },
            Case {
                name: "required response property became nullable",
                edits: &[(
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string",
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string\n          nullable: true",
                )],
                forward: &["response-property-became-nullable breaking breaking"],
                backward: &["response-property-became-not-nullable compatible breaking"],
            },
            Case {
                name: "response type changed",
                edits: &[(
                    "        size:\n          type: integer",
                    "        size:\n          type: string",
                )],
                forward: &["response-property-type-changed breaking breaking"],
                backward: &["response-property-type-changed breaking breaking"],
            },
            Case {
                name: "response format added",
                edits: &[(
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string",
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string\n          format: uuid",
                )],
                forward: &["response-property-type-specialized compatible breaking"],
                backward: &["response-property-type-generalized breaking breaking"],
            },
            Case {
                name: "response enum value added",
                edits: &[("enum: [on, off]", "enum: [on, off, broken]")],
                forward: &["response-property-enum-value-added warning compatible"],
                backward: &["response-property-enum-value-removed compatible breaking"],
            },
            Case {
                name: "response became enum",
                edits: &[(
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string",
                    "    Output:\n      type: object\n      required: [id, state]\n      properties:\n        id:\n          type: string\n          enum: [x, y]",
                )],
                forward: &["response-property-became-enum compatible breaking"],
                backward: &["response-property-became-not-enum warning breaking"],
            },
            Case {
                name: "response array items changed",
                edits: &[(
                    "        list:\n          type: array\n          items:\n            type: string",
                    "        list:\n          type: array\n          items:\n            type: integer",
                )],
                forward: &["response-property-type-changed breaking breaking"],
                backward: &["response-property-type-changed breaking breaking"],
            },
            Case {
                name: "response property became write-only",
                edits: &[(
                    "        size:\n          type: integer",
                    "        size:\n          type: integer\n          writeOnly: true",
                )],
                forward: &["response-optional-property-became-write-only warning breaking"],
                backward: &[
                    "response-optional-property-became-not-write-only compatible compatible",
                ],
            },
            Case {
                name: "response object closed",
                edits: &[(
                    "    Output:\n      type: object",
                    "    Output:\n      type: object\n      additionalProperties: false",
                )],
                forward: &["response-body-additional-properties-narrowed compatible none"],
                backward: &["response-body-additional-properties-widened breaking none"],
            },
            Case {
                name: "response property became one of two",
                edits: &[(
                    "        size:\n          type: integer",
                    "        size:\n          oneOf:\n            - type: integer\n            - type: string",
                )],
                forward: &["response-property-one-of-added breaking breaking"],
                backward: &["response-property-one-of-removed compatible breaking"],
            },
            Case {
                name: "response map values changed",
                edits: &[(
                    "    Address:\n      desc",
                    "    Address:\n      additionalProperties:\n        type: string\n      desc",
                )],
                forward: &[
                    "request-property-additional-properties-narrowed breaking breaking",
                    "response-property-additional-properties-narrowed compatible breaking",
                ],
                backward: &[
                    "response-property-additional-properties-widened breaking breaking",
                    "request-property-additional-properties-widened compatible breaking",
                ],
            },
        ],
        true,
    );
}

#[test]
fn requests() {
    check(
        &[
            Case {
                name: "request media type changed",
                edits: &[(
                    "        required: true\n        content:\n          application/json:",
                    "        required: true\n        content:\n          application/x-www-form-urlencoded:",
                )],
                forward: &[
                    "request-body-media-type-removed breaking none",
                    "request-body-media-type-added compatible none",
                ],
                backward: &[
                    "request-body-media-type-removed breaking none",
                    "request-body-media-type-added compatible none",
                ],
            },
            Case {
                name: "required request property added",
                edits: &[
                    ("required: [name, kind]", "required: [name, kind, extra]"),
                    (
                        "        note:\n          type: string",
                        "        extra:\n          type: string\n        note:\n          type: string",
                    ),
                ],
                forward: &["new-required-request-property breaking breaking"],
                backward: &["request-property-removed warning breaking"],
            },
            Case {
                name: "optional request property added",
                edits: &[(
                    "        note:\n          type: string",
                    "        extra:\n          type: string\n        note:\n          type: string",
                )],
                forward: &["new-optional-request-property compatible breaking"],
                backward: &["request-property-removed warning breaking"],
            },
            Case {
                name: "request property became required",
                edits: &[("required: [name, kind]", "required: [name, kind, note]")],
                forward: &["request-property-became-required breaking breaking"],
                backward: &["request-property-became-optional compatible breaking"],
            },
            Case {
                name: "request type changed",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: integer",
                )],
                forward: &["request-property-type-changed breaking breaking"],
                backward: &["request-property-type-changed breaking breaking"],
            },
            Case {
                name: "request type generalized",
                edits: &[(
                    "            type: integer\n            minimum: 1",
                    "            type: number\n            minimum: 1",
                )],
                forward: &["request-parameter-type-generalized compatible breaking"],
                backward: &["request-parameter-type-specialized breaking breaking"],
            },
            Case {
                name: "request format added",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          format: uuid",
                )],
                forward: &["request-property-type-specialized breaking breaking"],
                backward: &["request-property-type-generalized compatible breaking"],
            },
            Case {
                name: "request format changed",
                edits: &[
                    (
                        "        note:\n          type: string",
                        "        note:\n          type: string\n          format: uuid",
                    ),
                    (
                        "          type: string\n          maxLength: 10",
                        "          type: string\n          format: date",
                    ),
                ],
                // No date is longer than the texts were.
                forward: &[
                    "request-property-type-specialized breaking breaking",
                    "request-property-type-specialized breaking none",
                ],
                backward: &[
                    "request-property-type-generalized compatible breaking",
                    "request-property-type-generalized compatible none",
                ],
            },
            Case {
                name: "request enum value added",
                edits: &[("enum: [a, b]", "enum: [a, b, c]")],
                forward: &["request-property-enum-value-added compatible breaking"],
                backward: &["request-property-enum-value-removed breaking breaking"],
            },
            Case {
                name: "request became enum",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          enum: [x, y]",
                )],
                forward: &["request-property-became-enum breaking breaking"],
                backward: &["request-property-became-not-enum compatible breaking"],
            },
            Case {
                name: "request max length decreased",
                edits: &[("maxLength: 10", "maxLength: 5")],
                forward: &["request-property-max-length-decreased breaking none"],
                backward: &["request-property-max-length-increased compatible none"],
            },
            Case {
                name: "request max length unset",
                edits: &[("          maxLength: 10\n", "")],
                forward: &["request-property-max-length-unset compatible none"],
                backward: &["request-property-max-length-set breaking none"],
            },
            Case {
                name: "request pattern added",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          pattern: '^x'",
                )],
                forward: &["request-property-pattern-added breaking none"],
                backward: &["request-property-pattern-removed compatible none"],
            },
            Case {
                name: "request property became nullable",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          nullable: true",
                )],
                forward: &["request-property-became-nullable compatible none"],
                backward: &["request-property-became-not-nullable breaking none"],
            },
            Case {
                name: "request property became read-only",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          readOnly: true",
                )],
                forward: &["request-optional-property-became-read-only warning breaking"],
                backward: &["request-optional-property-became-not-read-only compatible breaking"],
            },
            Case {
                name: "request default added",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          default: x",
                )],
                forward: &["request-property-default-value-added warning none"],
                backward: &["request-property-default-value-removed warning none"],
            },
            Case {
                name: "request object closed",
                edits: &[(
                    "    Input:\n      type: object",
                    "    Input:\n      type: object\n      additionalProperties: false",
                )],
                forward: &["request-body-additional-properties-narrowed breaking none"],
                backward: &["request-body-additional-properties-widened compatible none"],
            },
            Case {
                name: "request not added",
                edits: &[(
                    "        note:\n          type: string",
                    "        note:\n          type: string\n          not:\n            enum: [x]",
                )],
                forward: &["request-property-not-added breaking none"],
                backward: &["request-property-not-removed compatible none"],
            },
            Case {
                name: "request allOf brings a required property",
                edits: &[(
                    "    Input:\n      type: object\n",
                    "    Input:\n      type: object\n      allOf:\n        - type: object\n          required: [more]\n          properties:\n            more:\n              type: string\n",
                )],
                forward: &["new-required-request-property breaking breaking"],
                backward: &["request-property-removed warning breaking"],
            },
            Case {
                name: "request body removed",
                edits: &[(
                    "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Input'\n",
                    "",
                )],
                forward: &[
                    "request-body-removed warning breaking",
                    "rust-api-changed compatible breaking",
                ],
                backward: &[
                    "request-body-added-required breaking compatible",
                    "rust-api-changed compatible compatible",
                ],
            },
            Case {
                name: "request body became optional",
                edits: &[("      requestBody:\n        required: true\n", "      requestBody:\n")],
                forward: &["request-body-became-optional compatible none"],
                backward: &["request-body-became-required breaking none"],
            },
            Case {
                name: "optional request body added",
                edits: &[(
                    "      operationId: list_others",
                    "      operationId: list_others\n      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Address'",
                )],
                forward: &["request-body-added-optional compatible compatible"],
                backward: &["request-body-removed warning breaking"],
            },
            Case {
                name: "shared property became nullable",
                edits: &[(
                    "        city:\n          type: string",
                    "        city:\n          type: string\n          nullable: true",
                )],
                forward: &[
                    "response-property-became-nullable breaking none",
                    "request-property-became-nullable compatible none",
                ],
                backward: &[
                    "request-property-became-not-nullable breaking none",
                    "response-property-became-not-nullable compatible none",
                ],
            },
            Case {
                name: "shared property became required",
                edits: &[(
                    "      description: Where something is.\n      type: object",
                    "      description: Where something is.\n      type: object\n      required: [city]",
                )],
                forward: &[
                    "request-property-became-required breaking breaking",
                    "response-property-became-required compatible breaking",
                ],
                backward: &[
                    "response-property-became-optional breaking breaking",
                    "request-property-became-optional compatible breaking",
                ],
            },
        ],
        true,
    );
}

#[test]
fn parameters() {
    check(
        &[
            Case {
                name: "required parameter added",
                edits: &[(
                    "        - name: limit",
                    "        - name: key\n          in: query\n          required: true\n          schema:\n            type: string\n        - name: limit",
                )],
                forward: &["new-required-request-parameter breaking compatible"],
                backward: &["request-parameter-removed warning breaking"],
            },
            Case {
                name: "optional parameter added",
                edits: &[(
                    "        - name: limit",
                    "        - name: key\n          in: query\n          schema:\n            type: string\n        - name: limit",
                )],
                forward: &["new-optional-request-parameter compatible compatible"],
                backward: &["request-parameter-removed warning breaking"],
            },
            Case {
                name: "parameter became required",
                edits: &[(
                    "        - name: limit\n          in: query",
                    "        - name: limit\n          in: query\n          required: true",
                )],
                forward: &["request-parameter-became-required breaking none"],
                backward: &["request-parameter-became-optional compatible none"],
            },
            Case {
                name: "parameter moved",
                edits: &[(
                    "        - name: limit\n          in: query",
                    "        - name: limit\n          in: header",
                )],
                forward: &["request-parameter-location-changed breaking none"],
                backward: &["request-parameter-location-changed breaking none"],
            },
            Case {
                name: "parameter style changed",
                edits: &[(
                    "        - name: tags\n          in: query",
                    "        - name: tags\n          in: query\n          style: spaceDelimited",
                )],
                forward: &["request-parameter-style-changed breaking none"],
                backward: &["request-parameter-style-changed breaking none"],
            },
            Case {
                name: "parameter explode changed",
                edits: &[(
                    "        - name: tags\n          in: query",
                    "        - name: tags\n          in: query\n          explode: false",
                )],
                forward: &["request-parameter-explode-changed breaking none"],
                backward: &["request-parameter-explode-changed breaking none"],
            },
            Case {
                name: "parameter enum set",
                edits: &[(
                    "            type: integer\n            minimum: 1",
                    "            type: integer\n            enum: [1, 2]\n            minimum: 1",
                )],
                forward: &["request-parameter-became-enum breaking none"],
                backward: &["request-parameter-became-not-enum compatible none"],
            },
            Case {
                name: "parameter minimum increased",
                edits: &[("minimum: 1", "minimum: 2")],
                forward: &["request-parameter-min-increased breaking none"],
                backward: &["request-parameter-min-decreased compatible none"],
            },
            Case {
                name: "parameter minimum became exclusive",
                edits: &[("minimum: 1", "minimum: 1\n            exclusiveMinimum: true")],
                forward: &["request-parameter-exclusive-min-set breaking none"],
                backward: &["request-parameter-exclusive-min-unset compatible none"],
            },
            Case {
                name: "parameter unique items",
                edits: &[(
                    "            type: array\n            items:\n              type: string\n      requestBody",
                    "            type: array\n            uniqueItems: true\n            items:\n              type: string\n      requestBody",
                )],
                forward: &["request-parameter-unique-items-set breaking none"],
                backward: &["request-parameter-unique-items-unset compatible none"],
            },
            Case {
                name: "parameter multiple of",
                edits: &[("minimum: 1", "minimum: 1\n            multipleOf: 5")],
                forward: &["request-parameter-multiple-of-set breaking none"],
                backward: &["request-parameter-multiple-of-unset compatible none"],
            },
        ],
        true,
    );
}

#[test]
fn whole_document() {
    check(
        &[
            Case {
                name: "requirement of an operation changed",
                edits: &[(
                    "      operationId: put_thing",
                    "      operationId: put_thing\n      security:\n        - bearer: []",
                )],
                forward: &["api-security-updated breaking none"],
                backward: &["api-security-updated breaking none"],
            },
            Case {
                name: "default requirement changed",
                edits: &[("security:\n  - basic: []", "security:\n  - bearer: []")],
                forward: &["api-global-security-updated breaking none"],
                backward: &["api-global-security-updated breaking none"],
            },
            Case {
                name: "another way to authenticate",
                edits: &[("security:\n  - basic: []", "security:\n  - basic: []\n  - bearer: []")],
                forward: &["api-global-security-alternative-added compatible none"],
                backward: &["api-global-security-alternative-removed breaking none"],
            },
            Case {
                name: "default requirement dropped",
                edits: &[("security:\n  - basic: []\n", "")],
                forward: &["api-global-security-removed compatible none"],
                backward: &["api-global-security-added breaking none"],
            },
            Case {
                name: "security scheme changed",
                edits: &[(
                    "    basic:\n      type: http\n      scheme: basic",
                    "    basic:\n      type: http\n      scheme: digest",
                )],
                forward: &["api-security-component-type-changed breaking none"],
                backward: &["api-security-component-type-changed breaking none"],
            },
            Case {
                name: "security scheme renamed",
                edits: &[
                    ("    basic:\n      type: http", "    login:\n      type: http"),
                    ("  - basic: []", "  - login: []"),
                ],
                forward: &["api-security-component-renamed compatible none"],
                backward: &["api-security-component-renamed compatible none"],
            },
            Case {
                name: "server added",
                edits: &[(
                    "  - url: https://one.example",
                    "  - url: https://one.example\n  - url: https://two.example",
                )],
                forward: &["api-server-added compatible none"],
                backward: &["api-server-removed compatible none"],
            },
            Case {
                name: "first server changed",
                edits: &[("  - url: https://one.example", "  - url: https://two.example")],
                forward: &["api-first-server-changed breaking none"],
                backward: &["api-first-server-changed breaking none"],
            },
            Case {
                name: "description changed",
                edits: &[("description: Puts a thing.", "description: Replaces a thing.")],
                forward: &["operation-description-changed docs none"],
                backward: &["operation-description-changed docs none"],
            },
            Case {
                name: "summary, tag and extension added",
                edits: &[(
                    "      description: Puts a thing.",
                    "      description: Puts a thing.\n      summary: Put\n      tags: [things]\n      x-owner: us",
                )],
                forward: &[
                    "operation-summary-changed docs none",
                    "api-tag-added docs none",
                    "operation-extension-changed docs none",
                ],
                backward: &[
                    "operation-summary-changed docs none",
                    "api-tag-removed docs none",
                    "operation-extension-changed docs none",
                ],
            },
            Case {
                name: "words of a schema changed",
                edits: &[(
                    "      description: Where something is.\n      type: object",
                    "      description: Where it is.\n      type: object\n      example: {city: Paris}\n      externalDocs:\n        url: https://docs.example",
                )],
                forward: &[
                    "schema-description-changed docs none",
                    "schema-example-changed docs none",
                    "schema-external-docs-changed docs none",
                ],
                backward: &[
                    "schema-description-changed docs none",
                    "schema-example-changed docs none",
                    "schema-external-docs-changed docs none",
                ],
            },
            Case {
                name: "property became sensitive",
                edits: &[(
                    "        size:\n          type: integer",
                    "        size:\n          type: integer\n          x-sensitive: true",
                )],
                forward: &["schema-sensitivity-changed compatible compatible"],
                backward: &["schema-sensitivity-changed compatible compatible"],
            },
            Case {
                name: "title and version changed",
                edits: &[("  title: Test\n  version: v1", "  title: Test API\n  version: v2")],
                forward: &["info-title-changed docs none", "info-version-changed docs none"],
                backward: &["info-title-changed docs none", "info-version-changed docs none"],
            },
        ],
        true,
    );
}

#[test]
fn what_cannot_be_generated() {
    check(
        &[Case {
            name: "a cookie added, which the client does not send",
            edits: &[(
                "        - name: tags\n",
                "        - name: key\n          in: cookie\n          schema:\n            type: string\n        - name: tags\n",
            )],
            forward: &["new-optional-request-parameter compatible compatible"],
            backward: &["request-parameter-removed warning breaking"],
        }],
        false,
    );
}
