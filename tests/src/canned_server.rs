//! A server over HTTP/1.1, TLS or HTTP/2 that gives every request the same response, at as little cost as it can.
//!
//! It runs on a thread of its own and allocates nothing per request, so that what is counted
//! around it (instructions of the other threads, allocations of the process) is the client's.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use rustls::version::{TLS12, TLS13};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Barrier, oneshot};
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::certificates::{self, Certificate};
use crate::misbehaving_server::Over;

/// When the server responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As soon as it has read a request.
    AtOnce,
    /// When this many requests are there together.
    Together(usize),
    /// In pieces, with this much time before each.
    InPieces(Duration),
}

/// The server; it ends when this is dropped.
pub struct CannedServer {
    over: Over,
    address: SocketAddr,
    counts: Arc<Counts>,
    /// Dropping it ends the server.
    _alive: oneshot::Sender<()>,
}

#[derive(Default)]
struct Counts {
    open: AtomicUsize,
    accepted: AtomicUsize,
}

impl CannedServer {
    /// Starts a server that responds with this status and this body, of JSON.
    ///
    /// # Errors
    ///
    /// If no port of the loopback interface can be bound, or no thread started.
    pub fn start(status: u16, body: &str, pace: Pace) -> io::Result<Self> {
        Self::start_over(Over::Http, status, body, pace)
    }

    /// Starts a server that responds with this status and this body, of JSON; over HTTP/2 at once,
    /// whatever the pace.
    ///
    /// # Errors
    ///
    /// If no port of the loopback interface can be bound, no thread started, or the cryptography
    /// does not work.
    pub fn start_over(over: Over, status: u16, body: &str, pace: Pace) -> io::Result<Self> {
        let tls = |protocol| {
            let versions = [&TLS13, &TLS12];
            let config = certificates::server(Certificate::Good, &versions, &[protocol])?;
            io::Result::Ok(TlsAcceptor::from(Arc::new(config)))
        };
        let carrier = match over {
            Over::Http => Carrier::Http,
            Over::Tls => Carrier::Tls(tls("http/1.1")?),
            Over::Http2 => {
                let response = http::Response::builder()
                    .status(status)
                    .header("content-type", "application/json")
                    .body(())
                    .map_err(io::Error::other)?;
                Carrier::Http2(tls("h2")?, response, Bytes::copy_from_slice(body.as_bytes()))
            }
        };
        let response: Arc<[u8]> = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
        .into();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let counts = Arc::new(Counts::default());
        let (alive, ended) = oneshot::channel();
        let (bound, address) = mpsc::channel();
        let shared = Arc::clone(&counts);
        thread::Builder::new().name("server".to_owned()).spawn(move || {
            // In the runtime: a listener belongs to one.
            runtime.block_on(async move {
                let listener = match listen() {
                    Ok((listener, address)) => {
                        // Whoever started the server waits for it.
                        let _ = bound.send(Ok(address));
                        listener
                    }
                    Err(error) => {
                        let _ = bound.send(Err(error));
                        return;
                    }
                };
                tokio::select! {
                    () = accept(listener, Arc::new(carrier), response, pace, shared) => {}
                    _ = ended => {}
                }
            });
        })?;
        let address = address.recv().map_err(io::Error::other)??;
        Ok(Self { over, address, counts, _alive: alive })
    }

    /// Starts a server that responds with 422 and a body of 16 KiB.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn refusing_with_16_kib() -> io::Result<Self> {
        let empty = r#"{"error":""}"#;
        let text = "x".repeat(16 * 1024 - empty.len());
        Self::start(422, &empty.replace(r#""""#, &format!(r#""{text}""#)), Pace::AtOnce)
    }

    /// The base URL.
    pub fn url(&self) -> String {
        let scheme = if self.over == Over::Http { "http" } else { "https" };
        format!("{scheme}://{}", self.address)
    }

    /// How many connections are open now.
    pub fn open_connections(&self) -> usize {
        self.counts.open.load(Ordering::SeqCst)
    }

    /// How many connections have been made until now.
    pub fn accepted_connections(&self) -> usize {
        self.counts.accepted.load(Ordering::SeqCst)
    }
}

/// A listener that can hold a crowd: the usual backlog of 128 makes clients wait a second.
fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let listener = socket.listen(4096)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What carries the requests, with what it needs.
enum Carrier {
    Http,
    Tls(TlsAcceptor),
    Http2(TlsAcceptor, http::Response<()>, Bytes),
}

async fn accept(
    listener: TcpListener,
    carrier: Arc<Carrier>,
    response: Arc<[u8]>,
    pace: Pace,
    counts: Arc<Counts>,
) {
    let crowd = match pace {
        Pace::Together(size) => size,
        _ => 1,
    };
    let barrier = Arc::new(Barrier::new(crowd));
    while let Ok((stream, _)) = listener.accept().await {
        let (response, counts) = (Arc::clone(&response), Arc::clone(&counts));
        let (barrier, carrier) = (Arc::clone(&barrier), Arc::clone(&carrier));
        tokio::spawn(async move {
            counts.open.fetch_add(1, Ordering::SeqCst);
            counts.accepted.fetch_add(1, Ordering::SeqCst);
            // What goes wrong with the client is of no interest.
            let _ = serve_over(&carrier, stream, &response, pace, &barrier).await;
            counts.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve_over(
    carrier: &Carrier,
    stream: TcpStream,
    response: &[u8],
    pace: Pace,
    barrier: &Barrier,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match carrier {
        Carrier::Http => serve(stream, response, pace, barrier).await,
        Carrier::Tls(tls) => serve(tls.accept(stream).await?, response, pace, barrier).await,
        Carrier::Http2(tls, response, body) => {
            let stream = tls.accept(stream).await?;
            serve_http2(stream, response, body).await.map_err(io::Error::other)
        }
    }
}

async fn serve_http2(
    stream: TlsStream<TcpStream>,
    response: &http::Response<()>,
    body: &Bytes,
) -> Result<(), h2::Error> {
    let mut connection = h2::server::handshake(stream).await?;
    while let Some(request) = connection.accept().await {
        let (request, mut respond) = request?;
        let (response, body) = (response.clone(), body.clone());
        tokio::spawn(async move {
            let mut request = request.into_body();
            while let Some(part) = request.data().await {
                request.flow_control().release_capacity(part?.len())?;
            }
            respond.send_response(response, false)?.send_data(body, true)
        });
    }
    Ok(())
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    response: &[u8],
    pace: Pace,
    barrier: &Barrier,
) -> io::Result<()> {
    let mut buffer = [0; 2048];
    let mut filled = 0;
    loop {
        if let Some(length) = whole_request(&buffer[..filled])? {
            match pace {
                Pace::AtOnce => stream.write_all(response).await?,
                Pace::Together(_) => {
                    barrier.wait().await;
                    stream.write_all(response).await?;
                }
                Pace::InPieces(pause) => {
                    for piece in response.chunks(response.len() / 5) {
                        sleep(pause).await;
                        stream.write_all(piece).await?;
                    }
                }
            }
            buffer.copy_within(length..filled, 0);
            filled -= length;
            continue;
        }
        match stream.read(&mut buffer[filled..]).await? {
            0 => return Ok(()),
            read => filled += read,
        }
    }
}

/// The length of the first request, if all of it is there.
fn whole_request(bytes: &[u8]) -> io::Result<Option<usize>> {
    const NAME: &[u8] = b"content-length:";
    let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let mut body = 0;
    for line in bytes[..head].split(|byte| *byte == b'\n') {
        if line.len() > NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME) {
            body = std::str::from_utf8(line[NAME.len()..].trim_ascii())
                .ok()
                .and_then(|text| text.parse().ok())
                .ok_or(io::ErrorKind::InvalidData)?;
        }
    }
    let length = head + 4 + body;
    Ok((bytes.len() >= length).then_some(length))
}
