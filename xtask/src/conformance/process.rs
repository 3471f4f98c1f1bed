//! Other programs, run with a limit of time and their output in files.
//!
//! Files rather than pipes: Node.js loses what it has not yet written to a pipe when it exits, and
//! a maintainer can read them afterwards.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program has written, and how it ended.
#[derive(Debug)]
pub(super) struct Output {
    /// How it ended.
    pub(super) status: ExitStatus,
    /// Its standard output.
    pub(super) stdout: String,
    /// Its standard error.
    pub(super) stderr: String,
}

/// Runs a program to its end; what it writes goes to `log` with the extensions `out` and `err`.
///
/// # Errors
///
/// If it cannot be run, or does not end within `limit`; it is then ended.
pub(super) fn run(command: &mut Command, log: &Path, limit: Duration) -> Result<Output, String> {
    let mut running = Running::start(command.stdin(Stdio::null()), log)?;
    let status = poll(limit, || running.ended())?
        .ok_or_else(|| format!("it did not end within {} s, and was ended", limit.as_secs()))?;
    Ok(Output { status, stdout: running.stdout()?, stderr: running.stderr()? })
}

/// Asks again and again until there is an answer; `None` if there was none within `limit`.
pub(super) fn poll<T>(
    limit: Duration,
    mut ask: impl FnMut() -> Result<Option<T>, String>,
) -> Result<Option<T>, String> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask()? {
            return Ok(Some(answer));
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// A program that is running; it is ended when this is dropped.
pub(super) struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts a program; what it writes goes to `log` with the extensions `out` and `err`.
    ///
    /// # Errors
    ///
    /// If it cannot be run, or the files cannot be written.
    pub(super) fn start(command: &mut Command, log: &Path) -> Result<Self, String> {
        let create = |extension| {
            let file = log.with_extension(extension);
            File::create(&file)
                .map_err(|error| format!("{} cannot be written: {error}", file.display()))
        };
        let child = command
            .stdout(create("out")?)
            .stderr(create("err")?)
            .spawn()
            .map_err(|error| format!("{:?} cannot be run: {error}", command.get_program()))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Result<Option<ExitStatus>, String> {
        self.child.try_wait().map_err(|error| error.to_string())
    }

    /// What it has written to standard output until now.
    pub(super) fn stdout(&self) -> Result<String, String> {
        self.read("out")
    }

    /// What it has written to standard error until now.
    pub(super) fn stderr(&self) -> Result<String, String> {
        self.read("err")
    }

    fn read(&self, extension: &str) -> Result<String, String> {
        let file = self.log.with_extension(extension);
        fs::read(&file)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The last lines of what a program wrote, for a message.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(8)..].join("\n    ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn what_a_program_writes_is_kept_and_how_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO"));
        command.args(["locate-project", "--manifest-path", "there-is-none"]);
        let output =
            run(&mut command, &folder.path().join("log"), Duration::from_secs(60)).unwrap();
        assert!(!output.status.success());
        assert!(output.stderr.contains("there-is-none"), "{}", output.stderr);
        assert_eq!(output.stdout, "");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("a-program-that-nobody-has");
        let problem = run(&mut command, &folder.path().join("log"), Duration::from_secs(60));
        assert!(problem.unwrap_err().contains("a-program-that-nobody-has"));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut command = Command::new("sh");
        command.args(["-c", "echo $$; exec sleep 600"]);
        let mut running = Running::start(&mut command, &log).unwrap();
        let id = poll(Duration::from_secs(60), || {
            Ok(running.stdout()?.strip_suffix('\n').map(str::to_owned))
        });
        let id = id.unwrap().unwrap();
        let is_there = || {
            let kill = Command::new("sh").args(["-c", &format!("kill -0 {id} 2>&1")]).output();
            kill.unwrap().status.success()
        };
        assert!(running.ended().unwrap().is_none());
        assert!(is_there());
        drop(running);
        assert!(!is_there());

        let problem = run(&mut command, &log, Duration::ZERO).unwrap_err();
        assert_eq!(problem, "it did not end within 0 s, and was ended");
    }

    #[test]
    fn asking_ends_with_the_answer_or_with_the_limit() {
        let mut asked = 0;
        let answer = poll(Duration::from_secs(60), || {
            asked += 1;
            Ok((asked == 3).then_some("there"))
        });
        assert_eq!(answer, Ok(Some("there")));
        assert_eq!(poll(Duration::ZERO, || Ok(None::<()>)), Ok(None));
        let failure = || Err::<Option<()>, _>("broken".to_owned());
        assert_eq!(poll(Duration::from_secs(60), failure), Err("broken".to_owned()));
    }

    #[test]
    fn a_message_has_the_last_lines_that_say_something() {
        let text = (0..20).map(|line| format!("{line}\n\n")).collect::<String>();
        assert_eq!(last_lines(&text).lines().count(), 8);
        assert!(last_lines(&text).ends_with("19"));
        assert_eq!(last_lines(""), "");
    }
}
