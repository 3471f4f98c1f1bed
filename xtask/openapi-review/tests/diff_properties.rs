//! What holds for all documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

use std::collections::{BTreeMap, BTreeSet};

use cx_client_build::{Document, validate};
use openapi_review::diff::{Level, compare};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A schema, from small parts that can be alike in two documents.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (0..4u8, any::<bool>()).prop_map(|(bound, nullable)| {
            let mut schema = json!({ "type": "string" });
            if bound > 0 {
                schema["maxLength"] = json!(u32::from(bound) * 10);
            }
            if nullable {
                schema["nullable"] = json!(true);
            }
            schema
        }),
        prop::sample::subsequence(vec!["a", "b", "c"], 1..=3)
            .prop_map(|values| json!({ "type": "string", "enum": values })),
        (1..3u8).prop_map(|minimum| json!({ "type": "integer", "minimum": minimum })),
        Just(json!({ "type": "number" })),
        Just(json!({ "type": "boolean", "description": "Yes or no." })),
        Just(json!({ "type": "string", "format": "uuid" })),
        (0..3u8).prop_map(|name| json!({ "$ref": format!("#/components/schemas/Shared{name}") })),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|items| json!({ "type": "array", "items": items })),
            (object(inner.clone())),
            // Of two alternatives that are the same, never exactly one fits.
            prop::collection::vec(inner.clone(), 1..3).prop_map(|mut list| {
                list.dedup();
                json!({ "oneOf": list })
            }),
            inner.prop_map(|values| json!({ "type": "object", "additionalProperties": values })),
        ]
    })
}

/// An object of properties, some of them required.
fn object(property: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let properties = prop::collection::btree_map(
        prop::sample::select(vec!["one", "two", "three", "four"]),
        (
            property,
            any::<bool>(),
            prop::option::of(prop::sample::select(vec!["readOnly", "writeOnly"])),
        ),
        1..4,
    );
    properties.prop_map(|properties| {
        let required: Vec<_> = properties
            .iter()
            .filter(|(_, (_, required, _))| *required)
            .map(|(name, _)| *name)
            .collect();
        let properties: Map<String, Value> = properties
            .iter()
            .map(|(name, (schema, _, only))| {
                let mut schema = schema.clone();
                if let (Some(only), None) = (only, schema.get("$ref")) {
                    schema[*only] = json!(true);
                }
                ((*name).to_owned(), schema)
            })
            .collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    })
}

/// A document with up to four operations and three shared schemas.
fn document() -> impl Strategy<Value = Value> {
    let shared = prop::collection::vec(object(schema()), 3);
    let operation = (
        prop::option::of(schema()),
        prop::option::of(schema()),
        prop::collection::btree_map(
            prop::sample::select(vec!["limit", "order"]),
            any::<bool>(),
            0..3,
        ),
        prop::sample::select(vec!["200", "2XX", "201", "default"]),
        prop::sample::select(vec!["basic", "bearer", ""]),
    );
    let operations = prop::collection::btree_map(
        (prop::sample::select(vec!["/a", "/b/{id}"]), prop::sample::select(vec!["get", "put"])),
        operation,
        1..4,
    );
    (shared, operations, any::<bool>()).prop_map(|(shared, operations, secured)| {
        let mut paths = Map::new();
        for ((path, method), (body, answer, parameters, status, scheme)) in operations {
            let mut list: Vec<Value> = parameters
                .into_iter()
                .map(|(name, required)| {
                    json!({ "name": name, "in": "query", "required": required, "schema": { "type": "string" } })
                })
                .collect();
            if path.contains('{') {
                list.push(json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
            }
            let mut operation = json!({
                "operationId": format!("{method}_{}", path.trim_matches(|c: char| !c.is_alphabetic()).replace("/{", "_")),
                "parameters": list,
                "responses": { status: { "description": "An answer." } },
            });
            if let Some(body) = body {
                operation["requestBody"] = json!({ "content": { "application/json": { "schema": body } } });
            }
            if let Some(answer) = answer {
                operation["responses"][status]["content"] = json!({ "application/json": { "schema": answer } });
            }
            if !scheme.is_empty() {
                operation["security"] = json!([{ scheme: [] }]);
            }
            let item = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
            item[method] = operation;
        }
        let schemas: Map<String, Value> = shared
            .into_iter()
            .enumerate()
            .map(|(index, schema)| (format!("Shared{index}"), schema))
            .collect();
        let mut document = json!({
            "openapi": "3.0.4",
            "info": { "title": "Any", "version": "1" },
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "basic": { "type": "http", "scheme": "basic" },
                    "bearer": { "type": "http", "scheme": "bearer" },
                },
                "schemas": schemas,
            },
        });
        if secured {
            document["security"] = json!([{ "basic": [] }]);
        }
        document
    })
}

fn parse(text: &str) -> Document {
    let document =
        Document::parse("any.yaml", text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let problems = validate(&document);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    document
}

/// Writes the value as YAML in block style, with the keys in another order.
fn reordered_yaml(value: &Value, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, field) in fields.iter().rev() {
                out.push_str(&format!("\n{pad}{}:", Value::from(key.as_str())));
                reordered_yaml(field, indent + 1, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{pad}-"));
                reordered_yaml(item, indent + 1, out);
            }
        }
        other => out.push_str(&format!(" {other}")),
    }
}

fn pointers(old: &Document, new: &Document) -> BTreeSet<String> {
    compare(old, new).into_iter().map(|change| change.pointer).collect()
}

/// Writes schemas in other words that say the same, chosen by a seed.
struct Rewriter<'a> {
    state: u64,
    components: &'a Value,
    /// How many references in a row were replaced by what they name.
    inlined: usize,
}

impl Rewriter<'_> {
    fn chance(&mut self, one_in: u64) -> bool {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.state >> 33).is_multiple_of(one_in)
    }

    /// Rewrites every schema of a document.
    fn document(&mut self, document: &Value) -> Value {
        let mut document = document.clone();
        let operations = document["paths"].as_object_mut().unwrap().values_mut();
        for operation in operations.flat_map(|item| item.as_object_mut().unwrap().values_mut()) {
            for parameter in operation["parameters"].as_array_mut().unwrap() {
                parameter["schema"] = self.schema(&parameter["schema"]);
            }
            let body = operation.pointer_mut("/requestBody/content/application~1json/schema");
            if let Some(schema) = body {
                *schema = self.schema(schema);
            }
            for response in operation["responses"].as_object_mut().unwrap().values_mut() {
                if let Some(schema) = response.pointer_mut("/content/application~1json/schema") {
                    *schema = self.schema(schema);
                }
            }
        }
        for schema in document["components"]["schemas"].as_object_mut().unwrap().values_mut() {
            *schema = self.schema(schema);
        }
        document
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next().unwrap();
            if self.inlined < 2 && self.chance(3) {
                schema = self.components[name].clone();
                self.inlined += 1;
                schema = self.schema(&schema);
                self.inlined -= 1;
            }
            return self.wrapped(schema);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(key).cloned() {
                schema[key] = self.schema(&inner);
            }
        }
        if let Some(members) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
            for member in members.iter_mut() {
                *member = self.schema(member);
            }
            if self.chance(2) {
                members.reverse();
            }
        }
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for property in properties.values_mut() {
                *property = self.schema(property);
            }
        }
        if let Some(list) = schema.get_mut("required").and_then(Value::as_array_mut) {
            list.reverse();
        }
        self.said_otherwise(&mut schema);
        self.wrapped(schema)
    }

    /// Keywords that say the same, or nothing.
    fn said_otherwise(&mut self, schema: &mut Value) {
        let values = schema.get("enum").and_then(Value::as_array).cloned();
        match schema.get("type").and_then(Value::as_str) {
            Some("string") if self.chance(3) => {
                schema["minLength"] = json!(0);
                schema["minimum"] = json!(7);
            }
            Some("string") if self.chance(3) && schema.get("pattern").is_none() => {
                schema["pattern"] = json!(".*");
            }
            Some("boolean") if self.chance(2) => schema["enum"] = json!([false, true]),
            Some("integer") if self.chance(2) => {
                schema["multipleOf"] = json!(1);
                if let Some(minimum) = schema.get("minimum").and_then(Value::as_i64) {
                    schema["minimum"] = json!(minimum - 1);
                    schema["exclusiveMinimum"] = json!(true);
                }
            }
            Some("array") if self.chance(2) => schema["uniqueItems"] = json!(false),
            Some("object") if self.chance(2) => schema["minProperties"] = json!(0),
            _ => {}
        }
        if let Some(mut values) = values
            && values.iter().all(Value::is_string)
            && self.chance(2)
        {
            values.reverse();
            schema["enum"] = json!(values);
        }
    }

    fn wrapped(&mut self, schema: Value) -> Value {
        if !self.chance(3) {
            return schema;
        }
        let keyword = ["allOf", "oneOf", "anyOf"][(self.state >> 40) as usize % 3];
        let mut wrapped = json!({ keyword: [&schema] });
        for key in ["type", "nullable"] {
            if let Some(value) = schema.get(key).cloned() {
                wrapped[key] = value;
            }
        }
        if keyword == "allOf" && self.chance(2) {
            wrapped["allOf"].as_array_mut().unwrap().push(json!({}));
        }
        self.wrapped(wrapped)
    }
}

/// The operations that break or may break, with the worst that is said of them.
fn verdicts(old: &Document, new: &Document) -> BTreeMap<String, Level> {
    let mut verdicts: BTreeMap<String, Level> = BTreeMap::new();
    for change in compare(old, new).into_iter().filter(|c| c.level <= Level::Warning) {
        for operation in change.operations {
            let known = verdicts.entry(operation).or_insert(change.level);
            *known = change.level.min(*known);
        }
    }
    verdicts
}

fn rewritten(document: &Value, seed: u64) -> Document {
    let components = &document["components"]["schemas"];
    parse(&Rewriter { state: seed, components, inlined: 0 }.document(document).to_string())
}

/// A share of the cases that are asked for, for tests of which each case takes its time.
fn one_case_in(parts: u32) -> ProptestConfig {
    let all = ProptestConfig::default();
    ProptestConfig { cases: all.cases.div_ceil(parts), failure_persistence: None, ..all }
}

proptest! {
    #![proptest_config(one_case_in(2))]

    #[test]
    fn the_same_document_has_no_difference(value in document()) {
        let plain = parse(&value.to_string());
        prop_assert_eq!(compare(&plain, &plain), []);
        let pretty = parse(&serde_json::to_string_pretty(&value).unwrap());
        prop_assert_eq!(compare(&plain, &pretty), [], "written again as JSON");
        let mut yaml = String::new();
        reordered_yaml(&value, 0, &mut yaml);
        let yaml = parse(yaml.trim_start());
        prop_assert_eq!(compare(&plain, &yaml), [], "written as YAML, in another order");
        prop_assert_eq!(compare(&yaml, &plain), [], "the other way");
    }

    #[test]
    fn both_ways_touch_the_same((a, b) in (document(), document())) {
        let (a, b) = (parse(&a.to_string()), parse(&b.to_string()));
        prop_assert_eq!(pointers(&a, &b), pointers(&b, &a), "{}\n{}", a.to_json(), b.to_json());
    }

    #[test]
    fn every_change_has_a_place((a, b) in (document(), document())) {
        let (a, b) = (parse(&a.to_string()), parse(&b.to_string()));
        let changes = compare(&a, &b);
        prop_assert_eq!(changes.is_empty(), a.to_json() == b.to_json());
        for change in &changes {
            prop_assert!(change.location().is_some(), "{change:?}");
            let found = [&a, &b].iter().any(|document| document.at(&change.pointer).is_some());
            prop_assert!(found, "{change:?}");
        }
        prop_assert_eq!(changes, compare(&a, &b), "the same every time");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 64, ..one_case_in(16) })]

    #[test]
    fn other_words_break_nothing(value in document(), seed in any::<u64>()) {
        let (plain, other) = (parse(&value.to_string()), rewritten(&value, seed));
        for (old, new) in [(&plain, &other), (&other, &plain)] {
            let worst: Vec<_> =
                compare(old, new).into_iter().filter(|c| c.level <= Level::Warning).collect();
            prop_assert!(worst.is_empty(), "{worst:#?}\n{}", other.to_json());
        }
    }

    #[test]
    fn other_words_change_no_verdict((a, b) in (document(), document()), seed in any::<u64>()) {
        let (old, new) = (parse(&a.to_string()), parse(&b.to_string()));
        let (other_old, other_new) = (rewritten(&a, seed), rewritten(&b, !seed));
        let expected = verdicts(&old, &new);
        prop_assert_eq!(&verdicts(&old, &other_new), &expected, "{}", other_new.to_json());
        prop_assert_eq!(&verdicts(&other_old, &new), &expected, "{}", other_old.to_json());
        prop_assert_eq!(&verdicts(&other_old, &other_new), &expected);
    }
}

/// A type takes the name and the place of another one: the body of an operation in one document, a
/// component in the other.
#[test]
fn a_type_that_is_made_of_something_else_is_reported_at_the_same_place_both_ways() {
    let document = |body: Value, response: Value, shared: Value| {
        let mut responses = json!({ "200": { "description": "A response." } });
        if !response.is_null() {
            responses["200"]["content"] = json!({ "application/json": { "schema": response } });
        }
        let operation = json!({
            "operationId": "put_a",
            "requestBody": { "content": { "application/json": { "schema": body } } },
            "responses": responses,
        });
        let document = json!({
            "openapi": "3.0.4",
            "info": { "title": "Any", "version": "1" },
            "paths": { "/a": { "put": operation } },
            "components": { "schemas": { "Shared": shared } },
        });
        parse(&document.to_string())
    };
    let holds =
        |name: &str, schema: Value| json!({ "type": "object", "properties": { name: schema } });
    let text = json!({ "type": "string" });
    let reference = json!({ "$ref": "#/components/schemas/Shared" });
    let a = document(holds("one", text.clone()), Value::Null, holds("one", text));
    let hidden = holds("two", json!({ "type": "string", "readOnly": true }));
    let b =
        document(json!({ "type": "array", "items": reference }), holds("one", reference), hidden);
    assert!(compare(&a, &b).iter().any(|change| change.id == "rust-api-changed"));
    assert_eq!(pointers(&a, &b), pointers(&b, &a));
}
