//! Operations are found where their paths are, and called by what is known of them.

use cx_client_documents::documents::path_items::client;

use super::{empty, last_line};

#[tokio::test]
async fn a_path_item_can_be_a_reference_and_an_operation_without_a_name() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    client.get_call().id("1").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /calls/1");
    client.delete_calls_id().id("1").send().await.unwrap();
    assert_eq!(last_line(&server), "DELETE /calls/1");
    client.get_calls().send().await.unwrap();
    assert_eq!(last_line(&server), "GET /calls");
    client.get_call_operation().id("1").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /old-calls/1");
    client.get_call_2().id("1").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /older-calls/1");
    client.end_call().id("1").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /calls/1");
    client.get_notes().id("1").page("2").send().await.unwrap();
    assert_eq!(last_line(&server), "GET /calls/1/notes?page=2");
}
