//! `cargo xtask corpus`: random valid documents, generated, compiled and called.

mod calls;
mod choices;
mod document;
mod expected;
mod parameters;
mod report;
mod schemas;

use std::collections::BTreeSet;
use std::path::Path;

use cx_client_build::{Document, generate_from, generate_mock_from, generate_syntax_from};

use self::choices::Choices;
use self::document::Made;
use self::report::Report;
use crate::client_crate::{ClientCrate, errors};
use crate::exit::Exit;
use crate::output;
use crate::source::Workspace;

/// What a compiled batch is made of besides the sources of `cx-client`.
const PROGRAM: &str = include_str!("program.rs");

/// What `cargo xtask corpus` is asked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How many documents.
    #[arg(long, default_value_t = 100)]
    documents: usize,
    /// What the documents are drawn from: the same number gives the same documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many documents are compiled together.
    #[arg(long, default_value_t = 50)]
    batch: usize,
    /// Print the document of this number, and do nothing else.
    #[arg(long, value_name = "NUMBER")]
    show: Option<usize>,
    #[command(flatten)]
    workspace: Workspace,
}

/// The random document whose first choices these bytes make, one each.
pub fn document_of(choices: &[u8]) -> String {
    Made::of(Choices::new(choices, 0)).text()
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Exit {
    if let Some(number) = arguments.show {
        output::print(Made::new(arguments.seed, number).text());
        return Exit::Success;
    }
    match arguments.workspace.root().and_then(|root| corpus(arguments, &root)) {
        Ok(report) => {
            output::print(report.totals(arguments.seed));
            if report.has_faults() { Exit::Findings } else { Exit::Success }
        }
        Err(problem) => {
            output::eprint(problem);
            Exit::Unusable
        }
    }
}

/// A document with the code that was generated from it.
struct Client {
    number: usize,
    api: String,
    mock: String,
    calls: String,
}

fn corpus(arguments: &Arguments, root: &Path) -> Result<Report, String> {
    let made = ClientCrate::new(root, &["io-util", "macros", "net", "rt"])?;
    let own = Document::load(root.join(crate::source::DOCUMENT))
        .and_then(|own| Ok((generate_from(&own)?, generate_mock_from(&own)?)));
    let (api, mock) = own.map_err(|error| error.to_string())?;
    made.write_source("generated.rs", &api)?;
    made.write_source("generated_mock.rs", &mock)?;
    let library = made.source("lib.rs")?;
    made.remove_source("lib.rs")?;
    // The attributes of the crate begin in the first column.
    let items: Vec<&str> = library.lines().filter(|line| !line.starts_with("#!")).collect();
    let main = format!(
        "#![allow(dead_code, unused_imports, missing_docs, unreachable_pub)]\n{}\n{PROGRAM}",
        items.join("\n"),
    );
    made.write_source("main.rs", &main)?;

    let mut report = Report::default();
    let mut number = 0;
    while number < arguments.documents {
        let end = arguments.documents.min(number + arguments.batch);
        let mut clients = Vec::new();
        for number in number..end {
            clients.extend(client(&Made::new(arguments.seed, number), number, &mut report));
        }
        batch(&made, clients, &mut report)?;
        number = end;
        output::print(report.progress());
    }
    Ok(report)
}

/// The client of a document, or why there is none.
fn client(made: &Made, number: usize, report: &mut Report) -> Option<Client> {
    report.documents += 1;
    let text = made.text();
    let document = match Document::parse(format!("document-{number}.json"), &text) {
        Ok(document) => document,
        Err(error) => {
            report.fault(number, &error.to_string());
            return None;
        }
    };
    let generated = generate_syntax_from(&document).and_then(|(syntax, names)| {
        Ok((generate_from(&document)?, generate_mock_from(&document)?, names, syntax))
    });
    match generated {
        Ok((api, mock, names, syntax)) => match calls::source(made, &names, &syntax) {
            Ok(calls) => Some(Client { number, api, mock, calls }),
            Err(problem) => {
                report.fault(number, &problem);
                None
            }
        },
        Err(error) => {
            report.refused(number, &error, made.is_unsupported());
            None
        }
    }
}

/// Compiles the clients together and runs their calls.
///
/// Those that do not compile are faults; the rest is tried again without them.
fn batch(made: &ClientCrate, mut clients: Vec<Client>, report: &mut Report) -> Result<(), String> {
    while !clients.is_empty() {
        write(made, &clients)?;
        let built = made.cargo("build")?;
        if built.status.success() {
            let ran = made.cargo("run")?;
            let lines = String::from_utf8_lossy(&ran.stdout);
            report.ran(&lines);
            if !ran.status.success() {
                report.fault(clients[0].number, &format!("the batch ended: {}", errors(&ran)));
            }
            return Ok(());
        }
        let messages = String::from_utf8_lossy(&built.stderr);
        let guilty = guilty(&messages);
        if guilty.is_empty() {
            return Err(format!("the batch does not compile: {}", errors(&built)));
        }
        for number in &guilty {
            let place = format!("src/documents/document_{number}/");
            report.fault(*number, &error_at(&messages, &place));
        }
        clients.retain(|client| !guilty.contains(&client.number));
    }
    Ok(())
}

/// The numbers of the documents that the compiler speaks of.
fn guilty(messages: &str) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    let mut is_error = false;
    for line in messages.lines() {
        if line.starts_with("error") || line.starts_with("warning") {
            is_error = line.starts_with("error");
        }
        let place = line.split_once("src/documents/document_").filter(|_| is_error);
        let number = place.and_then(|(_, rest)| rest.split('/').next());
        numbers.extend(number.and_then(|number| number.parse::<usize>().ok()));
    }
    numbers
}

/// The first error of the compiler at a place.
fn error_at(messages: &str, place: &str) -> String {
    let at = messages.find(place).unwrap_or_default();
    let start = messages[..at].rfind("error").unwrap_or_default();
    messages[start..].lines().take(12).collect::<Vec<_>>().join("\n")
}

fn write(made: &ClientCrate, clients: &[Client]) -> Result<(), String> {
    let mut modules = String::new();
    let mut runs = String::new();
    for client in clients {
        let Client { number, api, mock, calls } = client;
        let folder = format!("documents/document_{number}");
        made.write_source(&format!("{folder}/api.rs"), api)?;
        let mock = format!("use super::types;\n{mock}");
        made.write_source(&format!("{folder}/mock.rs"), &mock)?;
        made.write_source(&format!("{folder}/calls.rs"), calls)?;
        let module = "mod api;\nmod calls;\nmod mock;\npub use api::types;\npub use calls::run;\n";
        made.write_source(&format!("{folder}/mod.rs"), module)?;
        modules.push_str(&format!("mod document_{number};\n"));
        runs.push_str(&format!(
            "    crate::harness::enter({number});\n    document_{number}::run(harness).await;\n"
        ));
    }
    let text = format!(
        "{modules}\npub async fn run(harness: &mut crate::harness::Harness) {{\n{runs}}}\n"
    );
    made.write_source("documents/mod.rs", &text)
}
