//! What stands for something else in the document that progenitor sees is that again.

use std::collections::HashMap;

use syn::visit_mut::VisitMut;
use syn::{File, Ident, Item, LitStr};

use super::context::Context;
use super::syntax::{module, types};

/// Puts structs in the place of the newtypes that stand for them: progenitor takes no parameter
/// that is a struct.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let names: HashMap<&str, &str> = context
        .names
        .types
        .iter()
        .filter_map(|(name, made)| Some((name.as_str(), made.facts.stands_for.as_deref()?)))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    types(file)?.retain_mut(|item| {
        let mut mentions = Mentions { names: &names, found: false };
        if !matches!(item, Item::Mod(_)) {
            mentions.visit_item_mut(item);
        }
        !mentions.found
    });
    let mut replace = Replace { names: &names };
    for item in module(&mut file.items, "builder")? {
        replace.visit_item_mut(item);
    }
    Ok(())
}

struct Mentions<'a> {
    names: &'a HashMap<&'a str, &'a str>,
    found: bool,
}

impl VisitMut for Mentions<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        self.found |= self.names.contains_key(ident.to_string().as_str());
    }
}

struct Replace<'a> {
    names: &'a HashMap<&'a str, &'a str>,
}

impl VisitMut for Replace<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if let Some(name) = self.names.get(ident.to_string().as_str()) {
            *ident = Ident::new(name, ident.span());
        }
    }

    // The messages name the type.
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        let text = literal.value();
        for (stand_in, name) in self.names {
            let quoted = format!("`{stand_in}`");
            if text.contains(&quoted) {
                *literal =
                    LitStr::new(&text.replace(&quoted, &format!("`{name}`")), literal.span());
            }
        }
    }
}
