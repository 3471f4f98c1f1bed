//! Which patterns restrict a text.

use regex_syntax::hir::{Dot, Hir, HirKind};

/// Whether any text fits a pattern. It is not anchored: one that takes the empty text takes any,
/// unless it has both anchors around something else than any characters.
pub(super) fn takes_any_text(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let is_open = inner.len() == pattern.len() || !inner.ends_with('$');
    let inner = inner.strip_suffix('$').unwrap_or(inner).replace("[^]", "[\\s\\S]");
    let Ok(hir) = regex_syntax::parse(&inner) else { return false };
    let takes_empty = hir.properties().minimum_len() == Some(0);
    let looks_around = !hir.properties().look_set().is_empty();
    let mut kind = hir.kind();
    while let HirKind::Capture(capture) = kind {
        kind = capture.sub.kind();
    }
    let any = [Dot::AnyChar, Dot::AnyCharExceptLF].map(Hir::dot);
    let is_any =
        matches!(kind, HirKind::Repetition(of) if of.max.is_none() && any.contains(&of.sub));
    takes_empty && !looks_around && (is_open || is_any)
}
