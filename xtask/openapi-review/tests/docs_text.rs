//! What the text of a page says, in the layouts and with the slips of copying that pages of different
//! products have: nothing is stated that the page does not state, and nothing of it is lost without
//! a word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::Document;
use openapi_review::docs::draft::draft;
use openapi_review::docs::page::Page;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use serde_json::{Value, json};

const CURL: &str = "curl --request POST \\\n  --url https://things.example.com/v1/things \\\n  --header 'Authorization: Bearer <token>'\n";
const TOKEN: &str =
    "\nAuthorizations\n\nAuthorization\nstring\nheader\nrequired\n\nThe Bearer token.\n";

fn page(text: &str) -> Page {
    read("page.txt", text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn operation(page: &Page) -> Value {
    page.document.at(&page.pointer()).unwrap().to_json()
}

fn notes(page: &Page) -> Vec<(usize, &str)> {
    page.notes.iter().map(|note| (note.line, note.message.as_str())).collect()
}

/// A page whose sections are the token and these.
fn with(sections: &str) -> Page {
    page(&format!("Create thing\nPOST\n/v1/things\n{CURL}{TOKEN}\n{sections}"))
}

fn request(page: &Page) -> Value {
    operation(page)["requestBody"]["content"]["application/json"]["schema"].take()
}

/// A page prints no type for a choice of types.
#[test]
fn a_field_can_have_no_type() {
    let body = "Body\n\napplication/json\nprompt\nstring\nrequired\nvoice\nrequired\nactions\narray\ngreeting\nstring\nwebhook\n\nResponse\n\n200 - application/json\nid\nstring\nwebhook\nobject\n";
    let page = with(body);
    let schema = request(&page);
    assert_eq!(schema["required"], json!(["prompt", "voice"]));
    let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["actions", "greeting", "prompt", "voice", "webhook"]);
    assert_eq!(schema["properties"]["prompt"], json!({ "type": "string" }));
    assert_eq!(schema["properties"]["voice"].get("type"), None);
    assert!(notes(&page).contains(&(23, "the page gives no type of `voice`")), "{:?}", page.notes);
    // The document may give the type; that the field is there must be said.
    let document = |voice: &str| {
        let text = format!(
            "openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    post:\n      operationId: create_thing\n      security: [{{bearerAuth: []}}]\n      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              type: object\n              required: [prompt, voice]\n              properties:\n                prompt: {{type: string}}\n                {voice}\n                actions: {{type: array, items: {{}}}}\n                greeting: {{type: string}}\n                webhook: {{type: string}}\n      responses:\n        '200':\n          description: ''\n          content:\n            application/json:\n              schema: {{type: object, properties: {{id: {{type: string}}, webhook: {{type: object}}}}}}\ncomponents:\n  securitySchemes:\n    bearerAuth: {{type: http, scheme: bearer}}\n"
        );
        Document::parse("openapi.yaml", &text).unwrap()
    };
    let differences = |voice: &str| -> Vec<String> {
        let report = Report::unjudged(&document(voice), std::slice::from_ref(&page));
        let changes = report.differences.iter().map(|one| &one.change);
        let changes = changes.filter(|change| change.id != "page-contradiction");
        changes.map(|change| change.message.clone()).collect()
    };
    let choice = "voice: {x-inferred: Of both, oneOf: [{type: string}, {type: object}]}";
    assert_eq!(differences(choice), [""; 0]);
    assert_eq!(differences("other: {type: string}").len(), 2);
}

/// A word that is no name elsewhere may be either, which is said.
#[test]
fn a_word_alone_below_a_type_is_told() {
    let page = with("Body\n\napplication/json\ngreeting\nstring\nsalutation\n");
    assert_eq!(request(&page)["properties"]["greeting"]["description"], "salutation");
    let said = "`salutation` is read as the description of `greeting`; if it is a field, the page gives no type of it";
    assert!(notes(&page).contains(&(22, said)), "{:?}", page.notes);
    let page = with("Body\n\napplication/json\ngreeting\nstring\n\nsalutation\n");
    assert!(!page.notes.iter().any(|note| note.message.contains("salutation")));
}

#[test]
fn a_heading_with_nothing_below_it_ends_what_is_before_it() {
    let page = with(
        "Headers\n\nrequest-id\nstring\n\nAn identifier.\n\nBody\n\nResponse\n\n201\ntext/plain\n\nCreated\n",
    );
    let said = operation(&page);
    assert_eq!(said["parameters"][0]["description"], "An identifier.");
    assert_eq!(said.get("requestBody"), None);
    assert!(notes(&page).contains(&(24, "the section `Body` lists nothing")), "{:?}", page.notes);
    // What an empty section leaves open is no statement against the document.
    for (section, more) in [
        ("Body", "requestBody: {content: {application/json: {schema: {type: object}}}}"),
        ("Query Parameters", "parameters: [{name: a, in: query, schema: {type: string}}]"),
        ("Authorizations", "security: [{basicAuth: []}]"),
    ] {
        let security = if section == "Authorizations" { "" } else { "security: []" };
        let document = Document::parse("openapi.yaml", &format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    post:\n      operationId: create_thing\n      {security}\n      {more}\n      responses: {{'201': {{description: Created}}}}\ncomponents:\n  securitySchemes: {{basicAuth: {{type: http, scheme: basic}}}}\n")).unwrap();
        let text = format!(
            "POST\n/v1/things\ncurl -X POST https://things.example.com/v1/things\n\n{section}\n\nResponse\n\n201\n\nCreated\n"
        );
        let page = read("page.txt", &text).unwrap();
        assert_eq!(Report::unjudged(&document, &[page]).differences, [], "{section}");
    }
}

#[test]
fn a_url_can_stand_in_the_place_of_the_path() {
    let rest = "\nPath Parameters\n\nid\nstring\nrequired\n\nResponse\n\n200 - application/json\nok\nboolean\n";
    let curl = "curl --request DELETE --url https://api.example.com/v1/things/{id}\n";
    for (head, samples) in [
        ("DELETE\n/\nhttps://api.example.com/v1/things/{id}\n", curl),
        ("DELETE\nhttps://api.example.com/v1/things/{id}\n", curl),
        ("DELETE\nhttps://api.example.com/v1/things/{id}\n", ""),
        ("DELETE https://api.example.com/v1/things/:id\n", ""),
        ("delete https://api.example.com/v1/things/{id}\n", ""),
    ] {
        let page = page(&format!("{head}{samples}{rest}"));
        assert_eq!(page.label(), "DELETE /v1/things/{id}", "{head}");
        let server = page.document.at("/servers/0/url").unwrap().as_str().unwrap();
        assert_eq!(server, "https://api.example.com", "{head}");
        assert_eq!(page.contradictions, [], "{head}");
    }
}

#[test]
fn a_path_can_end_with_a_slash() {
    for (parts, path) in [
        ("/\nthings\n/", "/things/"),
        ("/\nthings\n/\n{id}\n/", "/things/{id}/"),
        ("/\nthings\n/\n{\nid\n}", "/things/{id}"),
    ] {
        let page = page(&format!(
            "POST\n{parts}\n{{\n  \"id\": \"a\"\n}}\n\nResponse\n\n200 - application/json\nid\nstring\n"
        ));
        assert_eq!(page.path, path);
        let response = &operation(&page)["responses"]["200"]["content"]["application/json"];
        assert_eq!(response["example"], json!({ "id": "a" }));
    }
}

#[test]
fn words_of_the_site_are_no_title() {
    let rest = "\nResponse\n\n200 - application/json\nid\nstring\n";
    for (before, after, title) in [
        ("Skip to main content\n", "Create a thing\n", "Create a thing"),
        ("Skip to main content\nSearch...\n⌘K\nNavigation\n", "Create a thing\n", "Create a thing"),
        ("Endpoints\nMake a thing\nCopy page\n", "", "Make a thing"),
    ] {
        let text = format!("{before}POST\n/\nthings\n{after}{CURL}{rest}");
        assert_eq!(page(&text).title.as_deref(), Some(title), "{text}");
    }
    let text = format!("Skip to main content\nPOST\n/\nthings\n{CURL}{rest}");
    assert_eq!(page(&text).title, None);
}

/// A line of a sample in another language is no sample of a response.
#[test]
fn code_is_no_sample() {
    let code = "import requests\n\npayload = {\n    \"url\": \"<string>\",\n    \"paths\": [\"<string>\"],\n    \"limits\": [\n        {\n            \"deep\": True,\n        }\n    ]\n}\nprint(response.text)\n";
    let page = page(&format!(
        "POST\n/v1/things\n{CURL}{code}{{\n  \"id\": \"a\"\n}}\n{TOKEN}\nResponse\n\n200 - application/json\nid\nstring\n"
    ));
    let response = &operation(&page)["responses"]["200"]["content"]["application/json"];
    assert_eq!(response["example"], json!({ "id": "a" }));
    assert_eq!(page.contradictions, []);
}

#[test]
fn a_response_can_have_a_description_alone() {
    let error = "{\n  \"type\": \"invalid_request\",\n  \"message\": \"It is missing.\"\n}\n";
    let page = page(&format!(
        "DELETE\n/v1/things\n{}{error}{TOKEN}\nResponse\n\nThe thing was deleted.\n",
        CURL.replace("POST", "DELETE")
    ));
    let response = operation(&page)["responses"]["200"].take();
    assert_eq!(response["description"], "The thing was deleted.");
    assert_eq!(response.get("content"), None);
    let told = notes(&page);
    assert!(told.iter().any(|(line, note)| *line == 6 && note.contains("left out")), "{told:?}");
    // Any document of a success agrees.
    let document = |response: &str| {
        Document::parse("openapi.yaml", &format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    delete:\n      operationId: delete_thing\n      security: [{{bearerAuth: []}}]\n      responses: {{{response}}}\ncomponents:\n  securitySchemes: {{bearerAuth: {{type: http, scheme: bearer}}}}\n")).unwrap()
    };
    for response in [
        "'204': {description: Deleted}",
        "'200': {description: ok, content: {application/json: {schema: {type: object}}}}",
    ] {
        let report = Report::unjudged(&document(response), std::slice::from_ref(&page));
        assert_eq!(report.differences, [], "{response}");
    }
}

#[test]
fn a_response_of_any_type_is_not_that_of_a_placeholder() {
    let page = page(&format!(
        "POST\n/v1/things\n{CURL}\"<unknown>\"\n{TOKEN}\nResponse\n\nIt is done\n\nThe response is of type any.\n"
    ));
    let response = operation(&page)["responses"]["200"].take();
    assert_eq!(response["description"], "It is done");
    let schema = &response["content"]["application/json"]["schema"];
    assert_eq!(schema.get("type"), None, "{schema}");
}

#[test]
fn marks_can_be_glued_to_the_description() {
    let page = with(
        "Body\n\nphone\nstring\nrequiredThe number to call.\nWith its country.\n\ntask\nstring\nrequireddeprecatedWhat to do.\nname\nrequiredOf the thing.\n",
    );
    let schema = request(&page);
    assert_eq!(schema["required"], json!(["phone", "task", "name"]));
    assert_eq!(
        schema["properties"]["phone"]["description"],
        "The number to call.\nWith its country."
    );
    assert_eq!(schema["properties"]["task"]["description"], "What to do.");
    assert_eq!(schema["properties"]["task"]["deprecated"], true);
    // A word of its own is none.
    let page = with("Body\n\nphone\nstring\n\nrequiredness is not known.\n");
    assert_eq!(request(&page).get("required"), None);
}

#[test]
fn a_credential_among_the_headers_is_the_authentication() {
    let page = page(
        "POST\n/v1/things\n\nHeaders\n\nauthorization\nstring\nrequired\n\nYour key.\n\nx-trace\nstring\n\nResponse\n\nid\nstring\n",
    );
    let said = operation(&page);
    assert_eq!(said["security"], json!([{ "apiKey": [] }]));
    assert_eq!(said["parameters"].as_array().unwrap().len(), 1);
    assert_eq!(said["parameters"][0]["name"], "x-trace");
    let scheme = page.document.at("/components/securitySchemes/apiKey").unwrap().to_json();
    assert_eq!(scheme["name"], "authorization");
    let told = notes(&page);
    assert!(told.iter().any(|(line, note)| *line == 6 && note.contains("authentication")));
}

/// Without section and command, the page does not say that none is needed.
#[test]
fn authentication_can_be_left_open() {
    let text = "POST\n/v1/things\n\nResponse\n\n200 - application/json\nid\nstring\n";
    let silent = page(text);
    assert_eq!(operation(&silent).get("security"), None);
    assert!(notes(&silent).iter().any(|(_, note)| note.contains("how a request is authenticated")));
    let document =
        Document::parse("e.yaml", "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths: {}\n")
            .unwrap();
    let fragment = draft(&document, &[silent]);
    assert!(!fragment.contains("security"), "{fragment}");
    let open = page(&text.replace(
        "/v1/things\n\n",
        "/v1/things\ncurl -X POST https://things.example.com/v1/things\n\n",
    ));
    assert_eq!(operation(&open)["security"], json!([]));
}

#[test]
fn the_word_of_a_type_can_be_a_name() {
    let page = with(
        "Body\n\nmultipart/form-data\n\nThe file to keep.\n\nfile\nfile\nrequired\n\nIts bytes.\n\nobject\nstring\n\nany\ninteger\n",
    );
    let schema = &operation(&page)["requestBody"]["content"]["multipart/form-data"]["schema"];
    let kind = |name: &str| schema["properties"][name]["type"].as_str().unwrap_or_default();
    assert_eq!([kind("file"), kind("object"), kind("any")], ["string", "string", "integer"]);
    assert_eq!(schema["required"], json!(["file"]));
}

#[test]
fn pages_that_cannot_be_read_are_refused_with_their_line() {
    for (text, expected) in [
        ("", "page.txt:1: the file is empty"),
        (" \n\n", "page.txt:1: the file is empty"),
        ("%PDF-1.7\n1 0 obj\n", "page.txt:1: this is a PDF"),
        ("<!-- saved -->\n<!doctype html>\n", "page.txt:2: this is HTML"),
        ("<div class=\"a\">\n<p>POST /v1/a</p>\n", "page.txt:1: this is HTML"),
        ("P\0O\0S\0T\0", "page.txt:1: this has zero bytes"),
        ("openapi: 3.0.0\npaths: {}\n", "page.txt:1: this is an OpenAPI document"),
        ("{\n  \"openapi\": \"3.0.0\"}", "page.txt:1: this is an OpenAPI document"),
        (
            "Reference\n\nCreate\nPOST /v1/things\nParameter  Type  Required\nid  string  yes\n",
            "page.txt:4: the operation that begins here is followed by no section",
        ),
        (
            "post https://api.example.com/v1/things\n\nCreates a thing.\n",
            "page.txt:1: the operation that begins here is followed by no section",
        ),
        (
            "POST\n/v1/things\n\nAutorisierung\n\nDas Token\n",
            "page.txt:1: the operation that begins here is followed by no section",
        ),
        (
            "POST\n/v1/things\n{\n  \"a\": 1\n}\n\"b\": 2\n`.md`",
            "page.txt:6: `\"b\": 2` is a part of a JSON object, which is not there",
        ),
    ] {
        let error = read("page.txt", text).expect_err(text).to_string();
        assert!(error.starts_with(expected), "{error}");
        assert!(error.contains("`.md`") || text.contains("`.md`"), "{error}");
    }
}

#[test]
fn names_of_the_page_stay_names() {
    let text = "# Get things\n\n````yaml openapi.json get /v1/things\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /v1/things:\n    get:\n      operationId: list_all__v1__get\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/HTTPValidationError'}\ncomponents:\n  schemas:\n    HTTPValidationError:\n      type: object\n      properties:\n        userIDs: {type: object, properties: {a: {type: string}}}\n        GPUCluster: {type: object, properties: {b: {type: string}}}\n````\n";
    let document =
        Document::parse("e.yaml", "openapi: 3.0.4\ninfo: {title: T, version: v1}\npaths: {}\n")
            .unwrap();
    let fragment = draft(&document, &[read("page.md", text).unwrap()]);
    for name in ["    HTTPValidationError:", "    UserIds:", "    GpuCluster:"] {
        assert!(fragment.contains(name), "{name}: {fragment}");
    }
    assert!(fragment.contains("is the page's operation id, reworded"), "{fragment}");
}

#[test]
fn a_sample_below_the_sections_is_no_second_response() {
    let page = with(
        "Response\n\n200\napplication/json\n\nOK\n\nid\nstring\n\nlinkedin\n\ncURL\n\n200\n\nCopy\n\"<any>\"\n",
    );
    let said = operation(&page);
    assert_eq!(said["responses"].as_object().unwrap().len(), 1);
    assert_eq!(said["responses"]["200"]["description"], "OK");
    let told = notes(&page);
    assert!(told.iter().any(|(line, note)| *line == 31 && note.contains("left out")), "{told:?}");
}

#[test]
fn tabs_of_statuses_can_be_glued_together() {
    let glued = with("Response\n\n200404\n\napplication/json\n\nOK\n\nid\nstring\n");
    let apart = with("Response\n\n200\n404\n\napplication/json\n\nOK\n\nid\nstring\n");
    let kinds = |page: &Page| {
        let said = operation(page)["responses"].take();
        let schema = &said["200"]["content"]["application/json"]["schema"]["properties"]["id"];
        (schema["type"].clone(), said.get("404").is_some(), said["200"]["description"].clone())
    };
    assert_eq!(kinds(&glued), (json!("string"), true, json!("OK")));
    assert_eq!(kinds(&glued), kinds(&apart));
}

#[test]
fn the_sections_of_other_platforms_are_read_or_refused() {
    let page = with("Path Params\n\nid\nstring\nrequired\n\nBody Params\n\nname\nstring\n");
    assert_eq!(operation(&page)["parameters"][0]["in"], "path");
    assert_eq!(request(&page)["properties"]["name"]["type"], "string");
    let refused = |sections: &str, line: usize, message: &str| {
        let text = format!("Create thing\nPOST\n/v1/things\n{CURL}{TOKEN}\n{sections}");
        let error = read("page.txt", &text).expect_err(sections).to_string();
        assert!(error.contains(&format!("page.txt:{line}: {message}")), "{error}");
        assert!(error.contains("`.md`"), "{error}");
    };
    let response = "Response\n\n200\n\nid\nstring\n\nThe id.\n\n";
    let headers = "Response Headers\n\nx-left\ninteger\n";
    refused(&format!("{response}{headers}"), 26, "the section `Response Headers` is none");
    let options = "Body\n\napplication/json\nOption 1\nOption 2\nid\nstring\n";
    refused(options, 20, "these are alternatives");
    let glued = "Body\n\nidstringrequired\n\nname\nstring\n";
    refused(glued, 19, "`idstringrequired` is a name and a type");
    // It can as well be what a field is.
    let page = with("Response\n\n200\n\nheaders\nobject\n\nResponse Headers\n\nid\nstring\n");
    let told = notes(&page);
    assert!(
        told.iter().any(|(line, note)| *line == 24 && note.contains("description")),
        "{told:?}"
    );
}

/// What is said of an object's fields holds for the object alone, in every form that it can have.
#[test]
fn the_fields_of_an_object_are_found_in_every_form() {
    let sample = r#"{"labels": {"a": "b"}, "choice": {"x": 1}, "tags": ["a"], "deep": [["x"]]}"#;
    let sections = "Body\n\napplication/json\nlabels\nobject\nHide child attributes\n\nlabels.{key}\nstring\n\nchoice\nstring | object\nHide child attributes\n\nx\ninteger\nrequired\n\ntags\nlist\n\ndeep\narray\n";
    let page =
        page(&format!("POST\n/v1/things\n{} \\\n  --json '{sample}'\n\n{sections}", CURL.trim()));
    assert_eq!(page.contradictions, []);
    let body = operation(&page)["requestBody"].take();
    // A field within an optional one does not make the body required.
    assert_eq!(body.get("required"), None);
    let schema = &body["content"]["application/json"]["schema"];
    let fields = &schema["properties"];
    assert_eq!(schema.get("required"), None);
    assert_eq!(fields["labels"]["additionalProperties"], json!({ "type": "string" }));
    let choice = json!({ "type": "object", "required": ["x"], "properties": { "x": { "type": "integer" } } });
    assert_eq!(fields["choice"]["anyOf"], json!([{ "type": "string" }, choice]));
    assert_eq!(fields["tags"]["items"]["type"], "string");
    assert_eq!(fields["deep"]["items"]["type"], "array");
    assert_eq!(fields["deep"]["items"]["items"]["type"], "string");
}

/// What the options of curl mean is compared with the sections, and agrees with them.
#[test]
fn a_curl_command_can_send_in_many_ways() {
    let body =
        |media_type: &str| format!("Body\n\n{media_type}\nname\nstring\nrequired\nfile\nstring\n");
    let form = "application/x-www-form-urlencoded";
    let query = "Query Parameters\n\nname\nstring\nrequired\nfile\nstring\n".to_owned();
    for (method, options, section) in [
        ("POST", "--json '{\"name\": \"a\", \"file\": \"b\"}'", body("application/json")),
        ("POST", "-F name=a -F file=@b.png", body("multipart/form-data")),
        ("POST", "--data-urlencode 'name=a b' -d file=b", body(form)),
        ("POST", "-sSd 'name=a&file=b'", body(form)),
        ("GET", "-G --data-urlencode 'name=a b' -d file=b", query.clone()),
        ("GET", "-Gd name=a", query.clone()),
        ("HEAD", "-I", query.clone()),
        ("DELETE", "-sXDELETE", query),
    ] {
        let page = page(&format!(
            "{method}\n/v1/things\ncurl {options} https://things.example.com/v1/things\n\n{section}\nResponse\n\n204\n\nDone.\n"
        ));
        assert_eq!(page.contradictions, [], "{options}");
        let content = &operation(&page)["requestBody"]["content"];
        let sample =
            content.as_object().and_then(|all| all.values().next()?.get("example").cloned());
        let name = sample.map(|sample| sample["name"].clone());
        assert_eq!(name.is_some(), method == "POST", "{options}");
    }
    // A form is text, whose values are what the fields say that they are.
    let fields = "count\ninteger\nsure\nboolean\nids\ninteger[]\ncode\nstring\n";
    let page = page(&format!(
        "POST\n/v1/things\ncurl -d 'count=5&sure=true&ids=7&code=8' https://things.example.com/v1/things\n\nBody\n\n{form}\n{fields}\nResponse\n\n204\n\nDone.\n"
    ));
    assert_eq!(
        operation(&page)["requestBody"]["content"][form]["example"],
        json!({ "count": 5, "sure": true, "ids": [7], "code": "8" })
    );
    let text = format!("POST\n/v1/things\n{CURL}\n{}", body("application/json"));
    let found = self::page(&text).contradictions;
    assert!(found[0].message.starts_with("the curl command sends no body"), "{found:?}");
}

/// Where the samples stand is a matter of how wide the window was.
#[test]
fn the_samples_can_stand_below_the_sections() {
    let samples = format!(
        "{} \\\n  --header 'Content-Type: application/json' \\\n  --data '\n{{\n  \"name\": \"A\"\n}}\n'\n201\n{{\n  \"id\": \"t_1\"\n}}\n",
        CURL.trim()
    );
    let sections = "\nBody\n\napplication/json\nname\nstring\nrequired\n\nThe name.\n\nResponse\n\n201 - application/json\n\nDone.\n\nid\nstring\n\nThe id.\n";
    let above = page(&format!("Create thing\nPOST\n/v1/things\n{samples}{TOKEN}{sections}"));
    let below =
        page(&format!("Create thing\nPOST\n/v1/things\n{TOKEN}{sections}\ncURL\nCopy\n{samples}"));
    assert_eq!(above.document.to_json(), below.document.to_json());
    assert_eq!((above.contradictions, below.contradictions), (Vec::new(), Vec::new()));
    assert_eq!(below.notes, []);
}

/// The names and types of what the page lists no fields of are those of all that it shows.
#[test]
fn samples_say_together_what_there_is() {
    let shown = |sample: &str| {
        let page = page(&format!(
            "GET\n/v1/things\n{}{sample}\n{TOKEN}\nResponse\n\n200 - application/json\n\nAll.\n\ndata\nobject[]\n",
            CURL.replace("POST", "GET")
        ));
        assert_eq!(page.contradictions, [], "{sample}");
        let content = operation(&page)["responses"]["200"]["content"]["application/json"].take();
        fn plain(schema: &Value) -> Value {
            let mut schema = schema.clone();
            let fields = schema.as_object_mut().unwrap();
            fields.remove("x-sampled");
            fields.remove("example");
            if let Some(items) = fields.get_mut("items") {
                *items = plain(items);
            }
            for property in
                fields.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
            {
                *property.1 = plain(property.1);
            }
            schema
        }
        plain(&content["schema"]["properties"]["data"]["items"])["properties"].take()
    };
    let kind = |kind: &str| json!({ "type": kind });
    let nullable = json!({ "type": "string", "nullable": true });
    assert_eq!(
        shown(
            r#"{"data": [{"a": 1, "b": null, "c": [{"d": 1}, {"e": true}]}, {"a": 1.5, "b": "x", "f": 2}]}"#
        ),
        json!({
            "a": kind("number"), "b": nullable, "f": kind("integer"),
            "c": { "type": "array", "items": { "type": "object", "properties": { "d": kind("integer"), "e": kind("boolean") } } },
        })
    );
    // What is of two types, or of none, is open.
    let open = json!({ "x-unstated": ["*"] });
    assert_eq!(
        shown(r#"{"data": [{"a": 1, "b": null}, {"a": "x", "b": null}]}"#),
        json!({ "a": open, "b": open })
    );
    // A made-up number can be any, and a made-up word can say that anything can stand there.
    assert_eq!(
        shown(r#"{"data": [{"a": "<string>", "b": 123, "c": "<any>", "d": 5}]}"#),
        json!({ "a": kind("string"), "b": kind("number"), "c": open, "d": kind("integer") })
    );
}

/// A document may say that a made-up number is a whole one.
#[test]
fn a_made_up_number_can_be_a_whole_one() {
    let page = page(&format!(
        "GET\n/v1/things\n{}{{\"id\": \"<string>\", \"count\": 123}}\n{TOKEN}\nResponse\n\n200 - application/json\n\nThe response is of type object.\n",
        CURL.replace("POST", "GET")
    ));
    let agrees = |kind: &str| {
        let document = Document::parse("openapi.yaml", &format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    get:\n      security: [{{bearerAuth: []}}]\n      responses:\n        '200':\n          description: ok\n          content: {{application/json: {{schema: {{type: object, properties: {{id: {{type: string}}, count: {{type: {kind}}}}}}}}}}}\ncomponents:\n  securitySchemes: {{bearerAuth: {{type: http, scheme: bearer}}}}\n")).unwrap();
        Report::unjudged(&document, std::slice::from_ref(&page)).agrees()
    };
    assert!(agrees("integer") && agrees("number"));
    assert!(!agrees("boolean"));
}

/// What a document says that text cannot show, or shows in the same words.
#[test]
fn a_document_can_say_what_text_does_not_show() {
    let fields = "default\nboolean\nrequired\n\nlabels\nobject\n\nThe labels.\n\nExample:\n\n{\n  \"a\": \"b\"\n}\n\ncode\nenum<string>\n\nAvailable options:\n1,\n2\n\nExample:\n\n1\n";
    let page = page(&format!(
        "GET\n/v1/things\n{}\n{TOKEN}\nResponse\n\n200 - application/json; charset=utf-8\n\nAll.\n\nid\nstring\n\n{fields}\ndefault - application/json\n\nIt failed.\n\nid\nstring\n",
        CURL.replace("POST", "GET")
    ));
    assert_eq!(page.contradictions, []);
    assert!(operation(&page)["responses"]["default"]["content"].is_object());
    let differences = |media_type: &str, code: &str, labels: &str, required: &str| {
        let schema = format!(
            "{{type: object, required: [{required}], properties: {{id: {{type: string}}, default: {{type: boolean}}, labels: {{type: object{labels}, example: {{a: b}}}}, code: {code}}}}}"
        );
        let document = Document::parse("openapi.yaml", &format!("openapi: 3.0.4\ninfo: {{title: T, version: v1}}\nservers: [{{url: 'https://things.example.com'}}]\npaths:\n  /v1/things:\n    get:\n      security: [{{bearerAuth: []}}]\n      responses:\n        '200': {{description: ok, content: {{{media_type}: {{schema: {schema}}}}}}}\n        default: {{description: no, content: {{application/json: {{schema: {{type: object, properties: {{id: {{type: string}}}}}}}}}}}}\ncomponents:\n  securitySchemes: {{bearerAuth: {{type: http, scheme: bearer}}}}\n")).unwrap();
        let report = Report::unjudged(&document, std::slice::from_ref(&page));
        report.differences.into_iter().map(|one| one.change.message).collect::<Vec<_>>()
    };
    let (json, code) =
        ("application/json;charset=UTF-8", "{type: string, enum: ['1', '2'], example: '1'}");
    let map = ", additionalProperties: {type: string}";
    assert_eq!(differences(json, code, map, "default"), [""; 0]);
    let listed = ", properties: {a: {type: string}, c: {type: string}}";
    assert_eq!(differences(json, code, listed, "default"), [""; 0]);
    assert_eq!(
        differences(json, "{type: string, enum: [1, 2], example: 1}", "", "default"),
        [""; 0]
    );
    assert_eq!(differences(json, code, "", "default, undeclared"), [""; 0]);
    for (media_type, code, required) in [
        ("application/json;charset=latin1", code, "default"),
        (json, "{type: string, enum: ['1', '3'], example: '1'}", "default"),
        (json, "{type: string, enum: ['1', '2'], example: '2'}", "default"),
        (json, code, "id, default"),
    ] {
        assert_eq!(differences(media_type, code, "", required).len(), 1, "{code} {required}");
    }
}

/// A sample can stand in the section that it belongs to.
#[test]
fn a_sample_can_stand_in_its_section() {
    let error = "{\n  \"reason\": \"full\"\n}\n";
    let sections = |own: &str, sent: &str| {
        format!(
            "\nBody\n\napplication/json\n{sent}\nname\nstring\nrequired\n\nResponse\n\n201 - application/json\n\nDone.\n{own}\nid\nstring\n\n409 - application/json\n{error}"
        )
    };
    let (sent, got) = ("{\n  \"name\": \"A\"\n}\n", "{\n  \"id\": \"t_1\"\n}\n");
    let head = "Create thing\nPOST\n/v1/things\n";
    let within = page(&format!("{head}{TOKEN}{}", sections(got, sent)));
    assert_eq!(within.contradictions, []);
    let document = operation(&within);
    let media = |body: &Value| body["content"]["application/json"].clone();
    assert_eq!(media(&document["requestBody"])["example"], json!({ "name": "A" }));
    let responses = &document["responses"];
    assert_eq!(responses["201"]["description"], "Done.");
    assert_eq!(media(&responses["201"])["example"], json!({ "id": "t_1" }));
    let conflict = media(&responses["409"]);
    assert_eq!(conflict["schema"]["properties"]["reason"]["type"], "string");
}

/// Where every line of a page is a paragraph, a blank line stands between any two.
#[test]
fn every_line_can_be_a_paragraph() {
    let sections = "Query Parameters\n\nlimit\ninteger\ndefault:\n20\n\nHow many.\nRequired range: 1 <= x <= 50\n\nBody\n\napplication/json\nname\nstring\nrequired\n\nThe name.\nchoice\nrequired\nkind\nenum<string>\nAvailable options:\na,\nb\nwebhook\nobject\nlocale\n\nResponse\n\n200 - application/json\n\nDone.\n\nid\nstring\n\nThe id.\nlocale\nstring\n";
    let page = with(sections);
    let text = format!("Create thing\nPOST\n/v1/things\n{CURL}{TOKEN}\n{sections}");
    let from = text.find("\nAuthorizations").unwrap();
    let (head, rest) = text.split_at(from);
    let all_spaced = self::page(&format!("{head}{}", rest.replace('\n', "\n\n")));
    assert_eq!(operation(&all_spaced), operation(&page));
    assert_eq!(all_spaced.contradictions.len(), page.contradictions.len());
    let names = |page: &Page| -> Vec<String> {
        let body = request(page)["properties"].take();
        body.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(names(&page), ["choice", "kind", "locale", "name", "webhook"]);
    assert_eq!(operation(&page)["parameters"][0]["schema"]["default"], 20);
}
