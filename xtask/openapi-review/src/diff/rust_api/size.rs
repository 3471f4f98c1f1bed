//! Refuses to generate what would not end in useful time.

use std::collections::HashMap;

use cx_client_build::{Diagnostic, Document, Error, Node, escape_token};

/// How many properties `allOf` may copy into the types of a document.
const MAX_COPIED: usize = 10_000;
/// How many alternatives the schemas of a document may have in all: each becomes a variant.
const MAX_ALTERNATIVES: usize = 10_000;
/// How many ways of combining alternatives a schema may have.
const MAX_COMBINED: usize = 1_000;

/// What a schema is composed of.
#[derive(Clone, Copy)]
struct Size {
    /// The properties of the schema and of all that it composes.
    properties: usize,
    /// The ways of choosing one of each of its groups of alternatives.
    combined: usize,
}

/// Why a document is not generated: each composition copies what it composes, so that a chain of
/// them grows with the square of its length, and groups of alternatives with their product.
pub(super) fn check(document: &Document) -> Result<(), Error> {
    let mut sizes = HashMap::new();
    let (mut copied, mut alternatives) = (0_usize, 0_usize);
    let mut stack = vec![(String::new(), document.root())];
    while let Some((pointer, node)) = stack.pop() {
        let groups: Vec<_> = ["oneOf", "anyOf"].iter().filter_map(|key| node.get(key)).collect();
        if node.get("allOf").is_some() || !groups.is_empty() {
            let size = size(document, node, &mut sizes);
            copied = copied.saturating_add(size.properties);
            alternatives += groups.iter().map(|group| group.items().len()).sum::<usize>();
            let too_much = [
                (
                    copied > MAX_COPIED,
                    format!("`allOf` composes schemas of more than {MAX_COPIED} properties in all"),
                ),
                (
                    alternatives > MAX_ALTERNATIVES,
                    format!("the schemas have more than {MAX_ALTERNATIVES} alternatives in all"),
                ),
                (
                    size.combined > MAX_COMBINED,
                    format!(
                        "the alternatives of this schema combine in more than {MAX_COMBINED} ways"
                    ),
                ),
            ];
            if let Some((_, what)) = too_much.into_iter().find(|(is_so, _)| *is_so) {
                let what = format!("{what}, too many to generate types of");
                return Err(refusal(document, &pointer, what).into());
            }
        }
        let entries = node.entries().iter();
        stack.extend(
            entries.map(|entry| (format!("{pointer}/{}", escape_token(&entry.key)), &entry.node)),
        );
        let items = node.items().iter().enumerate();
        stack.extend(items.map(|(index, item)| (format!("{pointer}/{index}"), item)));
    }
    Ok(())
}

fn refusal(document: &Document, pointer: &str, what: String) -> Diagnostic {
    Diagnostic::error("size", document.file(), document.position(pointer), what)
        .pointer(pointer)
        .help("let the schemas refer to what they share as one schema instead of repeating it")
}

fn size<'a>(document: &'a Document, node: &'a Node, known: &mut HashMap<&'a str, Size>) -> Size {
    let own = node.get("properties").map_or(0, |properties| properties.entries().len());
    let mut size = Size { properties: own, combined: 1 };
    let mut sizes = |members: &'a Node| -> Vec<Size> {
        members.items().iter().map(|member| member_size(document, member, known)).collect()
    };
    for member in node.get("allOf").map(&mut sizes).unwrap_or_default() {
        size.properties = size.properties.saturating_add(member.properties);
        size.combined = size.combined.saturating_mul(member.combined);
    }
    for group in ["oneOf", "anyOf"].iter().filter_map(|keyword| node.get(keyword)) {
        let members = sizes(group);
        if members.len() > 1 {
            let ways = members.iter().fold(0_usize, |all, one| all.saturating_add(one.combined));
            // What stands alone is an enum of its members.
            let alone = size.combined == 1;
            size.combined = size.combined.saturating_mul(ways);
            if alone && size.combined > MAX_COMBINED {
                size.combined = MAX_COMBINED;
            }
        }
    }
    size
}

fn member_size<'a>(
    document: &'a Document,
    member: &'a Node,
    known: &mut HashMap<&'a str, Size>,
) -> Size {
    let target =
        member.get("$ref").and_then(Node::as_str).and_then(|target| target.strip_prefix('#'));
    let Some((target, node)) = target.and_then(|target| Some((target, document.at(target)?)))
    else {
        return size(document, member, known);
    };
    if let Some(known) = known.get(target) {
        return *known;
    }
    let found = size(document, node, known);
    known.insert(target, found);
    found
}
