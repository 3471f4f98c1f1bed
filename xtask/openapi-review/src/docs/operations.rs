//! Which operation of a document a page describes.

use std::collections::BTreeSet;

use cx_client_build::{Document, Node};

use super::deviations::components_of;
use super::page::Page;
use crate::reader::{At, Operation};

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
    let Some(theirs) = page.operation() else { return false };
    let (ours, theirs) =
        (field_names(document, &operation.at), field_names(&page.document, &theirs.at));
    let common = ours.intersection(&theirs).count();
    common > 0 && common * 3 >= ours.union(&theirs).count() * 2
}

/// The names of the parameters of an operation, and of the properties of what it sends and receives.
fn field_names(document: &Document, operation: &At<'_>) -> BTreeSet<String> {
    let components = components_of(document, operation);
    let places = components.iter().filter_map(|pointer| At::of(document, pointer));
    let mut found = BTreeSet::new();
    for object in places.chain([operation.clone()]).flat_map(|at| at.objects()) {
        found.extend(object.get("in").and(object.text("name")).map(str::to_owned));
        found.extend(object.entries_of("properties").map(|(name, _)| name.to_owned()));
    }
    found
}
