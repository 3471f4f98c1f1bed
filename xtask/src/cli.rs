//! The commands and their arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::exit::Exit;
use crate::{lint, output, source};

/// The maintainer's commands of the cx-client workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks an OpenAPI document: valid, within what the generator takes, up to our rules.
    ///
    /// Exits 0 if there is no error, 1 if there is one, 2 if the file cannot be read.
    Lint {
        /// The document; by default the `openapi.yaml` of the workspace.
        file: Option<PathBuf>,
        /// The form of the findings.
        #[arg(long, value_enum, default_value_t)]
        format: lint::Format,
        #[command(flatten)]
        workspace: Workspace,
    },
}

/// Where the workspace is.
#[derive(Debug, Args)]
struct Workspace {
    /// The root of the workspace, instead of the one around the current folder.
    #[arg(long, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl Workspace {
    fn root(self) -> Result<PathBuf, Exit> {
        self.root.map_or_else(source::workspace_root, Ok).map_err(|problem| {
            output::eprint(problem);
            Exit::Unusable
        })
    }
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        self.command.run().unwrap_or_else(|exit| exit)
    }
}

impl Command {
    /// `Err` is the status of a command that could not begin.
    fn run(self) -> Result<Exit, Exit> {
        match self {
            Self::Lint { file, format, workspace } => {
                let file = match file {
                    Some(file) => file,
                    None => source::for_people(&workspace.root()?.join(source::DOCUMENT)),
                };
                Ok(lint::run(&file, format))
            }
        }
    }
}
