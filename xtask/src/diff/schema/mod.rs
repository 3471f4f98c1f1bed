//! Compares schemas: each pair once, judged in each direction in which it is used.

mod difference;
mod judgement;
mod shape;
mod view;

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::change::{Impact, Level};
use super::findings::{Finding, Findings, Rust};
use super::reading::{At, Sides};
use difference::{Difference, Directions, Step};
use judgement::{Direction, Id, judge};

pub(super) use judgement::{docs_id, docs_text, plain};
pub(super) use shape::same_shape;

/// The place of a schema in a request or a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The body of a request or of a response of a status.
    Body,
    /// A parameter, with its location and name.
    Parameter(Rc<str>),
    /// A header of a response.
    Header(Rc<str>),
    /// A property, at any depth.
    Property,
}

/// The way from a pair of schemas to a pair inside.
struct Edge {
    to: usize,
    directions: Directions,
    step: Step,
}

struct Pair {
    differences: Vec<Difference>,
    edges: Vec<Edge>,
    /// The pairs that contain this one, and in which directions.
    parents: Vec<(usize, Directions)>,
}

/// A use of a pair by an operation.
struct Root {
    pair: usize,
    direction: Direction,
    operation: usize,
    role: Role,
}

/// The pairs of schemas that stand in the same place of the two documents.
///
/// A pair is known by the two pointers, so a component that many operations share is compared
/// once, and a schema that contains itself ends.
pub(super) struct Schemas<'a> {
    sides: Sides<'a>,
    pairs: Vec<Pair>,
    index: HashMap<(Rc<str>, Rc<str>), usize>,
    waiting: Vec<(usize, At<'a>, At<'a>)>,
    roots: Vec<Root>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        Self {
            sides,
            pairs: Vec::new(),
            index: HashMap::new(),
            waiting: Vec::new(),
            roots: Vec::new(),
        }
    }

    /// Notes that an operation sends these schemas.
    pub(super) fn request(&mut self, operation: usize, role: Role, old: At<'a>, new: At<'a>) {
        let pair = self.pair(old, new);
        self.roots.push(Root { pair, direction: Direction::Request, operation, role });
    }

    /// Notes that an operation receives these schemas.
    pub(super) fn response(&mut self, operation: usize, role: Role, old: At<'a>, new: At<'a>) {
        let pair = self.pair(old, new);
        self.roots.push(Root { pair, direction: Direction::Response, operation, role });
    }

    /// Notes two schemas that no operation need use.
    pub(super) fn component(&mut self, old: At<'a>, new: At<'a>) {
        self.pair(old, new);
    }

    fn pair(&mut self, old: At<'a>, new: At<'a>) -> usize {
        let first = self.visit(old, new);
        while let Some((at, old, new)) = self.waiting.pop() {
            let (differences, children) = difference::compare(&old, &new, self.sides);
            self.pairs[at].differences = differences;
            for child in children {
                let to = self.visit(child.old, child.new);
                self.pairs[to].parents.push((at, child.directions));
                self.pairs[at].edges.push(Edge {
                    to,
                    directions: child.directions,
                    step: child.step,
                });
            }
        }
        first
    }

    fn visit(&mut self, old: At<'a>, new: At<'a>) -> usize {
        let old = old.resolve(self.sides.old);
        let new = new.resolve(self.sides.new);
        let key = (Rc::clone(&old.pointer), Rc::clone(&new.pointer));
        *self.index.entry(key).or_insert_with(|| {
            let at = self.pairs.len();
            self.pairs.push(Pair {
                differences: Vec::new(),
                edges: Vec::new(),
                parents: Vec::new(),
            });
            self.waiting.push((at, old, new));
            at
        })
    }

    /// The pairs of pointers that stand in the same place of the two documents.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Rc<str>, &Rc<str>)> {
        self.index.keys().map(|(old, new)| (old, new))
    }

    /// Judges every difference, in each direction in which the schema is used.
    pub(super) fn report(&self, findings: &mut Findings) {
        let request = self.roles(Direction::Request);
        let response = self.roles(Direction::Response);
        let mut roots_of: Vec<Vec<&Root>> = vec![Vec::new(); self.pairs.len()];
        for root in &self.roots {
            roots_of[root.pair].push(root);
        }
        for (at, pair) in self.pairs.iter().enumerate() {
            if pair.differences.is_empty() {
                continue;
            }
            let uses: Vec<_> = [(Direction::Request, &request), (Direction::Response, &response)]
                .into_iter()
                .filter_map(|(direction, roles)| Some((direction, roles[at].clone()?)))
                .map(|(direction, role)| {
                    (direction, role, self.operations(at, direction, &roots_of))
                })
                .collect();
            for difference in &pair.differences {
                let mut told = false;
                for (direction, role, operations) in &uses {
                    let matters = match direction {
                        Direction::Request => difference.directions.request,
                        _ => difference.directions.response,
                    };
                    if matters {
                        told = true;
                        findings.add(finding(difference, *direction, role, operations));
                    }
                }
                // What is sent in no direction can still be named in code.
                if !told {
                    let operations: Vec<usize> =
                        uses.iter().flat_map(|(.., operations)| operations.clone()).collect();
                    findings.add(finding(difference, Direction::Unused, &Role::Body, &operations));
                }
            }
        }
    }

    /// The role in which each pair is first met in a direction.
    fn roles(&self, direction: Direction) -> Vec<Option<Role>> {
        let mut roles: Vec<Option<Role>> = vec![None; self.pairs.len()];
        let mut queue = VecDeque::new();
        for root in self.roots.iter().filter(|root| root.direction == direction) {
            if roles[root.pair].is_none() {
                roles[root.pair] = Some(root.role.clone());
                queue.push_back(root.pair);
            }
        }
        while let Some(at) = queue.pop_front() {
            for edge in &self.pairs[at].edges {
                if roles[edge.to].is_some() || !travels(edge.directions, direction) {
                    continue;
                }
                roles[edge.to] = match edge.step {
                    Step::Property => Some(Role::Property),
                    Step::Inner => roles[at].clone(),
                };
                queue.push_back(edge.to);
            }
        }
        roles
    }

    /// The operations that reach a pair in a direction.
    fn operations(&self, at: usize, direction: Direction, roots_of: &[Vec<&Root>]) -> Vec<usize> {
        let mut seen = std::collections::HashSet::from([at]);
        let mut stack = vec![at];
        while let Some(at) = stack.pop() {
            for (parent, directions) in &self.pairs[at].parents {
                if travels(*directions, direction) && seen.insert(*parent) {
                    stack.push(*parent);
                }
            }
        }
        seen.iter()
            .flat_map(|pair| &roots_of[*pair])
            .filter(|root| root.direction == direction)
            .map(|root| root.operation)
            .collect()
    }
}

fn travels(directions: Directions, direction: Direction) -> bool {
    match direction {
        Direction::Request => directions.request,
        Direction::Response => directions.response,
        Direction::Unused => true,
    }
}

fn finding(
    difference: &Difference,
    direction: Direction,
    role: &Role,
    operations: &[usize],
) -> Finding {
    let verdict = judge(difference, direction);
    let shown = difference.place.shown();
    let name = name_of(shown);
    let in_property = shown.contains("/properties/");
    let way = match direction {
        Direction::Request => "request",
        Direction::Response => "response",
        Direction::Unused => "schema",
    };
    let role_name = match role {
        _ if in_property => "property",
        Role::Body => "body",
        Role::Parameter(_) => "parameter",
        Role::Header(_) => "header",
        Role::Property => "property",
    };
    let id: Cow<'static, str> = match (verdict.id, direction) {
        (Id::Whole(id), Direction::Unused)
            if verdict.level != Level::Docs && !id.starts_with("schema-") =>
        {
            "schema-changed".into()
        }
        (Id::Whole(id), _) => id.into(),
        (Id::Suffix(suffix), Direction::Unused) => format!("schema-{suffix}").into(),
        (Id::Suffix(suffix), _) => format!("{way}-{role_name}-{suffix}").into(),
    };
    let subject = match (role, &name) {
        (_, Some(name)) if in_property => format!("{way} property `{name}`"),
        (Role::Parameter(parameter), _) => parameter.to_string(),
        (Role::Header(header), _) => format!("response header `{header}`"),
        (_, Some(name)) => format!("{way} schema `{name}`"),
        (_, None) => format!("{way} body"),
    };
    let rust = match verdict.rust {
        judgement::Rust::Known(impact) => Rust::Known(impact),
        judgement::Rust::Computed(by_rule) => Rust::Computed {
            by_rule,
            whole_type: verdict.whole_type,
            also: difference.also.iter().cloned().collect(),
        },
    };
    Finding {
        id,
        level: verdict.level,
        place: difference.place.clone(),
        old: difference.old.clone(),
        new: difference.new.clone(),
        message: format!("{subject}: {}", verdict.what),
        rust,
        operations: operations.to_vec(),
    }
}

/// What people call the schema at a pointer: `Call.status`, `Call.tags[]`, `Error`; for a schema
/// that stands in an operation, the properties only.
fn name_of(pointer: &str) -> Option<String> {
    let (mut name, rest) = match pointer.strip_prefix("/components/schemas/") {
        Some(rest) => {
            let (component, rest) = rest.split_once('/').unwrap_or((rest, ""));
            (component.to_owned(), rest)
        }
        None => (String::new(), pointer.split_once("/schema/").map_or("", |(_, rest)| rest)),
    };
    let mut tokens = rest.split('/').peekable();
    while let Some(token) = tokens.next() {
        match token {
            "properties" => {
                let Some(property) = tokens.next() else { break };
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&cx_client_build::unescape_token(property));
            }
            _ if name.is_empty() || tokens.peek().is_none() => {}
            "items" => name.push_str("[]"),
            "additionalProperties" => name.push_str(".*"),
            _ => {}
        }
    }
    (!name.is_empty()).then_some(name)
}

/// What is known of Rust code from words alone: nothing changes.
pub(super) fn words() -> Rust {
    Rust::Known(Impact::None)
}
