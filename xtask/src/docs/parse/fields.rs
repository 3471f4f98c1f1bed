//! The blocks of a section: a name, a type, markers, and what is said of the field.

use serde_json::{Number, Value};

use super::super::page::{Field, Limit, Located, Primitive, Shape, Type};
use super::super::tree::Tree;
use super::json::{self, Failure};
use super::text::Text;
use super::{Problem, types};

/// A field as it is written: its name still has those of its parents, and its children follow it.
pub(super) struct Block {
    pub(super) field: Field,
    /// The line that shows or hides the fields of the object.
    pub(super) children: Option<Located<Children>>,
    /// Words that belong to no fact: the description and what follows the last fact, line by line.
    pub(super) words: Vec<Located<String>>,
}

/// What the control for the fields of an object says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Children {
    /// `Show child attributes`: they are folded away when nothing that is theirs follows.
    Show,
    /// `Hide child attributes`: they follow.
    Hide,
}

/// Whether a field begins on the line at `index`.
pub(super) fn begins(text: &Text, index: usize, end: usize) -> bool {
    let line = text.line(index);
    if is_name(line) {
        return index + 1 < end.min(text.len()) && type_line(text.line(index + 1)).is_some();
    }
    one_line(line).is_some()
}

/// Whether `line` is a type, with or without markers.
pub(super) fn is_type_line(line: &str) -> bool {
    type_line(line).is_some()
}

pub(super) fn is_name(line: &str) -> bool {
    let first = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '{' | '[');
    let inner = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | '-' | '.' | '$' | '@' | '[' | ']' | '{' | '}' | ':')
    };
    line.starts_with(first) && line.chars().all(inner) && !line.ends_with([':', '.'])
}

/// `limit integer required`: name, type and at least one marker on one line.
fn one_line(line: &str) -> Option<(&str, Type, &str)> {
    let (name, rest) = line.split_once(char::is_whitespace)?;
    if !is_name(name) {
        return None;
    }
    let (kind, markers) = type_line(rest)?;
    (!markers.is_empty()).then_some((name, kind, markers))
}

/// The type and the markers of a line that has nothing else.
fn type_line(line: &str) -> Option<(Type, &str)> {
    let (kind, rest) = types::parse_prefix(line)?;
    let rest = rest.trim();
    (rest.is_empty() || markers(rest).is_some()).then_some((kind, rest))
}

/// A mark at a field's type.
enum Marker<'a> {
    Required,
    Optional,
    Deprecated,
    ReadOnly,
    WriteOnly,
    Nullable,
    Location(&'a str),
    Default(&'a str),
}

/// The markers of a line that has nothing else.
fn markers(line: &str) -> Option<Vec<Marker<'_>>> {
    let mut found = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        if let Some(value) = rest.strip_prefix("default:") {
            found.push(Marker::Default(value.trim()));
            break;
        }
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        found.push(match word {
            "required" => Marker::Required,
            "optional" => Marker::Optional,
            "deprecated" => Marker::Deprecated,
            "read-only" | "readOnly" => Marker::ReadOnly,
            "write-only" | "writeOnly" => Marker::WriteOnly,
            "nullable" => Marker::Nullable,
            "path" | "query" | "header" | "cookie" | "body" => Marker::Location(word),
            _ => return None,
        });
        rest = after.trim_start();
    }
    (!found.is_empty()).then_some(found)
}

/// What a labelled fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Options,
    Example,
    Examples,
    Range,
    Length(Measure),
    Pattern,
    MultipleOf,
    Default,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    String(Bound),
    Array(Bound),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Least,
    Most,
    Both,
}

const LABELS: [(&str, Label); 15] = [
    ("Available options:", Label::Options),
    ("Allowed values:", Label::Options),
    ("Allowed value:", Label::Options),
    ("Example:", Label::Example),
    ("Examples:", Label::Examples),
    ("Required range:", Label::Range),
    ("Required string length:", Label::Length(Measure::String(Bound::Both))),
    ("Minimum string length:", Label::Length(Measure::String(Bound::Least))),
    ("Maximum string length:", Label::Length(Measure::String(Bound::Most))),
    ("Required array length:", Label::Length(Measure::Array(Bound::Both))),
    ("Minimum array length:", Label::Length(Measure::Array(Bound::Least))),
    ("Maximum array length:", Label::Length(Measure::Array(Bound::Most))),
    ("Pattern:", Label::Pattern),
    ("Must be a multiple of:", Label::MultipleOf),
    ("Default:", Label::Default),
];

fn label(line: &str) -> Option<(Label, &'static str, &str)> {
    LABELS.iter().find_map(|(text, label)| {
        line.strip_prefix(text).map(|value| (*label, *text, value.trim()))
    })
}

fn children(line: &str) -> Option<Children> {
    match line.to_ascii_lowercase().as_str() {
        "show child attributes" => Some(Children::Show),
        "hide child attributes" => Some(Children::Hide),
        _ => None,
    }
}

/// Whether a line can only belong to a block.
pub(super) fn is_fact(line: &str) -> bool {
    label(line).is_some() || children(line).is_some()
}

/// Reads blocks, and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text,
    pub(super) problems: &'a mut Vec<Problem>,
    /// The line on which the page breaks off.
    pub(super) truncated: &'a mut Option<usize>,
}

impl Reader<'_> {
    /// The blocks from the line at `index`, where the first begins, up to `end` or a line that
    /// `stops`. Gives the index after the last.
    pub(super) fn blocks(
        &mut self,
        mut index: usize,
        end: usize,
        stops: impl Fn(usize) -> bool,
    ) -> (Vec<Block>, usize) {
        let mut blocks = Vec::new();
        while index < end && begins(self.text, index, end) && !stops(index) {
            let (block, next) = self.block(index, end, &stops);
            blocks.push(block);
            index = next;
        }
        (blocks, index)
    }

    fn block(
        &mut self,
        index: usize,
        end: usize,
        stops: &impl Fn(usize) -> bool,
    ) -> (Block, usize) {
        let (mut block, mut next) = self.head(index, end);
        // Whether the words that come are still the description.
        let mut described = false;
        let mut blank = true;
        while next < end && !begins(self.text, next, end) && !stops(next) {
            let line = self.text.line(next);
            if line.is_empty() {
                blank = true;
                next += 1;
                continue;
            }
            if let Some(kind) = children(line) {
                block.children.get_or_insert(Located::new(kind, next + 1));
                described = true;
                next += 1;
            } else if let Some((label, name, value)) = label(line) {
                next = self.fact(&mut block.field, label, name, value, next, end);
                described = true;
            } else {
                if !described {
                    let separator = if blank { "\n\n" } else { "\n" };
                    describe(&mut block.field.description, line, next + 1, separator);
                }
                block.words.push(Located::new(line.to_owned(), next + 1));
                next += 1;
            }
            blank = false;
        }
        (block, next)
    }

    /// The name, the type and the markers.
    fn head(&mut self, index: usize, end: usize) -> (Block, usize) {
        let first = self.text.line(index);
        let (name, kind, on_type_line, kind_at) = match one_line(first) {
            Some((name, kind, markers)) if !is_name(first) => (name, kind, markers, index),
            _ => {
                let second = self.text.line(index + 1);
                let (kind, markers) = type_line(second).unwrap_or((Type::OBJECT, ""));
                (first, kind, markers, index + 1)
            }
        };
        let mut field = Field {
            name: Located::new(name.to_owned(), index + 1),
            kind: Located::new(kind, kind_at + 1),
            required: None,
            deprecated: None,
            read_only: None,
            write_only: None,
            location: None,
            default: None,
            description: None,
            options: None,
            limits: Vec::new(),
            examples: Vec::new(),
            children: Vec::new(),
            collapsed: None,
        };
        for marker in markers(on_type_line).unwrap_or_default() {
            mark(&mut field, &marker, kind_at + 1);
        }
        let mut next = kind_at + 1;
        while next < end && !begins(self.text, next, end) {
            let Some(found) = markers(self.text.line(next)) else { break };
            for marker in found {
                mark(&mut field, &marker, next + 1);
            }
            next += 1;
        }
        (Block { field, children: None, words: Vec::new() }, next)
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
        let at = if value.is_empty() {
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
        let value = if value.is_empty() { self.text.line(at) } else { value };
        match label {
            Label::Options => self.options(field, value, at, end),
            Label::Example => {
                let (example, next) = self.example(field, value, at, end);
                field.examples.extend(example);
                next
            }
            Label::Examples => {
                let mut next = at;
                let mut value = value;
                loop {
                    let (example, after) = self.example(field, value, next, end);
                    field.examples.extend(example);
                    next = after;
                    value = self.text.line(next);
                    let is_value = value.starts_with(['"', '{', '[', '-'])
                        || value.starts_with(|c: char| c.is_ascii_digit());
                    if next >= end || !is_value || begins(self.text, next, end) {
                        return next;
                    }
                }
            }
            Label::Default => {
                field.default = Some(Located::new(literal(value, &field.kind.value), at + 1));
                at + 1
            }
            Label::Range | Label::Length(_) | Label::Pattern | Label::MultipleOf => {
                match limits(label, value) {
                    Some(limits) => field
                        .limits
                        .extend(limits.into_iter().map(|limit| Located::new(limit, at + 1))),
                    None => self.problems.push(Problem::new(
                        at + 1,
                        format!("`{value}` cannot be read as the value of `{name}`"),
                        match label {
                            Label::Range => "a range such as `1 <= x <= 100` or `x >= 1`",
                            _ => "a number, or two such as `1 - 50`",
                        },
                    )),
                }
                at + 1
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

    fn options(&mut self, field: &mut Field, first: &str, at: usize, end: usize) -> usize {
        let mut options = Vec::new();
        let mut line = first;
        let mut next = at + 1;
        let kind = innermost_enum(&field.kind.value);
        loop {
            let more = line.ends_with(',');
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            options.extend(words.map(|word| literal(word.trim_matches('`'), &kind).to_value()));
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
                    self.missing(
                        "Available options:",
                        next - 1,
                        found.is_some() || end < self.text.len(),
                    );
                    break;
                }
            }
        }
        field.options = Some(Located::new(options, at + 1));
        next
    }

    fn example(
        &mut self,
        field: &Field,
        value: &str,
        at: usize,
        end: usize,
    ) -> (Option<Located<Tree>>, usize) {
        let at_end = self.text.next_word(at + 1, self.text.len()).is_none();
        if value.starts_with(['{', '[']) {
            let rest = self.text.after_line(at);
            let skipped = rest.find(value).unwrap_or(0);
            return match json::prefix(&rest[skipped..], at + 1) {
                Ok((tree, length)) => {
                    let lines = rest[..skipped + length].matches('\n').count();
                    (Some(Located::new(tree, at + 1)), at + lines + 1)
                }
                Err(Failure::Truncated(_)) => {
                    self.truncated.get_or_insert(at + 1);
                    (None, end)
                }
                Err(Failure::Invalid(problem)) => {
                    self.problems.push(problem);
                    (None, at + 1)
                }
            };
        }
        let is_open = value.starts_with('"') && serde_json::from_str::<Value>(value).is_err();
        if is_open && at_end {
            self.truncated.get_or_insert(at + 1);
            return (None, at + 1);
        }
        (Some(Located::new(literal(value, &field.kind.value), at + 1)), at + 1)
    }
}

fn describe(description: &mut Option<Located<String>>, line: &str, number: usize, separator: &str) {
    match description {
        Some(text) => {
            text.value.push_str(separator);
            text.value.push_str(line);
        }
        None => *description = Some(Located::new(line.to_owned(), number)),
    }
}

fn mark(field: &mut Field, marker: &Marker<'_>, line: usize) {
    match marker {
        Marker::Required => field.required = Some(line),
        Marker::Optional => {}
        Marker::Deprecated => field.deprecated = Some(line),
        Marker::ReadOnly => field.read_only = Some(line),
        Marker::WriteOnly => field.write_only = Some(line),
        Marker::Nullable => field.kind.value.nullable = true,
        Marker::Location(place) => field.location = Some(Located::new((*place).to_owned(), line)),
        Marker::Default(value) => {
            field.default = Some(Located::new(literal(value, &field.kind.value), line));
        }
    }
}

/// The type of the options of a field: that of its innermost items.
fn innermost_enum(kind: &Type) -> Type {
    let mut inner = kind.innermost().unwrap_or(&Type::OBJECT).clone();
    inner.nullable |= kind.nullable;
    inner
}

/// The value that a word stands for at a field of this type: a page writes strings with quotes and
/// without.
fn literal(word: &str, kind: &Type) -> Tree {
    let parsed =
        serde_json::from_str::<Tree>(word).ok().filter(|tree| tree.depth() <= json::MAX_DEPTH);
    let is_text =
        matches!(kind.shape, Shape::Plain(Primitive::String, _) | Shape::Enum(Primitive::String));
    match parsed {
        Some(Tree::Scalar(Value::Null)) if kind.nullable => Tree::Scalar(Value::Null),
        Some(tree) if !is_text || tree.as_str().is_some() => tree,
        _ => word.into(),
    }
}

fn limits(label: Label, value: &str) -> Option<Vec<Limit>> {
    let value = value.trim_matches('`');
    match label {
        Label::Range => range(value),
        Label::Length(measure) => lengths(measure, value),
        Label::Pattern => Some(vec![Limit::Pattern(value.to_owned())]),
        Label::MultipleOf => Some(vec![Limit::MultipleOf(number(value)?)]),
        _ => None,
    }
}

/// `1 <= x <= 100`, `x > 0`.
fn range(value: &str) -> Option<Vec<Limit>> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let x = words.iter().position(|word| word.eq_ignore_ascii_case("x"))?;
    let (before, after) = (&words[..x], &words[x + 1..]);
    let mut limits = Vec::new();
    match before {
        [] => {}
        [bound, operator] => limits.push(limit(number(bound)?, mirror(operator)?)),
        _ => return None,
    }
    match after {
        [] => {}
        [operator, bound] => limits.push(limit(number(bound)?, operation(operator)?)),
        _ => return None,
    }
    (!limits.is_empty()).then_some(limits)
}

/// Whether a bound is the least, and whether it is excluded.
type Operation = (bool, bool);

fn operation(operator: &str) -> Option<Operation> {
    Some(match operator {
        ">=" | "≥" => (true, false),
        ">" => (true, true),
        "<=" | "≤" => (false, false),
        "<" => (false, true),
        _ => return None,
    })
}

/// The operation when the bound stands on the left.
fn mirror(operator: &str) -> Option<Operation> {
    operation(operator).map(|(least, excluded)| (!least, excluded))
}

fn limit(bound: Number, (least, excluded): Operation) -> Limit {
    if least { Limit::Minimum(bound, excluded) } else { Limit::Maximum(bound, excluded) }
}

fn number(word: &str) -> Option<Number> {
    match serde_json::from_str(word).ok()? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// `1 - 50`, `1 - 50 characters`, `x >= 1`, `5`.
fn lengths(measure: Measure, value: &str) -> Option<Vec<Limit>> {
    let (bound, is_array) = match measure {
        Measure::String(bound) => (bound, false),
        Measure::Array(bound) => (bound, true),
    };
    let least = |n| if is_array { Limit::MinItems(n) } else { Limit::MinLength(n) };
    let most = |n| if is_array { Limit::MaxItems(n) } else { Limit::MaxLength(n) };
    let value = ["characters", "elements", "items"]
        .iter()
        .find_map(|unit| value.strip_suffix(unit))
        .unwrap_or(value)
        .trim();
    if let Some(limits) = range(value) {
        let whole = |limit| match limit {
            Limit::Minimum(n, excluded) => Some(least(n.as_u64()? + u64::from(excluded))),
            Limit::Maximum(n, excluded) => {
                Some(most(n.as_u64()?.checked_sub(u64::from(excluded))?))
            }
            _ => None,
        };
        return limits.into_iter().map(whole).collect();
    }
    let numbers: Vec<u64> = value
        .split(['-', '\u{2013}'])
        .map(|word| word.trim().parse().ok())
        .collect::<Option<_>>()?;
    Some(match (bound, numbers.as_slice()) {
        (Bound::Least, [n]) => vec![least(*n)],
        (Bound::Most, [n]) => vec![most(*n)],
        (Bound::Both, [low, high]) => vec![least(*low), most(*high)],
        (Bound::Both, [n]) => vec![least(*n), most(*n)],
        _ => return None,
    })
}
