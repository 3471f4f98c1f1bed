//! `cargo xtask conformance`: the document and the client before tools that others wrote.
//!
//! [Redocly](https://redocly.com/docs/cli) and [Spectral](https://docs.stoplight.io/docs/spectral)
//! lint the document with their recommended rules; [Prism](https://docs.stoplight.io/docs/prism)
//! becomes a server made from the document, at which the real client then places calls. Which
//! versions, with which settings, stands in `xtask/conformance/`.
//!
//! Another version of a tool: write it into `package.json` there, and bring the lock file up to date
//! with `npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved`, which
//! leaves the checksums and writes down no address. Prism from 5.15 on needs Node.js 24, so it stays
//! at 5.14 while a Node.js 20 or 22 is to do.

mod answers;
mod client;
mod finding;
mod install;
mod lint;
mod needs;
mod prism;
mod process;
mod report;
mod tool;

use std::path::Path;

use cx_client_build::Document;

use crate::exit::Exit;
use crate::output::{self, Format};
use crate::source;

use answers::Answers;
use install::{Failure, Tools};
use report::{Check, Report, Verdict};
use tool::Tool;

/// What `cargo xtask conformance` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Fails where something that the command needs is missing, rather than skipping.
    #[arg(long)]
    strict: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command.
///
/// The status is a success if every check passed, and, except with `--strict`, if something that
/// the command needs is missing; it says what.
pub fn run(arguments: &Arguments) -> Exit {
    let report = source::workspace_root().map_err(Failure::Broken).and_then(|root| check(&root));
    match report {
        Ok(report) => {
            output::print(report.render(arguments.format));
            report.exit()
        }
        Err(Failure::Missing(needs)) => {
            let outcome = if arguments.strict { "failed" } else { "skipped" };
            output::eprint(format!("conformance: {outcome}. It needs\n{}", needs.join("\n")));
            if arguments.strict { Exit::Unusable } else { Exit::Success }
        }
        Err(Failure::Broken(problem)) => {
            output::eprint(format!("conformance: {problem}"));
            Exit::Unusable
        }
    }
}

/// Makes every check, also after one has failed.
fn check(root: &Path) -> Result<Report, Failure> {
    needs::check().map_err(Failure::Missing)?;
    let settings = root.join("xtask").join("conformance");
    let answers = Answers::load(&settings.join("answered-warnings.json"))?;
    let file = root.join("openapi.yaml");
    let document = Document::load(&file).map_err(|error| error.to_string())?;
    let tools = Tools::install(&settings, &install::target_folder(root).join("conformance"))?;

    let mut report = Report::default();
    for tool in [Tool::Redocly, Tool::Spectral] {
        progress(format!("{tool} {} lints openapi.yaml", tools.version(tool)));
        match lint::run(tool, &tools, &file) {
            Ok(findings) => {
                let comparison = answers.compare(tool, findings);
                report.add_lint(tool, tools.version(tool), comparison, &document);
            }
            Err(problem) => {
                let check = "lint, recommended rules".to_owned();
                report.add(tool, tools.version(tool), Check::not_made(check, problem));
            }
        }
    }

    let version = tools.version(Tool::Prism);
    progress(format!("{} {version} answers as openapi.yaml says", Tool::Prism));
    let calls =
        prism::Prism::start(&tools, &file).and_then(|prism| client::place_calls(root, prism.url()));
    match calls {
        Ok(checks) => checks.into_iter().for_each(|check| report.add(Tool::Prism, version, check)),
        Err(problem) => {
            let check = "calls placed by the client".to_owned();
            report.add(Tool::Prism, version, Check::not_made(check, problem));
        }
    }
    Ok(report)
}

/// Says on standard error what is being done, since some of it takes a while.
fn progress(text: impl std::fmt::Display) {
    output::eprint(format!("conformance: {text}"));
}

impl Check {
    fn not_made(check: String, problem: String) -> Self {
        Self { check, verdict: Verdict::NotMade, result: problem }
    }
}
