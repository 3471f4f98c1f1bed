//! The rules by which differences are judged, read from the table in `rules.md`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::change::Level;

/// The table: of each rule its ids, the level of a request and of a response, what it is about and
/// why.
const TABLE: &str = include_str!("rules.md");

/// What an id means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The id, as it stands in reports.
    pub id: &'static str,
    /// What the change means on the wire.
    pub level: Level,
    /// What has changed.
    pub what: &'static str,
    /// Why it has its level.
    pub why: &'static str,
}

/// What is said of a difference that the table does not know: that nobody judged it.
const UNKNOWN: Rule = Rule {
    id: "unknown-difference",
    level: Level::Warning,
    what: "a difference that no rule names",
    why: "nobody has judged it",
};

static RULES: LazyLock<(Vec<Rule>, HashMap<&str, Rule>)> = LazyLock::new(|| {
    let rules: Vec<Rule> = TABLE.lines().flat_map(read).collect();
    let by_id = rules.iter().map(|rule| (rule.id, *rule)).collect();
    (rules, by_id)
});

/// The rules of a row; none of a line that is no row.
fn read(line: &'static str) -> Vec<Rule> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").map(str::trim).collect();
    let [ids, request, response, what, why] = cells[..] else { return Vec::new() };
    let level = |name: &str| Level::ALL.into_iter().find(|level| level.to_string() == name);
    ids.split(' ')
        .filter_map(|id| {
            let id = id.trim_matches('`');
            let stated =
                if id.contains("response") { [response, request] } else { [request, response] };
            let level = stated.into_iter().find_map(level)?;
            Some(Rule { id, level, what, why })
        })
        .collect()
}

/// Every rule, in the order of the table.
pub fn all() -> &'static [Rule] {
    &RULES.0
}

/// The rule of an id.
pub(super) fn rule(id: &str) -> Rule {
    RULES.1.get(id).copied().unwrap_or(UNKNOWN)
}

/// The rule of a change of words, or of what only the generator reads, under a key of an object.
pub(super) fn docs_rule(of: &str, key: &str) -> Rule {
    let name = match key {
        "example" | "examples" => "example",
        "externalDocs" => "external-docs",
        "x-rust-type" | "x-dropshot-pagination" | "x-dropshot-websocket" | "x-sensitive" => {
            "generator-extension"
        }
        _ if key.starts_with("x-") => "extension",
        _ => key,
    };
    match RULES.1.get(format!("{of}-{name}-changed").as_str()) {
        Some(rule) => *rule,
        None => rule("document-words-changed"),
    }
}
