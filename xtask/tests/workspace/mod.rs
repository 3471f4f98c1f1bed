//! Runs the binary in folders that imitate the workspace.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A document that keeps every rule of `lint`.
pub(crate) const SOUND: &str = include_str!("../../openapi-review/tests/fixtures/lint/sound.yaml");

/// What a run of the binary gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: Output) -> Self {
        let run = Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains("panicked"), "{text}");
            assert!(!text.contains('\u{1b}'), "colour without a terminal: {text}");
        }
        run
    }

    /// Fails unless the exit status is `code`.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs `cargo xtask` with `arguments` in `folder`.
pub(crate) fn xtask(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .envs(GIT_ENVIRONMENT)
        .env_remove("CARGO_MANIFEST_DIR")
        // What the client is built with is there already.
        .env("CARGO_TARGET_DIR", target())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    Run::new(output)
}

/// The target folder of this test run.
fn target() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_xtask")).ancestors().nth(2).unwrap().to_owned()
}

/// Copies a folder; what a link leads to becomes a file.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Keeps git from the settings of the machine and from repositories around the temporary folder.
const GIT_ENVIRONMENT: [(&str, &str); 3] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_CEILING_DIRECTORIES", "/tmp"),
];

/// A folder that has what the commands need of the workspace.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    /// With the sound document, outside git.
    pub(crate) fn new() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.write("openapi.yaml", SOUND);
        workspace.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        workspace.write(
            "cx-client/Cargo.toml",
            "[dependencies]\nprogenitor-client = \"1\"\nreqwest = \"1\"\nserde = \"1\"\nuuid = \"1\"\n",
        );
        fs::create_dir(workspace.path().join("cx-client/src")).unwrap();
        workspace
    }

    /// The same, in a repository with one commit, with everything derived, released as 0.1.0.
    pub(crate) fn committed() -> Self {
        let workspace = Self::new();
        workspace.xtask(&["regen"]).exits(0);
        workspace.git(&["init", "--quiet", "--initial-branch=main"]);
        workspace.commit("Begin");
        workspace.git(&["tag", "v0.1.0"]);
        workspace
    }

    /// The client of this repository and what it is built with, outside git.
    pub(crate) fn of_this_repository() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for name in ["Cargo.toml", "Cargo.lock", "CHANGELOG.md", "openapi.yaml", "README.md"] {
            workspace.write(name, fs::read(root.join(name)).unwrap());
        }
        copy(&root.join("cx-client"), &workspace.file("cx-client"));
        // Cargo takes a copy for another package, and would build it again.
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("cx-client-build"), workspace.file("cx-client-build"))
            .unwrap();
        #[cfg(not(unix))]
        copy(&root.join("cx-client-build"), &workspace.file("cx-client-build"));
        workspace.write(".gitignore", "/target\n");
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Replaces what stands once in a file.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in {name}");
        self.write(name, text.replace(from, to));
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path())
            .envs(GIT_ENVIRONMENT)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(crate) fn xtask(&self, arguments: &[&str]) -> Run {
        xtask(self.path(), arguments)
    }

    /// As [`snapshot`](Self::snapshot), without what Cargo and git may ignore.
    pub(crate) fn sources(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let target = self.file("target");
        self.snapshot().into_iter().filter(|(path, _)| !path.starts_with(&target)).collect()
    }

    /// Every file but git's own, with its content, sorted.
    pub(crate) fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn add(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.file_name().unwrap() == ".git" {
                    continue;
                }
                if path.is_dir() {
                    add(&path, files);
                } else {
                    let content = fs::read(&path).unwrap();
                    files.push((path, content));
                }
            }
        }
        let mut files = Vec::new();
        add(self.path(), &mut files);
        files.sort();
        files
    }
}

/// What a broken document can be, each with a name and what the finding must say.
pub(crate) fn broken_documents() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let text = |from: &str, to: &str| {
        assert_eq!(SOUND.matches(from).count(), 1, "{from:?}");
        SOUND.replace(from, to).into_bytes()
    };
    vec![
        ("not YAML", b"openapi: [3.0.4\n".to_vec(), "[yaml-syntax]"),
        ("empty", Vec::new(), "the document is empty"),
        ("a scalar", b"hello\n".to_vec(), "[openapi-version]"),
        ("3.1", text("openapi: 3.0.4", "openapi: 3.1.0"), "OpenAPI 3.0"),
        ("Swagger 2.0", text("openapi: 3.0.4", "swagger: '2.0'"), "Swagger 2.0"),
        ("a dangling reference", text("schemas/Call'", "schemas/Cal'"), "names nothing"),
        (
            "a circular reference",
            text("    Kind:\n", "    A: {$ref: '#/components/schemas/A'}\n    Kind:\n"),
            "in a circle",
        ),
        ("tabs", text("  title: Test", "\ttitle: Test"), "spaces, no tabs"),
        (
            "duplicate keys",
            text("  title: Test\n", "  title: Test\n  title: Two\n"),
            "stands twice",
        ),
        ("a NUL byte", text("title: Test", "title: Te\0st"), "NUL byte"),
        ("not UTF-8", b"openapi: \xff\n".to_vec(), "not UTF-8"),
    ]
}
