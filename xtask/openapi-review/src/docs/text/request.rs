//! What the curl command of a page says, and where it says something else than the sections.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::{FactName, Part};
use super::super::page::{Located, at, leave_unstated, object, text as string};
use super::bodies::Content;
use super::curl::{Curl, Sample};
use super::fields::Field;
use super::operation::Builder;
use super::sections::Kind;

impl Builder<'_> {
    pub(super) fn contradict(
        &mut self,
        line: usize,
        fact: impl Into<FactName>,
        said: impl Into<Json>,
        message: String,
    ) {
        let pointer = self.pointer.clone();
        self.reader.contradict(line, &pointer, fact, said, message);
    }

    /// The server that the curl command calls; `None` where the page names none.
    pub(super) fn servers(&mut self) -> Option<Node> {
        let (method, path) = (self.heading.method.clone(), self.heading.path.clone());
        let Some(curl) = &self.heading.shown.curl else {
            if let Some(origin) = &self.heading.origin {
                let server = object(origin.line, [("url", string(origin.line, &origin.value))]);
                return Some(Node::array(at(origin.line), vec![server]));
            }
            let message = "the page has no curl command: it does not say which server it means";
            self.reader.note(method.line, message);
            return None;
        };
        let (sent, names_method, url) = (curl.method.clone(), curl.names_method, curl.url.clone());
        if sent.value != method.value {
            let does = if names_method { "uses" } else { "names no method and would use" };
            let [used, said] = [&sent, &method].map(|one| one.value.to_uppercase());
            let message =
                format!("the curl command {does} {used}, and line {} says {said}", method.line);
            self.contradict(sent.line, "curl method", sent.value.as_str(), message);
        }
        let Some(url) = url else {
            let message = "the curl command has no URL: the server is not known";
            self.reader.note(sent.line, message);
            return None;
        };
        let text = url.value.split(['?', '#']).next().unwrap_or_default();
        let server = server_of(text, &path.value).unwrap_or_else(|| {
            let message = format!(
                "the curl command calls {text}, which does not end with the path {} of line {}",
                path.value, path.line
            );
            self.contradict(url.line, "curl path", text, message);
            origin(text)
        });
        self.query_of_url(&url);
        let server = object(url.line, [("url", string(url.line, &server))]);
        Some(Node::array(at(url.line), vec![server]))
    }

    /// The names in the query of the sample request must be those of parameters.
    fn query_of_url(&mut self, url: &Located<String>) {
        let Some((_, query)) = url.value.split_once('?') else { return };
        let query = query.split('#').next().unwrap_or(query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or(pair).trim_end_matches("[]");
            let listed = |field: &Field| field.name.value.trim_end_matches("[]") == name;
            let mut parameters = self.said.parameters.iter();
            let is_parameter = parameters.any(|(place, field)| *place == "query" && listed(field));
            if !is_parameter && !self.said.authorizations.iter().any(listed) {
                let message =
                    format!("the URL has the query parameter `{name}`, which no section lists");
                self.contradict(url.line, Part::QueryParameter.named(name), Json::Null, message);
            }
        }
    }

    /// The headers of the sample request must be documented, and the other way round.
    pub(super) fn sent_headers(&mut self) {
        let Some(curl) = &self.heading.shown.curl else { return };
        let named = |field: &Field, name: &str| field.name.value.eq_ignore_ascii_case(name);
        let headers = || self.said.parameters.iter().filter(|(place, _)| *place == "header");
        let usual = ["authorization", "content-type", "accept", "cookie", "user-agent"];
        let unlisted = curl.headers.iter().filter_map(|header| {
            let name = header.value.0.as_str();
            let known = usual.iter().any(|usual| name.eq_ignore_ascii_case(usual))
                || self.said.authorizations.iter().any(|field| named(field, name))
                || headers().any(|(_, field)| named(field, name));
            let message =
                format!("the curl command sends the header `{name}`, which no section lists");
            (!known).then(|| (header.line, name.to_owned(), message))
        });
        let unsent = headers().filter_map(|(_, field)| {
            let Located { value: name, line } = &field.name;
            let message =
                format!("the header `{name}` is required, and the curl command does not send it",);
            (field.required.is_some() && curl.header(name).is_none())
                .then(|| (*line, name.clone(), message))
        });
        for (line, name, message) in unlisted.chain(unsent).collect::<Vec<_>>() {
            self.contradict(line, Part::HeaderParameter.named(name), Json::Null, message);
        }
    }

    /// The curl command must send the body that the page describes, and say what it is. Gives the
    /// media type.
    pub(super) fn sent_body(
        &mut self,
        content: &Content,
        sample: Option<&Sample>,
    ) -> Option<Located<String>> {
        let stated = content.media_type.clone();
        let Some(curl) = &self.heading.shown.curl else { return stated };
        let line = curl.line();
        let sent = curl.header("content-type").map(|header| {
            let essence = header.value.split(';').next().unwrap_or_default().trim();
            Located::new(essence.to_owned(), header.line)
        });
        let is_untyped = curl.is_untyped;
        let is_required = content.fields.iter().any(|field| field.required.is_some());
        match (sample, &stated, &sent) {
            (None, ..) if is_required => {
                let message = format!(
                    "the curl command sends no body, and the one of line {} has required fields",
                    content.line
                );
                self.contradict(line, "curl body", Json::Null, message);
            }
            // Without the header, curl says that the data is a form.
            (Some(sample), Some(_), None) if is_untyped => {
                let message =
                    "the curl command sends data without a `Content-Type`, which makes it a form";
                self.contradict(sample.line(), "curl media type", Json::Null, message.to_owned());
            }
            (Some(_), Some(stated), Some(sent))
                if !stated.value.eq_ignore_ascii_case(&sent.value) =>
            {
                let message = format!(
                    "the curl command sends {}, and line {} says {}",
                    sent.value, stated.line, stated.value
                );
                self.contradict(sent.line, "curl media type", sent.value.as_str(), message);
            }
            _ => {}
        }
        stated.or(sent)
    }

    /// The `security` of the operation, where the page says something of it, and the schemes that
    /// it names.
    pub(super) fn security(&mut self) -> (Option<Node>, Node) {
        let fields = std::mem::take(&mut self.said.authorizations);
        let is_empty = self.said.empty.contains(&Kind::Authorizations);
        if fields.is_empty() && (is_empty || self.heading.shown.curl.is_none()) {
            let line = self.heading.method.line;
            if !is_empty {
                self.reader.note(
                    line,
                    "the page has neither a section `Authorizations` nor a curl command: it does \
                     not say how a request is authenticated",
                );
            }
            return (None, Node::object(at(line)));
        }
        let line = fields.first().map_or(self.heading.method.line, |field| field.name.line);
        let optional = !fields.is_empty() && fields.iter().all(|field| field.required.is_none());
        let mut found: Vec<Node> = Vec::new();
        for field in &fields {
            let mut scheme = self.scheme(field);
            if let Some(words) = field.schema.get("description") {
                scheme.set("description", words.clone());
            }
            found.push(scheme);
        }
        if let (true, Some(scheme)) =
            (fields.is_empty(), self.heading.shown.curl.as_ref().and_then(scheme_of_curl))
        {
            self.reader.note(
                scheme.position.line,
                "the page has no section `Authorizations`; the authentication is that of the curl \
                 command",
            );
            found.push(scheme);
        }
        self.said.authorizations = fields;
        let mut schemes = Node::object(at(line));
        let mut requirement = Node::object(at(line));
        for scheme in found {
            let kind = scheme.get("scheme").or(scheme.get("type")).and_then(Node::as_str);
            let name = match kind {
                Some("apiKey") | None => {
                    format!("apiKey{}", schemes.entries().len()).replace("apiKey0", "apiKey")
                }
                Some(kind) => format!("{kind}Auth"),
            };
            requirement.set(&name, Node::array(scheme.position, Vec::new()));
            schemes.set(&name, scheme);
        }
        let mut requirements = Vec::new();
        if !requirement.entries().is_empty() {
            requirements.push(requirement);
            requirements.extend(optional.then(|| Node::object(at(line))));
        }
        (Some(Node::array(at(line), requirements)), schemes)
    }

    fn scheme(&mut self, field: &Field) -> Node {
        let name = field.name.value.as_str();
        let line = field.name.line;
        let place = field.location.as_ref().map_or("header", |location| location.value.as_str());
        if field.schema.get("type").and_then(Node::as_str) != Some("string") {
            let message = format!(
                "`{name}` is part of the authentication, which is text, and its type is `{}`",
                field.kind.value
            );
            self.contradict(field.kind.line, "security", field.kind.value.as_str(), message);
        }
        let curl = self.heading.shown.curl.as_ref();
        let is_authorization = place == "header" && name.eq_ignore_ascii_case("authorization");
        if let Some(curl) = curl.filter(|_| place == "header" && field.required.is_some())
            && curl.header(name).is_none()
            && !(curl.user.is_some() && is_authorization)
        {
            let message =
                format!("the curl command does not send the header `{name}`, which is required");
            self.contradict(curl.line(), "curl security", Json::Null, message);
        }
        if !is_authorization {
            return api_key(line, place, name);
        }
        let words = field.schema.get("description");
        let said = words.and_then(|words| {
            let lower = words.as_str().unwrap_or_default().to_ascii_lowercase();
            said_scheme(&lower, line)
        });
        let sent = self.heading.shown.curl.as_ref().and_then(scheme_of_curl);
        if let (Some(said), Some(sent)) = (&said, &sent) {
            let name = |node: &Node| super::super::security::key(node);
            let carried = name(said) == "oauth2" && name(sent) == "http bearer";
            if name(said) != name(sent) && !carried {
                let message = format!(
                    "the curl command authenticates by {}, and line {} describes {}",
                    name(sent),
                    words.map_or(line, |words| words.position.line),
                    name(said),
                );
                self.contradict(sent.position.line, "curl security", name(sent), message);
            }
        }
        said.or(sent).unwrap_or_else(|| api_key(line, "header", name))
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

fn scheme_of_curl(curl: &Curl) -> Option<Node> {
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
