//! The code that makes the calls of a document.

use std::collections::HashMap;

use cx_client_build::{Names, OperationName};
use quote::ToTokens;
use serde_json::{Value, json};
use syn::{GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type, TypeParamBound};

use crate::document::{Call, RandomDocument};

/// The source of a module with a function `run`, for the example `calls` of `tests/documents`.
///
/// # Errors
///
/// A message for people if the generated code lacks what a call needs.
pub fn source(made: &RandomDocument, names: &Names, syntax: &syn::File) -> Result<String, String> {
    let builders = builders(syntax);
    let mut functions = String::new();
    let mut run = String::new();
    for (index, call) in made.calls.iter().enumerate() {
        let operation = names
            .operations
            .iter()
            .find(|operation| {
                operation.path == call.template && operation.method.to_lowercase() == call.method
            })
            .ok_or_else(|| {
                format!("no operation is named for {} {}", call.method, call.template)
            })?;
        let builder = builders
            .get(&operation.builder)
            .ok_or_else(|| format!("there is no builder `{}`", operation.builder))?;
        functions.push_str(&function(index, call, operation, builder)?);
        run.push_str(&format!("    call_{index}(harness).await;\n"));
    }
    Ok(format!(
        "{functions}\n\
         pub async fn run(harness: &mut crate::Harness) {{\n{run}}}\n"
    ))
}

/// What the setters of a builder take, and what its `send` returns, as code.
#[derive(Debug, Default)]
struct Builder {
    setters: HashMap<String, String>,
    response: String,
}

fn builders(syntax: &syn::File) -> HashMap<String, Builder> {
    let mut builders: HashMap<String, Builder> = HashMap::new();
    let items = syntax.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_ref(),
        _ => None,
    });
    for item in items.flat_map(|(_, items)| items) {
        let Item::Impl(item) = item else { continue };
        let Type::Path(of) = &*item.self_ty else { continue };
        let Some(name) = of.path.segments.last() else { continue };
        let builder = builders.entry(name.ident.to_string()).or_default();
        for function in &item.items {
            let ImplItem::Fn(function) = function else { continue };
            if function.sig.ident == "send" {
                if let ReturnType::Type(_, ty) = &function.sig.output {
                    let value = argument(ty).and_then(|value| argument(&value));
                    builder.response = value.map(code).unwrap_or_default();
                }
            } else if let Some(ty) = converted(function) {
                builder.setters.insert(function.sig.ident.to_string(), code(ty));
            }
        }
    }
    builders
}

fn code(ty: Type) -> String {
    ty.into_token_stream().to_string().replace(' ', "")
}

/// `T` of `V: TryInto<T>`.
fn converted(function: &syn::ImplItemFn) -> Option<Type> {
    let clause = function.sig.generics.where_clause.as_ref()?;
    clause.predicates.iter().find_map(|predicate| {
        let syn::WherePredicate::Type(predicate) = predicate else { return None };
        predicate.bounds.iter().find_map(|bound| match bound {
            TypeParamBound::Trait(bound) => first_argument(&bound.path),
            _ => None,
        })
    })
}

fn argument(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    first_argument(&path.path)
}

fn first_argument(path: &syn::Path) -> Option<Type> {
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    })
}

fn function(
    index: usize,
    call: &Call,
    operation: &OperationName,
    builder: &Builder,
) -> Result<String, String> {
    let mut setters = String::new();
    for (name, value) in &call.arguments {
        let parameter = operation.parameters.iter().find(|parameter| parameter.name == *name);
        let setter = &parameter.ok_or_else(|| format!("no setter is named for `{name}`"))?.setter;
        setters.push_str(&set(setter, value, builder)?);
    }
    if let Some(body) = &call.body {
        setters.push_str(&set("body", &body.value, builder)?);
    }
    let expected = json!({
        "method": call.method.to_uppercase(),
        "path": call.path,
        "query": sorted(&call.query),
        "headers": call.headers,
        "content_type": call.body.as_ref().map(|body| body.media_type),
        "body": call.body.as_ref().map(|body| &body.seen),
        "response": expected_response(call),
    });
    let read = match builder.response.as_str() {
        "ByteStream" => "|_| serde_json::Value::Null",
        _ => "|value| serde_json::to_value(value.into_inner()).unwrap_or_default()",
    };
    let method = &operation.function;
    let (status, media_type) = (call.response.status, call.response.media_type);
    let text = match (media_type, &call.response.body) {
        ("" | "audio/wav", body) => body.as_str().unwrap_or_default().to_owned(),
        (_, body) => body.to_string(),
    };
    Ok(format!(
        "async fn call_{index}(harness: &mut crate::Harness) {{
    harness.respond({status}, {media_type:?}, {text:?});
    let response = client(harness.client()).{method}(){setters}.send().await.map({read});
    harness.check({:?}, {:?}, response);
}}\n",
        operation.pointer,
        expected.to_string(),
    ))
}

/// The response that must be read: of bytes only that they are read.
fn expected_response(call: &Call) -> Value {
    match (call.response.media_type, call.response.variant) {
        ("audio/wav", _) => Value::Null,
        ("", Some(variant)) => json!(variant),
        (_, Some(variant)) => json!({ variant: call.response.body }),
        (_, None) => call.response.body.clone(),
    }
}

fn set(setter: &str, value: &Value, builder: &Builder) -> Result<String, String> {
    let raw = value.as_str().filter(|_| setter == "body");
    let ty = builder.setters.get(setter);
    match (ty, raw) {
        (Some(ty), Some(text)) if ty.ends_with("Body") || ty.ends_with("String") => {
            Ok(format!(".body({text:?}.to_owned())"))
        }
        (None, Some(text)) => Ok(format!(".body({text:?}.to_owned())")),
        (Some(ty), _) => {
            let text = value.to_string();
            Ok(format!(".{setter}(crate::value::<{ty}>({text:?}))"))
        }
        (None, None) => Err(format!("there is no setter `{setter}`")),
    }
}

fn sorted(pairs: &[String]) -> Vec<String> {
    let mut pairs = pairs.to_vec();
    pairs.sort();
    pairs
}
