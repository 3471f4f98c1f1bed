//! The documentation of an operation shows how to call it.

use std::collections::HashMap;

use syn::{Attribute, File, ImplItem, Item, Type};

use super::context::Context;
use super::syntax::{code, converted_type, doc, doc_text, module, simple_name};

/// The crate that has the runtime for which code is generated.
const RUNTIME: &str = "cx_client";

/// Puts a whole example in the place of progenitor's, which is none that compiles: it names
/// variables that are nowhere. Now these are the arguments of a function, of the types that the
/// operation takes.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let mut setters: HashMap<(String, String), String> = HashMap::new();
    for item in module(&mut file.items, "builder")?.iter() {
        let Item::Impl(item) = item else { continue };
        let builder = simple_name(&item.self_ty).unwrap_or_default();
        for item in &item.items {
            if let ImplItem::Fn(function) = item
                && let Some(ty) = converted_type(function)
            {
                let name = function.sig.ident.to_string();
                setters.insert((builder.clone(), name), argument_type(&ty));
            }
        }
    }
    let methods = file.items.iter_mut().filter_map(|item| match item {
        Item::Impl(item) if simple_name(&item.self_ty).as_deref() == Some("Client") => {
            Some(&mut item.items)
        }
        _ => None,
    });
    for item in methods.flatten() {
        let ImplItem::Fn(function) = item else { continue };
        let name = function.sig.ident.to_string();
        let Some(operation) = context.of_function(&name) else { continue };
        let body = operation.request.body.as_ref().map(|_| "body");
        let parameters = operation.parameters.iter().map(|parameter| parameter.setter.as_str());
        let mut arguments = Vec::new();
        for setter in parameters.chain(body) {
            let key = (operation.builder.clone(), setter.to_owned());
            let ty = setters
                .get(&key)
                .ok_or_else(|| format!("`{}` has no method `{setter}`", operation.builder))?;
            arguments.push((setter, ty.as_str()));
        }
        replace(&mut function.attrs, &example(&name, &arguments));
    }
    Ok(())
}

/// A type as a program that depends on the crate writes it.
fn argument_type(ty: &Type) -> String {
    let compact: String = code(ty).split_whitespace().collect();
    let mut text = String::new();
    for part in compact.split_inclusive(['<', ',', '(', '[', ' ']) {
        if part.starts_with("types::") || part.starts_with("reqwest::") {
            text.push_str(RUNTIME);
            text.push_str("::");
        }
        text.push_str(part);
    }
    text
}

fn example(function: &str, arguments: &[(&str, &str)]) -> String {
    let mut lines = vec!["```no_run".to_owned(), "# async fn example(".to_owned()];
    lines.push(format!("#     client: {RUNTIME}::Client,"));
    lines.extend(arguments.iter().map(|(name, ty)| format!("#     {name}: {ty},")));
    lines.push(format!("# ) -> Result<(), {RUNTIME}::Error> {{"));
    lines.push(format!("let response = client.{function}()"));
    lines.extend(arguments.iter().map(|(name, _)| format!("    .{name}({name})")));
    lines.extend(["    .send()", "    .await?;", "# Ok(())", "# }", "```"].map(str::to_owned));
    lines.join("\n")
}

/// Writes `example` over the one that a doc comment has.
fn replace(attributes: &mut [Attribute], example: &str) {
    for attribute in attributes {
        let Some(text) = doc_text(attribute) else { continue };
        if let Some((before, _)) = text.split_once("```ignore") {
            *attribute = doc(&format!("{}\n\n{example}", before.trim_end()));
        }
    }
}
