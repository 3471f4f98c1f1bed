//! How this repository is kept: small files and functions, no circle between the files of a crate,
//! and no knowledge of an operation outside the document, tests and examples.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail so")]

#[path = "house/modules.rs"]
mod modules;

use std::fs;
use std::path::{Path, PathBuf};

use cx_client_build::Document;
use modules::Modules;

/// Files that are over the limits or part of a circle, each with the reason.
const EXCEPTIONS: &[(&str, &str)] =
    &[("cx-client/src/union.rs", "reading a union reads its alternatives, which may hold unions")];

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn is_exception(file: &str) -> bool {
    EXCEPTIONS.iter().any(|(exception, _)| *exception == file)
}

/// The Rust sources of a folder that are neither tests nor generated.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_left_out = name.starts_with('.')
            || name.starts_with("generated")
            || ["target", "tests", "fuzz"].contains(&name);
        if is_left_out {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The path from the root, and the text without the tests in it.
fn each_source(mut check: impl FnMut(&str, &str)) {
    let sources = sources(root());
    assert!(sources.len() > 100, "{sources:?}");
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        check(name, code);
    }
}

#[test]
fn files_and_functions_are_small() {
    let mut found = Vec::new();
    each_source(|file, code| {
        if is_exception(file) {
            return;
        }
        let text = fs::read_to_string(root().join(file)).unwrap();
        if text.lines().count() > MOST_LINES_OF_A_FILE {
            found.push(format!("{file}: {} lines", text.lines().count()));
        }
        for (line, length) in functions(code) {
            if length > MOST_LINES_OF_A_FUNCTION {
                found.push(format!("{file}:{line}: a function of {length} lines"));
            }
        }
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (file, _) in EXCEPTIONS {
        assert!(root().join(file).exists(), "{file} is an exception and does not exist");
    }
}

/// The line on which each function begins, and how many it has. Sources are formatted: a function
/// ends with the brace that is indented as its beginning is.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.trim_start().split(' ').take(5).collect();
        let before = words.iter().take_while(|word| **word != "fn");
        let is_function = words.contains(&"fn")
            && before.clone().all(|word| {
                ["const", "async", "unsafe", "default"].contains(word) || word.starts_with("pub")
            });
        if !is_function {
            continue;
        }
        let end = format!("{}}}", &line[..indent]);
        let length = lines[index..].iter().position(|line| *line == end || line.ends_with(";\n"));
        found.push((index + 1, length.map_or(1, |length| length + 1)));
    }
    found
}

#[test]
fn functions_are_measured_from_their_first_line_to_their_last() {
    let code = "fn a() {\n    b();\n}\n\nimpl A {\n    pub(crate) async fn b(\n        c: u8,\n    ) {\n\
                \x20       if c {\n        }\n    }\n}\n";
    assert_eq!(functions(code), [(1, 3), (6, 6)]);
}

/// A file depends on the file in which a name is defined that it uses, through whatever re-exports;
/// that a module declares or re-exports its children is no use of them. No file may depend on itself
/// through others.
#[test]
fn no_files_of_a_crate_depend_on_each_other_in_a_circle() {
    let mut found = Vec::new();
    for package in ["cx-client", "cx-client-build", "xtask", "xtask/openapi-review"] {
        let source = root().join(package).join("src");
        for circle in Modules::read(&source).circles() {
            let files: Vec<&str> = circle
                .iter()
                .map(|file| file.strip_prefix(root()).unwrap().to_str().unwrap())
                .collect();
            if !files.iter().any(|file| is_exception(file)) {
                found.push(files.join(", "));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_document_tests_and_examples_know_an_operation() {
    let document = Document::load(root().join("openapi.yaml")).unwrap().to_json();
    let mut names: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        names.push(path.clone());
        let operations = item.as_object().unwrap().values();
        for id in operations.filter_map(|operation| operation["operationId"].as_str()) {
            names.push(id.to_owned());
            names.push(id.split('_').map(capitalised).collect());
        }
    }
    let mut found = Vec::new();
    each_source(|file, code| {
        if file.contains("/examples/") {
            return;
        }
        // Examples of documentation are examples.
        for (index, line) in code.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            if let Some(name) = names.iter().find(|name| has_word(line, name)) {
                found.push(format!("{file}:{}: `{name}`", index + 1));
            }
        }
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// Whether a name stands in a line as a whole word.
fn has_word(line: &str, name: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        !line[..at].ends_with(continues) && !line[at + name.len()..].starts_with(continues)
    })
}
