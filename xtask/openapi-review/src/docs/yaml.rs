//! Writes values as YAML in block style.

use cx_client_build::{Node, Value};
use saphyr::{Mapping, Scalar, ScalarStyle, Yaml, YamlEmitter};

/// The value as YAML 1.2, two spaces a level, ending with a line end.
pub(super) fn print(node: &Node) -> String {
    let mut text = String::new();
    let mut emitter = YamlEmitter::new(&mut text);
    // Writing to a string cannot fail.
    let _ = emitter.dump(&yaml(node));
    let body = text.strip_prefix("---").unwrap_or(&text).trim_start_matches('\n');
    format!("{}\n", body.trim_end_matches('\n'))
}

fn yaml(node: &Node) -> Yaml<'_> {
    let plain = |text: String| Yaml::Representation(text.into(), ScalarStyle::Plain, None);
    match &node.value {
        Value::Null => plain("null".to_owned()),
        Value::Bool(value) => Yaml::Value(Scalar::Boolean(*value)),
        Value::Number(number) => plain(number.to_string()),
        Value::String(text) => string(text),
        Value::Sequence(items) => Yaml::Sequence(items.iter().map(yaml).collect()),
        Value::Mapping(mapping) => {
            let mut out = Mapping::new();
            for entry in mapping.entries() {
                out.insert(string(&entry.key), yaml(&entry.node));
            }
            Yaml::Mapping(out)
        }
    }
}

fn string(text: &str) -> Yaml<'_> {
    Yaml::Value(Scalar::String(text.into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use cx_client_build::{Document, Position};
    use proptest::prelude::*;
    use serde_json::Value as Json;

    use super::{Node, print};

    const AWKWARD: [&str; 34] = [
        "true", "~", "1e3", "0x1F", "- a", "a: b", "a #b", "#a", "{}", "[a]", "&a", "*a", "!a",
        "|", ">", "%a", "@a", "`a", "\"a", "'a", " a", "a ", "a:", "---", "...", "? a", "", "a\nb",
        "a\n", "\t", "\u{85}", "\u{2028}", "=", "12:30",
    ];

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            prop::sample::select(&AWKWARD[..]).prop_map(str::to_owned),
            "[ -~äß日\\n]{0,12}"
        ]
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            any_text().prop_map(Json::from),
            any::<bool>().prop_map(Json::from),
            any::<u64>().prop_map(Json::from),
            (-1e9..1e9).prop_map(|number: f64| Json::from(number)),
            Just(Json::Null),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
                prop::collection::btree_map(any_text(), inner, 0..4)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(json in any_json()) {
            let wrapped = serde_json::json!({ "root": json });
            let yaml = print(&Node::from_json(Position::START, &wrapped));
            let document = Document::parse("test", &yaml)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{yaml}")))?;
            prop_assert_eq!(document.to_json(), wrapped, "{}", yaml);
        }
    }
}
