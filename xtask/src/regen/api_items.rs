//! The public items of the generated code, each as code that a person would write.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{
    Expr, Fields, File, GenericArgument, ImplItem, Item, ItemImpl, PathArguments, ReturnType,
    Signature, Type, TypeParamBound, Visibility, WherePredicate,
};

/// An item: what it is on its own line, and what it has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    /// Without the name: `: String`, ` -> Call`.
    pub(super) text: String,
    /// The fields, variants or parameters, by name.
    pub(super) members: BTreeMap<String, String>,
    /// The names of the members in the order of the source.
    pub(super) order: Vec<String>,
    pub(super) is_operation: bool,
}

pub(super) type Api = BTreeMap<String, Described>;

impl Described {
    fn add(&mut self, name: String, text: String) {
        self.order.push(name.clone());
        self.members.insert(name, text);
    }

    /// The item with its members.
    pub(super) fn whole(&self, name: &str) -> String {
        let members: Vec<String> =
            self.order.iter().map(|member| format!("{member}{}", self.members[member])).collect();
        if self.is_operation {
            let setters: String = members.iter().map(|member| format!(".{member}")).collect();
            return format!("{name}(){setters}{}", self.text);
        }
        match &members[..] {
            [] => format!("{name}{}", self.text),
            _ => format!("{name}{} {{ {} }}", self.text, members.join(", ")),
        }
    }
}

/// Reads the public items; what follows from others, such as the builder of a type, is left out.
pub(super) fn read(file: &File) -> Api {
    let mut api = Api::new();
    for item in &file.items {
        match item {
            Item::Const(item) if is_public(&item.vis) => {
                let text = format!(" = {}", value(&item.expr));
                api.insert(item.ident.to_string(), Described { text, ..Described::default() });
            }
            Item::Impl(item) if item.trait_.is_none() && last_name(&item.self_ty) == "Client" => {
                operations(item, file, &mut api);
            }
            _ => {}
        }
    }
    for item in module(file, "types") {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let described = fields(&item.attrs, &item.fields);
                api.insert(format!("types::{}", item.ident), described);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let mut described = Described { text: growth(&item.attrs), ..Described::default() };
                for variant in &item.variants {
                    let holds = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => code(fields),
                    };
                    described.add(variant.ident.to_string(), holds);
                }
                api.insert(format!("types::{}", item.ident), described);
            }
            Item::Type(item) if is_public(&item.vis) => {
                let text = format!(" = {}", code(&item.ty));
                api.insert(
                    format!("types::{}", item.ident),
                    Described { text, ..Described::default() },
                );
            }
            _ => {}
        }
    }
    api
}

/// Whether a type can grow without breaking callers.
fn growth(attributes: &[syn::Attribute]) -> String {
    let can_grow = attributes.iter().any(|one| one.path().is_ident("non_exhaustive"));
    if can_grow { " (non_exhaustive)".to_owned() } else { String::new() }
}

fn fields(attributes: &[syn::Attribute], fields: &Fields) -> Described {
    let mut described = Described { text: growth(attributes), ..Described::default() };
    match fields {
        Fields::Named(fields) => {
            for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                described.add(name, format!(": {}", code(&field.ty)));
            }
        }
        Fields::Unnamed(fields) => described.text.push_str(&code(fields)),
        Fields::Unit => {}
    }
    described
}

/// The methods that give the builder of a request.
fn operations(item: &ItemImpl, file: &File, api: &mut Api) {
    for function in item.items.iter().filter_map(public_function) {
        let ReturnType::Type(_, output) = &function.output else { continue };
        let builder = last_name(output);
        let parts: Vec<&Signature> = module(file, "builder")
            .iter()
            .filter_map(|item| match item {
                Item::Impl(item)
                    if item.trait_.is_none() && last_name(&item.self_ty) == builder =>
                {
                    Some(item.items.iter().filter_map(public_function))
                }
                _ => None,
            })
            .flatten()
            .collect();
        let Some(send) = parts.iter().find(|signature| signature.ident == "send") else { continue };
        let mut described = Described { is_operation: true, ..Described::default() };
        described.text = format!(" -> {}", success(&send.output));
        for setter in parts {
            if let Some(taken) = taken(setter) {
                described.add(setter.ident.to_string(), format!("({taken})"));
            }
        }
        api.insert(format!("Client::{}", function.ident), described);
    }
}

/// The type of the value that a setter takes: that into which its parameter is converted.
fn taken(setter: &Signature) -> Option<String> {
    let predicates = setter.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounds = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => Some(&predicate.bounds),
        _ => None,
    });
    bounds.flatten().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last()?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        match arguments.args.first() {
            Some(GenericArgument::Type(ty)) if last.ident == "TryInto" => Some(code(ty)),
            _ => None,
        }
    })
}

/// What `send` gives if all goes well: `T` of `Result<ResponseValue<T>, Error>`.
fn success(output: &ReturnType) -> String {
    let mut found = match output {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => return "()".to_owned(),
    };
    for wrapper in ["Result", "ResponseValue"] {
        if let Type::Path(path) = &found
            && let Some(last) = path.path.segments.last()
            && last.ident == wrapper
            && let PathArguments::AngleBracketed(arguments) = &last.arguments
            && let Some(GenericArgument::Type(inner)) = arguments.args.first()
        {
            found = inner.clone();
        }
    }
    code(&found)
}

fn public_function(item: &ImplItem) -> Option<&Signature> {
    match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(&function.sig),
        _ => None,
    }
}

fn module<'a>(file: &'a File, name: &str) -> &'a [Item] {
    file.items
        .iter()
        .find_map(|item| match item {
            Item::Mod(item) if item.ident == name => {
                item.content.as_ref().map(|(_, items)| items.as_slice())
            }
            _ => None,
        })
        .unwrap_or_default()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn last_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
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

/// Code on one line, as a person would write it: without the paths of the standard library.
fn code(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut out = String::with_capacity(text.len());
    for token in text.split(' ') {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        if out.ends_with(word) && token.starts_with(word)
            || out.ends_with([',', ':', '=']) && !out.ends_with("::")
        {
            out.push(' ');
        }
        out.push_str(token);
    }
    shortened(&out)
}

/// Paths by their last name, but for those that tell where a type of this API is.
fn shortened(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
        if length == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (path, after) = rest.split_at(length);
        let name = path.trim_end_matches(':').rsplit("::").next().unwrap_or(path);
        out.push_str(name);
        out.push_str(&path[path.trim_end_matches(':').len()..]);
        rest = after;
    }
    out
}
