//! `cargo xtask docs`: does the OpenAPI document say what documentation pages say?

mod render;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_review::docs::draft::draft;
use openapi_review::docs::page::Page;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;

pub(crate) use self::render::render;
use crate::diff::load;
use crate::exit::Exit;
use crate::output::{self, Format};
use crate::source;

/// The arguments of `docs`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Arguments {
    /// Documentation pages, each of one operation, saved as Markdown, from the address of the page
    /// with `.md` appended; or as plain text: mark all of the page in the browser, copy it, and
    /// paste it into a file.
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// The OpenAPI document: a file, or `REV:path` of git [default: that of the workspace].
    #[arg(long, value_name = "FILE")]
    spec: Option<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print the pages as an OpenAPI fragment in YAML, to be pasted into the document, instead of
    /// comparing them.
    #[arg(long, conflicts_with = "format")]
    draft: bool,
}

/// Runs `docs`: compares pages with the document, or prints them as a draft of it.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    let mut problems = Vec::new();
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    for path in arguments.pages.iter().filter(|path| seen.insert(*path)) {
        match load_page(path) {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    let own =
        || source::workspace_root().map(|root| source::for_people(&root.join(source::DOCUMENT)));
    let spec = arguments.spec.clone().map_or_else(|| Ok(own()?.display().to_string()), Ok);
    match spec.and_then(|name| load(&name)) {
        Ok(document) if problems.is_empty() && arguments.draft => {
            output::print(draft(&document, &pages).trim_end());
            Exit::Success
        }
        Ok(document) if problems.is_empty() => {
            let report = Report::new(&document, &pages);
            output::print(render(&report, arguments.format).trim_end());
            if report.agrees() { Exit::Success } else { Exit::Findings }
        }
        loaded => {
            problems.extend(loaded.err());
            output::eprint(problems.join("\n"));
            Exit::Unusable
        }
    }
}

fn load_page(path: &Path) -> Result<Page, String> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(format!("{name}: this is a directory; name the saved page itself"));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        format!("{name}: cannot read the page: {error}; check the path, and that you may read it")
    })?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("{name}:{line}: this is not UTF-8; save the page as UTF-8 text")
    })?;
    read(&name, text).map_err(|error| error.to_string())
}
