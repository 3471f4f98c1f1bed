//! Compares schemas: each pair once, judged in each direction in which it is used.
//!
//! A pair is two conjunctions ([`joint`]): `allOf` is taken apart, `oneOf` and `anyOf` are
//! multiplied out into alternatives ([`sum`]), and what the parts of one alternative say together
//! ([`view`]) is compared keyword by keyword, so that it does not matter how it is written.

mod alternatives;
mod annotations;
mod compare;
mod constraints;
mod decimal;
mod demands;
mod difference;
mod discriminator;
mod finding;
mod joint;
mod keywords;
mod limits;
mod objects;
mod pattern;
mod presence;
mod property;
mod relation;
mod single_value;
mod sum;
mod types;
mod view;
mod wire;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use cx_client_build::Document;

use super::findings::{Finding, Findings, Place};
use super::reading::{At, Sides};
use difference::{Directions, Relate, SchemaDifference, Step};
use finding::{Direction, Use};
use joint::Joint;
use relation::Relations;
use sum::{Alternative, Sum};
use types::Types;

pub(super) use finding::Role;
pub(super) use wire::Wire;

/// Whether any value fits a schema.
pub(super) fn takes_all<'a>(schema: &At<'a>, document: &'a Document) -> bool {
    Joint::of([schema], document).flatten().takes_all()
}

/// Whether a value can be an object, or an array where those count.
pub(super) fn has_parts<'a>(schema: &At<'a>, document: &'a Document, arrays: bool) -> bool {
    let sum = Sum::of(&Joint::of([schema], document), Wire::Json);
    sum.alternatives.iter().any(|Alternative { view, .. }| {
        let is_list = view.has_items(1);
        view.types.has(Types::OBJECT) || arrays && is_list
    })
}

/// Whether the text of a value can have characters that a URL reserves.
pub(super) fn has_reserved<'a>(schema: &At<'a>, document: &'a Document) -> bool {
    let sum = Sum::of(&Joint::of([schema], document), Wire::Separated);
    let is_unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    sum.alternatives.iter().any(|Alternative { view, .. }| match &view.values {
        Some(values) => !values.iter().all(|(text, _)| text.chars().all(is_unreserved)),
        None => {
            let is_plain = view.texts("format").any(|format| matches!(format, "uuid" | "date"));
            view.types.has(Types::OBJECT | Types::ARRAY)
                || view.types.has(Types::STRING) && !is_plain
        }
    })
}

/// The schema of a property, in whichever way an object can have it; the one that states a type.
pub(super) fn property<'a>(schema: &At<'a>, name: &str, document: &'a Document) -> Option<At<'a>> {
    let sum = Sum::of(&Joint::of([schema], document), Wire::Json);
    let all = sum.alternatives.iter().flat_map(|one| one.view.all("properties"));
    let found: Vec<_> = all.filter_map(|all| all.resolved(name, document)).collect();
    let typed = found.iter().find(|at| at.node.get("type").is_some());
    typed.or(found.first()).cloned()
}

/// The way from a pair of schemas to a pair inside.
struct Edge {
    to: usize,
    directions: Directions,
    step: Step,
}

/// The way back.
struct Parent {
    from: usize,
    directions: Directions,
    step: Step,
}

struct Pair {
    /// Where the compared schemas stand.
    old: Vec<Rc<str>>,
    new: Vec<Rc<str>>,
    differences: Vec<SchemaDifference>,
    edges: Vec<Edge>,
    parents: Vec<Parent>,
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
/// A pair is known by the pointers, so a component that many operations share is compared once, and
/// a schema that contains itself ends.
pub(super) struct Schemas<'a> {
    relations: Relations<'a>,
    pairs: Vec<Pair>,
    index: HashMap<(String, String, Wire), usize>,
    waiting: Vec<(usize, Joint<'a>, Joint<'a>, Wire)>,
    roots: Vec<Root>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        Self {
            relations: Relations::new(sides),
            pairs: Vec::new(),
            index: HashMap::new(),
            waiting: Vec::new(),
            roots: Vec::new(),
        }
    }

    /// Notes that an operation sends or receives these schemas.
    pub(super) fn used(
        &mut self,
        operation: usize,
        in_request: bool,
        (role, wire): (Role, Wire),
        old: At<'a>,
        new: At<'a>,
    ) {
        let direction = if in_request { Direction::Request } else { Direction::Response };
        let pair = self.pair(old, new, wire);
        self.roots.push(Root { pair, direction, operation, role });
    }

    /// Notes two schemas that no operation need use.
    pub(super) fn component(&mut self, old: At<'a>, new: At<'a>) {
        self.pair(old, new, Wire::Json);
    }

    /// Whether two schemas take the same values.
    pub(super) fn same(&self, old: &At<'a>, new: &At<'a>) -> bool {
        self.relations.same(old, new)
    }

    fn pair(&mut self, old: At<'a>, new: At<'a>, wire: Wire) -> usize {
        let sides = self.relations.sides();
        let first = self.visit(Joint::of([old], sides.old), Joint::of([new], sides.new), wire);
        while let Some((at, old, new, wire)) = self.waiting.pop() {
            let (differences, children) = compare::compare(&old, &new, wire, &self.relations);
            self.pairs[at].differences = differences;
            for child in children {
                let to = self.visit(child.old, child.new, child.wire);
                let (directions, step) = (child.directions, child.step);
                self.pairs[to].parents.push(Parent { from: at, directions, step: step.clone() });
                self.pairs[at].edges.push(Edge { to, directions, step });
            }
        }
        first
    }

    fn visit(&mut self, old: Joint<'a>, new: Joint<'a>, wire: Wire) -> usize {
        *self.index.entry((old.key(), new.key(), wire)).or_insert_with(|| {
            let at = self.pairs.len();
            self.pairs.push(Pair {
                old: old.pointers().cloned().collect(),
                new: new.pointers().cloned().collect(),
                differences: Vec::new(),
                edges: Vec::new(),
                parents: Vec::new(),
            });
            self.waiting.push((at, old, new, wire));
            at
        })
    }

    /// The pairs of pointers that stand in the same place of the two documents.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Rc<str>, &Rc<str>)> {
        self.pairs.iter().filter_map(|pair| match (&pair.old[..], &pair.new[..]) {
            ([old], [new]) => Some((old, new)),
            _ => None,
        })
    }

    /// Judges every difference, in each direction in which the schema is used.
    pub(super) fn report(&self, findings: &mut Findings) {
        if self.relations.were_cut_short() {
            let message = "the schemas contain each other in more ways than are followed: what is \
                           reported of alternatives may have changed in words only";
            let Sides { old, new } = self.relations.sides();
            let found = Finding::new("schema-comparison-cut-short", message).not_in_rust();
            findings.add(found.place(Some(&At::root(old)), Some(&At::root(new))));
        }
        let ways = [Direction::Request, Direction::Response]
            .map(|way| (way, self.roles(way), self.operations(way)));
        let mut roots_of: Vec<Vec<&Root>> = vec![Vec::new(); self.pairs.len()];
        for root in &self.roots {
            roots_of[root.pair].push(root);
        }
        for (at, pair) in self.pairs.iter().enumerate() {
            if pair.differences.is_empty() {
                continue;
            }
            let uses: Vec<Use> = ways
                .iter()
                .filter_map(|(direction, roles, operations)| {
                    Some(Use {
                        direction: *direction,
                        role: roles[at].clone()?,
                        operations: operations[at].clone(),
                        always_there: self.is_always_there(at, *direction, &roots_of),
                    })
                })
                .collect();
            let also = self.also(at);
            for difference in &pair.differences {
                for mut found in finding::findings(difference, &uses) {
                    found.rust.add_places(self.places(pair, difference).chain(also.clone()));
                    findings.add(found);
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
                if roles[edge.to].is_some() || !direction.is_in(edge.directions) {
                    continue;
                }
                roles[edge.to] = match &edge.step {
                    Step::Property { name, .. } => Some(Role::Property(Rc::clone(name))),
                    Step::Inner(suffix) => roles[at].as_ref().map(|role| role.inner(suffix)),
                };
                queue.push_back(edge.to);
            }
        }
        roles
    }

    /// The pair, and all whose parts it is by ways of a kind.
    fn holders(&self, at: usize, way: impl Fn(&Parent) -> bool) -> Vec<usize> {
        let mut seen = HashSet::from([at]);
        let mut found = vec![at];
        let mut next = 0;
        while let Some(at) = found.get(next) {
            let parents = self.pairs[*at].parents.iter().filter(|parent| way(parent));
            let new: Vec<_> =
                parents.map(|parent| parent.from).filter(|from| seen.insert(*from)).collect();
            found.extend(new);
            next += 1;
        }
        found
    }

    /// The operations that reach each pair in a direction.
    fn operations(&self, direction: Direction) -> Vec<Vec<usize>> {
        let mut operations: Vec<Vec<usize>> = vec![Vec::new(); self.pairs.len()];
        for root in self.roots.iter().filter(|root| root.direction == direction) {
            let mut stack = vec![root.pair];
            while let Some(at) = stack.pop() {
                // What one operation reaches is followed to its end before the next one.
                if operations[at].last() == Some(&root.operation) {
                    continue;
                }
                operations[at].push(root.operation);
                let edges = self.pairs[at].edges.iter();
                stack.extend(edges.filter(|edge| direction.is_in(edge.directions)).map(|it| it.to));
            }
        }
        operations
    }

    /// Whether a value of the pair is in every message that can have it: no default counts.
    fn is_always_there(&self, at: usize, direction: Direction, roots_of: &[Vec<&Root>]) -> bool {
        let in_direction = |parent: &Parent| direction.is_in(parent.directions);
        let holders = self
            .holders(at, |parent| in_direction(parent) && matches!(parent.step, Step::Inner(_)));
        holders.into_iter().all(|at| {
            let mut roots = roots_of[at].iter().filter(|root| root.direction == direction);
            let mut parents = self.pairs[at].parents.iter().filter(|parent| in_direction(parent));
            roots.all(|root| matches!(root.role, Role::Parameter(_, true) | Role::Header(_, true)))
                && parents.all(|it| !matches!(it.step, Step::Property { required: false, .. }))
        })
    }

    /// The compared schemas themselves, where the difference lies in what they compose.
    fn places(&self, pair: &Pair, difference: &SchemaDifference) -> impl Iterator<Item = Place> {
        let outside = |roots: &[Rc<str>], pointer: &Option<Rc<str>>| {
            let inside = |at: &Rc<str>| roots.first().is_some_and(|root| at.starts_with(&**root));
            pointer.as_ref().is_some_and(|at| !inside(at))
        };
        let below = |roots: &[Rc<str>], pointer: &Option<Rc<str>>| -> Option<Rc<str>> {
            let root = roots.first()?;
            let property = pointer.as_ref().and_then(|at| at.rsplit_once("/properties/"));
            Some(match property {
                Some((_, rest)) => format!("{root}/properties/{rest}").into(),
                None => Rc::clone(root),
            })
        };
        let Place { old, new } = &difference.place;
        let elsewhere = outside(&pair.old, old) || outside(&pair.new, new);
        let place = || Place { old: below(&pair.old, old), new: below(&pair.new, new) };
        elsewhere.then(place).into_iter()
    }

    /// Where the schemas that have the pair as a property name it: one that composes another has
    /// the properties of that other.
    fn also(&self, at: usize) -> Vec<Place> {
        let holders = self.holders(at, |parent| matches!(parent.step, Step::Inner(_)));
        let parents = holders.into_iter().flat_map(|at| &self.pairs[at].parents);
        let place = |parent: &Parent| {
            let Step::Property { name, .. } = &parent.step else { return None };
            let name = cx_client_build::escape_token(name);
            let below = |holders: &[Rc<str>]| {
                holders.first().map(|holder| Rc::from(format!("{holder}/properties/{name}")))
            };
            let holder = &self.pairs[parent.from];
            Some(Place { old: below(&holder.old), new: below(&holder.new) })
        };
        parents.filter_map(place).collect()
    }
}
