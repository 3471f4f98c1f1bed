//! Compares what schemas say besides which values fit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cx_client_build::{Document, escape_token};

use super::super::change::Impact;
use super::super::findings::Rust;
use super::super::reading::{At, GENERATOR_EXTENSIONS, is_docs, same};
use super::super::rules::docs_rule;
use super::super::wording::{changed, docs_text};
use super::difference::{Comparison, Difference, Id, Shift};
use super::joint::Joint;
use super::sum::Sum;

/// The values of a discriminator, with what each stands for and where that is said.
type Mapping<'a> = BTreeMap<String, (String, At<'a>)>;

impl<'a> Comparison<'a, '_> {
    /// Words, and what only the generator reads.
    pub(super) fn annotations(&mut self, old: &[At<'a>], new: &[At<'a>]) {
        let sides = self.sides();
        let keys: BTreeSet<&str> = old
            .iter()
            .chain(new)
            .flat_map(|at| at.node.entries())
            .map(|entry| entry.key.as_str())
            .filter(|key| {
                is_docs(key)
                    || GENERATOR_EXTENSIONS.contains(key)
                    || matches!(*key, "title" | "deprecated" | "xml")
            })
            .collect();
        for key in keys {
            let (a, b) = unlike(old, new, key);
            if matches!(key, "x-sensitive" | "deprecated") {
                self.said_of_all(key, old, new);
                continue;
            }
            // What stands where it stood was not removed, though it may no longer be named here.
            let kept = |at: &At<'a>, document: &'a Document| {
                document.at(&at.pointer).is_some_and(|node| same(node, at.node))
            };
            let mut a = a.into_iter().filter(|at| !kept(at, sides.new));
            let mut b = b.into_iter().filter(|at| !kept(at, sides.old));
            loop {
                let (x, y) = (a.next(), b.next());
                if x.is_none() && y.is_none() {
                    break;
                }
                self.annotation(key, x.as_ref(), y.as_ref());
            }
        }
    }

    fn annotation(&mut self, key: &str, old: Option<&At<'a>>, new: Option<&At<'a>>) {
        let found = match key {
            "title" => Difference::new(Id::Whole("schema-title-changed"), changed(key, old, new)),
            "xml" => {
                let what = "its form in XML changed";
                Difference::new(Id::Suffix("xml-changed"), what).rust(Impact::None, false)
            }
            _ if GENERATOR_EXTENSIONS.contains(&key) => {
                Difference::new(Id::Whole(docs_rule("schema", key).id), changed(key, old, new))
            }
            _ => {
                let what = docs_text(key, old.map(|at| at.node), new.map(|at| at.node));
                Difference::new(Id::Whole(docs_rule("schema", key).id), what).words()
            }
        };
        let found = match &found.rust {
            Rust::Known(_) => found,
            Rust::Computed { .. } => found.rust(Impact::None, key != "xml"),
        };
        self.add(found.at(old, new));
    }

    /// What holds of a schema if one of its parts says so.
    fn said_of_all(&mut self, key: &str, old: &[At<'a>], new: &[At<'a>]) {
        let stated = |parts: &[At<'a>]| parts.iter().find(|part| part.flag(key))?.get(key);
        let (a, b) = (stated(old), stated(new));
        let (id, what) = match (key, a.is_some(), b.is_some()) {
            ("deprecated", false, true) => (Id::Suffix("deprecated"), "deprecated"),
            ("deprecated", true, false) => (Id::Suffix("reactivated"), "no longer deprecated"),
            (_, false, true) => (
                Id::Whole("schema-sensitivity-changed"),
                "became sensitive: `Debug` prints `[redacted]`",
            ),
            (_, true, false) => (
                Id::Whole("schema-sensitivity-changed"),
                "is no longer sensitive: `Debug` prints the value",
            ),
            _ => return,
        };
        let found = Difference::new(id, what).at(a.as_ref(), b.as_ref());
        self.add(match key {
            "deprecated" => found.rust(Impact::None, false),
            _ => Difference { rust: Rust::Known(Impact::Compatible), ..found },
        });
    }

    pub(super) fn default(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let stated = |sum: &Sum<'a>| sum.root.all("default").into_iter().next();
        let (a, b) = (stated(old), stated(new));
        let id = match (&a, &b) {
            (None, Some(_)) => "default-value-added",
            (Some(_), None) => "default-value-removed",
            (Some(a), Some(b)) if !same(a.node, b.node) => "default-value-changed",
            _ => return,
        };
        let what = changed("default", a.as_ref(), b.as_ref());
        self.add(Difference::new(Id::Suffix(id), what).at(a.as_ref(), b.as_ref()));
    }

    pub(super) fn discriminator(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let stated = |sum: &Sum<'a>| {
            let holder = sum.root.parts.iter().find(|part| part.get("discriminator").is_some())?;
            Some((holder.clone(), holder.get("discriminator")?))
        };
        let (a, b) = match (stated(old), stated(new)) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => return,
            (a, b) => {
                let (id, what) = match b.is_some() {
                    true => ("discriminator-added", "a discriminator was added"),
                    false => ("discriminator-removed", "its discriminator was removed"),
                };
                let at = [&a, &b].map(|side| side.as_ref().map(|(_, at)| at));
                return self.discriminated(id, what.to_owned(), None, at);
            }
        };
        if a.1.text("propertyName") != b.1.text("propertyName") {
            let at = [a.1.get("propertyName"), b.1.get("propertyName")];
            let [x, y] = [at[0].as_ref(), at[1].as_ref()];
            let what = changed("discriminator property", x, y);
            self.discriminated(
                "discriminator-property-name-changed",
                what,
                Some(Shift::Changed),
                [x, y],
            );
        }
        let before = self.mapping(&a.0, &a.1, old, false);
        let after = self.mapping(&b.0, &b.1, new, true);
        self.mapped(&before, &after);
    }

    fn mapped(&mut self, before: &Mapping<'a>, after: &Mapping<'a>) {
        for (value, (target, at)) in before {
            match after.get(value) {
                None => {
                    let what = format!("discriminator value `{value}` removed");
                    let shift = Some(Shift::Narrowed);
                    self.discriminated(
                        "discriminator-mapping-deleted",
                        what,
                        shift,
                        [Some(at), None],
                    );
                }
                Some((other, _)) if other == target => {}
                Some((other, to)) => {
                    let named = |document: &'a Document, pointer: &str| {
                        Some(At { node: document.at(pointer)?, pointer: pointer.into() })
                    };
                    let pair = named(self.sides().old, target).zip(named(self.sides().new, other));
                    if pair.is_some_and(|(a, b)| self.same(&a, &b)) {
                        continue;
                    }
                    let what = format!("discriminator value `{value}` stands for another schema");
                    let shift = Some(Shift::Changed);
                    self.discriminated(
                        "discriminator-mapping-changed",
                        what,
                        shift,
                        [Some(at), Some(to)],
                    );
                }
            }
        }
        for (value, (_, at)) in after.iter().filter(|(value, _)| !before.contains_key(*value)) {
            let what = format!("discriminator value `{value}` added");
            let shift = Some(Shift::Widened);
            self.discriminated("discriminator-mapping-added", what, shift, [None, Some(at)]);
        }
    }

    fn discriminated(
        &mut self,
        id: &'static str,
        what: String,
        shift: Option<Shift>,
        [old, new]: [Option<&At<'a>>; 2],
    ) {
        let found = Difference::new(Id::Suffix(id), what).rust(Impact::None, true).at(old, new);
        self.add(Difference { shift, ..found });
    }

    fn same(&self, old: &At<'a>, new: &At<'a>) -> bool {
        let old = Joint::of([old.clone()], self.sides().old);
        let new = Joint::of([new.clone()], self.sides().new);
        self.relations.between(&old, &new, self.wire, self.depth).is_none()
    }

    /// The values of a discriminator: those of its mapping, and the names of the components that
    /// the mapping does not name.
    fn mapping(&self, holder: &At<'a>, at: &At<'a>, sum: &Sum<'a>, new: bool) -> Mapping<'a> {
        let pointer_of = |target: &str| match target.strip_prefix('#') {
            Some(pointer) => pointer.to_owned(),
            None => format!("/components/schemas/{}", escape_token(target)),
        };
        let mut mapping: Mapping<'a> = at
            .get("mapping")
            .iter()
            .flat_map(At::entries)
            .map(|(value, at)| {
                (value.to_owned(), (pointer_of(at.node.as_str().unwrap_or_default()), at))
            })
            .collect();
        let named: BTreeSet<String> = mapping.values().map(|(target, _)| target.clone()).collect();
        let mut imply = |pointer: String, at: &At<'a>| {
            if let (false, Some(name)) =
                (named.contains(&pointer), pointer.strip_prefix("/components/schemas/"))
            {
                let name = cx_client_build::unescape_token(name);
                mapping.entry(name).or_insert_with(|| (pointer.clone(), at.clone()));
            }
        };
        for group in ["oneOf", "anyOf"].iter().filter_map(|keyword| holder.get(keyword)) {
            for member in group.items() {
                if let Some(target) = member.reference() {
                    imply(pointer_of(target), &member);
                }
            }
        }
        if sum.group().is_none() {
            for heir in self.relations.heirs(&holder.pointer, new) {
                imply(pointer_of(heir), at);
            }
        }
        mapping
    }
}

/// The values of a key that only one side says.
fn unlike<'a>(old: &[At<'a>], new: &[At<'a>], key: &str) -> (Vec<At<'a>>, Vec<At<'a>>) {
    let all = |parts: &[At<'a>]| parts.iter().filter_map(|part| part.get(key)).collect::<Vec<_>>();
    let (mut a, mut b) = (all(old), all(new));
    let text = |at: &At<'a>| at.node.to_json().to_string();
    let mut known: HashMap<String, usize> = HashMap::new();
    for at in &b {
        *known.entry(text(at)).or_default() += 1;
    }
    let mut kept: HashMap<String, usize> = HashMap::new();
    a.retain(|at| match known.get_mut(&text(at)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            *kept.entry(text(at)).or_default() += 1;
            false
        }
        _ => true,
    });
    b.retain(|at| match kept.get_mut(&text(at)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    (a, b)
}
