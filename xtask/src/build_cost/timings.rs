//! How long each crate took, from Cargo's own report.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One thing that Cargo compiled or ran.
#[derive(Clone, Deserialize)]
pub(super) struct Unit {
    pub(super) name: String,
    /// What was done: for a build script, ` (run)` or ` build-script-build`.
    #[serde(default)]
    pub(super) target: String,
    /// In seconds.
    pub(super) duration: f64,
}

/// Reads the report that `cargo build --timings` has left in the target folder.
pub(super) fn read(target: &Path) -> Result<Vec<Unit>, String> {
    let path = target.join("cargo-timings").join("cargo-timing.html");
    let html = fs::read_to_string(&path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let line = html
        .split_once("const UNIT_DATA = ")
        .map(|(_, rest)| rest)
        .ok_or_else(|| format!("{} has no UNIT_DATA; has Cargo changed it?", path.display()))?;
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<Vec<Unit>>();
    match values.next() {
        Some(Ok(units)) => Ok(units),
        _ => Err(format!("{} has units of another form; has Cargo changed it?", path.display())),
    }
}

/// The seconds of each crate, its build script included, the longest first.
pub(super) fn by_crate(units: &[Unit]) -> Vec<(&str, f64)> {
    let mut sums = std::collections::BTreeMap::new();
    for unit in units {
        *sums.entry(unit.name.as_str()).or_insert(0.0) += unit.duration;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums
}

/// How many crates were compiled: build scripts are not counted.
pub(super) fn crates(units: &[Unit]) -> usize {
    units
        .iter()
        .filter(|unit| !unit.target.contains("build-script") && !unit.target.contains("(run)"))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_and_its_build_script_are_one() {
        let unit = |name: &str, target: &str, duration| Unit {
            name: name.to_owned(),
            target: target.to_owned(),
            duration,
        };
        let units = [
            unit("a", "", 1.0),
            unit("b", " build-script-build", 2.0),
            unit("b", " build-script-build (run)", 3.0),
            unit("b", "", 0.5),
        ];
        assert_eq!(by_crate(&units), [("b", 5.5), ("a", 1.0)]);
        assert_eq!(crates(&units), 2);
    }
}
