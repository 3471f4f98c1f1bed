//! Edits of a document, as JSON.

use cx_client_build::unescape_token;
use serde_json::{Map, Value};

use super::compare::Edit;

/// The document after edits; `None` if there are none, or one does not apply to it.
pub(super) fn apply(document: &Value, edits: &[Edit]) -> Option<Value> {
    if edits.is_empty() {
        return None;
    }
    let mut document = document.clone();
    for edit in edits {
        apply_one(&mut document, edit)?;
    }
    Some(document)
}

fn apply_one(document: &mut Value, edit: &Edit) -> Option<()> {
    match edit {
        Edit::Set(pointer, value) => set(document, pointer, value.clone())?,
        Edit::Remove(pointer) => {
            let (parent, token) = pointer.rsplit_once('/')?;
            match document.pointer_mut(parent)? {
                Value::Object(fields) => {
                    fields.remove(&unescape_token(token))?;
                }
                Value::Array(items) => {
                    let index = token.parse::<usize>().ok().filter(|at| *at < items.len())?;
                    items.remove(index);
                }
                _ => return None,
            }
        }
        Edit::Rename(pointer, name) => {
            let (parent, token) = pointer.rsplit_once('/')?;
            let fields = document.pointer_mut(parent)?.as_object_mut()?;
            let value = fields.remove(&unescape_token(token))?;
            fields.insert(name.clone(), value);
        }
        Edit::Require(pointer, name, is_required) => {
            let schema = document.pointer_mut(pointer)?.as_object_mut()?;
            let list = schema.entry("required").or_insert_with(|| Value::Array(Vec::new()));
            let names = list.as_array_mut()?;
            let known = names.iter().position(|known| known.as_str() == Some(name));
            match (known, is_required) {
                (None, true) => names.push(name.as_str().into()),
                (Some(at), false) => {
                    names.remove(at);
                }
                _ => return None,
            }
            if names.is_empty() {
                schema.remove("required");
            }
        }
    }
    Some(())
}

/// Sets a value, with the objects around it that are missing; `-` is the place after the last item.
fn set(document: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let mut target = document;
    for token in pointer.split('/').skip(1) {
        let key = unescape_token(token);
        if target.is_null() {
            *target = if key == "-" { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        target = match target {
            Value::Object(fields) => fields.entry(key).or_insert(Value::Null),
            Value::Array(items) => {
                let index = if key == "-" { items.len() } else { key.parse::<usize>().ok()? };
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index)?
            }
            _ => return None,
        };
    }
    *target = value;
    Some(())
}
