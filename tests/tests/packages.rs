//! What is in the packages builds and works alone, as a line in somebody's `Cargo.toml`.
//!
//! Slow, for it builds everything again, in `target/downstream`. CI runs it; so does
//! `cargo test -p cx-client-tests --test packages -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cx_client_build::Document;

/// What a user of the crate writes: the client is used in every feature set, and the mock where it
/// is on.
const DOWNSTREAM: &str = r#"
use cx_client::types::{Channel, CreateCallRequest};
use cx_client::{Client, Delivery, Error, RetryPolicy};

pub async fn place(client: &Client) -> Result<String, Error> {
    let request = CreateCallRequest::builder()
        .agent_id(cx_client::uuid::Uuid::nil())
        .channel(Channel::Sms)
        .skill_id(cx_client::uuid::Uuid::nil())
        .customer_name("John Does")
        .customer_phone("+1234567890");
    let call = client.create_call().body_map(|_| request).send().await?;
    // A response type can grow, so a pattern has `..`.
    let cx_client::types::Call { id, status, .. } = call.into_inner();
    Ok(format!("{id} {status}"))
}

pub fn client(url: &str) -> Result<Client, Error> {
    Client::builder().credentials("u", "p").base_url(url).retry(RetryPolicy::never()).build()
}

pub fn is_safe(error: &Error) -> bool {
    matches!(error.delivery(), Delivery::NotSent | Delivery::Rejected)
}

#[test]
fn the_settings_are_checked() {
    assert!(client("http://127.0.0.1:1").is_ok());
    let https = client("https://api.example.com");
    if cfg!(feature = "any-tls") {
        assert!(https.is_ok());
    } else {
        assert!(https.unwrap_err().to_string().contains("feature `tls`"));
    }
}

#[cfg(feature = "cx-client-mock")]
#[tokio::test]
async fn a_call_is_placed() {
    use cx_client::mock::{self, MockServer, MockServerExt as _, examples};
    let server = MockServer::start_async().await;
    server.create_call(|_, then| {
        then.ok(&examples::create_call::response());
    });
    let placed = place(&mock::client(&server).unwrap()).await.unwrap();
    assert_eq!(placed, "123e4567-e89b-12d3-a456-426614174000 in-progress");
}
"#;

struct Downstream {
    folder: tempfile::TempDir,
}

impl Downstream {
    /// Packs both crates, unpacks them into an empty folder, and writes a crate that depends on
    /// them.
    fn new() -> Self {
        let target = workspace().join("target");
        run(cargo(&workspace()).args(["package", "--no-verify", "--allow-dirty", "--quiet"]).args(
            ["-p", "cx-client", "-p", "cx-client-build", "--target-dir", target.to_str().unwrap()],
        ));
        let folder = tempfile::tempdir().unwrap();
        for name in ["cx-client", "cx-client-build"] {
            let file = format!("{name}-{}.crate", env!("CARGO_PKG_VERSION"));
            run(Command::new("tar")
                .current_dir(folder.path())
                .arg("xzf")
                .arg(target.join("package").join(&file)));
            let unpacked = folder.path().join(file.trim_end_matches(".crate"));
            fs::rename(unpacked, folder.path().join(name)).unwrap();
        }
        let manifest = format!(
            r#"
[package]
name = "downstream"
version = "0.0.0"
edition = "2021"

[workspace]

[lib]
path = "lib.rs"

[features]
any-tls = []
cx-client-mock = []

[dependencies]
cx-client = {{ version = "{version}", default-features = false }}
tokio = {{ version = "1", features = ["macros", "rt"] }}

[patch.crates-io]
cx-client = {{ path = "cx-client" }}
cx-client-build = {{ path = "cx-client-build" }}
"#,
            version = env!("CARGO_PKG_VERSION"),
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.path().join("lib.rs"), DOWNSTREAM).unwrap();
        fs::copy(workspace().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        let downstream = Self { folder };
        // Cargo drops from the copied lock file what the patches replace, and settles on the rest
        // the second time.
        for _ in 0..2 {
            let output = downstream.cargo(&["metadata", "--format-version", "1"]);
            assert!(output.status.success(), "{}", text(&output));
        }
        downstream
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = cargo(self.folder.path());
        command.env("CARGO_TARGET_DIR", workspace().join("target/downstream"));
        command.args(arguments).output().unwrap()
    }

    /// Runs the tests with these features of `cx-client`.
    fn test(&self, features: &str) {
        let mut list: Vec<String> =
            features.split_whitespace().map(|name| format!("cx-client/{name}")).collect();
        if features.contains("tls") || features.contains("default") {
            list.push("any-tls".to_owned());
        }
        if features.contains("mock") {
            list.push("cx-client-mock".to_owned());
        }
        let output = self.cargo(&["test", "--quiet", "--features", &list.join(",")]);
        let text = text(&output);
        assert!(output.status.success(), "features {features:?}:\n{text}");
        assert!(text.contains("test result: ok"), "features {features:?}:\n{text}");
    }

    fn document(&self) -> String {
        fs::read_to_string(self.path("cx-client/openapi.yaml")).unwrap()
    }

    fn edit_document(&self, from: &str, to: &str) {
        let before = self.document();
        assert!(before.contains(from), "{from}");
        fs::write(self.path("cx-client/openapi.yaml"), before.replacen(from, to, 1)).unwrap();
    }

    /// Inserts lines before the first entry of what stands at a JSON pointer, indented like it.
    fn insert_into(&self, pointer: &str, lines: &str) {
        let document = Document::load(self.path("cx-client/openapi.yaml")).unwrap();
        let at = document.at(pointer).unwrap().entries()[0].key_position;
        let indent = " ".repeat(at.column - 1);
        let text = self.document();
        let mut all: Vec<String> = text.lines().map(str::to_owned).collect();
        let inserted = lines.lines().map(|line| format!("{indent}{line}"));
        all.splice(at.line - 1..at.line - 1, inserted);
        fs::write(self.path("cx-client/openapi.yaml"), all.join("\n") + "\n").unwrap();
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder).env_remove("RUSTFLAGS").env("RUST_BACKTRACE", "0");
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", text(&output));
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
#[ignore = "slow: it builds everything again"]
fn the_packages_work_alone_with_each_feature_set() {
    let downstream = Downstream::new();
    for features in
        ["", "default", "tls", "mock", "codegen", "codegen mock", "default mock tracing schemars"]
    {
        downstream.test(features);
    }
}

#[test]
#[ignore = "slow: it builds everything again"]
fn nothing_is_packed_that_a_user_does_not_need() {
    let downstream = Downstream::new();
    for (name, expected) in [
        (
            "cx-client",
            &[
                ".cargo_vcs_info.json",
                "Cargo.lock",
                "Cargo.toml",
                "Cargo.toml.orig",
                "LICENSE-APACHE",
                "LICENSE-MIT",
                "README.md",
                "build.rs",
                "examples",
                "openapi.yaml",
                "src",
            ][..],
        ),
        (
            "cx-client-build",
            &[
                ".cargo_vcs_info.json",
                "Cargo.lock",
                "Cargo.toml",
                "Cargo.toml.orig",
                "LICENSE-APACHE",
                "LICENSE-MIT",
                "README.md",
                "src",
            ],
        ),
    ] {
        let mut names: Vec<String> = fs::read_dir(downstream.path(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            // Cargo adds it if the packages are made of a clean checkout.
            .filter(|name| name != ".cargo_vcs_info.json")
            .collect();
        names.sort();
        let expected: Vec<&str> =
            expected.iter().copied().filter(|name| *name != ".cargo_vcs_info.json").collect();
        assert_eq!(names, expected, "{name}");
        let packed = workspace()
            .join("target/package")
            .join(format!("{name}-{}.crate", env!("CARGO_PKG_VERSION")));
        assert!(fs::metadata(packed).unwrap().len() < 128 * 1024, "{name} is large");
        // Links of the checkout have become files.
        let licence = fs::symlink_metadata(downstream.path(name).join("LICENSE-MIT")).unwrap();
        assert!(licence.is_file() && licence.len() > 500, "{name}");
    }
}

#[test]
#[ignore = "slow: it builds everything again"]
fn without_codegen_no_build_dependency_is_built() {
    let downstream = Downstream::new();
    let tree = |features: &str| {
        let output = downstream.cargo(&["tree", "--edges", "normal,build", "--features", features]);
        assert!(output.status.success(), "{}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!tree("cx-client/tls").contains("cx-client-build"));
    assert!(!tree("cx-client/tls").contains("progenitor-impl"));
    assert!(tree("cx-client/default").contains("cx-client-build"));
    assert!(!tree("cx-client/tls").contains("aws-lc"));
}

#[test]
#[ignore = "slow: it builds everything again"]
fn the_api_can_grow_without_breaking_anyone() {
    let downstream = Downstream::new();
    downstream.insert_into(
        "/components/schemas/Call/properties",
        "cost:\n  description: What it costs.\n  type: number",
    );
    downstream.insert_into(
        "/components/schemas/CreateCallRequest/properties",
        "language:\n  description: The language to speak.\n  type: string",
    );
    downstream.insert_into(
        "/paths",
        "/grown/{id}:\n  get:\n    operationId: grown_operation\n    parameters:\n      \
         - {name: id, in: path, required: true, schema: {type: string, format: uuid}}\n    \
         responses:\n      '200':\n        description: d\n        content:\n          \
         application/json: {schema: {$ref: '#/components/schemas/Call'}}",
    );
    downstream.test("codegen tls");
    // The new operation is there, with no other edit.
    let mut source = fs::read_to_string(downstream.path("lib.rs")).unwrap();
    source.push_str(
        "\npub async fn look(client: &Client) -> Result<Option<f64>, Error> {\n    \
         Ok(client.grown_operation().id(cx_client::uuid::Uuid::nil()).send().await?.cost)\n}\n",
    );
    fs::write(downstream.path("lib.rs"), source).unwrap();
    downstream.test("codegen tls");
}

#[test]
#[ignore = "slow: it builds everything again"]
fn cargo_builds_what_has_changed_and_reports_a_broken_document() {
    let downstream = Downstream::new();
    let build = || {
        let output = downstream.cargo(&["build", "-v", "--features", "cx-client/codegen"]);
        (output.status.success(), text(&output))
    };
    // The path of a package is part of what Cargo compares.
    let (success, output) = build();
    assert!(success, "{output}");
    let (_, output) = build();
    assert!(!output.contains("Running") && output.contains("Fresh cx-client v"), "{output}");

    let document = Document::load(downstream.path("cx-client/openapi.yaml")).unwrap();
    let description = document.at("/components/schemas/Call/description").unwrap();
    downstream.edit_document(description.as_str().unwrap(), "Another description.");
    let (success, output) = build();
    let compiled: Vec<&str> =
        output.lines().filter(|line| line.trim_start().starts_with("Compiling")).collect();
    assert!(success && compiled.len() == 2, "{output}");
    assert!(
        compiled[0].contains("cx-client v") && compiled[1].contains("downstream v"),
        "{output}"
    );

    let text = downstream.document();
    let line = text.lines().position(|line| line.trim() == "requestBody:").unwrap() + 1;
    let misspelt = format!("openapi.yaml:{line}:7: `requestbody` is not a field");
    for (from, to, message) in [
        ("requestBody:", "requestbody:", &*misspelt),
        ("requestbody:", "requestBody:\n     x:", "openapi.yaml:"),
        ("requestBody:\n     x:", "requestBody:", ""),
        ("schemas/Channel'", "schemas/Chanel'", "did you mean '#/components/schemas/Channel'?"),
    ] {
        downstream.edit_document(from, to);
        let (success, output) = build();
        assert_eq!(success, message.is_empty(), "{output}");
        assert!(output.contains(message), "{output}");
        assert!(!output.contains("panicked") && !output.contains("RUST_BACKTRACE"), "{output}");
    }
}
