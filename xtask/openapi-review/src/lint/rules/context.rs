//! What a rule looks at.

use cx_client_build::{Document, Value};

use crate::lint::sites::Sites;
use crate::reader::At;

/// What a rule may look at.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) sites: &'a Sites<'a>,
}

/// Gives every object of the document that is no data to `see`.
pub(super) fn objects<'a>(at: &At<'a>, see: &mut impl FnMut(&At<'a>)) {
    let has_names = at.pointer.ends_with("/properties");
    if !has_names && matches!(at.node.value, Value::Mapping(_)) {
        see(at);
    }
    for (key, inner) in at.entries() {
        let is_data =
            matches!(key, "example" | "examples" | "default" | "enum") || key.starts_with("x-");
        if has_names || !is_data {
            objects(&inner, see);
        }
    }
    for item in at.items() {
        objects(&item, see);
    }
}
