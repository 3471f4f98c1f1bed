//! What is shown: examples of parameters and schemas, and samples of bodies.

use cx_client_build::{Document, Node, unescape_token};
use serde_json::Value as Json;

use super::super::facts::{DEVIATION, Fact, FactName, Kind, Part, same};
use super::super::page::at;
use super::super::{flat, values};
use super::keywords::shown;
use super::state::{EXAMPLE_CHANGED, Edit, Graft};
use crate::reader::{At, put};

impl<'a> Graft<'a> {
    /// A parameter or a header. Its example may stand in the schema or beside it.
    pub(super) fn parameter(&mut self, kind: Kind, doc: &At<'a>, page: &At<'_>) -> Node {
        let mut theirs = page.node.clone();
        let in_schema = doc.node.get("schema").and_then(|schema| schema.get("example"));
        let ours = example(doc.node).filter(|_| in_schema.is_none()).map(Node::to_json);
        if let Some(schema) = page.node.get("schema") {
            let mut schema = flat::flat(&self.page.document, schema).into_owned();
            // The one beside the schema takes the place of that in it (OpenAPI 3.0.4 section 4.7.12.2).
            let in_schema = schema.remove("example");
            let example = example(page.node).cloned().or(in_schema);
            theirs.remove("examples");
            theirs.remove("example");
            if let Some(example) = example {
                let holder = if ours.is_some() { &mut theirs } else { &mut schema };
                holder.set("example", example);
            }
            theirs.set("schema", schema);
        }
        let page = At { node: &theirs, pointer: page.pointer.clone() };
        let mut out = self.object(kind, doc, &page);
        if ours.is_some() {
            let before = self.edits.len();
            self.keyword(&mut out, doc, ours, &theirs, "example");
            if self.edits.len() > before {
                out.remove("examples");
            }
        }
        out
    }

    /// The example of a schema that the document has once for several places has to be the one of
    /// only one of them.
    pub(super) fn example_of_shared(
        &mut self,
        doc: &At<'a>,
        line: usize,
        ours: Option<Json>,
        theirs: Option<Json>,
    ) {
        let is_same = match (&ours, &theirs) {
            (Some(a), Some(b)) => self.says_the_same("example", a, b),
            (_, theirs) => theirs.is_none(),
        };
        if is_same {
            self.shown.insert(doc.pointer.to_string());
            return;
        }
        let said = theirs.unwrap_or_default();
        let message = match &ours {
            None => format!("the page has the example `{}`", shown(&said)),
            Some(old) => format!(
                "the example is `{}` in the document, and `{}` on the page",
                shown(old),
                shown(&said)
            ),
        };
        let edit = Edit::new(doc, "example", line, ours.unwrap_or_default(), said);
        self.decide(EXAMPLE_CHANGED, doc, edit, message);
    }

    /// The page's example and default must be values of the document's schema, with what that
    /// infers.
    pub(super) fn own_values(&mut self, doc: &At<'a>, page: &Node) {
        for part in [Part::Example, Part::Default] {
            let keyword = part.words();
            let Some(value) = page.get(keyword) else { continue };
            let (ours, theirs) = (doc.node.get(keyword).map(Node::to_json), value.to_json());
            let ours = ours.filter(|ours| self.says_the_same(keyword, ours, &theirs));
            let json = ours.unwrap_or(theirs);
            let of = |document: &Document, schema: &Node| {
                values::violations(&flat::written_out(document, schema), &json)
            };
            let own = of(&self.page.document, page);
            for violation in of(self.document, doc.node) {
                if own.contains(&violation) {
                    continue;
                }
                let fact = part.at(&violation.pointer);
                let line = value.position.line;
                let edit = Edit::new(doc, fact, line, Json::Null, json.clone());
                let message = format!(
                    "the page's {keyword} `{}` does not fit the document's schema: {}",
                    shown(&json),
                    violation.message
                );
                self.decide("example-invalid", doc, edit, message);
            }
        }
    }

    /// The sample of a body must be among the examples of the document.
    pub(super) fn sample(&mut self, out: &mut Node, doc: &At<'a>, page: &At<'_>) {
        let Some(sample) = example(page.node) else { return };
        let mut known: Vec<At<'a>> = doc.get("example").into_iter().collect();
        for (_, one) in doc.get("examples").iter().flat_map(At::entries) {
            known.extend(one.resolve(self.document).get("value"));
        }
        let mut sample = sample.clone();
        if self.is_one_of_many(doc, page) && sample.items().is_empty() {
            sample = Node::array(sample.position, vec![sample]);
        }
        let json = sample.to_json();
        if known.iter().any(|one| same(&one.node.to_json(), &json))
            || known.iter().any(|one| self.but_for_deviations(doc, one, &sample))
        {
            return;
        }
        let first = known.first();
        let old = first.map_or(Json::Null, |one| one.node.to_json());
        let line = first.and_then(|one| first_difference(one.node, &sample));
        let line = line.unwrap_or(sample.position.line);
        let mut edit = Edit::new(doc, "example", line, old, json);
        edit.place = first.map_or(edit.place, |one| one.pointer.to_string());
        if !self.edit(doc, edit) {
            return;
        }
        sample.position = at(line);
        match first.map(|one| &*one.pointer) {
            Some(pointer) if !pointer.starts_with(&*doc.pointer) => self.put(pointer, sample),
            Some(pointer) if pointer.ends_with("/value") => {
                let name = unescape_token(pointer.rsplit('/').nth(1).unwrap_or_default());
                let examples = out.entry_mut("examples").map(|entry| {
                    entry.key_position = at(line);
                    &mut entry.node
                });
                let one = examples.and_then(|all| all.get_mut(&name));
                one.into_iter().for_each(|one| one.set("value", sample.clone()));
            }
            _ => out.set("example", sample),
        }
    }

    /// Whether the document records that it has a list of what the page shows one of.
    fn is_one_of_many(&self, doc: &At<'a>, page: &At<'_>) -> bool {
        let Some(schema) = doc.resolved("schema", self.document) else { return false };
        let theirs = page.node.get("schema").map(|one| self.page.document.resolve(one));
        let fact = Fact::new(&*schema.pointer, "type");
        schema.text("type") == Some("array")
            && theirs.is_some_and(|theirs| theirs.get("items").is_none())
            && self.coverage.deviations.get(&fact) == Some(&true)
    }

    /// Whether an example of the document is the sample, but for places at which a deviation is
    /// recorded.
    fn but_for_deviations(&mut self, doc: &At<'a>, ours: &At<'a>, sample: &Node) -> bool {
        let json = sample.to_json();
        let mut wanted = Document::new("", sample.clone());
        let own = Document::new("", ours.node.clone());
        let mut covered = Vec::new();
        for record in doc.node.get(DEVIATION).map_or(&[][..], Node::entries) {
            let fact = FactName::parse(&record.key);
            let FactName::Part(Part::Example, place) = &fact else { continue };
            covered.push((fact.clone(), json.pointer(place).cloned().unwrap_or_default()));
            let Some((parent, token)) = place.rsplit_once('/') else { continue };
            match (own.at(place), wanted.at_mut(parent)) {
                (Some(value), Some(_)) => put(&mut wanted, place, value.clone()),
                (None, Some(parent)) => drop(parent.remove(&unescape_token(token))),
                (_, None) => {}
            }
        }
        !covered.is_empty()
            && same(&wanted.to_json(), &own.to_json())
            && covered
                .into_iter()
                .all(|(fact, said)| self.coverage.deviates(&doc.pointer, doc.node, &fact, &said))
    }
}

/// The example that stands in an object, or the first of those that do.
pub(in super::super) fn example(node: &Node) -> Option<&Node> {
    let named = || node.get("examples")?.entries().first()?.node.get("value");
    node.get("example").or_else(named)
}

/// The line of the first value of `theirs` that is another one in `ours`.
fn first_difference(ours: &Node, theirs: &Node) -> Option<usize> {
    for entry in theirs.entries() {
        match ours.get(&entry.key) {
            None => return Some(entry.key_position.line),
            Some(other) => {
                if let Some(line) = first_difference(other, &entry.node) {
                    return Some(line);
                }
            }
        }
    }
    for (index, item) in theirs.items().iter().enumerate() {
        match ours.items().get(index) {
            None => return Some(item.position.line),
            Some(other) => {
                if let Some(line) = first_difference(other, item) {
                    return Some(line);
                }
            }
        }
    }
    let is_leaf = theirs.entries().is_empty() && theirs.items().is_empty();
    let differs = !same(&ours.to_json(), &theirs.to_json());
    (differs && (is_leaf || ours.kind() != theirs.kind())).then_some(theirs.position.line)
}
