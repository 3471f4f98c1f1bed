//! That `diff` judges what schemas take, not how they are written: kinds of changes with several
//! members each, sent and received, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

use cx_client_build::{Document, validate};
use serde_json::{Value, json};
use xtask::diff::{Change, Level, compare};

/// A document with two operations, of which one sends the schema and one receives it.
fn document(schema: &Value) -> Document {
    let shared = json!({
        "Point": {
            "type": "object",
            "required": ["x"],
            "properties": { "x": { "type": "integer" }, "label": { "type": "string" } },
        },
        "Alike": {
            "type": "object",
            "required": ["x"],
            "properties": { "x": { "type": "integer" }, "label": { "type": "string" } },
        },
        "Name": { "type": "string", "maxLength": 9 },
        "Cat": kind_of("purrs"),
        "Dog": kind_of("barks"),
        "Fox": kind_of("purrs"),
    });
    let content = json!({ "application/json": { "schema": schema } });
    parse(&json!({
        "openapi": "3.0.4",
        "info": { "title": "Kinds", "version": "1" },
        "paths": {
            "/sent": { "post": {
                "operationId": "send_it",
                "requestBody": { "required": true, "content": content },
                "responses": { "204": { "description": "Done." } },
            } },
            "/received": { "get": {
                "operationId": "receive_it",
                "responses": { "200": { "description": "Here.", "content": content } },
            } },
        },
        "components": { "schemas": shared },
    }))
}

fn kind_of(property: &str) -> Value {
    json!({
        "type": "object",
        "required": ["kind"],
        "properties": { "kind": { "type": "string" }, property: { "type": "boolean" } },
    })
}

fn parse(value: &Value) -> Document {
    let text = serde_json::to_string_pretty(value).unwrap();
    let document = Document::parse("a.yaml", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let problems = validate(&document);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    document
}

/// The letters of the worst levels, of what is sent and of what is received; `=` where nothing is
/// said of it.
fn worst(changes: &[Change]) -> String {
    let of = |path: &str| {
        let found = changes.iter().filter(|change| change.operations.iter().any(|o| o.ends_with(path)));
        match found.map(|change| change.level).min() {
            Some(Level::Breaking) => 'b',
            Some(Level::Warning) => 'w',
            Some(Level::Compatible) => 'c',
            Some(Level::Docs) => 'd',
            None => '=',
        }
    };
    [of("/sent"), of("/received")].into_iter().collect()
}

/// Checks pairs of schemas, each with the levels there and back: `bc cb` is breaking where it is
/// sent and compatible where it is received, and the other way round on the way back.
fn check(cases: &[(Value, Value, &str)]) {
    let mut problems = Vec::new();
    for (old, new, expected) in cases {
        let (a, b) = (document(old), document(new));
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        let found = format!("{} {}", worst(&there), worst(&back)).replace('=', "c");
        if found != *expected {
            let told = |changes: &[Change]| -> Vec<String> {
                changes.iter().map(|c| format!("{} {}: {}", c.level, c.id, c.message)).collect()
            };
            problems.push(format!(
                "{old} to {new}: {found}, expected {expected}\n  {:#?}\n  {:#?}",
                told(&there),
                told(&back)
            ));
        }
        assert!(
            there.iter().any(|change| change.level <= Level::Compatible) || old == new,
            "{old} to {new}: a difference is never passed over"
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The schema as a property.
fn inside(schema: Value) -> Value {
    json!({ "type": "object", "properties": { "p": schema } })
}

fn all(cases: Vec<(Value, Value, &'static str)>) {
    let nested: Vec<_> = cases
        .iter()
        .map(|(old, new, expected)| (inside(old.clone()), inside(new.clone()), *expected))
        .collect();
    check(&cases);
    check(&nested);
}

const POINT: &str = "#/components/schemas/Point";

#[test]
fn a_wrap_of_one_member_is_its_member() {
    let point = json!({ "$ref": POINT });
    let text = json!({ "type": "string" });
    let mut cases = Vec::new();
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let wrap = |schema: &Value, more: Value| {
            let mut wrapped = json!({ keyword: [schema] });
            for (key, value) in more.as_object().unwrap() {
                wrapped[key] = value.clone();
            }
            wrapped
        };
        cases.extend([
            (point.clone(), wrap(&point, json!({})), "cc cc"),
            (point.clone(), wrap(&point, json!({ "type": "object" })), "cc cc"),
            (point.clone(), wrap(&wrap(&point, json!({})), json!({})), "cc cc"),
            (point.clone(), wrap(&point, json!({ "nullable": true })), "cb bc"),
            (point.clone(), wrap(&point, json!({ "required": ["label"] })), "bc cb"),
            (point.clone(), wrap(&point, json!({ "minProperties": 2 })), "bc cb"),
            (text.clone(), wrap(&text, json!({ "maxLength": 3 })), "bc cb"),
            (text.clone(), wrap(&text, json!({ "enum": ["a"] })), "bc cw"),
            (text.clone(), wrap(&text, json!({ "pattern": "^a" })), "bc cb"),
            (text.clone(), wrap(&text, json!({ "not": { "enum": ["a"] } })), "bc cb"),
            (text.clone(), wrap(&text, json!({ "format": "uuid" })), "bc cb"),
            (wrap(&text, json!({ "enum": ["a"] })), wrap(&text, json!({ "enum": ["a", "b"] })), "cw bc"),
        ]);
    }
    cases.push((
        json!({ "oneOf": [{ "type": "string" }] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        "cb bc",
    ));
    all(cases);
}

#[test]
fn one_keyword_widens_while_another_narrows() {
    all(vec![
        (
            json!({ "type": "string" }),
            json!({
                "oneOf": [{ "type": "string" }, { "type": "integer" }],
                "anyOf": [{ "type": "string", "maxLength": 3 }, { "type": "integer" }],
            }),
            "bb bb",
        ),
        (
            json!({ "type": "integer", "minimum": 1 }),
            json!({ "oneOf": [{ "type": "integer" }, { "type": "boolean" }], "enum": [1, 2, true] }),
            "bb bb",
        ),
        (
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "oneOf": [{ "type": "string", "maxLength": 5 }, { "type": "boolean" }], "not": { "enum": ["no"] } }),
            "bb bb",
        ),
    ]);
}

#[test]
fn all_members_of_all_of_count() {
    let two = |a: Value, b: Value| json!({ "allOf": [a, b] });
    let text = json!({ "type": "string" });
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let of_a = |schema: Value| json!({ "type": "object", "properties": { "a": schema } });
    all(vec![
        (
            two(json!({ "type": "string", "enum": ["a", "b", "c"] }), json!({ "type": "string", "enum": ["a", "b"] })),
            two(json!({ "type": "string", "enum": ["a", "b", "c"] }), json!({ "type": "string", "enum": ["a"] })),
            "bc cw",
        ),
        (two(text.clone(), text.clone()), two(text.clone(), json!({ "type": "string", "pattern": "^x" })), "bc cb"),
        (
            two(json!({ "type": "integer", "multipleOf": 2 }), json!({ "type": "integer" })),
            two(json!({ "type": "integer", "multipleOf": 2 }), json!({ "type": "integer", "multipleOf": 3 })),
            "bc cb",
        ),
        (two(text.clone(), text.clone()), two(text.clone(), json!({ "not": { "enum": ["x"] } })), "bc cb"),
        (two(text.clone(), text.clone()), two(text.clone(), json!({ "format": "date" })), "bc cb"),
        (
            two(json!({ "type": "array", "items": {} }), json!({ "type": "array", "items": { "type": "string" } })),
            two(json!({ "type": "array", "items": {} }), json!({ "type": "array", "items": { "type": "string", "maxLength": 2 } })),
            "bc cb",
        ),
        (
            two(json!({ "type": "object", "additionalProperties": true }), json!({ "type": "object" })),
            two(json!({ "type": "object", "additionalProperties": true }), json!({ "type": "object", "additionalProperties": { "type": "integer" } })),
            "bc cb",
        ),
        (two(object.clone(), of_a(text.clone())), two(object.clone(), of_a(json!({ "type": "string", "maxLength": 3 }))), "bc cb"),
        (two(object.clone(), of_a(json!({ "enum": ["x"] }))), two(object.clone(), of_a(json!({ "enum": ["x", "y"] }))), "cw bc"),
        (two(object.clone(), json!({ "required": ["a"] })), two(object.clone(), json!({})), "cb bc"),
        (two(object.clone(), json!({})), two(object.clone(), json!({ "type": "object", "additionalProperties": false })), "bc cw"),
        // The order of the members, and a member twice, mean nothing.
        (two(object.clone(), of_a(json!({ "maxLength": 3 }))), two(of_a(json!({ "maxLength": 3 })), object.clone()), "cc cc"),
        (two(text.clone(), json!({ "maxLength": 3 })), json!({ "type": "string", "maxLength": 3 }), "cc cc"),
    ]);
}

#[test]
fn names_of_components_are_values_of_a_discriminator() {
    let union = |keyword: &str, names: &[&str], mapping: Value| {
        let members: Vec<_> =
            names.iter().map(|name| json!({ "$ref": format!("#/components/schemas/{name}") })).collect();
        let mut discriminator = json!({ "propertyName": "kind" });
        if !mapping.is_null() {
            discriminator["mapping"] = mapping;
        }
        json!({ keyword: members, "discriminator": discriminator })
    };
    let plain = || union("oneOf", &["Cat", "Dog"], Value::Null);
    let cat = "#/components/schemas/Cat";
    all(vec![
        (plain(), union("oneOf", &["Fox", "Dog"], Value::Null), "bw bw"),
        (plain(), union("oneOf", &["Dog", "Cat"], Value::Null), "cc cc"),
        (plain(), union("oneOf", &["Cat", "Dog"], json!({ "Cat": cat })), "cc cc"),
        (plain(), union("oneOf", &["Cat", "Dog"], json!({ "Cat": "Cat", "Dog": "Dog" })), "cc cc"),
        (plain(), union("oneOf", &["Cat", "Dog"], json!({ "cat": cat })), "bw bw"),
        (plain(), union("anyOf", &["Cat", "Dog"], Value::Null), "cc cc"),
        (
            union("oneOf", &["Cat", "Dog"], json!({ "cat": cat, "Dog": "Dog" })),
            union("oneOf", &["Fox", "Dog"], json!({ "cat": "#/components/schemas/Fox", "Dog": "Dog" })),
            "cc cc",
        ),
        (
            union("oneOf", &["Cat", "Dog"], json!({ "a": "Cat", "b": "Dog" })),
            union("oneOf", &["Cat", "Dog"], json!({ "a": "Dog", "b": "Cat" })),
            "bb bb",
        ),
        (plain(), union("oneOf", &["Cat", "Dog", "Fox"], Value::Null), "cb bc"),
    ]);
}

#[test]
fn further_properties_have_a_type() {
    let map = |further: Value, properties: Value| json!({ "type": "object", "properties": properties, "additionalProperties": further });
    let number = || json!({ "type": "integer" });
    all(vec![
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "string" } })), "bb bb"),
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "integer" } })), "cc ww"),
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "integer", "minimum": 1 } })), "bc wb"),
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "number" } })), "cb bw"),
        (map(json!(false), json!({})), map(json!(false), json!({ "g": number() })), "cb bw"),
        (map(json!({}), json!({})), map(json!(true), json!({})), "cc cc"),
        (map(json!(true), json!({})), json!({ "type": "object", "properties": {} }), "cc cc"),
    ]);
}

#[test]
fn what_restricts_nothing_is_no_change() {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let with = |mut schema: Value, key: &str, value: Value| {
        schema[key] = value;
        schema
    };
    let list = || json!({ "type": "array", "items": { "type": "string" } });
    let mut cases = vec![
        (text(), with(text(), "minLength", json!(0)), "cc cc"),
        (list(), with(list(), "minItems", json!(0)), "cc cc"),
        (list(), with(list(), "uniqueItems", json!(false)), "cc cc"),
        (inside(text()), with(inside(text()), "minProperties", json!(0)), "cc cc"),
        (json!({ "$ref": POINT }), json!({ "allOf": [{ "$ref": POINT }], "minProperties": 1 }), "cc cc"),
        (whole(), with(whole(), "multipleOf", json!(1)), "cc cc"),
        (whole(), with(whole(), "multipleOf", json!(0.5)), "cc cc"),
        (whole(), with(whole(), "multipleOf", json!(2)), "bc cb"),
        (whole(), with(whole(), "maxLength", json!(3)), "cc cc"),
        (whole(), with(whole(), "pattern", json!("^a")), "cc cc"),
        (whole(), with(whole(), "format", json!("uuid")), "cc cc"),
        (text(), with(text(), "minimum", json!(3)), "cc cc"),
        (text(), with(text(), "maxItems", json!(3)), "cc cc"),
        (text(), with(text(), "format", json!("password")), "cc cc"),
        (text(), with(text(), "format", json!("int32")), "cc cc"),
        (text(), with(text(), "nullable", json!(false)), "cc cc"),
        (text(), with(text(), "anyOf", json!([{}, { "maxLength": 3 }])), "cc cc"),
        (list(), json!({ "type": "array", "items": { "allOf": [{ "type": "string" }, {}] } }), "cc cc"),
        (
            with(whole(), "format", json!("int32")),
            json!({ "type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX }),
            "cc cc",
        ),
        (
            json!({ "type": "string", "enum": ["ab", "c"] }),
            json!({ "type": "string", "enum": ["ab", "c"], "maxLength": 2 }),
            "cc cc",
        ),
        (
            json!({ "type": "string", "enum": ["ab", "c"] }),
            json!({ "type": "string", "enum": ["ab", "c"], "maxLength": 1 }),
            "bc cw",
        ),
    ];
    for pattern in ["", ".*", "^", "$", "^.*", ".*$", "^.*$", "(.*)", "^[\\s\\S]*$"] {
        cases.push((text(), with(text(), "pattern", json!(pattern)), "cc cc"));
        cases.push((
            with(text(), "pattern", json!(pattern)),
            with(text(), "pattern", json!("^a$")),
            "bc cb",
        ));
    }
    all(cases);
}

#[test]
fn equal_ways_to_say_the_same() {
    let whole = |key: &str, limit: Value, exclusive: bool| {
        let flag = if key == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
        json!({ "type": "integer", key: limit, flag: exclusive })
    };
    all(vec![
        (whole("minimum", json!(4), true), whole("minimum", json!(5), false), "cc cc"),
        (whole("maximum", json!(10), true), whole("maximum", json!(9), false), "cc cc"),
        (whole("minimum", json!(4.5), false), whole("minimum", json!(5), false), "cc cc"),
        (whole("minimum", json!(4), true), whole("minimum", json!(4), false), "cb bc"),
        (json!({ "type": "number", "minimum": 4, "exclusiveMinimum": true }), json!({ "type": "number", "minimum": 5 }), "bc cb"),
        (json!({ "type": "boolean" }), json!({ "type": "boolean", "enum": [true, false] }), "cc cc"),
        (json!({ "type": "boolean" }), json!({ "type": "boolean", "enum": [true] }), "bc cw"),
        (json!({ "type": "number", "multipleOf": 1 }), json!({ "type": "integer" }), "cc cc"),
        (json!({ "enum": ["a", "b"] }), json!({ "type": "string", "enum": ["b", "a"] }), "cc cc"),
        (
            json!({ "oneOf": [{ "type": "string", "enum": ["a"] }, { "type": "string", "enum": ["b"] }] }),
            json!({ "type": "string", "enum": ["a", "b"] }),
            "cc cc",
        ),
        (json!({ "not": { "not": { "type": "string" } } }), json!({ "type": "string" }), "cc cc"),
        (
            json!({ "oneOf": [{ "$ref": POINT }, { "type": "string" }] }),
            json!({ "oneOf": [{ "type": "string" }, { "$ref": "#/components/schemas/Alike" }] }),
            "cc cc",
        ),
        (json!({ "$ref": POINT }), json!({ "$ref": "#/components/schemas/Alike" }), "cc cc"),
        (
            json!({ "oneOf": [{ "$ref": POINT }, { "enum": [null], "nullable": true }] }),
            json!({ "allOf": [{ "$ref": POINT }], "nullable": true }),
            "cc cc",
        ),
    ]);
}

#[test]
fn one_of_and_any_of() {
    let group = |keyword: &str, members: Value| json!({ keyword: members });
    let same = |members: Value| (group("oneOf", members.clone()), group("anyOf", members), "cc cc");
    let tagged = |tag: &str| json!({ "type": "object", "required": ["t"], "properties": { "t": { "type": "string", "enum": [tag] } } });
    let text = json!({ "type": "string" });
    all(vec![
        same(json!([text, { "type": "integer" }])),
        same(json!([text, { "type": "integer" }, { "type": "array", "items": text }])),
        same(json!([tagged("a"), tagged("b")])),
        same(json!([{ "type": "string", "maxLength": 3 }, { "type": "string", "minLength": 4 }])),
        same(json!([{ "type": "integer", "maximum": 3 }, { "type": "integer", "minimum": 4 }])),
        (
            group("oneOf", json!([text, { "type": "string", "maxLength": 3 }])),
            group("anyOf", json!([text, { "type": "string", "maxLength": 3 }])),
            "cb bc",
        ),
        (
            group("oneOf", json!([{ "$ref": POINT }, tagged("a")])),
            group("anyOf", json!([{ "$ref": POINT }, tagged("a")])),
            "cb bc",
        ),
        (
            group("oneOf", json!([text, { "type": "integer" }])),
            group("anyOf", json!([text, { "type": "integer", "minimum": 1 }])),
            "bc cb",
        ),
        // What another alternative takes as well adds nothing.
        (
            group("anyOf", json!([text, { "type": "integer" }])),
            group("anyOf", json!([text, { "type": "integer" }, { "type": "string", "maxLength": 3 }])),
            "cc cc",
        ),
        (group("anyOf", json!([text, { "type": "string", "maxLength": 3 }])), text.clone(), "cc cc"),
        (
            group("oneOf", json!([text, group("oneOf", json!([{ "type": "integer" }, { "type": "boolean" }]))])),
            group("oneOf", json!([text, { "type": "integer" }, { "type": "boolean" }])),
            "cc cc",
        ),
        (
            json!({ "type": "object", "properties": { "a": text, "b": text } }),
            json!({ "type": "object", "properties": { "a": text, "b": text }, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            "bc cb",
        ),
    ]);
}
