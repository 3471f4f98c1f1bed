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
