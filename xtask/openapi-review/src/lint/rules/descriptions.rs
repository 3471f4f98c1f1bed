//! Everything that becomes public API has a description: it becomes its documentation.

use cx_client_build::Document;

use super::context::Context;
use crate::lint::diagnostics::Diagnostics;
use crate::lint::sites::{Role, SchemaSite};

const RULE: &str = "description";

/// Operations, parameters, headers, and schemas that become a type or a field.
///
/// A reference is described by what it names, and so is an `allOf` of one reference. Inline parts
/// (items, members of a composition) need a description only where they become a type of their
/// own: objects and enums. Members of `allOf` are part of the type around them.
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    for operation in &context.sites.operations {
        if !operation.at.says("description") {
            let message = "this operation has no description";
            let help = "add a `description` that says what the operation does; `summary` is only \
                        its title";
            diagnostics.error(RULE, &operation.at.pointer, message, help);
        }
    }
    for parameter in &context.sites.parameters {
        if !parameter.at.says("description") {
            let kind = if parameter.is_header { "header" } else { "parameter" };
            let message = format!("the {kind} `{}` has no description", parameter.name);
            diagnostics.error(RULE, &parameter.at.pointer, message, "add a `description`");
        }
    }
    for schema in &context.sites.schemas {
        if let Some(subject) = subject(schema)
            && !is_described(context.document, schema)
        {
            let message = format!("{subject} has no description");
            let help = if schema.at.reference().is_some() {
                "describe the schema that the reference names"
            } else {
                "add a `description`: it becomes the documentation of the Rust type or field"
            };
            diagnostics.error(RULE, &schema.at.pointer, message, help);
        }
    }
}

/// What to call the schema, where it needs a description.
fn subject(schema: &SchemaSite<'_>) -> Option<String> {
    let becomes_a_type =
        schema.at.node.get("properties").is_some() || schema.at.node.get("enum").is_some();
    match schema.role {
        Role::Component(name) => Some(format!("the schema `{name}`")),
        Role::Property(name) => Some(format!("the property `{name}`")),
        // The component that a body refers to is checked where it stands.
        Role::Body if schema.at.reference().is_some() => None,
        Role::Body => Some("the schema of this body".to_owned()),
        Role::Part if becomes_a_type => Some("this inline schema".to_owned()),
        Role::Part | Role::Parameter | Role::AllOfMember => None,
    }
}

fn is_described(document: &Document, schema: &SchemaSite<'_>) -> bool {
    if schema.at.says("description") {
        return true;
    }
    let members: Vec<_> = schema.at.items_of("allOf").collect();
    let named = match &members[..] {
        [only] if only.reference().is_some() => only,
        _ => &schema.at,
    };
    let target = named.clone().resolve(document);
    // A component that lacks its description is reported there, once.
    target.says("description")
        || (named.reference().is_some() && target.pointer.starts_with("/components/schemas/"))
}
