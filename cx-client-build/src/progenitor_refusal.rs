//! Where in a document progenitor finds what it does not take; its own errors do not say.
//!
//! No document is known that it does not take once it is lowered: what cannot be served is refused
//! before, by the construct. This is for the one that nobody has thought of.

use serde_json::{Map, Value, json};

use crate::node::escape_token;
use crate::validate::METHODS;

/// The JSON pointer of the operation that progenitor does not take, or does not take beside those
/// before it, in a lowered document of which `takes` refuses the whole; that of the schemas, if it
/// is none of the operations.
///
/// Halves the operations until one is left: a large document is generated a dozen times, not once
/// for each of its operations.
pub(crate) fn refused(json: &Value, takes: &dyn Fn(&Value) -> bool) -> String {
    let operations: Vec<(&String, &str)> = json["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| METHODS.iter().map(move |method| (path, item, *method)))
        .filter(|(_, item, method)| item.get(method).is_some())
        .map(|(path, _, method)| (path, method))
        .collect();
    let takes_first = |count: usize| {
        let mut paths = Map::new();
        for (path, method) in &operations[..count] {
            let item = paths.entry((*path).clone()).or_insert_with(|| json!({}));
            item[*method] = json["paths"][*path][*method].clone();
        }
        let mut json = json.clone();
        json["paths"] = Value::Object(paths);
        takes(&json)
    };
    if !takes_first(0) {
        return "/components/schemas".to_owned();
    }
    let (mut taken, mut refused) = (0, operations.len());
    while refused - taken > 1 {
        let middle = usize::midpoint(taken, refused);
        if takes_first(middle) {
            taken = middle;
        } else {
            refused = middle;
        }
    }
    operations.get(taken).map_or_else(
        || "/paths".to_owned(),
        |(path, method)| format!("/paths/{}/{method}", escape_token(path)),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::refused;

    #[test]
    fn the_operation_that_is_refused_is_found_among_others() {
        let operation = || json!({ "responses": {} });
        let paths = json!({
            "/a": { "get": operation(), "post": operation() },
            "/b/{c}": { "delete": operation(), "get": operation() },
            "/d": { "put": operation() },
        });
        let document = json!({ "paths": paths, "components": { "schemas": {} } });
        for (path, method) in
            [("/a", "get"), ("/a", "post"), ("/b/{c}", "get"), ("/b/{c}", "delete"), ("/d", "put")]
        {
            let takes = |json: &serde_json::Value| json["paths"][path].get(method).is_none();
            let expected = format!("/paths/{}/{method}", path.replace('/', "~1"));
            assert_eq!(refused(&document, &takes), expected);
        }
        assert_eq!(refused(&document, &|_| false), "/components/schemas");
    }
}
