//! The version of the workspace, in its manifests and lock files.

use std::fs;
use std::path::Path;

use semver::Version;
use toml_edit::{Document, DocumentMut, Item};

/// The crates that are published, in the order in which they must be. Their versions move together.
pub(crate) const PUBLISHED: [&str; 2] = ["cx-client-build", "cx-client"];

/// The manifest of the workspace, relative to its root.
pub(crate) const WORKSPACE: &str = "Cargo.toml";

/// Where versions of the workspace's packages are locked.
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];

/// Reads a manifest, or a lock file.
///
/// # Errors
///
/// A message for people that begins with the file.
pub(crate) fn read(root: &Path, file: &str) -> Result<Document<String>, String> {
    let text = fs::read_to_string(root.join(file))
        .map_err(|error| format!("{file}: cannot read the file: {error}"))?;
    Document::parse(text)
        .map_err(|error| format!("{file}: it cannot be read: {}", first_line(error.message())))
}

/// The version in `[workspace.package]` of the manifest of the workspace.
///
/// # Errors
///
/// If the manifest cannot be read, or has no version, or one that is no version.
pub(crate) fn version(root: &Path) -> Result<Version, String> {
    version_of(&read(root, WORKSPACE)?).map_err(|problem| format!("{WORKSPACE}: {problem}"))
}

/// The version of the workspace, or of the package, in the text of a `Cargo.toml`.
pub(crate) fn version_in(manifest: &str) -> Result<Version, String> {
    let parsed =
        Document::parse(manifest).map_err(|error| first_line(error.message()).to_owned())?;
    version_of(&parsed)
}

fn version_of<S>(manifest: &Document<S>) -> Result<Version, String> {
    let root = manifest.as_table();
    let version = root
        .get("workspace")
        .and_then(|workspace| workspace.get("package"))
        .or_else(|| root.get("package"))
        .and_then(|package| package.get("version"))
        .and_then(Item::as_str)
        .ok_or("there is no `version` in `[workspace.package]`; add it")?;
    Version::parse(version).map_err(|error| format!("`{version}` is no version: {error}"))
}

/// Where the manifests do not have this version, with what to do.
pub(crate) fn problems(root: &Path, version: &Version) -> Vec<String> {
    let parsed = match read(root, WORKSPACE) {
        Ok(parsed) => parsed,
        Err(problem) => return vec![problem],
    };
    let workspace = parsed.get("workspace");
    let text = |item: Option<&Item>| item.and_then(Item::as_str).unwrap_or("none").to_owned();
    let mut problems = Vec::new();
    let found = text(workspace.and_then(|w| w.get("package")).and_then(|p| p.get("version")));
    if found != version.to_string() {
        problems.push(format!(
            "{WORKSPACE}: the version is {found}: run `cargo xtask version {version}`"
        ));
    }
    for name in PUBLISHED {
        let dependency = workspace.and_then(|w| w.get("dependencies")).and_then(|d| d.get(name));
        let found = text(dependency.and_then(|dependency| dependency.get("version")));
        if found != format!("={version}") {
            problems.push(format!(
                "{WORKSPACE}: the workspace depends on {name} {found}: run \
                 `cargo xtask version {version}`"
            ));
        }
        let file = format!("{name}/Cargo.toml");
        let inherits = read(root, &file).map(|manifest| {
            manifest
                .get("package")
                .and_then(|p| p.get("version"))
                .and_then(|v| v.get("workspace"))
                .and_then(Item::as_bool)
                == Some(true)
        });
        match inherits {
            Ok(true) => {}
            Ok(false) => problems.push(format!(
                "{file}: it has a version of its own: write `version.workspace = true`"
            )),
            Err(problem) => problems.push(problem),
        }
    }
    problems
}

/// Sets the version of the workspace wherever it stands, and gives the files that have changed.
///
/// # Errors
///
/// If a file cannot be read or written. Nothing is written unless all could be read.
pub(crate) fn set(root: &Path, new: &Version) -> Result<Vec<&'static str>, String> {
    let old = version(root)?;
    let mut changed = vec![(WORKSPACE, manifest_with(root, new)?)];
    for file in LOCK_FILES {
        if root.join(file).is_file() {
            changed.push((file, lock_file_with(root, file, &old, new)?));
        }
    }
    let mut written = Vec::new();
    for (file, text) in changed {
        let path = root.join(file);
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            continue;
        }
        fs::write(&path, text).map_err(|error| format!("{file}: cannot write it: {error}"))?;
        written.push(file);
    }
    Ok(written)
}

fn manifest_with(root: &Path, version: &Version) -> Result<String, String> {
    let mut manifest = read(root, WORKSPACE)?.into_mut();
    let Some(workspace) = manifest.get_mut("workspace") else {
        return Err(format!("{WORKSPACE}: there is no `[workspace]`"));
    };
    replace(&mut workspace["package"]["version"], &version.to_string());
    // (`get_mut` of an item would add what is missing; that of a table does not.)
    let dependencies = workspace["dependencies"].as_table_like_mut();
    for (name, dependency) in dependencies.into_iter().flat_map(|table| table.iter_mut()) {
        let version_of = dependency.as_table_like_mut().filter(|_| PUBLISHED.contains(&name.get()));
        if let Some(item) = version_of.and_then(|dependency| dependency.get_mut("version")) {
            replace(item, &format!("={version}"));
        }
    }
    Ok(manifest.to_string())
}

/// The lock file with the version of the packages of this repository: those that have no source.
fn lock_file_with(root: &Path, file: &str, old: &Version, new: &Version) -> Result<String, String> {
    let mut lock: DocumentMut = read(root, file)?.into_mut();
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        let is_ours = package.get("source").is_none();
        if let Some(item) = package.get_mut("version")
            && is_ours
            && item.as_str() == Some(&old.to_string())
        {
            replace(item, &new.to_string());
        }
    }
    Ok(lock.to_string())
}

/// Sets a text, and keeps the spaces and comments around it.
fn replace(item: &mut Item, text: &str) {
    let decor = item.as_value().map(|value| value.decor().clone());
    *item = toml_edit::value(text);
    if let (Some(value), Some(decor)) = (item.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

pub(crate) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs;

    use semver::Version;

    use super::{set, version, version_in};

    #[test]
    fn the_version_is_that_of_the_workspace_or_of_the_package() {
        let workspace = "[workspace.package]\nversion = \"0.3.0\"\n";
        assert_eq!(version_in(workspace).unwrap(), Version::new(0, 3, 0));
        let package = "[package]\nversion = \"0.4.0\"\n";
        assert_eq!(version_in(package).unwrap(), Version::new(0, 4, 0));
        for broken in ["", "[package]\nversion = \"1\"\n", "[package", "[package]\nversion = 1\n"] {
            assert!(version_in(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn only_versions_of_the_workspace_are_set_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let manifest = "# The workspace\n[workspace.package]\nversion = \"0.1.0\" # one for all\n\n\
                        [workspace.dependencies]\nother = \"0.1.0\"\n\
                        cx-client = { path = \"cx-client\", version = \"=0.1.0\", a = [1 , 2] }\n";
        let lock = "# generated\nversion = 4\n\n[[package]]\nname = \"cx-client\"\n\
                    version = \"0.1.0\"\n\n[[package]]\nname = \"other\"\nversion = \"0.1.0\"\n\
                    source = \"registry\"\n\n[[package]]\nname = \"fuzz\"\nversion = \"0.0.0\"\n";
        fs::write(root.join("Cargo.toml"), manifest).unwrap();
        fs::write(root.join("Cargo.lock"), lock).unwrap();
        let new = Version::new(0, 2, 0);
        assert_eq!(set(root, &new).unwrap(), ["Cargo.toml", "Cargo.lock"]);
        assert_eq!(version(root).unwrap(), new);
        let text = |name: &str| fs::read_to_string(root.join(name)).unwrap();
        let expected = manifest
            .replace("version = \"0.1.0\" #", "version = \"0.2.0\" #")
            .replace("\"=0.1.0\"", "\"=0.2.0\"");
        assert_eq!(text("Cargo.toml"), expected);
        assert_eq!(text("Cargo.lock"), lock.replacen("0.1.0", "0.2.0", 1));
        assert_eq!(set(root, &new).unwrap(), [""; 0]);
    }
}
