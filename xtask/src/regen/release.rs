//! Which version the next release must have, and whether it has it already.

use std::fs;
use std::path::Path;

use semver::Version;
use serde::Serialize;
use toml_edit::{Document, Item};

use super::changelog;
use crate::diff::Bump;

/// What the changes ask of the next release.
#[derive(Debug, Serialize)]
pub struct Release {
    /// The part of the version that has to grow: `major`, `minor`, `patch` or `none`.
    pub bump: &'static str,
    /// The version at the base, where it is a revision that has one.
    pub base_version: Option<Version>,
    /// The least version that the next release can have.
    pub required_version: Option<Version>,
    /// The version in `Cargo.toml`.
    pub version: Version,
    /// Whether that is enough; `null` where the version at the base is not known.
    pub version_ready: Option<bool>,
    /// Whether `CHANGELOG.md` tells of it; `null` where nothing is asked for.
    pub changelog_ready: Option<bool>,
    /// What is missing, for people; empty if nothing is.
    pub to_do: Vec<String>,
}

/// Judges the version and the changelog on the disk.
///
/// `bump` gives what the changes ask for; it is told whether the version begins with 0.
pub(super) fn judge(
    root: &Path,
    base: Option<&Version>,
    bump: impl FnOnce(bool) -> Bump,
) -> Result<Release, String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml"))
        .map_err(|error| format!("Cargo.toml: cannot read the file: {error}"))?;
    let version =
        workspace_version(&manifest).map_err(|problem| format!("Cargo.toml: {problem}"))?;
    let bump = bump(base.unwrap_or(&version).major == 0);
    let required = base.map(|base| next(base, bump));
    let version_ready = base
        .zip(required.as_ref())
        .map(|(base, required)| bump == Bump::None || is_enough(&version, base, required));
    let mut to_do = Vec::new();
    if let (Some(false), Some(required)) = (version_ready, &required) {
        to_do.push(format!(
            "Cargo.toml: set `version` to {required} (it is {version}), there and where the \
             workspace's crates name each other"
        ));
    }
    let changelog_ready = (bump != Bump::None).then(|| {
        let released = base == Some(&version);
        let problem = changelog::problem(&root.join("CHANGELOG.md"), &version, released);
        to_do.extend(problem.iter().map(|problem| format!("CHANGELOG.md: {problem}")));
        problem.is_none()
    });
    Ok(Release {
        bump: word(bump),
        base_version: base.cloned(),
        required_version: required,
        version,
        version_ready,
        changelog_ready,
        to_do,
    })
}

fn word(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "major",
        Bump::Minor => "minor",
        Bump::Patch => "patch",
        Bump::None => "none",
    }
}

/// The least version after `base`. A pre-release is followed by the version that it announces.
fn next(base: &Version, bump: Bump) -> Version {
    let Version { major, minor, patch, .. } = *base;
    match bump {
        Bump::None => base.clone(),
        _ if !base.pre.is_empty() => Version::new(major, minor, patch),
        Bump::Major => Version::new(major + 1, 0, 0),
        Bump::Minor => Version::new(major, minor + 1, 0),
        Bump::Patch => Version::new(major, minor, patch + 1),
    }
}

/// Whether `version` is the required one or a later one; a pre-release of it will do.
fn is_enough(version: &Version, base: &Version, required: &Version) -> bool {
    let numbers = |version: &Version| (version.major, version.minor, version.patch);
    version > base && numbers(version) >= numbers(required)
}

/// The version of the workspace, or of the package, in the text of a `Cargo.toml`.
pub(super) fn workspace_version(manifest: &str) -> Result<Version, String> {
    let manifest = Document::parse(manifest)
        .map_err(|error| format!("it cannot be read: {}", first_line(&error.to_string())))?;
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

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

    use std::fs;

    use semver::Version;

    use super::{Release, is_enough, judge, next, workspace_version};
    use crate::diff::Bump;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn the_next_version_follows_from_the_bump() {
        for (base, bump, expected) in [
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::None, "1.2.3"),
            ("0.1.4", Bump::Minor, "0.2.0"),
            ("0.2.0-alpha.1", Bump::Minor, "0.2.0"),
            ("0.2.0-alpha.1", Bump::None, "0.2.0-alpha.1"),
        ] {
            assert_eq!(next(&version(base), bump), version(expected), "{base} {bump:?}");
        }
    }

    #[test]
    fn a_later_version_and_a_pre_release_of_the_required_one_are_enough() {
        for (now, enough) in [
            ("0.2.0", true),
            ("0.3.0", true),
            ("1.0.0", true),
            ("0.2.0-rc.1", true),
            ("0.1.0", false),
            ("0.1.9", false),
        ] {
            assert_eq!(
                is_enough(&version(now), &version("0.1.0"), &version("0.2.0")),
                enough,
                "{now}"
            );
        }
    }

    /// Judges a workspace of this version with this changelog.
    fn judged(now: &str, changelog: &str, base: Option<&str>, bump: Bump) -> Release {
        let folder = tempfile::tempdir().unwrap();
        let manifest = format!("[workspace.package]\nversion = \"{now}\"\n");
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.path().join("CHANGELOG.md"), changelog).unwrap();
        judge(folder.path(), base.map(version).as_ref(), |_| bump).unwrap()
    }

    #[test]
    fn a_release_that_is_not_prepared_has_two_things_to_do() {
        let release = judged("0.1.0", "", Some("0.1.0"), Bump::Minor);
        assert_eq!((release.version_ready, release.changelog_ready), (Some(false), Some(false)));
        assert_eq!(release.required_version, Some(version("0.2.0")));
        assert_eq!(release.bump, "minor");
        let [manifest, changelog] = &release.to_do[..] else { panic!("{:?}", release.to_do) };
        assert!(manifest.starts_with("Cargo.toml: set `version` to 0.2.0 (it is 0.1.0)"));
        assert!(changelog.starts_with("CHANGELOG.md: tell of this"));
    }

    #[test]
    fn a_release_that_is_prepared_has_nothing_to_do() {
        for changelog in ["## [Unreleased]\n\n- A.\n", "## [0.2.0]\n\n- A.\n"] {
            let release = judged("0.2.0", changelog, Some("0.1.0"), Bump::Minor);
            assert_eq!((release.version_ready, release.changelog_ready), (Some(true), Some(true)));
            assert_eq!(release.to_do, [""; 0]);
        }
    }

    #[test]
    fn what_changes_nothing_asks_for_nothing() {
        let release = judged("0.1.0", "", Some("0.1.0"), Bump::None);
        assert_eq!((release.version_ready, release.changelog_ready), (Some(true), None));
        assert_eq!((release.bump, release.to_do.len()), ("none", 0));
    }

    #[test]
    fn beside_a_base_without_a_version_only_the_bump_is_known() {
        let release = judged("0.1.0", "", None, Bump::Patch);
        assert_eq!((release.version_ready, release.required_version), (None, None));
        assert_eq!((release.bump, release.to_do.len()), ("patch", 1));
    }

    #[test]
    fn the_rules_of_cargo_for_0_x_are_asked_for_by_the_version_of_the_base() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = "[package]\nversion = \"1.0.0\"\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        for (base, expected) in
            [(Some(version("0.1.0")), true), (Some(version("1.0.0")), false), (None, false)]
        {
            judge(folder.path(), base.as_ref(), |is_0x| {
                assert_eq!(is_0x, expected);
                Bump::None
            })
            .unwrap();
        }
    }

    #[test]
    fn the_version_is_that_of_the_workspace_or_of_the_package() {
        let workspace = "[workspace.package]\nversion = \"0.3.0\"\n";
        assert_eq!(workspace_version(workspace).unwrap(), version("0.3.0"));
        let package = "[package]\nversion = \"0.4.0\"\n";
        assert_eq!(workspace_version(package).unwrap(), version("0.4.0"));
        for broken in ["", "[package]\nversion = \"1\"\n", "[package", "[package]\nversion = 1\n"] {
            assert!(workspace_version(broken).is_err(), "{broken}");
        }
    }
}
