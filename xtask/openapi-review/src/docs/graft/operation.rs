//! An operation: its servers, its authentication, its parameters.

use std::collections::BTreeSet;

use cx_client_build::{Document, Node, escape_token};
use serde_json::{Value as Json, json};

use super::super::coverage::Fact;
use super::super::page::{Form, is_unstated, template_names};
use super::super::security;
use super::{At, Decided, Graft};

impl<'a> Graft<'a> {
    fn at(&self, pointer: &str) -> Option<At<'a>> {
        let node = self.document.at(pointer)?;
        Some(At { node, pointer: pointer.to_owned() })
    }

    pub(super) fn operation(&mut self, pointer: &str) {
        let page = self.page;
        let Some(doc) = self.at(pointer) else { return };
        let Some(theirs) = page.document.at(&page.pointer()) else { return };
        let item = pointer.rsplit_once('/').map_or("", |(item, _)| item).to_owned();
        self.place(&page.pointer(), &doc);
        self.stamp(&item, page.line());
        self.stamp(pointer, page.line());
        self.path(&doc, &item);
        let mut out = doc.node.clone();
        out.replace_positions(&|_| super::NOWHERE);
        self.facet(&mut out, &doc, theirs, "deprecated");
        if let Some(entry) = out.entry_mut("deprecated") {
            self.put(&format!("{pointer}/deprecated"), entry.node.clone());
        } else if let Some(operation) = self.edited.at_mut(pointer) {
            operation.remove("deprecated");
        }
        self.servers(&doc, &item);
        self.security(&doc, theirs);
        self.parameters(&doc, theirs, &item);
        self.request_body(&doc, theirs);
        self.responses(&doc, theirs);
    }

    fn path(&mut self, doc: &At<'a>, item: &str) {
        let ours = item.rsplit('/').next().map(cx_client_build::unescape_token).unwrap_or_default();
        let theirs = self.page.path.as_str();
        let line = self.page.document.position(&format!("/paths/{}", escape_token(theirs))).line;
        if ours == theirs || self.coverage.deviates(&doc.pointer, doc.node, "path", &theirs.into())
        {
            return;
        }
        self.decided.push(Decided {
            id: "path-changed",
            fact: Fact::new(doc.pointer.clone(), "path"),
            line,
            old: ours.as_str().into(),
            new: theirs.into(),
            message: format!("the path is {ours} in the document, and {theirs} on the page"),
        });
    }

    fn servers(&mut self, doc: &At<'a>, item: &str) {
        let root = self.page.document.root();
        if is_unstated(root, "servers") {
            return;
        }
        let page = self.page.document.at(&self.page.pointer());
        let item_of_page =
            self.page.pointer().rsplit_once('/').and_then(|(item, _)| self.page.document.at(item));
        let own = page.and_then(|page| page.get("servers"));
        let of_page = own.or_else(|| item_of_page?.get("servers")).or(root.get("servers"));
        let holders = [doc.pointer.clone(), item.to_owned(), String::new()];
        let has_servers = |pointer: &&String| {
            self.document.at(pointer).and_then(|node| node.get("servers")).is_some()
        };
        let holder = holders.iter().find(has_servers).cloned().unwrap_or_default();
        let of_document = self.document.at(&holder).and_then(|node| node.get("servers"));
        let (ours, theirs) = (urls(of_document), urls(of_page));
        let line = of_page.map_or(self.page.line(), |node| node.position.line);
        if theirs.is_empty() || ours == theirs {
            return;
        }
        let said = match theirs.len() {
            1 => json!(theirs.first()),
            _ => json!(theirs),
        };
        let Some(holder) = self.at(&holder) else { return };
        if self.coverage.deviates(&holder.pointer, holder.node, "servers", &said)
            || !self.edit(doc, "servers", line, json!(ours), said)
        {
            return;
        }
        if let Some(servers) = of_page {
            let taken = self.take(servers);
            self.put(&format!("{}/servers", holder.pointer), taken);
        }
    }

    fn security(&mut self, doc: &At<'a>, theirs: &Node) {
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
        let said = json!(of_page);
        if self.coverage.deviates(&doc.pointer, doc.node, "security", &said) {
            return;
        }
        self.decided.push(Decided {
            id: "security-changed",
            fact: Fact::new(doc.pointer.clone(), "security"),
            line,
            message: format!(
                "the authentication is {} in the document, and {} on the page",
                words(&of_document),
                words(&of_page)
            ),
            old: json!(of_document),
            new: said,
        });
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

    fn parameters(&mut self, doc: &At<'a>, theirs: &'a Node, item: &str) {
        let page = At { node: theirs, pointer: self.page.pointer() };
        let mut of_page = page.items("parameters");
        if let Some((item, _)) = self.page.pointer().rsplit_once('/')
            && let Some(node) = self.page.document.at(item)
        {
            // Those of the operation replace those of the path.
            let shared = At { node, pointer: item.to_owned() }.items("parameters");
            let keys: Vec<_> = of_page.iter().map(|one| key(&self.page.document, one)).collect();
            of_page.extend(
                shared.into_iter().filter(|one| !keys.contains(&key(&self.page.document, one))),
            );
        }
        let mut of_document = doc.items("parameters");
        let keys: Vec<_> = of_document.iter().map(|one| key(self.document, one)).collect();
        if let Some(item) = self.at(item) {
            let shared = item.items("parameters").into_iter();
            of_document.extend(shared.filter(|one| !keys.contains(&key(self.document, one))));
        }
        let mut gone: Vec<String> = Vec::new();
        for ours in &of_document {
            let own = key(self.document, ours);
            let found = of_page.iter().position(|one| key(&self.page.document, one) == own);
            match found {
                Some(index) => {
                    let theirs = of_page.remove(index);
                    self.parameter(ours, &theirs);
                }
                None => gone.extend(self.unlisted_parameter(doc, ours)),
            }
        }
        // From the last, since the places of those behind it move.
        for pointer in gone.iter().rev() {
            self.remove_item(pointer);
        }
        for theirs in of_page {
            self.add_parameter(doc, &theirs);
        }
    }

    fn add_parameter(&mut self, doc: &At<'a>, theirs: &At<'a>) {
        let resolved = theirs.clone().resolve(&self.page.document);
        let name = resolved.text("name");
        let is_ignored = ["accept", "content-type", "authorization"];
        let is_header = resolved.text("in") == "header";
        // These three are described by other means (OpenAPI 3.0.4 section 4.7.12.2).
        if is_header && is_ignored.contains(&name.to_ascii_lowercase().as_str()) {
            return;
        }
        // One that does not stand in the path contradicts the page, and is told as that.
        if resolved.text("in") == "path" && !template_names(&self.page.path).any(|one| one == name)
        {
            return;
        }
        let fact = format!("{} parameter {name}", resolved.text("in"));
        if !self.edit(doc, &fact, theirs.line(), Json::Null, Json::Null) {
            return;
        }
        let taken = self.take(resolved.node);
        let list = format!("{}/parameters", doc.pointer);
        if self.edited.at(&list).is_none() {
            self.put(&list, Node::array(taken.position, Vec::new()));
        }
        self.put(&format!("{list}/-"), taken);
    }

    /// A parameter of the document that the page does not list; its place, if it is to go.
    fn unlisted_parameter(&mut self, doc: &At<'a>, ours: &At<'a>) -> Option<String> {
        let target = ours.clone().resolve(self.document);
        let (place, name) = (target.text("in"), target.text("name"));
        let what = format!("the {place} parameter `{name}`");
        let is_in_path = template_names(&self.page.path).any(|one| one == name);
        if self.coverage.infers(&target.pointer, target.node, what)
            // That no section lists it contradicts the path of the page, and is told as that.
            || place == "path" && is_in_path
        {
            return None;
        }
        let fact = format!("{place} parameter {name}");
        let line = self.page.line();
        let old = target.node.to_json();
        let is_edit = self.edit(doc, &fact, line, old, Json::Null);
        (is_edit && place != "path").then(|| ours.pointer.clone())
    }

    fn remove_item(&mut self, pointer: &str) {
        let Some((list, index)) = pointer.rsplit_once('/') else { return };
        if let Some(items) = self.edited.at_mut(list).and_then(Node::items_mut)
            && let Some(index) = index.parse::<usize>().ok().filter(|at| *at < items.len())
        {
            items.remove(index);
        }
    }

    fn parameter(&mut self, ours: &At<'a>, theirs: &At<'a>) {
        let doc = ours.clone().resolve(self.document);
        let page = theirs.clone().resolve(&self.page.document);
        self.place(&theirs.pointer, &doc);
        let mut out = doc.node.clone();
        out.replace_positions(&|_| super::NOWHERE);
        out.position = page.node.position;
        for keyword in ["required", "deprecated"] {
            self.facet(&mut out, &doc, page.node, keyword);
        }
        let place = format!("{}/schema", theirs.pointer);
        let of_page = page.node.get("schema").map(|schema| {
            let mut schema = super::super::flat::flat(&self.page.document, schema).into_owned();
            // An example can stand beside the schema.
            if let (None, Some(example)) = (schema.get("example"), example(page.node)) {
                schema.set("example", example.clone());
            }
            schema
        });
        match (doc.get("schema"), of_page) {
            (Some(ours), Some(theirs)) => {
                let beside = example(doc.node).filter(|_| ours.node.get("example").is_none());
                let with_example = beside.map(|example| {
                    let mut node = ours.node.clone();
                    node.set("example", example.clone());
                    node
                });
                let grafted = match &with_example {
                    // It stands beside the schema here too, and is compared there.
                    Some(_) if example(page.node).is_some() || theirs.get("example").is_some() => {
                        let mut theirs = theirs.clone();
                        theirs.remove("example");
                        self.schema(&ours, &theirs, &place)
                    }
                    _ => self.schema(&ours, &theirs, &place),
                };
                if let (Some(a), Some(b)) = (beside, theirs.get("example"))
                    && !super::super::coverage::same(&a.to_json(), &b.to_json())
                    && self.edit(&doc, "example", b.position.line, a.to_json(), b.to_json())
                {
                    out.remove("examples");
                    out.set("example", b.clone());
                }
                out.set("schema", grafted);
            }
            (None, Some(theirs))
                if doc.get("content").is_none()
                    && self.edit(
                        &doc,
                        "schema",
                        theirs.position.line,
                        Json::Null,
                        theirs.to_json(),
                    ) =>
            {
                let taken = self.take(&theirs);
                out.set("schema", taken);
            }
            _ => {}
        }
        self.put(&doc.pointer, out);
        self.stamp(&doc.pointer, page.line());
    }
}

/// The example that stands beside the schema of a parameter.
fn example(parameter: &Node) -> Option<&Node> {
    let named = || parameter.get("examples")?.entries().first()?.node.get("value");
    parameter.get("example").or_else(named)
}

/// Location and name; the names of headers do not differ by case (RFC 9110 section 5.1).
fn key(document: &Document, parameter: &At<'_>) -> (String, String) {
    let node = document.resolve(parameter.node);
    let text = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
    match text("in").as_str() {
        "header" => ("header".to_owned(), text("name").to_ascii_lowercase()),
        place => (place.to_owned(), text("name")),
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
