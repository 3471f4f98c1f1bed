//! The report.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::time::Duration;

use super::contender::Contender;
use super::measure::Sample;
use super::timings;
use crate::source::cargo;

/// Medians and ratios of all contenders, and the crates of each that take longest to compile.
pub(super) fn render(contenders: &[Contender], samples: &[Vec<Sample>]) -> Result<String, String> {
    let wall: Vec<f64> =
        samples.iter().map(|samples| median(samples.iter().map(|sample| sample.wall))).collect();
    let cpu: Vec<f64> = samples
        .iter()
        .map(|samples| median(samples.iter().filter_map(|sample| sample.cpu)))
        .collect();
    let mut text = String::from(
        "| cold build | wall, ratio | CPU, ratio | goal (wall) | wall | CPU | crates |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut details = String::new();
    for (index, contender) in contenders.iter().enumerate() {
        let Some(sample) = samples[index].last() else { continue };
        let goal = contender.goal.map_or("–".to_owned(), |goal| format!("≤ {goal:.2}"));
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.2} | {goal} | {:.1} s | {:.1} s | {} |",
            contender.name,
            wall[index] / wall[0],
            cpu[index] / cpu[0],
            wall[index],
            cpu[index],
            timings::crates(&sample.units),
        );
        let paths = paths(contender)?;
        let _ = writeln!(
            details,
            "\n### The ten crates that take longest: {}\n\n| crate | seconds | why it is there |\n| --- | --- | --- |",
            contender.name,
        );
        for (name, seconds) in timings::by_crate(&sample.units).into_iter().take(10) {
            let why = paths.get(name).map_or("", String::as_str);
            let _ = writeln!(details, "| {name} | {seconds:.1} | {why} |");
        }
    }
    Ok(text + &details)
}

fn median(durations: impl Iterator<Item = Duration>) -> f64 {
    let mut seconds: Vec<f64> = durations.map(|duration| duration.as_secs_f64()).collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// For each crate the shortest way to it from the contender.
fn paths(contender: &Contender) -> Result<HashMap<String, String>, String> {
    let tree = cargo(
        &contender.folder,
        &[
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "depth",
            "--format",
            " {p}",
            "--no-dedupe",
        ],
    )?;
    let tree = String::from_utf8_lossy(&tree).into_owned();
    let mut shortest: HashMap<String, String> = HashMap::new();
    let mut above: VecDeque<&str> = VecDeque::new();
    for line in tree.lines() {
        let Some((depth, package)) = line.split_once(' ') else { continue };
        let Ok(depth) = depth.parse::<usize>() else { continue };
        let name = package.split(' ').next().unwrap_or_default();
        above.truncate(depth);
        above.push_back(name);
        let path: Vec<&str> = above.iter().skip(1).copied().collect();
        let path = path.join(" › ");
        let known = shortest.entry(name.to_owned()).or_insert_with(|| path.clone());
        if path.matches('›').count() < known.matches('›').count() {
            *known = path;
        }
    }
    Ok(shortest)
}
