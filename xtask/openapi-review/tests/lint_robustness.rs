//! `cargo xtask lint` takes whatever a document holds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use cx_client_build::{Document, Node, escape_token};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

const SOUND: &str = include_str!("fixtures/lint/sound.yaml");

/// The JSON pointers of all values.
fn pointers(node: &Node, pointer: String, found: &mut Vec<String>) {
    for (index, item) in node.items().iter().enumerate() {
        pointers(item, format!("{pointer}/{index}"), found);
    }
    for entry in node.entries() {
        pointers(&entry.node, format!("{pointer}/{}", escape_token(&entry.key)), found);
    }
    found.push(pointer);
}

/// What a value is replaced by.
fn replacement() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!(-1.5)),
        Just(json!("")),
        Just(json!("{")),
        Just(json!([])),
        Just(json!([{}, null])),
        Just(json!({})),
        Just(json!({"$ref": "#"})),
        Just(json!({"$ref": "#/components/schemas/Call"})),
        Just(json!({"$ref": "#/paths/~1calls~1{callId}"})),
        Just(json!({"type": "array", "items": {"$ref": "#/components/schemas/Kind"}})),
        Just(json!({"allOf": [{"$ref": "#/components/schemas/Kind"}], "x-sensitive": 1})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_values_in_any_places_give_findings_and_no_panic(
        edits in prop::collection::vec((any::<Index>(), replacement()), 1..4),
    ) {
        let sound = Document::parse("sound.yaml", SOUND).unwrap();
        let mut places = Vec::new();
        pointers(sound.root(), String::new(), &mut places);
        let mut json = sound.to_json();
        for (place, value) in edits {
            let pointer: &String = place.get(&places);
            if let Some(slot) = json.pointer_mut(pointer) {
                *slot = value;
            }
        }
        let text = serde_json::to_string_pretty(&json).unwrap();
        if let Ok(document) = Document::parse("test.json", &text) {
            let checked = openapi_review::lint::check(&document);
            prop_assert_eq!(checked.generated.is_none(), checked.has_errors());
            let lines = text.lines().count();
            for finding in &checked.findings {
                prop_assert!(finding.position.line <= lines, "{:?}", finding);
                prop_assert!(finding.rule != "generator", "{:?}", finding);
            }
        }
    }
}
