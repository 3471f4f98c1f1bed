//! Two thousand calls in flight at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

use std::process::Command;

const CALLS: usize = 2000;

/// In a process of its own: what is counted is the whole process's. The shell raises the limit of
/// file descriptors, of which each call takes two, one of them for the server.
#[test]
fn two_thousand_calls_at_once_complete_and_hold_little() {
    let output = Command::new("sh")
        .args(["-c", r#"ulimit -n "$(ulimit -H -n)"; exec "$0" "$@""#])
        .arg(env!("CARGO_BIN_EXE_load"))
        .args([format!("--calls={CALLS}"), "--rounds=3".to_owned()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    println!("{text}");
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));

    let rounds: Vec<&str> = text.lines().filter(|line| line.starts_with("in flight")).collect();
    for (round, line) in rounds.iter().enumerate() {
        assert_eq!(number(line, "completed: "), (round + 1) * CALLS);
        // One connection each, whose two ends are both here, and used again in the next round.
        assert_eq!(number(line, "connections made: "), CALLS);
        let more = number(line, "file descriptors: ") - number(line, "(before: ");
        assert!(more <= 2 * CALLS + 16, "{line}");
    }
    assert_eq!(rounds.len(), 3);
    // 64 KiB for each call, its connection and the server's end of it.
    let peak = number(&text, "peak KiB: ");
    let before = number(rounds[0].split("resident KiB").nth(1).unwrap(), "(before: ");
    assert!(peak - before <= CALLS * 64, "{peak} KiB, before: {before} KiB");
    // What is held does not grow from round to round.
    let held: Vec<usize> = rounds.iter().map(|line| number(line, "resident KiB: ")).collect();
    assert!(held[2] <= held[0] + CALLS * 8, "{held:?}");
}

/// The number after the first `label`.
fn number(text: &str, label: &str) -> usize {
    let rest = text.split(label).nth(1).unwrap_or_else(|| panic!("no `{label}` in {text}"));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
