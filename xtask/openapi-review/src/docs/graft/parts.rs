//! The bodies of an operation: request, responses, and what they hold.

use cx_client_build::{Node, escape_token};
use serde_json::Value as Json;

use super::super::coverage::{self, Fact};
use super::super::page::{Form, UNSTATED, is_unstated};
use super::{At, Decided, Graft};

impl<'a> Graft<'a> {
    pub(super) fn request_body(&mut self, doc: &At<'a>, operation: &'a Node) {
        let page = At { node: operation, pointer: self.page.pointer() };
        let key = "requestBody";
        match (doc.get(key), page.get(key)) {
            (Some(ours), Some(theirs)) => {
                let ours = ours.resolve(self.document);
                let resolved = theirs.clone().resolve(&self.page.document);
                self.place(&theirs.pointer, &ours);
                self.stamp(&ours.pointer, resolved.line());
                let mut out = ours.node.clone();
                self.facet(&mut out, &ours, resolved.node, "required");
                match out.get("required").cloned() {
                    Some(flag) => self.put(&format!("{}/required", ours.pointer), flag),
                    None => self.edited.at_mut(&ours.pointer).into_iter().for_each(|body| {
                        body.remove("required");
                    }),
                }
                self.content(&ours, &resolved, &theirs.pointer);
            }
            (Some(ours), None) => {
                let target = ours.clone().resolve(self.document);
                let line = self.page.line();
                if !self.coverage.infers(&target.pointer, target.node, "the request body")
                    && self.edit(doc, key, line, ours.node.to_json(), Json::Null)
                    && let Some(operation) = self.edited.at_mut(&doc.pointer)
                {
                    operation.remove(key);
                }
            }
            (None, Some(theirs)) => {
                let theirs = theirs.resolve(&self.page.document);
                if self.edit(doc, key, theirs.line(), Json::Null, Json::Null) {
                    let taken = self.take(theirs.node);
                    self.put(&format!("{}/{key}", doc.pointer), taken);
                }
            }
            (None, None) => {}
        }
    }

    pub(super) fn responses(&mut self, doc: &At<'a>, operation: &'a Node) {
        let page = At { node: operation, pointer: self.page.pointer() };
        let mut theirs = page.entries("responses");
        let ours = doc.entries("responses");
        let mut pairs: Vec<(usize, At<'a>, bool)> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for (index, (status, _)) in ours.iter().enumerate() {
            match theirs.iter().position(|(other, _)| other.eq_ignore_ascii_case(status)) {
                Some(at) => pairs.push((index, theirs.remove(at).1, false)),
                None => left.push(index),
            }
        }
        // A status that the page does not state, and one that alone is left of its kind, are the
        // document's one of that kind.
        let class = |status: &str| status.chars().next();
        left.retain(|index| {
            let status = ours[*index].0;
            let alike = |(other, at): &(&str, At<'a>)| {
                class(other) == class(status)
                    || is_unstated(at.node, "status") && class(status) == Some('2')
            };
            let is_only = theirs.iter().filter(|one| alike(one)).count() == 1
                && ours.iter().filter(|(other, _)| class(other) == class(status)).count() == 1;
            match theirs.iter().position(alike).filter(|_| is_only) {
                Some(at) => {
                    let (other, theirs) = theirs.remove(at);
                    let is_open = is_unstated(theirs.node, "status")
                        || is_unstated(operation.get("responses").unwrap_or(operation), other);
                    pairs.push((*index, theirs, !is_open));
                    false
                }
                None => true,
            }
        });
        for (index, theirs, is_renamed) in pairs {
            let (status, ours) = &ours[index];
            if is_renamed {
                self.rename(doc, &ours.pointer, &theirs, ("response", status));
            }
            self.response(ours, &theirs);
        }
        let left = left.into_iter().map(|index| ours[index].clone()).collect();
        self.unanswered(doc, operation, left);
        for (status, theirs) in theirs.into_iter().filter(|(status, _)| *status != UNSTATED) {
            let fact = format!("response {status}");
            if self.edit(doc, &fact, theirs.line(), Json::Null, Json::Null) {
                let resolved = theirs.resolve(&self.page.document);
                let taken = self.take(resolved.node);
                let pointer = format!("{}/responses/{}", doc.pointer, escape_token(status));
                self.put(&pointer, taken);
            }
        }
    }

    /// The responses of the document that the page does not list.
    fn unanswered(&mut self, doc: &At<'a>, operation: &Node, left: Vec<(&'a str, At<'a>)>) {
        if operation.get("responses").is_some_and(|all| all.get(UNSTATED).is_some()) {
            return;
        }
        for (status, ours) in left {
            let target = ours.clone().resolve(self.document);
            let (fact, line) = (format!("response {status}"), self.page.line());
            if !self.coverage.infers(&target.pointer, target.node, format!("the response {status}"))
                && self.edit(doc, &fact, line, ours.node.to_json(), Json::Null)
                && let Some(all) = self.edited.at_mut(&format!("{}/responses", doc.pointer))
            {
                all.remove(status);
            }
        }
    }

    /// A status or a media type that is another one on the page.
    fn rename(&mut self, doc: &At<'a>, pointer: &str, theirs: &At<'a>, (of, ours): (&str, &str)) {
        let other = theirs.pointer.rsplit('/').next().map(cx_client_build::unescape_token);
        let other = other.unwrap_or_default();
        let fact = format!("{of} {ours}");
        if self.coverage.deviates(&doc.pointer, doc.node, &fact, &other.as_str().into()) {
            return;
        }
        let is_status = of == "response";
        self.decided.push(Decided {
            id: if is_status { "response-status-changed" } else { "media-type-changed" },
            fact: Fact::new(pointer, fact),
            line: theirs.line(),
            old: ours.into(),
            new: other.as_str().into(),
            message: format!(
                "the {} is {ours} in the document, and {other} on the page",
                if is_status { "status" } else { "media type" }
            ),
        });
    }

    fn response(&mut self, ours: &At<'a>, theirs: &At<'a>) {
        let doc = ours.clone().resolve(self.document);
        let page = theirs.clone().resolve(&self.page.document);
        self.place(&theirs.pointer, &doc);
        self.stamp(&doc.pointer, page.line());
        self.stamp(&ours.pointer, page.line());
        if !is_unstated(page.node, "content") {
            self.content(&doc, &page, &theirs.pointer);
        }
    }

    /// The content of a body; `place` is where the page speaks of the body.
    fn content(&mut self, doc: &At<'a>, page: &At<'a>, place: &str) {
        let mut theirs = page.entries("content");
        let ours = doc.entries("content");
        let mut left = Vec::new();
        let mut pairs: Vec<(At<'a>, At<'a>)> = Vec::new();
        for (name, ours) in ours {
            match theirs.iter().position(|(other, _)| other.eq_ignore_ascii_case(name)) {
                Some(at) => pairs.push((ours, theirs.remove(at).1)),
                None => left.push((name, ours)),
            }
        }
        if let ([(name, ours)], [(_, other)]) = (&left[..], &theirs[..]) {
            if !is_unstated(other.node, "media type") {
                self.rename(doc, &ours.pointer, other, ("media type", name));
            }
            pairs.push((ours.clone(), other.clone()));
            left.clear();
            theirs.clear();
        }
        for (ours, theirs) in pairs {
            let key = theirs.pointer.rsplit('/').next().unwrap_or_default().to_owned();
            self.stamp(&format!("{}/content", doc.pointer), page.line());
            self.media(&ours, &theirs, &format!("{place}/content/{key}"));
        }
        for (name, ours) in left {
            let fact = format!("media type {name}");
            if !self.coverage.infers(&ours.pointer, ours.node, format!("the media type {name}"))
                && self.edit(doc, &fact, page.line(), ours.node.to_json(), Json::Null)
                && let Some(all) = self.edited.at_mut(&format!("{}/content", doc.pointer))
            {
                all.remove(name);
            }
        }
        for (name, theirs) in theirs {
            let fact = format!("media type {name}");
            if self.edit(doc, &fact, theirs.line(), Json::Null, Json::Null) {
                let taken = self.take(theirs.node);
                let content = format!("{}/content", doc.pointer);
                if self.edited.at(&content).is_none() {
                    self.put(&content, Node::object(taken.position));
                }
                self.put(&format!("{content}/{}", escape_token(name)), taken);
            }
        }
    }

    fn media(&mut self, doc: &At<'a>, page: &At<'a>, place: &str) {
        self.place(place, doc);
        self.stamp(&doc.pointer, page.line());
        let mut wrapped = false;
        match (doc.get("schema"), page.get("schema")) {
            (Some(ours), Some(theirs)) => {
                let at = format!("{place}/schema");
                let grafted = self.schema(&ours, theirs.node, &at);
                wrapped = self.is_one_of_many(&ours, theirs.node);
                self.put(&ours.pointer, grafted);
            }
            (None, Some(theirs)) if theirs.node.get(UNSTATED).is_none() => {
                let said = theirs.node.to_json();
                if self.edit(doc, "schema", theirs.line(), Json::Null, said) {
                    let taken = self.take(theirs.node);
                    self.put(&format!("{}/schema", doc.pointer), taken);
                }
            }
            (Some(ours), None) if self.page.form == Form::Markdown => {
                if self.edit(doc, "schema", page.line(), ours.node.to_json(), Json::Null)
                    && let Some(media) = self.edited.at_mut(&doc.pointer)
                {
                    media.remove("schema");
                }
            }
            _ => {}
        }
        self.examples(doc, page, wrapped);
    }

    /// Whether the document records that it has a list of what the page shows one of.
    fn is_one_of_many(&self, ours: &At<'a>, theirs: &Node) -> bool {
        let schema = ours.clone().resolve(self.document);
        let page = self.page.document.resolve(theirs);
        let fact = Fact::new(schema.pointer.clone(), "type");
        schema.text("type") == "array"
            && page.get("items").is_none()
            && self.coverage.deviations.get(&fact) == Some(&true)
    }

    /// The sample of a body must be among the examples of the document.
    fn examples(&mut self, doc: &At<'a>, page: &At<'a>, wrapped: bool) {
        let Some(sample) = page
            .node
            .get("example")
            .or_else(|| page.node.get("examples")?.entries().first()?.node.get("value"))
        else {
            return;
        };
        let mut known: Vec<At<'a>> = doc.get("example").into_iter().collect();
        for (_, example) in doc.entries("examples") {
            known.extend(example.resolve(self.document).get("value"));
        }
        let mut shown = sample.clone();
        if wrapped && sample.items().is_empty() {
            shown = Node::array(sample.position, vec![sample.clone()]);
        }
        let json = shown.to_json();
        let is_known =
            |json: &Json| known.iter().any(|one| coverage::same(&one.node.to_json(), json));
        if is_known(&json) || known.iter().any(|one| self.but_for_deviations(doc, one, &json)) {
            return;
        }
        let old = known.first().map_or(Json::Null, |one| one.node.to_json());
        let line = known.first().and_then(|one| first_difference(one.node, &shown));
        let line = line.unwrap_or(sample.position.line);
        if !self.edit(doc, "example", line, old, json) {
            return;
        }
        shown.position = super::super::page::at(line);
        let pointer = match known.first() {
            Some(one) => one.pointer.clone(),
            None => format!("{}/example", doc.pointer),
        };
        self.put(&pointer, shown);
        let examples = format!("{}/examples", doc.pointer);
        self.stamp(&examples, line);
    }

    /// Whether an example of the document is the sample, but for places at which a deviation is
    /// recorded.
    fn but_for_deviations(&mut self, doc: &At<'a>, ours: &At<'a>, sample: &Json) -> bool {
        let records = doc.node.get(coverage::DEVIATION).map_or(&[][..], Node::entries);
        let mut wanted = sample.clone();
        let own = ours.node.to_json();
        let mut covered = Vec::new();
        for place in records.iter().filter_map(|record| record.key.strip_prefix("example ")) {
            let said = sample.pointer(place).cloned().unwrap_or_default();
            covered.push((place, said));
            let Some((parent, token)) = place.rsplit_once('/') else { continue };
            let key = cx_client_build::unescape_token(token);
            let value = own.pointer(place).cloned();
            match (wanted.pointer_mut(parent), value) {
                (Some(Json::Object(fields)), Some(value)) => drop(fields.insert(key, value)),
                (Some(Json::Object(fields)), None) => drop(fields.remove(&key)),
                (Some(Json::Array(items)), Some(value)) => {
                    let index = key.parse::<usize>().ok().filter(|at| *at < items.len());
                    index.into_iter().for_each(|at| items[at] = value.clone());
                }
                _ => {}
            }
        }
        if covered.is_empty() || !coverage::same(&wanted, &own) {
            return false;
        }
        covered.into_iter().all(|(place, said)| {
            self.coverage.deviates(&doc.pointer, doc.node, &format!("example {place}"), &said)
        })
    }
}

/// The line of the first value of `theirs` that is another one in `ours`.
fn first_difference(ours: &Node, theirs: &Node) -> Option<usize> {
    for entry in theirs.entries() {
        match ours.get(&entry.key) {
            None => return Some(entry.key_position.line),
            Some(other) => {
                if let Some(line) = first_difference(other, &entry.node) {
                    return Some(line);
                }
            }
        }
    }
    for (index, item) in theirs.items().iter().enumerate() {
        match ours.items().get(index) {
            None => return Some(item.position.line),
            Some(other) => {
                if let Some(line) = first_difference(other, item) {
                    return Some(line);
                }
            }
        }
    }
    let is_leaf = theirs.entries().is_empty() && theirs.items().is_empty();
    let differs = !coverage::same(&ours.to_json(), &theirs.to_json());
    (differs && (is_leaf || ours.kind() != theirs.kind())).then_some(theirs.position.line)
}
