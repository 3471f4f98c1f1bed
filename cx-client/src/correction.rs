//! What has been corrected in a response.

use crate::json_path::Path;

/// A part of a response that is read as something that the server did not send.
#[derive(Debug)]
pub(crate) struct Correction {
    pub(crate) path: String,
    pub(crate) reading: &'static str,
}

impl Correction {
    /// The same, in the whole of which its part stands at `path`.
    pub(crate) fn at(mut self, path: &Path<'_>) -> Self {
        self.path.replace_range(..1, &path.to_string());
        self
    }
}
