//! `cargo xtask diff`: what changed between two documents.

pub(crate) mod render;

use cx_client_build::{Document, validate};

use openapi_review::diff::{Level, Rule, compare_with_notes, rules};

pub(crate) use self::render::render;
use crate::exit::Exit;
use crate::output::{self, Format};
use crate::source;

/// What lets `diff` fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// A change that breaks clients on the wire.
    Breaking,
    /// That, or a change of which it is not known.
    Warning,
    /// Any change, of words too.
    Any,
}

impl FailOn {
    fn is_met_by(self, level: Level) -> bool {
        match self {
            Self::Breaking => level == Level::Breaking,
            Self::Warning => level <= Level::Warning,
            Self::Any => true,
        }
    }
}

/// The arguments of `diff`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Arguments {
    /// The document that clients were built against: a file, or `REV:path` of git.
    #[arg(required_unless_present = "rules")]
    old: Option<String>,
    /// The document that they will meet: a file, or `REV:path` of git.
    #[arg(required_unless_present = "rules")]
    new: Option<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Exit with 1 if there is a change of this level or a worse one.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Print the table of rules: each id with its level, what it is about, and why.
    #[arg(long, conflicts_with_all = ["old", "new"])]
    rules: bool,
}

/// Runs `diff`: prints the differences of two documents.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    if arguments.rules {
        output::print(table().trim_end());
        return Exit::Success;
    }
    let [old, new] =
        [&arguments.old, &arguments.new].map(|name| name.as_deref().unwrap_or_default());
    let documents = (load(old), load(new));
    let (old, new) = match documents {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let mut problems: Vec<String> = [old.err(), new.err()].into_iter().flatten().collect();
            problems.dedup();
            output::eprint(problems.join("\n"));
            return Exit::Unusable;
        }
    };
    let comparison = compare_with_notes(&old, &new);
    output::print(render(&comparison.changes, arguments.format).trim_end());
    if let Some(reason) = &comparison.rust_by_rule {
        output::eprint(format!("note: `rust` is judged by rules, since {reason}"));
    }
    let fails = arguments.fail_on.is_some_and(|fail_on| {
        comparison.changes.iter().any(|change| fail_on.is_met_by(change.level))
    });
    if fails { Exit::Findings } else { Exit::Success }
}

/// Loads a document and checks that it is one that can be compared.
pub(crate) fn load(name: &str) -> Result<Document, String> {
    let document = source::load(name)?;
    let diagnostics = validate(&document);
    if diagnostics.is_empty() {
        return Ok(document);
    }
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    Err(lines.join("\n"))
}

/// The rules as a table for people.
fn table() -> String {
    let width = rules().iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let row =
        |Rule { id, level, what, why }: &Rule| format!("{id:width$}  {level:<10}  {what}: {why}\n");
    rules().iter().map(row).collect()
}
