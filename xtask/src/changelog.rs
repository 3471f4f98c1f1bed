//! The one reader of `CHANGELOG.md`. Its form is that of <https://keepachangelog.com/en/1.1.0/>.

use std::io::ErrorKind;
use std::path::Path;

use semver::Version;

/// The file, relative to the root of the workspace.
pub(crate) const FILE: &str = "CHANGELOG.md";

/// A changelog, by its headings of the second level.
#[derive(Debug, Default)]
pub(crate) struct Changelog {
    sections: Vec<Section>,
}

/// What stands below one heading of the second level.
#[derive(Debug)]
pub(crate) struct Section {
    /// `Unreleased`, or a version.
    pub(crate) title: String,
    /// What follows the title in the heading, without the dash: a date if it is one.
    after_title: String,
    /// The text below the heading, without headings and the targets of links.
    text: String,
}

impl Changelog {
    /// Reads the changelog of the workspace at `root`; one that is not there is empty.
    ///
    /// # Errors
    ///
    /// If the file is there and cannot be read.
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        match std::fs::read_to_string(root.join(FILE)) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("{FILE}: cannot read the file: {error}")),
        }
    }

    fn parse(text: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                sections.push(Section::begin(heading.trim()));
            } else if let Some(section) = sections.last_mut() {
                let is_link = line.trim_start().starts_with('[') && line.contains("]:");
                if !line.starts_with('#') && !is_link {
                    section.text.push_str(line.trim());
                    section.text.push('\n');
                }
            }
        }
        Self { sections }
    }

    /// The section of a version.
    pub(crate) fn of(&self, version: &Version) -> Option<&Section> {
        let version = version.to_string();
        self.sections.iter().find(|section| section.title == version)
    }

    /// The section of what is not released yet.
    pub(crate) fn unreleased(&self) -> Option<&Section> {
        self.sections.iter().find(|section| section.title.eq_ignore_ascii_case("unreleased"))
    }

    /// The versions that have a section, as they stand in the file: the latest first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = Version> {
        self.sections.iter().filter_map(|section| Version::parse(&section.title).ok())
    }
}

impl Section {
    /// From a heading such as `[0.1.0] - 2026-11-22`; the brackets make it a link, and can be
    /// missing.
    fn begin(heading: &str) -> Self {
        let (title, after) = match heading.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or((rest, "")),
            None => heading.split_once(' ').unwrap_or((heading, "")),
        };
        Self {
            title: title.to_owned(),
            after_title: after.trim_start_matches([' ', '-']).to_owned(),
            text: String::new(),
        }
    }

    /// Whether anything but headings stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether its heading has a date, in the form `YYYY-MM-DD`.
    pub(crate) fn has_date(&self) -> bool {
        let date = &self.after_title;
        date.len() == 10
            && date.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    }

    /// Whether a piece of code in it, in backticks, has `name` as a whole word.
    pub(crate) fn names(&self, name: &str) -> bool {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split('`').skip(1).step_by(2).any(|code| has_word(code, name))
    }
}

/// Whether `word` stands in `code` and is not part of a longer word or path.
fn has_word(code: &str, word: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !word.is_empty()
        && code.match_indices(word).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let mut after = code[at + word.len()..].chars();
            let next = after.next();
            // `/agents` is not named by `/agents/{id}`.
            let is_longer_path = next == Some('/') && after.next().is_some();
            !before.is_some_and(continues) && !next.is_some_and(continues) && !is_longer_path
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use semver::Version;

    use super::{Changelog, has_word};

    #[test]
    fn sections_have_a_title_a_date_and_content() {
        let changelog = Changelog::parse(
            "# Changelog\n\n- Nothing here counts.\n\n## [Unreleased]\n\n### Added\n\n\
             [Unreleased]: https://example.com\n\n## [0.2.0] - 2026-01-01\n\n- A thing.\n\n\
             ## 0.1.0\n- `another`\n",
        );
        let (second, first) = (Version::new(0, 2, 0), Version::new(0, 1, 0));
        assert!(changelog.unreleased().unwrap().is_empty());
        assert!(changelog.of(&second).unwrap().has_date());
        assert!(!changelog.of(&second).unwrap().is_empty());
        assert!(!changelog.of(&first).unwrap().has_date());
        assert!(changelog.of(&first).unwrap().names("another"));
        assert!(changelog.of(&Version::new(0, 3, 0)).is_none());
        assert_eq!(changelog.versions().collect::<Vec<_>>(), [second, first]);
    }

    #[test]
    fn a_heading_without_brackets_or_in_another_case_is_one() {
        let changelog = Changelog::parse("## unreleased\n- A thing.\n");
        assert!(!changelog.unreleased().unwrap().is_empty());
        for (date, is_date) in [("2026-01-01", true), ("2026-1-1", false), ("soon", false)] {
            let changelog = Changelog::parse(&format!("## [0.1.0] - {date}\n"));
            assert_eq!(changelog.of(&Version::new(0, 1, 0)).unwrap().has_date(), is_date);
        }
    }

    #[test]
    fn only_code_names_a_thing() {
        let changelog = Changelog::parse(
            "## [Unreleased]\n- The status of `Call.transcript`, and `GET\n  /api/v1/calls`.\n",
        );
        let section = changelog.unreleased().unwrap();
        for (name, is_named) in [
            ("transcript", true),
            ("Call", true),
            ("GET /api/v1/calls", true),
            ("status", false),
            ("script", false),
            (", and", false),
        ] {
            assert_eq!(section.names(name), is_named, "{name}");
        }
    }

    #[test]
    fn a_word_is_a_whole_word() {
        for (code, word, has) in [
            ("GET /agents/{id}", "GET /agents", false),
            ("GET /agents", "GET /agents", true),
            ("list_agents()", "list_agents", true),
            ("list_agents_by_name", "list_agents", false),
            ("x-status", "status", false),
            ("status", "", false),
        ] {
            assert_eq!(has_word(code, word), has, "{code} {word}");
        }
    }
}
