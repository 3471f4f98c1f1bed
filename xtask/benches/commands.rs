//! How long a maintainer waits for each command: whole processes, git included, on this workspace
//! and on synthetic documents of 10, 100 and 1,000 operations.
//!
//! `cargo bench -p xtask --bench commands` measures an optimised build; `cargo xtask` is a build of
//! the `dev` profile, which `cargo bench --profile dev -p xtask --bench commands` measures.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod synthetic;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The sizes of the synthetic documents, in operations.
const SIZES: [usize; 3] = [10, 100, 1000];
/// A command is run until this time is over, and at least and at most so often.
const TIME: Duration = Duration::from_secs(5);
const RUNS: std::ops::RangeInclusive<usize> = 3..=20;

/// Edits of a document of which every operation has at least one.
const EVERYWHERE: [(&str, &str); 5] = [
    ("name: cursor", "name: after"),
    ("enum: [plain, fancy, ", "enum: [plain, plaid, fancy, "),
    ("enum: [new, active, closed]", "enum: [new, closed]"),
    ("format: uuid", "format: password"),
    ("        createdAt:\n", "        madeAt:\n"),
];

fn main() -> Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().unwrap_or(package);
    println!("{:<42}{:>11}{:>11} of runs", "", "median", "fastest");
    report("this workspace: regen --check", root, &["regen", "--check"], 0)?;
    for size in SIZES {
        let folder = tempfile::tempdir()?;
        prepare(folder.path(), size)?;
        let pages: Vec<String> =
            (0..synthetic::pages(size).count()).map(|page| format!("{page}.txt")).collect();
        let mut docs = vec!["docs", "--spec", "openapi.yaml"];
        docs.extend(pages.iter().map(String::as_str));
        for (what, arguments, status) in [
            ("lint".to_owned(), &["lint", "openapi.yaml"][..], 0),
            ("diff, no difference".to_owned(), &["diff", "openapi.yaml", "openapi.yaml"], 0),
            ("diff, one operation".to_owned(), &["diff", "openapi.yaml", "one.yaml"], 0),
            ("diff, every operation".to_owned(), &["diff", "openapi.yaml", "all.yaml"], 0),
            ("docs, a page".to_owned(), &docs[..4], 0),
            (format!("docs, {} pages", pages.len()), &docs, 0),
            ("regen --check".to_owned(), &["regen", "--check"], 0),
        ] {
            report(&format!("{size} operations: {what}"), folder.path(), arguments, status)?;
        }
    }
    Ok(())
}

/// A workspace with a synthetic document, in a repository with everything derived.
fn prepare(folder: &Path, size: usize) -> Result<()> {
    let document = synthetic::document(size);
    let all = EVERYWHERE.iter().fold(document.clone(), |text, (from, to)| text.replace(from, to));
    fs::write(
        folder.join("one.yaml"),
        document.replacen("enum: [plain, fancy, ", "enum: [plain, ", 1),
    )?;
    fs::write(folder.join("all.yaml"), all)?;
    fs::write(folder.join("openapi.yaml"), document)?;
    for (number, page) in synthetic::pages(size).enumerate() {
        fs::write(folder.join(format!("{number}.txt")), page)?;
    }
    fs::write(folder.join("Cargo.toml"), "[workspace.package]\nversion = \"0.1.0\"\n")?;
    fs::create_dir_all(folder.join("cx-client/src"))?;
    let dependencies = ["progenitor-client", "reqwest", "serde", "serde_json", "uuid"];
    let manifest: String = dependencies.iter().map(|name| format!("{name} = \"1\"\n")).collect();
    fs::write(folder.join("cx-client/Cargo.toml"), format!("[dependencies]\n{manifest}"))?;
    succeed(xtask(folder, &["regen"]), 0)?;
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &[
            "-c",
            "user.name=B",
            "-c",
            "user.email=b@example.com",
            "commit",
            "--quiet",
            "-m",
            "Begin",
        ],
    ] {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(folder);
        succeed(git, 0)?;
    }
    Ok(())
}

fn xtask(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder).env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Runs a command, which must exit with `status`.
fn succeed(mut command: Command, status: i32) -> Result<()> {
    let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    if output.status.code() == Some(status) {
        Ok(())
    } else {
        let message = String::from_utf8_lossy(&output.stderr);
        Err(format!("{command:?}: {}, not {status}: {message}", output.status).into())
    }
}

fn report(title: &str, folder: &Path, arguments: &[&str], status: i32) -> Result<()> {
    let mut times = Vec::new();
    // The first run warms the caches of the file system.
    succeed(xtask(folder, arguments), status)?;
    let begun = Instant::now();
    while times.len() < *RUNS.start() || times.len() < *RUNS.end() && begun.elapsed() < TIME {
        let started = Instant::now();
        succeed(xtask(folder, arguments), status)?;
        times.push(started.elapsed());
    }
    times.sort();
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    let (median, fastest) = (millis(times[times.len() / 2]), millis(times[0]));
    println!("{title:<42}{median:>8.0} ms{fastest:>8.0} ms of {}", times.len());
    Ok(())
}
