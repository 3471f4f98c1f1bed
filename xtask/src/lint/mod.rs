//! `cargo xtask lint`: is a document valid, within what the generator takes, and up to our rules?

mod report;

use std::path::PathBuf;

use cx_client_build::{Diagnostic, Document};
use openapi_review::lint::{check, has_errors};

use self::report::{Format, render};
pub(crate) use self::report::{JsonDiagnostic, count, text};
use crate::exit::Exit;
use crate::source::Workspace;
use crate::{output, source};

/// What `cargo xtask lint` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document; by default the `openapi.yaml` of the workspace.
    file: Option<PathBuf>,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    workspace: Workspace,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    let path = match &arguments.file {
        Some(file) => file.clone(),
        None => match arguments.workspace.root() {
            Ok(root) => source::for_people(&root.join(source::DOCUMENT)),
            Err(problem) => {
                output::eprint(problem);
                return Exit::Unusable;
            }
        },
    };
    let (findings, exit) = match Document::load(&path) {
        Ok(document) => {
            let findings = check(&document).findings;
            let exit = if has_errors(&findings) { Exit::Findings } else { Exit::Success };
            (findings, exit)
        }
        Err(error) => {
            let exit = exit_of_unread(error.diagnostics());
            (error.diagnostics().to_vec(), exit)
        }
    };
    output::print(render(&path.display().to_string(), &findings, arguments.format));
    exit
}

/// A file that cannot be read is unusable input; one that can and is no YAML has a finding.
fn exit_of_unread(diagnostics: &[Diagnostic]) -> Exit {
    let unreadable = diagnostics.iter().any(|diagnostic| diagnostic.rule == "unreadable");
    if unreadable { Exit::Unusable } else { Exit::Findings }
}
