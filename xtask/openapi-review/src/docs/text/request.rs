//! What the curl command of a page says, and where it says something else than the sections.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{Located, at, leave_unstated, object, text as string};
use super::super::security;
use super::bodies::Content;
use super::curl::Sample;
use super::fields::Field;
use super::reader::Reader;
use super::sections::{Kind, essence};

impl Reader<'_> {
    /// The server that the curl command calls; `None` where the page names none.
    pub(super) fn servers(&mut self) -> Option<Node> {
        let (method, path) = (self.heading.method.clone(), self.heading.path.clone());
        let array = |Located { value: url, line }: Located<String>| {
            let server = object(line, [("url", string(line, &url))]);
            Node::array(at(line), vec![server])
        };
        let Some(curl) = &self.heading.curl else {
            if self.heading.origin.is_none() {
                let message = "the page has no curl command: it does not say which server it means";
                self.note(method.line, message);
            }
            return self.heading.origin.clone().map(array);
        };
        let (sent, names_method, url) = (curl.method.clone(), curl.names_method, curl.url.clone());
        if sent.value != method.value {
            let does = if names_method { "uses" } else { "names no method and would use" };
            let [used, said] = [&sent, &method].map(|one| one.value.to_uppercase());
            let message =
                format!("the curl command {does} {used}, and line {} says {said}", method.line);
            self.contradict(sent.line, "curl method", sent.value.as_str(), message);
        }
        let Some(Located { value: url, line }) = url else {
            self.note(sent.line, "the curl command has no URL: the server is not known");
            return None;
        };
        let called = url.split('#').next().unwrap_or(&url);
        let (text, query) = called.split_once('?').unwrap_or((called, ""));
        let server = server_of(text, &path.value).unwrap_or_else(|| {
            let message = format!(
                "the curl command calls {text}, which does not end with the path {} of line {}",
                path.value, path.line
            );
            self.contradict(line, "curl path", text, message);
            origin(text)
        });
        self.sent_query(query, line);
        Some(array(Located::new(server, line)))
    }

    /// The names in the query of the sample request must be those of parameters.
    fn sent_query(&mut self, query: &str, line: usize) {
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or(pair).trim_end_matches("[]");
            let is_it = |listed: &str| listed.trim_end_matches("[]") == name;
            let is_listed = self.has_parameter("query", is_it)
                || self.authorizations.iter().any(|field| is_it(&field.name.value));
            if !is_listed {
                let message =
                    format!("the URL has the query parameter `{name}`, which no section lists");
                self.contradict(line, Part::QueryParameter.named(name), Json::Null, message);
            }
        }
    }

    /// The headers of the sample request must be documented, and the other way round.
    pub(super) fn sent_headers(&mut self) {
        let Some(curl) = &self.heading.curl else { return };
        let usual = ["authorization", "content-type", "accept", "cookie", "user-agent"];
        let mut wrong = Vec::new();
        for Located { value: (name, _), line } in &curl.headers {
            let is_it = |listed: &str| listed.eq_ignore_ascii_case(name);
            let is_known = usual.iter().any(|usual| is_it(usual))
                || self.authorizations.iter().any(|field| is_it(&field.name.value))
                || self.has_parameter("header", is_it);
            if !is_known {
                let message =
                    format!("the curl command sends the header `{name}`, which no section lists");
                wrong.push((*line, name.clone(), message));
            }
        }
        for one in &self.parameters {
            let text = |key: &str| one.get(key).and_then(Node::as_str).unwrap_or_default();
            let name = text("name");
            let is_required = text("in") == "header" && one.get("required").is_some();
            if is_required && curl.header(name).is_none() {
                let message = format!(
                    "the header `{name}` is required, and the curl command does not send it"
                );
                wrong.push((one.position.line, name.to_owned(), message));
            }
        }
        for (line, name, message) in wrong {
            self.contradict(line, Part::HeaderParameter.named(name), Json::Null, message);
        }
    }

    /// The request body of a page that has no section for it.
    pub(super) fn sent_body(&mut self) {
        let sample = self.heading.curl.as_ref().and_then(|curl| curl.body.as_ref());
        let Some(line) = sample.map(Sample::line) else { return };
        let lack = self.lack(Kind::Body, "Body");
        self.note(line, format!("{lack}; names and types are those of the curl command's body"));
        self.request_body(Content { line, ..Content::default() });
    }

    /// The media type of the body. The curl command must say what the section says.
    pub(super) fn sent_type(
        &mut self,
        stated: Option<Located<String>>,
        sample: &Sample,
    ) -> Option<Located<String>> {
        let Some(curl) = &self.heading.curl else { return stated };
        let sent = curl.header("content-type");
        let sent = sent.map(|header| Located::new(essence(header.value).to_owned(), header.line));
        let is_untyped = curl.is_untyped;
        let is = |a: &str, b: &str| essence(a).eq_ignore_ascii_case(b);
        match (&stated, &sent) {
            // Without the header, curl says that the data is a form.
            (Some(stated), None)
                if is_untyped && !is(&stated.value, "application/x-www-form-urlencoded") =>
            {
                let message =
                    "the curl command sends data without a `Content-Type`, which makes it a form";
                self.contradict(sample.line(), "curl media type", Json::Null, message.to_owned());
            }
            (Some(Located { value: stated, line }), Some(sent)) if !is(stated, &sent.value) => {
                let message =
                    format!("the curl command sends {}, and line {line} says {stated}", sent.value);
                self.contradict(sent.line, "curl media type", sent.value.as_str(), message);
            }
            _ => {}
        }
        stated.or(sent)
    }

    /// Sets the `security` of the operation, where the page says something of it; gives the schemes
    /// that it names.
    pub(super) fn security(&mut self) -> Node {
        let fields = std::mem::take(&mut self.authorizations);
        let is_empty = self.empty.contains(&Kind::Authorizations);
        let line = fields.first().map_or(self.heading.method.line, |field| field.name.line);
        let mut schemes = Node::object(at(line));
        if fields.is_empty() && (is_empty || self.heading.curl.is_none()) {
            if !is_empty {
                let message = "the page has neither a section `Authorizations` nor a curl command: \
                               it does not say how a request is authenticated";
                self.note(line, message);
            }
            leave_unstated(&mut self.operation, "security");
            return schemes;
        }
        let mut found: Vec<Node> = fields.iter().map(|field| self.scheme(field)).collect();
        if let (true, Some(scheme)) = (found.is_empty(), self.scheme_of_curl()) {
            let message = "the page has no section `Authorizations`; the authentication is that of \
                           the curl command";
            self.note(scheme.position.line, message);
            found.push(scheme);
        }
        let mut requirement = Node::object(at(line));
        for scheme in found {
            let kind = scheme.get("scheme").or(scheme.get("type")).and_then(Node::as_str);
            let name = match (kind, schemes.entries().len()) {
                (Some("apiKey") | None, 0) => "apiKey".to_owned(),
                (Some("apiKey") | None, count) => format!("apiKey{count}"),
                (Some(kind), _) => format!("{kind}Auth"),
            };
            requirement.set(&name, Node::array(scheme.position, Vec::new()));
            schemes.set(&name, scheme);
        }
        let mut requirements = Vec::new();
        if !requirement.entries().is_empty() {
            requirements.push(requirement);
            let is_optional =
                !fields.is_empty() && fields.iter().all(|field| field.required.is_none());
            requirements.extend(is_optional.then(|| Node::object(at(line))));
        }
        self.authorizations = fields;
        self.operation.set("security", Node::array(at(line), requirements));
        schemes
    }

    fn scheme(&mut self, field: &Field) -> Node {
        let Located { value: name, line } = &field.name;
        let place = field.location.as_ref().map_or("header", |location| location.value);
        if field.schema.get("type").and_then(Node::as_str) != Some("string") {
            let Located { value: kind, line } = &field.kind;
            let message = format!(
                "`{name}` is part of the authentication, which is text, and its type is `{kind}`"
            );
            self.contradict(*line, "security", kind.as_str(), message);
        }
        let curl = self.heading.curl.as_ref();
        let is_authorization = place == "header" && name.eq_ignore_ascii_case("authorization");
        if let Some(curl) = curl.filter(|_| place == "header" && field.required.is_some())
            && curl.header(name).is_none()
            && !(curl.user.is_some() && is_authorization)
        {
            let message =
                format!("the curl command does not send the header `{name}`, which is required");
            self.contradict(curl.line(), "curl security", Json::Null, message);
        }
        let words = field.schema.get("description");
        let said = words.filter(|_| is_authorization).and_then(|words| {
            let lower = words.as_str().unwrap_or_default().to_ascii_lowercase();
            said_scheme(&lower, *line)
        });
        let sent = self.scheme_of_curl().filter(|_| is_authorization);
        if let (Some(said), Some(sent)) = (&said, &sent) {
            let [said, key] = [said, sent].map(security::key);
            if said != key && (said.as_str(), key.as_str()) != ("oauth2", "http bearer") {
                let line = words.map_or(*line, |words| words.position.line);
                let message = format!(
                    "the curl command authenticates by {key}, and line {line} describes {said}"
                );
                self.contradict(sent.position.line, "curl security", key, message);
            }
        }
        let mut scheme = said.or(sent).unwrap_or_else(|| api_key(*line, place, name));
        words.into_iter().for_each(|words| scheme.set("description", words.clone()));
        scheme
    }

    fn scheme_of_curl(&self) -> Option<Node> {
        let curl = self.heading.curl.as_ref()?;
        if let Some(line) = curl.user {
            return Some(http(line, "basic"));
        }
        let header = curl.header("authorization")?;
        let word = header.value.split_whitespace().next()?.to_ascii_lowercase();
        Some(match word.as_str() {
            "basic" | "bearer" | "digest" => http(header.line, &word),
            _ => api_key(header.line, "header", "Authorization"),
        })
    }
}

fn api_key(line: usize, place: &str, name: &str) -> Node {
    let (place, name) = (string(line, place), string(line, name));
    object(line, [("type", string(line, "apiKey")), ("in", place), ("name", name)])
}

fn http(line: usize, scheme: &str) -> Node {
    object(line, [("type", string(line, "http")), ("scheme", string(line, scheme))])
}

/// The scheme that a description, in small letters, speaks of.
fn said_scheme(words: &str, line: usize) -> Option<Node> {
    if words.contains("oauth") {
        let mut scheme = object(line, [("type", string(line, "oauth2"))]);
        leave_unstated(&mut scheme, "flows");
        return Some(scheme);
    }
    let named = |words: &str| {
        let mut words = words.split(|c: char| !c.is_ascii_alphanumeric());
        let found = words.find(|word| matches!(*word, "basic" | "bearer" | "digest"))?;
        Some(http(line, found))
    };
    // The form of the value says more than the name of the method.
    let form = words.split_once("of the form").map_or(words, |(_, form)| form);
    named(form).or_else(|| named(words))
}

/// What stands before the path in a URL; `None` if the URL does not end with the path.
fn server_of(url: &str, path: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, url_path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let segments: Vec<&str> = url_path.split('/').collect();
    let template: Vec<&str> = path.split('/').collect();
    // The first segment of a path is the nothing before its first slash.
    let base = segments.len().checked_sub(template.len())?;
    let fits = template.iter().zip(&segments[base..]).enumerate().all(|(index, (want, have))| {
        // In the place of a parameter stands its name, or any value.
        let is_value = want.contains('{') && !have.is_empty() && !have.contains('{');
        index == 0 || want == have || is_value
    });
    let prefix = segments[..=base].join("/");
    fits.then(|| format!("{scheme}://{host}{prefix}"))
}

fn origin(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    url[..end].to_owned()
}
