//! Which step of the version the changes ask for.

use cx_client_build::Document;
use openapi_review::diff::{Bump, Change, Impact, Level, bump, compare};

fn change(level: Level, rust: Impact) -> Change {
    Change {
        id: "any".into(),
        level,
        rust,
        operation: String::new(),
        pointer: String::new(),
        old: serde_json::Value::Null,
        new: serde_json::Value::Null,
        message: String::new(),
        operations: Vec::new(),
        old_at: None,
        new_at: None,
    }
}

#[test]
fn another_first_server_is_never_a_patch() {
    let old = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths: {}\n\
               servers: [{url: 'https://a.example'}]\n";
    let parse = |text: &str| Document::parse("d", text);
    let new = old.replace("a.example", "b.example");
    let (Ok(old), Ok(new)) = (parse(old), parse(&new)) else { unreachable!("both are valid") };
    let changes = compare(&old, &new);
    assert_eq!(bump(&changes, true), Bump::Minor);
    assert_eq!(bump(&changes, false), Bump::Major);
}

#[test]
fn each_row_of_the_table() {
    use Bump::{Major, Minor, None, Patch};
    let rows = [
        (Level::Compatible, Impact::Breaking, Major, Minor),
        (Level::Breaking, Impact::Breaking, Major, Minor),
        (Level::Compatible, Impact::Compatible, Minor, Patch),
        (Level::Breaking, Impact::None, Minor, Patch),
        (Level::Warning, Impact::None, Patch, Patch),
        (Level::Compatible, Impact::None, Patch, Patch),
        (Level::Docs, Impact::None, None, None),
    ];
    for (level, rust, stable, unstable) in rows {
        let changes = [change(Level::Docs, Impact::None), change(level, rust)];
        assert_eq!(bump(&changes, false), stable, "{level} {rust}");
        assert_eq!(bump(&changes, true), unstable, "{level} {rust}, 0.y.z");
    }
    assert_eq!(bump(&[], false), None);
    assert_eq!(bump(&[], true), None);
}
