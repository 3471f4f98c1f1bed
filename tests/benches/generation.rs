//! Where the time of generating goes: loading, progenitor, the passes, formatting.
//!
//! Criterion times whole functions; here one run gives the time of each of its steps. Of several
//! runs the fastest counts for each step: whatever else the machine does only ever adds.

#[path = "../../xtask/benches/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use cx_client_build::{Document, Step, generate_observed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The sizes of the synthetic documents, in operations.
const SIZES: [usize; 3] = [10, 100, 1000];
/// How often each document is generated from.
const RUNS: usize = 7;

/// The columns: our own work is what progenitor and the formatter do not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Load,
    Check,
    Progenitor,
    Parse,
    Passes,
    Format,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::Load, Self::Check, Self::Progenitor, Self::Parse, Self::Passes, Self::Format];

    fn of(step: Step) -> Self {
        match step {
            Step::Check => Self::Check,
            Step::Progenitor => Self::Progenitor,
            Step::Parse => Self::Parse,
            Step::Pass(_) => Self::Passes,
            Step::Format => Self::Format,
        }
    }
}

/// The fastest time of each part, and of each pass.
#[derive(Default)]
struct Times {
    parts: BTreeMap<Part, Duration>,
    passes: BTreeMap<&'static str, Duration>,
}

impl Times {
    fn total(&self) -> Duration {
        self.parts.values().sum()
    }
}

fn main() -> Result<()> {
    let mut out = io::stdout().lock();
    let ours = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml"))?;
    let mut rows = vec![("openapi.yaml".to_owned(), measure(&ours)?)];
    for size in SIZES {
        let times = measure(&synthetic::document(size))?;
        rows.push((format!("{size} operations"), times));
    }
    write!(out, "{:<18}{:>12}", "", "total")?;
    Part::ALL
        .iter()
        .try_for_each(|part| write!(out, "{:>16}", format!("{part:?}").to_lowercase()))?;
    writeln!(out)?;
    for (name, times) in &rows {
        write!(out, "{name:<18}{:>9.1} ms", millis(times.total()))?;
        for part in Part::ALL {
            let time = times.parts.get(&part).copied().unwrap_or_default();
            let share = time.as_secs_f64() / times.total().as_secs_f64();
            write!(out, "{:>16}", format!("{:.1} ({:.1} %)", millis(time), share * 100.0))?;
        }
        writeln!(out)?;
    }
    if let [.., (_, hundred), (_, thousand)] = &rows[..] {
        writeln!(out, "\nfrom {} to {} operations, times", SIZES[1], SIZES[2])?;
        let growth = |part| {
            let of = |times: &Times| times.parts.get(&part).map_or(0.0, Duration::as_secs_f64);
            of(thousand) / of(hundred)
        };
        let total = thousand.total().as_secs_f64() / hundred.total().as_secs_f64();
        write!(out, "{:<18}{:>12}", "", format!("{total:.1}"))?;
        Part::ALL.iter().try_for_each(|part| write!(out, "{:>16.1}", growth(*part)))?;
        writeln!(out, "\n\nthe passes, {} operations", SIZES[2])?;
        for (pass, time) in &thousand.passes {
            writeln!(out, "{pass:<24}{:>9.1} ms", millis(*time))?;
        }
    }
    Ok(())
}

fn measure(text: &str) -> Result<Times> {
    let mut fastest = Times::default();
    for _ in 0..RUNS {
        let times = once(text)?;
        for (part, time) in times.parts {
            let best = fastest.parts.entry(part).or_insert(time);
            *best = time.min(*best);
        }
        for (pass, time) in times.passes {
            let best = fastest.passes.entry(pass).or_insert(time);
            *best = time.min(*best);
        }
    }
    Ok(fastest)
}

fn once(text: &str) -> Result<Times> {
    let mut times = Times::default();
    let mut since = Instant::now();
    let document = Document::parse("openapi.yaml", text)?;
    times.parts.insert(Part::Load, since.elapsed());
    since = Instant::now();
    generate_observed(&document, &mut |step| {
        let time = since.elapsed();
        *times.parts.entry(Part::of(step)).or_default() += time;
        if let Step::Pass(pass) = step {
            times.passes.insert(pass, time);
        }
        since = Instant::now();
    })?;
    Ok(times)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
