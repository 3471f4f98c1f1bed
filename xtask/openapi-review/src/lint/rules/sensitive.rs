//! Personal data is marked, so that it does not reach a log.

use std::collections::HashSet;

use cx_client_build::{Document, Node};

use super::context::Context;
use crate::lint::diagnostics::Diagnostics;
use crate::lint::sites::Role;
use crate::reader::At;

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

/// Formats of personal data. The generator redacts `password` by itself.
const FORMATS: [&str; 4] = ["email", "idn-email", "phone", "tel"];

/// A string property or parameter, or an array of strings, says whether it is personal data if its
/// name or description says phone, name, email, transcription or recording, if its format is one of
/// personal data, or if its example is a phone number or an e-mail address.
///
/// It says so with `x-sensitive: true`; with `x-sensitive: false` and the reason in `x-inferred`
/// where the word means something else; or by naming a schema that says it. Enums are left out: a
/// closed list of values tells nothing about a person. So are numbers, booleans and objects (the
/// properties of an object are judged one by one).
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    let document = context.document;
    for schema in &context.sites.schemas {
        let (subject, name) = match schema.role {
            Role::Property(name) => (format!("the property `{name}`"), name),
            Role::Component(name) => (format!("the schema `{name}`"), name),
            _ => continue,
        };
        // The name and the description of a component are judged where it stands.
        let texts = [name, schema.at.text("description").unwrap_or_default()];
        let carriers = [schema.at.clone(), schema.at.clone().resolve(document)];
        judge(document, diagnostics, &Subject { label: subject, texts }, &carriers);
    }
    for parameter in context.sites.parameters.iter().filter(|parameter| !parameter.is_header) {
        let Some(schema) = parameter.at.get("schema") else { continue };
        let subject = Subject {
            label: format!("the parameter `{}`", parameter.name),
            texts: [parameter.name, parameter.at.text("description").unwrap_or_default()],
        };
        let carriers = [parameter.at.clone(), schema.clone(), schema.resolve(document)];
        judge(document, diagnostics, &subject, &carriers);
    }
}

struct Subject<'a> {
    label: String,
    /// The name and the description.
    texts: [&'a str; 2],
}

/// Judges one property or parameter; `carriers` are the objects that can hold its mark: the first is
/// where it stands, the last the schema itself.
fn judge(
    document: &Document,
    diagnostics: &mut Diagnostics<'_>,
    subject: &Subject<'_>,
    carriers: &[At<'_>],
) {
    let (Some(At { pointer: place, .. }), Some(schema)) = (carriers.first(), carriers.last())
    else {
        return;
    };
    let Marks { marks, is_explained } = Marks::of(document, carriers);
    if let Some(mark) = marks.iter().find(|mark| mark.node.as_bool().is_none()) {
        // A component's own mark is reported where it stands, once.
        if mark.pointer.starts_with(&**place) {
            diagnostics.error(
                RULE,
                &mark.pointer,
                format!("`x-sensitive` is {}, which marks nothing", mark.node.kind()),
                "write `x-sensitive: true`, without quotes",
            );
        }
        return;
    }
    if marks.iter().any(|mark| mark.node.as_bool() == Some(true)) {
        return;
    }
    let mut signs = carriers.iter().map(|at| sensitive_sign(&subject.texts, at.node));
    let Some(sign) = signs.find_map(|sign| sign) else { return };
    if !is_text(document, schema.clone()) {
        return;
    }
    let label = &subject.label;
    match marks.first() {
        Some(_) if is_explained => {}
        Some(mark) => diagnostics.error(
            RULE,
            &mark.pointer,
            format!("{label} {sign}, and is marked as not sensitive without a reason"),
            "write `x-sensitive: true`, or say in `x-inferred` why this is no personal data",
        ),
        None => diagnostics.error(
            RULE,
            place,
            format!("{label} {sign} and is not marked as sensitive"),
            match carriers.iter().any(|at| at.reference().is_some()) {
                true => {
                    "add `x-sensitive: true` to the schema that the reference names: a key beside \
                     `$ref` is ignored"
                }
                false => {
                    "add `x-sensitive: true`, so that it prints as [redacted]; if it is no personal \
                     data, `x-sensitive: false` with the reason in `x-inferred`"
                }
            },
        ),
    }
}

/// The values of `x-sensitive` that concern a property or parameter, and whether `x-inferred` stands
/// beside one of them.
struct Marks<'a> {
    marks: Vec<At<'a>>,
    is_explained: bool,
}

impl<'a> Marks<'a> {
    fn of(document: &'a Document, carriers: &[At<'a>]) -> Self {
        let mut found = Self { marks: Vec::new(), is_explained: false };
        for (index, at) in carriers.iter().enumerate() {
            // What stands beside a reference is ignored, and reported by the rule `reference`.
            let visited = carriers[..index].iter().any(|earlier| earlier.pointer == at.pointer);
            if visited || at.reference().is_some() {
                continue;
            }
            found.is_explained |= at.says("x-inferred");
            found.marks.extend(at.get("x-sensitive"));
            for part in parts(at) {
                let part = part.resolve(document);
                found.is_explained |= part.says("x-inferred");
                let place = &carriers[0].pointer;
                let mark = part.get("x-sensitive");
                found.marks.extend(mark.map(|mark| At { pointer: place.clone(), ..mark }));
            }
        }
        found
    }
}

/// The parts of a schema whose mark redacts the whole: its items and the members of a composition.
fn parts<'a>(schema: &At<'a>) -> impl Iterator<Item = At<'a>> {
    let members = ["allOf", "oneOf", "anyOf"].map(|key| schema.items_of(key));
    schema.get("items").into_iter().chain(members.into_iter().flatten())
}

/// Whether values of the schema are free text, or arrays of it.
fn is_text<'a>(document: &'a Document, schema: At<'a>) -> bool {
    let mut parts_left = vec![schema];
    let mut visited = HashSet::new();
    while let Some(part) = parts_left.pop() {
        let schema = part.resolve(document);
        if schema.get("enum").is_some() || !visited.insert(schema.pointer.clone()) {
            continue;
        }
        match schema.text("type") {
            Some("string") => return true,
            Some("array") => parts_left.extend(schema.get("items")),
            Some(_) => {}
            None => parts_left.extend(parts(&schema)),
        }
    }
    false
}

/// What says that a string, or an array of them, is personal data: a word of what is said
/// of it, the format, or an example that is a phone number or an e-mail address.
pub(crate) fn sensitive_sign(said: &[&str], schema: &Node) -> Option<String> {
    if let Some(word) = said.iter().find_map(|text| sensitive_word(text)) {
        return Some(format!("says \"{word}\""));
    }
    let own = [Some(schema), schema.get("items")].into_iter().flatten();
    own.into_iter().find_map(|schema| {
        let format = schema.get("format").and_then(Node::as_str).unwrap_or_default();
        if FORMATS.contains(&format) {
            return Some(format!("has the format `{format}`"));
        }
        let examples = ["example", "default"].iter().filter_map(|key| schema.get(key));
        let mut texts = examples.flat_map(|one| std::iter::once(one).chain(one.items()));
        texts.find_map(|text| shown(text.as_str()?)).map(|what| format!("shows {what}"))
    })
}

/// What a text is that tells a person: a phone number as E.164 has it, or an e-mail address.
fn shown(text: &str) -> Option<&'static str> {
    let digits = text.strip_prefix('+').map(|rest| rest.replace([' ', '-', '(', ')', '.'], ""));
    let is_phone = digits.is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_address = || {
        let (name, host) = text.split_once('@').unwrap_or_default();
        !name.is_empty() && host.contains('.') && !text.contains([' ', '/', ':'])
    };
    match is_phone {
        true => Some("a phone number"),
        false => is_address().then_some("an e-mail address"),
    }
}

/// The first word of `text` that says personal data.
fn sensitive_word(text: &str) -> Option<String> {
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
fn words(text: &str) -> Vec<String> {
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
    fn personal_data_is_distinguished_from_similar_words() {
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
