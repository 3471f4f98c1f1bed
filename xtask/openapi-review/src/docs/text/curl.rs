//! The curl command of a page.

use cx_client_build::Node;
use shlex::Shlex;

use super::super::page::{Located, Problem, object, text as string};
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
    let (command, next) = command(text, index)?;
    let mut words = Shlex::new(&command);
    let mut located = std::iter::from_fn(|| {
        let word = words.next()?;
        // The reader stands on the line on which the word ends.
        let line = index + words.line_no - word.matches('\n').count();
        Some(Word::new(word, line))
    });
    located.next();
    let mut options = Vec::new();
    while let Some(word) = located.next() {
        for (part, value) in parts(&word) {
            let value = match part {
                Part::Get | Part::Head => Some(word.clone()),
                _ => value.or_else(|| located.next()),
            };
            options.extend(value.map(|value| (part, value)));
        }
    }
    Ok((Curl::new(&options, index + 1)?, next))
}

type Word = Located<String>;

/// The lines of the command as a shell reads them, and the index of the line after them. A line that
/// begins with an option belongs to it even if the backslash before is lost.
fn command(text: &Lines, index: usize) -> Result<(String, usize), Problem> {
    let mut command = String::new();
    let mut quote: Option<(char, usize)> = None;
    for at in index..text.len() {
        let line = text.raw(at);
        let mut escaped = false;
        for c in line.chars() {
            match quote {
                _ if escaped => escaped = false,
                Some(('"', _)) | None if c == '\\' => escaped = true,
                None if matches!(c, '\'' | '"') => quote = Some((c, at)),
                Some((open, _)) if open == c => quote = None,
                _ => {}
            }
        }
        let next = text.line(at + 1);
        match quote {
            Some(_) => command.push_str(line),
            // A word ends with its line, and before the end of the line.
            None => command.extend([&line[..line.len() - usize::from(escaped)], " "]),
        }
        command.push('\n');
        let is_option = next
            .strip_prefix('-')
            .is_some_and(|option| option.starts_with(|c: char| c == '-' || c.is_alphabetic()));
        if quote.is_none() && !escaped && !is_option {
            return Ok((command, at + 1));
        }
    }
    match quote {
        None => Ok((command, text.len())),
        Some((quote, opened)) => Err(Problem::new(
            opened + 1,
            format!("the quote {quote} that opens here is never closed"),
            "the whole curl command, with a closing quote after the body",
        )),
    }
}

/// What an option of curl stands for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Get,
    Head,
    Method,
    Url,
    Header,
    User,
    Data,
    Encoded,
    Json,
    Form,
    /// It has a value, which is of no interest.
    Other,
}

/// Options by their long names and their letters; those that are not here have no value.
const OPTIONS: [(&str, char, Part); 23] = [
    ("get", 'G', Part::Get),
    ("head", 'I', Part::Head),
    ("request", 'X', Part::Method),
    ("url", '-', Part::Url),
    ("header", 'H', Part::Header),
    ("user", 'u', Part::User),
    ("data", 'd', Part::Data),
    ("data-raw", '-', Part::Data),
    ("data-binary", '-', Part::Data),
    ("data-ascii", '-', Part::Data),
    ("data-urlencode", '-', Part::Encoded),
    ("json", '-', Part::Json),
    ("form", 'F', Part::Form),
    ("form-string", '-', Part::Form),
    ("user-agent", 'A', Part::Other),
    ("cookie", 'b', Part::Other),
    ("output", 'o', Part::Other),
    ("max-time", 'm', Part::Other),
    ("connect-timeout", '-', Part::Other),
    ("cacert", '-', Part::Other),
    ("cert", 'E', Part::Other),
    ("proxy", 'x', Part::Other),
    ("retry", '-', Part::Other),
];

/// What a word stands for, each with its value where that is in the same word. A word that is no
/// option is the URL.
fn parts(word: &Word) -> Vec<(Part, Option<Word>)> {
    let of_word = |value: &str| Some(Word::new(value.to_owned(), word.line));
    if let Some(option) = word.value.strip_prefix("--") {
        let (name, value) = option.split_once('=').map_or((option, None), |(a, b)| (a, Some(b)));
        let known = OPTIONS.iter().filter(|(long, ..)| *long == name);
        return known.map(|(.., part)| (*part, value.and_then(of_word))).collect();
    }
    let Some(letters) = word.value.strip_prefix('-') else {
        return vec![(Part::Url, of_word(&word.value))];
    };
    // Several may share a dash, the last with its value: `-sXPOST`.
    let mut found = Vec::new();
    for (at, letter) in letters.char_indices() {
        let known = OPTIONS.iter().find(|(_, short, _)| *short == letter);
        let Some((.., part)) = known else { continue };
        let rest = &letters[at + letter.len_utf8()..];
        found.push((*part, of_word(rest).filter(|_| !rest.is_empty())));
        if !matches!(part, Part::Get | Part::Head) {
            break;
        }
    }
    found
}

impl Curl {
    fn new(options: &[(Part, Word)], line: usize) -> Result<Self, Problem> {
        let all = |parts: &'static [Part]| {
            options.iter().filter(move |(part, _)| parts.contains(part)).map(|(_, word)| word)
        };
        let last = |part: &'static [Part]| all(part).next_back().cloned();
        let data: Vec<&Word> = all(&[Part::Data, Part::Encoded, Part::Json]).collect();
        let form: Vec<&Word> = all(&[Part::Form]).collect();
        let sends = last(&[Part::Get]).is_none() && !(data.is_empty() && form.is_empty());
        let named = last(&[Part::Method]);
        let unnamed = match (last(&[Part::Head]), sends) {
            (Some(_), _) => "HEAD",
            (None, true) => "POST",
            (None, false) => "GET",
        };
        let names_method = named.is_some();
        let method = named.unwrap_or_else(|| Word::new(unnamed.to_owned(), line));
        let headers = all(&[Part::Header]).filter_map(|Word { value, line }| {
            let (name, content) = value.split_once(':')?;
            Some(Located::new((name.trim().to_owned(), content.trim().to_owned()), *line))
        });
        let mut curl = Self {
            method: Located::new(method.value.to_ascii_lowercase(), method.line),
            names_method,
            url: all(&[Part::Url]).next().cloned(),
            headers: headers.collect(),
            user: last(&[Part::User]).map(|word| word.line),
            body: None,
            is_untyped: false,
        };
        if let (Some(Word { line, .. }), None) = (last(&[Part::Json]), curl.header("content-type"))
        {
            let header = ("Content-Type".to_owned(), "application/json".to_owned());
            curl.headers.push(Located::new(header, line));
        }
        if sends {
            let encoded = last(&[Part::Encoded]).is_some();
            curl.body = Some(curl.sample(&data, encoded, &form)?);
            curl.is_untyped = !data.is_empty() && curl.header("content-type").is_none();
        }
        Ok(curl)
    }

    /// The body that is sent: parts of a form of several parts, JSON, a form, or text.
    fn sample(&self, data: &[&Word], encoded: bool, form: &[&Word]) -> Result<Sample, Problem> {
        let line = data.iter().chain(form).map(|word| word.line).next().unwrap_or_default();
        let mut node = object(line, []);
        if data.is_empty() {
            for (key, value) in form.iter().filter_map(|word| word.value.split_once('=')) {
                node.set(key, string(line, value));
            }
            return Ok(Sample { node, structured: true });
        }
        let text = data.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join("&");
        let media_type = self.header("content-type").map(|name| name.value.to_ascii_lowercase());
        let is = |part: &str| media_type.as_ref().is_some_and(|name| name.contains(part));
        let is_form = is("x-www-form-urlencoded");
        if is("json") || !is_form && text.trim_start().starts_with(['{', '[']) {
            return Ok(Sample { node: json::whole(&text, line)?, structured: true });
        }
        // Without a media type, curl says that it is a form.
        let is_implied = media_type.is_none() && text.split('&').all(|pair| pair.contains('='));
        if is_form || encoded || is_implied {
            for (key, value) in form_urlencoded::parse(text.as_bytes()) {
                node.set(&key, string(line, &value));
            }
            return Ok(Sample { node, structured: true });
        }
        Ok(Sample { node: string(line, &text), structured: false })
    }
}
