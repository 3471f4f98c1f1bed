//! The programs whose builds are compared.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::cargo;

/// A program that is built from nothing.
pub(super) struct Contender {
    pub(super) name: &'static str,
    /// The most that it may cost, as a part of the first contender's wall time.
    pub(super) goal: Option<f64>,
    /// The folder of its package.
    pub(super) folder: PathBuf,
}

/// Writes the packages into `folder`, with the versions that the workspace locks, and fetches what
/// they need, so that no download is measured.
pub(super) fn all(root: &Path, folder: &Path) -> Result<Vec<Contender>, String> {
    let client = toml_string(&root.join("cx-client"))?;
    let list = [
        (
            "by hand",
            None,
            "reqwest = { version = \"0.13\", features = [\"json\"] }\n\
             serde = { version = \"1\", features = [\"derive\"] }\n\
             uuid = { version = \"1\", features = [\"serde\"] }\n\
             tokio = { version = \"1\", features = [\"rt\"] }\n"
                .to_owned(),
        ),
        ("cx-client, default features", Some(1.0), format!("cx-client = {{ path = {client} }}\n")),
        (
            "cx-client, no default features, `tls`",
            Some(0.58),
            format!(
                "cx-client = {{ path = {client}, default-features = false, features = [\"tls\"] }}\n"
            ),
        ),
    ];
    let mut contenders = Vec::new();
    for (index, (name, goal, dependencies)) in list.into_iter().enumerate() {
        let folder = folder.join(format!("contender-{index}"));
        let write = |path: &str, text: &str| {
            fs::write(folder.join(path), text)
                .map_err(|error| format!("{}: {error}", folder.join(path).display()))
        };
        fs::create_dir_all(folder.join("src")).map_err(|error| error.to_string())?;
        write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"contender\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [workspace]\n\n[dependencies]\n{dependencies}"
            ),
        )?;
        write("src/main.rs", "fn main() {}\n")?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
            .map_err(|error| format!("Cargo.lock cannot be copied: {error}"))?;
        cargo(&folder, &["fetch", "--quiet"])?;
        contenders.push(Contender { name, goal, folder });
    }
    Ok(contenders)
}

fn toml_string(path: &Path) -> Result<String, String> {
    let text = path.to_str().ok_or("the path of the workspace is not Unicode")?;
    Ok(format!("{text:?}"))
}
