//! `cargo xtask survey`: which documents of a folder the generator serves.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cx_client_build::{Diagnostic, Document, Error, Node, generate_from, generate_mock_from};

use crate::client_crate::{ClientCrate, errors};
use crate::exit::Exit;
use crate::output;
use crate::source::Workspace;

/// What `cargo xtask survey` is asked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Documents, and folders whose `.json`, `.yaml` and `.yml` files are documents.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Compile what was generated too, with every feature that the generated code knows.
    #[arg(long)]
    compile: bool,
    /// Print every finding, not the first of each document only.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    workspace: Workspace,
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

/// Runs the command.
pub fn run(arguments: &Arguments) -> Exit {
    match survey(arguments) {
        Ok(lines) => {
            output::print(report::totals(&lines));
            let is_fault = |line: &Line| matches!(line.outcome, Outcome::Fault(_));
            if lines.iter().any(is_fault) { Exit::Findings } else { Exit::Success }
        }
        Err(problem) => {
            output::eprint(problem);
            Exit::Unusable
        }
    }
}

fn survey(arguments: &Arguments) -> Result<Vec<Line>, String> {
    let mut documents = Vec::new();
    for path in &arguments.paths {
        collect(path, &mut documents)?;
    }
    let compiler = match arguments.compile {
        true => Some(ClientCrate::new(&arguments.workspace.root()?, &[])?),
        false => None,
    };
    let mut lines = Vec::new();
    for path in documents {
        let line = line(path, compiler.as_ref())?;
        output::print(report::line(&line, arguments.all));
        lines.push(line);
    }
    Ok(lines)
}

fn line(path: PathBuf, compiler: Option<&ClientCrate>) -> Result<Line, String> {
    let started = Instant::now();
    let document = Document::load(&path);
    let operations = document.as_ref().map_or(0, operations);
    let generated = document.and_then(|document| generate(&document));
    let generation = started.elapsed();
    let mut compilation = None;
    let outcome = match (generated, compiler) {
        (Err(error), _) => refusal(&error),
        (Ok(_), None) => Outcome::Served,
        (Ok((api, mock)), Some(compiler)) => {
            let started = Instant::now();
            let fault = compile(compiler, &api, &mock)?;
            compilation = Some(started.elapsed());
            fault.map_or(Outcome::Served, Outcome::Fault)
        }
    };
    Ok(Line { path, operations, outcome, generation, compilation })
}

/// What the compiler says against the generated code; `None` if it takes it.
fn compile(made: &ClientCrate, api: &str, mock: &str) -> Result<Option<String>, String> {
    made.write_source("generated.rs", api)?;
    made.write_source("generated_mock.rs", mock)?;
    let output = made.cargo("check")?;
    Ok((!output.status.success()).then(|| errors(&output)))
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
