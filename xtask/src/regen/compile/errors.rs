//! What the compiler refuses, as findings with a place.

use std::path::Path;

use cx_client_build::{Diagnostic, Document, Names, Position, names_from};
use serde_json::Value;

/// How many errors are reported; the rest are mostly consequences of the first.
const MOST: usize = 10;

/// The errors among Cargo's messages, each once.
pub(super) fn of_messages(
    messages: &[Value],
    root: &Path,
    stage: &Path,
    document: &Document,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for message in messages.iter().map(|message| &message["message"]) {
        if message["level"] != "error" {
            continue;
        }
        let Some(text) = message["message"].as_str() else { continue };
        let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let primary = spans.iter().find(|span| span["is_primary"] == true);
        // The last ones only count.
        let Some(span) = primary else { continue };
        let finding = finding(text, span, root, stage, document);
        if !found.contains(&finding) && found.len() < MOST {
            found.push(finding);
        }
    }
    found
}

fn finding(text: &str, span: &Value, root: &Path, stage: &Path, document: &Document) -> Diagnostic {
    let name = span["file_name"].as_str().unwrap_or_default();
    let number = |key: &str| span[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    let position = Position { line: number("line_start"), column: number("column_start") };
    let staged = stage.join(name);
    let is_generated = name.contains("generated") || name.ends_with("out/api.rs");
    if !is_generated {
        // A file of the client that a person wrote: the stage has a copy of it.
        return Diagnostic::error("compile", name, position, text).help(
            "the client does not compile with what is generated now: correct one of the two",
        );
    }
    let source = std::fs::read_to_string(&staged).unwrap_or_default();
    let shown = staged.strip_prefix(root).unwrap_or(&staged).display().to_string();
    let help = "this is a fault of the generator: describe it in another way in openapi.yaml, or \
                correct cx-client-build; what does not compile is not written";
    let names = names_from(document).ok();
    match names.and_then(|names| place(&names, &source, position.line)) {
        Some(pointer) => Diagnostic::error(
            "compile",
            document.file(),
            document.position(&pointer),
            format!("what is generated from this does not compile: {text} ({shown}:{position})"),
        )
        .pointer(pointer)
        .help(help),
        None => Diagnostic::error("compile", shown, position, text).help(help),
    }
}

/// The JSON pointer of the operation or the schema to which a line of the generated source belongs:
/// the innermost item around the line that was made of one, as the generator has named it.
fn place(names: &Names, source: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = source.lines().take(line).collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut within = usize::MAX;
    for line in lines.iter().rev().filter(|line| !line.trim().is_empty()) {
        if indent(line) >= within {
            continue;
        }
        within = indent(line);
        let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        if let Some(pointer) = words.find_map(|word| made_of(names, word)) {
            return Some(pointer.to_owned());
        }
    }
    None
}

/// What an item of the generated source was made of.
fn made_of<'a>(names: &'a Names, item: &str) -> Option<&'a str> {
    // The mock has two types for an operation.
    let part = item.strip_suffix("When").or_else(|| item.strip_suffix("Then")).unwrap_or(item);
    let operation = names
        .operations
        .iter()
        .find(|operation| operation.function == item || operation.builder == part);
    operation
        .map(|operation| operation.pointer.as_str())
        .or_else(|| names.types.get(item).map(|ty| ty.pointer.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use cx_client_build::{Document, names_from};

    use super::place;

    #[test]
    fn a_line_belongs_to_the_innermost_item_that_was_made_of_something() {
        let document = Document::parse(
            "openapi.yaml",
            "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      \
             operationId: list_calls\n      responses:\n        '200':\n          description: d\n\
             \x20         content: {application/json: {schema: {$ref: \
             '#/components/schemas/CallStatus'}}}\ncomponents:\n  schemas:\n    CallStatus: \
             {type: object, properties: {a: {type: string}}}\n",
        )
        .unwrap();
        let names = names_from(&document).unwrap();
        let source = "pub mod operations {\n    impl ListCallsWhen {\n        pub fn status(self) {\n\
                      \x20           a();\n        }\n    }\n}\npub struct CallStatus {\n    \
                      a: Nope,\n}\npub struct Other {\n    b: Nope,\n}\n";
        for (line, pointer) in
            [(4, Some("/paths/~1a/get")), (9, Some("/components/schemas/CallStatus")), (12, None)]
        {
            assert_eq!(place(&names, source, line).as_deref(), pointer, "{line}");
        }
    }
}
