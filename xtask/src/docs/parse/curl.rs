//! The curl command of a page.

use super::super::page::{Curl, Located, Sample};
use super::super::tree::Tree;
use super::text::Text;
use super::{Problem, json};

/// Reads the command whose first word is `curl` on the line at `index`.
///
/// Gives the command, and the index of the first line after it.
pub(super) fn parse(text: &Text, index: usize) -> Result<(Curl, usize), Problem> {
    let (words, next) = words(text, index)?;
    let mut reader = Reader { words: words.into_iter().skip(1), found: Found::default() };
    reader.read();
    Ok((reader.found.into_curl(index + 1)?, next))
}

type Word = Located<String>;

/// Splits the command into words as a POSIX shell does (quotes, backslashes), up to the end of its
/// last line.
fn words(text: &Text, index: usize) -> Result<(Vec<Word>, usize), Problem> {
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
                let opened = line;
                let word = current.get_or_insert_with(|| Word::new(String::new(), line + 1));
                loop {
                    match chars.next() {
                        Some(end) if end == c => break,
                        Some('\\') if c == '"' => match chars.next() {
                            Some(escaped @ ('"' | '\\' | '$' | '`')) => word.value.push(escaped),
                            Some('\n') => line += 1,
                            Some(other) => word.value.extend(['\\', other]),
                            None => {}
                        },
                        Some(inner) => {
                            line += usize::from(inner == '\n');
                            word.value.push(inner);
                        }
                        None => {
                            return Err(Problem::new(
                                opened + 1,
                                format!("the quote {c} that opens here is never closed"),
                                "the whole curl command, with a closing quote after the body",
                            ));
                        }
                    }
                }
            }
            c if c.is_whitespace() => words.extend(current.take()),
            c => push(&mut current, c, line),
        }
    }
    words.extend(current);
    Ok((words, text.len()))
}

fn push(current: &mut Option<Word>, c: char, line: usize) {
    current.get_or_insert_with(|| Word::new(String::new(), line + 1)).value.push(c);
}

fn rest_is_blank(mut chars: impl Iterator<Item = char>) -> bool {
    chars.find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| c == '\n')
}

/// A line that begins with an option belongs to the command even if the backslash before it is
/// lost.
fn continues(text: &Text, index: usize) -> bool {
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
            method: Located::new(method.value.to_ascii_uppercase(), method.line),
            names_method,
            url: self.url,
            headers: self.headers,
            user: self.user,
            body: None,
        };
        if let (Some(line), None) = (self.json, curl.header("content-type")) {
            let header = ("Content-Type".to_owned(), "application/json".to_owned());
            curl.headers.push(Located::new(header, line));
        }
        if !self.get {
            curl.body = body(&curl, &self.data, &self.form)?;
        }
        Ok(curl)
    }
}

fn body(curl: &Curl, data: &[(Word, bool)], form: &[Word]) -> Result<Option<Sample>, Problem> {
    let Some(line) = data.first().map(|(word, _)| word.line).or(form.first().map(|f| f.line))
    else {
        return Ok(None);
    };
    let join = |separator: &str, words: &mut dyn Iterator<Item = &str>| {
        words.collect::<Vec<_>>().join(separator)
    };
    if data.is_empty() {
        let text = join("\n", &mut form.iter().map(|word| word.value.as_str()));
        let fields = form.iter().filter_map(|word| word.value.split_once('='));
        let tree = form_tree(fields.map(|(key, value)| (key.to_owned(), value.to_owned())));
        return Ok(Some(Sample { tree, text, line, structured: true, is_data: false }));
    }
    let text = join("&", &mut data.iter().map(|(word, _)| word.value.as_str()));
    let media_type = curl.header("content-type").map(|header| header.value.to_ascii_lowercase());
    let is = |part: &str| media_type.as_ref().is_some_and(|name| name.contains(part));
    let begins_json = text.trim_start().starts_with(['{', '[']);
    if is("json") || (!is("x-www-form-urlencoded") && begins_json) {
        let tree = json::whole(&text, line)?;
        return Ok(Some(Sample { tree, text, line, structured: true, is_data: true }));
    }
    if is("x-www-form-urlencoded") || data.iter().any(|(_, encoded)| *encoded) {
        let fields = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let tree = form_tree(fields.map(|(key, value)| (decode(key), decode(value))));
        return Ok(Some(Sample { tree, text, line, structured: true, is_data: true }));
    }
    Ok(Some(Sample { tree: text.as_str().into(), text, line, structured: false, is_data: true }))
}

fn form_tree(fields: impl Iterator<Item = (String, String)>) -> Tree {
    Tree::Map(fields.map(|(key, value)| (key, value.into())).collect())
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
