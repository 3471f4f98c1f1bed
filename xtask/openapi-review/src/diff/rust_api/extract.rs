//! Reads the public API out of generated code.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprLit, Fields, GenericParam, Generics, ImplItem, Item, ItemImpl, Lit, Meta,
    ReturnType, Signature, Stmt, Type as RustType, Visibility,
};

use super::model::{Api, Item as Part, Kind, Member, OperationMethod};

/// Reads generated code.
pub(super) fn extract(file: &syn::File) -> Api {
    let mut api = Api::default();
    let constant = |item: &Item| match item {
        Item::Const(item) if is_public(&item.vis) => {
            Some((item.ident.to_string(), value(&item.expr)))
        }
        _ => None,
    };
    api.constants = file.items.iter().filter_map(constant).collect();
    if let Some(items) = module(&file.items, "types") {
        types(items, &mut api);
    }
    let mut builders = BTreeMap::new();
    if let Some(items) = module(&file.items, "builder") {
        for item in items {
            if let Item::Impl(item) = item
                && item.trait_.is_none()
                && let Some((key, operation)) = operation(item)
            {
                builders.insert(operation.builder.clone(), (key, operation));
            }
        }
    }
    for item in &file.items {
        let Item::Impl(item) = item else { continue };
        if item.trait_.is_some() || last_name(&item.self_ty) != "Client" {
            continue;
        }
        for item in &item.items {
            let ImplItem::Fn(function) = item else { continue };
            let ReturnType::Type(_, output) = &function.sig.output else { continue };
            if let Some((_, operation)) = builders.get_mut(&last_name(output)) {
                operation.method = function.sig.ident.to_string();
            }
        }
    }
    api.operations = builders.into_values().collect();
    api
}

fn module<'x>(items: &'x [Item], name: &str) -> Option<&'x [Item]> {
    items.iter().find_map(|item| match item {
        Item::Mod(item) if item.ident == name => {
            item.content.as_ref().map(|(_, items)| items.as_slice())
        }
        _ => None,
    })
}

fn types(items: &[Item], api: &mut Api) {
    for (name, attributes, kind, parts) in items.iter().filter_map(definition) {
        let ty = api.types.entry(name).or_default();
        ty.kind = kind;
        ty.members.extend(parts);
        ty.non_exhaustive = attributes.iter().any(|a| a.path().is_ident("non_exhaustive"));
        for attribute in attributes.iter().filter(|a| a.path().is_ident("derive")) {
            let _ = attribute.parse_nested_meta(|meta| {
                if let Some(name) = meta.path.segments.last() {
                    ty.members.insert(Member::Trait(name.ident.to_string()), Part::default());
                }
                Ok(())
            });
        }
    }
    for item in items {
        let Item::Impl(item) = item else { continue };
        implementation(item, api);
    }
    for item in module(items, "builder").unwrap_or_default() {
        let Item::Impl(item) = item else { continue };
        if item.trait_.is_none()
            && let Some(ty) = api.types.get_mut(&last_name(&item.self_ty))
        {
            ty.members.insert(Member::Builder, Part::default());
            let setters = functions(item).map(|part| (Member::Setter(part.ident.clone()), part));
            ty.members.extend(setters);
        }
    }
}

type Definition<'x> = (String, &'x [Attribute], Kind, Vec<(Member, Part)>);

fn definition(item: &Item) -> Option<Definition<'_>> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let (kind, parts) = fields(&item.fields);
            Some((item.ident.to_string(), &item.attrs, kind, parts))
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let variants = item.variants.iter().enumerate().map(|(position, variant)| {
                let ident = variant.ident.to_string();
                let name = renamed(&variant.attrs).unwrap_or_else(|| ident.clone());
                (
                    Member::Variant(name),
                    Part { ident, code: fields_code(&variant.fields), position },
                )
            });
            Some((item.ident.to_string(), &item.attrs, Kind::Enum, variants.collect()))
        }
        Item::Type(item) if is_public(&item.vis) => {
            let inner = Part { code: code(&item.ty), ..Part::default() };
            let parts = vec![(Member::Inner, inner)];
            Some((item.ident.to_string(), &item.attrs, Kind::Alias, parts))
        }
        _ => None,
    }
}

fn implementation(item: &ItemImpl, api: &mut Api) {
    let of = last_name(&item.self_ty);
    let Some((path, _)) = &item.trait_ else {
        if let Some(ty) = api.types.get_mut(&of) {
            let functions = functions(item);
            ty.members.extend(functions.map(|part| (Member::Function(part.ident.clone()), part)));
        }
        return;
    };
    let path = code(path).replace("<'de>", "");
    if let Some(ty) = api.types.get_mut(&of) {
        // `Eq` of `&T` is not `Eq` of `T`.
        let reference = matches!(*item.self_ty, RustType::Reference(_));
        let name = if reference { format!("{path} for &") } else { path };
        ty.members.insert(Member::Trait(name), Part::default());
        return;
    }
    // `impl From<T> for String` belongs to `T`.
    let names: Vec<String> = api.named(&path).map(str::to_owned).collect();
    for ty in names {
        if let Some(ty) = api.types.get_mut(&ty) {
            ty.members.insert(Member::Trait(format!("{path} for {of}")), Part::default());
        }
    }
}

fn fields(fields: &Fields) -> (Kind, Vec<(Member, Part)>) {
    match fields {
        Fields::Named(fields) => {
            let public = fields.named.iter().filter(|field| is_public(&field.vis));
            let parts = public.enumerate().map(|(position, field)| {
                let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                let ident = ident.trim_start_matches("r#").to_owned();
                let name = renamed(&field.attrs).unwrap_or_else(|| ident.clone());
                (Member::Field(name), Part { ident, code: code(&field.ty), position })
            });
            (Kind::Struct, parts.collect())
        }
        Fields::Unnamed(_) => {
            let inner = Part { code: fields_code(fields), ..Part::default() };
            (Kind::Wrapper, vec![(Member::Inner, inner)])
        }
        Fields::Unit => (Kind::Unit, Vec::new()),
    }
}

/// The types of the fields, with those that are not public left out of sight.
fn fields_code(fields: &Fields) -> String {
    let of_variant = fields.iter().all(|field| matches!(field.vis, Visibility::Inherited));
    let list = fields.iter().map(|field| {
        let name = field.ident.as_ref().map(|ident| format!("{ident}: ")).unwrap_or_default();
        let private = if of_variant || is_public(&field.vis) { "" } else { "private " };
        format!("{private}{name}{}", code(&field.ty))
    });
    list.collect::<Vec<_>>().join(", ")
}

fn functions(item: &ItemImpl) -> impl Iterator<Item = Part> {
    let public = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(&function.sig),
        _ => None,
    });
    public.enumerate().map(|(position, function)| Part {
        ident: function.ident.to_string(),
        code: signature(function),
        position,
    })
}

/// The signature without the names of parameters, which callers do not write.
fn signature(signature: &Signature) -> String {
    let inputs = signature.inputs.iter().map(|input| match input {
        syn::FnArg::Receiver(receiver) => {
            // `mut self` is no matter of the caller.
            code(receiver).replace("mut self", "self")
        }
        syn::FnArg::Typed(typed) => code(&typed.ty),
    });
    format!(
        "{}fn<{}>({}){} {}",
        if signature.asyncness.is_some() { "async " } else { "" },
        parameters(&signature.generics),
        inputs.collect::<Vec<_>>().join(", "),
        code(&signature.output),
        code(&signature.generics.where_clause).trim_end_matches(','),
    )
}

fn parameters(generics: &Generics) -> String {
    let parameters = generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) => code(&parameter.ident),
        other => code(other),
    });
    parameters.collect::<Vec<_>>().join(", ")
}

/// The operation of a builder, by the constant in its `send`; without one, by the builder's name.
fn operation(item: &ItemImpl) -> Option<(String, OperationMethod)> {
    let send = item.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
        _ => None,
    })?;
    let facts = send.block.stmts.iter().find_map(|statement| match statement {
        Stmt::Item(Item::Const(constant)) if constant.ident == "OPERATION" => {
            match &*constant.expr {
                Expr::Struct(value) => Some(value),
                _ => None,
            }
        }
        _ => None,
    });
    let fact = |name: &str| {
        facts?.fields.iter().find_map(|field| match (&field.member, &field.expr) {
            (syn::Member::Named(member), Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))
                if member == name =>
            {
                Some(text.value())
            }
            _ => None,
        })
    };
    let builder = last_name(&item.self_ty);
    let key = match (fact("method"), fact("path")) {
        (Some(method), Some(path)) => format!("{method} {path}"),
        _ => builder.clone(),
    };
    let setters = functions(item).filter(|part| part.ident != "send");
    let operation = OperationMethod {
        method: String::new(),
        builder,
        setters: setters.map(|part| (part.ident.clone(), part)).collect(),
        output: code(&send.sig.output).trim_start_matches(" -> ").to_owned(),
    };
    Some((key, operation))
}

/// A constant's value, spaces as they are in a text.
fn value(expression: &Expr) -> String {
    match expression {
        Expr::Call(call) => {
            let arguments: Vec<String> = call.args.iter().map(value).collect();
            format!("{}({})", code(&call.func), arguments.join(", "))
        }
        Expr::Lit(_) => expression.to_token_stream().to_string(),
        other => code(other),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn last_name(ty: &RustType) -> String {
    match ty {
        RustType::Path(path) => {
            path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
        }
        RustType::Reference(reference) => last_name(&reference.elem),
        _ => String::new(),
    }
}

/// The value of `rename` in `#[serde(…)]`, or in `#[schemars(…)]` behind its feature.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::List(list) = &attribute.meta else { return None };
        if !list.path.is_ident("serde") && !list.path.is_ident("cfg_attr") {
            return None;
        }
        let text = list.tokens.to_string();
        let (_, after) = text.split_once("rename = ")?;
        let literal: String = literal(after)?;
        syn::parse_str::<syn::LitStr>(&literal).ok().map(|literal| literal.value())
    })
}

/// The string literal at the start of `code`.
fn literal(code: &str) -> Option<String> {
    let mut escaped = false;
    for (index, c) in code.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return code.get(..=index).map(str::to_owned),
            _ => escaped = false,
        }
    }
    None
}

/// Code on one line, with types named as people name them.
fn code(tokens: &impl ToTokens) -> String {
    short(&tokens.to_token_stream().to_string())
}

/// Leaves out paths, commas at the ends of lists, and spaces but where words would grow together.
fn short(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    let mut word_before = false;
    for token in code.split_whitespace() {
        let is_word = token.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if word_before && is_word
            || matches!(token, "->" | "=")
            || text.ends_with([',', '>']) && is_word
        {
            text.push(' ');
        }
        text.push_str(token);
        if matches!(token, "->" | "=" | ":") {
            text.push(' ');
        }
        word_before = token.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    }
    for (end, bracket) in [(",>", ">"), (",)", ")")] {
        if text.contains(end) {
            text = text.replace(end, bracket);
        }
    }
    by_last_name(&text)
}

/// Code with its paths replaced by their last names.
fn by_last_name(code: &str) -> String {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut text = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(is_path) {
        let (before, path) = rest.split_at(start);
        let (path, after) = path.split_at(path.find(|c| !is_path(c)).unwrap_or(path.len()));
        let names = path.trim_end_matches(':');
        text.push_str(before);
        text.push_str(names.rsplit("::").next().unwrap_or(names));
        text.push_str(&path[names.len()..]);
        rest = after;
    }
    text.push_str(rest);
    text
}
