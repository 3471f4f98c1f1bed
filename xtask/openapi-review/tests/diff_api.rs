//! The list of public items that changed, as `regen` shows it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail so")]

use cx_client_build::{Document, validate};
use openapi_review::diff::compare_with_notes;

const BASE: &str = "\
openapi: 3.0.4
info: {title: Test, version: v1}
servers: [{url: 'https://one.example'}]
paths:
  /calls:
    get:
      operationId: list_calls
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: Done.
          content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}
    post:
      operationId: send_note
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
      responses:
        '204': {description: Done.}
components:
  schemas:
    Call:
      type: object
      required: [id, channel]
      properties:
        id: {type: string, format: uuid}
        note: {type: string}
        channel: {$ref: '#/components/schemas/Channel'}
    Channel: {type: string, enum: [call, sms]}
    Note:
      type: object
      required: [text]
      properties: {text: {type: string}, channel: {$ref: '#/components/schemas/Channel'}}
    Calls: {type: array, items: {$ref: '#/components/schemas/Call'}}
";

/// The lines after each `replacement` in the document.
fn lines(replacements: &[(&str, &str)]) -> Vec<String> {
    let mut text = BASE.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let [old, new] = [BASE, &text].map(|text| Document::parse("openapi.yaml", text).unwrap());
    assert_eq!(validate(&new), [], "{text}");
    let compared = compare_with_notes(&old, &new);
    assert_eq!(compared.rust_by_rule, None);
    let line = |change: openapi_review::diff::ApiChange| {
        let was = change.was.map(|was| format!(", was {was}")).unwrap_or_default();
        format!("{} {}{was}", change.change.word(), change.item)
    };
    compared.api.into_iter().map(line).collect()
}

#[test]
fn members_are_listed_one_by_one_and_whole_items_in_one_line() {
    let changed = lines(&[
        ("note: {type: string}", "note: {type: boolean}\n        more: {type: integer}"),
        ("enum: [call, sms]", "enum: [call, mail]"),
        ("    Calls: {type: array, items: {$ref: '#/components/schemas/Call'}}\n", ""),
        ("    Note:", "    Pair: {type: object, properties: {a: {type: string}}}\n    Note:"),
    ]);
    assert_eq!(
        changed,
        [
            "changed types::Call::note: Option<bool>, was Option<String>",
            "added types::Call::more: Option<i64>",
            "gone types::Calls(Vec<Call>)",
            "added types::Channel::Mail",
            "gone types::Channel::Sms",
            "added types::Pair { a: Option<String> }",
        ]
    );
    assert_eq!(lines(&[]), [""; 0]);
}

#[test]
fn an_operation_is_listed_as_it_is_called() {
    let changed = lines(&[
        ("schema: {type: integer}", "schema: {type: boolean}"),
        ("one.example", "two.example"),
        ("    post:", "    put:"),
        ("send_note", "put_note"),
    ]);
    assert_eq!(
        changed,
        [
            "changed BASE_URL = Some(\"https://two.example\"), was Some(\"https://one.example\")",
            "changed Client::list_calls().limit(bool), was (i64)",
            "added Client::put_note().body(Note) -> ()",
            "gone Client::send_note().body(Note) -> ()",
        ]
    );
}

#[test]
fn another_name_is_one_line_wherever_it_is_used() {
    let changed = lines(&[("schemas/Channel", "schemas/Way"), ("    Channel:", "    Way:")]);
    assert_eq!(changed, ["changed types::Way, was types::Channel"]);
    let changed = lines(&[("operationId: list_calls", "operationId: find_calls")]);
    assert_eq!(changed, ["changed Client::find_calls, was Client::list_calls"]);
}

#[test]
fn a_type_of_another_kind_is_listed_with_both_forms() {
    let changed = lines(&[(
        "Channel: {type: string, enum: [call, sms]}",
        "Channel: {type: object, required: [name], properties: {name: {type: string}}}",
    )]);
    assert_eq!(
        changed,
        [
            "changed types::Channel { name: String }, was (non_exhaustive) { Call, Sms, Unknown(String) }"
        ]
    );
}
