//! How long a cold build of the client takes, beside that of a client written by hand.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::Parser;
use serde::Deserialize;

/// Builds each contender from nothing, in turn, in temporary folders, and prints medians and ratios
/// in Markdown, with the crates that take longest (`cargo tree --invert` says why one is there).
#[derive(Parser)]
struct Arguments {
    /// How often each contender is built; the median counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    runs: u32,
}

/// A program that is built from nothing.
struct Contender {
    name: &'static str,
    /// The most that it may cost, as a part of the first contender's wall time.
    goal: Option<f64>,
    /// The folder of its package.
    folder: PathBuf,
    samples: Vec<Sample>,
}

/// What one cold build has cost, in seconds.
struct Sample {
    wall: f64,
    /// The time of all processors together; not a number where the system does not report it.
    cpu: f64,
    units: Vec<Unit>,
}

/// One thing that Cargo compiled or ran.
#[derive(Deserialize)]
struct Unit {
    name: String,
    /// What was done: for a build script, ` (run)` or ` build-script-build`.
    #[serde(default)]
    target: String,
    /// In seconds.
    duration: f64,
}

fn main() -> io::Result<()> {
    let runs = Arguments::parse().runs;
    let folder = tempfile::tempdir()?;
    let mut contenders = contenders(folder.path())?;
    for run in 1..=runs {
        for contender in &mut contenders {
            writeln!(io::stderr(), "run {run} of {runs}: {}", contender.name)?;
            contender.samples.push(cold_build(&contender.folder)?);
        }
    }
    write_report(&contenders, &mut io::stdout().lock())
}

/// Writes the packages into `folder`, with the versions that the workspace locks, and fetches what
/// they need, so that no download is measured.
fn contenders(folder: &Path) -> io::Result<Vec<Contender>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let client = root.join("cx-client").display().to_string();
    let by_hand = "reqwest = { version = \"0.13\", features = [\"json\"] }\n\
                   serde = { version = \"1\", features = [\"derive\"] }\n\
                   uuid = { version = \"1\", features = [\"serde\"] }\n\
                   tokio = { version = \"1\", features = [\"rt\"] }\n";
    let with_ring = "reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \
                     \"rustls-no-provider\"] }\n\
                     rustls = { version = \"0.23\", default-features = false, features = [\"ring\"] }\n\
                     serde = { version = \"1\", features = [\"derive\"] }\n\
                     uuid = { version = \"1\", features = [\"serde\"] }\n\
                     tokio = { version = \"1\", features = [\"rt\"] }\n";
    let default = format!("cx-client = {{ path = {client:?} }}\n");
    let tls = format!(
        "cx-client = {{ path = {client:?}, default-features = false, features = [\"tls\"] }}\n"
    );
    let list = [
        ("by hand", None, by_hand),
        // What no client over these crates can be below.
        ("by hand, ring in the place of aws-lc", None, with_ring),
        ("cx-client, default features", Some(1.0), &default),
        ("cx-client, no default features, `tls`", Some(0.58), &tls),
    ];
    let mut contenders = Vec::new();
    for (index, (name, goal, dependencies)) in list.into_iter().enumerate() {
        let folder = folder.join(format!("contender-{index}"));
        let manifest = format!(
            "[package]\nname = \"contender\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}"
        );
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/main.rs"), "fn main() {}\n")?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        cargo(&folder, &["fetch", "--quiet"])?;
        contenders.push(Contender { name, goal, folder, samples: Vec::new() });
    }
    Ok(contenders)
}

/// Runs Cargo as it is for others: what it sets for what it runs would change what is built.
fn cargo(folder: &Path, arguments: &[&str]) -> io::Result<()> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(folder)
        .args(arguments)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .status()?;
    let failed = || io::Error::other(format!("`cargo {}` failed", arguments.join(" ")));
    status.success().then_some(()).ok_or_else(failed)
}

/// Builds a package in an empty target folder, for development, with debug information.
fn cold_build(folder: &Path) -> io::Result<Sample> {
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let cpu_before = cpu_of_children();
    let started = Instant::now();
    let build = ["build", "--offline", "--quiet", "--timings", "--target-dir", "target"];
    // As Cargo has it, whatever the configuration of the machine says.
    let profile = ["--config", "profile.dev.debug=true"];
    cargo(folder, &[&build[..], &profile].concat())?;
    let wall = started.elapsed().as_secs_f64();
    let cpu = cpu_of_children().zip(cpu_before).map_or(f64::NAN, |(after, before)| after - before);
    Ok(Sample { wall, cpu, units: units(&target)? })
}

/// The processor time of the processes that this one has waited for: fields 16 and 17 of
/// `/proc/self/stat`, in ticks of 10 ms (proc(5)).
fn cpu_of_children() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u32>().ok();
    Some(f64::from(ticks(13)? + ticks(14)?) / 100.0)
}

/// What was built, from the report that `cargo build --timings` has left in the target folder.
fn units(target: &Path) -> io::Result<Vec<Unit>> {
    let path = target.join("cargo-timings").join("cargo-timing.html");
    let html = fs::read_to_string(&path)?;
    let changed =
        || io::Error::other(format!("{} has no UNIT_DATA; has Cargo changed it?", path.display()));
    let (_, data) = html.split_once("const UNIT_DATA = ").ok_or_else(changed)?;
    let mut values = serde_json::Deserializer::from_str(data).into_iter::<Vec<Unit>>();
    values.next().and_then(Result::ok).ok_or_else(changed)
}

/// Medians and ratios of all contenders, and the crates of each that take longest to compile.
fn write_report(contenders: &[Contender], out: &mut impl io::Write) -> io::Result<()> {
    let Some(first) = contenders.first() else { return Ok(()) };
    writeln!(out, "| cold build | wall, ratio | CPU, ratio | goal (wall) | wall | CPU | crates |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- |")?;
    for contender in contenders {
        let (wall, cpu) = (contender.wall(), contender.cpu());
        writeln!(
            out,
            "| {} | {:.2} | {:.2} | {} | {wall:.1} s | {cpu:.1} s | {} |",
            contender.name,
            wall / first.wall(),
            cpu / first.cpu(),
            contender.goal.map_or("–".to_owned(), |goal| format!("≤ {goal:.2}")),
            crates(contender.units()),
        )?;
    }
    for contender in contenders {
        writeln!(out, "\n### The ten crates that take longest: {}\n", contender.name)?;
        writeln!(out, "| crate | seconds |\n| --- | --- |")?;
        for (name, seconds) in by_crate(contender.units()).into_iter().take(10) {
            writeln!(out, "| {name} | {seconds:.1} |")?;
        }
    }
    Ok(())
}

impl Contender {
    fn wall(&self) -> f64 {
        median(self.samples.iter().map(|sample| sample.wall))
    }

    fn cpu(&self) -> f64 {
        median(self.samples.iter().map(|sample| sample.cpu))
    }

    fn units(&self) -> &[Unit] {
        self.samples.last().map_or(&[], |sample| &sample.units)
    }
}

fn median(seconds: impl Iterator<Item = f64>) -> f64 {
    let mut seconds: Vec<f64> = seconds.collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The seconds of each crate, its build script included, the longest first.
fn by_crate(units: &[Unit]) -> Vec<(&str, f64)> {
    let mut sums = BTreeMap::new();
    for unit in units {
        *sums.entry(unit.name.as_str()).or_insert(0.0) += unit.duration;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums
}

/// How many crates were compiled: build scripts are not counted.
fn crates(units: &[Unit]) -> usize {
    let is_script =
        |unit: &&Unit| unit.target.contains("build-script") || unit.target.contains("(run)");
    units.len() - units.iter().filter(is_script).count()
}

#[cfg(test)]
mod tests {
    use super::{Unit, by_crate, crates};

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
