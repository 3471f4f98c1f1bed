//! Which operation of a document a page describes.

use cx_client_build::{Document, Node, escape_token};

use super::page::Page;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The place of an operation in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Operation {
    /// In small letters, as OpenAPI writes it.
    pub(super) method: String,
    pub(super) path: String,
}

impl Operation {
    pub(super) fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape_token(&self.path), self.method)
    }

    /// `POST /v1/parcels`.
    pub(super) fn label(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

/// The operations of a document, in its order.
pub(super) fn all(document: &Document) -> Vec<Operation> {
    let mut operations = Vec::new();
    for item in document.root().get("paths").map_or(&[][..], Node::entries) {
        for entry in item.node.entries().iter().filter(|one| METHODS.contains(&one.key.as_str())) {
            operations.push(Operation { method: entry.key.clone(), path: item.key.clone() });
        }
    }
    operations
}

/// The operation of the document that each page describes: that of its method and path, whatever
/// the parameters in the path are called; or else one whose path differs in one segment, which no
/// page describes, and which has the same fields.
pub(super) fn of_pages(document: &Document, pages: &[Page]) -> Vec<Option<Operation>> {
    let operations = all(document);
    let mut found: Vec<Option<Operation>> = pages
        .iter()
        .map(|page| {
            let of_method = || operations.iter().filter(|one| one.method == page.method);
            let exact = of_method().find(|one| one.path == page.path);
            exact
                .or_else(|| of_method().find(|one| unlike(&one.path, &page.path) == Some(0)))
                .cloned()
        })
        .collect();
    for (index, page) in pages.iter().enumerate() {
        if found[index].is_none() {
            let is_renamed = |one: &&Operation| {
                one.method == page.method
                    && unlike(&one.path, &page.path) == Some(1)
                    && !found.contains(&Some((*one).clone()))
                    && is_alike(document, one, page)
            };
            found[index] = operations.iter().find(is_renamed).cloned();
        }
    }
    found
}

/// In how many segments two paths of the same length differ, whatever their parameters are called;
/// `None` if their lengths or the places of their parameters do.
fn unlike(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
    let is_parameter = |segment: &str| segment.contains('{');
    let aligned =
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| is_parameter(a) == is_parameter(b));
    let differ = |(a, b): &(&&str, &&str)| a != b && !is_parameter(a);
    aligned.then(|| a.iter().zip(&b).filter(differ).count())
}

/// Whether at least two thirds of the fields of the operation and of the page are those of both.
fn is_alike(document: &Document, operation: &Operation, page: &Page) -> bool {
    let names = |document: &Document, pointer: &str| {
        let mut found = Vec::new();
        if let Some(node) = document.at(pointer) {
            field_names(document, node, 0, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    let (ours, theirs) =
        (names(document, &operation.pointer()), names(&page.document, &page.pointer()));
    let common = ours.iter().filter(|name| theirs.contains(name)).count();
    let total = ours.len() + theirs.len() - common;
    common > 0 && common * 3 >= total * 2
}

/// The names of parameters and properties, as far as the first levels have them.
fn field_names(document: &Document, node: &Node, depth: usize, found: &mut Vec<String>) {
    if depth > 12 || found.len() > 500 {
        return;
    }
    let node = document.resolve(node);
    if node.get("in").is_some() {
        found.extend(node.get("name").and_then(Node::as_str).map(str::to_owned));
    }
    for entry in node.entries() {
        match entry.key.as_str() {
            "properties" => {
                for property in entry.node.entries() {
                    found.push(property.key.clone());
                    field_names(document, &property.node, depth + 1, found);
                }
            }
            "example" | "examples" | "default" | "enum" => {}
            _ => field_names(document, &entry.node, depth + 1, found),
        }
    }
    for item in node.items() {
        field_names(document, item, depth + 1, found);
    }
}
