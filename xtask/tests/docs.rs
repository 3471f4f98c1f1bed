//! `cargo xtask docs` from outside: pages against documents, drafts, and pages that make no sense.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cx_client_build::{Document, validate};
use expect_test::{expect, expect_file};
use openapi_review::docs::draft::draft;
use openapi_review::docs::page::Page;
use openapi_review::docs::read::read;
use openapi_review::docs::report::{PageDifference, Report};

/// Pages that `parcels.yaml` agrees with.
const AGREEING: [&str; 4] =
    ["create-parcel.txt", "list-parcels.txt", "cancel-parcel.txt", "weigh-parcel.txt"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi-review/tests/fixtures/pages")
}

fn docs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder())
        .arg("docs")
        .args(arguments)
        .output()
        .expect("the binary runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn page(name: &str) -> Page {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    read(name, &text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_agrees_has_no_differences_and_tells_its_inferences() {
    let spec = ["--spec", "start-call.yaml", "start-call.txt"];
    let output = docs(&spec);
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let report: serde_json::Value =
        serde_json::from_slice(&docs(&[&spec[..], &["--format", "json"]].concat()).stdout).unwrap();
    assert_eq!(report["differences"], serde_json::json!([]));
    assert_eq!(report["notes"], serde_json::json!([]));
    // Every format in the document goes beyond the page, and says so.
    let inferred: Vec<&str> = report["inferences"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["what"].as_str())
        .filter(|what| !what.is_empty())
        .collect();
    assert_eq!(inferred, ["format: uuid"; 6]);
}

fn report_is_golden(spec: &str, pages: &[&str], name: &str, status: i32) {
    for (format, extension) in [("text", "txt"), ("json", "json"), ("markdown", "md")] {
        let mut arguments = vec!["--spec", spec, "--format", format];
        arguments.extend(pages);
        let output = docs(&arguments);
        assert_eq!(stderr(&output), "");
        assert_eq!(output.status.code(), Some(status));
        expect_file![format!(
            "{}/tests/golden/docs/{name}.{extension}",
            env!("CARGO_MANIFEST_DIR")
        )]
        .assert_eq(stdout(&output));
    }
}

#[test]
fn agreement_is_reported() {
    report_is_golden("parcels.yaml", &AGREEING, "agreeing", 0);
}

#[test]
fn differences_are_reported() {
    report_is_golden("parcels-stale.yaml", &AGREEING, "stale", 1);
}

#[test]
fn a_page_that_contradicts_itself_is_reported() {
    report_is_golden("parcels.yaml", &["contradictory.txt"], "contradictory", 1);
}

#[test]
fn a_page_that_breaks_off_is_reported() {
    report_is_golden("parcels.yaml", &["truncated.txt"], "truncated", 0);
}

#[test]
fn an_operation_that_the_document_lacks_is_reported() {
    report_is_golden("quotes.yaml", &["weigh-parcel.txt"], "lacking", 1);
}

#[test]
fn drafts_are_golden() {
    for name in [
        "create-parcel",
        "list-parcels",
        "cancel-parcel",
        "weigh-parcel",
        "truncated",
        "contradictory",
    ] {
        let output = docs(&["--draft", &format!("{name}.txt")]);
        assert_eq!(stderr(&output), "");
        assert_eq!(output.status.code(), Some(0));
        expect_file![format!("{}/tests/golden/docs/draft-{name}.yaml", env!("CARGO_MANIFEST_DIR"))]
            .assert_eq(stdout(&output));
    }
}

/// A document that has nothing but the servers of a page.
fn empty_for(page: &Page) -> Document {
    let servers = page.document.at("/servers/0/url").unwrap().as_str().unwrap();
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: Draft, version: v1}}\nservers: [{{url: '{servers}'}}]\npaths: {{}}\n"
    );
    Document::parse("empty.yaml", &text).unwrap()
}

fn with_draft(empty: &Document, pages: &[Page]) -> Document {
    let servers = empty.at("/servers/0/url").unwrap().as_str().unwrap();
    let fragment = draft(empty, pages);
    let text = format!(
        "openapi: 3.0.4\ninfo:\n  title: Draft\n  version: v1\nservers:\n  - url: {servers}\n{fragment}"
    );
    let document = Document::parse("draft.yaml", &text).unwrap();
    assert_eq!(validate(&document), [], "{text}");
    document
}

/// What differs, but for what the page contradicts itself in.
fn differences(document: &Document, page: &Page) -> Vec<PageDifference> {
    let mut found = Report::new(document, std::slice::from_ref(page)).differences;
    found.retain(|finding| finding.change.id != "page-contradiction");
    found
}

/// A draft is what the page says: put into a document it is valid, and agrees with the page.
#[test]
fn a_draft_agrees_with_its_page() {
    let names = ["start-call.txt", "truncated.txt", "quote.txt", "quote-3.0.md", "quote-3.1.md"];
    for name in names.iter().chain(&AGREEING) {
        let page = page(name);
        let document = with_draft(&empty_for(&page), std::slice::from_ref(&page));
        assert_eq!(differences(&document, &page), [], "{name}");
    }
}

/// The drafts of several pages share one fragment, in which no name is used twice.
#[test]
fn drafts_of_several_pages_are_one_fragment() {
    let pages: Vec<Page> = AGREEING.iter().map(|name| page(name)).collect();
    let document = with_draft(&empty_for(&pages[0]), &pages);
    for page in &pages {
        assert_eq!(differences(&document, page), [], "{}", page.file());
    }
}

fn problems(text: &str) -> String {
    match read("page.txt", text) {
        Ok(page) => panic!("it is understood as {page:?}"),
        Err(error) => error.to_string(),
    }
}

/// The report without what names the page and its lines.
fn report_of(spec: &str, name: &str) -> String {
    let output = docs(&["--spec", spec, name]);
    assert_eq!(stderr(&output), "");
    let text = stdout(&output).replace(name, "PAGE");
    text.split("PAGE:")
        .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join("PAGE")
}

/// Saved as text, as Markdown with OpenAPI 3.0, and with 3.1, a page says the same.
#[test]
fn every_form_of_a_page_gives_the_same_report() {
    let original = std::fs::read_to_string(folder().join("quotes.yaml")).unwrap();
    let temp = tempfile::tempdir().unwrap();
    let stale = temp.path().join("stale.yaml");
    for (from, to) in [
        ("maximum: 30", "maximum: 30"),
        ("maximum: 30", "maximum: 40"),
        ("required: [by, hours]", "required: [by]"),
        ("enum: [letter, box]", "enum: [letter, crate]"),
        ("default: en-gb", "default: en-us"),
        ("example: letter", "example: box"),
        ("scheme: basic", "scheme: bearer"),
        ("        hours:\n          type: number", "        hours:\n          type: string"),
        ("url: https://parcels", "url: https://www.parcels"),
        ("'200':", "'201':"),
    ] {
        std::fs::write(&stale, original.replace(from, to)).unwrap();
        let spec = stale.to_str().unwrap();
        let reports =
            ["quote.txt", "quote-3.0.md", "quote-3.1.md"].map(|name| report_of(spec, name));
        let agrees = reports[0].contains(": 0 differences");
        assert_eq!(agrees, from == to, "{to}\n{}", reports[0]);
        assert_eq!(reports[0], reports[1], "{to}");
        assert_eq!(reports[1], reports[2], "{to}");
    }
}

const HEAD: &str = "GET\n/v1/things\ncurl https://things.example.com/v1/things\n";

#[test]
fn what_cannot_be_understood_is_named_with_its_line() {
    let cases = [
        ("nothing", String::new()),
        ("no method", "/v1/things\nResponse\n\n200\n".to_owned()),
        ("open quote", "POST\n/v1/things\ncurl https://a.example -d '{\n  \"a\": 1\n}\n".to_owned()),
        ("bad request sample", "POST\n/v1/things\ncurl https://a.example \\\n  -d '{\n  \"a\": x\n}'\n".to_owned()),
        ("bad response sample", format!("{HEAD}{{\n  \"a\": 1,\n}}\n")),
        ("open response sample", format!("{HEAD}{{\n  \"a\": 1\n")),
        ("response sample that ends with its line", format!("{HEAD}{{\n  \"a\": 1,\n")),
        ("two pages in one", format!("{HEAD}\nBody\n\na\nstring\n\nBody\n\nb\nstring\n")),
        ("same status twice", format!("{HEAD}\nResponse\n\n200\n\na\nstring\n\n200\n\nb\nstring\n")),
        ("no value", format!("{HEAD}\nResponse\n\n200\n\na\nstring\n\nExample:\n\nb\nstring\n")),
        ("no options", format!("{HEAD}\nResponse\n\n200\n\na\nenum<string>\n\nAvailable options:\nb\nstring\n")),
        ("bad range", format!("{HEAD}\nQuery Parameters\n\na\ninteger\n\nRequired range: from 1 to 5\n")),
        ("bad example", format!("{HEAD}\nResponse\n\n200\n\na\nobject\n\nExample:\n\n{{\"b\": }}\n\nc\nstring\n")),
        ("no section", format!("{HEAD}\na\nstring\nrequired\n\nResponse\n\n200\n")),
        ("lost command", "GET\n/v1/things\n--url https://things.example.com/v1/things\n".to_owned()),
        ("two things at once", "GET\n/v1/things\ncurl https://a.example -d '{'\n\nQuery Parameters\n\na\ninteger\n\nRequired range: x\n".to_owned()),
    ];
    let told: String =
        cases.iter().map(|(name, text)| format!("# {name}\n{}\n", problems(text))).collect();
    expect_file![format!("{}/tests/golden/docs/problems.txt", env!("CARGO_MANIFEST_DIR"))]
        .assert_eq(&told);
}

#[test]
fn unusable_input_is_told_all_at_once() {
    let temp = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(temp.path().join(name), bytes).unwrap();
    };
    write("latin1.txt", b"GET\n/v1/caf\xe9\n");
    write("empty.txt", b"");
    write("spec.yaml", b"openapi: 3.0.4\ninfo: {}\npaths: {}\n");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(temp.path())
            .arg("docs")
            .args(arguments)
            .output()
            .unwrap()
    };
    let output = run(&["latin1.txt", "empty.txt", "absent.txt", ".", "--spec", "spec.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    expect![[r#"
        latin1.txt:2: this is not UTF-8; save the page as UTF-8 text
        empty.txt:1: the file is empty; expected the page saved as Markdown, from its address with `.md` appended, or its text, copied from the browser
        absent.txt: cannot read the page: No such file or directory (os error 2); check the path, and that you may read it
        .: this is a directory; name the saved page itself
        spec.yaml:2:1: this Info Object lacks the required field `title` [structure]; help: add `title`, indented like the other fields of the object
        spec.yaml:2:1: this Info Object lacks the required field `version` [structure]; help: add `version`, indented like the other fields of the object
    "#]]
    .assert_eq(stderr(&output));
    assert_eq!(run(&["--draft", "empty.txt"]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
}

/// The layouts that a page may have say the same thing.
#[test]
fn a_page_can_be_copied_in_many_ways() {
    let original = std::fs::read_to_string(folder().join("start-call.txt")).unwrap();
    let document = Document::load(folder().join("start-call.yaml")).unwrap();
    let variants = [
        ("Windows line ends", original.replace('\n', "\r\n")),
        ("old line ends", original.replace('\n', "\r")),
        ("no-break spaces", original.replace(' ', "\u{a0}")),
        ("zero-width spaces", original.replace("\n\n", "\n\u{200b}\n")),
        ("trailing spaces", original.replace('\n', " \t\n")),
        ("byte order mark", format!("\u{feff}{original}")),
        (
            "status and media type apart",
            original.replace("200 - application/json", "200\n\napplication/json"),
        ),
        (
            "path on the method's line",
            original.replace("POST\n/api/v1\n/calls", "POST /api/v1/calls"),
        ),
        (
            "path glued to the method",
            original.replace("POST\n/api/v1\n/calls", "POST/api/v1/calls"),
        ),
        ("path in pieces", original.replace("/api/v1\n/calls", "/\napi\n/\nv1\n/\ncalls")),
        ("no title", original.replace("Calls > Start a call\n", "")),
        ("markers on the type's line", original.replace("string\nrequired", "string required")),
        (
            "one line a field",
            original.replace("customerPhone\nstring\nrequired", "customerPhone string required"),
        ),
        ("labels apart", original.replace("Example: \"call\"", "Example:\n\n\"call\"")),
        (
            "an option a line",
            original.replace(
                "Available options: call, sms, whatsapp, webchat",
                "Available options:\ncall,\nsms,\nwhatsapp,\nwebchat",
            ),
        ),
        (
            "options in backticks",
            original
                .replace("call, sms, whatsapp, webchat", "`call`, `sms`, `whatsapp`, `webchat`"),
        ),
        (
            "double quotes",
            original.replace(
                "-H \"Content-Type: application/json\"",
                "--header=\"Content-Type: application/json\"",
            ),
        ),
        ("user", original.replace("-H \"Authorization: Basic <encoded-value>\"", "-u name:word")),
        ("json option", original.replace("-d '{", "--json '{")),
        ("backslashes lost", original.replace(" \\\n", "\n")),
        ("spaces after backslashes", original.replace("\\\n", "\\  \n")),
        ("no footer", original.replace("Was this page helpful?\n\nYesNo\n", "")),
        ("no blank lines after facts", original.replace("Example:\n\n", "Example:\n")),
    ];
    for (name, text) in variants {
        if name != "no title" {
            assert_ne!(text, original, "{name} changes nothing");
        }
        let page = read("page.txt", &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let report = Report::new(&document, &[page]);
        assert_eq!(report.differences, [], "{name}");
        assert_eq!(report.notes, [], "{name}");
    }
}

#[test]
fn a_recorded_deviation_lets_the_command_exit_with_0() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap();
    let (page, document) = (read("deviating.txt"), read("deviating.yaml"));
    let temp = tempfile::tempdir().unwrap();
    std::fs::write(temp.path().join("page.txt"), page).unwrap();
    let run = |document: &str| {
        std::fs::write(temp.path().join("openapi.yaml"), document).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(temp.path())
            .args(["docs", "--spec", "openapi.yaml", "page.txt"])
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, text) = run(&document);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("Deviates from the page"), "{text}");
    assert!(
        text.contains(
            "openapi.yaml:18:15: type, which the page says is number: Pages are counted."
        ),
        "{text}"
    );
    assert_eq!(run(&document.replace("page: number", "page: string")).0, Some(1));
}
