//! What a pass may look at besides the code.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use crate::names::Names;

/// What a pass may look at besides the code.
pub(crate) struct Context<'a> {
    pub(crate) spec: &'a OpenAPI,
    /// The names of the code, and what is known of what they name.
    pub(crate) names: &'a Names,
    /// The names of the properties of all schemas.
    pub(crate) property_names: &'a BTreeSet<String>,
}
