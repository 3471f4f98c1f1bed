//! Which file of a crate depends on which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit_mut::{self, VisitMut};
use syn::{Item, UseTree, Visibility};

/// A module path within the crate: empty for its root.
type Name = Vec<String>;

/// The modules of a crate, each a file.
#[derive(Default)]
pub(crate) struct Modules {
    files: BTreeMap<Name, Module>,
}

#[derive(Default)]
struct Module {
    file: PathBuf,
    /// What `use` brings into it: a name, the path that it stands for, and whether for others only.
    imports: Vec<(String, Name, bool)>,
    /// The paths that its code names.
    paths: Vec<Name>,
}

impl Modules {
    /// Reads the files of the crate in this folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut modules = Self::default();
        modules.read_folder(folder, &[]);
        modules
    }

    fn read_folder(&mut self, folder: &Path, at: &[String]) {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let name: Name = match stem.as_str() {
                "lib" | "mod" => at.to_vec(),
                // Another crate, which cannot be part of a circle, or no source by hand.
                "main" | "bin" => continue,
                stem if stem.starts_with("generated") => continue,
                _ => [at, &[stem]].concat(),
            };
            if path.is_dir() {
                self.read_folder(&path, &name);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
                let module = self.files.entry(name).or_default();
                module.file.clone_from(&path);
                module.read(source);
            }
        }
    }

    /// The files that depend on each other in a circle, each circle once.
    pub(crate) fn circles(&self) -> Vec<Vec<PathBuf>> {
        let edges: BTreeMap<&Name, BTreeSet<&Name>> =
            self.files.keys().map(|name| (name, self.dependencies(name))).collect();
        let reach = |from: &Name| {
            let mut seen = BTreeSet::new();
            let mut open: Vec<&Name> = edges[from].iter().copied().collect();
            while let Some(name) = open.pop() {
                if seen.insert(name) {
                    open.extend(edges[name].iter().copied());
                }
            }
            seen
        };
        let reached: BTreeMap<&Name, BTreeSet<&Name>> =
            self.files.keys().map(|name| (name, reach(name))).collect();
        let mut circles = BTreeSet::new();
        for name in self.files.keys().filter(|name| reached[name].contains(name)) {
            let circle = reached[name].iter().filter(|other| reached[**other].contains(name));
            circles.insert(circle.map(|name| self.files[*name].file.clone()).collect::<Vec<_>>());
        }
        circles.into_iter().collect()
    }

    /// The other modules whose items this one names.
    fn dependencies(&self, name: &Name) -> BTreeSet<&Name> {
        let module = &self.files[name];
        let imports = module.imports.iter().filter(|(_, _, for_others)| !for_others);
        let paths = imports.map(|(_, path, _)| path).chain(&module.paths);
        paths.filter_map(|path| self.find(name, path, 0)).filter(|found| *found != name).collect()
    }

    /// The module in which what a path names from a module is defined.
    fn find(&self, from: &Name, path: &[String], depth: usize) -> Option<&Name> {
        let mut at = from.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            first => {
                let child = [&at[..], &[first.to_owned()]].concat();
                if !self.files.contains_key(&child) {
                    return self.imported(from, path, depth);
                }
                at = child;
            }
        }
        rest = &rest[1..];
        while let Some((first, after)) = rest.split_first() {
            if first == "super" {
                at.pop();
            } else {
                let child = [&at[..], std::slice::from_ref(first)].concat();
                if !self.files.contains_key(&child) {
                    break;
                }
                at = child;
            }
            rest = after;
        }
        let imported = (!rest.is_empty()).then(|| self.imported(&at, rest, depth)).flatten();
        imported.or_else(|| self.files.get_key_value(&at).map(|(name, _)| name))
    }

    /// The same, for a path that begins with something that `use` brings into a module.
    fn imported(&self, module: &Name, path: &[String], depth: usize) -> Option<&Name> {
        let (first, rest) = path.split_first()?;
        let imports = &self.files.get(module)?.imports;
        let (_, target, _) = imports.iter().find(|(name, ..)| name == first)?;
        // A name that stands for itself, such as that of another crate, leads nowhere.
        (depth < 8 && target.first() != Some(first))
            .then(|| self.find(module, &[target, rest].concat(), depth + 1))?
    }
}

impl Module {
    fn read(&mut self, mut source: syn::File) {
        source.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "tests"));
        self.visit_file_mut(&mut source);
    }

    fn import(&mut self, tree: &UseTree, before: &[String], for_others: bool) {
        let with = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), for_others),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, before, for_others));
            }
            UseTree::Name(name) if name.ident == "self" => {
                let last = before.last().cloned().unwrap_or_default();
                self.imports.push((last, before.to_vec(), for_others));
            }
            UseTree::Name(name) => {
                self.imports.push((name.ident.to_string(), with(&name.ident), for_others));
            }
            UseTree::Rename(rename) => {
                self.imports.push((rename.rename.to_string(), with(&rename.ident), for_others));
            }
            UseTree::Glob(_) => self.imports.push(("*".to_owned(), before.to_vec(), for_others)),
        }
    }
}

impl VisitMut for Module {
    fn visit_item_use_mut(&mut self, item: &mut syn::ItemUse) {
        let for_others = !matches!(item.vis, Visibility::Inherited);
        self.import(&item.tree, &[], for_others);
    }

    /// `pub(in path)` is no use of what it names.
    fn visit_visibility_mut(&mut self, _: &mut Visibility) {}

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        // A name alone is of this file or imported: it may well be a variable that is called as a
        // module is.
        if path.segments.len() > 1 {
            self.paths.push(path.segments.iter().map(|one| one.ident.to_string()).collect());
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// What a macro is given is no syntax: only paths that begin with `crate` or `super` are known.
    fn visit_macro_mut(&mut self, item: &mut syn::Macro) {
        let is_of_other_code = |name| ["quote", "parse_quote"].iter().any(|quote| name == quote);
        if item.path.segments.last().is_some_and(|last| is_of_other_code(&last.ident)) {
            return;
        }
        let text = item.tokens.to_string();
        // Without the literals of text, which may be code of others.
        let text: String = text.split('"').step_by(2).collect::<String>().replace(' ', "");
        for start in ["crate::", "super::"] {
            for (at, _) in text.match_indices(start) {
                let path =
                    text[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
                let path = path.take(1).flat_map(|path| path.split("::"));
                self.paths.push(path.map(str::to_owned).collect());
            }
        }
    }
}
