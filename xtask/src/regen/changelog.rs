//! Whether the changelog tells of a change. Its form is that of <https://keepachangelog.com>.

use std::io::ErrorKind;
use std::path::Path;

use semver::Version;

/// What is missing in the changelog at `path`; `None` if nothing is.
///
/// A change is told under `## [Unreleased]`, or under the current version if that is not `released`
/// yet.
pub(super) fn problem(path: &Path, version: &Version, released: bool) -> Option<String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Some(
                "write one, with a section `## [Unreleased]` that tells of this".to_owned(),
            );
        }
        Err(error) => return Some(format!("it cannot be read: {error}")),
    };
    let version = version.to_string();
    let told = sections(&text).any(|section| {
        let counts = section.title.eq_ignore_ascii_case("unreleased")
            || (!released && section.title == version);
        counts && section.has_content
    });
    (!told).then(|| "tell of this under `## [Unreleased]`".to_owned())
}

struct Section<'a> {
    /// `Unreleased`, or a version.
    title: &'a str,
    has_content: bool,
}

/// The sections of the second level.
fn sections(text: &str) -> impl Iterator<Item = Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let heading = heading.trim().trim_start_matches('[');
            let title = heading.split([']', ' ']).next().unwrap_or_default();
            sections.push(Section { title, has_content: false });
        } else if let Some(section) = sections.last_mut() {
            let line = line.trim();
            // A heading of a lower level or the target of a link tells nothing.
            let is_link = line.starts_with('[') && line.contains("]:");
            section.has_content |= !line.is_empty() && !line.starts_with('#') && !is_link;
        }
    }
    sections.into_iter()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use semver::Version;

    use super::problem;

    fn is_told(text: &str, released: bool) -> bool {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        problem(file.path(), &Version::new(0, 2, 0), released).is_none()
    }

    #[test]
    fn an_unreleased_section_with_content_tells() {
        assert!(is_told("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n", true));
        assert!(is_told("## Unreleased\n- A thing.\n", true));
    }

    #[test]
    fn an_empty_one_does_not() {
        for text in [
            "",
            "## [Unreleased]\n",
            "## [Unreleased]\n\n### Added\n\n## [0.1.0]\n\n- A thing.\n",
            "## [Unreleased]\n\n[Unreleased]: https://example.com\n",
            "# Changelog\n\n- A thing.\n",
        ] {
            assert!(!is_told(text, true), "{text:?}");
        }
    }

    #[test]
    fn the_section_of_the_current_version_tells_until_it_is_released() {
        let text = "## [0.2.0] - 2026-01-01\n\n- A thing.\n";
        assert!(is_told(text, false));
        assert!(!is_told(text, true));
    }

    #[test]
    fn a_changelog_that_is_not_there_is_to_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("CHANGELOG.md");
        let problem = problem(&path, &Version::new(0, 2, 0), true).unwrap();
        assert!(problem.starts_with("write one"), "{problem}");
    }
}
