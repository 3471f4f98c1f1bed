//! `cargo xtask conformance`: the document and the client, checked by tools that others wrote.
//!
//! [Redocly](https://redocly.com/docs/cli) and [Spectral](https://docs.stoplight.io/docs/spectral)
//! lint the document; [Prism](https://docs.stoplight.io/docs/prism) becomes a server made from the
//! document, which the real client then calls. Their versions and settings are in
//! `xtask/conformance/`.
//!
//! To use another version of a tool, write it into `package.json` there and run
//! `npm install --package-lock-only`. Prism from 5.15 on needs Node.js 24; it stays at 5.14 while
//! Node.js 20 and 22 are supported.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::exit::Exit;
use crate::output;
use crate::source;

// What `node` is given, in `xtask/conformance/`.
const REDOCLY: &str =
    "node_modules/@redocly/cli/bin/cli.js lint --config redocly.yaml ../../openapi.yaml";
const SPECTRAL: &str = "node_modules/@stoplight/spectral-cli/dist/index.js lint \
                        --ruleset .spectral.yaml --fail-severity hint ../../openapi.yaml";
/// `--errors`: a request or a response that is not as documented gets an error that says why.
const PRISM: &str = "--require ./end-with-parent.cjs \
                     node_modules/@stoplight/prism-cli/dist/index.js mock --errors \
                     --multiprocess=false --host 127.0.0.1 --port 0 ../../openapi.yaml";

/// Runs the command: every check, also after one has failed.
pub fn run() -> Exit {
    match check() {
        Ok(exit) => exit,
        Err(problem) => {
            output::eprint(format!("conformance: {problem}"));
            Exit::Unusable
        }
    }
}

fn check() -> Result<Exit, String> {
    let root = source::workspace_root()?;
    let folder = root.join("xtask").join("conformance");
    install(&folder)?;
    let outcomes = [
        ("Redocly", passes(&mut node(&folder, REDOCLY))),
        ("Spectral", passes(&mut node(&folder, SPECTRAL))),
        ("Prism", Prism::start(&folder).and_then(|prism| call(&root, &prism.url))),
    ];
    let mut exit = Exit::Success;
    for (tool, outcome) in outcomes {
        let line = match outcome {
            Ok(true) => format!("passed   {tool}"),
            Ok(false) => {
                exit = if exit == Exit::Success { Exit::Findings } else { exit };
                format!("FAILED   {tool}: see above")
            }
            Err(problem) => {
                exit = Exit::Unusable;
                format!("NOT RUN  {tool}: {problem}")
            }
        };
        output::print(line);
    }
    Ok(exit)
}

/// Installs what the lock file names, unless it is installed already. npm compares every package
/// with its checksum there.
fn install(folder: &Path) -> Result<(), String> {
    let modified = |file| fs::metadata(folder.join(file)).and_then(|file| file.modified());
    let lock = modified("package-lock.json")
        .map_err(|error| format!("{}/package-lock.json: {error}", folder.display()))?;
    // npm removes this file first, and writes it last.
    if modified("node_modules/.package-lock.json").is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    output::eprint("conformance: `npm ci` installs the tools");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    match Command::new(npm).arg("ci").current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "`npm ci` in {} failed ({status}); it needs a registry of npm packages the first time",
            folder.display()
        )),
        Err(error) => Err(format!(
            "`npm` cannot be run: {error}; install Node.js 22.12 or later, or 20.19 or a later 20 \
             (https://nodejs.org)"
        )),
    }
}

/// Has the real client call every operation at a Prism. It is in a program of the tests: nothing
/// here depends on `cx-client`.
fn call(root: &Path, prism: &str) -> Result<bool, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(root).args(["run", "--quiet", "--package", "cx-client-tests"]);
    command.args(["--bin", "conformance", "--", prism, "openapi.yaml"]);
    passes(&mut command)
}

fn node(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new("node");
    command
        .current_dir(folder)
        .args(arguments.split(' '))
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    command
}

/// Runs a program that exits with 0 if all is well, and with 1 if it found something.
fn passes(command: &mut Command) -> Result<bool, String> {
    let program = command.get_program().to_owned();
    let status = command.status().map_err(|error| format!("{program:?} cannot be run: {error}"))?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(format!("{program:?} failed ({status})")),
    }
}

/// A running Prism; it ends when this is dropped, and also when this process ends in another way.
struct Prism {
    child: Child,
    url: String,
}

impl Prism {
    /// Starts Prism on a free port of the loopback interface, and waits until it listens.
    fn start(folder: &Path) -> Result<Self, String> {
        let mut command = node(folder, PRISM);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let child = child.map_err(|error| format!("`node` cannot be run: {error}"))?;
        let mut prism = Self { child, url: String::new() };
        let stdout = prism.child.stdout.take().ok_or("Prism has no standard output")?;
        let (sender, url) = mpsc::channel();
        // Read to its end: Prism stops where nobody reads what it writes.
        let log = thread::spawn(move || {
            let mut log = String::new();
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some((_, url)) = line.split_once("Prism is listening on ") {
                    // Nobody waits for it any more after the limit.
                    let _ = sender.send(url.trim().to_owned());
                }
                log += &format!("\n    {line}");
            }
            log
        });
        if let Ok(url) = url.recv_timeout(Duration::from_secs(60)) {
            prism.url = url;
            return Ok(prism);
        }
        drop(prism);
        let log = log.join().unwrap_or_default();
        Err(format!("it ended, or did not listen within a minute; it wrote{log}"))
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
