//! A component that is a reference to another is sent and received like that one.

use cx_client_documents::documents::component_alias::{client, types};

use super::{last_body, responding};

#[tokio::test]
async fn what_is_read_only_is_received_through_a_reference_to_a_reference() {
    let (server, settings) = responding(r#"{"number":7,"text":"x"}"#).await;
    let body = types::BadgeRequest { text: "x".to_owned() };
    let badge = client(&settings).put_badge().body(body).send().await.unwrap();
    assert_eq!((badge.number, badge.text.as_str()), (7, "x"));
    assert_eq!(last_body(&server), r#"{"text":"x"}"#);
}
