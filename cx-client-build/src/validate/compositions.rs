//! Checks that no schema is composed of itself.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::node::Node;

/// A schema that is a member of its own `allOf`, `oneOf`, `anyOf` or `not`, directly or through
/// others, describes no value; the generator would look into it without end.
///
/// A property or an item of the schema's own type is another matter, and fine.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut search = Search { document, states: HashMap::new(), diagnostics: Vec::new() };
    for target in targets(document.root()) {
        search.from(target);
    }
    search.diagnostics
}

/// What every `$ref` of the document names: a circle is made of references.
fn targets(root: &Node) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        targets.extend(target(node));
        // The last of the list is the next, so that the targets are in the order of the document.
        nodes.extend(node.items().iter().rev());
        nodes.extend(node.entries().iter().rev().map(|entry| &entry.node));
    }
    targets
}

fn target(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)?.strip_prefix('#')
}

/// How far the search has come with a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is on the way to the schema that is being looked at.
    Open,
    /// It and what it is composed of have been looked at.
    Done,
}

/// A schema on the way, and the references in its composition that are still to follow.
struct Step<'a> {
    schema: &'a str,
    references: Vec<(String, &'a str)>,
}

struct Search<'a> {
    document: &'a Document,
    states: HashMap<&'a str, State>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Search<'a> {
    /// Searches depth first; with a list of its own, since a chain can be as long as the document.
    fn from(&mut self, start: &'a str) {
        if self.states.contains_key(start) {
            return;
        }
        let mut way = vec![self.step(start)];
        while let Some(step) = way.last_mut() {
            let Some((at, next)) = step.references.pop() else {
                self.states.insert(step.schema, State::Done);
                way.pop();
                continue;
            };
            match self.states.get(next) {
                None => way.push(self.step(next)),
                Some(State::Open) => self.report(&at, next, &way),
                Some(State::Done) => {}
            }
        }
    }

    fn step(&mut self, schema: &'a str) -> Step<'a> {
        self.states.insert(schema, State::Open);
        let mut references = Vec::new();
        let mut parts: Vec<(String, &'a Node)> = Vec::new();
        parts.extend(self.document.at(schema).map(|node| (schema.to_owned(), node)));
        while let Some((pointer, node)) = parts.pop() {
            if let Some(target) = target(node) {
                references.push((format!("{pointer}/$ref"), target));
                continue;
            }
            for key in ["allOf", "oneOf", "anyOf"] {
                let members = node.get(key).map_or(&[][..], Node::items);
                for (index, member) in members.iter().enumerate() {
                    parts.push((format!("{pointer}/{key}/{index}"), member));
                }
            }
            parts.extend(node.get("not").map(|not| (format!("{pointer}/not"), not)));
        }
        Step { schema, references }
    }

    fn report(&mut self, at: &str, schema: &str, way: &[Step<'_>]) {
        let name = |pointer: &str| {
            let name = pointer.rsplit('/').next().unwrap_or(pointer);
            format!("`{}`", crate::unescape_token(name))
        };
        let circle = way.iter().skip_while(|step| step.schema != schema);
        let others: Vec<String> = circle.skip(1).map(|step| name(step.schema)).collect();
        let through = match others.len() {
            0 => String::new(),
            _ => format!(" through {}", others.join(", ")),
        };
        self.diagnostics.push(
            Diagnostic::error(
                "circular-composition",
                self.document.file(),
                self.document.position(at),
                format!("{} is composed of itself{through}", name(schema)),
            )
            .pointer(at)
            .help(
                "put what they share into a schema of its own, and let each name that one in its \
                 `allOf`",
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fmt::Write as _;

    use super::check;
    use crate::document::Document;

    fn messages(schemas: &str) -> Vec<String> {
        let text = format!("{{components: {{schemas: {{{schemas}}}}}}}")
            .replace('@', "$ref: '#/components/schemas/");
        let document = Document::parse("test.yaml", &text).unwrap();
        check(&document).into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn a_schema_that_is_composed_of_itself_is_found() {
        for schemas in [
            "A: {allOf: [{@A'}]}",
            "A: {allOf: [{type: object}, {oneOf: [{@A'}]}]}",
            "A: {anyOf: [{type: string}, {@A'}]}",
            "A: {not: {@A'}}",
        ] {
            assert_eq!(messages(schemas), ["`A` is composed of itself"], "{schemas}");
        }
    }

    #[test]
    fn a_circle_through_others_is_found_once() {
        let found = messages("A: {allOf: [{@B'}]}, B: {@C'}, C: {oneOf: [{@A'}, {@D'}]}, D: {}");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("is composed of itself through `"), "{found:?}");
    }

    #[test]
    fn a_schema_that_holds_values_of_its_own_type_is_fine() {
        for schemas in [
            "A: {properties: {a: {@A'}}}",
            "A: {items: {@A'}}",
            "A: {additionalProperties: {@A'}}",
            "A: {allOf: [{properties: {a: {@A'}}}, {@B'}]}, B: {}",
            "A: {allOf: [{@C'}]}, B: {allOf: [{@C'}]}, C: {allOf: [{@D'}]}, D: {}",
        ] {
            assert_eq!(messages(schemas), [""; 0], "{schemas}");
        }
    }

    #[test]
    fn a_long_chain_is_followed_to_its_end() {
        let mut schemas = String::new();
        for index in 0..5_000 {
            let _ = writeln!(schemas, "A{index}: {{allOf: [{{@A{}'}}]}},", index + 1);
        }
        assert_eq!(messages(&format!("{schemas} A5000: {{}}")), [""; 0]);
        assert_eq!(messages(&format!("{schemas} A5000: {{@A0'}}")).len(), 1);
    }
}
