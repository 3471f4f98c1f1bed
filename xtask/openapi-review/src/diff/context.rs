//! What the comparison of an operation works on.

use std::collections::HashMap;

use super::change::Impact;
use super::findings::{Finding, Findings};
use super::reading::{At, Sides};
use super::schema::{Role, Schemas, Wire};
use super::wording::kind;
use super::words::words;
use crate::reader::Operation;

/// An operation as the two documents have it: in one of them or in both.
#[derive(Debug, Clone)]
pub(super) struct OperationPair<'a> {
    pub(super) name: String,
    pub(super) old: Option<Operation<'a>>,
    pub(super) new: Option<Operation<'a>>,
}

/// The names under which NEW has the security schemes of OLD.
pub(super) type Renamed<'a> = HashMap<&'a str, &'a str>;

/// The names of a path's parameters, in its order.
pub(super) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// What the comparison of operations works on.
pub(super) struct Context<'a, 'b> {
    pub(super) sides: Sides<'a>,
    pub(super) findings: &'b mut Findings,
    pub(super) schemas: &'b mut Schemas<'a>,
    pub(super) renamed: &'b Renamed<'a>,
    /// The operation that is being compared.
    pub(super) operation: usize,
}

impl<'a> Context<'a, '_> {
    /// Adds what was found of the operation.
    pub(super) fn found(&mut self, finding: Finding) {
        self.findings.add(Finding { operations: vec![self.operation], ..finding });
    }

    /// Notes two schemas that the operation sends or receives.
    pub(super) fn schemas(
        &mut self,
        in_request: bool,
        role: &Role,
        wire: Wire,
        old: At<'a>,
        new: At<'a>,
    ) {
        self.schemas.used(self.operation, in_request, (role.clone(), wire), old, new);
    }

    /// Compares the words of two objects of the same kind, and what only the generator reads.
    pub(super) fn docs(&mut self, of: &'static str, old: &At<'a>, new: &At<'a>) {
        self.docs_of(of, &of.replace('-', " "), [old, new]);
    }

    /// As [`docs`](Self::docs), of what has a name.
    pub(super) fn docs_of(&mut self, of: &str, subject: &str, [old, new]: [&At<'a>; 2]) {
        for finding in words(of, subject, old, new) {
            self.found(finding);
        }
    }

    /// Compares whether two parts of a message are required.
    pub(super) fn required(
        &mut self,
        [required, optional]: [&'static str; 2],
        subject: &str,
        by_rule: Impact,
        [old, new]: [&At<'a>; 2],
    ) {
        let now = new.flag("required");
        if old.flag("required") != now {
            let id = if now { required } else { optional };
            let found = Finding::new(id, format!("{subject} became {}", kind(now))).rust(by_rule);
            let found = found.place(Some(old), Some(new));
            self.found(found.values(old.node.get("required"), new.node.get("required")));
        }
    }

    /// Compares a flag that says that something is deprecated.
    pub(super) fn deprecated(
        &mut self,
        [set, unset]: [&'static str; 2],
        subject: &str,
        old: &At<'a>,
        new: &At<'a>,
    ) {
        let now = new.flag("deprecated");
        if old.flag("deprecated") != now {
            let what = if now { "deprecated" } else { "no longer deprecated" };
            let id = if now { set } else { unset };
            let (a, b) = (old.get("deprecated"), new.get("deprecated"));
            let found = Finding::new(id, format!("{subject} {what}")).rust(Impact::None);
            self.found(found.at(a.as_ref(), b.as_ref()));
        }
    }
}
