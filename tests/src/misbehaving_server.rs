//! An HTTP/1.1 server that misbehaves on purpose, and keeps a log of what reached it.
//!
//! httpmock answers correctly, always. What a client does when a server does not, this server
//! shows: each [`Fault`] is one way to fail, by name.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// One way to answer, or not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Answers as documented.
    None,
    /// Answers as documented, and closes the connection without having announced it.
    CloseAfterAnswer,
    /// Closes the connection as soon as it is made.
    CloseAtOnce,
    /// Reads the request and never answers. To a client that begins with a TLS handshake it never
    /// answers that.
    NeverAnswer,
    /// Reads the request and resets the connection (RST).
    Reset,
    /// Breaks off in the middle of the headers.
    CloseMidHeader,
    /// Breaks off in the middle of the body.
    CloseMidBody,
    /// Announces a body that is ten bytes shorter than the one that follows.
    LengthTooShort,
    /// Sends one byte of the body each second.
    Drip,
    /// Sends a chunked body that does not end, with this status.
    EndlessBody(u16),
    /// Sends something that is not HTTP.
    Garbage,
    /// An informational response, then the documented one.
    ContinueFirst,
    /// A success whose body is an HTML page.
    HtmlSuccess,
    /// A JSON value in place of the last member of the documented body: `null`, or of another type.
    LastMember(&'static str),
    /// The documented body without its last member.
    MissingMember,
    /// The documented body with one member more.
    ExtraMember,
    /// The documented body with another status that is a success.
    OtherSuccess(u16),
    /// The documented body after a byte order mark.
    ByteOrderMark,
    /// The documented body, in which the last member stands twice.
    RepeatedMember,
    /// The documented body, with more headers than HTTP clients take.
    ManyHeaders,
    /// Half the documented body, with the length of the half.
    TruncatedJson,
    /// The documented body with bytes that are not UTF-8 in a string.
    InvalidUtf8,
    /// No body, and a status that is a success.
    EmptySuccess(u16),
    /// A redirection to another path of this server.
    Redirect(u16),
    /// An error with a short JSON body.
    Status(u16),
    /// An error with a `Retry-After` of this many seconds.
    RetryAfter(u16, u64),
    /// An error with a `Retry-After` of an HTTP date this many seconds from now.
    RetryAfterDate(u16, u64),
    /// An error of a proxy before the server: an HTML page.
    HtmlError(u16),
}

impl Fault {
    /// One of every kind, to go through or to pick from.
    pub const EVERY_KIND: &'static [Self] = &[
        Self::None,
        Self::CloseAfterAnswer,
        Self::CloseAtOnce,
        Self::NeverAnswer,
        Self::Reset,
        Self::CloseMidHeader,
        Self::CloseMidBody,
        Self::LengthTooShort,
        Self::Drip,
        Self::EndlessBody(200),
        Self::EndlessBody(500),
        Self::Garbage,
        Self::ContinueFirst,
        Self::HtmlSuccess,
        Self::LastMember("null"),
        Self::LastMember("[1]"),
        Self::MissingMember,
        Self::ExtraMember,
        Self::OtherSuccess(201),
        Self::OtherSuccess(202),
        Self::ByteOrderMark,
        Self::RepeatedMember,
        Self::ManyHeaders,
        Self::TruncatedJson,
        Self::InvalidUtf8,
        Self::EmptySuccess(204),
        Self::EmptySuccess(200),
        Self::Redirect(302),
        Self::Redirect(303),
        Self::Redirect(307),
        Self::Status(400),
        Self::Status(401),
        Self::Status(408),
        Self::Status(429),
        Self::RetryAfter(429, 0),
        Self::RetryAfter(503, 0),
        Self::Status(500),
        Self::HtmlError(502),
        Self::Status(503),
        Self::Status(504),
    ];

    /// The status that the server sends with it, if it sends a whole status line that counts as its
    /// answer.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::CloseAtOnce
            | Self::NeverAnswer
            | Self::Reset
            | Self::CloseMidHeader
            | Self::Garbage
            | Self::ManyHeaders => None,
            Self::EndlessBody(status)
            | Self::EmptySuccess(status)
            | Self::OtherSuccess(status)
            | Self::Redirect(status)
            | Self::Status(status)
            | Self::RetryAfter(status, _)
            | Self::RetryAfterDate(status, _)
            | Self::HtmlError(status) => Some(status),
            _ => Some(200),
        }
    }
}

/// A complete request that reached the server.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The method and the target of the request line.
    pub line: String,
    /// The request line and the headers, as they came.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
    /// How it was answered.
    pub fault: Fault,
    /// The status of the answer, if a whole status line was sent.
    pub status: Option<u16>,
}

/// Decides how a request is answered. Called once when a connection is made, with `None`, and once
/// for each complete request, with its body; what it gives for a connection counts if it is
/// [`Fault::CloseAtOnce`].
pub type Choose = dyn Fn(Option<&[u8]>) -> Fault + Send + Sync;

/// The server; it ends when this is dropped.
pub struct MisbehavingServer {
    address: SocketAddr,
    log: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl MisbehavingServer {
    /// Starts a server on a free port of the loopback interface.
    ///
    /// `success` is the body of the documented answer, an object of JSON.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start(
        success: impl Into<String>,
        choose: impl Fn(Option<&[u8]>) -> Fault + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let success: Arc<str> = success.into().into();
        let choose: Arc<Choose> = Arc::new(choose);
        let task = tokio::spawn({
            let log = Arc::clone(&log);
            async move {
                let mut connections = tokio::task::JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    let connection = Connection {
                        stream,
                        success: Arc::clone(&success),
                        choose: Arc::clone(&choose),
                        log: Arc::clone(&log),
                    };
                    connections.spawn(connection.serve());
                    while connections.try_join_next().is_some() {}
                }
            }
        });
        Ok(Self { address, log, task })
    }

    /// A server that answers every request with the same fault.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn always(success: impl Into<String>, fault: Fault) -> io::Result<Self> {
        Self::start(success, move |_| fault).await
    }

    /// An address of the loopback interface that refuses connections.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn refusing() -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        Ok(format!("http://{}", listener.local_addr()?))
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL for a client that speaks TLS, which this server never answers.
    pub fn tls_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The complete requests until now.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.log).clone()
    }
}

impl Drop for MisbehavingServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Connection {
    stream: TcpStream,
    success: Arc<str>,
    choose: Arc<Choose>,
    log: Arc<Mutex<Vec<Seen>>>,
}

impl Connection {
    /// Serves requests until a side closes; what goes wrong with the client is of no interest.
    async fn serve(mut self) {
        if (self.choose)(None) == Fault::CloseAtOnce {
            return;
        }
        let mut buffer = Vec::new();
        while let Ok(Some((head, body))) = read_request(&mut self.stream, &mut buffer).await {
            let line = head.lines().next().unwrap_or_default();
            let line = line.trim_end_matches(" HTTP/1.1").to_owned();
            let fault = (self.choose)(Some(&body));
            let status = fault.status();
            lock(&self.log).push(Seen { line, head, body, fault, status });
            match self.answer(fault).await {
                Ok(true) => {}
                _ => return,
            }
        }
    }

    /// Answers; gives whether the connection can serve another request.
    async fn answer(&mut self, fault: Fault) -> io::Result<bool> {
        let body = self.success.to_string();
        let json = "application/json";
        match fault {
            Fault::None => self.respond(200, json, "", body.as_bytes()).await?,
            Fault::CloseAfterAnswer => {
                self.respond(200, json, "", body.as_bytes()).await?;
                return Ok(false);
            }
            Fault::CloseAtOnce => return Ok(false),
            Fault::NeverAnswer => {
                sleep(Duration::from_secs(3600)).await;
                return Ok(false);
            }
            Fault::Reset => {
                #[expect(deprecated, reason = "a zero linger does not block, and sends the RST")]
                self.stream.set_linger(Some(Duration::ZERO))?;
                return Ok(false);
            }
            Fault::CloseMidHeader => {
                self.stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty").await?;
                return Ok(false);
            }
            Fault::CloseMidBody => {
                self.head(200, json, "", body.len()).await?;
                self.stream.write_all(&body.as_bytes()[..body.len() / 2]).await?;
                return Ok(false);
            }
            Fault::LengthTooShort => {
                self.head(200, json, "", body.len() - 10).await?;
                self.stream.write_all(body.as_bytes()).await?;
                return Ok(false);
            }
            Fault::Drip => {
                self.head(200, json, "", body.len()).await?;
                for byte in body.bytes() {
                    self.stream.write_all(&[byte]).await?;
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
                return Ok(false);
            }
            Fault::ContinueFirst => {
                self.stream.write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n").await?;
                self.respond(200, json, "", body.as_bytes()).await?;
            }
            Fault::HtmlSuccess => {
                self.respond(200, "text/html", "", b"<html>Welcome</html>").await?;
            }
            Fault::LastMember(value) => {
                let (members, last) = split_last(&body);
                let name = last.split(':').next().unwrap_or_default();
                self.respond(200, json, "", format!("{members},{name}:{value}}}").as_bytes())
                    .await?;
            }
            Fault::MissingMember => {
                let (members, _) = split_last(&body);
                self.respond(200, json, "", format!("{members}}}").as_bytes()).await?;
            }
            Fault::ExtraMember => {
                let open = body.trim_end_matches('}');
                let more = format!("{open},\"extra\":{{\"a\":[1]}}}}");
                self.respond(200, json, "", more.as_bytes()).await?;
            }
            Fault::OtherSuccess(status) => self.respond(status, json, "", body.as_bytes()).await?,
            Fault::ByteOrderMark => {
                self.respond(200, json, "", format!("\u{feff}{body}").as_bytes()).await?;
            }
            Fault::RepeatedMember => {
                let (members, last) = split_last(&body);
                let repeated = format!("{members},{last},{last}}}");
                self.respond(200, json, "", repeated.as_bytes()).await?;
            }
            Fault::ManyHeaders => {
                let more: String = (0..200).map(|n| format!("x-header-{n}: {n}\r\n")).collect();
                self.respond(200, json, &more, body.as_bytes()).await?;
            }
            Fault::TruncatedJson => {
                self.respond(200, json, "", &body.as_bytes()[..body.len() / 2]).await?;
            }
            Fault::InvalidUtf8 => {
                let at = body.len() - 4;
                let (before, after) = body.as_bytes().split_at(at);
                self.respond(200, json, "", &[before, b"\xff\xfe", after].concat()).await?;
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
            Fault::Redirect(status) => {
                self.respond(status, json, "location: /elsewhere\r\n", b"").await?;
            }
            Fault::Status(status) => {
                self.respond(status, json, "", br#"{"error":"unwelcome"}"#).await?;
            }
            Fault::RetryAfter(status, seconds) => {
                let header = format!("retry-after: {seconds}\r\n");
                self.respond(status, json, &header, br#"{"error":"later"}"#).await?;
            }
            Fault::RetryAfterDate(status, seconds) => {
                let date = std::time::SystemTime::now() + Duration::from_secs(seconds);
                let header = format!("retry-after: {}\r\n", httpdate::fmt_http_date(date));
                self.respond(status, json, &header, br#"{"error":"later"}"#).await?;
            }
            Fault::HtmlError(status) => {
                let page = b"<html><h1>Bad gateway</h1></html>";
                self.respond(status, "text/html", "", page).await?;
            }
        }
        Ok(true)
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
    stream: &mut TcpStream,
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
