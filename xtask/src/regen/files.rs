//! Compares derived files with what is committed, and writes those that differ.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use serde::Serialize;
use tempfile::NamedTempFile;

use super::derived::Derived;

/// How a file on the disk stands to what it should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It holds it.
    Current,
    /// It holds something else.
    Stale,
    /// There is no such file.
    Missing,
    /// It did not, and has been written.
    Written,
}

impl State {
    /// The state in one word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Written => "written",
        }
    }
}

/// A derived file on the disk.
#[derive(Debug, Serialize)]
pub(crate) struct FileReport {
    /// Relative to the root of the workspace.
    pub(crate) path: &'static str,
    /// How it stands to what it should hold.
    pub(crate) state: State,
}

/// Compares each derived file with the one on the disk.
pub(super) fn compare(root: &Path, derived: &[Derived]) -> Result<Vec<FileReport>, String> {
    derived
        .iter()
        .map(|file| {
            let state = match fs::read(root.join(file.path)) {
                Ok(bytes) if bytes == file.content.as_bytes() => State::Current,
                Ok(_) => State::Stale,
                Err(error) if error.kind() == ErrorKind::NotFound => State::Missing,
                Err(error) => {
                    return Err(format!(
                        "{}: cannot read the file: {error}\nmove away what is in its place, or make \
                         it readable, and run the command again",
                        file.path
                    ));
                }
            };
            Ok(FileReport { path: file.path, state })
        })
        .collect()
}

/// Writes each file that is stale or missing, and marks it as written.
///
/// All files are first written beside their places and then moved into them, so that no reader
/// sees half of one, and nothing changes unless all of them could be written.
pub(super) fn write(
    root: &Path,
    derived: &[Derived],
    reports: &mut [FileReport],
) -> Result<(), String> {
    let mut staged = Vec::new();
    for (file, report) in derived.iter().zip(reports) {
        if report.state == State::Current {
            continue;
        }
        let target = root.join(file.path);
        let temporary = self::staged(&target, &file.content).map_err(|error| {
            format!(
                "{}: cannot write the file: {error}\nnothing was changed; make the folder writable \
                 and run `cargo xtask regen` again, or see what is stale with \
                 `cargo xtask regen --check`, which writes nothing",
                file.path
            )
        })?;
        staged.push((temporary, target, report));
    }
    for (temporary, target, report) in staged {
        temporary.persist(&target).map_err(|error| {
            format!(
                "{}: cannot replace the file: {error}\nit is as it was; see to it and run \
                 `cargo xtask regen` again",
                report.path
            )
        })?;
        report.state = State::Written;
    }
    Ok(())
}

/// A whole file beside its place, which is removed again unless it is moved there.
fn staged(target: &Path, content: &str) -> io::Result<NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    // With the permissions of any other file, unlike those of a file that is only temporary.
    let mut file = tempfile::Builder::new().make_in(folder, |path| File::create_new(path))?;
    file.write_all(content.as_bytes())?;
    keep_permissions(target, file.as_file())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives the new file the permissions of the one that it replaces. A read-only one stays as it is:
/// someone wants it so.
fn keep_permissions(target: &Path, file: &File) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.permissions().readonly() => {
            Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"))
        }
        Ok(metadata) => file.set_permissions(metadata.permissions()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs;
    use std::path::Path;

    use super::{Derived, State, compare, write};

    fn derived(path: &'static str, content: &str) -> Derived {
        Derived { path, content: content.to_owned() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_what_differs_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let files = [derived("same", "1"), derived("stale", "2"), derived("missing", "3")];
        fs::write(folder.path().join("same"), "1").unwrap();
        fs::write(folder.path().join("stale"), "1").unwrap();
        let before = fs::metadata(folder.path().join("same")).unwrap().modified().unwrap();
        let mut reports = compare(folder.path(), &files).unwrap();
        let states: Vec<State> = reports.iter().map(|report| report.state).collect();
        assert_eq!(states, [State::Current, State::Stale, State::Missing]);
        write(folder.path(), &files, &mut reports).unwrap();
        let states: Vec<State> = reports.iter().map(|report| report.state).collect();
        assert_eq!(states, [State::Current, State::Written, State::Written]);
        assert_eq!(names(folder.path()), ["missing", "same", "stale"]);
        assert_eq!(fs::read_to_string(folder.path().join("stale")).unwrap(), "2");
        assert_eq!(fs::metadata(folder.path().join("same")).unwrap().modified().unwrap(), before);
        assert!(
            compare(folder.path(), &files)
                .unwrap()
                .iter()
                .all(|report| report.state == State::Current)
        );
    }

    #[test]
    fn nothing_changes_if_one_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let files = [derived("a", "new"), derived("no/such/folder", "new")];
        fs::write(folder.path().join("a"), "old").unwrap();
        let mut reports = compare(folder.path(), &files).unwrap();
        let message = write(folder.path(), &files, &mut reports).unwrap_err();
        assert!(
            message.contains("no/such/folder") && message.contains("nothing was changed"),
            "{message}"
        );
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let files = [derived("a", "new")];
        let mut reports = compare(folder.path(), &files).unwrap();
        assert!(write(folder.path(), &files, &mut reports).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a"]);
    }
}
