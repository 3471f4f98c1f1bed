//! Collects what is found, each thing once.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use cx_client_build::Node;
use serde_json::Value;

use super::change::{Impact, Level};
use super::reading::At;
use super::rules::{Rule, rule};

/// Where the two documents have what was found: JSON pointers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) old: Option<Rc<str>>,
    pub(super) new: Option<Rc<str>>,
}

impl Place {
    /// Where the values stand.
    pub(super) fn of(old: Option<&At<'_>>, new: Option<&At<'_>>) -> Self {
        let pointer = |at: Option<&At<'_>>| at.map(|at| Rc::clone(&at.pointer));
        Self { old: pointer(old), new: pointer(new) }
    }

    /// The one pointer to show: the same whichever document is OLD.
    pub(super) fn shown(&self) -> &str {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => {
                if (old.len(), old) <= (new.len(), new) {
                    old
                } else {
                    new
                }
            }
            (Some(pointer), None) | (None, Some(pointer)) => pointer,
            (None, None) => "",
        }
    }
}

/// How the impact on Rust code is found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rust {
    /// By what the change is.
    Known(Impact),
    /// By comparing the generated items that the change touches.
    Computed {
        /// What holds if one of the documents cannot be generated.
        by_rule: Impact,
        /// Whether it can change what is true of a type as a whole, such as the traits that it
        /// implements.
        whole_type: bool,
        /// Where else the same thing shows in the documents: a schema that takes it in by `allOf`.
        also: Vec<Place>,
    },
}

impl Rust {
    pub(super) fn computed(by_rule: Impact) -> Self {
        Self::Computed { by_rule, whole_type: true, also: Vec::new() }
    }

    /// Adds further places where the same thing shows.
    pub(super) fn add_places(&mut self, places: impl Iterator<Item = Place>) {
        if let Self::Computed { also, .. } = self {
            also.extend(places);
        }
    }
}

/// A change before its impact on Rust code is known.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) id: &'static str,
    pub(super) level: Level,
    pub(super) place: Place,
    pub(super) old: Value,
    pub(super) new: Value,
    pub(super) message: String,
    pub(super) rust: Rust,
    /// The operations that it reaches, as indices.
    pub(super) operations: Vec<usize>,
}

impl Finding {
    /// A finding under a rule, of no place and no operation, that can show in Rust code.
    pub(super) fn new(id: &str, message: impl Into<String>) -> Self {
        let Rule { id, level, .. } = rule(id);
        Self {
            id,
            level,
            place: Place::default(),
            old: Value::Null,
            new: Value::Null,
            message: message.into(),
            rust: Rust::computed(Impact::Breaking),
            operations: Vec::new(),
        }
    }

    /// Where it is, with what stands there.
    pub(super) fn at(self, old: Option<&At<'_>>, new: Option<&At<'_>>) -> Self {
        let nodes = (old.map(|at| at.node), new.map(|at| at.node));
        self.place(old, new).values(nodes.0, nodes.1)
    }

    /// Where it is.
    pub(super) fn place(self, old: Option<&At<'_>>, new: Option<&At<'_>>) -> Self {
        Self { place: Place::of(old, new), ..self }
    }

    /// The values that it is about.
    pub(super) fn values(self, old: Option<&Node>, new: Option<&Node>) -> Self {
        let json = |node: Option<&Node>| node.map_or(Value::Null, Node::to_json);
        Self { old: json(old), new: json(new), ..self }
    }

    /// What holds for Rust code if it cannot be computed.
    pub(super) fn rust(self, by_rule: Impact) -> Self {
        Self { rust: Rust::computed(by_rule), ..self }
    }

    /// What is compatible where no operation uses it.
    pub(super) fn where_used(self, used: bool) -> Self {
        let level = if used { self.level } else { self.level.max(Level::Compatible) };
        Self { level, ..self }
    }

    /// What does not show in Rust code.
    pub(super) fn not_in_rust(self) -> Self {
        Self { rust: Rust::Known(Impact::None), ..self }
    }
}

/// The rule of what changed in a schema that no operation uses.
pub(super) const UNUSED_SCHEMA: &str = "schema-changed";

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    index: HashMap<(&'static str, Place), usize>,
}

impl Findings {
    /// Adds a finding, or only its operations to the same finding made before: what is shared by
    /// operations is found once for each.
    pub(super) fn add(&mut self, finding: Finding) {
        let key = (finding.id, finding.place.clone());
        match self.index.get(&key).and_then(|at| self.list.get_mut(*at)) {
            Some(known) => {
                known.operations.extend(finding.operations);
                if let Rust::Computed { also, .. } = finding.rust {
                    known.rust.add_places(also.into_iter());
                }
                // The same thing seen from two sides: the worse counts.
                if finding.level < known.level {
                    known.level = finding.level;
                    known.message = finding.message;
                }
            }
            None => {
                self.index.insert(key, self.list.len());
                self.list.push(finding);
            }
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Finding> {
        for finding in &mut self.list {
            finding.operations.sort_unstable();
            finding.operations.dedup();
        }
        // The same place may have been judged already, through a schema that composes this one.
        let of_unused = |finding: &Finding| finding.id == UNUSED_SCHEMA;
        let judged = self.list.iter().filter(|finding| !of_unused(finding));
        let judged: HashSet<Place> = judged.map(|finding| finding.place.clone()).collect();
        self.list.retain(|finding| !of_unused(finding) || !judged.contains(&finding.place));
        self.list
    }
}
