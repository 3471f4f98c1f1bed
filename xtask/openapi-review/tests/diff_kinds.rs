//! That `diff` judges what schemas take, not how they are written: kinds of changes with several
//! members each, sent and received, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::redundant_clone,
    reason = "the tables of cases are read more easily so"
)]

use cx_client_build::{Document, validate};
use openapi_review::diff::{Change, Level, compare};
use serde_json::{Value, json};

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
        let found =
            changes.iter().filter(|change| change.operations.iter().any(|o| o.ends_with(path)));
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
        for change in there.iter().chain(&back) {
            assert!(change.location().is_some(), "{old} to {new}: {change:?}");
        }
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
            (
                wrap(&text, json!({ "enum": ["a"] })),
                wrap(&text, json!({ "enum": ["a", "b"] })),
                "cw bc",
            ),
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
            two(
                json!({ "type": "string", "enum": ["a", "b", "c"] }),
                json!({ "type": "string", "enum": ["a", "b"] }),
            ),
            two(
                json!({ "type": "string", "enum": ["a", "b", "c"] }),
                json!({ "type": "string", "enum": ["a"] }),
            ),
            "bc cw",
        ),
        (
            two(text.clone(), text.clone()),
            two(text.clone(), json!({ "type": "string", "pattern": "^x" })),
            "bc cb",
        ),
        (
            two(json!({ "type": "integer", "multipleOf": 2 }), json!({ "type": "integer" })),
            two(
                json!({ "type": "integer", "multipleOf": 2 }),
                json!({ "type": "integer", "multipleOf": 3 }),
            ),
            "bc cb",
        ),
        (
            two(text.clone(), text.clone()),
            two(text.clone(), json!({ "not": { "enum": ["x"] } })),
            "bc cb",
        ),
        (two(text.clone(), text.clone()), two(text.clone(), json!({ "format": "date" })), "bc cb"),
        (
            two(
                json!({ "type": "array", "items": {} }),
                json!({ "type": "array", "items": { "type": "string" } }),
            ),
            two(
                json!({ "type": "array", "items": {} }),
                json!({ "type": "array", "items": { "type": "string", "maxLength": 2 } }),
            ),
            "bc cb",
        ),
        (
            two(
                json!({ "type": "object", "additionalProperties": true }),
                json!({ "type": "object" }),
            ),
            two(
                json!({ "type": "object", "additionalProperties": true }),
                json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
            ),
            "bc cb",
        ),
        (
            two(object.clone(), of_a(text.clone())),
            two(object.clone(), of_a(json!({ "type": "string", "maxLength": 3 }))),
            "bc cb",
        ),
        (
            two(object.clone(), of_a(json!({ "enum": ["x"] }))),
            two(object.clone(), of_a(json!({ "enum": ["x", "y"] }))),
            "cw bc",
        ),
        (
            two(object.clone(), json!({ "required": ["a"] })),
            two(object.clone(), json!({})),
            "cb bc",
        ),
        (
            two(object.clone(), json!({})),
            two(object.clone(), json!({ "type": "object", "additionalProperties": false })),
            "bw cb",
        ),
        // Types that exclude each other are meant as one in place of the other.
        (
            two(object.clone(), json!({})),
            two(object.clone(), of_a(json!({ "type": "integer" }))),
            "bb bb",
        ),
        // The order of the members, and a member twice, mean nothing.
        (
            two(object.clone(), of_a(json!({ "maxLength": 3 }))),
            two(of_a(json!({ "maxLength": 3 })), object.clone()),
            "cc cc",
        ),
        (
            two(text.clone(), json!({ "maxLength": 3 })),
            json!({ "type": "string", "maxLength": 3 }),
            "cc cc",
        ),
    ]);
}

#[test]
fn names_of_components_are_values_of_a_discriminator() {
    let union = |keyword: &str, names: &[&str], mapping: Value| {
        let members: Vec<_> = names
            .iter()
            .map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }))
            .collect();
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
            union(
                "oneOf",
                &["Fox", "Dog"],
                json!({ "cat": "#/components/schemas/Fox", "Dog": "Dog" }),
            ),
            "cc cc",
        ),
        (
            union("oneOf", &["Cat", "Dog"], json!({ "a": "Cat", "b": "Dog" })),
            union("oneOf", &["Cat", "Dog"], json!({ "a": "Dog", "b": "Cat" })),
            "bb bb",
        ),
        (plain(), union("oneOf", &["Cat", "Dog", "Fox"], Value::Null), "cw bc"),
        (
            union("oneOf", &["Cat", "Dog"], Value::Null),
            union("oneOf", &["Cat", "Dog", "Point"], Value::Null),
            "cb bc",
        ),
    ]);
}

#[test]
fn further_properties_have_a_type() {
    let map = |further: Value, properties: Value| json!({ "type": "object", "properties": properties, "additionalProperties": further });
    let number = || json!({ "type": "integer" });
    all(vec![
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "string" } })), "bb bb"),
        (map(number(), json!({})), map(number(), json!({ "g": { "type": "integer" } })), "cc ww"),
        (
            map(number(), json!({})),
            map(number(), json!({ "g": { "type": "integer", "minimum": 1 } })),
            "bc wb",
        ),
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
        (
            json!({ "$ref": POINT }),
            json!({ "allOf": [{ "$ref": POINT }], "minProperties": 1 }),
            "cc cc",
        ),
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
        (
            list(),
            json!({ "type": "array", "items": { "allOf": [{ "type": "string" }, {}] } }),
            "cc cc",
        ),
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
        // `null` fits no string, though it is listed.
        (
            json!({ "type": "string", "enum": ["a"] }),
            json!({ "type": "string", "enum": ["a", null] }),
            "cc cc",
        ),
    ];
    for pattern in [".+", "^$", "^a*$", "\\S"] {
        cases.push((text(), with(text(), "pattern", json!(pattern)), "bc cb"));
    }
    for pattern in
        ["", ".*", "^", "$", "^.*", ".*$", "^.*$", "(.*)", "^[\\s\\S]*$", "x*", "^a?", "(?:)|b"]
    {
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
        (
            json!({ "type": "number", "minimum": 4, "exclusiveMinimum": true }),
            json!({ "type": "number", "minimum": 5 }),
            "bc cb",
        ),
        (
            json!({ "type": "boolean" }),
            json!({ "type": "boolean", "enum": [true, false] }),
            "cc cc",
        ),
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
fn values_that_do_not_fit_are_not_listed() {
    let listed = |more: Value| {
        let mut schema = json!({ "type": "string", "enum": ["a", "b"] });
        for (key, value) in more.as_object().unwrap() {
            schema[key] = value.clone();
        }
        schema
    };
    let plain = || listed(json!({}));
    all(vec![
        (plain(), listed(json!({ "pattern": "^a$" })), "bc cw"),
        (plain(), listed(json!({ "pattern": "^[ab]$" })), "cc cc"),
        (plain(), listed(json!({ "not": { "enum": ["b"] } })), "bc cw"),
        (plain(), listed(json!({ "not": { "enum": ["c"] } })), "cc cc"),
        (plain(), listed(json!({ "not": { "type": "integer" } })), "cc cc"),
        (json!({ "type": "string", "pattern": "^b" }), plain(), "bb bb"),
        (json!({ "type": "string", "pattern": "^.$" }), plain(), "bc cw"),
        (
            json!({ "type": "integer", "enum": [1, 2] }),
            json!({ "type": "number", "enum": [1.0, 2.0] }),
            "cc cc",
        ),
        // In whichever alternative a value is listed, clients know the list.
        (
            json!({ "oneOf": [{ "type": "string", "enum": ["a"] }, { "type": "integer" }] }),
            json!({ "oneOf": [
                { "type": "string", "enum": ["a"] },
                { "type": "string", "enum": ["b"] },
                { "type": "integer" },
            ] }),
            "cw bc",
        ),
    ]);
}

#[test]
fn what_is_ruled_out() {
    let text = || json!({ "type": "string" });
    let without = |not: Value| json!({ "type": "string", "not": not });
    all(vec![
        (text(), without(json!({ "type": "integer" })), "cc cc"),
        (text(), without(json!({ "type": "integer", "enum": [1] })), "cc cc"),
        (text(), without(json!({ "type": "string", "enum": ["x"] })), "bc cb"),
        (without(json!({ "enum": ["a"] })), without(json!({ "enum": ["a", "b"] })), "bc cb"),
        (without(json!({ "enum": ["a"] })), without(json!({ "enum": ["b"] })), "ww ww"),
        (
            without(json!({ "enum": ["a", "b"] })),
            json!({ "allOf": [without(json!({ "enum": ["a"] })), { "not": { "enum": ["b"] } }] }),
            "cc cc",
        ),
        // What fits none of two fits neither.
        (
            without(json!({ "oneOf": [{ "enum": ["a"] }, { "enum": ["b"] }] })),
            without(json!({ "enum": ["a", "b"] })),
            "cc cc",
        ),
        (
            without(json!({ "anyOf": [{ "pattern": "^a" }, { "pattern": "^b" }] })),
            json!({ "allOf": [without(json!({ "pattern": "^a" })), { "not": { "pattern": "^b" } }] }),
            "cc cc",
        ),
        (
            json!({ "not": { "type": "string" } }),
            json!({ "not": { "type": "string", "maxLength": 5 } }),
            "cb bc",
        ),
        (json!({}), json!({ "not": { "type": "string" } }), "bc cb"),
        // A limit that is ruled out is the opposite limit.
        (without(json!({ "maxLength": 3 })), json!({ "type": "string", "minLength": 4 }), "cc cc"),
        (
            without(json!({ "allOf": [{ "type": "string" }, { "minLength": 3 }] })),
            json!({ "type": "string", "maxLength": 2 }),
            "cc cc",
        ),
        (json!({ "type": "string", "maxLength": 3 }), without(json!({ "minLength": 5 })), "cb bc"),
        (
            json!({ "type": "integer", "not": { "maximum": 3 } }),
            json!({ "type": "integer", "minimum": 4 }),
            "cc cc",
        ),
        (
            json!({ "type": "number", "not": { "maximum": 3 } }),
            json!({ "type": "number", "minimum": 3, "exclusiveMinimum": true }),
            "cc cc",
        ),
        (
            json!({ "type": "object", "not": { "maxProperties": 0 } }),
            json!({ "type": "object", "minProperties": 1 }),
            "cc cc",
        ),
        // What restricts values of one type takes all others, so that `not` leaves none of these.
        (
            json!({ "not": { "maxLength": 3 } }),
            json!({ "type": "string", "minLength": 4 }),
            "cc cc",
        ),
        (
            json!({ "not": { "anyOf": [{ "type": "string" }, { "type": "integer" }] } }),
            json!({ "allOf": [{ "not": { "type": "string" } }, { "not": { "type": "integer" } }] }),
            "cc cc",
        ),
    ]);
}

/// Neighbours beyond 2^53 are other numbers, and what is written otherwise is the same.
#[test]
fn numbers_are_what_is_written() {
    let limited = |key: &str, limit: u64| json!({ "type": "integer", key: limit });
    let (large, largest) = (1_u64 << 53, u64::from(u32::MAX) << 31 | 0x7fff_ffff);
    assert_eq!(largest, i64::MAX as u64);
    all(vec![
        (limited("maximum", large), limited("maximum", large + 1), "cb bc"),
        (limited("minimum", large), limited("minimum", large + 1), "bc cb"),
        (limited("maximum", largest), limited("maximum", largest - 1), "bc cb"),
        (
            json!({ "type": "integer", "format": "int64" }),
            json!({ "type": "integer", "format": "int64", "maximum": largest }),
            "cc cc",
        ),
        (
            json!({ "type": "integer", "format": "int64" }),
            json!({ "type": "integer", "format": "int64", "maximum": largest - 1 }),
            "bc cb",
        ),
        (
            json!({ "type": "integer", "minimum": large, "maximum": large + 1 }),
            json!({ "type": "integer", "enum": [large, large + 1] }),
            "cc cc",
        ),
        (
            json!({ "type": "number", "multipleOf": 0.1 }),
            json!({ "type": "number", "multipleOf": 0.3 }),
            "bc cb",
        ),
        (
            json!({ "type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.5 }),
            json!({ "type": "number", "enum": [0, 0.5, 1] }),
            "cc cc",
        ),
        (
            json!({ "type": "number", "minimum": 0.1, "maximum": 0.1 }),
            json!({ "type": "number", "enum": [0.1] }),
            "cc cc",
        ),
        (json!({ "enum": [{ "a": 1 }, [2]] }), json!({ "enum": [[2.0], { "a": 1.0 }] }), "cc cc"),
        (
            json!({ "type": "number", "maximum": 1.7e308 }),
            json!({ "type": "number", "maximum": 3.4028235e38 }),
            "bc cb",
        ),
    ]);
}

#[test]
fn numbers_have_steps() {
    let whole = |schema: Value| {
        let mut schema = schema;
        schema["type"] = json!("integer");
        schema
    };
    let number = |of: f64| json!({ "type": "number", "multipleOf": of });
    all(vec![
        (number(0.5), number(1.0), "bc cb"),
        (number(0.5), whole(json!({})), "bc cb"),
        (number(2.0), whole(json!({ "multipleOf": 2 })), "cc cc"),
        (number(0.5), whole(json!({ "multipleOf": 0.5 })), "bc cb"),
        (
            whole(json!({ "multipleOf": 12 })),
            json!({ "allOf": [whole(json!({ "multipleOf": 4 })), { "multipleOf": 3 }] }),
            "cc cc",
        ),
        (whole(json!({ "multipleOf": 4 })), whole(json!({ "multipleOf": 6 })), "bb bb"),
        (
            whole(json!({ "multipleOf": 5, "minimum": 5 })),
            whole(json!({ "multipleOf": 5, "minimum": 3 })),
            "cc cc",
        ),
    ]);
}

#[test]
fn formats_have_limits() {
    let whole = |format: &str, limits: Value| {
        let mut schema = json!({ "type": "integer" });
        if !format.is_empty() {
            schema["format"] = json!(format);
        }
        for (key, value) in limits.as_object().unwrap() {
            schema[key] = value.clone();
        }
        schema
    };
    let int32 = || json!({ "minimum": i32::MIN, "maximum": i32::MAX });
    let percent = || json!({ "minimum": 0, "maximum": 100 });
    let text = |value: Value| {
        let mut schema = json!({ "type": "string", "format": "uuid" });
        for (key, value) in value.as_object().unwrap() {
            schema[key] = value.clone();
        }
        schema
    };
    all(vec![
        (whole("int32", json!({})), whole("", int32()), "cc cc"),
        (whole("int32", percent()), whole("", percent()), "cc cc"),
        (whole("int32", percent()), whole("int64", percent()), "cc cc"),
        (
            whole("int32", json!({ "minimum": 0 })),
            whole("int64", json!({ "minimum": 0, "maximum": i32::MAX })),
            "cc cc",
        ),
        (whole("int32", json!({ "minimum": 0 })), whole("", json!({ "minimum": 0 })), "cb bc"),
        (whole("int32", json!({})), whole("int64", json!({})), "cb bc"),
        (whole("int64", json!({})), whole("", json!({})), "cb bc"),
        (whole("int32", json!({})), whole("int32", percent()), "bc cb"),
        (whole("int32", json!({})), whole("int64", percent()), "bc cb"),
        (text(json!({})), text(json!({ "maxLength": 36 })), "cc cc"),
        (text(json!({})), text(json!({ "minLength": 1 })), "cc cc"),
        (text(json!({})), json!({ "type": "string", "maxLength": 36 }), "cb bc"),
    ]);
}

#[test]
fn nothing_fits_between_limits_that_cross() {
    let either = |schema: Value| json!({ "oneOf": [schema, { "type": "boolean" }] });
    let flag = || json!({ "type": "boolean" });
    let list = |schema: Value| json!({ "type": "array", "maxItems": 0, "items": schema });
    all(vec![
        (either(json!({ "type": "string", "minLength": 5, "maxLength": 3 })), flag(), "cc cc"),
        (either(json!({ "type": "integer", "minimum": 2, "maximum": 1 })), flag(), "cc cc"),
        (
            either(
                json!({ "type": "number", "minimum": 2, "maximum": 2, "exclusiveMinimum": true }),
            ),
            flag(),
            "cc cc",
        ),
        (either(json!({ "type": "integer", "minimum": 2, "maximum": 2 })), flag(), "bc cb"),
        // An array without items has none of another type.
        (list(json!({ "type": "string" })), list(json!({ "type": "integer" })), "cc cc"),
    ]);
}

#[test]
fn properties_are_there_or_not() {
    let object = |required: Value, schema: Value| {
        let mut object = json!({ "type": "object", "required": required });
        if required == json!([]) {
            object = json!({ "type": "object" });
        }
        if !schema.is_null() {
            object["properties"] = json!({ "a": schema });
        }
        object
    };
    let text = || json!({ "type": "string" });
    let read = || json!({ "type": "string", "readOnly": true });
    let write = || json!({ "type": "string", "writeOnly": true });
    let (needed, free) = (json!(["a"]), json!([]));
    all(vec![
        (object(free.clone(), Value::Null), object(needed.clone(), Value::Null), "bc cb"),
        (object(needed.clone(), text()), object(needed.clone(), Value::Null), "cb bc"),
        (object(free.clone(), text()), object(free.clone(), read()), "wc cc"),
        (object(needed.clone(), text()), object(needed.clone(), read()), "wc bc"),
        (object(free.clone(), text()), object(needed.clone(), read()), "wc cb"),
        (object(needed.clone(), text()), object(free.clone(), read()), "wb bc"),
        (object(free.clone(), text()), object(free.clone(), write()), "cw cc"),
        (object(free.clone(), text()), object(needed.clone(), write()), "bw cc"),
        (object(free.clone(), read()), object(needed.clone(), read()), "cc cb"),
        (object(free.clone(), write()), object(needed.clone(), write()), "bc cc"),
        (object(free.clone(), Value::Null), object(needed.clone(), read()), "cc cb"),
        (object(free.clone(), Value::Null), object(needed.clone(), write()), "bc wc"),
    ]);
    let open = |further: Value| {
        let mut object = object(json!([]), json!({ "type": "string" }));
        object["additionalProperties"] = further;
        object
    };
    let anything = object(free.clone(), text());
    all(vec![
        (anything.clone(), open(json!({ "description": "Any." })), "cc cc"),
        (anything.clone(), open(json!({ "nullable": true })), "cc cc"),
        (anything.clone(), open(json!({ "anyOf": [{}, { "type": "string" }] })), "cc cc"),
    ]);
}

#[test]
fn the_form_in_xml_matters_where_xml_is_sent() {
    let body = |media_type: &str, name: &str| {
        let schema = json!({ "type": "object", "xml": { "name": name } });
        let content = json!({ media_type: { "schema": schema } });
        operation(json!({ "requestBody": { "content": content } }), json!({}))
    };
    let case = |media_type: &'static str, level: Level| {
        (media_type, body(media_type, "a"), body(media_type, "b"), [level, level])
    };
    check_documents(vec![
        case("application/json", C),
        case("application/xml", W),
        case("text/xml", W),
        case("application/problem+xml", W),
    ]);
}

#[test]
fn one_of_and_any_of() {
    let group = |keyword: &str, members: Value| json!({ keyword: members });
    let same = |members: Value| (group("oneOf", members.clone()), group("anyOf", members), "cc cc");
    let tagged = |tag: &str| json!({ "type": "object", "required": ["t"], "properties": { "t": { "type": "string", "enum": [tag] } } });
    let (text, whole) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let list = |items: Value| json!({ "type": "array", "items": items });
    all(vec![
        same(json!([text, { "type": "integer" }])),
        same(json!([text, { "type": "integer" }, { "type": "array", "items": text }])),
        same(json!([tagged("a"), tagged("b")])),
        same(json!([{ "type": "string", "maxLength": 3 }, { "type": "string", "minLength": 4 }])),
        same(json!([{ "type": "integer", "maximum": 3 }, { "type": "integer", "minimum": 4 }])),
        same(json!([
            { "type": "array", "items": text, "minItems": 1 },
            { "type": "array", "items": { "type": "integer" } },
        ])),
        same(json!([
            { "type": "object", "required": ["a", "b"] },
            { "type": "object", "not": { "required": ["a"] } },
        ])),
        // An empty list is one of both.
        (
            group(
                "oneOf",
                json!([{ "type": "array", "items": text }, { "type": "array", "items": { "type": "integer" } }]),
            ),
            group(
                "anyOf",
                json!([{ "type": "array", "items": text }, { "type": "array", "items": { "type": "integer" } }]),
            ),
            "cb bc",
        ),
        (
            group(
                "oneOf",
                json!([{ "type": "object", "required": ["b"] }, { "type": "object", "not": { "required": ["a"] } }]),
            ),
            group(
                "anyOf",
                json!([{ "type": "object", "required": ["b"] }, { "type": "object", "not": { "required": ["a"] } }]),
            ),
            "cb bc",
        ),
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
            group(
                "anyOf",
                json!([text, { "type": "integer" }, { "type": "string", "maxLength": 3 }]),
            ),
            "cc cc",
        ),
        (
            group("anyOf", json!([text, { "type": "string", "maxLength": 3 }])),
            text.clone(),
            "cc cc",
        ),
        // But `oneOf` refuses what it takes.
        (
            group("anyOf", json!([{ "enum": ["a", "b"] }, { "enum": ["b", "c"] }])),
            group("oneOf", json!([{ "enum": ["a", "b"] }, { "enum": ["b", "c"] }])),
            "bc cw",
        ),
        (
            text.clone(),
            group("oneOf", json!([text, { "type": "string", "maxLength": 3 }])),
            "bc cb",
        ),
        (
            group("oneOf", json!([text, { "type": "integer" }])),
            group(
                "oneOf",
                json!([text, { "type": "integer" }, { "type": "string", "maxLength": 3 }]),
            ),
            "bc cb",
        ),
        (
            group(
                "oneOf",
                json!([
                    text,
                    group("oneOf", json!([{ "type": "integer" }, { "type": "boolean" }]))
                ]),
            ),
            group("oneOf", json!([text, { "type": "integer" }, { "type": "boolean" }])),
            "cc cc",
        ),
        (
            json!({ "type": "object", "properties": { "a": text, "b": text } }),
            json!({ "type": "object", "properties": { "a": text, "b": text }, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            "bc cb",
        ),
        // A new member of a `oneOf` takes away what it shares with another one.
        (
            group("oneOf", json!([list(text.clone()), { "type": "boolean" }])),
            group("oneOf", json!([list(text.clone()), { "type": "boolean" }, list(whole.clone())])),
            "bb bb",
        ),
        (
            json!({ "type": "string", "minLength": 2 }),
            group("oneOf", json!([text, { "type": "string", "minLength": 3 }, whole])),
            "bb bb",
        ),
        // Members of a group inside another one exclude each other by the keyword of theirs.
        (
            group("oneOf", json!([group("anyOf", json!([whole, { "type": "number" }])), text])),
            group("oneOf", json!([{ "type": "number" }, text])),
            "cc cc",
        ),
        (
            group("anyOf", json!([group("oneOf", json!([whole, { "type": "number" }])), text])),
            group("anyOf", json!([{ "type": "number" }, text])),
            "cb bc",
        ),
    ]);
}

/// A document with one operation, made of its parts.
fn operation(parts: Value, components: Value) -> Document {
    let mut operation = json!({
        "operationId": "do_it",
        "responses": { "200": { "description": "Done." } },
    });
    for (key, value) in parts.as_object().unwrap() {
        operation[key] = value.clone();
    }
    parse(&json!({
        "openapi": "3.0.4",
        "info": { "title": "Kinds", "version": "1" },
        "paths": { "/it": { "post": operation } },
        "components": components,
    }))
}

/// Checks pairs of documents, each with the worst level there and back.
fn check_documents(cases: Vec<(&str, Document, Document, [Level; 2])>) {
    let mut problems = Vec::new();
    for (name, old, new, expected) in cases {
        for (old, new, expected) in [(&old, &new, expected[0]), (&new, &old, expected[1])] {
            let changes = compare(old, new);
            let found = changes.iter().map(|change| change.level).min();
            if found != Some(expected) {
                problems.push(format!("{name}: {found:?}, expected {expected}: {changes:#?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

const B: Level = Level::Breaking;
const W: Level = Level::Warning;
const C: Level = Level::Compatible;
const D: Level = Level::Docs;

#[test]
fn text_has_no_type_on_the_wire() {
    let parameter = |place: &str, schema: Value| {
        operation(
            json!({ "parameters": [{ "name": "p", "in": place, "schema": schema }] }),
            json!({}),
        )
    };
    let header = |schema: Value| {
        let headers = json!({ "X-P": { "schema": schema } });
        operation(
            json!({ "responses": { "200": { "description": "", "headers": headers } } }),
            json!({}),
        )
    };
    let body = |media_type: &str, schema: Value| {
        let content = json!({ media_type: { "schema": schema } });
        operation(json!({ "requestBody": { "content": content } }), json!({}))
    };
    let form = |schema| body("application/x-www-form-urlencoded", inside(schema));
    let mut cases = Vec::new();
    let text = || json!({ "type": "string" });
    for (narrow, wide) in [
        (json!({ "type": "integer" }), text()),
        (json!({ "type": "number" }), text()),
        (json!({ "type": "boolean" }), text()),
        (json!({ "type": "integer" }), json!({ "type": "number" })),
        (json!({ "type": "integer", "format": "int64" }), text()),
        (json!({ "type": "string", "enum": ["a", "b"] }), text()),
    ] {
        for place in ["query", "header", "cookie"] {
            let (old, new) = (parameter(place, narrow.clone()), parameter(place, wide.clone()));
            cases.push((place, old, new, [C, B]));
        }
        cases.push(("form", form(narrow.clone()), form(wide.clone()), [C, B]));
        let widened = if narrow.get("enum").is_some() { W } else { B };
        cases.push(("response header", header(narrow.clone()), header(wide.clone()), [widened, C]));
    }
    for (a, b) in [
        (
            json!({ "type": "integer", "enum": [1, 2] }),
            json!({ "type": "string", "enum": ["1", "2"] }),
        ),
        (json!({ "type": "boolean" }), json!({ "type": "string", "enum": ["true", "false"] })),
    ] {
        cases.push((
            "listed",
            parameter("query", a.clone()),
            parameter("query", b.clone()),
            [C, C],
        ));
        cases.push(("listed", header(a.clone()), header(b.clone()), [C, C]));
        cases.push(("listed", form(a), form(b), [C, C]));
    }
    for (narrow, wide) in [
        (json!({ "type": "integer" }), json!({ "type": "string", "minLength": 1 })),
        (
            json!({ "type": "integer", "enum": [1, 3], "not": { "multipleOf": 2 } }),
            json!({ "type": "integer", "enum": [1, 3, 5], "not": { "multipleOf": 2 } }),
        ),
        (json!({ "type": "boolean" }), json!({ "type": "string", "minLength": 4, "maxLength": 5 })),
        (
            json!({ "type": "boolean" }),
            json!({ "type": "string", "enum": ["true", "false", "auto"] }),
        ),
        (json!({ "type": "integer", "default": 1 }), json!({ "type": "string", "default": "1" })),
    ] {
        cases.push((
            "query",
            parameter("query", narrow.clone()),
            parameter("query", wide.clone()),
            [C, B],
        ));
        cases.push(("form", form(narrow), form(wide), [C, B]));
    }
    for (a, b) in [
        (json!({ "type": "integer" }), json!({ "type": "boolean" })),
        (json!({ "type": "boolean" }), json!({ "type": "string", "minLength": 5 })),
        (json!({ "type": "integer" }), json!({ "type": "string", "format": "uuid" })),
        (json!({ "type": "integer" }), json!({ "type": "string", "maxLength": 3 })),
    ] {
        cases.push(("other text", parameter("query", a), parameter("query", b), [B, B]));
    }
    let json = |schema| body("application/json", inside(schema));
    cases.push(("JSON", json(json!({ "type": "integer" })), json(text()), [B, B]));
    let many = |schema: Value| json!({ "type": "array", "items": schema });
    cases.extend([
        ("one of many", parameter("query", text()), parameter("query", many(text())), [C, B]),
        (
            "one of many others",
            parameter("query", text()),
            parameter("query", many(json!({ "type": "integer" }))),
            [B, B],
        ),
        (
            "one of two",
            parameter("query", text()),
            parameter("query", json!({ "type": "array", "items": text(), "minItems": 2 })),
            [B, B],
        ),
        (
            "a number of many",
            parameter("header", json!({ "type": "integer" })),
            parameter("header", many(json!({ "type": "integer" }))),
            [C, B],
        ),
        ("field repeated", form(text()), form(many(text())), [C, B]),
    ]);
    check_documents(cases);
}

#[test]
fn http_has_no_case_there() {
    let scheme = |scheme: Value| {
        operation(
            json!({ "security": [{ "k": [] }] }),
            json!({ "securitySchemes": { "k": scheme } }),
        )
    };
    let response = |value: Value| {
        let mut response = json!({ "description": "Done." });
        for (key, value) in value.as_object().unwrap() {
            response[key] = value.clone();
        }
        operation(json!({ "responses": { "200": response } }), json!({}))
    };
    let header =
        |name: &str| response(json!({ "headers": { name: { "schema": { "type": "string" } } } }));
    let parameter = |place: &str, name: &str| {
        operation(
            json!({ "parameters": [{ "name": name, "in": place, "schema": { "type": "string" } }] }),
            json!({}),
        )
    };
    let key =
        |place: &str, name: &str| scheme(json!({ "type": "apiKey", "in": place, "name": name }));
    let http = |name: &str| scheme(json!({ "type": "http", "scheme": name }));
    let server = |url: &str| {
        parse(&json!({
            "openapi": "3.0.4", "info": { "title": "Kinds", "version": "1" },
            "servers": [{ "url": url }], "paths": {},
        }))
    };
    check_documents(vec![
        ("scheme", http("basic"), http("Basic"), [C, C]),
        ("another scheme", http("basic"), http("digest"), [B, B]),
        ("key in a header", key("header", "X-Key"), key("header", "x-key"), [C, C]),
        ("key in a query", key("query", "Key"), key("query", "key"), [B, B]),
        ("response header", header("X-A"), header("x-a"), [C, C]),
        ("header parameter", parameter("header", "X-A"), parameter("header", "x-a"), [C, C]),
        ("query parameter", parameter("query", "A"), parameter("query", "a"), [W, W]),
        ("server", server("https://API.example/V1"), server("HTTPS://api.example/V1"), [C, C]),
        ("port", server("https://api.example/V1"), server("https://api.example:443/V1"), [C, C]),
        ("another port", server("http://api.example"), server("http://api.example:443"), [B, B]),
        (
            "path of a server",
            server("https://api.example/V1"),
            server("https://api.example/v1"),
            [B, B],
        ),
    ]);
}

#[test]
fn media_types_have_parameters_and_ranges() {
    let content = |names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), json!({ "schema": { "type": "string" } })))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let answer = |names: &[&str]| {
        let response = json!({ "description": "", "content": content(names) });
        operation(json!({ "responses": { "200": response } }), json!({}))
    };
    let body = |names: &[&str]| {
        operation(json!({ "requestBody": { "content": content(names) } }), json!({}))
    };
    let mut cases = Vec::new();
    for with in ["application/json; charset=utf-8", "Application/JSON", "application/json;v=2"] {
        cases.push(("answer", answer(&["application/json"]), answer(&[with]), [C, C]));
        cases.push(("body", body(&["application/json"]), body(&[with]), [C, C]));
    }
    for range in ["application/*", "*/*"] {
        cases.push(("answer", answer(&["application/json"]), answer(&[range]), [C, C]));
        cases.push(("body", body(&["application/json"]), body(&[range]), [C, B]));
    }
    cases.push(("body", body(&["text/plain"]), body(&["application/*"]), [B, B]));
    for (one, range, to, fro) in [
        ("application/vnd.a+json", "application/*+json", C, B),
        ("application/*+json", "application/*", C, B),
        ("application/json", "application/*+json", B, B),
        ("application/vnd.a+xml", "application/*+json", B, B),
    ] {
        cases.push(("suffix", body(&[one]), body(&[range]), [to, fro]));
        let fro = if to == C { C } else { B };
        cases.push(("suffix", answer(&[one]), answer(&[range]), [to, fro]));
    }
    let octets = |media_type: Value| {
        let content = json!({ "application/octet-stream": media_type });
        let response = json!({ "description": "", "content": content });
        operation(json!({ "responses": { "200": response } }), json!({}))
    };
    let binary = json!({ "schema": { "type": "string", "format": "binary" } });
    cases.push(("octets", octets(json!({})), octets(binary), [C, C]));
    let content = |media_type: Value| {
        let content = json!({ "application/json": media_type });
        operation(json!({ "requestBody": { "content": content } }), json!({}))
    };
    cases.push(("schema", content(json!({})), content(json!({ "schema": {} })), [C, C]));
    cases.push(("answer", answer(&["text/plain"]), answer(&["application/json"]), [B, B]));
    check_documents(cases);
}

#[test]
fn scopes_are_offered_and_required() {
    let flow = |name: &str, url: &str, scopes: Value| {
        let flows = json!({ name: { "tokenUrl": url, "scopes": scopes } });
        let schemes = json!({ "o": { "type": "oauth2", "flows": flows } });
        operation(json!({ "security": [{ "o": ["r"] }] }), json!({ "securitySchemes": schemes }))
    };
    let base = || flow("clientCredentials", "https://e/t", json!({ "r": "read" }));
    let required = |scopes: Value| {
        let flows = json!({ "clientCredentials": { "tokenUrl": "https://e/t", "scopes": { "r": "", "w": "" } } });
        let schemes = json!({ "o": { "type": "oauth2", "flows": flows } });
        operation(json!({ "security": [{ "o": scopes }] }), json!({ "securitySchemes": schemes }))
    };
    let ways = |security: Value| {
        let basic = json!({ "type": "http", "scheme": "basic" });
        let key = json!({ "type": "apiKey", "in": "header", "name": "K" });
        operation(
            json!({ "security": security }),
            json!({ "securitySchemes": { "a": basic, "b": key } }),
        )
    };
    check_documents(vec![
        (
            "text",
            base(),
            flow("clientCredentials", "https://e/t", json!({ "r": "Reads." })),
            [D, D],
        ),
        (
            "offer",
            base(),
            flow("clientCredentials", "https://e/t", json!({ "r": "read", "w": "" })),
            [C, C],
        ),
        (
            "address",
            base(),
            flow("clientCredentials", "https://e/u", json!({ "r": "read" })),
            [B, B],
        ),
        (
            "spelling of the address",
            base(),
            flow("clientCredentials", "HTTPS://E:443/t", json!({ "r": "read" })),
            [C, C],
        ),
        ("flow", base(), flow("password", "https://e/t", json!({ "r": "read" })), [B, B]),
        ("requirement", required(json!(["r"])), required(json!(["r", "w"])), [B, C]),
        ("one of two", ways(json!([{ "a": [], "b": [] }])), ways(json!([{ "a": [] }])), [C, B]),
        ("none", ways(json!([])), ways(json!([{}])), [C, C]),
        ("none or one", ways(json!([])), ways(json!([{}, { "a": [] }])), [C, C]),
        ("one or none", ways(json!([{ "a": [] }])), ways(json!([{ "a": [] }, {}])), [C, B]),
        ("one", ways(json!([])), ways(json!([{ "a": [] }])), [B, C]),
        ("either", ways(json!([{ "a": [] }])), ways(json!([{ "a": [] }, { "b": [] }])), [C, B]),
    ]);
}

#[test]
fn headers_are_written_like_parameters() {
    let header = |header: Value| {
        let response = json!({ "description": "", "headers": { "X-H": header } });
        operation(json!({ "responses": { "200": response } }), json!({}))
    };
    let list = json!({ "type": "array", "items": { "type": "string" } });
    let plain = |schema: &Value| header(json!({ "schema": schema }));
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    check_documents(vec![
        (
            "content",
            plain(&list),
            header(json!({ "content": { "application/json": { "schema": list } } })),
            [B, B],
        ),
        ("explode", plain(&object), header(json!({ "schema": object, "explode": true })), [B, B]),
        (
            "explode of one",
            plain(&json!({ "type": "string" })),
            header(json!({ "schema": { "type": "string" }, "explode": true })),
            [C, C],
        ),
        ("deprecated", plain(&list), header(json!({ "schema": list, "deprecated": true })), [C, C]),
        ("style", plain(&list), header(json!({ "schema": list, "style": "simple" })), [C, C]),
        ("text", plain(&list), header(json!({ "schema": list, "description": "Some." })), [D, D]),
    ]);
}

#[test]
fn explode_matters_where_a_value_has_parts() {
    let parameter = |style: &str, explode: bool, schema: &Value| {
        let (place, required) = if style == "form" { ("query", false) } else { ("header", true) };
        let parameter = json!({ "name": "p", "in": place, "required": required, "style": style, "explode": explode, "schema": schema });
        operation(json!({ "parameters": [parameter] }), json!({}))
    };
    let text = json!({ "type": "string" });
    let mut cases = Vec::new();
    for (schema, form, simple) in [
        (text.clone(), C, C),
        (json!({ "allOf": [text] }), C, C),
        (json!({ "oneOf": [text, { "type": "integer" }] }), C, C),
        (json!({ "enum": ["a", "b"] }), C, C),
        (json!({ "type": "array", "items": text }), B, C),
        (json!({ "oneOf": [text, { "type": "array", "items": text }] }), B, C),
        (inside(text.clone()), B, B),
        (json!({}), B, B),
    ] {
        for (style, level) in [("form", form), ("simple", simple)] {
            let [one, other] = [false, true].map(|explode| parameter(style, explode, &schema));
            cases.push((style, one, other, [level, level]));
        }
    }
    check_documents(cases);
}

#[test]
fn the_encoding_of_a_field_can_be_what_it_is_without() {
    let body = |media_type: &str, schema: &Value, encoding: Value| {
        let mut body = json!({ "schema": inside(schema.clone()) });
        if !encoding.is_null() {
            body["encoding"] = json!({ "p": encoding });
        }
        operation(json!({ "requestBody": { "content": { media_type: body } } }), json!({}))
    };
    let [form, multipart, none] =
        ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];
    let text = json!({ "type": "string" });
    let list = json!({ "type": "array", "items": text });
    let file = json!({ "type": "string", "format": "binary" });
    let mut cases = Vec::new();
    for (media_type, schema, encoding, level) in [
        (multipart, &text, json!({ "contentType": "text/plain" }), C),
        (multipart, &list, json!({ "contentType": "text/plain" }), C),
        (multipart, &inside(text.clone()), json!({ "contentType": "application/json" }), C),
        (multipart, &file, json!({ "contentType": "application/octet-stream" }), C),
        (multipart, &file, json!({ "contentType": "image/png" }), W),
        (multipart, &text, json!({ "contentType": "text/csv" }), W),
        (multipart, &list, json!({ "explode": false }), C),
        (multipart, &text, json!({ "headers": { "X-A": { "schema": text } } }), W),
        (form, &list, json!({ "style": "form", "explode": true }), C),
        (form, &list, json!({ "explode": false }), W),
        (form, &text, json!({ "explode": false }), C),
        (form, &text, json!({ "allowReserved": false }), C),
        (form, &text, json!({ "allowReserved": true }), W),
        (form, &text, json!({ "headers": { "X-A": { "schema": text } } }), C),
        (none, &text, json!({ "contentType": "text/csv" }), C),
    ] {
        let (old, new) =
            (body(media_type, schema, Value::Null), body(media_type, schema, encoding));
        cases.push((media_type, old, new, [level, level]));
    }
    check_documents(cases);
}

#[test]
fn statuses_cover_each_other() {
    let answers = |statuses: &[&str]| {
        let responses: serde_json::Map<_, _> = statuses
            .iter()
            .map(|status| ((*status).to_owned(), json!({ "description": "Done." })))
            .collect();
        operation(json!({ "responses": responses }), json!({}))
    };
    check_documents(vec![
        ("a range beside its status", answers(&["200", "2XX"]), answers(&["200"]), [C, C]),
        ("a range for two", answers(&["200", "201"]), answers(&["2XX"]), [C, C]),
        ("a status", answers(&["200", "201"]), answers(&["200"]), [B, C]),
        ("another range", answers(&["200", "4XX"]), answers(&["200"]), [C, C]),
    ]);
}

#[test]
fn defaults_stand_for_what_is_left_out() {
    let parameter = |required: bool, default: &str| {
        let schema = json!({ "type": "string", "default": default });
        let parameter =
            json!({ "name": "p", "in": "query", "required": required, "schema": schema });
        operation(json!({ "parameters": [parameter] }), json!({}))
    };
    let body = |required: Value, default: &str| {
        let mut schema = inside(json!({ "type": "string", "default": default }));
        schema["required"] = required;
        let content = json!({ "application/json": { "schema": schema } });
        operation(json!({ "requestBody": { "content": content } }), json!({}))
    };
    check_documents(vec![
        ("required", parameter(true, "a"), parameter(true, "b"), [C, C]),
        ("optional", parameter(false, "a"), parameter(false, "b"), [W, W]),
        ("required property", body(json!(["p"]), "a"), body(json!(["p"]), "b"), [C, C]),
        ("optional property", body(json!(["q"]), "a"), body(json!(["q"]), "b"), [W, W]),
    ]);
}

#[test]
fn words_say_what_happened_where_it_did() {
    let call = json!({
        "description": "A call.",
        "example": { "id": "1" },
        "type": "object",
        "properties": { "id": { "type": "string" } },
    });
    let document = |schema: Value, channel: Value| {
        let response =
            json!({ "description": "", "content": { "application/json": { "schema": schema } } });
        let components = json!({ "schemas": { "Call": call, "Channel": channel } });
        operation(json!({ "responses": { "200": response } }), components)
    };
    let channel = || json!({ "type": "string", "enum": ["a", "b"] });
    let one = json!({ "$ref": "#/components/schemas/Call" });
    let many = json!({ "type": "array", "items": one });
    let told = |old: &Document, new: &Document| -> Vec<String> {
        compare(old, new).into_iter().map(|c| format!("{} {}", c.level, c.message)).collect()
    };
    let listed = told(&document(one.clone(), channel()), &document(many, channel()));
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0].starts_with("breaking response body: type changed from `object` to `array`"));
    let unused = told(
        &document(one.clone(), channel()),
        &document(one, json!({ "type": "string", "enum": ["a"] })),
    );
    assert!(
        unused[0].starts_with("compatible schema `Channel`: enum value `b` removed"),
        "{unused:?}"
    );

    // A type that has the properties of another changes with it, on the wire too.
    let derived = |schema: Value| {
        let base = json!({ "type": "object", "properties": { "z": schema } });
        let more = json!({ "type": "object", "properties": { "m": { "type": "string" } } });
        let mid = json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, more] });
        let content =
            json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Mid" } } });
        operation(
            json!({ "requestBody": { "content": content } }),
            json!({ "schemas": { "Base": base, "Mid": mid } }),
        )
    };
    // What several of a kind have is told by name, and one thing is told once.
    let parameter = |words: &str| {
        let parameter = json!({ "name": "p", "in": "query", "description": words, "schema": {} });
        operation(json!({ "parameters": [parameter] }), json!({}))
    };
    let named = told(&parameter("a"), &parameter("b"));
    assert_eq!(named, ["docs query parameter `p`: `description` changed"]);
    let scheme = |scheme: Value| {
        let schemes = json!({ "securitySchemes": { "s": scheme } });
        operation(json!({ "security": [{ "s": [] }] }), schemes)
    };
    let other_kind = told(
        &scheme(json!({ "type": "http", "scheme": "basic" })),
        &scheme(json!({ "type": "apiKey", "in": "header", "name": "K" })),
    );
    let expected = "breaking security scheme `s`: `type` changed from `http` to `apiKey`";
    assert_eq!(other_kind, [expected]);
    let calls = |kind: &str| {
        let schema = json!({ "application/json": { "schema": { "type": kind } } });
        let event = json!({ "post": {
            "requestBody": { "content": schema }, "responses": { "204": { "description": "" } },
        } });
        operation(json!({ "callbacks": { "done": { "{$url}": event } } }), json!({}))
    };
    let called = told(&calls("string"), &calls("integer"));
    let expected = "warning callback `done`, POST {$url}: request body: type changed from `string` \
                    to `integer`";
    assert_eq!(called, [expected]);
    let served = |words: &str| {
        let variables = json!({ "r": { "default": "a", "description": words } });
        let mut document = calls("string").root().to_json();
        document["servers"] = json!([{ "url": "https://{r}.example", "variables": variables }]);
        parse(&document)
    };
    let words = told(&served("a"), &served("b"));
    assert_eq!(words, ["docs server `https://a.example`: the words of its `variables` changed"]);

    let inherited =
        told(&derived(json!({ "type": "string" })), &derived(json!({ "type": "integer" })));
    assert_eq!(inherited.len(), 1, "{inherited:?}");
}

/// Schemas that contain themselves through alternatives take the same, however often what they
/// name is written out in its place.
#[test]
fn a_recursion_through_alternatives_is_the_same_written_out() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let branch = |two: Value| json!({ "type": "object", "properties": { "two": two } });
    let tree =
        |two: Value| json!({ "type": "object", "required": ["two"], "properties": { "two": two } });
    let of = |body: Value, first: Value, second: Value| {
        let content = json!({ "application/json": { "schema": body } });
        parse(&json!({
            "openapi": "3.0.4",
            "info": { "title": "Trees", "version": "1" },
            "paths": { "/trees": { "put": {
                "operationId": "plant",
                "requestBody": { "content": content },
                "responses": { "200": { "description": "Here.", "content": content } },
            } } },
            "components": { "schemas": { "First": first, "Second": second } },
        }))
    };
    let either = |keyword: &str, one: Value| json!({ keyword: [{ "type": "boolean" }, one] });
    for keyword in ["oneOf", "anyOf"] {
        let plain = of(
            either(keyword, reference("First")),
            branch(reference("Second")),
            tree(either(keyword, reference("First"))),
        );
        for levels in 1..8 {
            let mut written_out = reference("First");
            for level in 0..levels {
                let wrapped = json!({ ["allOf", "oneOf", "anyOf"][level % 3]: [written_out] });
                written_out = branch(tree(json!({ keyword: [wrapped, { "type": "boolean" }] })));
            }
            let other = of(
                either(keyword, written_out.clone()),
                written_out,
                tree(either(keyword, branch(reference("Second")))),
            );
            for (old, new) in [(&plain, &other), (&other, &plain)] {
                let mut changes = compare(old, new);
                changes.retain(|change| change.level <= Level::Warning);
                assert!(changes.is_empty(), "{levels} levels of {keyword}: {changes:#?}");
            }
        }
    }
}

/// Schemas that contain each other through alternatives, in each of the ways to contain one.
fn web(names: &str, count: usize, keyword: &str) -> Document {
    let reference =
        |index: usize| json!({ "$ref": format!("#/components/schemas/{names}{index}") });
    let members: Vec<_> = (0..count).map(reference).collect();
    let schemas: serde_json::Map<_, _> = (0..count)
        .map(|index| {
            let schema = json!({
                "type": "object",
                "properties": {
                    format!("own{index}"): { keyword: members },
                    "list": { "type": "array", "items": { keyword: members } },
                    "map": { "type": "object", "additionalProperties": { keyword: members } },
                    "not": { "not": reference((index + 1) % count) },
                },
            });
            (format!("{names}{index}"), schema)
        })
        .collect();
    let content = json!({ "application/json": { "schema": reference(0) } });
    operation(json!({ "requestBody": { "content": content } }), json!({ "schemas": schemas }))
}

#[test]
fn schemas_that_contain_each_other_are_followed_as_far_as_that_ends_soon() {
    let plain = web("A", 6, "oneOf");
    for change in compare(&plain, &web("B", 6, "oneOf")) {
        assert!(change.level > Level::Warning, "another name is no other schema: {change:?}");
    }
    let changes = compare(&plain, &web("A", 6, "anyOf"));
    assert!(changes.iter().any(|change| change.id.ends_with("-one-of-became-any-of")));
    assert!(!changes.iter().any(|change| change.id.ends_with("-of-removed")), "{changes:#?}");
}

/// Schemas of which each has the next one as an alternative inside.
fn chain(names: &str, count: usize) -> Document {
    let schemas: serde_json::Map<_, _> = (0..count)
        .map(|index| {
            let next = json!({ "$ref": format!("#/components/schemas/{names}{}", index + 1) });
            let either = json!({ "oneOf": [{ "type": "string" }, next] });
            (format!("{names}{index}"), inside(if index + 1 < count { either } else { json!({}) }))
        })
        .collect();
    let first = json!({ "$ref": format!("#/components/schemas/{names}0") });
    let content =
        json!({ "application/json": { "schema": { "oneOf": [{ "type": "string" }, first] } } });
    operation(json!({ "requestBody": { "content": content } }), json!({ "schemas": schemas }))
}

#[test]
fn what_is_too_deep_to_be_followed_counts_as_changed_and_that_is_said() {
    let said = |count| {
        let changes = compare(&chain("A", count), &chain("B", count));
        let worst = changes.iter().map(|change| change.level).min();
        (worst, changes.iter().any(|change| change.id == "schema-comparison-cut-short"))
    };
    assert_eq!(said(40), (Some(C), false));
    assert_eq!(said(60), (Some(B), true));
}

#[test]
fn what_is_said_twice_is_said_once() {
    let mut cases = Vec::new();
    for (kind, keyword, value) in [
        ("string", "pattern", json!("^a")),
        ("string", "format", json!("date")),
        ("string", "format", json!("of-our-own")),
        ("string", "not", json!({ "enum": ["a"] })),
        ("string", "not", json!({ "maxLength": 3 })),
        ("string", "maxLength", json!(3)),
        ("array", "items", json!({ "type": "string", "format": "uuid" })),
        ("object", "additionalProperties", json!({ "type": "string", "pattern": "^a" })),
        ("object", "properties", json!({ "a": { "type": "string", "pattern": "^a" } })),
    ] {
        let once = json!({ "type": kind, keyword: value });
        let again = json!({ keyword: value });
        for twice in [
            json!({ "allOf": [once, once] }),
            json!({ "allOf": [once, again] }),
            json!({ "type": kind, keyword: value, "allOf": [again] }),
            json!({ "oneOf": [once], keyword: value }),
        ] {
            cases.push((once.clone(), twice, "cc cc"));
        }
        // A property is no limit, and an array has items.
        if !["properties", "items"].contains(&keyword) {
            let twice = json!({ "allOf": [once, again] });
            cases.push((json!({ "type": kind }), twice, "bc cb"));
        }
    }
    all(cases);
}

#[test]
fn numbers_between_limits_are_a_list() {
    let between =
        |least: Value, most: Value| json!({ "type": "integer", "minimum": least, "maximum": most });
    let listed = |values: Value| json!({ "type": "integer", "enum": values });
    all(vec![
        (between(json!(1), json!(3)), listed(json!([1, 2, 3])), "cc cc"),
        (between(json!(5), json!(5)), listed(json!([5])), "cc cc"),
        (between(json!(1), json!(3)), listed(json!([1, 2, 3, 4])), "cw bc"),
        (between(json!(1), json!(3)), listed(json!([1, 2])), "bc cw"),
        (
            json!({ "type": "integer", "minimum": 0, "maximum": 4, "multipleOf": 2 }),
            listed(json!([0, 2, 4])),
            "cc cc",
        ),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 3, "not": { "enum": [2] } }),
            listed(json!([1, 3])),
            "cc cc",
        ),
        (
            json!({ "type": "boolean", "not": { "enum": [true] } }),
            json!({ "type": "boolean", "enum": [false] }),
            "cc cc",
        ),
        (json!({ "type": "boolean" }), json!({ "enum": [true, false, "auto"] }), "cw bc"),
        (
            json!({ "type": "boolean" }),
            json!({ "oneOf": [{ "type": "boolean", "enum": [true] }, { "type": "boolean", "enum": [false] }] }),
            "cc cc",
        ),
        (
            json!({ "type": "boolean", "nullable": true }),
            json!({ "type": "boolean", "nullable": true, "enum": [true, false, null] }),
            "cc cc",
        ),
        // Steps and limits that are too large to be counted.
        (
            json!({ "type": "integer", "multipleOf": 1e19, "minimum": 0, "maximum": 1e20 }),
            listed(json!([0, 1])),
            "bb bb",
        ),
        // A list that is split over the members of a union is one.
        (
            json!({ "anyOf": [{ "type": "integer" }, { "type": "string", "enum": ["a", "b"] }] }),
            json!({ "anyOf": [
                { "type": "integer" },
                { "anyOf": [{ "type": "string", "enum": ["a"] }, { "type": "string", "enum": ["b"] }] },
            ] }),
            "cc cc",
        ),
        (json!({ "type": "integer" }), json!({ "type": "integer", "format": "double" }), "cc cc"),
        (
            json!({ "type": "object", "additionalProperties": false }),
            json!({ "type": "object", "additionalProperties": { "not": {} } }),
            "cc cc",
        ),
    ]);
}

#[test]
fn values_are_in_several_lists_or_in_none() {
    let text = |values: Value| json!({ "type": "string", "enum": values });
    let object = || json!({ "type": "object" });
    let group = |keyword: &str, one: Value, two: Value| json!({ keyword: [one, two, object()] });
    all(vec![
        // `oneOf` refuses what two list.
        (
            group("oneOf", text(json!(["a", "b"])), text(json!(["b", "c"]))),
            group("oneOf", text(json!(["a", "b"])), text(json!(["c"]))),
            "cw bc",
        ),
        (
            group("anyOf", text(json!(["a", "b"])), text(json!(["b", "c"]))),
            group("anyOf", text(json!(["a", "b"])), text(json!(["c"]))),
            "cc cc",
        ),
        (
            json!({ "anyOf": [text(json!(["a", "b"])), { "type": "integer" }] }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
            "cb bc",
        ),
        // `null` is a value as any other.
        (
            json!({ "oneOf": [{ "enum": ["a", null] }, { "enum": ["b", null] }] }),
            json!({ "oneOf": [{ "enum": ["a"] }, { "enum": ["b", null] }] }),
            "cb bc",
        ),
        (
            json!({ "oneOf": [{ "type": "string", "nullable": true }, { "type": "integer", "nullable": true }] }),
            json!({ "anyOf": [{ "type": "string", "nullable": true }, { "type": "integer", "nullable": true }] }),
            "cb bc",
        ),
        (
            json!({ "type": "string", "nullable": true, "enum": ["a"] }),
            json!({ "type": "string", "nullable": true, "enum": ["a", null] }),
            "cw bc",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string", "nullable": true, "not": { "type": "string" } } }),
            json!({ "type": "object", "additionalProperties": false }),
            "bc cb",
        ),
    ]);
}

/// What a schema has inside may be itself.
#[test]
fn a_tree_with_limits_ends() {
    let tree = |least: u64| {
        let tree = json!({
            "type": "object",
            "minProperties": least,
            "additionalProperties": { "$ref": "#/components/schemas/Tree" },
        });
        let content =
            json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Tree" } } });
        operation(
            json!({ "requestBody": { "required": true, "content": content } }),
            json!({ "schemas": { "Tree": tree } }),
        )
    };
    check_documents(vec![("a tree", tree(1), tree(2), [B, C])]);
}

#[test]
fn values_are_ruled_out_by_whatever_is_under_not() {
    let listed = |more: Value| json!({ "type": "string", "enum": ["a", "b", "c"], "not": more });
    let plain = || json!({ "type": "string", "enum": ["a", "b", "c"] });
    let (a, b) = (json!({ "enum": ["a"] }), json!({ "enum": ["b"] }));
    let maybe = |not: Value| json!({ "type": "string", "nullable": true, "not": not });
    all(vec![
        (plain(), listed(json!({ "anyOf": [a, b] })), "bc cw"),
        (plain(), listed(json!({ "oneOf": [a, b] })), "bc cw"),
        (plain(), listed(json!({ "oneOf": [a, { "enum": ["a", "b"] }] })), "bc cw"),
        (plain(), listed(json!({ "allOf": [{ "minLength": 1 }, a] })), "bc cw"),
        (plain(), listed(json!({ "allOf": [a, b] })), "cc cc"),
        (plain(), listed(json!({ "not": { "enum": ["a", "b", "c"] } })), "cc cc"),
        (plain(), listed(json!({ "$ref": "#/components/schemas/Point" })), "cc cc"),
        (
            json!({ "type": "string" }),
            json!({ "type": "string", "not": { "description": "Nothing" } }),
            "bb bb",
        ),
        (
            plain(),
            listed(json!({ "anyOf": [{ "$ref": "#/components/schemas/Name" }, b] })),
            "bb bb",
        ),
        (
            json!({ "enum": [{ "x": 1 }, { "y": 1 }] }),
            json!({ "enum": [{ "x": 1 }, { "y": 1 }], "not": { "required": ["x"] } }),
            "bc cw",
        ),
        (
            json!({ "type": "string", "nullable": true }),
            maybe(json!({ "enum": [null], "nullable": true })),
            "bc cb",
        ),
        (
            json!({ "type": "string", "nullable": true }),
            maybe(json!({ "type": "string", "nullable": true, "enum": ["x", null] })),
            "bc cb",
        ),
        (json!({ "type": "string", "enum": ["a"] }), json!({ "enum": ["a", null] }), "cb bc"),
    ]);
}

/// A document whose operation sends and receives a base that names the schema by a property.
fn hierarchy(mapping: Value, cat: Value, send: bool, parent: &str) -> Document {
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } });
    let parts = match send {
        true => json!({ "requestBody": { "required": true, "content": content } }),
        false => json!({ "responses": { "200": { "description": "Done.", "content": content } } }),
    };
    let mut pet = json!({
        "type": "object",
        "required": ["kind"],
        "properties": { "kind": { "type": "string" } },
        "discriminator": { "propertyName": "kind" },
    });
    if !mapping.is_null() {
        pet["discriminator"]["mapping"] = mapping;
    }
    let cat = json!({ "allOf": [{ "$ref": format!("#/components/schemas/{parent}") }, cat] });
    let furred = json!({ "allOf": [{ "$ref": "#/components/schemas/Pet" }] });
    operation(parts, json!({ "schemas": { "Pet": pet, "Furred": furred, "Cat": cat } }))
}

#[test]
fn what_composes_a_base_can_stand_for_it() {
    let cat = |lives: Value| json!({ "type": "object", "properties": { "lives": lives } });
    let needed = json!({
        "type": "object", "required": ["lives"], "properties": { "lives": { "type": "integer" } },
    });
    let number = || cat(json!({ "type": "integer" }));
    let mut cases = Vec::new();
    for mapping in
        [Value::Null, json!({ "cat": "#/components/schemas/Cat" }), json!({ "cat": "Cat" })]
    {
        for narrower in [cat(json!({ "type": "integer", "maximum": 9 })), needed.clone()] {
            for (send, expected) in [(true, [B, C]), (false, [C, B])] {
                for parent in ["Pet", "Furred"] {
                    let document =
                        |cat: &Value| hierarchy(mapping.clone(), cat.clone(), send, parent);
                    cases.push((parent, document(&number()), document(&narrower), expected));
                }
            }
        }
    }
    check_documents(cases);
}

#[test]
fn what_has_no_effect_is_no_change() {
    let parameters = |parameters: Value| operation(json!({ "parameters": parameters }), json!({}));
    let query = |style: &str, explode: bool, schema: Value| {
        parameters(
            json!([{ "name": "p", "in": "query", "style": style, "explode": explode, "schema": schema }]),
        )
    };
    let reserved = |allow: bool, schema: Value| {
        parameters(
            json!([{ "name": "p", "in": "query", "allowReserved": allow, "schema": schema }]),
        )
    };
    let header = |name: &str, required: bool| {
        parameters(
            json!([{ "name": name, "in": "header", "required": required, "schema": { "type": "string" } }]),
        )
    };
    let many = || json!({ "type": "array", "items": { "type": "integer" } });
    let object = || json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let with_default = |required: bool, default: Value| {
        parameters(
            json!([{ "name": "p", "in": "query", "required": required, "schema": { "type": "integer", "default": default } }]),
        )
    };
    let response = |default: &str| {
        let schema = json!({ "type": "string", "default": default });
        let headers = json!({ "X-H": { "required": true, "schema": schema } });
        operation(
            json!({ "responses": { "200": { "description": "", "headers": headers } } }),
            json!({}),
        )
    };
    let callback = |words: &str, path: &str| {
        let called = json!({ "post": { "description": words, "responses": { "204": { "description": words } } } });
        operation(json!({ "callbacks": { "done": { path: called } } }), json!({}))
    };
    let event = json!({ "{$request.body#/url}": { "post": {
        "requestBody": { "content": { "application/json": { "schema": { "type": "string" } } } },
        "responses": { "204": { "description": "Taken." } },
    } } });
    let none = || operation(json!({}), json!({}));
    let list = |style: &str, explode| query(style, explode, many());
    let one_at_most = || json!({ "type": "array", "items": { "type": "string" }, "maxItems": 1 });
    check_documents(vec![
        (
            "deepObject",
            query("deepObject", true, object()),
            query("deepObject", false, object()),
            [C, C],
        ),
        ("pipes that are not there", list("pipeDelimited", true), list("form", true), [C, C]),
        ("pipes", list("pipeDelimited", false), list("form", false), [B, B]),
        (
            "pipes between nothing",
            query("pipeDelimited", false, json!({ "type": "integer" })),
            query("form", true, json!({ "type": "integer" })),
            [C, C],
        ),
        (
            "a list of one at most",
            query("form", true, one_at_most()),
            query("form", false, one_at_most()),
            [C, C],
        ),
        (
            "a number of many",
            query("form", true, json!({ "type": "integer" })),
            list("form", false),
            [C, B],
        ),
        (
            "reserved in numbers",
            reserved(true, json!({ "type": "integer" })),
            reserved(false, json!({ "type": "integer" })),
            [C, C],
        ),
        (
            "reserved in a list",
            reserved(true, json!({ "type": "string", "enum": ["a-b", "c"] })),
            reserved(false, json!({ "type": "string", "enum": ["a-b", "c"] })),
            [C, C],
        ),
        (
            "reserved in text",
            reserved(true, json!({ "type": "string" })),
            reserved(false, json!({ "type": "string" })),
            [W, W],
        ),
        ("ignored", header("Authorization", true), none(), [C, C]),
        ("ignored, too", none(), header("content-type", true), [C, C]),
        ("not ignored", none(), header("X-Type", true), [B, W]),
        ("always sent", with_default(true, json!(1)), with_default(false, json!(1)), [C, B]),
        ("always received", response("a"), response("b"), [C, C]),
        (
            "words of a callback",
            callback("a", "{$request.body#/url}"),
            callback("b", "{$request.body#/url}"),
            [D, D],
        ),
        (
            "the operation id of a callback",
            operation(
                json!({ "callbacks": { "done": { "{$url}": { "post": {
                "operationId": "done", "responses": { "204": { "description": "Taken." } },
            } } } } }),
                json!({}),
            ),
            operation(
                json!({ "callbacks": { "done": { "{$url}": { "post": {
                "operationId": "is_done", "responses": { "204": { "description": "Taken." } },
            } } } } }),
                json!({}),
            ),
            [D, D],
        ),
        (
            "a callback in other words",
            operation(json!({ "callbacks": { "done": event.clone() } }), json!({})),
            operation(
                json!({ "callbacks": { "done": { "$ref": "#/components/callbacks/Done" } } }),
                json!({ "callbacks": { "Done": {
                    "{$request.body#/url}": { "post": {
                        "requestBody": { "content": { "application/json": {
                            "schema": { "allOf": [{ "$ref": "#/components/schemas/Event" }] },
                        } } },
                        "responses": { "204": { "description": "Taken." } },
                    } },
                } }, "schemas": { "Event": { "type": "string", "minLength": 0 } } }),
            ),
            [C, C],
        ),
        (
            "another callback",
            callback("a", "{$request.body#/url}"),
            callback("a", "{$request.body#/uri}"),
            [W, W],
        ),
    ]);
}

#[test]
fn the_encoding_of_a_property_counts_wherever_the_property_is() {
    let form = |schema: Value, media_type: &str| {
        let encoding = json!({ "photo": { "contentType": media_type } });
        let content = json!({ "multipart/form-data": { "schema": schema, "encoding": encoding } });
        operation(json!({ "requestBody": { "content": content } }), json!({}))
    };
    let with = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string", "format": "binary" } } });
    let cases = [
        (with("photo"), [W, W]),
        (json!({ "allOf": [with("name"), with("photo")] }), [W, W]),
        (json!({ "oneOf": [with("name"), with("photo")] }), [W, W]),
        (json!({ "anyOf": [with("photo"), with("name")] }), [W, W]),
        (with("name"), [C, C]),
    ];
    let case = |(schema, expected): (Value, [Level; 2])| {
        ("encoding", form(schema.clone(), "image/png"), form(schema, "image/jpeg"), expected)
    };
    check_documents(cases.into_iter().map(case).collect());
}

#[test]
fn a_name_that_is_sent_is_no_mere_name() {
    let path = |name: &str, style: &str| {
        parse(&json!({
            "openapi": "3.0.4",
            "info": { "title": "Kinds", "version": "1" },
            "paths": { (format!("/it/{{{name}}}")): { "get": {
                "operationId": "do_it",
                "parameters": [{ "name": name, "in": "path", "required": true, "style": style, "schema": { "type": "string" } }],
                "responses": { "204": { "description": "Done." } },
            } } },
        }))
    };
    check_documents(vec![
        ("simple", path("a", "simple"), path("b", "simple"), [C, C]),
        ("label", path("a", "label"), path("b", "label"), [C, C]),
        ("matrix", path("a", "matrix"), path("b", "matrix"), [B, B]),
    ]);
}

#[test]
fn another_name_of_a_scheme_is_no_other_scheme() {
    let scheme = |name: &str, scheme: Value| {
        operation(
            json!({ "security": [{ name: [] }] }),
            json!({ "securitySchemes": { name: scheme } }),
        )
    };
    let bearer = |spelling: &str| json!({ "type": "http", "scheme": spelling });
    let key = |place: &str, name: &str| json!({ "type": "apiKey", "in": place, "name": name });
    let flow = |url: &str, text: &str| {
        let flow = json!({ "tokenUrl": url, "scopes": { "r": text } });
        json!({ "type": "oauth2", "flows": { "clientCredentials": flow } })
    };
    let two = |first: Value, second: Value, needed: &str| {
        let schemes = json!({ "securitySchemes": { "a": first, "b": second } });
        operation(json!({ "security": [{ needed: [] }] }), schemes)
    };
    check_documents(vec![
        ("its case", scheme("a", bearer("bearer")), scheme("b", bearer("Bearer")), [C, C]),
        ("another kind", scheme("a", bearer("bearer")), scheme("a", key("header", "K")), [B, B]),
        (
            "case of a header",
            scheme("a", key("header", "X-K")),
            scheme("b", key("header", "x-k")),
            [C, C],
        ),
        ("case in a query", scheme("a", key("query", "K")), scheme("b", key("query", "k")), [B, B]),
        (
            "words",
            scheme("a", flow("https://a.example/t", "Reads")),
            scheme("b", flow("https://A.example/t", "Reads all")),
            [C, C],
        ),
        (
            "a path of nothing",
            scheme("a", flow("https://a.example", "")),
            scheme("a", flow("https://a.example/", "")),
            [C, C],
        ),
        (
            "another URL",
            scheme("a", flow("https://a.example/t", "")),
            scheme("b", flow("https://b.example/t", "")),
            [B, B],
        ),
        (
            "names that changed places",
            two(bearer("bearer"), key("header", "K"), "a"),
            two(key("header", "K"), bearer("bearer"), "b"),
            [C, C],
        ),
        (
            "a name that another scheme took",
            two(bearer("bearer"), key("header", "K"), "b"),
            scheme("b", bearer("bearer")),
            [B, B],
        ),
        (
            "names that stayed",
            two(bearer("bearer"), key("header", "K"), "a"),
            two(key("header", "K"), bearer("bearer"), "a"),
            [B, B],
        ),
    ]);
}

#[test]
fn a_server_that_nobody_calls_is_no_matter_of_callers() {
    let served = |first: &str, own: Option<&str>| {
        let mut document = json!({
            "openapi": "3.0.4",
            "info": { "title": "Kinds", "version": "1" },
            "servers": [{ "url": first }],
            "paths": { "/it": { "get": {
                "operationId": "do_it",
                "responses": { "204": { "description": "Done." } },
            } } },
        });
        if let Some(own) = own {
            document["paths"]["/it"]["servers"] = json!([{ "url": own }]);
        }
        parse(&document)
    };
    let (one, two, own) =
        ("https://one.example", "https://two.example", Some("https://own.example"));
    check_documents(vec![
        ("called", served(one, None), served(two, None), [B, B]),
        ("not called", served(one, own), served(two, own), [C, C]),
        (
            "users have case",
            served("https://U@one.example", None),
            served("https://u@one.example", None),
            [B, B],
        ),
        (
            "`/` is none",
            served("/", None),
            parse(&{
                let mut document = served("/", None).root().to_json();
                document.as_object_mut().unwrap().remove("servers");
                document
            }),
            [C, C],
        ),
    ]);
}
