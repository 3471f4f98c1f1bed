//! The workspace in which derived files are compiled.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{Array, Item, Value};

use super::super::derived::Derived;
use crate::{manifest, source};

/// The program of the stage.
pub(super) const PROGRAM: &str = "schemas";

const PROGRAM_SOURCE: &str = "\
//! Prints the JSON Schemas of the generated types: pairs of a JSON pointer and a schema.

fn main() -> serde_json::Result<()> {
    println!(\"{}\", serde_json::to_string(&cx_client::json_schemas())?);
    Ok(())
}
";

/// Every feature of the client that generated code depends on.
const PROGRAM_MANIFEST: &str = "\
[package]
name = \"schemas\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[features]
codegen = [\"cx-client/codegen\"]

[dependencies]
cx-client = { workspace = true, features = [\"mock\", \"schemars\"] }
serde_json = { workspace = true }
";

/// Where Cargo builds for the workspace at `root`.
pub(super) fn target_folder(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Puts the client with the derived files below the target folder of `root`. Files that are as they
/// should be keep their time, so that Cargo builds only what has changed.
pub(super) fn prepare(root: &Path, derived: &[Derived]) -> Result<PathBuf, String> {
    let stage = root.join("target/regen");
    let mut files = BTreeMap::new();
    collect(root, Path::new("cx-client"), &mut files)
        .map_err(|error| format!("cx-client: cannot read the package: {error}"))?;
    for file in derived {
        files.insert(PathBuf::from(file.path), file.content.clone().into_bytes());
    }
    let document = fs::read(root.join(source::DOCUMENT))
        .map_err(|error| format!("{}: cannot read the file: {error}", source::DOCUMENT))?;
    files.insert(Path::new("cx-client").join(source::DOCUMENT), document);
    files.insert("Cargo.toml".into(), workspace_manifest(root)?.into_bytes());
    files.insert("schemas/Cargo.toml".into(), PROGRAM_MANIFEST.into());
    files.insert("schemas/src/main.rs".into(), PROGRAM_SOURCE.into());
    if let Ok(lock) = fs::read(root.join("Cargo.lock")) {
        files.insert("Cargo.lock".into(), lock);
    }
    is_last_of(&target_folder(root), &stage)
        .and_then(|is_last| synchronise(&stage, &files, is_last))
        .map_err(|error| format!("{}: cannot write there: {error}", stage.display()))?;
    Ok(stage)
}

/// Whether this stage was the last to be built into a target folder, and notes that it is.
///
/// Cargo takes the packages of two stages for the same ones and goes by the time of their files, so
/// that it would take what another checkout has built for what this one asks for.
fn is_last_of(target: &Path, stage: &Path) -> io::Result<bool> {
    let note = target.join("regen-stage");
    let name = stage.to_string_lossy();
    let is_last = fs::read_to_string(&note).is_ok_and(|last| last == name);
    fs::create_dir_all(target)?;
    fs::write(note, name.as_bytes())?;
    Ok(is_last)
}

/// Every file below a folder, with its content.
fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        // Files that are links have become the files of the package.
        if fs::metadata(entry.path())?.is_dir() {
            collect(root, &path, files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// The manifest of the workspace, of which the client and the program are the only members.
fn workspace_manifest(root: &Path) -> Result<String, String> {
    let mut parsed = manifest::read(root, manifest::WORKSPACE)?.into_mut();
    let workspace = &mut parsed["workspace"];
    let members: Array = ["cx-client", PROGRAM].into_iter().collect();
    workspace["members"] = Item::Value(Value::Array(members));
    if let Some(workspace) = workspace.as_table_like_mut() {
        workspace.remove("exclude");
    }
    let dependencies = workspace.get_mut("dependencies").and_then(Item::as_table_like_mut);
    for (name, dependency) in dependencies.into_iter().flat_map(|table| table.iter_mut()) {
        let path = dependency.get("path").and_then(Item::as_str).map(|path| root.join(path));
        if let Some(there) = path.filter(|_| name != "cx-client") {
            // The same path whatever links lead there: Cargo takes another for another package.
            let there = fs::canonicalize(&there).unwrap_or(there);
            dependency["path"] = toml_edit::value(there.to_string_lossy().into_owned());
        }
    }
    Ok(parsed.to_string())
}

/// Makes a folder hold these files and no others. Those that are as they should be keep their time
/// if that is asked for.
fn synchronise(
    folder: &Path,
    files: &BTreeMap<PathBuf, Vec<u8>>,
    keeps_times: bool,
) -> io::Result<()> {
    let mut present = BTreeMap::new();
    if folder.is_dir() {
        collect(folder, Path::new(""), &mut present)?;
    }
    for path in present.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(folder.join(path))?;
    }
    for (path, content) in files {
        if keeps_times && present.get(path) == Some(content) {
            continue;
        }
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, content)?;
    }
    Ok(())
}
