//! Makes a client of every document of this directory, or takes the clients of a folder that
//! `CX_CLIENTS` names, generated elsewhere: of each `NAME` there are `NAME.rs` with its API,
//! `NAME_mock.rs`, and it may be `NAME_calls.rs`, which the example `calls` runs.
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
    println!("cargo::rerun-if-env-changed=CX_CLIENTS");
    println!("cargo::rerun-if-changed={}", here.display());
    let given = env::var_os("CX_CLIENTS").map(PathBuf::from);
    let (mut clients, mut calls, mut runs) = (String::new(), String::new(), String::new());
    for path in files_with(&here, "yaml")? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name != AT_THE_ROOT && given.is_some() {
            continue;
        }
        if let Err(message) = generate(&path, &name, &target) {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
        }
        if name != AT_THE_ROOT {
            write_module(&mut clients, &target, &name);
        }
    }
    for path in given.iter().flat_map(|folder| files_with(folder, "rs")).flatten() {
        println!("cargo::rerun-if-changed={}", path.display());
        let folder = path.parent().unwrap_or(&here);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix("_calls") {
            write_calls(&mut calls, &path, name);
            let _ = writeln!(runs, "crate::enter({name:?}); {name}::run(harness).await;");
        } else if !name.ends_with("_mock") {
            write_module(&mut clients, folder, &name);
        }
    }
    let run = format!("pub(crate) async fn run(harness: &mut crate::Harness) {{ {runs} }}");
    write(&target.join("calls.rs"), &(calls + &run))?;
    write(&target.join("documents.rs"), &clients)?;
    write(&target.join("cx_client.rs"), &modules_of_cx_client(&here.join("../../cx-client/src"))?)
}

/// The files of a folder with this extension, in order.
fn files_with(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    Ok(files)
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

/// The module of a client whose files are in `folder`.
fn write_module(modules: &mut String, folder: &Path, name: &str) {
    let file = |file: String| format!("{:?}", folder.join(file).display().to_string());
    let _ = write!(
        modules,
        r#"
        #[doc = "The client of the document `{name}`."]
        pub mod {name} {{
            mod api {{
                include!({});
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
                include!({});
            }}
        }}
        "#,
        file(format!("{name}.rs")),
        file(format!("{name}_mock.rs")),
    );
}

/// The module that calls a client, beside what it calls.
fn write_calls(modules: &mut String, path: &Path, name: &str) {
    let path = path.display().to_string();
    let _ = write!(
        modules,
        r#"
        mod {name} {{
            use cx_client_documents::documents::{name}::{{client, types}};
            include!({path:?});
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
