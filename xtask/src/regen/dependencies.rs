//! Crates that the generated source names and `cx-client` does not depend on.

use std::collections::BTreeSet;
use std::path::Path;

use cx_client_build::{Diagnostic, Position};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use toml_edit::{Document, Item};

use crate::manifest;

const MANIFEST: &str = "cx-client/Cargo.toml";

/// What progenitor's output may name, with the requirement that it compiles with.
const KNOWN: [(&str, &str); 6] = [
    ("base64", r#""0.22""#),
    ("chrono", r#"{ version = "0.4", default-features = false, features = ["serde", "std"] }"#),
    ("futures", r#""0.3""#),
    ("regress", r#""0.12""#),
    ("serde_json", r#""1""#),
    ("uuid", r#"{ version = "1", features = ["serde"] }"#),
];

/// The crates that `generated` names and the manifest of `cx-client` does not, as findings.
pub(super) fn missing(root: &Path, generated: &str) -> Result<Vec<Diagnostic>, String> {
    let manifest = manifest::read(root, MANIFEST)?;
    let declared = declared(&manifest);
    let named = named(generated)?;
    let table = manifest.get("dependencies").and_then(Item::span).map_or(0, |span| span.start);
    let line = manifest.raw().get(..table).map_or(1, |before| before.lines().count().max(1));
    Ok(named.difference(&declared).map(|name| finding(name, line)).collect())
}

fn finding(name: &str, line: usize) -> Diagnostic {
    let known = KNOWN.iter().find(|(known, _)| *known == name);
    let (package, requirement) = match known {
        Some((_, requirement)) => (name.to_owned(), (*requirement).to_owned()),
        None => (name.replace('_', "-"), r#""…""#.to_owned()),
    };
    Diagnostic::error(
        "dependency",
        MANIFEST,
        Position { line, column: 1 },
        format!("the generated source names the crate `{name}`, which is no dependency"),
    )
    .help(format!(
        "add `{package} = {{ workspace = true }}` to `[dependencies]` there, and \
         `{package} = {requirement}` to `[workspace.dependencies]` of {}",
        manifest::WORKSPACE
    ))
}

/// The names, as Rust has them, of the crates that a manifest depends on.
fn declared<S>(manifest: &Document<S>) -> BTreeSet<String> {
    let root = manifest.as_table();
    let for_targets = root
        .get("target")
        .and_then(Item::as_table_like)
        .into_iter()
        .flat_map(|targets| targets.iter())
        .filter_map(|(_, target)| target.get("dependencies"));
    root.get("dependencies")
        .into_iter()
        .chain(for_targets)
        .filter_map(Item::as_table_like)
        .flat_map(|table| table.iter().map(|(name, _)| name.replace('-', "_")))
        .collect()
}

/// The crates that the source names: by a path that begins with `::`, or in a `use`.
fn named(source: &str) -> Result<BTreeSet<String>, String> {
    let mut file = syn::parse_file(source)
        .map_err(|error| format!("the generated source cannot be read: {error}"))?;
    let mut crates = Crates::default();
    crates.visit_file_mut(&mut file);
    let Crates { mut names, local } = crates;
    names.retain(|name| !local.contains(name));
    Ok(names)
}

/// What needs no dependency.
const BUILT_IN: [&str; 8] =
    ["alloc", "core", "crate", "proc_macro", "self", "std", "super", "test"];

#[derive(Default)]
struct Crates {
    names: BTreeSet<String>,
    /// The modules of the file itself.
    local: BTreeSet<String>,
}

impl Crates {
    fn add(&mut self, name: &str) {
        let name = name.strip_prefix("r#").unwrap_or(name);
        if !BUILT_IN.contains(&name) {
            self.names.insert(name.to_owned());
        }
    }

    /// Paths in the tokens of an attribute or a macro, which have no syntax tree.
    fn tokens(&mut self, tokens: &TokenStream) {
        let is_colon =
            |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => self.tokens(&group.stream()),
                TokenTree::Ident(name) => {
                    let [.., first, second] = &trees[..index] else { continue };
                    // After a name or `>` it is a segment within a path.
                    let within = index.checked_sub(3).and_then(|at| trees.get(at));
                    let begins = !matches!(within, Some(TokenTree::Ident(_)))
                        && !matches!(within, Some(TokenTree::Punct(punct)) if punct.as_char() == '>');
                    if is_colon(first) && is_colon(second) && begins {
                        self.add(&name.to_string());
                    }
                }
                _ => {}
            }
        }
    }

    fn use_roots(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.add(&path.ident.to_string()),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.use_roots(item));
            }
            _ => {}
        }
    }
}

impl VisitMut for Crates {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if let (true, Some(first)) = (path.leading_colon.is_some(), path.segments.first()) {
            self.add(&first.ident.to_string());
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_item_use_mut(&mut self, item: &mut syn::ItemUse) {
        self.use_roots(&item.tree);
    }

    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        self.local.insert(item.ident.to_string());
        visit_mut::visit_item_mod_mut(self, item);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(&list.tokens);
        }
    }

    fn visit_macro_mut(&mut self, item: &mut syn::Macro) {
        self.visit_path_mut(&mut item.path);
        self.tokens(&item.tokens);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use toml_edit::Document;

    use super::{declared, finding, named};

    #[test]
    fn crates_are_found_wherever_they_are_named() {
        let source = r"
            use one::{A, b::C};
            use self::local::D;
            use super::E;
            mod local {
                use crate::x::F;
                use std::fmt;
            }
            use local::G;
            #[derive(::two::H, Clone)]
            struct I {
                j: ::std::vec::Vec<::three::K>,
            }
            fn l() -> ::std::result::Result<four::Local, ::five::M> {
                m!(::six::n(a::seven::o));
                <P as ::eight::Q>::nine::r()
            }
        ";
        let named: Vec<String> = named(source).unwrap().into_iter().collect();
        assert_eq!(named, ["eight", "five", "one", "six", "three", "two"]);
    }

    #[test]
    fn a_dependency_of_any_kind_is_declared() {
        let manifest = r#"
            [dependencies]
            a-b = "1"
            c = { workspace = true, optional = true }
            [dependencies.d]
            version = "1"
            [target.'cfg(unix)'.dependencies]
            e = "1"
            [dev-dependencies]
            f = "1"
        "#;
        let declared: Vec<String> =
            declared(&Document::parse(manifest).unwrap()).into_iter().collect();
        assert_eq!(declared, ["a_b", "c", "d", "e"]);
    }

    #[test]
    fn the_advice_has_the_features_that_the_generated_code_needs() {
        let chrono = finding("chrono", 1).help;
        assert!(chrono.contains("`chrono = { workspace = true }`"), "{chrono}");
        assert!(chrono.contains(r#"features = ["serde""#), "{chrono}");
        assert!(finding("some_crate", 1).help.contains("`some-crate = { workspace = true }`"));
    }
}
