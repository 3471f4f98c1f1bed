//! One cold build.

use std::fs;
use std::time::{Duration, Instant};

use super::contender::Contender;
use super::timings::{self, Unit};
use crate::source::cargo;

/// What one cold build has cost.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) wall: Duration,
    /// The time of all processors together; `None` where the system does not report it.
    pub(super) cpu: Option<Duration>,
    pub(super) units: Vec<Unit>,
}

/// Builds the contender in an empty target folder, for development, with debug information.
pub(super) fn cold_build(contender: &Contender) -> Result<Sample, String> {
    let target = contender.folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)
            .map_err(|error| format!("{} cannot be emptied: {error}", target.display()))?;
    }
    let cpu_before = cpu_of_children();
    let started = Instant::now();
    cargo(
        &contender.folder,
        &[
            "build",
            "--offline",
            "--quiet",
            "--timings",
            "--target-dir",
            "target",
            // As Cargo has it, whatever the configuration of the machine says.
            "--config",
            "profile.dev.debug=true",
        ],
    )?;
    let wall = started.elapsed();
    let cpu = cpu_of_children().zip(cpu_before).map(|(after, before)| after.saturating_sub(before));
    Ok(Sample { wall, cpu, units: timings::read(&target)? })
}

/// The processor time of the processes that this one has waited for: fields 16 and 17 of
/// `/proc/self/stat`, in ticks of 10 ms (proc(5)).
fn cpu_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}
