//! The package of the clients of other documents is `cx-client` in all but name.

use std::fs;

/// The lines of a section of a manifest, without comments.
fn section(manifest: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let lines = text.lines().skip_while(|line| *line != name).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.replace("dep:cx-client-build", "").replace("[\"\"]", "[]"))
        .collect()
}

#[test]
fn the_clients_of_documents_have_the_features_and_dependencies_of_cx_client() {
    let (ours, theirs) = ("../cx-client/Cargo.toml", "documents/Cargo.toml");
    assert_eq!(section(ours, "[dependencies]"), section(theirs, "[dependencies]"));
    let but_default = |manifest| {
        let mut lines = section(manifest, "[features]");
        lines.retain(|line| !line.starts_with("default"));
        lines
    };
    assert_eq!(but_default(ours), but_default(theirs));
    let default = section(theirs, "[features]").remove(0);
    // One way to TLS is enough, and those that need C libraries or another system are left out.
    let elsewhere = ["tls-aws-lc", "tls-native", "system-proxy"];
    for feature in but_default(ours) {
        let name = feature.split(' ').next().unwrap();
        assert!(
            elsewhere.contains(&name) || default.contains(&format!("\"{name}\"")),
            "the feature `{name}` is not on in {theirs}",
        );
    }
}
