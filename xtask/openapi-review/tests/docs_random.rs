//! No text makes `docs` panic or hang: arbitrary text, and pages and documents that are damaged.
//!
//! A panic fails a test by itself. A hang would as well, by the time limit of the checks; every
//! case is bounded in size.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use cx_client_build::{Document, validate};
use openapi_review::docs::draft::draft;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

const PAGES: [&str; 9] = [
    include_str!("fixtures/pages/start-call.txt"),
    include_str!("fixtures/pages/create-parcel.txt"),
    include_str!("fixtures/pages/list-parcels.txt"),
    include_str!("fixtures/pages/cancel-parcel.txt"),
    include_str!("fixtures/pages/weigh-parcel.txt"),
    include_str!("fixtures/pages/truncated.txt"),
    include_str!("fixtures/pages/contradictory.txt"),
    include_str!("fixtures/pages/quote-3.0.md"),
    include_str!("fixtures/pages/quote-3.1.md"),
];

const DOCUMENT: &str = include_str!("fixtures/pages/parcels.yaml");

const HEAD: &str = "openapi: 3.0.4\ninfo: {title: T, version: v1}\n";

/// Everything that is done with a page.
fn use_page(text: &str, document: &Document) {
    match read("page.txt", text) {
        Ok(page) => {
            let report = Report::unjudged(document, std::slice::from_ref(&page));
            for finding in &report.differences {
                assert!(finding.page.line >= 1, "{finding:?}");
                assert!(!finding.change.message.is_empty());
            }
            let fragment = draft(document, std::slice::from_ref(&page));
            Document::parse("draft.yaml", &fragment).unwrap_or_else(|error| {
                unreachable!("the draft is no YAML: {error}\n{fragment}\nof\n{text}")
            });
        }
        Err(error) => {
            assert!(!error.problems().is_empty());
            let lines = text.lines().count().max(1) + text.matches('\r').count();
            for problem in error.problems() {
                assert!((1..=lines).contains(&problem.line), "{problem:?} of {lines}");
            }
        }
    }
}

/// A line that a page could have.
fn any_line() -> impl Strategy<Value = String> {
    let known: Vec<&'static str> =
        PAGES.iter().flat_map(|page| page.lines()).chain(DOCUMENT.lines()).collect();
    prop_oneof![
        8 => prop::sample::select(known).prop_map(str::to_owned),
        1 => "\\PC{0,20}",
        1 => prop::sample::select(vec![
            "POST", "GET /v1/{a", "/", "{", "}", "[[[[", "curl", "curl '", "curl -d @x", "\"", "\\",
            "Authorizations", "Query Parameters", "Body", "Response", "200", "4XX - text/plain",
            "default", "string[][][][][][][][][]", "object", "((((", "a.b.c.d", "{key}", "a",
            "Example:", "Examples:", "Available options:", "Required range:", "x < 1e999", "default:",
            "Hide child attributes", "Show child attributes", "null", "required", "\u{a0}", "\u{feff}",
            "enum<string", "1 <= x", "application/json", "é\u{301}", "\u{2028}", "--data '{\"a\":1}'",
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_page() -> impl Strategy<Value = String> {
    prop::collection::vec(any_line(), 0..60).prop_map(|lines| lines.join("\n"))
}

/// A page with some of its lines dropped, doubled, moved or replaced, and cut at any character.
fn damaged(original: &'static [&'static str]) -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5u8, any_line());
    let edits = prop::collection::vec(edit, 0..8);
    let cut = prop::option::of(any::<prop::sample::Index>());
    (prop::sample::select(original), edits, cut).prop_map(|(page, edits, cut)| {
        let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
        for (first, second, kind, line) in edits {
            if lines.is_empty() {
                break;
            }
            let (first, second) = (first.index(lines.len()), second.index(lines.len()));
            match kind {
                0 => {
                    lines.remove(first);
                }
                1 => lines.swap(first, second),
                2 => lines[first] = line,
                3 => lines.insert(first, lines[second].clone()),
                _ => lines.insert(first, line),
            }
        }
        let text = lines.join("\n");
        match cut {
            Some(cut) if !text.is_empty() => {
                let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                text[..ends[cut.index(ends.len())]].to_owned()
            }
            _ => text,
        }
    })
}

fn parcels() -> Document {
    Document::parse("parcels.yaml", DOCUMENT).unwrap()
}

proptest! {
    #[test]
    fn arbitrary_text_is_survived(text in "\\PC{0,400}|[\\x00-\\x7f]{0,400}") {
        use_page(&text, &parcels());
    }

    #[test]
    fn arbitrary_lines_are_survived(text in any_page()) {
        use_page(&text, &parcels());
    }

    #[test]
    fn damaged_pages_are_survived(text in damaged(&PAGES)) {
        use_page(&text, &parcels());
    }

    #[test]
    fn damaged_documents_are_survived(text in damaged(&[DOCUMENT])) {
        if let Ok(document) = Document::parse("document.yaml", &text) {
            // What validation refuses is never compared by the command; comparing it must still
            // be safe.
            let _ = validate(&document);
            for page in PAGES {
                if let Ok(page) = read("page", page) {
                    let _ = Report::unjudged(&document, &[page]);
                }
            }
        }
    }
}

proptest! {
    // Each case generates code to judge the differences.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.div_ceil(16),
        ..ProptestConfig::default()
    })]

    #[test]
    fn damaged_documents_are_reported(text in damaged(&[DOCUMENT])) {
        if let Ok(document) = Document::parse("document.yaml", &text)
            && validate(&document).is_empty()
        {
            let pages: Vec<_> =
                PAGES.iter().filter_map(|page| read("page", page).ok()).collect();
            let report = Report::new(&document, &pages[1..3]);
            prop_assert!(serde_json::to_string(&report).is_ok());
        }
    }
}

/// What grows faster than the text would take hours here.
#[test]
fn long_pages_are_read_in_linear_time() {
    let document = parcels();
    let count = 10_000;
    let fields = |name: &dyn Fn(usize) -> String, kind: &str| -> String {
        (0..count).map(|index| format!("{}\n{kind}\nrequired\n\n", name(index))).collect()
    };
    let head = "GET\n/v1/parcels\ncurl https://parcels.example.com/v1/parcels\n";
    let cases = [
        "/\n".repeat(count * 4),
        format!("POST\n{}", "/\na\n".repeat(count * 4)),
        "POST\n\n".repeat(count * 4),
        format!("{head}{}", "\n".repeat(count * 10)),
        format!("{head}{}", "[".repeat(count * 10)),
        format!("{head}{}", "200\n".repeat(count)),
        format!("{head}{}", "{}\n".repeat(count)),
        format!("{head}Response\n\n{}", "200\n".repeat(count)),
        format!("{head}Response\n\n{}", "Response\n\n".repeat(count)),
        format!("{head}Response\n\n200\n\n{}", fields(&|index| format!("a{index}"), "string")),
        format!("{head}Response\n\n200\n\n{}", fields(&|_| "a".to_owned(), "string")),
        format!("{head}Response\n\n200\n\n{}", fields(&|index| format!("a{index}"), "object")),
        format!("{head}Response\n\n200\n\na\nstring\n{}", "Example:\n[\n".repeat(count)),
        format!("{head}Response\n\n200\n\na\nstring\n{}", "Available options:\na,\n".repeat(count)),
        format!("{head}Response\n\n200\n\na\nstring\n{}", "words\n".repeat(count)),
        format!(
            "{head}Response\n\n200\n\n{}",
            "a\nobject\nHide child attributes\n\n".repeat(count)
        ),
        format!("POST\n/a\ncurl '{}", "\\\n".repeat(count * 4)),
        format!("POST\n/a\ncurl {}", "\\ \\ ".repeat(count * 4)),
        format!("POST\n/a\ncurl {}", "-H 'a: b' ".repeat(count)),
    ];
    for text in cases {
        use_page(&text, &document);
    }
}

/// Schemas that refer to each other grow without bound when their references are followed.
#[test]
fn schemas_that_explode_are_survived() {
    let mut text = String::from(
        "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths:\n  /v1/parcels:\n    get:\n      \
         responses:\n        '200':\n          description: ''\n          content:\n            \
         application/json:\n              schema:\n                $ref: '#/components/schemas/S0'\n\
         components:\n  schemas:\n",
    );
    for index in 0..40 {
        let next = (index + 1) % 40;
        text.push_str(&format!(
            "    S{index}:\n      type: object\n      allOf:\n        - properties:\n            c: \
             {{$ref: '#/components/schemas/S{next}'}}\n      properties:\n        a: {{$ref: \
             '#/components/schemas/S{next}'}}\n        b: {{$ref: '#/components/schemas/S{next}'}}\n"
        ));
    }
    let document = Document::parse("explosive.yaml", &text).unwrap();
    let page = read("page", PAGES[2]).unwrap();
    assert!(!Report::unjudged(&document, &[page]).agrees());
}

/// A schema that leads to one of three components by one of the ways in which schemas have parts.
fn any_part(version: &'static str) -> impl Strategy<Value = Value> {
    (0..3_usize, 0..11_u8, 0..3_usize).prop_map(move |(one, form, other)| {
        let [one, other] =
            [one, other].map(|at| json!({ "$ref": format!("#/components/schemas/S{at}") }));
        let nothing = match version {
            "3.0.3" => json!({ "type": "string" }),
            _ => json!({ "type": "null" }),
        };
        match form {
            0 => one,
            1 => json!({ "allOf": [one], "nullable": true }),
            2 => json!({ "oneOf": [one, nothing] }),
            3 => json!({ "anyOf": [one, { "type": "object", "properties": { "p": other } }] }),
            4 => json!({ "type": "array", "items": one }),
            5 => json!({ "type": "array", "items": { "allOf": [one], "deprecated": true } }),
            6 => json!({ "type": "object", "additionalProperties": one }),
            7 => json!({ "allOf": [one, { "type": "object", "properties": { "p": other } }] }),
            8 => json!({ "allOf": [{ "oneOf": [one, { "type": "array", "items": other }] }] }),
            9 => json!({ "type": "array", "items": { "type": "array", "items": one } }),
            _ => json!({ "type": "object", "properties": { "p": { "allOf": [other, one] } } }),
        }
    })
}

/// Three components that lead to each other and to themselves, `S0` to all of them.
fn any_recursion(version: &'static str) -> impl Strategy<Value = String> {
    let part = move || any_part(version);
    let schema = move || {
        prop::collection::btree_map("[a-d]", part(), 1..4).prop_map(
            |parts| json!({ "type": "object", "properties": parts, "example": { "a": { "a": 1 } } }),
        )
    };
    (schema(), schema(), schema(), any::<bool>(), any::<bool>()).prop_map(
        move |(first, second, third, composes, chooses)| {
            let third_of = json!({ "$ref": "#/components/schemas/S2" });
            let second = match (composes, chooses) {
                (true, _) => json!({ "allOf": [third_of, second] }),
                (_, true) => json!({ "oneOf": [third_of, second] }),
                _ => second,
            };
            let document = json!({
                "openapi": version,
                "info": { "title": "T", "version": "1" },
                "paths": { "/v1/things": { "get": {
                    "operationId": "get_thing",
                    "responses": { "200": { "description": "", "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/S0" },
                        "example": { "a": { "b": [{ "c": { "p": 3 } }] } },
                    } } } },
                } } },
                "components": { "schemas": { "S0": first, "S1": second, "S2": third } },
            });
            serde_json::to_string_pretty(&document).unwrap()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Schemas that are part of themselves, on the page and in the document, each in its own way.
    #[test]
    fn recursion_is_survived(
        of_3_0 in any_recursion("3.0.3"),
        of_3_1 in any_recursion("3.1.0"),
        other in any_recursion("3.0.3"),
    ) {
        for block in [&of_3_0, &of_3_1] {
            let text =
                format!("# Get a thing\n\n````yaml openapi.json get /v1/things\n{block}\n````\n");
            for document in [&other, &of_3_0] {
                let document = Document::parse("document.yaml", document).unwrap();
                use_page(&text, &document);
            }
        }
        // A page agrees with the document that it was made of, and with its own draft.
        let empty = Document::parse("empty.yaml", &format!("{HEAD}paths: {{}}\n")).unwrap();
        for (block, whole) in [(&of_3_0, Some(&of_3_0)), (&of_3_1, None)] {
            let text =
                format!("# Get a thing\n\n````yaml openapi.json get /v1/things\n{block}\n````\n");
            let Ok(page) = read("page.md", &text) else { continue };
            let fragment = draft(&empty, std::slice::from_ref(&page));
            for text in whole.into_iter().chain([&format!("{HEAD}{fragment}")]) {
                let document = Document::parse("document.yaml", text).unwrap();
                prop_assert_eq!(validate(&document), [], "{}", text);
                for finding in Report::new(&document, std::slice::from_ref(&page)).differences {
                    // What the page shows need not be what it says.
                    let of_page = ["page-contradiction", "example-invalid"];
                    let id = &*finding.change.id;
                    prop_assert!(of_page.contains(&id), "{}\n{text}", finding.change.message);
                }
            }
        }
    }
}

/// Texts that YAML reads as something else unless they are quoted.
const AWKWARD: [&str; 34] = [
    "true", "~", "1e3", "0x1F", "- a", "a: b", "a #b", "#a", "{}", "[a]", "&a", "*a", "!a", "|",
    ">", "%a", "@a", "`a", "\"a", "'a", " a", "a ", "a:", "---", "...", "? a", "", "a\nb", "a\n",
    "\t", "\u{85}", "\u{2028}", "=", "12:30",
];

fn any_awkward_text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&AWKWARD[..]).prop_map(str::to_owned), "[ -~äß日\\n]{0,12}"]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any_awkward_text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| Value::from(number)),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any_awkward_text(), inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// JSON in ASCII alone.
fn in_ascii(json: &Value) -> String {
    let escaped = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => format!("\\u{:04x}", u32::from(c)),
    };
    json.to_string().chars().map(escaped).collect()
}

proptest! {
    /// Whatever value a page shows stands in the draft.
    #[test]
    fn what_is_drafted_is_read_back(sample in any_json()) {
        let block = json!({
            "openapi": "3.0.4",
            "info": { "title": "T", "version": "v1" },
            "paths": { "/a": { "post": {
                "requestBody": { "content": { "application/json": { "schema": {}, "example": sample } } },
                "responses": { "200": { "description": "Done." } },
            } } },
        });
        let text = format!("# A\n\n```json POST /a\n{}\n```\n", in_ascii(&block));
        let page = read("page.md", &text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let yaml = draft(&parcels(), &[page]);
        let document = Document::parse("draft.yaml", &yaml)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{yaml}")))?;
        let at = "/paths/~1a/post/requestBody/content/application~1json/examples/documented/value";
        prop_assert_eq!(document.at(at).map(|node| node.to_json()), Some(sample), "{}", yaml);
    }
}
