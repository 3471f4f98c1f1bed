//! The schemas of a draft: components, what is inferred, and what is personal data.

use cx_client_build::{Entry, Node, Value, escape_token};
use serde_json::Value as Json;

use super::super::flat::{OF_WRAPPER, alternatives, composition, discriminator, flat, listed};
use super::super::graft;
use super::super::page::{self, SAMPLED, UNSTATED, at, object, text as string, yes};
use super::fragment::{Draft, Place, described};
use super::names;
use crate::reader::{At, same};

/// The order in which a person writes the keywords of a schema; all others stand between.
const FIRST: [&str; 4] = ["description", "type", "format", "x-inferred"];
const LAST: [&str; 5] = ["items", "required", "properties", "additionalProperties", "example"];

/// Names of enums that say too little alone.
const VAGUE: [&str; 6] = ["Kind", "Mode", "Role", "State", "Status", "Type"];

const SCHEMAS: &str = "#/components/schemas/";

const FROM_SAMPLE: &str =
    "The documentation shows it in its sample only; name and type are those of the sample.";

impl Draft<'_> {
    /// A schema; objects and enums become components, and are referred to.
    pub(super) fn schema(&mut self, schema: &Node, place: &Place<'_>) -> Node {
        if let Some(drafted) = self.noted_component(schema, place) {
            return drafted;
        }
        let page = place.page;
        let target = schema.get("$ref").and_then(Node::as_str);
        // What is composed of what the page names can be part of itself, too.
        let composed = schema.get("allOf").map(|_| shape_of(schema).to_string());
        let key = target.map(str::to_owned).or(composed);
        let key = key.map(|key| (page.file().to_owned(), key));
        if let Some(name) = key.as_ref().and_then(|key| self.named.get(key)) {
            return reference(schema, name);
        }
        let schema = flat(&page.document, schema).into_owned();
        let has_fields = schema.get("properties").is_some_and(|all| !all.entries().is_empty());
        let is_enum = schema.get("enum").is_some();
        // What a page names and is made of others can be made of itself.
        let is_made = ["items", "anyOf", "oneOf", "additionalProperties"]
            .iter()
            .any(|key| schema.get(key).is_some());
        let is_component = has_fields || is_enum || key.is_some() && is_made;
        if !is_component {
            return self.written(&schema, place);
        }
        // A component that the page uses elsewhere too has the page's name for it.
        let is_request = place.name.ends_with("Request")
            && target.is_none_or(|target| uses(page.document.root(), target) < 2);
        if let Some(name) = self.shared(&schema, place).filter(|_| !is_request) {
            self.named.extend(key.map(|key| (key, name.clone())));
            return reference(&schema, &name);
        }
        let of_page = target.and_then(|target| target.rsplit('/').next()).map(names::component);
        let name = of_page.filter(|_| !is_request).unwrap_or_else(|| place.name.clone());
        // A word that any type could have says more with what it is of.
        let is_vague = is_enum && VAGUE.contains(&name.as_str());
        let name = if is_vague { format!("{}{name}", place.owner) } else { name };
        let name = self.free_name(&name, &place.owner);
        // Reserved, so that what refers to itself finds its name.
        self.schemas.set(&name, Node::object(schema.position));
        self.named.extend(key.map(|key| (key, name.clone())));
        let owner = if is_request { place.owner.clone() } else { name.clone() };
        let inner = Place { owner, ..place.clone() };
        let written = self.written(&schema, &inner);
        let shape = shape_of(&written);
        let mut others = self.schemas.entries().iter().filter(|one| one.key != name && !is_request);
        let twin = others
            .find(|one| shape_of(&one.node) == shape && !shows_another(&one.node, &written))
            .map(|one| one.key.clone());
        // What is part of itself has been referred to by its name.
        let is_named = || uses(&self.schemas, &format!("{SCHEMAS}{name}")) > 0;
        if let Some(twin) = twin.filter(|_| !is_named()) {
            self.schemas.remove(&name);
            self.named.values_mut().filter(|one| **one == name).for_each(|one| *one = twin.clone());
            return reference(&schema, &twin);
        }
        self.schemas.set(&name, written);
        reference(&schema, &name)
    }

    /// A component to which a schema only adds that it can be `null`, or how it is used: that
    /// component in an `allOf`, since a copy of it would be another type.
    fn noted_component(&mut self, schema: &Node, place: &Place<'_>) -> Option<Node> {
        let key = composition(schema)?;
        let [member] = schema.get(key)?.items() else { return None };
        member.get("$ref")?;
        let beside = schema.entries().iter().map(|one| one.key.as_str());
        let mut beside = beside.filter(|one| ![key, "description"].contains(one)).peekable();
        if beside.peek().is_none() || !beside.all(|one| OF_WRAPPER.contains(&one)) {
            return None;
        }
        let drafted = self.schema(member, place);
        drafted.get("$ref")?;
        let mut out = schema.clone();
        out.remove(key);
        if let Some(words) = out.get_mut("description") {
            *words = described(words);
        }
        out.set("allOf", Node::array(schema.position, vec![drafted]));
        Some(out)
    }

    /// The component of the document that a schema of the page agrees with.
    fn shared(&self, schema: &Node, place: &Place<'_>) -> Option<String> {
        let names = |node: &Node| -> Vec<String> {
            let all = node.get("properties").map_or(&[][..], Node::entries);
            let mut names: Vec<String> = all.iter().map(|one| one.key.clone()).collect();
            names.sort_unstable();
            names
        };
        let own = names(schema);
        if own.is_empty() && schema.get("enum").is_none() {
            return None;
        }
        let all = self.document.at("/components/schemas").map_or(&[][..], Node::entries);
        let found = all.iter().find(|entry| {
            names(&flat(self.document, &entry.node)) == own
                && graft::agrees(self.document, place.page, &entry.key, schema)
        });
        found.map(|entry| entry.key.clone())
    }

    fn free_name(&self, name: &str, owner: &str) -> String {
        let taken = |name: &str| {
            let pointer = format!("/components/schemas/{}", escape_token(name));
            self.schemas.get(name).is_some() || self.document.at(&pointer).is_some()
        };
        let mut candidate = name.to_owned();
        if taken(&candidate) && !owner.is_empty() && !name.starts_with(owner) {
            candidate = format!("{owner}{name}");
        }
        page::free_name(candidate, taken)
    }

    /// The discriminator of a schema, whose mapping names components of the draft: those of `drafted`
    /// for alternatives that have no name on the page.
    fn discriminator(
        &mut self,
        schema: &Node,
        drafted: &[Node],
        place: &Place<'_>,
    ) -> Option<Node> {
        let mut out = discriminator(schema)?;
        let mut mapping = out.remove("mapping")?;
        for entry in mapping.clone().entries() {
            let of_value = |(choice, _): &(&Node, &Node)| {
                choice.get("$ref").is_none() && listed(&out, choice).any(|one| one == entry.key)
            };
            let own = alternatives(schema).zip(drafted).find(of_value).map(|(_, own)| own.clone());
            let target = entry.node.as_str().unwrap_or_default();
            let component =
                own.unwrap_or_else(|| self.schema(&reference_to(&entry.node, target), place));
            match component.get("$ref") {
                Some(target) => mapping.set(&entry.key, target.clone()),
                None => drop(mapping.remove(&entry.key)),
            }
        }
        out.set("mapping", mapping);
        Some(out)
    }

    /// A schema as it is written out.
    fn written(&mut self, schema: &Node, place: &Place<'_>) -> Node {
        let mut out = Node::object(schema.position);
        for entry in schema.entries() {
            let below = |name: String| Place {
                name,
                words: String::new(),
                in_sample: place.in_sample || schema.get(SAMPLED).is_some(),
                ..place.clone()
            };
            let value = match entry.key.as_str() {
                SAMPLED | UNSTATED => continue,
                "properties" if entry.node.entries().is_empty() => continue,
                "description" => described(&entry.node),
                "properties" => {
                    let mut properties = Node::object(entry.node.position);
                    for property in entry.node.entries() {
                        let inner = below(property_name(&property.key, &property.node, place));
                        let mut drafted = self.schema(&property.node, &inner);
                        let words =
                            [&property.node, &drafted].map(|node| text(node, "description"));
                        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
                        mark_sensitive(&mut drafted, [&property.key, &words]);
                        properties.set(&property.key, drafted);
                    }
                    properties
                }
                "items" => {
                    let name = names::pascal(&names::singular(&place.name));
                    self.schema(&entry.node, &below(name))
                }
                "additionalProperties" if !entry.node.entries().is_empty() => {
                    self.schema(&entry.node, &below(format!("{}Value", place.name)))
                }
                "anyOf" | "oneOf" => {
                    let choices = entry.node.items().iter().enumerate().map(|(index, one)| {
                        self.schema(one, &below(format!("{}{}", place.name, index + 1)))
                    });
                    Node::array(entry.node.position, choices.collect())
                }
                _ => entry.node.clone(),
            };
            out.set(&entry.key, value);
        }
        let choices: Vec<Node> = alternatives(&out).cloned().collect();
        let discriminator = self.discriminator(schema, &choices, place);
        discriminator.into_iter().for_each(|one| out.set("discriminator", one));
        infer(&mut out, schema, place);
        ordered(&out)
    }
}

/// How often a component is referred to at and below a node.
fn uses(node: &Node, target: &str) -> usize {
    let objects = At { node, pointer: "".into() }.objects();
    objects.iter().filter(|at| at.reference() == Some(target)).count()
}

/// What the items of a list are called: those of `data` are what the operation is about.
fn property_name(key: &str, schema: &Node, place: &Place<'_>) -> String {
    let is_list = schema.get("items").is_some();
    match (key, place.name.strip_suffix("Page")) {
        ("data" | "items" | "results", Some(noun)) if is_list => noun.to_owned(),
        _ => names::pascal(key),
    }
}

fn reference(schema: &Node, name: &str) -> Node {
    reference_to(schema, &format!("{SCHEMAS}{name}"))
}

fn reference_to(schema: &Node, target: &str) -> Node {
    let line = schema.position.line;
    object(line, [("$ref", string(line, target))])
}

/// Marks free text as personal data, as lint asks for it.
pub(super) fn mark_sensitive(schema: &mut Node, said: [&str; 2]) {
    if crate::lint::sensitive_sign(&said, schema).is_none() {
        return;
    }
    let is = |node: Option<&Node>, kind: &str| {
        node.and_then(|node| node.get("type")).and_then(Node::as_str) == Some(kind)
    };
    let is_text = is(Some(schema), "string") || is(schema.get("items"), "string");
    if is_text && schema.get("enum").is_none() {
        let line = schema.position.line;
        schema.set("x-sensitive", yes(line));
        *schema = ordered(schema);
    }
}

fn ordered(schema: &Node) -> Node {
    let mut out = Node::object(schema.position);
    let is_middle = |key: &str| !FIRST.contains(&key) && !LAST.contains(&key);
    let middle = schema.entries().iter().map(|one| one.key.as_str()).filter(|key| is_middle(key));
    for key in FIRST.into_iter().chain(middle).chain(LAST) {
        if let Some(value) = schema.get(key) {
            out.set(key, value.clone());
        }
    }
    out
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::to_owned)
}

/// Adds what the page lets one infer, with the reason.
fn infer(out: &mut Node, schema: &Node, place: &Place<'_>) {
    let line = at(schema.position.line).line;
    let is_sampled = schema.get(SAMPLED).is_some();
    let example = text(schema, "example");
    let is_uuid = example.as_deref().is_some_and(is_uuid);
    let is_free = ["format", "enum", "default"].iter().all(|key| out.get(key).is_none());
    let is_text = text(out, "type").as_deref() == Some("string") && is_free;
    let description = text(schema, "description").unwrap_or_else(|| place.words.clone());
    let is_called = description
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word.to_ascii_lowercase().as_str(), "uuid" | "guid"));
    let reason = if schema.get(UNSTATED).is_some() && !is_sampled {
        Some("The documentation does not say what this holds.")
    } else if is_sampled {
        if is_text && is_uuid {
            out.set("format", string(line, "uuid"));
        }
        (!place.in_sample || is_text && is_uuid).then_some(FROM_SAMPLE)
    } else if is_text && is_called && (is_uuid || example.is_none()) {
        out.set("format", string(line, "uuid"));
        Some("The documentation types it as a string and calls it a UUID.")
    } else if is_text && is_uuid {
        out.set("format", string(line, "uuid"));
        Some("The documentation types it as a string; its example is a UUID.")
    } else {
        None
    };
    if let Some(reason) = reason {
        out.set("x-inferred", string(line, reason));
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether two schemas of the same shape show different examples of a value.
fn shows_another(one: &Node, other: &Node) -> bool {
    let both = one.entries().iter().filter_map(|a| Some((&*a.key, &a.node, other.get(&a.key)?)));
    let differ = |(key, a, b): (&str, &Node, &Node)| match key {
        "example" => !same(a, b),
        // Here the keys are names.
        "properties" => {
            a.entries().iter().any(|a| b.get(&a.key).is_some_and(|b| shows_another(&a.node, b)))
        }
        _ => shows_another(a, b),
    };
    let items = one.items().iter().zip(other.items());
    both.into_iter().any(differ) || items.into_iter().any(|(a, b)| shows_another(a, b))
}

/// What a schema is, but for words, examples and reasons.
fn shape_of(schema: &Node) -> Json {
    match &schema.value {
        Value::Mapping(_) => {
            let says =
                |key: &str| !matches!(key, "description" | "example" | "title" | "x-inferred");
            let entries = schema.entries().iter().filter(|one| says(&one.key));
            let shape = |one: &Entry| match one.key.as_str() {
                // Here the keys are names.
                "properties" => {
                    let all = one.node.entries().iter();
                    all.map(|one| (one.key.clone(), shape_of(&one.node))).collect()
                }
                _ => shape_of(&one.node),
            };
            entries.map(|one| (one.key.clone(), shape(one))).collect()
        }
        Value::Sequence(items) => items.iter().map(shape_of).collect(),
        _ => schema.to_json(),
    }
}
