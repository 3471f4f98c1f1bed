//! Documents of other APIs: which of them the generator serves.
//!
//! Exits with 0 if every document is served or refused at its place, with 1 if the generator is at
//! fault with one, with 2 if a folder cannot be read.
#![forbid(unsafe_code)]

mod report;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cx_client_build::{Diagnostic, Document, Error, Node, generate_from, generate_mock_from};
use cx_client_corpus::compile::{Clients, errors};
use cx_client_corpus::print;

/// Says of each document in a folder whether the generator serves it, or what it refuses and where.
#[derive(Parser)]
struct Arguments {
    /// Documents, and folders whose `.json`, `.yaml` and `.yml` files are documents.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Compile what was generated too, with every feature that the generated code knows.
    #[arg(long)]
    compile: bool,
    /// Print every finding, not the first of each document only.
    #[arg(long)]
    all: bool,
}

/// What became of a document.
#[derive(Debug)]
enum Outcome {
    /// There is code, and it compiles if that was asked for.
    Served,
    /// The document cannot be served, and the findings say where and why.
    Refused(Vec<Diagnostic>),
    /// There is code that does not compile, or a finding that blames the generator.
    Fault(String),
}

/// A line of the survey.
#[derive(Debug)]
struct Line {
    path: PathBuf,
    operations: usize,
    outcome: Outcome,
    /// How long reading and generating took, client and mock together.
    generation: Duration,
    /// How long compiling took.
    compilation: Option<Duration>,
}

fn main() -> ExitCode {
    match survey(&Arguments::parse()) {
        Ok(lines) => {
            print(report::totals(&lines));
            let is_fault = |line: &Line| matches!(line.outcome, Outcome::Fault(_));
            if lines.iter().any(is_fault) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "{problem}");
            ExitCode::from(2)
        }
    }
}

fn survey(arguments: &Arguments) -> Result<Vec<Line>, String> {
    let mut documents = Vec::new();
    for path in &arguments.paths {
        collect(path, &mut documents)?;
    }
    let clients = arguments.compile.then(Clients::new).transpose()?;
    let mut lines = Vec::new();
    for path in documents {
        let line = line(path, clients.as_ref())?;
        print(report::line(&line, arguments.all));
        lines.push(line);
    }
    Ok(lines)
}

fn line(path: PathBuf, clients: Option<&Clients>) -> Result<Line, String> {
    let started = Instant::now();
    let document = Document::load(&path);
    let operations = document.as_ref().map_or(0, operations);
    let generated = document.and_then(|document| generate(&document));
    let generation = started.elapsed();
    let mut compilation = None;
    let outcome = match (generated, clients) {
        (Err(error), _) => refusal(&error),
        (Ok(_), None) => Outcome::Served,
        (Ok((api, mock)), Some(clients)) => {
            let started = Instant::now();
            clients.add("document", &api, &mock, None)?;
            let checked = clients.cargo(&["check"])?;
            compilation = Some(started.elapsed());
            match checked.status.success() {
                true => Outcome::Served,
                false => Outcome::Fault(errors(&checked)),
            }
        }
    };
    Ok(Line { path, operations, outcome, generation, compilation })
}

fn generate(document: &Document) -> Result<(String, String), Error> {
    Ok((generate_from(document)?, generate_mock_from(document)?))
}

fn refusal(error: &Error) -> Outcome {
    let findings = error.diagnostics();
    match findings.iter().find(|finding| finding.rule == "generator") {
        Some(finding) => Outcome::Fault(finding.to_string()),
        None => Outcome::Refused(findings.to_vec()),
    }
}

fn operations(document: &Document) -> usize {
    let paths = document.root().get("paths").map_or(&[][..], Node::entries);
    paths.iter().flat_map(|path| path.node.entries()).filter(|entry| is_operation(entry)).count()
}

fn is_operation(entry: &cx_client_build::Entry) -> bool {
    entry.node.get("responses").is_some()
}

/// The documents at `path`, in the order of their names.
fn collect(path: &Path, documents: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        let problem = |error| format!("{}: cannot read the document: {error}", path.display());
        fs::metadata(path).map_err(problem)?;
        documents.push(path.to_owned());
        return Ok(());
    }
    let problem = |error| format!("{}: cannot read the folder: {error}", path.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(path).map_err(problem)?.collect();
    let mut paths: Vec<PathBuf> =
        entries.map_err(problem)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() || matches!(extension, Some("json" | "yaml" | "yml")) {
            collect(&path, documents)?;
        }
    }
    Ok(())
}
