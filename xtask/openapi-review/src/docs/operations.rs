//! Which operation of a document a page describes.

use cx_client_build::{Document, Node};

use super::page::Page;
use crate::reader::Operation;

/// Which operation of the document each page describes: that of its method and path, whatever the
/// parameters in the path are called; or else one whose path differs in one segment, which no page
/// describes, which has the same fields, and no other title.
pub(super) fn of_pages(
    document: &Document,
    operations: &[Operation<'_>],
    pages: &[Page],
) -> Vec<Option<usize>> {
    let find = |page: &Page, is: &dyn Fn(usize, &str) -> bool| {
        let of_method = |at: &usize| operations[*at].method == page.method;
        (0..operations.len()).filter(of_method).find(|at| is(*at, operations[*at].path))
    };
    let of_path = |page: &Page| {
        let renamed = || find(page, &|_, path| unlike(path, &page.path) == Some(0));
        find(page, &|_, path| path == page.path).or_else(renamed)
    };
    let mut found: Vec<Option<usize>> = pages.iter().map(of_path).collect();
    for (index, page) in pages.iter().enumerate() {
        if found[index].is_none() {
            found[index] = find(page, &|at, path| {
                unlike(path, &page.path) == Some(1)
                    && !found.contains(&Some(at))
                    && may_have_title(&operations[at], page)
                    && is_alike(document, &operations[at], page)
            });
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

/// Whether an operation can be the one with the title of the page: it has this one or none.
fn may_have_title(operation: &Operation<'_>, page: &Page) -> bool {
    let stated = page.document.at(&page.pointer()).and_then(|node| node.get("summary"));
    let title = page.title.as_deref().or(stated.and_then(Node::as_str));
    let ours = operation.at.text("summary");
    let same = |(a, b): (&str, &str)| a.trim().eq_ignore_ascii_case(b.trim());
    title.zip(ours).is_none_or(same)
}

/// Whether at least two thirds of the fields of the operation and of the page are those of both.
fn is_alike(document: &Document, operation: &Operation<'_>, page: &Page) -> bool {
    let names = |document: &Document, node: Option<&Node>| {
        let mut found = Vec::new();
        if let Some(node) = node {
            field_names(document, node, 0, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    let (ours, theirs) = (
        names(document, Some(operation.at.node)),
        names(&page.document, page.document.at(&page.pointer())),
    );
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
