//! Which version the next release must have, and whether it is prepared.

use std::path::Path;

use semver::Version;
use serde::Serialize;

use super::changelog_check::{self, Subject};
use crate::changelog::{self, Changelog};
use crate::manifest;
use openapi_review::diff::Bump;

/// How many of the things that a changelog does not name are listed.
const LISTED: usize = 10;

/// What the changes ask of the next release.
#[derive(Debug, Serialize)]
pub(crate) struct Release {
    /// The part of the version that has to grow: `major`, `minor`, `patch` or `none`; `first` where
    /// nothing is released yet, and any version will do.
    pub(crate) bump: &'static str,
    /// The version at the base, where it is a revision that has one.
    pub(crate) base_version: Option<Version>,
    /// The least version that the next release can have.
    pub(crate) required_version: Option<Version>,
    /// The version in `Cargo.toml`.
    pub(crate) version: Version,
    /// Whether that is enough; `null` where the version at the base is not known.
    pub(crate) version_ready: Option<bool>,
    /// Whether `CHANGELOG.md` names everything that changed; `null` where nothing is asked for.
    pub(crate) changelog_ready: Option<bool>,
    /// What is missing, for people; empty if nothing is.
    pub(crate) to_do: Vec<String>,
}

/// What is released already.
#[derive(Debug, Clone, Copy)]
pub(super) enum Released<'a> {
    /// Nothing.
    Nothing,
    /// This version.
    Version(&'a Version),
    /// It is not known.
    Unknown,
}

/// Judges the version and the changelog on the disk.
///
/// `bump` gives what the changes ask for; its argument is whether the version begins with 0.
pub(super) fn judge(
    root: &Path,
    released: Released<'_>,
    subjects: &[Subject],
    bump: impl FnOnce(bool) -> Bump,
) -> Result<Release, String> {
    let version = manifest::version(root)?;
    let base = match released {
        Released::Version(version) => Some(version),
        Released::Nothing | Released::Unknown => None,
    };
    let bump = bump(base.unwrap_or(&version).major == 0);
    let required = base.map(|base| next(base, bump));
    let version_ready = match released {
        Released::Nothing => Some(true),
        _ => base
            .zip(required.as_ref())
            .map(|(base, required)| bump == Bump::None || is_enough(&version, base, required)),
    };
    let mut to_do = Vec::new();
    if let (Some(false), Some(required)) = (version_ready, &required) {
        to_do.push(format!(
            "{}: the version is {version}: run `cargo xtask version`, which sets {required}",
            manifest::WORKSPACE
        ));
    }
    let changelog_ready = if bump == Bump::None {
        None
    } else {
        let problems = unannounced(&Changelog::read(root)?, &version, base, subjects);
        let ready = problems.is_empty();
        to_do.extend(problems);
        Some(ready)
    };
    let word = match (released, bump) {
        (Released::Nothing, _) => "first",
        (_, Bump::Major) => "major",
        (_, Bump::Minor) => "minor",
        (_, Bump::Patch) => "patch",
        (_, Bump::None) => "none",
    };
    Ok(Release {
        bump: word,
        base_version: base.cloned(),
        required_version: required,
        version,
        version_ready,
        changelog_ready,
        to_do,
    })
}

/// What the changelog does not say yet. It may say it under `## [Unreleased]`, or under the version
/// that is being prepared.
fn unannounced(
    changelog: &Changelog,
    version: &Version,
    base: Option<&Version>,
    subjects: &[Subject],
) -> Vec<String> {
    let prepared = changelog.of(version).filter(|_| base != Some(version));
    let sections: Vec<_> = changelog.unreleased().into_iter().chain(prepared).collect();
    let mut missing = changelog_check::missing(subjects, &sections);
    let more = missing.len().saturating_sub(LISTED);
    missing.truncate(LISTED);
    let file = changelog::FILE;
    if sections.iter().all(|section| section.is_empty()) && missing.is_empty() {
        return vec![format!("{file}: say under `## [Unreleased]` what changed")];
    }
    let mut problems: Vec<String> = missing
        .into_iter()
        .map(|name| format!("{file}: say under `## [Unreleased]` what changed of {name}"))
        .collect();
    if more > 0 {
        problems.push(format!("{file}: and of {more} more"));
    }
    problems
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs;

    use semver::Version;

    use super::{Release, Released, is_enough, judge, next};
    use openapi_review::diff::Bump;

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

    /// Judges a workspace of this version.
    fn judged(now: &str, released: Released<'_>, bump: Bump) -> Release {
        let folder = tempfile::tempdir().unwrap();
        let manifest = format!("[workspace.package]\nversion = \"{now}\"\n");
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.path().join("CHANGELOG.md"), "## [Unreleased]\n\n- A.\n").unwrap();
        judge(folder.path(), released, &[], |_| bump).unwrap()
    }

    #[test]
    fn a_version_that_is_too_small_is_to_be_set() {
        let base = version("0.1.0");
        let release = judged("0.1.0", Released::Version(&base), Bump::Minor);
        assert_eq!(release.version_ready, Some(false));
        assert_eq!(release.required_version, Some(version("0.2.0")));
        assert!(release.to_do[0].contains("`cargo xtask version`, which sets 0.2.0"));
        let release = judged("0.2.0", Released::Version(&base), Bump::Minor);
        assert_eq!((release.version_ready, release.to_do.len()), (Some(true), 0));
    }

    #[test]
    fn what_changes_nothing_asks_for_nothing() {
        let base = version("0.1.0");
        let release = judged("0.1.0", Released::Version(&base), Bump::None);
        assert_eq!((release.version_ready, release.changelog_ready), (Some(true), None));
        assert_eq!((release.bump, release.to_do.len()), ("none", 0));
    }

    #[test]
    fn any_version_will_do_for_the_first_release_and_none_is_asked_for_where_it_is_not_known() {
        let release = judged("0.1.0", Released::Nothing, Bump::Patch);
        assert_eq!((release.bump, release.version_ready), ("first", Some(true)));
        let release = judged("0.1.0", Released::Unknown, Bump::Patch);
        assert_eq!((release.bump, release.version_ready), ("patch", None));
        assert_eq!(release.required_version, None);
    }

    #[test]
    fn the_rules_of_cargo_for_0_x_are_asked_for_by_the_version_of_the_base() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = "[package]\nversion = \"1.0.0\"\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let (zero, one) = (version("0.1.0"), version("1.0.0"));
        for (released, expected) in [
            (Released::Version(&zero), true),
            (Released::Version(&one), false),
            (Released::Unknown, false),
        ] {
            judge(folder.path(), released, &[], |is_0x| {
                assert_eq!(is_0x, expected);
                Bump::None
            })
            .unwrap();
        }
    }
}
