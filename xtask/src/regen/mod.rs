//! `cargo xtask regen`: brings everything that is derived from `openapi.yaml` up to date, and says
//! what changed.
//!
//! One computation gives a [`Report`]; in the last step `regen` writes what is stale, and
//! `regen --check` fails where anything is.

mod base;
mod changelog;
mod dependencies;
mod derived;
mod files;
mod markdown;
mod release;
mod report;
mod text;

use std::path::Path;

use cx_client_build::{Document, generate_from};

pub use self::report::{Outcome, Report};

use self::base::Base;
use crate::exit::Exit;
use crate::output::{self, Format};
use crate::source::Workspace;
use crate::{diff, lint, round_trip, source};

/// What `cargo xtask regen` is asked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Writes nothing, and fails if anything is stale.
    #[arg(long)]
    check: bool,
    /// What to compare with: a file, a revision of git, or REV:path; by default the last release
    /// tag, or HEAD if there is none.
    #[arg(long, value_name = "REV|FILE")]
    base: Option<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    workspace: Workspace,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Exit {
    match report(arguments) {
        Ok(report) => {
            output::print(report.render(arguments.format));
            exit(&report)
        }
        Err(message) => {
            output::eprint(message);
            Exit::Unusable
        }
    }
}

/// What `regen --check` has to say about the workspace at `root`; nothing is written.
///
/// # Errors
///
/// A message for people if a file of the workspace cannot be used.
pub fn check(root: &Path) -> Result<Report, String> {
    let arguments = Arguments {
        check: true,
        base: None,
        format: Format::Text,
        workspace: Workspace::default(),
    };
    Ok(compute(root, &arguments)?.report)
}

/// Computes the report, and unless it is only to check writes what is stale.
fn report(arguments: &Arguments) -> Result<Report, String> {
    let root = arguments.workspace.root()?;
    let Computed { mut report, derived } = compute(&root, arguments)?;
    if report.outcome == Outcome::Stale && !arguments.check {
        files::write(&root, &derived, &mut report.files)?;
        report.outcome = Outcome::Written;
    }
    Ok(report)
}

/// The exit status that a report asks for.
pub fn exit(report: &Report) -> Exit {
    match report.outcome {
        Outcome::Unreadable => Exit::Unusable,
        Outcome::Rejected | Outcome::Stale => Exit::Findings,
        // Everything is written, and the crate does not build yet.
        Outcome::Current | Outcome::Written if !report.missing_crates.is_empty() => Exit::Findings,
        Outcome::Current | Outcome::Written if report.has_faults() => Exit::Findings,
        Outcome::Current | Outcome::Written => Exit::Success,
    }
}

/// A report, and the files as they should be.
struct Computed {
    report: Report,
    derived: Vec<derived::Derived>,
}

/// Gathers what there is to say, and writes nothing.
///
/// # Errors
///
/// A message for people if the base that was asked for or a file of the workspace cannot be used.
fn compute(root: &Path, arguments: &Arguments) -> Result<Computed, String> {
    let stop = |report| Ok(Computed { report, derived: Vec::new() });
    let path = root.join(source::DOCUMENT);
    let document = match Document::load(source::for_people(&path)) {
        Ok(document) => document,
        Err(error) => return stop(Report::unread(arguments.check, error.diagnostics().to_vec())),
    };
    let checked = lint::check(&document);
    let Some(generated) = checked.generated else {
        return stop(Report::rejected(arguments.check, checked.findings));
    };
    let derived = match derived::derive(&document, &generated) {
        Ok(derived) => derived,
        Err(error) => {
            return stop(Report::rejected(arguments.check, error.diagnostics().to_vec()));
        }
    };
    let files = files::compare(root, &derived)?;
    let mut report = Report::new(arguments.check, checked.findings, files);
    report.missing_crates = dependencies::missing(root, &generated)?;
    match round_trip::of_workspace(root) {
        None => {}
        Some(Ok(types)) => report.types = Some(round_trip::compare(&document, &types)),
        Some(Err(problem)) => report.types_note = Some(problem),
    }
    match base::find(root, arguments.base.as_deref())? {
        Ok(base) => compare(root, &base, &document, &derived, &mut report)?,
        Err(reason) => report.base_note = Some(reason),
    }
    Ok(Computed { report, derived })
}

/// Adds what changed since the base.
fn compare(
    root: &Path,
    base: &Base,
    document: &Document,
    derived: &[derived::Derived],
    report: &mut Report,
) -> Result<(), String> {
    report.base = Some(base.name.clone());
    // Most runs change nothing; then there is nothing to generate a second time.
    if base.document.to_json() != document.to_json() {
        report.changes = diff::compare(&base.document, document);
        let before = generate_from(&base.document)
            .and_then(|generated| derived::derive(&base.document, &generated));
        match before {
            Ok(before) => report.rust_diff = derived::rust_diff(&before, derived),
            Err(error) => {
                let first = error.to_string().lines().next().unwrap_or_default().to_owned();
                report.base_note =
                    Some(format!("no Rust can be generated from {}: {first}", base.name));
            }
        }
    }
    report.release = Some(release::judge(root, base.version.as_ref(), |is_0x| {
        diff::bump(&report.changes, is_0x)
    })?);
    Ok(())
}
