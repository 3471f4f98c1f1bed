//! Values can be compared and be keys.

use std::collections::BTreeMap;

use syn::{Attribute, Fields, File, GenericArgument, Item, PathArguments, Type};

use super::context::Context;
use super::syntax::{add_derive, has_derive, types};

/// Lets every type derive `Eq` and `Hash` whose fields have them.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut has: BTreeMap<String, Has> = BTreeMap::new();
    for item in types.iter() {
        if let Some((name, ..)) = parts(item) {
            has.insert(name, Has { eq: true, hash: true });
        }
    }
    // A type loses what one of its fields lacks; types can contain each other.
    loop {
        let mut changed = false;
        for item in types.iter() {
            let Some((name, fields, _)) = parts(item) else { continue };
            let fields = fields.iter().flat_map(|fields| fields.iter());
            let now = fields
                .fold(Has { eq: true, hash: true }, |all, field| all.and(of_type(&field.ty, &has)));
            changed |= has.insert(name, now).is_some_and(|before| before != now);
        }
        if !changed {
            break;
        }
    }
    for item in types.iter_mut() {
        let Some((name, ..)) = parts(item) else { continue };
        let has = has.get(&name).copied().unwrap_or_default();
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        if !has_derive(attributes, "PartialEq") {
            continue;
        }
        for (name, wanted) in [("Eq", has.eq), ("Hash", has.eq && has.hash)] {
            if wanted && !has_derive(attributes, name) {
                add_derive(attributes, name);
            }
        }
    }
    Ok(())
}

/// Which of the two traits a type has.
#[derive(Clone, Copy, Default, PartialEq)]
struct Has {
    eq: bool,
    hash: bool,
}

impl Has {
    fn and(self, other: Self) -> Self {
        Self { eq: self.eq && other.eq, hash: self.hash && other.hash }
    }
}

/// The name, the fields of each variant, and the attributes of a type.
fn parts(item: &Item) -> Option<(String, Vec<&Fields>, &[Attribute])> {
    match item {
        Item::Struct(item) => Some((item.ident.to_string(), vec![&item.fields], &item.attrs)),
        Item::Enum(item) => {
            let fields = item.variants.iter().map(|variant| &variant.fields).collect();
            Some((item.ident.to_string(), fields, &item.attrs))
        }
        _ => None,
    }
}

fn of_type(ty: &Type, known: &BTreeMap<String, Has>) -> Has {
    let both = Has { eq: true, hash: true };
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().fold(both, |all, ty| all.and(of_type(ty, known))),
        Type::Array(array) => of_type(&array.elem, known),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return Has::default() };
            let name = last.ident.to_string();
            let arguments = match &last.arguments {
                PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter().fold(both, |all, argument| match argument {
                        GenericArgument::Type(ty) => all.and(of_type(ty, known)),
                        _ => all,
                    })
                }
                _ => both,
            };
            // A type of the document can have the name of one of the standard library, which is
            // written with its whole path.
            let own = known.get(&name).filter(|_| path.path.get_ident().is_some());
            match (own, name.as_str()) {
                (Some(own), _) => *own,
                (None, "f32" | "f64") => Has::default(),
                (None, "HashMap" | "HashSet") => Has { hash: false, ..arguments },
                (None, _) => arguments,
            }
        }
        _ => Has::default(),
    }
}
