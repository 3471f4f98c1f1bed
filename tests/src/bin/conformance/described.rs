//! What the document says of an operation.

use cx_client_build::{Document, Node};
use cx_client_tests::every_operation::CallableOperation;
use serde_json::Value;

/// An operation, as the client calls it and as the document describes it.
pub(crate) struct Described<'a> {
    pub(crate) operation: CallableOperation,
    pub(crate) path: &'a str,
    /// The path item, which may have other methods and common parameters.
    pub(crate) path_item: &'a Node,
    document: &'a Document,
    node: &'a Node,
}

impl<'a> Described<'a> {
    /// Finds the operation by its id.
    pub(crate) fn find(document: &'a Document, operation: CallableOperation) -> Option<Self> {
        document
            .at("/paths")?
            .entries()
            .iter()
            .find_map(|path| {
                let is_it = |node: &&Node| {
                    node.get("operationId").and_then(Node::as_str) == Some(operation.id)
                };
                let node = path.node.entries().iter().map(|entry| &entry.node).find(is_it)?;
                Some((&path.key, &path.node, node))
            })
            .map(|(path, path_item, node)| Self { operation, path, path_item, document, node })
    }

    /// Whether it needs credentials.
    pub(crate) fn is_secured(&self) -> bool {
        let security = self.node.get("security").or_else(|| self.document.at("/security"));
        security.is_some_and(|alternatives| !alternatives.items().is_empty())
    }

    /// Whether its request must have a body.
    pub(crate) fn requires_body(&self) -> bool {
        self.get(self.node, "requestBody")
            .and_then(|body| body.get("required")?.as_bool())
            .unwrap_or(false)
    }

    /// The schema of the body of its request.
    pub(crate) fn request_schema(&self) -> Option<&'a Node> {
        self.get(self.media_type(self.get(self.node, "requestBody")?)?, "schema")
    }

    /// The properties of the body of its request: name and schema.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let properties = self.request_schema().and_then(|schema| schema.get("properties"));
        let entries = properties.map_or(&[][..], Node::entries).iter();
        entries.map(|entry| (entry.key.as_str(), self.document.resolve(&entry.node)))
    }

    /// The parameters in the path (`path`) or the query (`query`): name and schema.
    pub(crate) fn parameters(&self, place: &str) -> Vec<(&'a str, &'a Node)> {
        [self.path_item, self.node]
            .into_iter()
            .flat_map(|holder| holder.get("parameters").map_or(&[][..], Node::items))
            .map(|parameter| self.document.resolve(parameter))
            .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some(place))
            .filter_map(|parameter| {
                Some((parameter.get("name")?.as_str()?, self.get(parameter, "schema")?))
            })
            .collect()
    }

    /// Whether its successful response has a body of JSON.
    pub(crate) fn has_response_body(&self) -> bool {
        self.success().is_some()
    }

    /// The documented example of its successful response.
    pub(crate) fn response_example(&self) -> Option<Value> {
        let media_type = self.success()?;
        let first = || media_type.get("examples")?.entries().first();
        let example = media_type
            .get("example")
            .or_else(|| self.document.resolve(&first()?.node).get("value"))?;
        Some(example.to_json())
    }

    /// The media type of its successful response.
    fn success(&self) -> Option<&'a Node> {
        let responses = self.node.get("responses")?.entries();
        let success = responses.iter().find(|response| response.key.starts_with('2'))?;
        self.media_type(self.document.resolve(&success.node))
    }

    fn media_type(&self, holder: &'a Node) -> Option<&'a Node> {
        holder.get("content")?.get("application/json")
    }

    fn get(&self, node: &'a Node, key: &str) -> Option<&'a Node> {
        Some(self.document.resolve(node.get(key)?))
    }
}
