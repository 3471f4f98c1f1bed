//! The operations of a document.

use std::borrow::Cow;

use cx_client_build::{Document, METHODS};

use super::At;

/// An operation, with the Path Item that it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'a> {
    /// In small letters, as OpenAPI writes it.
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    /// The Path Item.
    pub(crate) item: At<'a>,
    /// The Operation itself.
    pub(crate) at: At<'a>,
}

/// The paths of a document with their Path Items, behind any reference.
///
/// The pointer of a Path Item is always that of its path: each path has operations of its own.
pub(crate) fn path_items(document: &Document) -> impl Iterator<Item = (&str, At<'_>)> {
    let paths = At::root(document).entries_of("paths");
    paths.filter(|(path, _)| path.starts_with('/')).map(move |(path, at)| {
        let pointer = at.pointer.clone();
        (path, At { pointer, ..at.resolve(document) })
    })
}

/// What tells a parameter from others: its location and name. The names of headers have no case
/// (RFC 9110 section 5.1).
pub(crate) fn parameter_key<'a>(parameter: &At<'a>) -> (&'a str, Cow<'a, str>) {
    let [location, name] = ["in", "name"].map(|key| parameter.text(key).unwrap_or_default());
    let name = if location == "header" { name.to_lowercase().into() } else { name.into() };
    (location, name)
}

impl<'a> Operation<'a> {
    /// The operations of a document, in the order of its paths.
    pub(crate) fn all(document: &'a Document) -> impl Iterator<Item = Self> + use<'a> {
        path_items(document).flat_map(|(path, item)| Self::of_item(path, item))
    }

    /// The operations of a Path Item.
    pub(crate) fn of_item(path: &'a str, item: At<'a>) -> impl Iterator<Item = Self> + use<'a> {
        METHODS.into_iter().filter_map(move |method| {
            let at = item.get(method)?;
            Some(Self { method, path, item: item.clone(), at })
        })
    }

    /// `POST /api/v1/calls`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// The parameters of the Path Item and of the operation, where they are written out; the latter
    /// override the former (OpenAPI 3.0.4 section 4.7.10.1).
    pub(crate) fn parameters(&self, document: &'a Document) -> Vec<At<'a>> {
        let all = self.parameters_as_written(document).into_iter();
        all.map(|at| at.resolve(document)).collect()
    }

    /// As [`parameters`](Self::parameters), with references as they stand.
    pub(crate) fn parameters_as_written(&self, document: &'a Document) -> Vec<At<'a>> {
        let key = |at: &At<'a>| parameter_key(&at.clone().resolve(document));
        let of = |holder: &At<'a>| holder.items_of("parameters").collect::<Vec<_>>();
        let mut own = of(&self.at);
        let mut all = of(&self.item);
        for parameter in &mut all {
            if let Some(at) = own.iter().position(|one| key(one) == key(parameter)) {
                *parameter = own.remove(at);
            }
        }
        all.extend(own);
        all
    }
}
