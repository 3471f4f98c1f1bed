//! Collects what is found, each thing once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::change::{Impact, Level};

/// Where the two documents have what was found: JSON pointers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) old: Option<Rc<str>>,
    pub(super) new: Option<Rc<str>>,
}

impl Place {
    pub(super) fn both(old: &Rc<str>, new: &Rc<str>) -> Self {
        Self { old: Some(Rc::clone(old)), new: Some(Rc::clone(new)) }
    }

    pub(super) fn old(pointer: &Rc<str>) -> Self {
        Self { old: Some(Rc::clone(pointer)), new: None }
    }

    pub(super) fn new(pointer: &Rc<str>) -> Self {
        Self { old: None, new: Some(Rc::clone(pointer)) }
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
}

/// A change before its impact on Rust code is known.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) id: Cow<'static, str>,
    pub(super) level: Level,
    pub(super) place: Place,
    pub(super) old: Value,
    pub(super) new: Value,
    pub(super) message: String,
    pub(super) rust: Rust,
    /// The operations that it reaches, as indices.
    pub(super) operations: Vec<usize>,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    index: HashMap<(Cow<'static, str>, Place), usize>,
}

impl Findings {
    /// Adds a finding, or only its operations to the same finding made before: what is shared by
    /// operations is found once for each.
    pub(super) fn add(&mut self, finding: Finding) {
        let key = (finding.id.clone(), finding.place.clone());
        match self.index.get(&key).and_then(|at| self.list.get_mut(*at)) {
            Some(known) => {
                known.operations.extend(finding.operations);
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
        self.list
    }
}
