//! A value is read as the alternative that it is, or kept.

use cx_client_documents::documents::unions::{client, types};
use serde_json::{Value, json};

use super::{empty, events, last_body, responding};

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

#[tokio::test]
async fn a_tag_decides_and_one_that_is_not_known_keeps_the_value() {
    let text = json!({ "kind": "text", "id": "2", "words": "hi" });
    let (_server, settings) = responding(&text.to_string()).await;
    let signal = client(&settings).get_signal().send().await.unwrap().into_inner();
    let types::Signal::TextSignal(signal) = signal else { panic!("{signal:?}") };
    assert_eq!(signal.words.as_deref(), Some("hi"));
    assert!(!format!("{signal:?}").contains("hi\""));

    let other = json!({ "kind": "smoke", "id": "2", "color": "grey" });
    let (_server, settings) = responding(&other.to_string()).await;
    let signal = client(&settings).get_signal().send().await.unwrap().into_inner();
    let types::Signal::Unknown(value) = &signal else { panic!("{signal:?}") };
    assert_eq!(*value, other);
    assert_eq!(json!(signal), other);

    // Closed: the type of an alternative takes no other tag.
    serde_json::from_value::<types::RingSignal>(text).unwrap_err();
}

#[tokio::test]
async fn a_request_sends_the_alternative_as_it_is() {
    let (server, settings) = empty().await;
    let dial = types::Dial { do_: types::DialDo::Dial, to: "t".to_owned() };
    client(&settings).put_signal().body(dial).send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"do":"dial","to":"t"}"#);
    serde_json::from_value::<types::Command>(json!({ "do": "wave" })).unwrap_err();
}

#[test]
fn what_refines_a_base_tells_alternatives_apart_wherever_the_base_stands() {
    use types::ThingsRefined;
    let refined = |kind: &str| read(&json!({ "kind": kind }));
    assert!(matches!(refined("letter"), ThingsRefined::Letter(_)));
    assert!(matches!(refined("parcel"), ThingsRefined::Parcel(_)));
    assert!(matches!(refined("pallet"), ThingsRefined::Unknown(_)));
}

#[test]
fn what_has_no_tag_is_told_by_what_it_has() {
    use types::*;
    let point = json!({ "x": 1.0, "y": 2.0 });
    assert!(matches!(read(&point), ThingsUntagged::Point(_)));
    let circle = json!({ "x": 1.0, "radius": 2.0 });
    assert!(matches!(read(&circle), ThingsUntagged::Circle(_)));
    assert!(matches!(read(&json!({ "y": 1.0 })), ThingsUntagged::Unknown(_)));

    for (value, expected) in [
        (json!("a"), "String"),
        (json!(1), "Integer"),
        (json!(1.5), "Unknown"),
        (json!(true), "Boolean"),
        (json!(["a"]), "Array"),
        (json!({ "a": "b" }), "Object"),
        (json!([1]), "Unknown"),
    ] {
        let read: ThingsByKindOfJson = read(&value);
        assert!(format!("{read:?}").starts_with(expected), "{value} is {read:?}");
        assert_eq!(json!(read), value);
    }

    assert!(matches!(read(&json!("longer than three")), ThingsExpandable::String(_)));
    let gone = json!({ "x": 1.0, "gone": true });
    assert!(matches!(read(&gone), ThingsExpandable::Gone(_)));
    assert!(matches!(
        read(&json!({ "x": 1.0, "y": 1.0, "gone": false })),
        ThingsExpandable::Point(_)
    ));

    assert!(matches!(read(&json!("q")), ThingsWords::Q));
    assert!(matches!(read(&json!("r")), ThingsWords::Unknown(_)));
    assert!(matches!(read(&json!("a")), ThingsKnownOrAny::Value(_)));
    assert!(matches!(read(&json!("z")), ThingsKnownOrAny::String(_)));
    assert!(matches!(read(&json!(2)), ThingsNumber::Integer(_)));
    assert!(matches!(read(&json!(3)), ThingsNumber::Number(_)));
    assert!(matches!(read(&json!({ "state": "done", "a": "x" })), ThingsByStates::Closed(_)));
    assert!(matches!(read(&json!({ "state": "lost" })), ThingsByStates::Unknown(_)));
    let things: Things = read(&json!({ "nullable": null, "both": { "x": 1.0, "name": "n" } }));
    assert!(things.nullable.is_none());
    let both = things.both.unwrap();
    assert_eq!((both.x, both.name.as_deref()), (Some(1.0), Some("n")));
    let beside: ThingsBeside = read(&json!({ "id": "i", "right": "r" }));
    assert!(matches!(&beside, ThingsBeside::Object2(object) if object.id == "i"), "{beside:?}");
    let tree: Tree = read(&json!({ "children": ["leaf", { "next": "leaf" }] }));
    assert_eq!(json!(tree), json!({ "children": ["leaf", { "children": [], "next": "leaf" }] }));
    let things: Things = read(&json!({ "restricted": { "a": "1", "b": "2" } }));
    assert_eq!(things.restricted.unwrap().b.as_deref(), Some("2"));
}

#[test]
fn what_others_are_composed_of_is_read_as_the_one_that_it_is() {
    let cat = json!({ "species": "cat", "name": "n", "lives": 9 });
    assert!(matches!(read(&cat), types::Animal::Cat(types::Cat { lives: Some(9), .. })));
    let dog = json!({ "species": "Dog", "barks": true });
    assert!(matches!(read(&dog), types::Animal::Dog(_)));
    let bird = json!({ "species": "Bird", "sings": true });
    assert!(matches!(read(&bird), types::Animal::Unknown(value) if value == bird));
}

#[test]
fn a_union_in_a_union_takes_what_it_knows_only() {
    use types::*;
    let gone = json!({ "x": 1.0, "gone": true });
    let read = |inline: &Value| read::<Nests>(&json!({ "signals": [], "inline": inline }));
    let inline = |value: &Value| format!("{:?}", read(value).inline.unwrap());
    assert!(inline(&gone).contains("Gone("), "{}", inline(&gone));
    assert!(inline(&json!({ "sides": 4 })).contains("Boxed("));
    assert!(inline(&json!("text")).contains("String(\"text\")"));
    assert!(inline(&json!(true)).starts_with("Unknown("));
    let ring = json!({ "kind": "ring", "id": "1" });
    assert!(matches!(self::read(&ring), NestsNamed::Signal(Signal::RingSignal(_))));
    assert!(matches!(self::read(&json!({ "sides": 4 })), NestsNamed::Boxed(_)));
    assert!(matches!(self::read(&json!({ "kind": "smoke" })), NestsNamed::Unknown(_)));
    let second = json!({ "version": 2, "b": "x" });
    assert!(matches!(self::read(&second), NestsByNumber::SecondVersion(_)));
    assert!(matches!(self::read(&json!({ "version": 3 })), NestsByNumber::Unknown(_)));
}

#[test]
fn a_union_can_have_the_name_of_a_type_of_the_standard_library() {
    use types::{Box, Vec};
    assert!(matches!(read(&json!(["a"])), Vec::Array(_)));
    assert!(matches!(read(&json!(7)), Box::Vec(Vec::Integer(7))));
    assert!(matches!(read(&json!([7])), Box::Array(_)));
}

/// At any depth, required or not, of any type.
#[test]
fn a_tag_need_not_be_a_required_string_at_the_top() {
    use types::*;
    let within = |is: &str| read(&json!({ "meta": { "is": is } }));
    assert!(matches!(within("first"), TaggedWithin::First(_)));
    assert!(matches!(within("second"), TaggedWithin::Second(_)));
    assert!(matches!(within("third"), TaggedWithin::Unknown(_)));

    for (value, expected) in [
        (json!({ "is": "left" }), "Object("),
        (json!({ "is": "right", "a": "x" }), "Object2("),
        (json!({ "b": "x" }), "Object2("),
        (json!({ "is": null, "b": "x" }), "Object2("),
        (json!({ "is": "lost", "b": "x" }), "Unknown("),
    ] {
        let optional = format!("{:?}", read::<TaggedOptional>(&value));
        assert!(optional.starts_with(expected), "{value} is {optional}");
        let several = format!("{:?}", read::<TaggedSeveral>(&value));
        assert!(several.starts_with(expected), "{value} is {several}");
    }
    let nullable = |is: Value| read(&json!({ "is": is }));
    assert!(matches!(nullable(json!("left")), TaggedNullable::Object(_)));
    assert!(matches!(nullable(json!(null)), TaggedNullable::Object(_)));
    assert!(matches!(nullable(json!("right")), TaggedNullable::Object2(_)));

    let mapped = |number: Value| read(&json!({ "number": number, "b": "x" }));
    assert!(matches!(mapped(json!(1)), TaggedMapped::One(_)));
    assert!(matches!(mapped(json!(2)), TaggedMapped::Two(_)));
    assert!(matches!(mapped(json!(3)), TaggedMapped::Two(_)));
    assert!(matches!(mapped(json!(4)), TaggedMapped::Unknown(_)));

    assert!(matches!(read(&json!({ "x": 1.0, "is": true, "y": 1.0 })), TaggedTold::Object(_)));
    assert!(matches!(read(&json!({ "x": 1.0 })), TaggedTold::Point(_)));
    let two = json!({ "kind": "two", "b": "x" });
    assert!(matches!(read(&two), TaggedPartlyMapped::Numbered(Numbered::Object2(_))));
}

/// A number is a tag however it is written.
#[tokio::test]
async fn an_integer_with_a_fraction_of_nothing_is_a_tag() {
    let value = json!({ "mapped": { "number": 2.0, "b": "x" } });
    let (_server, settings) = responding(&value.to_string()).await;
    let tagged = client(&settings).get_tagged().send().await.unwrap().into_inner();
    assert!(matches!(tagged.mapped, Some(types::TaggedMapped::Two(types::Two { number: 2, .. }))));
}

/// Mapped by the file that it stood in, or called by its own name.
#[test]
fn a_mapping_names_a_component_as_documents_do() {
    use types::NestsByFile;
    let read = |form: &str| read(&json!({ "form": form, "sides": 4, "x": 1.0, "gone": true }));
    assert!(matches!(read("box"), NestsByFile::Boxed(_)));
    assert!(matches!(read("Boxed"), NestsByFile::Boxed(_)));
    assert!(matches!(read("gone:1"), NestsByFile::Gone(_)));
    assert!(matches!(read("sphere"), NestsByFile::Unknown(_)));
}

#[test]
fn a_value_that_is_called_unknown_is_a_known_one() {
    use types::NestsStates;
    for (value, variant) in [
        ("Unknown", NestsStates::Unknown),
        ("unknown-value", NestsStates::UnknownValue),
        ("off", NestsStates::Unknown2("off".to_owned())),
    ] {
        assert_eq!(read::<NestsStates>(&json!(value)), variant);
        assert_eq!(json!(variant), json!(value));
    }
}

/// Each correction is an event, also within an alternative; its tag says which one it is.
#[test]
fn what_is_corrected_within_an_alternative_is_told() {
    let signals = json!([
        { "kind": "text", "id": null, "words": "hi" },
        { "kind": "ring", "id": "2", "seconds": "never" },
    ]);
    let named = json!({ "kind": "ring", "id": null });
    let (nests, events) = events(async {
        let response = json!({ "signals": signals, "named": named });
        let (_server, settings) = responding(&response.to_string()).await;
        client(&settings).get_nests().send().await.unwrap().into_inner()
    });
    // The names of properties are known in the paths of the document at the root only.
    assert_eq!(events, ["$[…][…]: an empty string", "$[…][0][…]: an empty string"]);
    assert!(matches!(&nests.signals[0], types::Signal::TextSignal(text) if text.id.is_empty()));
    assert!(matches!(&nests.signals[1], types::Signal::Unknown(value) if *value == signals[1]));
}

/// A correction is told once and where it is, however many unions are around it.
#[test]
fn what_is_corrected_below_an_alternative_has_its_path() {
    let signal = json!({ "kind": "ring", "id": null });
    let parcel = json!({ "form": "sealed", "signal": signal });
    let (nests, told) = events(async {
        let response = json!({ "signals": [], "parcel": parcel });
        let (_server, settings) = responding(&response.to_string()).await;
        client(&settings).get_nests().send().await.unwrap().into_inner()
    });
    assert_eq!(told, ["$[…][…][…]: an empty string"]);
    assert!(matches!(nests.parcel, Some(types::NestsParcel::Sealed(_))));

    // Nothing says that it is this alternative: it is kept, whatever else is corrected.
    let wrapped = json!({ "inside": signal });
    for signals in [json!([]), json!([signal])] {
        let (nests, _) = events(async {
            let response = json!({ "signals": signals, "wrapped": wrapped });
            let (_server, settings) = responding(&response.to_string()).await;
            client(&settings).get_nests().send().await.unwrap().into_inner()
        });
        let Some(types::NestsWrapped::Unknown(kept)) = nests.wrapped else { panic!("{nests:?}") };
        assert_eq!(kept, wrapped);
    }
}
