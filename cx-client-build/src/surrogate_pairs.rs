//! JSON's way to escape a character beyond U+FFFF.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// How much longer `\ud83d\udc4d` is than `\U0001F44D`.
const SHORTER: usize = 2;

/// A text whose pairs of `\u` escapes (RFC 8259 section 7) have become the one `\U` escape of YAML
/// (YAML 1.2 section 5.7) that a parser of YAML understands.
#[derive(Debug)]
pub(crate) struct Joined<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The columns at which pairs began, by line, both counted from 1, in the new text.
    columns: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Joined<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        if !text.contains("\\u") {
            return Self { text: text.into(), columns };
        }
        let mut joined = String::with_capacity(text.len());
        for (line, text) in (1..).zip(text.split_inclusive('\n')) {
            let start = joined.len();
            let mut rest = text;
            while let Some(at) = rest.find('\\') {
                let (before, escape) = rest.split_at(at);
                joined.push_str(before);
                let length = match pair(escape) {
                    Some(character) => {
                        let column = joined[start..].chars().count() + 1;
                        columns.entry(line).or_default().push(column);
                        joined.push_str(&format!("\\U{:08X}", u32::from(character)));
                        12
                    }
                    // Two characters, so that the second backslash of `\\u` begins no escape.
                    None => {
                        let length = escape.chars().take(2).map(char::len_utf8).sum();
                        joined.push_str(&escape[..length]);
                        length
                    }
                };
                rest = &escape[length..];
            }
            joined.push_str(rest);
        }
        Self { text: joined.into(), columns }
    }

    /// The column in the original text.
    pub(crate) fn column(&self, line: usize, column: usize) -> usize {
        let pairs = self.columns.get(&line).map_or(&[][..], Vec::as_slice);
        column + SHORTER * pairs.iter().filter(|pair| **pair < column).count()
    }

    /// A scalar in which nothing is an escape, as it was in the original text.
    pub(crate) fn restore<'b>(&self, scalar: Cow<'b, str>) -> Cow<'b, str> {
        if self.columns.is_empty() || !scalar.contains("\\U") {
            return scalar;
        }
        let mut restored = String::with_capacity(scalar.len());
        let mut rest = &*scalar;
        while let Some((before, after)) = rest.split_once("\\U") {
            restored.push_str(before);
            let escape = after.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            match escape.and_then(char::from_u32) {
                Some(character) => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        restored.push_str(&format!("\\u{unit:04x}"));
                    }
                    rest = &after[8..];
                }
                None => {
                    restored.push_str("\\U");
                    rest = after;
                }
            }
        }
        restored.push_str(rest);
        restored.into()
    }
}

/// The character of the pair of escapes at the beginning of `text`.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
    };
    let (high, low) = (unit(0)?, unit(6)?);
    if !(0xd800..0xdc00).contains(&high) {
        return None;
    }
    char::decode_utf16([high, low]).next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::Joined;

    #[test]
    fn pairs_are_joined_and_nothing_else() {
        for (text, joined) in [
            (r#""\ud83d\udc4d""#, r#""\U0001F44D""#),
            (r#""a\u00e9\uD83D\uDC4D\n""#, r#""a\u00e9\U0001F44D\n""#),
            (r#""\\ud83d\\udc4d""#, r#""\\ud83d\\udc4d""#),
            (r#""\\\ud83d\udc4d""#, r#""\\\U0001F44D""#),
            (r#""\ud83d""#, r#""\ud83d""#),
            (r#""\udc4d\ud83d""#, r#""\udc4d\ud83d""#),
            (r"\", r"\"),
            (r"\é\u", r"\é\u"),
        ] {
            assert_eq!(Joined::new(text).text, joined);
        }
    }

    #[test]
    fn columns_are_those_of_the_original() {
        let joined = Joined::new("x\n\"\\ud83d\\udc4d\": \"\\ud83d\\udc4d\" y");
        assert_eq!(joined.text, "x\n\"\\U0001F44D\": \"\\U0001F44D\" y");
        assert_eq!(joined.column(1, 1), 1);
        assert_eq!(joined.column(2, 1), 1);
        assert_eq!(joined.column(2, 15), 17);
        assert_eq!(joined.column(2, 28), 32);
    }
}
