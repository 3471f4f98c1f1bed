//! `cargo xtask regen`: brings everything that is derived from `openapi.yaml` up to date, and says
//! what changed.
//!
//! One computation gives a [`Report`]; in the last step `regen` writes what is stale, and
//! `regen --check` fails where anything is.

mod base;
mod changelog_check;
mod compile;
mod derived;
mod files;
mod release;
mod render;
mod report;

use std::path::Path;

use cx_client_build::Document;

pub(crate) use self::report::{Outcome, Report};

use self::base::Base;
use self::compile::Failure;
use self::derived::Derived;
use self::release::{Release, Released};
use crate::exit::Exit;
use crate::output::{self, Format};
use crate::source::Workspace;
use openapi_review::{diff, lint, round_trip};

use crate::source;

/// What `cargo xtask regen` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Writes nothing, and fails if anything is stale.
    #[arg(long)]
    check: bool,
    /// What to compare with: a file, a revision of git, or REV:path; by default the last release,
    /// and before the first one everything is new.
    #[arg(long, value_name = "REV|FILE")]
    base: Option<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    workspace: Workspace,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    match report(arguments) {
        Ok(report) => {
            output::print(render::render(&report, arguments.format));
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
pub(crate) fn check(root: &Path) -> Result<Report, String> {
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

/// What the document asks of the next release of the workspace at `root`.
///
/// # Errors
///
/// A message for people if that is not known.
pub(crate) fn release(root: &Path) -> Result<Release, String> {
    let document = Document::load(source::for_people(&root.join(source::DOCUMENT)))
        .map_err(|error| error.to_string())?;
    let base = base::find(root, None, &document)??;
    Ok(compare(root, &base, &document)?.release)
}

/// The exit status that a report asks for.
pub(crate) fn exit(report: &Report) -> Exit {
    match report.outcome {
        Outcome::Unreadable => Exit::Unusable,
        Outcome::Rejected | Outcome::Stale => Exit::Findings,
        Outcome::Current | Outcome::Written if report.has_faults() => Exit::Findings,
        Outcome::Current | Outcome::Written => Exit::Success,
    }
}

/// A report, and the files as they should be.
struct Computed {
    report: Report,
    derived: Vec<Derived>,
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
    let mut findings = checked.findings;
    let Some(generated) = checked.generated else {
        return stop(Report::rejected(arguments.check, findings));
    };
    let derived = match derived::derive(&document, &generated) {
        Ok(derived) => derived,
        Err(error) => {
            return stop(Report::rejected(arguments.check, error.diagnostics().to_vec()));
        }
    };
    let base = base::find(root, arguments.base.as_deref(), &document)?;
    let types = match compile::compile(root, &document, &derived) {
        Ok(types) => types,
        Err(Failure::Refused(errors)) => {
            findings.extend(errors);
            return stop(Report::rejected(arguments.check, findings));
        }
        Err(Failure::Other(problem)) => return Err(problem),
    };
    let files = files::compare(root, &derived)?;
    let mut report = Report::new(arguments.check, findings, files);
    report.types = types.map(|types| round_trip::compare(&document, &types));
    match base {
        Ok(base) => {
            let compared = compare(root, &base, &document)?;
            report.base = Some(base.name);
            report.base_note = compared.note;
            report.changes = compared.changes;
            report.api = compared.api;
            report.release = Some(compared.release);
        }
        Err(reason) => report.base_note = Some(reason),
    }
    Ok(Computed { report, derived })
}

/// What changed since the base, and what that asks for.
struct Compared {
    changes: Vec<diff::Change>,
    api: Vec<diff::ApiChange>,
    note: Option<String>,
    release: Release,
}

fn compare(root: &Path, base: &Base, document: &Document) -> Result<Compared, String> {
    // Most runs change nothing; then nothing is generated a second time.
    let diff::Comparison { changes, api, rust_by_rule } =
        diff::compare_with_notes(&base.document, document);
    let note = rust_by_rule.map(|reason| {
        let reason = reason.lines().next().unwrap_or_default();
        format!("the API of the crate is not compared, since {reason}")
    });
    let released = match &base.version {
        _ if base.is_beginning => Released::Nothing,
        Some(version) => Released::Version(version),
        None => Released::Unknown,
    };
    let subjects = changelog_check::subjects(&base.document, document, &changes);
    let release = release::judge(root, released, &subjects, |is_0x| diff::bump(&changes, is_0x))?;
    Ok(Compared { changes, api, note, release })
}
