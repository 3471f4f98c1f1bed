//! Documents of any size with their documentation pages, for tests and benchmarks.
#![allow(dead_code, reason = "not everyone who includes this uses all of it")]

/// An OpenAPI 3.0 document of `operations` operations, the same text for the same number.
///
/// It is made like a real one: five operations per resource (list, create, read, replace, delete)
/// with path and query parameters, a body that is a component, inline schemas, enums, arrays, maps,
/// nullable and sensitive properties, and schemas that all resources share: `Error`, `Page`,
/// `Address` and the recursive `Folder`.
pub(crate) fn document(operations: usize) -> String {
    let parts: Vec<&str> = include_str!("document.yaml").split("# ---\n").collect();
    let [head, kinds @ .., shared, schemas] = &parts[..] else { return String::new() };
    let mut text =
        if operations == 0 { head.replace("paths:\n", "paths: {}\n") } else { (*head).to_owned() };
    for index in 0..operations {
        text += &numbered(kinds[index % kinds.len()], index / kinds.len());
    }
    text += shared;
    for resource in 0..operations.div_ceil(kinds.len()) {
        text += &numbered(schemas, resource);
    }
    text
}

/// The documentation pages of the operations of [`document`] that create a resource, every fifth.
///
/// They agree with the document, but for the folders in a folder, which no page can show whole.
pub(crate) fn pages(operations: usize) -> impl Iterator<Item = String> {
    (0..(operations + 3) / 5).map(|resource| numbered(include_str!("page.txt"), resource))
}

fn numbered(template: &str, resource: usize) -> String {
    template.replace("<N>", &resource.to_string())
}
