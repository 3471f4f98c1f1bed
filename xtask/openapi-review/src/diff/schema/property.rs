//! Which properties an object can have.

use std::rc::Rc;

use super::super::reading::At;

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(super) struct Property<'a> {
    /// What its value must fit: the schemas in `properties`, then those under
    /// `additionalProperties` of parts that do not name it.
    pub(super) schemas: Vec<At<'a>>,
    /// Where `required` names it.
    pub(super) required: Option<Rc<str>>,
    /// Whether a part allows no such property.
    pub(super) forbidden: bool,
}

/// Which further properties an object may have.
#[derive(Debug, Clone)]
pub(super) enum Additional<'a> {
    /// Any.
    Open,
    /// Such as fit all of the schemas.
    Schemas(Vec<At<'a>>),
    /// None.
    Closed(At<'a>),
}
