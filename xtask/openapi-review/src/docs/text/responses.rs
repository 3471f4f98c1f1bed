//! The responses of an operation: those that the page lists, with the samples that belong to them.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{Located, at, leave_unstated, text as string};
use super::bodies::{Content, Response, is_bodiless};
use super::curl::Sample;
use super::operation::Builder;
use super::sections::Kind;

impl Builder<'_> {
    pub(super) fn responses(&mut self) -> Node {
        let line = self.heading.method.line;
        let mut shown = std::mem::take(&mut self.heading.shown.responses);
        let Some(listed) = self.said.responses.take() else {
            return self.shown_responses(shown);
        };
        let mut responses = Node::object(at(line));
        let mut is_first = true;
        for response in listed {
            let takes = is_first && response.is_success();
            is_first &= !response.is_success();
            // The sample under the status, or else the first under none, for the first success.
            let code = response.code();
            let is_under = |own: &Option<Located<String>>| {
                own.as_ref().is_some_and(|own| Some(own.value.as_str()) == code)
            };
            let says_nothing = code.is_none() && !response.content.has_body();
            let fits = |own: &Option<Located<String>>| match (own, code) {
                (None, _) => takes && !says_nothing,
                (Some(own), None) => takes && (!says_nothing || own.value.starts_with('2')),
                _ => false,
            };
            let index = shown.iter().position(|(own, _)| is_under(own));
            let index = index.or_else(|| shown.iter().position(|(own, _)| fits(own)));
            if let (true, None) = (says_nothing, index) {
                self.unknown_samples(&mut shown);
            }
            let sample = index.map(|index| shown.remove(index).1);
            let code = code.unwrap_or("200").to_owned();
            let one = self.response(response, sample.as_ref());
            responses.set(&code, one);
        }
        for (status, sample) in &shown {
            let (line, fact, message) = match status {
                None => (
                    sample.line(),
                    "response sample".into(),
                    "there is a sample that belongs to none of the listed responses".to_owned(),
                ),
                Some(status) if responses.get(&status.value).is_none() => (
                    status.line,
                    Part::Response.named(&status.value),
                    format!(
                        "there is a sample of the status {}, which the section `Response` does not \
                         list",
                        status.value
                    ),
                ),
                Some(_) => continue,
            };
            self.contradict(line, fact, Json::Null, message);
        }
        responses
    }

    pub(super) fn lack(&self, kind: Kind, heading: &str) -> String {
        match self.said.empty.contains(&kind) {
            true => format!("the section `{heading}` lists nothing"),
            false => format!("the page has no section `{heading}`"),
        }
    }

    /// The responses of a page that has no section for them.
    fn shown_responses(&mut self, shown: Vec<(Option<Located<String>>, Sample)>) -> Node {
        let line = shown.first().map_or(self.heading.method.line, |one| one.1.line());
        let mut responses = Node::object(at(line));
        leave_unstated(&mut responses, "*");
        let is_success = |status: &Option<Located<String>>| {
            status.as_ref().is_none_or(|status| status.value.starts_with('2'))
        };
        let Some((status, sample)) = shown.into_iter().find(|(status, _)| is_success(status))
        else {
            let lack = self.lack(Kind::Response, "Response");
            self.reader.note(line, format!("{lack}: it does not describe the response"));
            return responses;
        };
        let lack = self.lack(Kind::Response, "Response");
        let message = format!(
            "{lack}; names and types are those of the sample, and the status is taken to be that of \
             a success"
        );
        self.reader.note(line, message);
        let content = Content { line, ..Content::default() };
        let response = Response { status, content };
        let code = response.code().unwrap_or("200").to_owned();
        let one = self.response(response, Some(&sample));
        responses.set(&code, one);
        responses
    }

    /// Samples on a page whose section of responses lists nothing and states no status.
    fn unknown_samples(&mut self, shown: &mut Vec<(Option<Located<String>>, Sample)>) {
        for (_, sample) in shown.extract_if(.., |(own, _)| own.is_none()) {
            let message = "the section `Response` states no status and lists no fields: the page \
                           does not say what this is the response to, and it is left out";
            self.reader.note(sample.line(), message);
        }
    }

    fn response(&mut self, mut response: Response, sample: Option<&Sample>) -> Node {
        self.reader.nest(&mut response.content, sample.map(|sample| &sample.node));
        let content = &response.content;
        let line = response.status.as_ref().map_or(content.line, |status| status.line);
        let code = response.status.as_ref().map_or("200", |status| &status.value);
        let pointer = format!("{}/responses/{code}", self.pointer);
        let mut one = Node::object(at(line));
        if response.status.is_none() {
            let message = "the page states no status; it is taken to be that of a success";
            self.reader.note(line, message);
            leave_unstated(&mut one, "status");
            if !content.has_body() {
                leave_unstated(&mut one, "content");
            }
        }
        one.set("description", content.description.clone().unwrap_or_else(|| string(line, "")));
        if content.has_body() || sample.is_some() {
            let media_type = content.media_type.clone();
            one.set("content", self.content(content, media_type, sample, &pointer));
        } else if content.is_bare() && !is_bodiless(code) {
            let message =
                format!("the page lists the status {code} and does not show its response");
            self.reader.note(line, message);
            leave_unstated(&mut one, "content");
        }
        one
    }
}
