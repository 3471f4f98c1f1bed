//! A page and a document that say the same in other words agree.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cx_client_build::Document;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use serde_json::{Value, json};

/// A document whose one operation sends and answers an object with the property `p`.
fn document(version: &str, p: &Value) -> Value {
    let schema = json!({ "type": "object", "properties": { "p": p } });
    let content = json!({ "application/json": { "schema": schema } });
    json!({
        "openapi": version,
        "info": { "title": "Parcels", "version": "1" },
        "security": [],
        "paths": { "/parcels": { "post": {
            "operationId": "send_parcel",
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "Sent", "content": content } },
        } } },
        "components": { "schemas": {
            "Label": { "type": "object", "properties": { "text": { "type": "string" } } },
        } },
    })
}

/// The report on a page that has the property as `theirs`.
fn report(ours: &Value, version: &str, theirs: &Value) -> Report {
    let spec = Document::parse("spec.json", &document("3.0.3", ours).to_string()).unwrap();
    let block = serde_json::to_string_pretty(&document(version, theirs)).unwrap();
    let page = format!("# Send a parcel\n\n```yaml post /parcels\n{block}\n```\n");
    Report::new(&spec, &[read("page.md", &page).unwrap()])
}

fn object(name: &str) -> Value {
    json!({ "type": "object", "properties": { name: { "type": "string" } } })
}

#[test]
fn equal_schemas_in_other_words_agree() {
    let label = || json!({ "$ref": "#/components/schemas/Label" });
    let sizes = json!({ "type": "string", "enum": ["s", "m"] });
    let single = |size: &str| json!({ "type": "string", "enum": [size] });
    let nullable = json!({ "allOf": [label()], "nullable": true });
    let (text, whole) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let both = json!({ "type": "object", "properties": {
        "a": { "type": "string" }, "b": { "type": "string" },
    } });
    for (one, other) in [
        (label(), object("text")),
        (label(), json!({ "allOf": [label()] })),
        (label(), json!({ "anyOf": [label()] })),
        (label(), json!({ "oneOf": [label()] })),
        (sizes.clone(), json!({ "type": "string", "enum": ["m", "s"] })),
        (sizes, json!({ "oneOf": [single("s"), single("m")] })),
        (json!({ "oneOf": [text, whole] }), json!({ "anyOf": [whole, text] })),
        (
            json!({ "oneOf": [text, label()], "example": "a", "default": "b" }),
            json!({ "anyOf": [label(), text], "example": "a", "default": "b" }),
        ),
        (
            json!({ "oneOf": [object("a"), object("b")] }),
            json!({ "oneOf": [object("b"), object("a")] }),
        ),
        (both, json!({ "allOf": [object("b"), object("a")] })),
        (
            json!({ "type": "integer", "minimum": 1 }),
            json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true }),
        ),
        (whole, json!({ "type": "integer", "maxLength": 5 })),
    ] {
        for (ours, theirs) in [(&one, &other), (&other, &one)] {
            let differences = report(ours, "3.0.3", theirs).differences;
            assert!(differences.is_empty(), "{ours} and {theirs}: {differences:#?}");
        }
    }
    let null = json!({ "anyOf": [label(), { "type": "null" }] });
    let older = report(
        &nullable,
        "3.0.3",
        &json!({ "oneOf": [label(), { "nullable": true, "enum": [null] }] }),
    );
    assert!(older.agrees(), "{:#?}", older.differences);
    let own = json!({ "$ref": "#/$defs/Own", "$defs": { "Own": object("text") } });
    for (ours, theirs) in [(nullable, null), (label(), own), (object("text"), object("text"))] {
        let differences = report(&ours, "3.1.0", &theirs).differences;
        assert!(differences.is_empty(), "{ours} and {theirs}: {differences:#?}");
    }
}

/// What is only another form is a note; beside it, another meaning is found.
#[test]
fn another_form_hides_no_other_meaning() {
    let same = report(
        &json!({ "type": "integer" }),
        "3.0.3",
        &json!({ "minLength": 1, "type": "integer" }),
    );
    assert!(same.notes.iter().any(|note| note.message.contains("`minLength` in other words")));
    let other = report(
        &json!({ "type": "integer" }),
        "3.0.3",
        &json!({ "minLength": 1, "type": "string" }),
    );
    assert!(!other.agrees());
    let choice = report(
        &json!({ "oneOf": [object("a"), object("b")] }),
        "3.0.3",
        &json!({ "oneOf": [object("b"), object("c")] }),
    );
    assert!(!choice.agrees());
}

/// A difference offers the fact that a deviation records, and takes it once it is recorded.
#[test]
fn what_a_member_of_a_composition_narrows_can_be_recorded() {
    let kind = |values: &[&str]| {
        json!({ "allOf": [
        { "$ref": "#/components/schemas/Label" },
        { "type": "object", "properties": { "text": { "enum": values } } },
    ] })
    };
    let mut ours = kind(&["a", "b"]);
    let found = report(&ours, "3.0.3", &kind(&["a"])).differences;
    assert!(!found.is_empty());
    let facts: Vec<String> =
        found.iter().map(|one| one.fact.as_ref().unwrap().name.to_string()).collect();
    assert!(facts.iter().all(|fact| fact == "enum"), "{facts:?}");
    ours["allOf"][1]["properties"]["text"]["x-deviation"] =
        json!({ "enum": { "page": ["a"], "reason": "The server sends both." } });
    let recorded = report(&ours, "3.0.3", &kind(&["a"]));
    assert!(recorded.agrees(), "{:#?}", recorded.differences);
}

/// A form, and a choice that a property tells apart.
#[test]
fn encodings_and_discriminators_are_compared() {
    let choice = |names: [&str; 2], values: [&str; 2]| {
        let target = |name: &str| format!("#/components/schemas/{name}");
        json!({
            "oneOf": [{ "$ref": target(names[0]) }, { "$ref": target(names[1]) }],
            "discriminator": { "propertyName": "kind", "mapping": {
                (values[0]): target(names[0]), (values[1]): target(names[1]),
            } },
        })
    };
    let with = |names: [&str; 2], p: &Value| {
        let mut all = document("3.0.3", p);
        for (name, property) in names.into_iter().zip(["a", "b"]) {
            let mut schema = object(property);
            schema["properties"]["kind"] = json!({ "type": "string" });
            schema["required"] = json!(["kind"]);
            all["components"]["schemas"][name] = schema;
        }
        all
    };
    let compare = |spec: &Value, theirs: &Value| {
        let spec = Document::parse("spec.json", &spec.to_string()).unwrap();
        let block = serde_json::to_string_pretty(theirs).unwrap();
        let page = read("page.md", &format!("```yaml post /parcels\n{block}\n```\n")).unwrap();
        Report::new(&spec, &[page])
    };
    let spec = with(["Box", "Bag"], &choice(["Box", "Bag"], ["box", "bag"]));
    let (names, values) = (["BoxDto", "BagDto"], ["box", "bag"]);
    let same = compare(&spec, &with(names, &choice(names, values)));
    assert!(same.agrees(), "{:#?}", same.differences);
    let other = compare(&spec, &with(names, &choice(names, ["box", "sack"])));
    let ids: Vec<&str> = other.differences.iter().map(|one| &*one.change.id).collect();
    assert!(ids.contains(&"request-property-discriminator-mapping-added"), "{ids:?}");
    // Without a mapping, the values are the names of the components, which differ here.
    let mut unmapped = choice(names, values);
    unmapped["discriminator"].as_object_mut().unwrap().remove("mapping");
    assert!(
        compare(&with(["Box", "Bag"], &choice(["Box", "Bag"], names)), &with(names, &unmapped))
            .agrees()
    );
    let mut ours = choice(["Box", "Bag"], values);
    ours["discriminator"].as_object_mut().unwrap().remove("mapping");
    assert!(!compare(&with(["Box", "Bag"], &ours), &with(names, &unmapped)).agrees());
    let form = |kind: &str| {
        let mut all = document("3.0.3", &json!({ "type": "string" }));
        let body = &mut all["paths"]["/parcels"]["post"]["requestBody"];
        let mut media = body["content"]["application/json"].clone();
        media["encoding"] = json!({ "p": { "contentType": kind } });
        body["content"] = json!({ "multipart/form-data": media });
        all
    };
    assert!(compare(&form("image/png"), &form("image/png")).agrees());
    let other = compare(&form("image/png"), &form("image/gif")).differences;
    assert_eq!(other[0].change.id, "request-body-encoding-changed");
    assert_eq!(other[0].fact.as_ref().unwrap().name.to_string(), "contentType");
}
