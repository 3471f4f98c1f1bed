//! The responses of an operation: those that the page lists, with the samples that belong to them.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{at, leave_unstated, text as string};
use super::bodies::{Content, is_bodiless};
use super::curl::Sample;
use super::heading::Shown;
use super::reader::Reader;
use super::sections::Kind;

impl Reader<'_> {
    /// The responses that the page lists.
    pub(super) fn documented(&mut self, listed: Vec<Content>) {
        let mut shown = std::mem::take(&mut self.heading.shown);
        let mut responses = Node::object(at(self.heading.method.line));
        let mut is_first = true;
        for mut response in listed {
            let takes = is_first && response.is_success();
            is_first &= !response.is_success();
            // The sample under the status, or else the first under none, for the first success.
            let code = response.code().map(str::to_owned);
            let says_nothing = code.is_none() && !response.has_body();
            let is_under = |one: &Shown| code.is_some() && one.code() == code.as_deref();
            let fits = |one: &Shown| match (one.code(), &code) {
                (None, _) => !says_nothing,
                (Some(own), None) => !says_nothing || own.starts_with('2'),
                _ => false,
            };
            let own = response.sample.take();
            let index = shown.iter().position(is_under).filter(|_| own.is_none());
            let takes = takes && own.is_none();
            let index = index.or_else(|| shown.iter().position(|one| takes && fits(one)));
            if says_nothing && index.is_none() {
                for one in shown.extract_if(.., |one| one.status.is_none()) {
                    let message = "the section `Response` states no status and lists no fields: \
                                   the page does not say what this is the response to, and it is \
                                   left out";
                    self.note(one.sample.line(), message);
                }
            }
            let sample = own.or(index.map(|index| shown.remove(index).sample));
            let one = self.response(response, sample.as_ref());
            responses.set(code.as_deref().unwrap_or("200"), one);
        }
        for Shown { status, sample } in &shown {
            let (line, fact, message) = match status {
                None => {
                    let message = "there is a sample that belongs to none of the listed responses";
                    (sample.line(), "response sample".into(), message.to_owned())
                }
                Some(status) if responses.get(&status.value).is_none() => {
                    let code = &status.value;
                    let message = format!(
                        "there is a sample of the status {code}, which the section `Response` does \
                         not list"
                    );
                    (status.line, Part::Response.named(code), message)
                }
                Some(_) => continue,
            };
            self.contradict(line, fact, Json::Null, message);
        }
        self.operation.set("responses", responses);
    }

    /// What the page lacks.
    pub(super) fn lack(&self, kind: Kind, heading: &str) -> String {
        match self.empty.contains(&kind) {
            true => format!("the section `{heading}` lists nothing"),
            false => format!("the page has no section `{heading}`"),
        }
    }

    /// The responses of a page that has no section for them.
    pub(super) fn shown(&mut self) {
        let shown = std::mem::take(&mut self.heading.shown);
        let line = shown.first().map_or(self.heading.method.line, |one| one.sample.line());
        let mut responses = Node::object(at(line));
        leave_unstated(&mut responses, "*");
        let lack = self.lack(Kind::Response, "Response");
        let is_success = |one: &Shown| one.code().is_none_or(|code| code.starts_with('2'));
        if let Some(Shown { status, sample }) = shown.into_iter().find(is_success) {
            let message = format!(
                "{lack}; names and types are those of the sample, and the status is taken to be \
                 that of a success"
            );
            self.note(line, message);
            let response = Content { line, status, ..Content::default() };
            let code = response.code().unwrap_or("200").to_owned();
            let one = self.response(response, Some(&sample));
            responses.set(&code, one);
        } else {
            self.note(line, format!("{lack}: it does not describe the response"));
        }
        self.operation.set("responses", responses);
    }

    fn response(&mut self, mut content: Content, sample: Option<&Sample>) -> Node {
        let status = content.status.take();
        let line = status.as_ref().map_or(content.line, |status| status.line);
        let code = status.as_ref().map_or("200", |status| &status.value);
        let mut one = Node::object(at(line));
        if status.is_none() {
            let message = "the page states no status; it is taken to be that of a success";
            self.note(line, message);
            leave_unstated(&mut one, "status");
            if !content.has_body() {
                leave_unstated(&mut one, "content");
            }
        }
        let is_bare = content.is_bare();
        one.set("description", content.description.take().unwrap_or_else(|| string(line, "")));
        if content.has_body() || sample.is_some() {
            let body = self.body(content, sample);
            one.set("content", body);
        } else if is_bare && !is_bodiless(code) {
            let message =
                format!("the page lists the status {code} and does not show its response");
            self.note(line, message);
            leave_unstated(&mut one, "content");
        }
        one
    }
}
