//! Parameters: their names, and how they are written.

use serde_json::{Map, Value, json};

use super::{Direction, Lowering};
use crate::names::{Location, ParameterName, Wire};
use crate::node::{Node, escape_token};
use crate::rust_name::{BUILDER_METHODS, Case, Scope};

/// A parameter of an operation, with its pointer.
struct Parameter<'a> {
    value: &'a Value,
    at: String,
}

impl Parameter<'_> {
    fn text(&self, key: &str) -> &str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The name under which it is sent and its location.
    fn key(&self) -> (&str, &str) {
        (self.text("name"), self.text("in"))
    }
}

impl<'a> Lowering<'a> {
    /// The lowered parameters of an operation and their names; `operation` is in Pascal case.
    pub(super) fn parameters(
        &mut self,
        item: &str,
        pointer: &str,
        operation: &str,
    ) -> (Vec<Value>, Vec<ParameterName>) {
        let mut parameters = self.merged_parameters(item, pointer);
        // A header of these names is not a parameter (OpenAPI 3.0.4 section 4.7.12.2.1).
        let is_ignored = |parameter: &Parameter<'_>| {
            let (name, location) = parameter.key();
            let ignored = ["accept", "content-type", "authorization"];
            location == "header" && ignored.contains(&name.to_ascii_lowercase().as_str())
        };
        parameters.retain(|parameter| !is_ignored(parameter));
        parameters.sort_by_key(|parameter| parameter.text("in") != "path");
        let mut scope = Scope::with(BUILDER_METHODS);
        let mut lowered = Vec::new();
        let mut names = Vec::new();
        for parameter in parameters {
            let (name, location) = parameter.key();
            if location == "header" {
                self.check_header(name, &parameter.at, &names);
            }
            let kind = if scope.has(&crate::rust_name::rust_name(name, Case::Snake))
                && !BUILDER_METHODS.contains(&name)
            {
                location
            } else {
                "parameter"
            };
            let setter = scope.take(name, Case::Snake, kind);
            if let Some((value, wire)) = self.parameter(&parameter, &setter, operation) {
                lowered.push(value);
                names.push(ParameterName {
                    pointer: parameter.at.clone(),
                    name: name.to_owned(),
                    setter,
                    wire,
                });
            }
        }
        (lowered, names)
    }

    /// Refuses a name that no header can have, and one that another header has already: names of
    /// headers have no case (RFC 9110 section 5.1).
    fn check_header(&mut self, name: &str, at: &str, others: &[ParameterName]) {
        let is_same = |other: &&ParameterName| {
            other.wire.location == Location::Header && other.name.eq_ignore_ascii_case(name)
        };
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            self.refuse(
                "parameter",
                at,
                format!("no header can have the name `{name}`"),
                "write the name that the server reads: letters, digits and hyphens",
            );
        } else if let Some(other) = others.iter().find(is_same) {
            let message =
                format!("`{name}` is the header `{}` again, which has no case", other.name);
            self.refuse("parameter", at, message, "remove one of the two");
        }
    }

    /// The parameters of the path item, unless the operation has one of the same name and place.
    fn merged_parameters(&self, item: &str, operation: &str) -> Vec<Parameter<'a>> {
        let mut merged: Vec<Parameter<'a>> = Vec::new();
        for holder in [item, operation] {
            let list = format!("{holder}/parameters");
            let length = self.document.at(&list).map_or(0, |node| Node::items(node).len());
            for index in 0..length {
                let at = format!("{list}/{index}");
                let Some(value) = self.json.pointer(&at) else { continue };
                let (value, at) = self.resolve(value, &at);
                let parameter = Parameter { value, at };
                match merged.iter().position(|other| other.key() == parameter.key()) {
                    Some(at) => merged[at] = parameter,
                    None => merged.push(parameter),
                }
            }
        }
        merged
    }

    fn parameter(
        &mut self,
        parameter: &Parameter<'a>,
        setter: &str,
        operation: &str,
    ) -> Option<(Value, Wire)> {
        let (name, location) = parameter.key();
        let at = &parameter.at;
        let location = match location {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            _ => {
                self.refuse(
                    "parameter",
                    at,
                    format!("the parameter `{name}` is a cookie, and the client sends none"),
                    "describe it as a request header, if the server takes it as one",
                );
                return None;
            }
        };
        let (schema, schema_at, style) = self.schema_and_style(parameter, location)?;
        let members = self.check_shape(parameter, schema, &schema_at, style)?;
        let mut schema = schema.clone();
        let nullable = self.is_nullable(&schema);
        if parameter.value.get("x-sensitive") == Some(&Value::Bool(true))
            && let (Some(fields), None) = (schema.as_object_mut(), parameter.value.get("$ref"))
            && !fields.contains_key("$ref")
        {
            fields.insert("x-sensitive".to_owned(), Value::Bool(true));
        }
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("nullable");
        }
        let type_name = format!("{operation}-{setter}");
        let lowered = self.inline(&schema, &schema_at, Direction::Request, &type_name);
        let lowered = self.without_builder(lowered, &type_name);
        let required = parameter.value.get("required") == Some(&Value::Bool(true)) && !nullable;
        // The runtime sees to it that what stands in the path is not empty.
        let can_be_absent = required && location != Location::Path;
        let least = || least(&self.merged(&schema, &schema_at), style);
        let more = can_be_absent.then(least).flatten();
        let limits = Some(self.limits_and(&schema, &schema_at, more));
        let required = required || location == Location::Path;
        let mut value = Map::new();
        value.insert("name".to_owned(), setter.into());
        value.insert("in".to_owned(), parameter.text("in").into());
        value.insert("required".to_owned(), required.into());
        if let Some(description) = parameter.value.get("description") {
            value.insert("description".to_owned(), description.clone());
        }
        value.insert("schema".to_owned(), lowered);
        Some((Value::Object(value), Wire { location, style, required, members, limits }))
    }

    fn schema_and_style(
        &mut self,
        parameter: &Parameter<'a>,
        location: Location,
    ) -> Option<(&'a Value, String, &'static str)> {
        let (name, at) = (parameter.text("name").to_owned(), parameter.at.as_str());
        if let Some(content) = parameter.value.get("content").and_then(Value::as_object) {
            let Some((media_type, media)) = content.iter().next().filter(|_| content.len() == 1)
            else {
                self.refuse(
                    "parameter",
                    at,
                    format!("`content` of the parameter `{name}` must have one media type"),
                    "leave the one that is sent (OpenAPI 3.0.4 section 4.7.12.2.3)",
                );
                return None;
            };
            if !super::media_types::is_json(media_type) {
                self.refuse(
                    "parameter",
                    at,
                    format!("the parameter `{name}` is `{media_type}`, and the client writes JSON"),
                    "describe it with `schema` and `style`, or as `application/json`",
                );
                return None;
            }
            static ANY: Value = Value::Null;
            let at = format!("{at}/content/{}/schema", escape_token(media_type));
            return Some((media.get("schema").unwrap_or(&ANY), at, "Json"));
        }
        static ANY: Value = Value::Null;
        let schema = parameter.value.get("schema").unwrap_or(&ANY);
        let default = if location == Location::Query { "form" } else { "simple" };
        let style = parameter.value.get("style").and_then(Value::as_str).unwrap_or(default);
        let explode = parameter.value.get("explode").and_then(Value::as_bool);
        match style_of(location, style, explode.unwrap_or(style == "form")) {
            Some(style) => Some((schema, format!("{at}/schema"), style)),
            None => {
                self.refuse(
                    "parameter",
                    &format!("{at}/style"),
                    format!("the parameter `{name}` cannot have the style `{style}`"),
                    "see the table of styles in OpenAPI 3.0.4 section 4.7.12.3: `simple`, `label` \
                     and `matrix` in the path, `form`, `spaceDelimited`, `pipeDelimited` and \
                     `deepObject` in the query, `simple` in a header",
                );
                None
            }
        }
    }

    /// Refuses what OpenAPI does not say how to write, and gives the members of an object.
    fn check_shape(
        &mut self,
        parameter: &Parameter<'a>,
        schema: &Value,
        at: &str,
        style: &'static str,
    ) -> Option<Vec<String>> {
        let merged = self.merged(schema, at);
        let problem = self.without_form(parameter.text("name"), &merged, at, style);
        if let Some(problem) = problem {
            self.refuse(
                "parameter",
                &parameter.at,
                problem,
                "describe what the server takes: as text, or as JSON with `content: \
                 {application/json: {schema: …}}`",
            );
            return None;
        }
        let properties = merged.get("properties").and_then(Value::as_object);
        let is_object = super::schemas::type_of(&merged) == "object";
        let exploded = style == "FormExploded" && is_object;
        let names = properties.filter(|_| exploded).map(|properties| properties.keys().cloned());
        Some(names.into_iter().flatten().collect())
    }

    /// What OpenAPI does not say how to write of a value.
    pub(super) fn without_form(
        &self,
        name: &str,
        merged: &Value,
        at: &str,
        style: &str,
    ) -> Option<String> {
        let kind = super::schemas::type_of(merged);
        match kind {
            _ if style == "Json" => None,
            "array" | "string" | "integer" | "number" | "boolean" if style == "DeepObject" => {
                Some(format!("`deepObject` writes objects, and `{name}` is none"))
            }
            "array" => {
                let items = merged.get("items").cloned().unwrap_or_default();
                let items = self.merged(&items, &format!("{at}/items"));
                let nested = matches!(super::schemas::type_of(&items), "array" | "object");
                nested.then(|| {
                    format!("the items of `{name}` have parts, for which OpenAPI has no form")
                })
            }
            "object" => self.nested_member(merged, at, style).map(|member| {
                format!("`{member}` of `{name}` has parts, for which OpenAPI has no form")
            }),
            _ => None,
        }
    }

    fn nested_member(&self, object: &Value, at: &str, style: &str) -> Option<String> {
        let properties = object.get("properties").and_then(Value::as_object)?;
        let nested = properties.iter().find(|(name, schema)| {
            let merged = self.merged(schema, &format!("{at}/properties/{}", escape_token(name)));
            match super::schemas::type_of(&merged) {
                "object" => true,
                "array" => style != "FormExploded",
                _ => false,
            }
        });
        nested.map(|(name, _)| name.clone())
    }

    /// A parameter of a struct is one of a newtype of it for progenitor, which expects no builder
    /// here.
    fn without_builder(&mut self, lowered: Value, type_name: &str) -> Value {
        let target = lowered.get("$ref").or_else(|| lowered.pointer("/allOf/0/$ref"));
        let target = target.and_then(Value::as_str).and_then(|target| target.rsplit('/').next());
        let Some(target) = target.map(str::to_owned) else { return lowered };
        let is_struct = self.types.get(&target).is_some_and(|made| made.facts.is_struct);
        if !is_struct {
            return lowered;
        }
        let name = self.scope.take(&format!("{type_name}-parameter"), Case::Pascal, "");
        self.stand_for(&name, &target);
        self.schemas.insert(name.clone(), super::schemas::reference(&target));
        json!({ "$ref": format!("#{}/{name}", super::COMPONENTS) })
    }
}

/// What a required value must keep to: one without a part is not written, and so not sent.
pub(super) fn least(merged: &Value, style: &str) -> Option<Value> {
    match (super::schemas::type_of(merged), style) {
        (_, "Json") => None,
        ("array", _) => Some(json!({ "minItems": 1 })),
        // The members stand for themselves.
        ("object", "FormExploded") => None,
        ("object", _) => Some(json!({ "minProperties": 1 })),
        _ => None,
    }
}

pub(super) fn style_of(location: Location, style: &str, explode: bool) -> Option<&'static str> {
    Some(match (location, style, explode) {
        (Location::Path | Location::Header, "simple", false) => "Simple",
        (Location::Path | Location::Header, "simple", true) => "SimpleExploded",
        (Location::Path, "label", false) => "Label",
        (Location::Path, "label", true) => "LabelExploded",
        (Location::Path, "matrix", false) => "Matrix",
        (Location::Path, "matrix", true) => "MatrixExploded",
        (Location::Query, "form", false) => "Form",
        (Location::Query, "spaceDelimited" | "pipeDelimited" | "form", true) => "FormExploded",
        (Location::Query, "spaceDelimited", false) => "SpaceDelimited",
        (Location::Query, "pipeDelimited", false) => "PipeDelimited",
        (Location::Query, "deepObject", _) => "DeepObject",
        _ => return None,
    })
}
