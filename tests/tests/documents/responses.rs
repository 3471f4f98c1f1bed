//! What is received is read, also where it could not be sent.

use cx_client_documents::documents::{compositions, constraints};
use serde_json::json;

use super::{events, responding};

#[tokio::test]
async fn constraints_do_not_bind_what_is_received() {
    let response = json!({
        "strict": { "a": "x", "new": 1 }, "short": "too long", "phone": "none", "count": 0,
        "code": 3, "rate": 7, "truth": false, "pair": [1, 2, 3], "set": ["a", "a"],
        "at": "yesterday", "host": "localhost", "level": 30, "list": ["a", "z"],
    });
    let (_server, settings) = responding(&response.to_string()).await;
    let client = constraints::client(&settings);
    let order = client.get_order().send().await.unwrap().into_inner();
    assert_eq!(order.strict.unwrap().a.as_deref(), Some("x"));
    assert_eq!((order.short.as_deref(), order.phone.as_deref()), (Some("too long"), Some("none")));
    assert_eq!((order.count, order.code, order.rate), (Some(0), Some(3), Some(7.0)));
    assert_eq!((order.truth, order.pair.len(), order.set.len()), (Some(false), 3, 2));
    assert_eq!(
        (order.at.as_deref(), order.host.as_deref()),
        (Some("yesterday"), Some("localhost"))
    );
    assert_eq!(*order.level.unwrap(), 30);
    assert_eq!(order.list[1].to_string(), "z");

    let response = json!({ "short": "too long", "code": 3, "count": 0, "level": 30 });
    let (_server, settings) = responding(&response.to_string()).await;
    let client = constraints::client(&settings);
    let draft = client.put_order().body_map(|body| body).send().await.unwrap().into_inner();
    assert_eq!(draft.short.as_deref(), Some("too long"));
    assert_eq!((draft.code, draft.count), (Some(3), Some(0)));
    assert_eq!(json!(draft), response);
}

/// What serde derives would read an array as an object, item by item.
#[tokio::test]
async fn an_array_is_no_object() {
    for response in [
        json!(["x"]),
        json!({ "strict": ["x"] }),
        json!({ "strict": ["x"], "list": null }),
        json!({ "strict": [] }),
    ] {
        let (_server, settings) = responding(&response.to_string()).await;
        let error = constraints::client(&settings).get_order().send().await.unwrap_err();
        assert!(error.to_string().contains("found an array"), "{error}");
        assert_eq!(error.body_json::<serde_json::Value>().unwrap(), response);
    }
    let response = json!({ "nested": ["k", "n", 2], "kind": "long" });
    let (_server, settings) = responding(&response.to_string()).await;
    compositions::client(&settings).get_visit().send().await.unwrap_err();
}

/// A member of a map is there or not; an item of an array has its place.
#[test]
fn null_in_a_map_is_an_absent_member_and_in_an_array_an_empty_item() {
    let (order, told) = events(async {
        let response = json!({
            "flags": { "a": null, "b": true, "c": null }, "lists": { "x": ["1", null], "y": null },
            "any_or_none": { "n": null }, "list": ["a"],
        });
        let (_server, settings) = responding(&response.to_string()).await;
        constraints::client(&settings).get_order().send().await.unwrap().into_inner()
    });
    assert_eq!(json!(order.flags), json!({ "b": true }));
    assert_eq!(json!(order.lists), json!({ "x": ["1", ""] }));
    assert_eq!(json!(order.any_or_none), json!({ "n": null }));
    let absent = told.iter().filter(|one| one.ends_with("an absent member")).count();
    assert_eq!((told.len(), absent), (4, 3), "{told:?}");
}

/// In the order of the document, with room to grow, redacted, and with values that are not known.
#[tokio::test]
async fn what_is_composed_is_as_what_is_written_in_one() {
    let response = json!({
        "key": "k", "note": "hush", "zone": "z", "area": "a", "new": true,
        "nested": { "key": "n", "note": "hush", "depth": 2 }, "mood": "so-so", "kind": "medium",
    });
    let (_server, settings) = responding(&response.to_string()).await;
    let client = compositions::client(&settings);
    let visit = client.get_visit().send().await.unwrap().into_inner();
    let text = serde_json::to_string(&visit).unwrap();
    let places: Vec<usize> = ["key", "note", "zone", "area", "nested", "mood", "kind"]
        .iter()
        .map(|name| text.find(&format!("\"{name}\"")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(
        (visit.mood.as_ref().unwrap().to_string(), visit.kind.to_string()),
        ("so-so".into(), "medium".into())
    );
    let text = format!("{visit:?}");
    assert!(!text.contains("hush") && text.contains("note: [redacted]"), "{text}");
    let null = json!({ "key": "k", "zone": "z", "area": "a", "mood": null, "kind": "long" });
    let (_server, settings) = responding(&null.to_string()).await;
    let visit = compositions::client(&settings).get_visit().send().await.unwrap().into_inner();
    assert!(visit.mood.is_none());
}

/// The generated code says so, since no code outside of the crate can show it.
#[test]
fn types_of_responses_have_room_to_grow_wherever_they_come_from() {
    for (document, types) in [
        (
            "compositions",
            &["struct Visit ", "struct VisitNested ", "enum Mood ", "enum VisitKind "][..],
        ),
        (
            "unions",
            &[
                "enum Signal ",
                "struct RingSignal ",
                "struct Cat ",
                "enum Animal ",
                "struct ThingsBoth ",
            ],
        ),
        ("read_and_write_only", &["struct Account ", "struct Branch "]),
    ] {
        let source = cx_client_build::generate(format!("documents/{document}.yaml")).unwrap();
        for name in types {
            let (before, _) = source.split_once(&format!("pub {name}")).unwrap();
            assert!(before.trim_end().ends_with("#[non_exhaustive]"), "{name}");
        }
    }
    let source = cx_client_build::generate("documents/compositions.yaml").unwrap();
    assert!(source.contains("/// `very-good`"), "variants are documented by their value");
}
