//! Types that hold themselves, composed with others.

use cx_client_documents::documents::self_composition::client;
use serde_json::json;

use super::responding;

#[tokio::test]
async fn a_schema_that_holds_itself_composed_with_another_is_read_at_every_depth() {
    let leaf = json!({ "name": "leaf" });
    let inner =
        json!({ "name": "inner", "parent": leaf, "links": [{ "name": "l", "label": "x" }] });
    let folder = json!({ "name": "outer", "parent": inner, "twin": inner, "links": [inner] });
    let (_server, settings) = responding(&folder.to_string()).await;
    let read = client(&settings).get_folder().send().await.unwrap();
    let parent = read.parent.as_ref().unwrap();
    assert_eq!(parent.parent.as_ref().unwrap().name, "leaf");
    assert_eq!(parent.links[0].label.as_deref(), Some("x"));
    assert_eq!(read.links[0].name, "inner");
    assert_eq!(read.links[0].parent.as_ref().unwrap().name, "leaf");
    assert_eq!(read.twin.as_ref().unwrap().links[0].name, "l");
}
