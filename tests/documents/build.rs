//! Makes a client of every document of this directory.
//!
//! The modules of `cx-client` are compiled here once, as they stand in its `lib.rs`, for all of the
//! documents; the client of `reserved_names.yaml` takes the place of `cx-client`'s own, with every
//! method of the runtime on it.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cx_client_build::{Document, generate_from, generate_mock_from};

/// The document whose client stands where `cx-client` has its own.
const AT_THE_ROOT: &str = "reserved_names";

fn main() -> Result<(), String> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?);
    let target = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let mut documents: Vec<PathBuf> = fs::read_dir(&here)
        .map_err(|error| format!("{}: {error}", here.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    documents.sort();
    println!("cargo::rerun-if-changed={}", here.display());
    let mut modules = String::new();
    for path in documents {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Err(message) = generate(&path, &name, &target) {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
        }
        if name != AT_THE_ROOT {
            write_module(&mut modules, &name);
        }
    }
    write(&target.join("documents.rs"), &modules)?;
    write(&target.join("cx_client.rs"), &modules_of_cx_client(&here.join("../../cx-client/src"))?)
}

fn generate(path: &Path, name: &str, target: &Path) -> Result<(), String> {
    let document = Document::load(path).map_err(|error| error.to_string())?;
    let api = generate_from(&document).map_err(|error| error.to_string())?;
    let mock = generate_mock_from(&document).map_err(|error| error.to_string())?;
    let (api_file, mock_file) = if name == AT_THE_ROOT {
        ("api.rs".to_owned(), "mock.rs".to_owned())
    } else {
        (format!("{name}.rs"), format!("{name}_mock.rs"))
    };
    write(&target.join(api_file), &api)?;
    write(&target.join(mock_file), &mock)
}

fn write_module(modules: &mut String, name: &str) {
    let _ = write!(
        modules,
        r#"
        #[doc = "The client of `{name}.yaml`."]
        pub mod {name} {{
            mod api {{
                include!(concat!(env!("OUT_DIR"), "/{name}.rs"));
            }}
            pub use api::{{Client, builder, json_schemas, types}};

            #[doc = "A client with the settings of another."]
            pub fn client(of: &crate::Client) -> Client {{
                Client::new_with_client(of.client.clone(), of.inner.clone())
            }}

            #[doc = "What tests of the API use."]
            pub mod mock {{
                #[allow(unused_imports)]
                use super::types;
                include!(concat!(env!("OUT_DIR"), "/{name}_mock.rs"));
            }}
        }}
        "#
    );
}

/// The items of `lib.rs`, with the places of its modules.
fn modules_of_cx_client(source: &Path) -> Result<String, String> {
    let library = source.join("lib.rs");
    println!("cargo::rerun-if-changed={}", source.display());
    let text =
        fs::read_to_string(&library).map_err(|error| format!("{}: {error}", library.display()))?;
    let mut items = String::new();
    // What begins with `#![` in the first column belongs to the crate, not to an item.
    for line in text.lines().filter(|line| !line.starts_with("#![")) {
        let module = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ");
        if let Some(name) = module.and_then(|rest| rest.strip_suffix(';')) {
            let file = source.join(format!("{name}.rs"));
            let _ = writeln!(items, "#[path = {:?}]", file.display().to_string());
        }
        items.push_str(line);
        items.push('\n');
    }
    Ok(items)
}

/// Writes a file that is not as it should be; an unchanged one is not built again.
fn write(path: &Path, source: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|existing| existing == source) {
        return Ok(());
    }
    fs::write(path, source).map_err(|error| format!("{}: {error}", path.display()))
}
