//! The servers of an operation and its authentication.

use std::collections::BTreeSet;

use cx_client_build::{Document, Node, escape_token};
use serde_json::json;

use super::super::page::{Form, is_unstated};
use super::super::security;
use super::state::{Edit, Graft};
use crate::reader::At;

impl<'a> Graft<'a> {
    pub(super) fn servers(&mut self, doc: &At<'a>, item: &str) {
        let root = self.page.document.root();
        if is_unstated(root, "servers") {
            return;
        }
        let page = self.page.document.at(&self.page.pointer());
        let item_of_page =
            self.page.pointer().rsplit_once('/').and_then(|(item, _)| self.page.document.at(item));
        let own = page.and_then(|page| page.get("servers"));
        let of_page = own.or_else(|| item_of_page?.get("servers")).or(root.get("servers"));
        let mut holders = [&*doc.pointer, item].into_iter().filter_map(|one| self.at(one));
        let holder = holders.find(|one| one.node.get("servers").is_some());
        let holder = holder.unwrap_or_else(|| At::root(self.document));
        let of_document = holder.node.get("servers");
        let (ours, theirs) = (urls(of_document), urls(of_page));
        let line = of_page.map_or(self.page.line(), |node| node.position.line);
        if theirs.is_empty() || ours == theirs {
            return;
        }
        let said = match theirs.len() {
            1 => json!(theirs.first()),
            _ => json!(theirs),
        };
        if self.coverage.deviates(&holder.pointer, holder.node, &"servers".into(), &said)
            || !self.edit(doc, Edit::new(doc, "servers", line, json!(ours), said))
        {
            return;
        }
        if let Some(servers) = of_page {
            let taken = self.take(servers);
            self.put(&format!("{}/servers", holder.pointer), taken);
        }
    }

    pub(super) fn security(&mut self, doc: &At<'a>, theirs: &Node) {
        if is_unstated(theirs, "security") {
            return self.infer_schemes(doc);
        }
        let of_page = requirements(&self.page.document, theirs);
        let of_document = requirements(self.document, doc.node);
        let line = theirs.get("security").map_or(self.page.line(), |node| node.position.line);
        self.infer_schemes(doc);
        let text = self.page.form == Form::Text;
        let is_same = |ours: &Alternatives, theirs: &Alternatives| {
            // Text lists all schemes, whether each is enough or all are needed.
            let all = |one: &Alternatives| -> BTreeSet<String> {
                one.iter().flatten().cloned().collect()
            };
            let open = |one: &Alternatives| one.iter().any(BTreeSet::is_empty) && one.len() > 1;
            ours == theirs || text && all(ours) == all(theirs) && open(ours) == open(theirs)
        };
        let reading = self.read_as_inferred(doc, &of_page);
        if is_same(&of_document, &of_page) || is_same(&of_document, &reading) {
            return;
        }
        let message = format!(
            "the authentication is {} in the document, and {} on the page",
            words(&of_document),
            words(&of_page)
        );
        let edit = Edit::new(doc, "security", line, json!(of_document), json!(of_page));
        self.decide("security-changed", doc, edit, message);
    }

    /// The schemes of the operation whose Security Scheme Objects are inferred.
    fn infer_schemes(&mut self, doc: &At<'a>) {
        for requirement in security::requirements(self.document, doc.node) {
            for entry in requirement.entries() {
                let pointer = format!("/components/securitySchemes/{}", escape_token(&entry.key));
                if let Some(scheme) = self.at(&pointer) {
                    self.coverage.infers(&pointer, scheme.node, "the security scheme");
                }
            }
        }
    }

    /// What the page says of OAuth, as the schemes by which the document infers that a request
    /// carries it.
    fn read_as_inferred(&self, doc: &At<'a>, of_page: &Alternatives) -> Alternatives {
        let mut inferred = security::requirements(self.document, doc.node)
            .iter()
            .flat_map(Node::entries)
            .filter_map(|entry| security::scheme(self.document, &entry.key))
            .filter(|scheme| scheme.get("x-inferred").is_some());
        let Some(scheme) = inferred.next().map(security::key) else { return of_page.clone() };
        let read = |key: &String| if key == "oauth2" { scheme.clone() } else { key.clone() };
        of_page.iter().map(|one| one.iter().map(read).collect()).collect()
    }
}

/// The schemes of each alternative, in words.
type Alternatives = BTreeSet<BTreeSet<String>>;

fn requirements(document: &Document, operation: &Node) -> Alternatives {
    let words = |name: &str| {
        let scheme = security::scheme(document, name);
        scheme.map_or_else(|| format!("`{name}`, which is no security scheme"), security::key)
    };
    security::requirements(document, operation)
        .iter()
        .map(|one| one.entries().iter().map(|entry| words(&entry.key)).collect())
        .collect()
}

fn words(alternatives: &Alternatives) -> String {
    let one = |schemes: &BTreeSet<String>| match schemes.is_empty() {
        true => "none".to_owned(),
        false => schemes.iter().cloned().collect::<Vec<_>>().join(" with "),
    };
    match alternatives.is_empty() {
        true => "none".to_owned(),
        false => alternatives.iter().map(one).collect::<Vec<_>>().join(" or "),
    }
}

/// The URLs of servers, their variables at their defaults; a slash at the end would stand twice
/// before the path.
fn urls(servers: Option<&Node>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for server in servers.map_or(&[][..], Node::items) {
        let mut url = server.get("url").and_then(Node::as_str).unwrap_or_default().to_owned();
        for entry in server.get("variables").map_or(&[][..], Node::entries) {
            let default = entry.node.get("default").and_then(Node::as_str).unwrap_or_default();
            url = url.replace(&format!("{{{}}}", entry.key), default);
        }
        found.insert(url.trim_end_matches('/').to_owned());
    }
    found
}
