//! The blocks of a section: a field's name, type and marks, and what is said of it.

use cx_client_build::{Node, Value as NodeValue};
use serde_json::Value;

use super::super::page::{Located, at, object, text as string, unknown, yes};
use super::fields::{Field, Head, control, head, is_fact, is_identifier};
use super::json::{self, Failure};
use super::labels::{self, Label};
use super::marks::{Mark, described_marks, is_type_line, marks};
use super::reader::Reader;
use super::{sections, types};

impl Reader<'_> {
    /// Whether a field begins on the line at `index`.
    pub(super) fn begins(&self, index: usize, end: usize) -> bool {
        head(self.text, index, end).is_some()
    }

    /// The fields from the line at `index` on, where the first begins, one after another. Gives the
    /// index after the last.
    pub(super) fn fields(&mut self, mut index: usize, end: usize) -> (Vec<Field>, usize) {
        let mut fields = Vec::new();
        while index < end && !self.stops(index) {
            let is_alone = !fields.is_empty() && self.is_alone(index, end);
            if !is_alone && !self.begins(index, end) {
                break;
            }
            let (field, next) = self.field(index, end);
            fields.push(field);
            index = next;
        }
        (fields, index)
    }

    /// Whether the line at `index`, right below the head of a field, is the name of another one that
    /// the page says nothing of, rather than a description: a word that is a name elsewhere.
    fn is_alone(&self, index: usize, end: usize) -> bool {
        let (text, word) = (self.text, self.text.line(index));
        let after = index + 1;
        let ends = after >= end || text.line(after).is_empty() || self.begins(after, end);
        let is_below = (index.saturating_sub(2)..index)
            .any(|at| text.below(at) == index && !text.line(at).is_empty());
        let is_named = |at: usize| text.line(at) == word && self.begins(at, text.len());
        is_identifier(word)
            && ends
            && is_below
            && !is_type_line(word)
            && (text.has_key(word) || (0..text.len()).any(is_named))
    }

    fn field(&mut self, index: usize, end: usize) -> (Field, usize) {
        let (mut field, mut next) = self.head(index, end);
        let head = next;
        // Whether the words that come are still the description.
        let mut described = false;
        let mut blank = field.schema.get("description").is_none();
        while next < end && !self.begins(next, end) && !self.stops(next) {
            let line = self.text.line(next);
            if next == head && is_identifier(line) {
                if self.is_alone(next, end) {
                    break;
                }
                let message = format!(
                    "`{line}` is read as the description of `{}`; if it is a field, the page gives \
                     no type of it",
                    field.name.value
                );
                self.note(next + 1, message);
            }
            self.foreign(&field, next, end);
            next += 1;
            if line.is_empty() {
                blank = true;
                continue;
            }
            if let Some(kind) = control(line) {
                field.control.get_or_insert(Located::new(kind, next));
                described = true;
            } else if let Some((label, name, value)) = labels::label(line) {
                next = self.fact(&mut field, label, name, value, next - 1, end);
                described = true;
            } else {
                if !described {
                    field.describe(line, next, if blank { "\n\n" } else { "\n" });
                }
                field.words.push(next);
            }
            blank = false;
        }
        field.finish(&mut self.contradictions);
        (field, next)
    }

    /// Refuses a line of a block that can be the heading of a section, and a status where there are
    /// none: the heading before it is lost.
    fn foreign(&mut self, field: &Field, index: usize, end: usize) {
        let line = self.text.line(index);
        if !self.in_responses && line != "default" && sections::status(line).is_some() {
            let message = format!("the status `{line}` stands in no section `Response`");
            self.refuse(index, message, "the heading `Response` before it");
        }
        let is_before_field = || {
            let next = self.text.next_word(index + 1, end);
            next.is_some_and(|next| self.begins(next, end))
        };
        if !sections::is_unknown_title(line) || !is_before_field() {
            return;
        }
        if field.schema.get("description").is_none() && field.last_line <= field.kind.line {
            let name = &field.name.value;
            let message = format!("`{line}` is read as the description of `{name}`");
            return self.note(index + 1, message);
        }
        let message = format!("the section `{line}` is none that can be read");
        self.refuse(index, message, sections::AS_MARKDOWN);
    }

    /// The name, the type and the marks.
    fn head(&mut self, index: usize, end: usize) -> (Field, usize) {
        let text = self.text;
        let untyped = || Head::untyped(text.line(index), index);
        let Head { name, kind, kind_at, marks: own } =
            head(text, index, end).unwrap_or_else(untyped);
        if kind.is_empty() {
            self.note(index + 1, format!("the page gives no type of `{name}`"));
        }
        let schema = match kind {
            "" => unknown(kind_at + 1),
            kind => types::parse(kind, kind_at + 1).unwrap_or_else(|| object(kind_at + 1, [])),
        };
        let kind = Located::new(kind.to_owned(), kind_at + 1);
        let mut field = Field::new(Located::new(name.to_owned(), index + 1), kind, schema);
        field.schema.position = at(index + 1);
        let mut next = self.mark(&mut field, own, kind_at, end);
        while next < end && !self.begins(next, end) {
            let line = text.line(next);
            if let Some((all, words)) = described_marks(line) {
                next = self.mark(&mut field, all, next, end);
                field.describe(words, next, "");
                break;
            }
            let Some(all) = marks(line) else { break };
            next = self.mark(&mut field, all, next, end);
        }
        (field, next)
    }

    /// Keeps the marks of the line at `index`; gives the index of the line after them.
    fn mark(&mut self, field: &mut Field, marks: Vec<Mark<'_>>, index: usize, end: usize) -> usize {
        let (number, below) = (index + 1, self.text.below(index));
        for mark in marks {
            match mark {
                Mark::Required => field.required = Some(number),
                Mark::Optional => {}
                Mark::Flag(keyword) => field.schema.set(keyword, yes(number)),
                Mark::Location(place) => field.location = Some(Located::new(place, number)),
                Mark::Default("") if self.is_value(below, end) => {
                    let value = self.text.line(below);
                    field.schema.set("default", literal(value, &field.schema, below + 1));
                    return self.text.below(below);
                }
                Mark::Default(value) => {
                    field.schema.set("default", literal(value, &field.schema, number));
                }
            }
        }
        below
    }

    /// Whether the line at `index` can be the value of what stands before it.
    fn is_value(&self, index: usize, end: usize) -> bool {
        let line = self.text.line(index);
        index < end
            && !line.is_empty()
            && !self.begins(index, end)
            && !is_fact(line)
            && marks(line).is_none()
    }

    /// The index of the line with the value of the label on the line before `index`. Without one,
    /// the page breaks off here, or cannot be understood.
    fn value(&mut self, name: &str, index: usize, end: usize) -> Option<usize> {
        let found = self.text.next_word(index, end);
        let value = found.filter(|at| !self.begins(*at, end) && !is_fact(self.text.line(*at)));
        if value.is_none() {
            if found.is_some() || end < self.text.len() {
                let message = format!("`{name}` is not followed by a value");
                self.refuse(index - 1, message, "the value on the same line or on the next");
            } else {
                self.truncated.get_or_insert(index);
            }
        }
        value
    }

    /// Reads the value of a labelled fact; gives the index of the line after it.
    fn fact(
        &mut self,
        field: &mut Field,
        label: Label,
        name: &str,
        value: &str,
        index: usize,
        end: usize,
    ) -> usize {
        let text = self.text;
        let (place, value) = match value.is_empty() {
            true => match self.value(name, index + 1, end) {
                Some(place) => (place, text.line(place)),
                None => return index + 1,
            },
            false => (index, value),
        };
        field.last_line = place + 1;
        match label {
            Label::Options => return self.options(field, value, place, end),
            Label::Example | Label::Examples => {
                let is_many = label == Label::Examples;
                return self.examples(field, value, place, end, is_many);
            }
            Label::Default => {
                field.schema.set("default", literal(value, &field.schema, place + 1));
            }
            Label::Range | Label::Length(..) | Label::Pattern | Label::MultipleOf => {
                self.limit(field, label, name, value, place);
            }
        }
        place + 1
    }

    fn limit(&mut self, field: &mut Field, label: Label, name: &str, value: &str, place: usize) {
        let Some(limits) = labels::limits(label, value) else {
            let message = format!("`{value}` cannot be read as the value of `{name}`");
            let expected = match label {
                Label::Range => "a range such as `1 <= x <= 100` or `x >= 1`",
                _ => "a number, or two such as `1 - 50`",
            };
            return self.refuse(place, message, expected);
        };
        for (keyword, value) in limits {
            let kinds = labels::limited_types(keyword);
            if !set_limit(&mut field.schema, kinds, keyword, &value, place + 1) {
                let (name, kind) = (&field.name.value, &field.kind.value);
                let kinds = kinds.join(" or ");
                let message =
                    format!("the limit of `{name}` is one for {kinds}, and its type is `{kind}`");
                let schema = &mut field.schema;
                self.contradictions.note(schema, place + 1, keyword, Value::Null, message);
            }
        }
    }

    fn options(&mut self, field: &mut Field, first: &str, place: usize, end: usize) -> usize {
        let text = self.text;
        let mut options = Vec::new();
        let mut line = first;
        let mut next = place + 1;
        let mut kind = types::innermost(&field.schema).clone();
        if field.schema.get("nullable").is_some() {
            kind.set("nullable", yes(place + 1));
        }
        loop {
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            options.extend(words.map(|word| literal(word.trim_matches('`'), &kind, next)));
            if !line.ends_with(',') {
                break;
            }
            let Some(at) = self.value("Available options:", next, end) else { break };
            (line, next) = (text.line(at), at + 1);
        }
        field.set_options(&options, place + 1, &mut self.contradictions);
        field.last_line = next;
        next
    }

    /// Reads an example, or several in a list; gives the index of the line after them.
    fn examples(
        &mut self,
        field: &mut Field,
        first: &str,
        place: usize,
        end: usize,
        is_many: bool,
    ) -> usize {
        let text = self.text;
        let (mut value, mut next) = (first, place);
        loop {
            let (example, after) = self.example(field, value, next, end);
            field.keep_example(example);
            next = after;
            value = text.line(next);
            let is_value = value.starts_with(|c: char| c.is_ascii_digit() || "\"{[-".contains(c));
            if !is_many || next >= end || !is_value || self.begins(next, end) {
                return next;
            }
        }
    }

    fn example(
        &mut self,
        field: &Field,
        value: &str,
        place: usize,
        end: usize,
    ) -> (Option<Node>, usize) {
        let at_end = self.text.next_word(place + 1, self.text.len()).is_none();
        if value.starts_with(['{', '[']) {
            let rest = self.text.after_line(place);
            let skipped = rest.find(value).unwrap_or(0);
            return match json::prefix(&rest[skipped..], place + 1) {
                Ok((node, length)) => {
                    let lines = rest[..skipped + length].matches('\n').count();
                    (Some(node), place + lines + 1)
                }
                Err(Failure::Truncated(_)) => {
                    self.truncated.get_or_insert(place + 1);
                    (None, end)
                }
                Err(Failure::Invalid(problem)) => {
                    self.problems.push(problem);
                    (None, place + 1)
                }
            };
        }
        let is_open = value.starts_with('"') && serde_json::from_str::<Value>(value).is_err();
        if is_open && at_end {
            self.truncated.get_or_insert(place + 1);
            return (None, place + 1);
        }
        (Some(literal(value, &field.schema, place + 1)), place + 1)
    }
}

/// Sets a limit where the schema, or what its items are, has one of the types that it limits.
fn set_limit(schema: &mut Node, kinds: &[&str], keyword: &str, value: &Value, line: usize) -> bool {
    let fits = schema.get("type").and_then(Node::as_str).is_none_or(|kind| kinds.contains(&kind));
    if fits {
        schema.set(keyword, Node::from_json(at(line), value));
        return true;
    }
    schema.get_mut("items").is_some_and(|items| set_limit(items, kinds, keyword, value, line))
}

/// The value that a word stands for at a field of this schema: a page writes strings with quotes
/// and without.
pub(super) fn literal(word: &str, schema: &Node, line: usize) -> Node {
    let is_text = schema.get("type").and_then(Node::as_str) == Some("string");
    let nullable = schema.get("nullable").is_some();
    match json::whole(word, line) {
        Ok(node) if node.value == NodeValue::Null && nullable => node,
        Ok(node) if !is_text || node.as_str().is_some() => node,
        _ => string(line, word),
    }
}
