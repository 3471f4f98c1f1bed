//! A body that may be left out is left out, and one that is required is not made up.

use cx_client_documents::documents::optional_body::{client, types};

use super::{empty, last_body};

#[tokio::test]
async fn only_a_body_that_was_given_is_sent() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    client.open_door().id(7).send().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[0].line.as_str(), &*seen[0].body), ("POST /doors/7/open", &b""[..]));
    assert!(!seen[0].head.to_lowercase().contains("content-type"), "{}", seen[0].head);
    // RFC 9110 section 8.6.
    assert!(seen[0].head.to_lowercase().contains("content-length: 0\r\n"), "{}", seen[0].head);

    client.open_door().id(7).body_map(|body| body.slowly(true)).send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"slowly":true}"#);
    client.open_door().id(7).body(types::OpenDoorBody::builder()).send().await.unwrap();
    assert_eq!(last_body(&server), "{}");

    let error = client.add_door().send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(error.to_string().contains("the body was not given"), "{error}");
    assert_eq!(server.seen().len(), 3);
    client.add_door().body(types::AddDoorBody::builder()).send().await.unwrap();
    assert_eq!(last_body(&server), "{}");
}
