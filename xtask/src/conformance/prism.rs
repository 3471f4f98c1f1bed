//! Prism, a server made from the document.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::install::Tools;
use super::process::{self, Running, last_lines};
use super::tool::Tool;

/// A running Prism; it ends when this is dropped, and also when this process ends in another way.
pub(super) struct Prism {
    url: String,
    _running: Running,
}

impl Prism {
    /// Starts Prism on a free port of the loopback interface, and waits until it answers.
    ///
    /// A request or an answer that is not as documented gets an error that says why.
    ///
    /// # Errors
    ///
    /// If Prism ends, or does not answer within a minute.
    pub(super) fn start(tools: &Tools, document: &Path) -> Result<Self, String> {
        let end_with_parent = tools.setting("end-with-parent.cjs");
        let mut command = tools.command(Tool::Prism, &[&end_with_parent])?;
        command.args(["mock", "--errors", "--multiprocess=false"]);
        command.args(["--host", "127.0.0.1", "--port", "0"]).arg(document);
        let mut running = Running::start(command.stdin(Stdio::piped()), &tools.log(Tool::Prism))?;
        let limit = Duration::from_secs(60);
        let url = process::poll(limit, || {
            // First whether it has ended, then what it wrote: not the other way round, or the last
            // words of a Prism that ends in between would be missed.
            let ended = running.ended()?;
            let written = running.stdout()?;
            match (address(&written), ended) {
                (Some(url), None) => Ok(Some(url)),
                (_, Some(status)) => {
                    let said = written + &running.stderr()?;
                    Err(format!(
                        "it ended ({status}) before it answered\n    {}",
                        last_lines(&said)
                    ))
                }
                (None, None) => Ok(None),
            }
        })?;
        match url {
            Some(url) => Ok(Self { url, _running: running }),
            None => Err(format!("it did not answer within {} s", limit.as_secs())),
        }
    }

    /// Where it listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// Where Prism says that it listens, once the whole line is there.
fn address(written: &str) -> Option<String> {
    let (_, after) = written.split_once("Prism is listening on ")?;
    let (url, _) = after.split_once('\n')?;
    Some(url.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_address_once_its_line_is_whole() {
        let begin = "[11:23:07 AM] › [CLI] …  awaiting  Starting Prism…\n\
                     [11:23:07 AM] › [CLI] ℹ  info      POST       http://127.0.0.1:38431/things\n";
        let line = "[11:23:07 AM] › [CLI] ▶  start     Prism is listening on ";
        assert_eq!(address(begin), None);
        assert_eq!(address(&format!("{begin}{line}http://127.0.0.1:384")), None);
        assert_eq!(
            address(&format!("{begin}{line}http://127.0.0.1:38431\n")).as_deref(),
            Some("http://127.0.0.1:38431")
        );
    }
}
