//! The faults over HTTP/2: a server that writes its frames by hand, so that it can send any at any
//! time.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

use super::http2_fault::{Code, Http2Fault};
use super::wire::Wire;
use super::{Fault, Shared};

/// What a GOAWAY gives as its reason, which may be private (RFC 9113 section 6.8).
const DEBUG_DATA: &[u8] = b"unwelcome";

/// The largest number of a stream.
const MAX_STREAM: u32 = 0x7fff_ffff;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;

const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

const HEADER_TABLE_SIZE: u16 = 1;
const MAX_CONCURRENT_STREAMS: u16 = 3;
const INITIAL_WINDOW_SIZE: u16 = 4;
const MAX_FRAME_SIZE: u16 = 5;

/// Serves a connection, which has a fault from its beginning, until a side closes.
pub(super) async fn serve<W: Wire>(stream: W, shared: &Shared, fault: Fault) -> io::Result<()> {
    let mut connection = Connection {
        stream,
        shared,
        bodies: HashMap::new(),
        processed: 0,
        last: MAX_STREAM,
        silent: fault == Fault::Http2(Http2Fault::Silent),
        reset_unread: match fault {
            Fault::Http2(Http2Fault::ResetUnread(code)) => Some(code),
            _ => None,
        },
    };
    let settings: &[(u16, u32)] = match fault {
        Fault::Http2(Http2Fault::ClosedWindow) => &[(INITIAL_WINDOW_SIZE, 0)],
        Fault::Http2(Http2Fault::Streams(streams)) => &[(MAX_CONCURRENT_STREAMS, streams)],
        _ => &[],
    };
    connection.settings(settings).await?;
    if let Fault::Http2(Http2Fault::GoAwayAtOnce(code)) = fault {
        connection.go_away(0, code).await?;
    }
    connection.stream.flush().await?;
    connection.stream.read_exact(&mut [0; 24]).await?;
    if fault == Fault::Http2(Http2Fault::ClosedWindow) {
        // Else a client could be kept by it for ever.
        return timeout(Duration::from_secs(1), connection.run()).await.unwrap_or(Ok(()));
    }
    connection.run().await
}

struct Connection<'a, W> {
    stream: W,
    shared: &'a Shared,
    /// What has arrived of the bodies of the streams that are not complete.
    bodies: HashMap<u32, Vec<u8>>,
    /// The highest stream whose request was or may have been carried out.
    processed: u32,
    /// Streams above this are ignored.
    last: u32,
    silent: bool,
    reset_unread: Option<Code>,
}

impl<W: Wire> Connection<'_, W> {
    async fn run(mut self) -> io::Result<()> {
        while self.last == MAX_STREAM {
            let (kind, flags, stream, payload) = self.read().await?;
            if !self.frame(kind, flags, stream, payload).await? {
                return self.stream.shutdown().await;
            }
            self.stream.flush().await?;
        }
        // After a GOAWAY the client closes when it has its responses; what it sends is not processed.
        let _ = timeout(Duration::from_secs(1), async { while self.read().await.is_ok() {} }).await;
        self.stream.shutdown().await
    }

    async fn read(&mut self) -> io::Result<(u8, u8, u32, Vec<u8>)> {
        let mut head = [0; 9];
        self.stream.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, rest @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        self.stream.read_exact(&mut payload).await?;
        Ok((kind, flags, u32::from_be_bytes(rest) & MAX_STREAM, payload))
    }

    /// Takes a frame; gives whether the connection goes on.
    async fn frame(
        &mut self,
        kind: u8,
        flags: u8,
        stream: u32,
        payload: Vec<u8>,
    ) -> io::Result<bool> {
        match kind {
            SETTINGS if flags & ACK == 0 => self.write(SETTINGS, ACK, 0, &[]).await?,
            PING if flags & ACK == 0 && !self.silent => self.write(PING, ACK, 0, &payload).await?,
            RST_STREAM => {
                self.bodies.remove(&stream);
            }
            HEADERS => {
                if let Some(code) = self.reset_unread {
                    self.reset(stream, code).await?;
                    return Ok(true);
                }
                self.bodies.insert(stream, Vec::new());
            }
            DATA => {
                let increment = (payload.len() as u32).to_be_bytes();
                if !payload.is_empty() {
                    self.write(WINDOW_UPDATE, 0, 0, &increment).await?;
                }
                if let Some(body) = self.bodies.get_mut(&stream) {
                    body.extend(payload);
                }
            }
            _ => {}
        }
        if matches!(kind, HEADERS | DATA)
            && flags & END_STREAM != 0
            && let Some(body) = self.bodies.remove(&stream)
        {
            return self.respond_to_request(stream, body).await;
        }
        Ok(true)
    }

    /// Responds to a complete request; gives whether the connection goes on.
    async fn respond_to_request(&mut self, stream: u32, body: Vec<u8>) -> io::Result<bool> {
        if self.silent {
            self.shared.log(String::new(), body, Fault::Http2(Http2Fault::Silent));
            return Ok(true);
        }
        let mut fault = (self.shared.choose)(Some(&body));
        if matches!(fault, Fault::Http2(Http2Fault::GoAwayBelow(_))) && self.processed > stream {
            // A higher stream has been processed: it would be a lie.
            fault = Fault::Http2(Http2Fault::Reset(Code::RefusedStream));
        }
        self.shared.log(String::new(), body, fault);
        if fault.may_be_carried_out() {
            self.processed = self.processed.max(stream);
        }
        match fault {
            Fault::Http2(fault) => self.respond_over_http2(stream, fault).await,
            Fault::NoResponse => Ok(true),
            Fault::CloseAtOnce => Ok(false),
            Fault::Reset => {
                #[expect(deprecated, reason = "a zero linger does not block, and sends the RST")]
                self.stream.tcp().set_linger(Some(Duration::ZERO))?;
                Err(io::ErrorKind::ConnectionReset.into())
            }
            Fault::RetryAfter(status, seconds) => {
                let wait = seconds.to_string();
                self.respond(stream, status, &[("retry-after", &wait)], br#"{"error":"later"}"#)
                    .await?;
                Ok(true)
            }
            Fault::None | Fault::OtherSuccess(_) => {
                self.succeed(stream, fault.status().unwrap_or(200)).await?;
                Ok(true)
            }
            other => {
                let body = br#"{"error":"unwelcome"}"#;
                self.respond(stream, other.status().unwrap_or(500), &[], body).await?;
                Ok(true)
            }
        }
    }

    async fn respond_over_http2(&mut self, stream: u32, fault: Http2Fault) -> io::Result<bool> {
        match fault {
            Http2Fault::GoAwayBelow(code) => self.go_away(stream.saturating_sub(2), code).await?,
            Http2Fault::GoAwayWith(code) => {
                self.go_away(self.processed, code).await?;
                self.stream.flush().await?;
                return Ok(false);
            }
            Http2Fault::GoAwayGraceful => {
                self.write_go_away(MAX_STREAM, Code::NoError).await?;
                self.succeed(stream, 200).await?;
            }
            Http2Fault::GoAwayAfter(code) => {
                self.succeed(stream, 200).await?;
                self.go_away(self.processed, code).await?;
            }
            Http2Fault::Reset(code) => self.reset(stream, code).await?,
            Http2Fault::ResetInBody(code) => {
                let body = self.shared.success.as_bytes();
                self.head(stream, 200, &[]).await?;
                self.write(DATA, 0, stream, &body[..body.len() / 2]).await?;
                self.reset(stream, code).await?;
            }
            Http2Fault::HalfFrame => {
                self.stream.write_all(&[0, 0, 40, HEADERS, END_HEADERS, 0]).await?;
                self.stream.flush().await?;
                return Ok(false);
            }
            Http2Fault::OtherProtocol => {
                self.stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
                self.stream.flush().await?;
                return Ok(false);
            }
            Http2Fault::ShrinkingSettings => {
                let less = [
                    (HEADER_TABLE_SIZE, 0),
                    (MAX_CONCURRENT_STREAMS, 1),
                    (INITIAL_WINDOW_SIZE, 4096),
                    (MAX_FRAME_SIZE, 16_384),
                ];
                self.settings(&less).await?;
                self.succeed(stream, 200).await?;
            }
            // RFC 9113 section 6.5.2: less than 16,384 is an error of the connection.
            Http2Fault::InvalidSettings => self.settings(&[(MAX_FRAME_SIZE, 1)]).await?,
            Http2Fault::Silent => {}
            // The others are faults of connections.
            _ => self.succeed(stream, 200).await?,
        }
        Ok(true)
    }

    async fn succeed(&mut self, stream: u32, status: u16) -> io::Result<()> {
        let body = self.shared.success.clone();
        self.respond(stream, status, &[], body.as_bytes()).await
    }

    async fn respond(
        &mut self,
        stream: u32,
        status: u16,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<()> {
        self.head(stream, status, headers).await?;
        self.write(DATA, END_STREAM, stream, body).await
    }

    /// Headers as literals without indexing and without Huffman coding (RFC 7541 section 6.2.2).
    async fn head(&mut self, stream: u32, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
        let string = |block: &mut Vec<u8>, text: &str| {
            block.push(text.len() as u8);
            block.extend(text.as_bytes());
        };
        // The name is number 8 of the static table.
        let mut block = vec![8];
        string(&mut block, &status.to_string());
        for (name, value) in [("content-type", "application/json")].iter().chain(headers) {
            block.push(0);
            string(&mut block, name);
            string(&mut block, value);
        }
        self.write(HEADERS, END_HEADERS, stream, &block).await
    }

    async fn reset(&mut self, stream: u32, code: Code) -> io::Result<()> {
        self.write(RST_STREAM, 0, stream, &(code as u32).to_be_bytes()).await
    }

    /// Sends a GOAWAY after which no stream above `last` is processed.
    async fn go_away(&mut self, last: u32, code: Code) -> io::Result<()> {
        self.last = last;
        self.write_go_away(last, code).await
    }

    async fn write_go_away(&mut self, last: u32, code: Code) -> io::Result<()> {
        let payload = [&last.to_be_bytes(), &(code as u32).to_be_bytes(), DEBUG_DATA].concat();
        self.write(GOAWAY, 0, 0, &payload).await
    }

    async fn settings(&mut self, settings: &[(u16, u32)]) -> io::Result<()> {
        let mut payload = Vec::new();
        for (name, value) in settings {
            payload.extend(name.to_be_bytes());
            payload.extend(value.to_be_bytes());
        }
        self.write(SETTINGS, 0, 0, &payload).await
    }

    async fn write(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
        let [_, a, b, c] = (payload.len() as u32).to_be_bytes();
        let mut frame = vec![a, b, c, kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.stream.write_all(&frame).await
    }
}
