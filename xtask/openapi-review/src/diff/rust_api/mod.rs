//! What a change means for Rust code, found by generating both documents and comparing the public
//! items.

mod anchor;
mod compare;
mod extract;
mod key;
mod listed;
mod model;
mod size;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use cx_client_build::{Document, Error, Names};

use super::change::Impact;
use super::context::OperationPair;
use super::findings::{Finding, Place, Rust};
use super::meaning;
use super::reading::Sides;
use crate::reader::Operation;
use anchor::Items;
use compare::{ItemChange, OperationKeys, Renames};
use key::{Anchor, Key};
use model::Api;

pub use listed::{ApiChange, Happened};

/// What is known of Rust code for each finding, in the order of the findings.
#[derive(Debug, PartialEq)]
pub(super) struct Judgement {
    pub(super) impacts: Vec<(Impact, Option<String>)>,
    /// What belongs to none of the findings.
    pub(super) others: Vec<Other>,
    /// Every difference of the public items, in lines.
    pub(super) api: Vec<ApiChange>,
}

/// A change of the Rust API that no finding explains.
#[derive(Debug, PartialEq)]
pub(super) struct Other {
    pub(super) place: Place,
    pub(super) operation: Option<usize>,
    pub(super) impact: Impact,
    pub(super) message: String,
}

/// Why a document could not be generated.
#[derive(Debug)]
pub(super) struct Refusal {
    /// `OLD` or `NEW`.
    pub(super) side: &'static str,
    pub(super) error: Error,
}

/// The room for the recursion of the generator over schemas that refer to each other.
const STACK: usize = 256 << 20;

/// The items that a document becomes, and what they were made of.
type Generated = (Api, Names);

fn generate(document: &Document) -> Result<Generated, Error> {
    size::check(document)?;
    let (file, names) = cx_client_build::generate_syntax_from(document)?;
    Ok((extract::extract(&file), names))
}

/// Generates both documents at the same time.
fn both(old: &Document, new: &Document) -> Result<(Generated, Generated), Refusal> {
    std::thread::scope(|scope| {
        let start = |side, document| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let handle = thread.spawn_scoped(scope, move || generate(document));
            move || {
                let result = match handle {
                    Ok(handle) => handle.join().unwrap_or_else(|_| Err(failed(document))),
                    Err(_) => generate(document),
                };
                result.map_err(|error| Refusal { side, error })
            }
        };
        let (old, new) = (start("OLD", old), start("NEW", new));
        Ok((old()?, new()?))
    })
}

fn failed(document: &Document) -> Error {
    cx_client_build::Diagnostic::error(
        "generator",
        document.file(),
        cx_client_build::Position::START,
        "the generator stopped without a reason",
    )
    .into()
}

/// Judges every finding whose impact is computed.
///
/// # Errors
///
/// If one of the documents cannot be generated.
pub(super) fn judge(
    sides: Sides<'_>,
    pairs: &[OperationPair<'_>],
    findings: &[Finding],
) -> Result<Judgement, Refusal> {
    if meaning::same_api(sides) {
        return Ok(nothing(findings));
    }
    let (old, new) = both(sides.old, sides.new)?;
    let name = |operation: &Option<Operation<'_>>| operation.as_ref().map(Operation::name);
    let keys = pairs.iter().map(|pair| (name(&pair.old), name(&pair.new))).collect();
    let keys = by_method(keys, &old.0, &new.0);
    let old_items = Items::new(sides.old, &old, keys.iter().map(|(old, _)| old.as_ref()));
    let new_items = Items::new(sides.new, &new, keys.iter().map(|(_, new)| new.as_ref()));
    let known = renamed_components(findings, &old_items, &new_items);
    let renames = compare::renames(&old.0, &new.0, &keys, &known);
    let changes = compare::compare(&old.0, &new.0, &keys, &renames);
    let reverse = compare::reverse(&renames);
    let claims = Claims { old: &old_items, new: &new_items, reverse, index: index(&changes) };

    let mut claimed = vec![false; changes.len()];
    let mut impacts = Vec::with_capacity(findings.len());
    for finding in findings {
        let Rust::Computed { whole_type, also, .. } = &finding.rust else {
            impacts.push((known_impact(&finding.rust), None));
            continue;
        };
        let found = claims.of(finding, *whole_type, also);
        for at in &found {
            claimed[*at] = true;
        }
        let worst = found.iter().map(|at| &changes[*at]).min_by_key(|change| change.impact);
        impacts.push(match worst {
            Some(change) => {
                let what = (change.impact == Impact::Breaking).then(|| change.what.clone());
                (change.impact, what)
            }
            None => (Impact::None, None),
        });
    }
    let left: Vec<&ItemChange> = changes
        .iter()
        .zip(&claimed)
        .filter(|(_, claimed)| !**claimed)
        .map(|(change, _)| change)
        .collect();
    let others = others(&left, pairs, &old_items, &new_items, &renames);
    let listed = changes.iter().filter_map(|change| change.listed.as_ref());
    Ok(Judgement { impacts, others, api: listed::list(listed) })
}

/// Pairs the operations of another path or HTTP method whose method in Rust has kept its name.
fn by_method(mut keys: OperationKeys, old: &Api, new: &Api) -> OperationKeys {
    let method = |api: &Api, key: &str| Some(api.operations.get(key)?.method.clone());
    for gone in 0..keys.len() {
        let (Some(was), None) = &keys[gone] else { continue };
        let name = method(old, was);
        let is_same = |(old, is): &(Option<String>, Option<String>)| {
            old.is_none() && name.is_some() && is.as_ref().and_then(|is| method(new, is)) == name
        };
        if let Some(come) = keys.iter().position(is_same) {
            keys[gone].1 = keys[come].1.take();
        }
    }
    keys
}

/// The impacts where both documents generate the same code.
fn nothing(findings: &[Finding]) -> Judgement {
    let impacts = findings.iter().map(|finding| (known_impact(&finding.rust), None)).collect();
    Judgement { impacts, others: Vec::new(), api: Vec::new() }
}

fn known_impact(rust: &Rust) -> Impact {
    match rust {
        Rust::Known(impact) => *impact,
        Rust::Computed { .. } => Impact::None,
    }
}

fn renamed_components(
    findings: &[Finding],
    old: &Items<'_>,
    new: &Items<'_>,
) -> Vec<(String, String)> {
    findings
        .iter()
        .filter(|finding| finding.id == "api-schema-renamed")
        .filter_map(|finding| {
            let a = old.component(finding.old.as_str()?)?;
            let b = new.component(finding.new.as_str()?)?;
            Some((a.to_owned(), b.to_owned()))
        })
        .collect()
}

/// The changes that each anchor claims: those of the item, of the type or operation as a whole, and
/// of what names the type.
fn index(changes: &[ItemChange]) -> HashMap<Anchor, Vec<usize>> {
    let mut index: HashMap<Anchor, Vec<usize>> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        let owner = match &change.key {
            Key::Constant(_) => None,
            Key::Type(name) | Key::Field(name, _) | Key::Variant(name, _) => {
                Some(Anchor::Type(name.clone()))
            }
            Key::Operation(operation) | Key::Setter(operation, _) | Key::Output(operation) => {
                Some(Anchor::Operation(*operation))
            }
        };
        let mentions = change.mentions.iter().map(|name| Anchor::Type(name.clone()));
        for anchor in [Anchor::Item(change.key.clone())].into_iter().chain(owner).chain(mentions) {
            index.entry(anchor).or_default().push(at);
        }
    }
    index
}

/// Which differences of items belong to which findings.
struct Claims<'x> {
    old: &'x Items<'x>,
    new: &'x Items<'x>,
    reverse: BTreeMap<&'x str, &'x str>,
    index: HashMap<Anchor, Vec<usize>>,
}

impl Claims<'_> {
    fn of(&self, finding: &Finding, whole_type: bool, also: &[Place]) -> BTreeSet<usize> {
        let mut anchors: BTreeSet<Anchor> = BTreeSet::new();
        let whole = finding.id.starts_with("api-schema-");
        for place in [&finding.place].into_iter().chain(also) {
            for (pointer, items) in [(&place.old, self.old), (&place.new, self.new)] {
                let Some(pointer) = pointer else { continue };
                let mut found = items.anchors(pointer, &finding.operations, whole_type);
                if whole {
                    found.extend(items.whole_component(pointer));
                }
                let of_old = std::ptr::eq(items, self.old);
                anchors
                    .extend(found.into_iter().map(|it| if of_old { it } else { self.in_old(it) }));
            }
        }
        anchors.iter().filter_map(|anchor| self.index.get(anchor)).flatten().copied().collect()
    }

    /// The anchor with the names of OLD.
    fn in_old(&self, anchor: Anchor) -> Anchor {
        let name = |name: String| {
            self.reverse.get(name.as_str()).map_or(name.clone(), |old| (*old).to_owned())
        };
        match anchor {
            Anchor::Type(ty) => Anchor::Type(name(ty)),
            Anchor::Item(Key::Type(ty)) => Anchor::Item(Key::Type(name(ty))),
            Anchor::Item(Key::Field(ty, field)) => Anchor::Item(Key::Field(name(ty), field)),
            Anchor::Item(Key::Variant(ty, variant)) => {
                Anchor::Item(Key::Variant(name(ty), variant))
            }
            other => other,
        }
    }
}

/// Where the changes of items belong, and which they are.
type Group<'x> = (Place, Vec<&'x ItemChange>);

/// Groups what is left by what it belongs to.
fn others(
    left: &[&ItemChange],
    pairs: &[OperationPair<'_>],
    old: &Items<'_>,
    new: &Items<'_>,
    renames: &Renames,
) -> Vec<Other> {
    if left.is_empty() {
        return Vec::new();
    }
    let (old_owners, new_owners) = (old.owners(), new.owners());
    let mut groups: BTreeMap<(Option<usize>, String), Group<'_>> = BTreeMap::new();
    let pointer = |operation: &Option<Operation<'_>>| {
        operation.as_ref().map(|operation| Rc::clone(&operation.at.pointer))
    };
    for change in left {
        let (operation, owner) = match &change.key {
            Key::Constant(_) => continue,
            Key::Type(name) | Key::Field(name, _) | Key::Variant(name, _) => {
                let now = renames.get(name).unwrap_or(name);
                let (old, new) = (old_owners.get(name).cloned(), new_owners.get(now).cloned());
                // What is inside of an operation belongs to it.
                let is_owner = |pair: &OperationPair<'_>| {
                    old.is_some() && pointer(&pair.old) == old
                        || new.is_some() && pointer(&pair.new) == new
                };
                (pairs.iter().position(is_owner), Place { old, new })
            }
            Key::Operation(at) | Key::Setter(at, _) | Key::Output(at) => {
                let pair = pairs.get(*at);
                let old = pair.and_then(|pair| pointer(&pair.old));
                let new = pair.and_then(|pair| pointer(&pair.new));
                (Some(*at), Place { old, new })
            }
        };
        let (place, what) = groups.entry((operation, owner.shown().to_owned())).or_default();
        place.old = place.old.take().or(owner.old);
        place.new = place.new.take().or(owner.new);
        what.push(change);
    }
    groups
        .into_iter()
        .map(|((operation, _), (place, mut what))| {
            what.sort_by_key(|change| change.impact);
            let impact = what.first().map_or(Impact::None, |change| change.impact);
            let shown: Vec<_> = what.iter().take(3).map(|change| change.what.as_str()).collect();
            let more = what.len().saturating_sub(3);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            let message = format!("seen in Rust only: {}{more}", shown.join("; "));
            Other { place, operation, impact, message }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail so")]

    use super::*;

    /// What progenitor writes differently from rustfmt (trailing commas, invisible groups) must not
    /// show in what people read.
    #[test]
    fn unformatted_code_says_what_formatted_code_says() {
        let ours = include_str!("../../../../../openapi.yaml").to_owned();
        for text in [ours, crate::synthetic::document(10)] {
            let document = Document::parse("openapi.yaml", &text).unwrap();
            let source = cx_client_build::generate_from(&document).unwrap();
            let formatted = extract::extract(&syn::parse_file(&source).unwrap());
            assert_eq!(generate(&document).unwrap().0, formatted);
        }
    }
}
