//! The text of a page as lines, without what a browser and an editor add to it.

/// The line that follows the documentation on a page.
const FOOTER: &str = "Was this page helpful?";

/// A page's text: line ends are `\n`, spaces are plain, and nothing invisible is left.
#[derive(Clone)]
pub(in super::super) struct Lines {
    clean: String,
    /// Where each line begins and ends in `clean`.
    lines: Vec<(usize, usize)>,
    /// The number of the last line, of those after the footer as well.
    last: usize,
    /// Whether a blank line stands between any two.
    pub(in super::super) is_spaced: bool,
}

impl Lines {
    pub(in super::super) fn new(raw: &str) -> Self {
        let mut clean = String::with_capacity(raw.len());
        let mut chars = raw.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' => {
                    chars.next_if_eq(&'\n');
                    clean.push('\n');
                }
                // A no-break space is how a browser copies the indentation of a sample.
                '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                c => clean.push(c),
            }
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, _) in clean.match_indices('\n') {
            lines.push((start, at));
            start = at + 1;
        }
        if start < clean.len() {
            lines.push((start, clean.len()));
        }
        let last = lines.len().max(1);
        let is_footer = |&(start, end): &(usize, usize)| clean[start..end].trim() == FOOTER;
        if let Some(end) = lines.iter().position(is_footer) {
            lines.truncate(end);
        }
        Self { clean, lines, last, is_spaced: false }
    }

    /// The number of the last line, counted from 1.
    pub(in super::super) fn last_number(&self) -> usize {
        self.last
    }

    /// How many lines there are.
    pub(in super::super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The line at an index counted from 0, without the spaces around it; empty past the end.
    pub(in super::super) fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |&(start, end)| self.clean[start..end].trim())
    }

    /// The line at an index counted from 0, as it is indented; empty past the end.
    pub(in super::super) fn raw(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |&(start, end)| self.clean[start..end].trim_end())
    }

    /// All text from the beginning of a line on.
    pub(in super::super) fn after_line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |&(start, _)| &self.clean[start..])
    }

    /// All text from the first character of a line that is no space.
    pub(in super::super) fn after_indent(&self, index: usize) -> &str {
        self.after_line(index).trim_start_matches([' ', '\t'])
    }

    /// Whether a sample has the key.
    pub(in super::super) fn has_key(&self, name: &str) -> bool {
        self.clean.contains(&format!("\"{name}\":"))
    }

    /// The index of the line below the one at `index`.
    pub(in super::super) fn below(&self, index: usize) -> usize {
        let is_between = self.is_spaced && self.line(index + 1).is_empty();
        index + 1 + usize::from(is_between)
    }

    /// The index of the first line at or after `index` and before `end` that is not blank.
    pub(in super::super) fn next_word(&self, index: usize, end: usize) -> Option<usize> {
        (index..end.min(self.len())).find(|&at| !self.line(at).is_empty())
    }
}
