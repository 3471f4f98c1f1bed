//! The faults over HTTP/1.1.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::sleep;

use super::tls_fault::{Moment, TlsFault};
use super::wire::Wire;
use super::{Fault, Shared};

/// Serves requests until a side closes.
pub(super) async fn serve<W: Wire>(stream: W, shared: &Shared) -> io::Result<()> {
    let mut connection = Connection { stream, success: &shared.success };
    let mut buffer = Vec::new();
    while let Some((head, body)) = read_request(&mut connection.stream, &mut buffer).await? {
        let fault = (shared.choose)(Some(&body));
        shared.log(head, body, fault);
        let after = connection.respond_to_request(fault).await?;
        connection.stream.flush().await?;
        match after {
            After::Serve => {}
            After::Close => return connection.stream.shutdown().await,
            After::Drop => return Ok(()),
        }
    }
    Ok(())
}

/// What becomes of a connection after a response.
enum After {
    /// It serves another request.
    Serve,
    /// It is closed, over TLS with `close_notify`.
    Close,
    /// It is closed, over TLS without that.
    Drop,
}

struct Connection<'a, W> {
    stream: W,
    success: &'a str,
}

/// The status, the media type, further headers and the body of a response that is whole and valid
/// HTTP.
fn whole(fault: Fault, success: &str) -> Option<(u16, &'static str, String, Vec<u8>)> {
    let (members, last) = split_last(success);
    let bytes = |body: Vec<u8>| Some((200, "application/json", String::new(), body));
    let json = |body: String| bytes(body.into_bytes());
    let other = |status, headers, body: &str| {
        Some((status, "application/json", headers, body.as_bytes().to_vec()))
    };
    let later = r#"{"error":"later"}"#;
    match fault {
        Fault::None => json(success.to_owned()),
        Fault::LastMember(value) => {
            json(format!("{members},{}:{value}}}", last.split(':').next().unwrap_or_default()))
        }
        Fault::MissingMember => json(format!("{members}}}")),
        Fault::ExtraMember => {
            json(format!("{},\"extra\":{{\"a\":[1]}}}}", success.trim_end_matches('}')))
        }
        Fault::ByteOrderMark => json(format!("\u{feff}{success}")),
        Fault::RepeatedMember => json(format!("{members},{last},{last}}}")),
        Fault::TruncatedJson => bytes(success.as_bytes()[..success.len() / 2].to_vec()),
        Fault::InvalidUtf8 => {
            let (before, after) = success.as_bytes().split_at(success.len() - 4);
            bytes([before, b"\xff\xfe", after].concat())
        }
        Fault::ManyHeaders => {
            let headers = (0..200).map(|number| format!("x-header-{number}: {number}\r\n"));
            other(200, headers.collect(), success)
        }
        Fault::OtherSuccess(status) => other(status, String::new(), success),
        Fault::Redirect(status) => other(status, "location: /elsewhere\r\n".to_owned(), ""),
        Fault::Status(status) => other(status, String::new(), r#"{"error":"unwelcome"}"#),
        Fault::RetryAfter(status, seconds) => {
            other(status, format!("retry-after: {seconds}\r\n"), later)
        }
        Fault::RetryAfterDate(status, seconds) => {
            let date = std::time::SystemTime::now() + Duration::from_secs(seconds);
            other(status, format!("retry-after: {}\r\n", httpdate::fmt_http_date(date)), later)
        }
        Fault::HtmlSuccess => {
            Some((200, "text/html", String::new(), b"<html>Welcome</html>".to_vec()))
        }
        Fault::HtmlError(status) => {
            let page = b"<html><h1>Bad gateway</h1></html>".to_vec();
            Some((status, "text/html", String::new(), page))
        }
        _ => None,
    }
}

impl<W: Wire> Connection<'_, W> {
    async fn respond_to_request(&mut self, fault: Fault) -> io::Result<After> {
        let body = self.success.to_string();
        let json = "application/json";
        if let Some((status, media_type, headers, body)) = whole(fault, &body) {
            self.respond(status, media_type, &headers, &body).await?;
            return Ok(After::Serve);
        }
        match fault {
            Fault::CloseAfterResponse => {
                self.respond(200, json, "", body.as_bytes()).await?;
                return Ok(After::Close);
            }
            Fault::CloseAtOnce => return Ok(After::Close),
            Fault::NoResponse => {
                sleep(Duration::from_secs(3600)).await;
                return Ok(After::Close);
            }
            Fault::Reset => {
                #[expect(deprecated, reason = "a zero linger does not block, and sends the RST")]
                self.stream.tcp().set_linger(Some(Duration::ZERO))?;
                return Ok(After::Drop);
            }
            Fault::CloseMidHeader => {
                self.stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty").await?;
                return Ok(After::Close);
            }
            Fault::CloseMidBody => {
                self.head(200, json, "", body.len()).await?;
                self.stream.write_all(&body.as_bytes()[..body.len() / 2]).await?;
                return Ok(After::Close);
            }
            Fault::LengthTooShort => {
                self.head(200, json, "", body.len() - 10).await?;
                self.stream.write_all(body.as_bytes()).await?;
                return Ok(After::Close);
            }
            Fault::Drip => {
                self.head(200, json, "", body.len()).await?;
                for byte in body.bytes() {
                    self.stream.write_all(&[byte]).await?;
                    self.stream.flush().await?;
                    sleep(Duration::from_secs(1)).await;
                }
            }
            Fault::EndlessBody(status) => {
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-type: {json}\r\ntransfer-encoding: chunked\r\n\r\n"
                );
                self.stream.write_all(head.as_bytes()).await?;
                let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
                loop {
                    self.stream.write_all(chunk.as_bytes()).await?;
                }
            }
            Fault::Garbage => {
                self.stream.write_all(b"220 mail.example ESMTP ready\r\n\r\n").await?;
                return Ok(After::Close);
            }
            Fault::ContinueFirst => {
                self.stream.write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n").await?;
                self.respond(200, json, "", body.as_bytes()).await?;
            }
            Fault::EmptySuccess(status) => {
                let head = format!("HTTP/1.1 {status} X\r\n\r\n");
                let head = if status == 204 {
                    head
                } else {
                    head.replace("X\r\n", "X\r\ncontent-length: 0\r\n")
                };
                self.stream.write_all(head.as_bytes()).await?;
            }
            Fault::Tls(fault) => return self.respond_over_tls(fault, &body).await,
            // There is no such thing over HTTP/1.1; the others are whole.
            _ => return Ok(After::Close),
        }
        Ok(After::Serve)
    }

    async fn respond_over_tls(&mut self, fault: TlsFault, body: &str) -> io::Result<After> {
        let (json, half) = ("application/json", body.len() / 2);
        match fault {
            TlsFault::Unannounced(Moment::Before) => {}
            TlsFault::Unannounced(Moment::Middle) => {
                self.head(200, json, "", body.len()).await?;
                self.stream.write_all(&body.as_bytes()[..half]).await?;
            }
            TlsFault::Unannounced(Moment::After) => {
                self.respond(200, json, "", body.as_bytes()).await?;
            }
            TlsFault::EndByClose { notify } => {
                let head = "HTTP/1.1 200 X\r\nconnection: close\r\n\r\n";
                self.stream.write_all(format!("{head}{body}").as_bytes()).await?;
                return Ok(if notify { After::Close } else { After::Drop });
            }
            TlsFault::Corrupt(Moment::Middle) => {
                self.head(200, json, "", body.len()).await?;
                self.stream.write_all(&body.as_bytes()[..half]).await?;
                self.stream.flush().await?;
                // What arrives together with a damaged record is lost with it.
                sleep(Duration::from_millis(20)).await;
                self.stream.corrupt();
                self.stream.write_all(&body.as_bytes()[half..]).await?;
            }
            TlsFault::Corrupt(_) => {
                self.stream.corrupt();
                self.respond(200, json, "", body.as_bytes()).await?;
            }
            // The others are faults of connections.
            _ => {
                self.respond(200, json, "", body.as_bytes()).await?;
                return Ok(After::Serve);
            }
        }
        Ok(After::Drop)
    }

    async fn head(&mut self, status: u16, kind: &str, more: &str, length: usize) -> io::Result<()> {
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{more}\r\n"
        );
        self.stream.write_all(head.as_bytes()).await
    }

    async fn respond(
        &mut self,
        status: u16,
        kind: &str,
        more: &str,
        body: &[u8],
    ) -> io::Result<()> {
        self.head(status, kind, more, body.len()).await?;
        self.stream.write_all(body).await
    }
}

/// An object of JSON without its last member and closing brace, and that member.
fn split_last(body: &str) -> (&str, &str) {
    let open = body.trim_end_matches('}');
    open.rfind(",\"").map_or((open, ""), |at| (&open[..at], &open[at + 1..]))
}

/// Reads one whole request, its head and its body; `None` if the client closed before one was complete.
///
/// # Errors
///
/// If the connection fails.
pub async fn read_request(
    stream: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
) -> io::Result<Option<(String, Vec<u8>)>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            if buffer.len() >= end + 4 + length {
                let body = buffer[end + 4..end + 4 + length].to_vec();
                buffer.drain(..end + 4 + length);
                return Ok(Some((head, body)));
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await? {
            0 => return Ok(None),
            read => buffer.extend_from_slice(&chunk[..read]),
        }
    }
}
