//! The words that mark a field, beside its type: `required`, `header`, `default:en`.

use super::types;

/// What a mark says of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark<'t> {
    Required,
    Optional,
    /// A keyword of the schema that is `true`.
    Flag(&'static str),
    /// Where it is sent.
    Location(&'static str),
    /// The value, which may stand on the next line.
    Default(&'t str),
}

const MARKS: [(&str, Mark<'static>); 13] = [
    ("required", Mark::Required),
    ("optional", Mark::Optional),
    ("deprecated", Mark::Flag("deprecated")),
    ("read-only", Mark::Flag("readOnly")),
    ("readOnly", Mark::Flag("readOnly")),
    ("write-only", Mark::Flag("writeOnly")),
    ("writeOnly", Mark::Flag("writeOnly")),
    ("nullable", Mark::Flag("nullable")),
    ("path", Mark::Location("path")),
    ("query", Mark::Location("query")),
    ("header", Mark::Location("header")),
    ("cookie", Mark::Location("cookie")),
    ("body", Mark::Location("body")),
];

/// The type and the marks of a line that has nothing else; either may be missing. A browser copies
/// what stands side by side with nothing between: `stringheaderrequired`.
fn typed(line: &str) -> Option<(&str, Vec<Mark<'_>>)> {
    let default = line.split_once("default:");
    let mut marks: Vec<Mark<'_>> =
        default.iter().map(|(_, value)| Mark::Default(value.trim())).collect();
    let mut rest = default.map_or(line, |(before, _)| before).trim();
    while let Some((word, mark)) = MARKS.iter().find(|(word, _)| rest.ends_with(word)) {
        rest = rest[..rest.len() - word.len()].trim_end();
        marks.push(*mark);
    }
    marks.reverse();
    let fits = if rest.is_empty() { !marks.is_empty() } else { types::parse(rest, 1).is_some() };
    fits.then_some((rest, marks))
}

/// The type and the marks of a line that has nothing else.
pub(super) fn type_line(line: &str) -> Option<(&str, Vec<Mark<'_>>)> {
    typed(line).filter(|(kind, _)| !kind.is_empty())
}

/// Whether a line is a type, with or without marks.
pub(super) fn is_type_line(line: &str) -> bool {
    type_line(line).is_some()
}

/// The marks of a line that has nothing else.
pub(super) fn marks(line: &str) -> Option<Vec<Mark<'_>>> {
    typed(line).filter(|(kind, _)| kind.is_empty()).map(|(_, marks)| marks)
}

/// The marks that a browser copies with nothing between them and the description, and that:
/// `requiredThe key of the account.`
pub(super) fn described_marks(line: &str) -> Option<(Vec<Mark<'_>>, &str)> {
    let mut words = line;
    let mut found = Vec::new();
    while let Some((word, mark)) = MARKS.iter().find(|(word, _)| words.starts_with(word)) {
        words = &words[word.len()..];
        found.push(*mark);
    }
    let ends = [Mark::Required, Mark::Optional, Mark::Flag("deprecated")];
    let is_end = found.last().is_some_and(|last| ends.contains(last));
    (is_end && words.starts_with(char::is_uppercase)).then_some((found, words))
}
