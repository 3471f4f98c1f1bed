//! What `CHANGELOG.md` must name, for the changes to be announced there.

use cx_client_build::{Document, escape_token, snake_case_name, unescape_token};

use crate::changelog::Section;
use openapi_review::diff::{self, Bump, Change};

/// Something that changed, and the names by which a changelog may name it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// Any of them will do.
    names: Vec<String>,
}

impl Subject {
    fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self { names: names.into_iter().filter(|name| !name.is_empty()).collect() }
    }

    fn is_named_in(&self, section: &Section) -> bool {
        self.names.iter().any(|name| section.names(name))
    }

    /// The names for people: the first one, and the second if it says more.
    fn shown(&self) -> String {
        let shown: Vec<String> = self.names.iter().take(2).map(|n| format!("`{n}`")).collect();
        shown.join(" or ")
    }
}

/// What the changes are about, each once, in their order. A change that asks for no release has no
/// subject.
pub(super) fn subjects(old: &Document, new: &Document, changes: &[Change]) -> Vec<Subject> {
    let mut subjects = Vec::new();
    let counts = |change: &&Change| diff::bump(std::slice::from_ref(*change), false) != Bump::None;
    for change in changes.iter().filter(counts) {
        for subject in of_change(old, new, change) {
            if !subject.names.is_empty() && !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
    }
    subjects
}

/// The subjects that none of the sections names, for people.
pub(super) fn missing(subjects: &[Subject], sections: &[&Section]) -> Vec<String> {
    subjects
        .iter()
        .filter(|subject| !sections.iter().any(|section| subject.is_named_in(section)))
        .map(Subject::shown)
        .collect()
}

fn of_change(old: &Document, new: &Document, change: &Change) -> Vec<Subject> {
    let steps: Vec<String> = change.pointer.split('/').skip(1).map(unescape_token).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let text = |pointer: &str| {
        let at = |document: &Document| {
            document.at(pointer).and_then(|node| node.as_str()).unwrap_or_default().to_owned()
        };
        [at(new), at(old)]
    };
    match steps[..] {
        ["paths", path, method, ref rest @ ..]
            if method.chars().all(|c| c.is_ascii_lowercase()) =>
        {
            let operation = format!("/paths/{}/{method}", escape_token(path));
            let mut names = vec![format!("{} {path}", method.to_uppercase())];
            names.extend(text(&format!("{operation}/operationId")));
            match rest {
                ["parameters", index, ..] => {
                    names.extend(text(&format!("{operation}/parameters/{index}/name")));
                }
                _ => names.extend(property(rest)),
            }
            vec![Subject::new(names)]
        }
        ["paths", ..] => operations(change),
        ["components", "parameters", name, ..] => {
            let names = text(&format!("/components/parameters/{}/name", escape_token(name)));
            vec![Subject::new(names.into_iter().chain([name.to_owned()]))]
        }
        // What uses it is a change of its own.
        ["components", _, _] if old.at(&change.pointer).is_none() => Vec::new(),
        ["components", _, name, ref rest @ ..] => {
            let mut names = property(rest);
            if let Some(property) = names.first() {
                // As one would write it; `property` alone is enough.
                names.insert(0, format!("{name}.{property}"));
            } else {
                names.push(name.to_owned());
            }
            vec![Subject::new(names)]
        }
        ["servers", ..] => {
            let urls = text("/servers/0/url");
            vec![Subject::new(["BASE_URL".to_owned()].into_iter().chain(urls))]
        }
        // Of what the document says for all operations, one operation is concerned.
        [..] if change.operations.len() == 1 => operations(change),
        [] => Vec::new(),
        [.., last] => vec![Subject::new([last.to_owned()])],
    }
}

/// The operations that a change reaches.
fn operations(change: &Change) -> Vec<Subject> {
    change.operations.iter().map(|operation| Subject::new([operation.clone()])).collect()
}

/// The innermost property that a pointer leads to, as it is on the wire and in Rust.
fn property(steps: &[&str]) -> Vec<String> {
    let Some(at) = steps.iter().rposition(|step| *step == "properties") else { return Vec::new() };
    let Some(name) = steps.get(at + 1) else { return Vec::new() };
    vec![(*name).to_owned(), snake_case_name(name)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use cx_client_build::Document;

    use super::{Subject, subjects};
    use openapi_review::diff;

    const DOCUMENT: &str = "\
openapi: 3.0.4
info: {title: T, version: '1'}
servers: [{url: 'https://a.example'}]
paths:
  /calls/{id}:
    get:
      operationId: get_call
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: full, in: query, schema: {type: boolean}}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}}
components:
  schemas:
    Call:
      description: A call.
      type: object
      properties:
        recordingUrl: {type: string}
        channel: {$ref: '#/components/schemas/Channel'}
    Channel: {type: string, enum: [call, sms]}
";

    fn shown(from: &str, to: &str) -> Vec<String> {
        assert!(DOCUMENT.contains(from), "{from}");
        let old = Document::parse("old", DOCUMENT).unwrap();
        let new = Document::parse("new", &DOCUMENT.replace(from, to)).unwrap();
        let changes = diff::compare(&old, &new);
        subjects(&old, &new, &changes).iter().map(Subject::shown).collect()
    }

    #[test]
    fn a_change_is_about_an_operation_a_parameter_a_property_a_schema_or_the_server() {
        let added = "  /agents:\n    get:\n      operationId: list_agents\n      responses: {'200': \
                     {description: d, content: {application/json: {schema: {$ref: \
                     '#/components/schemas/Agent'}}}}}\ncomponents:\n  schemas:\n    \
                     Agent: {type: object, properties: {name: {type: string}}}\n";
        for (from, to, expected) in [
            ("components:\n  schemas:\n", added, &["`GET /agents` or `list_agents`"][..]),
            ("{type: boolean}", "{type: integer}", &["`GET /calls/{id}` or `get_call`"]),
            (
                "recordingUrl",
                "url",
                &["`Call.recordingUrl` or `recordingUrl`", "`Call.url` or `url`"],
            ),
            ("[call, sms]", "[call, sms, mail]", &["`Channel`"]),
            ("a.example", "b.example", &["`BASE_URL` or `https://b.example`"]),
            ("A call.", "One call.", &[]),
        ] {
            assert_eq!(shown(from, to), expected, "{to}");
        }
    }
}
