//! Random valid documents: their clients are generated, compiled and called, and each call is
//! compared with what OpenAPI's rules of serialization say.
//!
//! Exits with 0 if there is no fault, with 1 if there is one, with 2 if nothing can be compiled.
#![forbid(unsafe_code)]

mod report;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use cx_client_build::{Document, generate_from, generate_mock_from, generate_syntax_from};
use cx_client_corpus::compile::{Clients, errors};
use cx_client_corpus::document::RandomDocument;
use cx_client_corpus::{calls, print};
use report::Report;

/// Generates, compiles and calls the clients of random valid documents, and says how many are
/// refused and how many are faults.
///
/// Each call goes to a server in the same process, which compares what arrives with what OpenAPI's
/// rules of serialization say.
#[derive(Parser)]
struct Arguments {
    /// How many documents.
    #[arg(long, default_value_t = 100)]
    documents: usize,
    /// What the documents are drawn from: the same number gives the same documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many documents are compiled together.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,
    /// Print the document of this number, and do nothing else.
    #[arg(long, value_name = "NUMBER")]
    show: Option<usize>,
}

/// What was generated from a document.
struct Generated {
    number: usize,
    api: String,
    mock: String,
    calls: String,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(number) = arguments.show {
        print(RandomDocument::new(arguments.seed, number).text());
        return ExitCode::SUCCESS;
    }
    match run(&arguments) {
        Ok(report) => {
            print(report.totals(arguments.seed));
            if report.has_faults() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "{problem}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Report, String> {
    let mut report = Report::default();
    let numbers: Vec<usize> = (0..arguments.documents).collect();
    for batch in numbers.chunks(arguments.batch as usize) {
        let generated = batch
            .iter()
            .filter_map(|number| {
                generate(&RandomDocument::new(arguments.seed, *number), *number, &mut report)
            })
            .collect();
        compile_and_call(generated, &mut report)?;
        print(report.progress());
    }
    Ok(report)
}

/// The client of a document; none if it is refused, or if there is a fault.
fn generate(random: &RandomDocument, number: usize, report: &mut Report) -> Option<Generated> {
    report.documents += 1;
    let generated =
        Document::parse(format!("document-{number}.json"), &random.text()).and_then(|document| {
            let (syntax, names) = generate_syntax_from(&document)?;
            Ok((generate_from(&document)?, generate_mock_from(&document)?, names, syntax))
        });
    match generated {
        Ok((api, mock, names, syntax)) => match calls::source(random, &names, &syntax) {
            Ok(calls) => return Some(Generated { number, api, mock, calls }),
            Err(problem) => report.fault(number, &problem),
        },
        Err(error) => report.refused(number, &error, random.is_unsupported()),
    }
    None
}

/// Compiles clients together and runs their calls.
///
/// Those that do not compile are faults; the rest is tried again without them.
fn compile_and_call(mut generated: Vec<Generated>, report: &mut Report) -> Result<(), String> {
    while !generated.is_empty() {
        let clients = Clients::new()?;
        for Generated { number, api, mock, calls } in &generated {
            clients.add(&format!("document_{number}"), api, mock, Some(calls))?;
        }
        let built = clients.cargo(&["build", "--example", "calls"])?;
        if built.status.success() {
            let ran = clients.cargo(&["run", "--example", "calls"])?;
            report.ran(&String::from_utf8_lossy(&ran.stdout));
            if !ran.status.success() {
                report.fault(generated[0].number, &format!("the batch ended: {}", errors(&ran)));
            }
            return Ok(());
        }
        let messages = String::from_utf8_lossy(&built.stderr);
        let faulty = faulty(&messages);
        if faulty.is_empty() {
            return Err(format!("the batch does not compile: {}", errors(&built)));
        }
        for number in &faulty {
            report.fault(*number, &first_error(&messages, *number));
        }
        generated.retain(|client| !faulty.contains(&client.number));
    }
    Ok(())
}

/// The number of the document that a line of the compiler points to.
fn document(line: &str) -> Option<usize> {
    let (_, file) = line.trim_start().strip_prefix("--> ")?.split_once("/document_")?;
    file.split(['.', '_']).next()?.parse().ok()
}

/// The numbers of the documents in which the compiler found errors.
fn faulty(messages: &str) -> BTreeSet<usize> {
    let mut is_error = false;
    let mut numbers = BTreeSet::new();
    for line in messages.lines() {
        if line.starts_with("error") || line.starts_with("warning") {
            is_error = line.starts_with("error");
        }
        numbers.extend(document(line).filter(|_| is_error));
    }
    numbers
}

/// The first error of the compiler in a document.
fn first_error(messages: &str, number: usize) -> String {
    let lines: Vec<&str> = messages.lines().collect();
    let place = lines.iter().position(|line| document(line) == Some(number)).unwrap_or_default();
    let start = lines[..place].iter().rposition(|line| line.starts_with("error"));
    let error = &lines[start.unwrap_or_default()..];
    error[..error.len().min(12)].join("\n")
}

#[cfg(test)]
mod tests {
    use super::{faulty, first_error};

    #[test]
    fn an_error_belongs_to_the_document_in_whose_file_it_is() {
        let messages = "warning: unused\n --> /tmp/x/document_1.rs:1:1\nerror[E0412]: no type\n  --> \
                        /tmp/x/document_23.rs:5:9\n   |\nerror: other\n --> /tmp/x/document_4_mock.rs:1:1\n";
        assert_eq!(faulty(messages).into_iter().collect::<Vec<_>>(), [4, 23]);
        assert!(first_error(messages, 23).starts_with("error[E0412]: no type\n"));
        assert!(first_error(messages, 4).starts_with("error: other\n"));
    }
}
