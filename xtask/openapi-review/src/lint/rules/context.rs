//! What a rule looks at.

use cx_client_build::Document;

use crate::lint::sites::Sites;

/// What a rule may look at.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) sites: &'a Sites<'a>,
}
