//! The tools, installed from the npm registry.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::needs::NPM_PROGRAM;
use super::process::{self, last_lines};
use super::progress;
use super::tool::Tool;

const LOCK: &str = "package-lock.json";
const PACKAGE: &str = "package.json";
/// Written last, with the text of the lock file: what is installed is complete, and is that.
const STAMP: &str = "installed-lock.json";

/// Why there is no report.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something that the command needs is missing: a line for each need.
    Missing(Vec<String>),
    /// Something went wrong.
    Broken(String),
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self::Broken(problem)
    }
}

/// The installed tools.
pub(super) struct Tools {
    /// The settings of the tools.
    settings: PathBuf,
    /// Where they are installed, and where what they write goes.
    folder: PathBuf,
    manifests: Vec<(Tool, Manifest)>,
}

/// What is read of a `package.json`.
#[derive(Debug, Deserialize)]
struct Manifest {
    version: String,
    bin: BTreeMap<String, String>,
}

impl Tools {
    /// Installs what the lock file in `settings` names into `folder`, unless it is there already.
    ///
    /// npm compares every package with the checksum of the lock file. No script of a package runs.
    ///
    /// # Errors
    ///
    /// What is missing, if the registry cannot be reached; what went wrong otherwise.
    pub(super) fn install(settings: &Path, folder: &Path) -> Result<Self, Failure> {
        let lock = read(&settings.join(LOCK))?;
        if fs::read_to_string(folder.join(STAMP)).ok().as_deref() != Some(lock.as_str()) {
            progress(format!("installing the tools into {}", folder.display()));
            write(|| fs::create_dir_all(folder), folder)?;
            for name in [PACKAGE, LOCK] {
                write(|| fs::copy(settings.join(name), folder.join(name)), &folder.join(name))?;
            }
            npm_ci(folder)?;
            write(|| fs::write(folder.join(STAMP), &lock), &folder.join(STAMP))?;
        }
        let manifests = Tool::ALL
            .into_iter()
            .map(|tool| {
                let file = package_folder(folder, tool).join(PACKAGE);
                let manifest: Manifest = serde_json::from_str(&read(&file)?)
                    .map_err(|error| format!("{}: {error}", file.display()))?;
                Ok((tool, manifest))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self { settings: settings.to_owned(), folder: folder.to_owned(), manifests })
    }

    /// The version that is installed.
    pub(super) fn version(&self, tool: Tool) -> &str {
        self.manifest(tool).map_or("", |manifest| &manifest.version)
    }

    /// The command that begins the tool with `node` itself: no process stands in between, so what
    /// ends this one ends the tool. `options` are for Node.js.
    ///
    /// # Errors
    ///
    /// If the package has no such program.
    pub(super) fn command(&self, tool: Tool, options: &[&Path]) -> Result<Command, String> {
        let program = self
            .manifest(tool)
            .and_then(|manifest| manifest.bin.get(tool.program()))
            .ok_or_else(|| format!("{} has no program {}", tool.package(), tool.program()))?;
        let mut command = Command::new("node");
        for module in options {
            command.arg("--require").arg(module);
        }
        command.arg(package_folder(&self.folder, tool).join(program));
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .env("DO_NOT_TRACK", "1")
            .env("NO_UPDATE_NOTIFIER", "1")
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR")
            .env_remove("NODE_OPTIONS");
        Ok(command)
    }

    /// A file among the settings.
    pub(super) fn setting(&self, name: &str) -> PathBuf {
        self.settings.join(name)
    }

    /// Where what the tool writes goes, without an extension.
    pub(super) fn log(&self, tool: Tool) -> PathBuf {
        self.folder.join(tool.program())
    }

    fn manifest(&self, tool: Tool) -> Option<&Manifest> {
        self.manifests.iter().find(|(of, _)| *of == tool).map(|(_, manifest)| manifest)
    }
}

/// The folder for what is built: `CARGO_TARGET_DIR`, or else `target` in the workspace.
pub(super) fn target_folder(root: &Path) -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    std::path::absolute(&folder).unwrap_or(folder)
}

fn package_folder(folder: &Path, tool: Tool) -> PathBuf {
    folder.join("node_modules").join(tool.package())
}

fn npm_ci(folder: &Path) -> Result<(), Failure> {
    let mut npm = Command::new(NPM_PROGRAM);
    npm.current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]);
    let output = process::run(&mut npm, &folder.join("npm"), Duration::from_secs(600))
        .map_err(|problem| format!("`npm ci`: {problem}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = last_lines(&output.stderr);
    if is_unreachable(&output.stderr) {
        let need = format!("  - the npm registry, once: `npm ci` cannot reach it\n    {said}");
        return Err(Failure::Missing(vec![need]));
    }
    Err(Failure::Broken(format!("`npm ci` in {} failed:\n    {said}", folder.display())))
}

/// Whether npm failed because it did not get through to the registry.
fn is_unreachable(stderr: &str) -> bool {
    const CODES: [&str; 10] = [
        "EAI_AGAIN",
        "ECONNABORTED",
        "ECONNREFUSED",
        "ECONNRESET",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "ENOTCACHED",
        "ENOTFOUND",
        "ERR_SOCKET_TIMEOUT",
        "ETIMEDOUT",
    ];
    stderr
        .lines()
        .filter_map(|line| {
            line.strip_prefix("npm error code ").or_else(|| line.strip_prefix("npm ERR! code "))
        })
        .any(|code| CODES.contains(&code.trim()))
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

fn write<T>(action: impl FnOnce() -> std::io::Result<T>, file: &Path) -> Result<(), String> {
    action().map(|_| ()).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::Value;

    use super::*;

    #[test]
    fn only_a_registry_out_of_reach_is_a_need() {
        let offline = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network";
        assert!(is_unreachable(offline));
        assert!(is_unreachable("npm ERR! code EAI_AGAIN\n"));
        assert!(!is_unreachable("npm error code EINTEGRITY\n"));
        assert!(!is_unreachable("npm error code E404\nnpm error 404 ENOTFOUND\n"));
    }

    #[test]
    fn every_tool_is_pinned_to_the_version_of_the_lock_file() {
        let package: Value =
            serde_json::from_str(include_str!("../../conformance/package.json")).unwrap();
        let lock: Value =
            serde_json::from_str(include_str!("../../conformance/package-lock.json")).unwrap();
        let pinned = package["dependencies"].as_object().unwrap();
        assert_eq!(pinned.len(), Tool::ALL.len());
        for tool in Tool::ALL {
            let version = pinned[tool.package()].as_str().unwrap();
            assert!(version.chars().all(|c| c.is_ascii_digit() || c == '.'), "{version}");
            let key = format!("node_modules/{}", tool.package());
            assert_eq!(lock["packages"][&key]["version"], version);
        }
    }

    #[test]
    fn the_lock_file_has_a_checksum_for_every_package_and_no_address() {
        let lock: Value =
            serde_json::from_str(include_str!("../../conformance/package-lock.json")).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > 100);
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package["integrity"].is_string(), "{name}");
            assert!(package.get("resolved").is_none(), "{name}");
            assert!(package.get("link").is_none(), "{name}");
        }
    }
}
