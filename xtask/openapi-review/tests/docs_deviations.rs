//! A page can be wrong: what `x-deviation` records is listed, covers exactly the fact that it names,
//! and is an error once it covers nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::Document;
use openapi_review::docs::page::Page;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;

/// One object where the path names many, a count that is a number, and a field that only the sample
/// has.
const PAGE: &str = include_str!("fixtures/pages/deviating.txt");

const DOCUMENT: &str = include_str!("fixtures/pages/deviating.yaml");

fn report(document: &str, page: &str) -> Report {
    let document = Document::parse("openapi.yaml", document).unwrap();
    assert_eq!(cx_client_build::validate(&document), []);
    Report::new(&document, &[self::page(page)])
}

fn page(text: &str) -> Page {
    read("page.txt", text).unwrap_or_else(|error| panic!("{error}"))
}

fn ids(report: &Report) -> Vec<&str> {
    report.differences.iter().map(|finding| finding.change.id.as_ref()).collect()
}

#[test]
fn what_is_recorded_is_listed_and_agrees() {
    let report = report(DOCUMENT, PAGE);
    assert_eq!(ids(&report), [""; 0], "{:#?}", report.differences);
    let listed: Vec<(&str, &str)> =
        report.deviations.iter().map(|one| (one.what.as_str(), one.reason.as_str())).collect();
    assert_eq!(
        listed,
        [
            ("query parameter dates", "Nothing says how it is sent."),
            ("type, which the page says is number", "Pages are counted."),
            ("type, which the page says is object", "The path names many."),
        ]
    );
}

/// Each fact around a deviation is still compared: no deviation hides anything else.
#[test]
fn nothing_else_is_covered() {
    for (from, to, found) in [
        ("name: page\n", "name: pages\n", "new-optional-request-parameter"),
        (
            "type: integer\n            x-dev",
            "type: integer\n            minimum: 1\n            x-dev",
            "request-parameter-min-unset",
        ),
        ("id: {type: string}", "id: {type: integer}", "response-property-type-changed"),
        ("required: [id]", "required: []", "response-property-became-required"),
        ("value: [{id: a,", "value: [{id: b,", "media-type-example-changed"),
        (
            "        weight:\n          type: integer\n          x-inferred: It is in the sample only.\n",
            "",
            "page-contradiction",
        ),
        ("          x-inferred: It is in the sample only.\n", "", "page-contradiction"),
        ("{page: number, reason", "{page: string, reason", "deviation-covers-nothing"),
        (
            "        query parameter dates:",
            "        query parameter date:",
            "deviation-covers-nothing",
        ),
    ] {
        let changed = DOCUMENT.replace(from, to);
        assert_ne!(changed, DOCUMENT, "{from}");
        let report = report(&changed, PAGE);
        assert!(ids(&report).contains(&found), "{to}: {:?}", ids(&report));
    }
}

/// A page's sample can be wrong in a place: it is recorded at the media type, and the rest of the
/// sample is still compared.
#[test]
fn a_place_in_a_sample_can_be_recorded() {
    let page = |example: &str| {
        format!(
            "# Get thing\n\n```yaml get /v1/things\nopenapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    get:\n      operationId: get_thing\n      security: []\n      responses:\n        '200':\n          description: Done.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties: {{id: {{type: string}}, list: {{type: array, items: {{type: integer}}}}}}\n              {example}\n```\n"
        )
    };
    let document = |records: &str, ours: &str| {
        let text = page(&format!("{records}example: {ours}"));
        let from = text.find("openapi:").unwrap();
        text[from..].replace("```\n", "")
    };
    let record = |facts: &str| format!("x-deviation: {{{facts}}}\n              ");
    let said = "example: {id: wrong, list: [1, 2]}";
    for (facts, ours, agrees) in [
        ("example /id: {page: wrong, reason: It is.}", "{id: a, list: [1, 2]}", true),
        ("example /list/1: {page: 2, reason: It is.}", "{id: wrong, list: [1, 3]}", true),
        ("example /id: {page: wrong, reason: It is.}", "{list: [1, 2]}", true),
        ("example /id: {page: other, reason: It is.}", "{id: a, list: [1, 2]}", false),
        ("example /id: {page: wrong, reason: It is.}", "{id: a, list: [1, 3]}", false),
        ("example /list: {page: [1, 2], reason: It is.}", "{id: a, list: [1, 3]}", false),
    ] {
        let report = report(&document(&record(facts), ours), &page(said));
        assert_eq!(report.agrees(), agrees, "{facts}, {ours}: {:#?}", report.differences);
        assert_eq!(report.deviations.len(), usize::from(agrees), "{facts}, {ours}");
    }
}

#[test]
fn one_that_covers_nothing_is_an_error() {
    for (from, to) in [
        ("page\nnumber\n", "page\ninteger\n"),
        ("page\nnumber\n", "page\nstring\n"),
        ("dates\nobject\n\n", ""),
    ] {
        let report = report(DOCUMENT, &PAGE.replace(from, to));
        assert!(ids(&report).contains(&"deviation-covers-nothing"), "{to}: {:?}", ids(&report));
    }
}

/// What is in a component may be borne out by the page of another operation.
#[test]
fn of_a_shared_component_all_pages_are_asked() {
    let document = "openapi: 3.0.4
info: {title: Parcels, version: v1}
servers: [{url: 'https://parcels.example.com'}]
paths:
  /v1/a:
    get: &operation
      operationId: a
      security: []
      responses:
        '200':
          description: A parcel.
          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
  /v1/b:
    get:
      <<: 0
components:
  schemas:
    Parcel:
      type: object
      properties:
        count:
          type: integer
          x-deviation:
            type: {page: number, reason: It is counted.}
"
    .replace("get: &operation", "get:")
    .replace("      <<: 0\n", "      operationId: b\n      security: []\n      responses:\n        '200':\n          description: A parcel.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}\n");
    let of = |path: &str, kind: &str| {
        let text = format!(
            "GET\n{path}\ncurl https://parcels.example.com{path}\n\nResponse\n\n200 - application/json\n\ncount\n{kind}\n"
        );
        page(&text)
    };
    let document = Document::parse("openapi.yaml", &document).unwrap();
    let run = |pages: &[Page]| Report::new(&document, pages).agrees();
    assert!(run(&[of("/v1/a", "number"), of("/v1/b", "integer")]));
    assert!(run(&[of("/v1/b", "integer")]), "the page of `a` may say `number`");
    assert!(!run(&[of("/v1/a", "integer"), of("/v1/b", "integer")]));
}

#[test]
fn two_pages_with_two_hosts() {
    let document = DOCUMENT.replace(
        "        query parameter dates:",
        "        servers: {page: 'https://www.parcels.example.com', reason: An old host.}\n        query parameter dates:",
    );
    let other = PAGE.replace("https://parcels", "https://www.parcels");
    assert_eq!(ids(&report(&document, &other)), [""; 0]);
    assert_eq!(ids(&report(&document, PAGE)), ["deviation-covers-nothing"]);
    assert_eq!(ids(&report(DOCUMENT, &other)), ["api-first-server-changed"]);
}
