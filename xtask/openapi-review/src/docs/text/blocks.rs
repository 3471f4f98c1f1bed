//! The blocks of a section: a name, a type, markers, and what is said of the field.

use cx_client_build::Node;
use serde_json::Value;

use super::super::page::{Located, Problem, at, object, unknown, yes};
use super::fields::{
    Field, begins, control, describe, described_marks, finish, is_fact, is_identifier, is_name,
    is_type_line, keep_example, literal, markers, one_line, set_limit, set_options, type_line,
};
use super::json::{self, Failure};
use super::labels::{self, Label};
use super::{Reader, sections, types};

impl Reader<'_> {
    /// The fields from the line at `index`, where the first begins, up to `end` or a line that
    /// `stops`, one after another. Gives the index after the last.
    pub(super) fn fields(
        &mut self,
        mut index: usize,
        end: usize,
        stops: impl Fn(usize) -> bool,
    ) -> (Vec<Field>, usize) {
        let mut fields = Vec::new();
        while index < end && !stops(index) {
            let is_alone = !fields.is_empty() && self.is_alone(index, end);
            if !is_alone && !begins(self.text, index, end) {
                break;
            }
            let (field, next) = self.field(index, end, &stops);
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
        let ends = after >= end || text.line(after).is_empty() || begins(text, after, end);
        let is_below = index > 0 && !text.line(index - 1).is_empty();
        let is_named = |at: usize| text.line(at) == word && begins(text, at, text.len());
        is_identifier(word)
            && ends
            && is_below
            && !is_type_line(word)
            && (text.has_key(word) || (0..text.len()).any(is_named))
    }

    fn field(
        &mut self,
        index: usize,
        end: usize,
        stops: &impl Fn(usize) -> bool,
    ) -> (Field, usize) {
        let (mut field, mut next) = self.head(index, end);
        let head = next;
        // Whether the words that come are still the description.
        let mut described = false;
        let mut blank = field.schema.get("description").is_none();
        while next < end && !begins(self.text, next, end) && !stops(next) {
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
            if sections::is_unknown_title(line) && self.is_before_field(next, end) {
                self.unknown_title(&field, next);
            }
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
                    describe(&mut field.schema, line, next, if blank { "\n\n" } else { "\n" });
                    field.last_line = next;
                }
                field.words.push(Located::new(line.to_owned(), next));
            }
            blank = false;
        }
        finish(&mut field);
        (field, next)
    }

    fn is_before_field(&self, index: usize, end: usize) -> bool {
        let next = self.text.next_word(index + 1, end);
        next.is_some_and(|next| begins(self.text, next, end))
    }

    /// A line that can be the heading of a section, or else the description of the field before it.
    fn unknown_title(&mut self, field: &Field, index: usize) {
        let line = self.text.line(index);
        if field.schema.get("description").is_none() && field.last_line <= field.kind.line {
            let name = &field.name.value;
            let message = format!("`{line}` is read as the description of `{name}`");
            return self.note(index + 1, message);
        }
        let message = format!("the section `{line}` is none that can be read");
        self.problems.push(Problem::new(index + 1, message, sections::AS_MARKDOWN));
    }

    /// The name, the type and the markers.
    fn head(&mut self, index: usize, end: usize) -> (Field, usize) {
        let first = self.text.line(index);
        let is_typed = index + 1 < end && is_type_line(self.text.line(index + 1));
        let (name, kind, on_type_line, kind_at) = match one_line(first) {
            Some((name, kind, markers)) if !is_name(first) => (name, kind, markers, index),
            _ if !is_typed => (first, "", "", index),
            _ => {
                let (kind, markers) =
                    type_line(self.text.line(index + 1)).unwrap_or(("object", ""));
                (first, kind, markers, index + 1)
            }
        };
        let schema = match kind {
            "" => unknown(kind_at + 1),
            kind => types::parse(kind, kind_at + 1).unwrap_or_else(|| object(kind_at + 1, [])),
        };
        if kind.is_empty() {
            self.note(index + 1, format!("the page gives no type of `{name}`"));
        }
        let kind = Located::new(kind.to_owned(), kind_at + 1);
        let mut field = Field::new(Located::new(name.to_owned(), index + 1), kind, schema);
        field.schema.position = at(index + 1);
        let mut next = self.marks(&mut field, on_type_line, kind_at, end);
        while next < end && !begins(self.text, next, end) {
            let line = self.text.line(next);
            if let Some((marks, words)) = described_marks(line) {
                next = self.marks(&mut field, marks, next, end);
                describe(&mut field.schema, words, next, "");
                field.last_line = next;
                break;
            }
            if markers(line).is_none() {
                break;
            }
            next = self.marks(&mut field, line, next, end);
        }
        (field, next)
    }

    /// Reads the markers of the line at `index`; gives the index of the line after them.
    fn marks(&mut self, field: &mut Field, line: &str, index: usize, end: usize) -> usize {
        let number = index + 1;
        for (marker, value) in markers(line).unwrap_or_default() {
            match marker {
                "required" => field.required = Some(number),
                "optional" => {}
                "deprecated" | "nullable" => field.schema.set(marker, yes(number)),
                "read-only" | "readOnly" => field.schema.set("readOnly", yes(number)),
                "write-only" | "writeOnly" => field.schema.set("writeOnly", yes(number)),
                "default" if value.is_empty() && self.is_value(number, end) => {
                    let value = self.text.line(number);
                    field.schema.set("default", literal(value, &field.schema, number + 1));
                    return number + 1;
                }
                "default" => field.schema.set("default", literal(value, &field.schema, number)),
                place => field.location = Some(Located::new(place.to_owned(), number)),
            }
        }
        number
    }

    /// Whether the line at `index` can be the value of what stands before it.
    fn is_value(&self, index: usize, end: usize) -> bool {
        let line = self.text.line(index);
        index < end
            && !line.is_empty()
            && !begins(self.text, index, end)
            && !is_fact(line)
            && markers(line).is_none()
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
        let place = if value.is_empty() {
            match self.text.next_word(index + 1, end) {
                Some(at) if !begins(self.text, at, end) && !is_fact(self.text.line(at)) => at,
                found => {
                    self.missing(name, index, found.is_some() || end < self.text.len());
                    return index + 1;
                }
            }
        } else {
            index
        };
        let value = if value.is_empty() { self.text.line(place) } else { value };
        field.last_line = place + 1;
        match label {
            Label::Options => self.options(field, value, place, end),
            Label::Example => {
                let (example, next) = self.example(field, value, place, end);
                keep_example(field, example);
                next
            }
            Label::Examples => self.examples(field, value, place, end),
            Label::Default => {
                field.schema.set("default", literal(value, &field.schema, place + 1));
                place + 1
            }
            Label::Range | Label::Length(..) | Label::Pattern | Label::MultipleOf => {
                self.limit(field, label, name, value, place);
                place + 1
            }
        }
    }

    fn limit(&mut self, field: &mut Field, label: Label, name: &str, value: &str, place: usize) {
        let Some(limits) = labels::limits(label, value) else {
            self.problems.push(Problem::new(
                place + 1,
                format!("`{value}` cannot be read as the value of `{name}`"),
                match label {
                    Label::Range => "a range such as `1 <= x <= 100` or `x >= 1`",
                    _ => "a number, or two such as `1 - 50`",
                },
            ));
            return;
        };
        for (keyword, value) in limits {
            let kinds = labels::limited_types(keyword);
            if !set_limit(&mut field.schema, kinds, keyword, &value, place + 1) {
                let message = format!(
                    "the limit of `{}` is one for {}, and its type is `{}`",
                    field.name.value,
                    kinds.join(" or "),
                    field.kind.value
                );
                field.faults.push(Located::new((keyword, message), place + 1));
            }
        }
    }

    /// A label without a value: the page breaks off here, or cannot be understood.
    fn missing(&mut self, name: &str, index: usize, more: bool) {
        if more {
            self.problems.push(Problem::new(
                index + 1,
                format!("`{name}` is not followed by a value"),
                "the value on the same line or on the next",
            ));
        } else {
            self.truncated.get_or_insert(index + 1);
        }
    }

    fn options(&mut self, field: &mut Field, first: &str, place: usize, end: usize) -> usize {
        let mut options = Vec::new();
        let mut line = first;
        let mut next = place + 1;
        let mut kind = types::innermost(&field.schema).clone();
        if field.schema.get("nullable").is_some() {
            kind.set("nullable", yes(place + 1));
        }
        loop {
            let more = line.ends_with(',');
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            options.extend(words.map(|word| literal(word.trim_matches('`'), &kind, next)));
            if !more {
                break;
            }
            match self.text.next_word(next, end) {
                Some(following)
                    if !begins(self.text, following, end)
                        && !is_fact(self.text.line(following)) =>
                {
                    line = self.text.line(following);
                    next = following + 1;
                }
                found => {
                    let more = found.is_some() || end < self.text.len();
                    self.missing("Available options:", next - 1, more);
                    break;
                }
            }
        }
        set_options(field, &options, place + 1);
        field.last_line = next;
        next
    }

    fn examples(&mut self, field: &mut Field, first: &str, place: usize, end: usize) -> usize {
        let mut value = first;
        let mut next = place;
        loop {
            let (example, after) = self.example(field, value, next, end);
            keep_example(field, example);
            next = after;
            value = self.text.line(next);
            let is_value = value.starts_with(['"', '{', '[', '-'])
                || value.starts_with(|c: char| c.is_ascii_digit());
            if next >= end || !is_value || begins(self.text, next, end) {
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
