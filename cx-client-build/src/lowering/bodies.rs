//! Bodies of requests.

use serde_json::{Map, Value, json};

use super::choices::required;
use super::media_types::{concrete, is_json, kind_of};
use super::parameters::{least, style_of};
use super::schemas::type_of;
use super::{Direction, Lowering};
use crate::names::{Body, BodyKind, Location};
use crate::node::{Node, escape_token};

impl<'a> Lowering<'a> {
    /// The lowered request body; `operation` is in Pascal case.
    pub(super) fn body(&mut self, pointer: &str, operation: &str) -> Option<(Value, Body)> {
        let at = format!("{pointer}/requestBody");
        let (body, at) = self.resolve(self.json.pointer(&at)?, &at);
        let entries = self.document.at(&format!("{at}/content")).map_or(&[][..], Node::entries);
        let document = self.document;
        let media = entries.iter().find_map(|entry| Some((&entry.key, kind_of(document, entry)?)));
        let Some((media_type, kind)) = media else {
            if let Some(first) = entries.first() {
                self.refuse(
                    "media-type",
                    &format!("{at}/content/{}", escape_token(&first.key)),
                    format!("the client cannot write a body of `{}`", first.key),
                    "it writes JSON, `application/x-www-form-urlencoded`, and any media type whose \
                     schema is a string (`format: binary` for bytes)",
                );
            }
            return None;
        };
        let at = format!("{at}/content/{}", escape_token(media_type));
        let schema_at = format!("{at}/schema");
        let schema = self.json.pointer(&schema_at).unwrap_or(&Value::Null);
        if kind == BodyKind::Form && !self.is_form(schema, &schema_at) {
            return None;
        }
        let (name, lowered) = match kind {
            BodyKind::Json | BodyKind::Form => {
                let name = format!("{operation}-body");
                (
                    if kind == BodyKind::Json { "application/json" } else { media_type },
                    self.top_level(schema, &schema_at, Direction::Request, &name),
                )
            }
            BodyKind::Text => ("text/plain", json!({ "type": "string" })),
            BodyKind::Bytes => {
                ("application/octet-stream", json!({ "type": "string", "format": "binary" }))
            }
        };
        let styles =
            if kind == BodyKind::Form { self.form_styles(&at, schema) } else { Vec::new() };
        let has_numbers = self.has_numbers(&lowered, &mut Vec::new());
        let limits = match kind {
            BodyKind::Json => Some(self.limits(schema, &schema_at)),
            BodyKind::Form => Some(self.limits_of_form(schema, &schema_at, &styles)),
            BodyKind::Text => self.limits_of_text(schema, &schema_at),
            BodyKind::Bytes => None,
        };
        let mut value = Map::new();
        if let Some(description) = body.get("description") {
            value.insert("description".to_owned(), description.clone());
        }
        value.insert("required".to_owned(), Value::Bool(true));
        let name = name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
        value.insert("content".to_owned(), json!({ name: { "schema": lowered } }));
        let media_type = concrete(media_type, kind);
        let required = body.get("required") == Some(&Value::Bool(true));
        Some((
            Value::Object(value),
            Body { kind, media_type, required, styles, has_numbers, limits },
        ))
    }

    /// Whether a schema can be that of a form; one that cannot is refused.
    fn is_form(&mut self, schema: &Value, at: &str) -> bool {
        let merged = self.merged(schema, at);
        let is_one_value =
            matches!(type_of(&merged), "string" | "array" | "integer" | "number" | "boolean");
        if is_one_value {
            self.refuse(
                "media-type",
                at,
                "a form consists of properties, and this is one value".to_owned(),
                "describe the form as an object, or the body as text with another media type",
            );
        }
        !is_one_value
    }

    /// What `encoding` says of the properties of a form.
    fn form_styles(&mut self, at: &str, schema: &Value) -> Vec<(String, &'static str)> {
        let encoding = self.json.pointer(&format!("{at}/encoding")).and_then(Value::as_object);
        let form = self.merged(schema, &format!("{at}/schema"));
        let mut styles = Vec::new();
        for (property, encoding) in encoding.into_iter().flatten() {
            let has = |key: &str| encoding.get(key).is_some();
            let text = |key: &str| encoding.get(key).and_then(Value::as_str);
            if !has("style") && !has("explode") {
                if text("contentType").is_some_and(is_json) {
                    styles.push((property.clone(), "Json"));
                }
                continue;
            }
            let wanted = text("style").unwrap_or("form");
            let explode = encoding.get("explode").and_then(Value::as_bool);
            let style = style_of(Location::Query, wanted, explode.unwrap_or(wanted == "form"));
            let schema = form.pointer(&format!("/properties/{}", escape_token(property)));
            let schema = schema.map(|schema| self.merged(schema, at)).unwrap_or_default();
            let problem = match style {
                Some(style) => self.without_form(property, &schema, at, style),
                None => Some(format!("`{property}` of a form cannot have the style `{wanted}`")),
            };
            if let Some(problem) = problem {
                let at = format!("{at}/encoding/{}/style", escape_token(property));
                let help = "use `form`, `spaceDelimited` or `pipeDelimited` for a list, `deepObject` \
                            for an object, or `contentType: application/json` for what has parts";
                self.refuse("media-type", &at, problem, help);
            }
            styles.extend(style.map(|style| (property.clone(), style)));
        }
        styles
    }

    /// What a form must keep to; a required property of it has something to send.
    fn limits_of_form(&mut self, schema: &Value, at: &str, styles: &[(String, &str)]) -> usize {
        let merged = self.merged(schema, at);
        let mut properties = Map::new();
        for name in required(&merged) {
            let style = styles.iter().find(|(property, _)| *property == name);
            let schema = merged.pointer(&format!("/properties/{}", escape_token(&name)));
            let schema = schema.map(|schema| self.merged(schema, at));
            // An object is written as JSON where nothing else is said.
            let style = style.map_or("FormExploded", |(_, style)| style);
            let more = schema.and_then(|schema| least(&schema, style));
            properties.extend(more.map(|more| (name, more)));
        }
        let more = (!properties.is_empty()).then(|| json!({ "properties": properties }));
        self.limits_and(schema, at, more)
    }

    fn has_numbers(&self, lowered: &Value, seen: &mut Vec<String>) -> bool {
        match lowered {
            Value::Object(fields) => {
                if fields.get("type").and_then(Value::as_str) == Some("number") {
                    return true;
                }
                let target = fields.get("$ref").and_then(Value::as_str);
                if let Some(name) = target.and_then(|target| target.rsplit('/').next()) {
                    if seen.iter().any(|seen| seen == name) {
                        return false;
                    }
                    seen.push(name.to_owned());
                    let schema = self.schemas.get(name);
                    return schema.is_some_and(|schema| self.has_numbers(schema, seen));
                }
                fields.values().any(|value| self.has_numbers(value, seen))
            }
            Value::Array(items) => items.iter().any(|value| self.has_numbers(value, seen)),
            _ => false,
        }
    }
}
