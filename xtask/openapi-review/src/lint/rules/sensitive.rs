//! Personal data is marked, so that it does not reach a log.

use std::collections::HashSet;

use cx_client_build::{Document, Node};

use super::Context;
use crate::lint::findings::Findings;
use crate::lint::sites::{Role, has_text, resolve};

const RULE: &str = "sensitive";

/// Words that say personal data. A name in one word, such as `username`, is here too; `filename`,
/// `hostname` or `microphone` are other words and not here.
const WORDS: [&str; 26] = [
    "phone",
    "phones",
    "telephone",
    "telephones",
    "cellphone",
    "smartphone",
    "name",
    "names",
    "firstname",
    "forename",
    "fullname",
    "lastname",
    "nickname",
    "surname",
    "username",
    "usernames",
    "email",
    "emails",
    "transcription",
    "transcriptions",
    "transcript",
    "transcripts",
    "recording",
    "recordings",
    "e-mail",
    "e-mails",
];

/// Words that turn the `name` after them into the name of a thing: `fileName`, `host_name`.
const THINGS: [&str; 5] = ["domain", "file", "host", "path", "table"];

/// A string property or parameter, or an array of strings, whose name or description says phone,
/// name, email, transcription or recording, says whether it is personal data.
///
/// It says so with `x-sensitive: true`; with `x-sensitive: false` and the reason in `x-inferred`
/// where the word means something else; or by naming a schema that says it. Enums are left out: a
/// closed list of values tells nothing about a person. So are numbers, booleans and objects (the
/// properties of an object speak for themselves).
pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for schema in &context.sites.schemas {
        let (subject, name) = match schema.role {
            Role::Property(name) => (format!("the property `{name}`"), name),
            Role::Component(name) => (format!("the schema `{name}`"), name),
            _ => continue,
        };
        let (target_pointer, target) = resolve(document, &schema.pointer, schema.node);
        // The name and the description of a component are judged where it stands.
        let texts = [name, text(schema.node, "description")];
        judge(
            document,
            findings,
            &Subject { label: subject, pointer: &schema.pointer, texts },
            &[(schema.pointer.as_str(), schema.node), (target_pointer.as_str(), target)],
        );
    }
    for parameter in context.sites.parameters.iter().filter(|parameter| !parameter.is_header) {
        let Some(schema) = parameter.node.get("schema") else { continue };
        let at = format!("{}/schema", parameter.pointer);
        let (target_pointer, target) = resolve(document, &at, schema);
        judge(
            document,
            findings,
            &Subject {
                label: format!("the parameter `{}`", parameter.name),
                pointer: &parameter.pointer,
                texts: [parameter.name, text(parameter.node, "description")],
            },
            &[
                (parameter.pointer.as_str(), parameter.node),
                (at.as_str(), schema),
                (target_pointer.as_str(), target),
            ],
        );
    }
}

struct Subject<'a> {
    label: String,
    pointer: &'a str,
    /// The name and the description.
    texts: [&'a str; 2],
}

/// Judges one property or parameter; `carriers` are the objects that can hold its mark, of which
/// the last is the schema itself.
fn judge(
    document: &Document,
    findings: &mut Findings<'_>,
    subject: &Subject<'_>,
    carriers: &[(&str, &Node)],
) {
    let mut explained = false;
    let mut marks = Vec::new();
    for (index, (pointer, node)) in carriers.iter().enumerate() {
        // What stands beside a reference is ignored, and reported by the rule `reference`.
        let visited = carriers[..index].iter().any(|(earlier, _)| earlier == pointer);
        if visited || node.get("$ref").is_some() {
            continue;
        }
        explained |= has_text(node, "x-inferred");
        marks.extend(node.get("x-sensitive").map(|mark| (format!("{pointer}/x-sensitive"), mark)));
        for part in parts(node) {
            let part = resolve(document, "", part).1;
            explained |= has_text(part, "x-inferred");
            marks.extend(part.get("x-sensitive").map(|mark| (subject.pointer.to_owned(), mark)));
        }
    }
    if let Some((pointer, mark)) = marks.iter().find(|(_, mark)| mark.as_bool().is_none()) {
        // A component's own mark is reported where it stands, once.
        if pointer.starts_with(subject.pointer) {
            findings.error(
                RULE,
                pointer,
                format!("`x-sensitive` is {}, which marks nothing", mark.kind()),
                "write `x-sensitive: true`, without quotes",
            );
        }
        return;
    }
    if marks.iter().any(|(_, mark)| mark.as_bool() == Some(true)) {
        return;
    }
    let Some((_, schema)) = carriers.last() else { return };
    let Some(word) = subject.texts.iter().find_map(|text| sensitive_word(text)) else { return };
    if !is_text(document, schema) {
        return;
    }
    match marks.first() {
        Some(_) if explained => {}
        Some((pointer, _)) => findings.error(
            RULE,
            pointer,
            format!(
                "{} says \"{word}\", and is marked as not sensitive without a reason",
                subject.label
            ),
            "write `x-sensitive: true`, or say in `x-inferred` why this is no personal data",
        ),
        None => {
            let is_reference = carriers.iter().any(|(_, node)| node.get("$ref").is_some());
            let help = if is_reference {
                "add `x-sensitive: true` to the schema that the reference names: a key beside \
                 `$ref` is ignored"
            } else {
                "add `x-sensitive: true`, so that it prints as [redacted]; if it is no personal \
                 data, `x-sensitive: false` with the reason in `x-inferred`"
            };
            findings.error(
                RULE,
                subject.pointer,
                format!("{} says \"{word}\" and is not marked as sensitive", subject.label),
                help,
            );
        }
    }
}

/// The parts of a schema whose mark redacts the whole: its items and the members of a composition.
fn parts(schema: &Node) -> impl Iterator<Item = &Node> {
    let members = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .flat_map(|key| schema.get(key).map_or(&[][..], Node::items));
    schema.get("items").into_iter().chain(members)
}

/// Whether values of the schema are free text, or arrays of it.
fn is_text(document: &Document, schema: &Node) -> bool {
    let mut parts_left = vec![schema];
    // By address: a recursive schema is looked into once.
    let mut visited: HashSet<*const Node> = HashSet::new();
    while let Some(part) = parts_left.pop() {
        let schema = resolve(document, "", part).1;
        if !visited.insert(schema) || schema.get("enum").is_some() {
            continue;
        }
        match schema.get("type").and_then(Node::as_str) {
            Some("string") => return true,
            Some("array") => parts_left.extend(schema.get("items")),
            Some(_) => {}
            None => parts_left.extend(parts(schema)),
        }
    }
    false
}

/// The first word of `text` that says personal data.
pub(crate) fn sensitive_word(text: &str) -> Option<String> {
    let words = words(text);
    words.iter().enumerate().find_map(|(index, word)| {
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let of_a_thing = matches!(word.as_str(), "name" | "names")
            && before.is_some_and(|before| THINGS.contains(&before.as_str()));
        (WORDS.contains(&word.as_str()) && !of_a_thing).then(|| word.clone())
    })
}

/// The words of a name or a text, in lower case: `customerPhone`, `customer_phone` and "customer
/// phone" have the same ones. `e-mail` stays one word.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous: Option<char> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let last_is_e = words.last().is_some_and(|word| word == "e");
        if c == '-' && last_is_e && next.is_some_and(|next| next.eq_ignore_ascii_case(&'m')) {
            push(&mut words, '-');
        } else if !c.is_alphanumeric() {
            words.push(String::new());
        } else {
            let hump = c.is_uppercase()
                && previous.is_some_and(|previous| {
                    previous.is_lowercase()
                        || previous.is_numeric()
                        || (previous.is_uppercase() && next.is_some_and(char::is_lowercase))
                });
            if hump {
                words.push(String::new());
            }
            for lower in c.to_lowercase() {
                push(&mut words, lower);
            }
        }
        previous = Some(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push(words: &mut [String], c: char) {
    if let Some(word) = words.last_mut() {
        word.push(c);
    }
}

fn text<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{sensitive_word, words};

    #[test]
    fn a_name_is_split_at_humps_and_signs() {
        for name in ["customerPhone", "customer_phone", "customer-phone", "Customer phone."] {
            assert_eq!(words(name), ["customer", "phone"], "{name}");
        }
        assert_eq!(words("getHTTPStatus2"), ["get", "http", "status2"]);
        assert_eq!(words("E-Mail address"), ["e-mail", "address"]);
    }

    #[test]
    fn personal_data_is_told_from_false_friends() {
        for text in [
            "phone",
            "agentPhone",
            "phone_numbers",
            "customerName",
            "username",
            "userEmail",
            "The e-mail address.",
            "transcription",
            "recordingUrl",
            "The customer's name.",
            "Recordings of the call",
        ] {
            assert!(sensitive_word(text).is_some(), "{text}");
        }
        for text in [
            "filename",
            "fileName",
            "host_name",
            "domain name",
            "microphone",
            "namespace",
            "renamed",
            "recorded",
            "emailed",
            "status",
            "",
        ] {
            assert_eq!(sensitive_word(text), None, "{text}");
        }
    }
}
