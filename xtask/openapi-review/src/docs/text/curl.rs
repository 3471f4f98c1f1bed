//! The curl command of a page.

use std::iter::Peekable;
use std::str::Chars;

use cx_client_build::Node;

use super::super::page::{Located, Problem, at, object, text as string};
use super::json;
use super::lines::Lines;

/// The sample request.
pub(super) struct Curl {
    /// The method that the command would use, in small letters.
    pub(super) method: Located<String>,
    /// Whether the command names its method, rather than leaving it to curl's rules.
    pub(super) names_method: bool,
    /// The URL, as it is written.
    pub(super) url: Option<Located<String>>,
    /// The headers, in order: name and value.
    pub(super) headers: Vec<Located<(String, String)>>,
    /// The line of `--user`, which stands for HTTP Basic authentication.
    pub(super) user: Option<usize>,
    /// The body.
    pub(super) body: Option<Sample>,
    /// Whether the body has no media type.
    pub(super) is_untyped: bool,
}

impl Curl {
    /// The value of a header, whose name is compared without regard to case.
    pub(super) fn header(&self, name: &str) -> Option<Located<&str>> {
        let header = self.headers.iter().find(|one| one.value.0.eq_ignore_ascii_case(name))?;
        Some(Located::new(header.value.1.as_str(), header.line))
    }

    /// The line of the URL, or else of the command.
    pub(super) fn line(&self) -> usize {
        self.url.as_ref().map_or(self.method.line, |url| url.line)
    }
}

/// A sample of a body.
pub(super) struct Sample {
    /// The body; a string where it is not JSON.
    pub(super) node: Node,
    /// Whether the body is JSON or a form, so that it can be compared with a schema.
    pub(super) structured: bool,
}

impl Sample {
    pub(super) fn line(&self) -> usize {
        self.node.position.line
    }
}

/// Reads the command whose first word is `curl` on the line at `index`.
///
/// Gives the command, and the index of the first line after it.
pub(super) fn parse(text: &Lines, index: usize) -> Result<(Curl, usize), Problem> {
    let (words, next) = words(text, index)?;
    let mut reader = Reader { words: words.into_iter().skip(1), found: Found::default() };
    reader.read();
    Ok((reader.found.into_curl(index + 1)?, next))
}

type Word = Located<String>;

/// Splits the command into words as a POSIX shell does (quotes, backslashes), up to the end of its
/// last line.
fn words(text: &Lines, index: usize) -> Result<(Vec<Word>, usize), Problem> {
    let mut words: Vec<Word> = Vec::new();
    let mut current: Option<Word> = None;
    let mut line = index;
    let mut chars = text.after_line(index).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => {
                line += 1;
                words.extend(current.take());
                if !continues(text, line) {
                    return Ok((words, line));
                }
            }
            '\\' => match chars.next() {
                // Spaces after the backslash are a trace of copying.
                Some(' ' | '\t') if rest_is_blank(chars.clone()) => {
                    while chars.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
                    line += usize::from(chars.next().is_some());
                    words.extend(current.take());
                }
                Some('\n') => {
                    line += 1;
                    words.extend(current.take());
                }
                Some(c) => push(&mut current, c, line),
                None => {}
            },
            '\'' | '"' => {
                let word = current.get_or_insert_with(|| Word::new(String::new(), line + 1));
                quoted(c, &mut chars, &mut word.value, &mut line)?;
            }
            c if c.is_whitespace() => words.extend(current.take()),
            c => push(&mut current, c, line),
        }
    }
    words.extend(current);
    Ok((words, text.len()))
}

/// Reads up to the quote that closes what `quote` opened.
fn quoted(
    quote: char,
    chars: &mut Peekable<Chars<'_>>,
    word: &mut String,
    line: &mut usize,
) -> Result<(), Problem> {
    let opened = *line;
    loop {
        match chars.next() {
            Some(end) if end == quote => return Ok(()),
            Some('\\') if quote == '"' => match chars.next() {
                Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                Some('\n') => *line += 1,
                Some(other) => word.extend(['\\', other]),
                None => {}
            },
            Some(inner) => {
                *line += usize::from(inner == '\n');
                word.push(inner);
            }
            None => {
                return Err(Problem::new(
                    opened + 1,
                    format!("the quote {quote} that opens here is never closed"),
                    "the whole curl command, with a closing quote after the body",
                ));
            }
        }
    }
}

fn push(current: &mut Option<Word>, c: char, line: usize) {
    current.get_or_insert_with(|| Word::new(String::new(), line + 1)).value.push(c);
}

fn rest_is_blank(mut chars: impl Iterator<Item = char>) -> bool {
    chars.find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| c == '\n')
}

/// A line that begins with an option belongs to the command even if the backslash before it is
/// lost.
fn continues(text: &Lines, index: usize) -> bool {
    let line = text.line(index);
    line.starts_with("--") || (line.starts_with('-') && line[1..].starts_with(char::is_alphabetic))
}

struct Reader<W> {
    words: W,
    found: Found,
}

#[derive(Default)]
struct Found {
    method: Option<Word>,
    url: Option<Word>,
    headers: Vec<Located<(String, String)>>,
    user: Option<usize>,
    data: Vec<(Word, bool)>,
    form: Vec<Word>,
    get: bool,
    head: Option<usize>,
    json: Option<usize>,
}

impl<W: Iterator<Item = Word>> Reader<W> {
    fn read(&mut self) {
        while let Some(word) = self.words.next() {
            let line = word.line;
            if let Some(option) = word.value.strip_prefix("--") {
                let (name, value) = match option.split_once('=') {
                    Some((name, value)) => (name, Some(Word::new(value.to_owned(), line))),
                    None => (option, None),
                };
                self.option(name, value, line);
            } else if let Some(short) = word.value.strip_prefix('-') {
                self.short(short, line);
            } else if self.found.url.is_none() {
                self.found.url = Some(word);
            }
        }
    }

    /// Short options, of which several may share a dash, the last with its value: `-sXPOST`.
    fn short(&mut self, letters: &str, line: usize) {
        let mut rest = letters;
        while let Some(letter) = rest.chars().next() {
            rest = &rest[letter.len_utf8()..];
            let name = match letter {
                'X' => "request",
                'H' => "header",
                'd' => "data",
                'F' => "form",
                'u' => "user",
                'A' => "user-agent",
                'b' => "cookie",
                'o' => "output",
                'm' => "max-time",
                'G' => {
                    self.found.get = true;
                    continue;
                }
                'I' => {
                    self.found.head = Some(line);
                    continue;
                }
                _ => continue,
            };
            let value = (!rest.is_empty()).then(|| Word::new(rest.to_owned(), line));
            self.option(name, value, line);
            return;
        }
    }

    fn option(&mut self, name: &str, value: Option<Word>, line: usize) {
        match name {
            "get" => self.found.get = true,
            "head" => self.found.head = Some(line),
            "request" | "url" | "header" | "data" | "data-raw" | "data-binary" | "data-ascii"
            | "data-urlencode" | "json" | "form" | "form-string" | "user" | "user-agent"
            | "cookie" | "output" | "max-time" | "connect-timeout" | "cacert" | "cert"
            | "retry" => {
                if let Some(value) = value.or_else(|| self.words.next()) {
                    self.valued(name, value);
                }
            }
            _ => {}
        }
    }

    fn valued(&mut self, name: &str, value: Word) {
        let found = &mut self.found;
        match name {
            "request" => found.method = Some(value),
            "url" => found.url = Some(value),
            "header" => {
                if let Some((name, content)) = value.value.split_once(':') {
                    let header = (name.trim().to_owned(), content.trim().to_owned());
                    found.headers.push(Located::new(header, value.line));
                }
            }
            "user" => found.user = Some(value.line),
            "json" => {
                found.json = Some(value.line);
                found.data.push((value, false));
            }
            "data-urlencode" => found.data.push((value, true)),
            "form" | "form-string" => found.form.push(value),
            name if name.starts_with("data") => found.data.push((value, false)),
            _ => {}
        }
    }
}

impl Found {
    fn into_curl(self, line: usize) -> Result<Curl, Problem> {
        let has_body = !self.data.is_empty() || !self.form.is_empty();
        let names_method = self.method.is_some();
        let method = self.method.unwrap_or_else(|| {
            let default = match (self.head.is_some(), has_body && !self.get) {
                (true, _) => "HEAD",
                (false, true) => "POST",
                (false, false) => "GET",
            };
            Word::new(default.to_owned(), line)
        });
        let mut curl = Curl {
            method: Located::new(method.value.to_ascii_lowercase(), method.line),
            names_method,
            url: self.url,
            headers: self.headers,
            user: self.user,
            body: None,
            is_untyped: false,
        };
        if let (Some(line), None) = (self.json, curl.header("content-type")) {
            let header = ("Content-Type".to_owned(), "application/json".to_owned());
            curl.headers.push(Located::new(header, line));
        }
        if !self.get {
            curl.body = body(&curl, &self.data, &self.form)?;
            curl.is_untyped = !self.data.is_empty() && curl.header("content-type").is_none();
        }
        Ok(curl)
    }
}

fn body(curl: &Curl, data: &[(Word, bool)], form: &[Word]) -> Result<Option<Sample>, Problem> {
    let Some(line) = data.first().map(|(word, _)| word.line).or(form.first().map(|f| f.line))
    else {
        return Ok(None);
    };
    let sample = |node, structured| Ok(Some(Sample { node, structured }));
    if data.is_empty() {
        let fields = form.iter().filter_map(|word| word.value.split_once('='));
        return sample(form_node(line, fields.map(|(k, v)| (k.to_owned(), v.to_owned()))), true);
    }
    let text = data.iter().map(|(word, _)| word.value.as_str()).collect::<Vec<_>>().join("&");
    let media_type = curl.header("content-type").map(|header| header.value.to_ascii_lowercase());
    let is = |part: &str| media_type.as_ref().is_some_and(|name| name.contains(part));
    let begins_json = text.trim_start().starts_with(['{', '[']);
    if is("json") || (!is("x-www-form-urlencoded") && begins_json) {
        return sample(json::whole(&text, line)?, true);
    }
    if is("x-www-form-urlencoded") || data.iter().any(|(_, encoded)| *encoded) {
        let fields = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        return sample(form_node(line, fields.map(|(k, v)| (decode(k), decode(v)))), true);
    }
    sample(string(line, &text), false)
}

fn form_node(line: usize, fields: impl Iterator<Item = (String, String)>) -> Node {
    let mut node = object(line, []);
    for (key, value) in fields {
        node.set(&key, Node::text(at(line), value));
    }
    node
}

/// Undoes the encoding of a form (`application/x-www-form-urlencoded`).
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |at: usize| hex_digit(rest.clone().nth(at));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest.nth(1);
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_digit(byte: Option<u8>) -> Option<u8> {
    u8::try_from(char::from(byte?).to_digit(16)?).ok()
}
