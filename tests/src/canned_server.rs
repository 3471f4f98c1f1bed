//! An HTTP/1.1 server that gives every request the same answer, at as little cost as it can.
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

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Barrier, oneshot};
use tokio::time::sleep;

/// When the server answers.
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
    /// Starts a server that answers with this status and this body, of JSON.
    ///
    /// # Errors
    ///
    /// If no port of the loopback interface can be bound, or no thread started.
    pub fn start(status: u16, body: &str, pace: Pace) -> io::Result<Self> {
        let answer: Arc<[u8]> = format!(
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
                    () = accept(listener, answer, pace, shared) => {}
                    _ = ended => {}
                }
            });
        })?;
        let address = address.recv().map_err(io::Error::other)??;
        Ok(Self { address, counts, _alive: alive })
    }

    /// Starts a server that answers 422 with a body of 16 KiB.
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
        format!("http://{}", self.address)
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

async fn accept(listener: TcpListener, answer: Arc<[u8]>, pace: Pace, counts: Arc<Counts>) {
    let crowd = match pace {
        Pace::Together(size) => size,
        _ => 1,
    };
    let barrier = Arc::new(Barrier::new(crowd));
    while let Ok((stream, _)) = listener.accept().await {
        let (answer, counts) = (Arc::clone(&answer), Arc::clone(&counts));
        let barrier = Arc::clone(&barrier);
        tokio::spawn(async move {
            counts.open.fetch_add(1, Ordering::SeqCst);
            counts.accepted.fetch_add(1, Ordering::SeqCst);
            // What goes wrong with the client is of no interest.
            let _ = serve(stream, &answer, pace, &barrier).await;
            counts.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &[u8],
    pace: Pace,
    barrier: &Barrier,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 2048];
    let mut filled = 0;
    loop {
        if let Some(length) = whole_request(&buffer[..filled])? {
            match pace {
                Pace::AtOnce => stream.write_all(answer).await?,
                Pace::Together(_) => {
                    barrier.wait().await;
                    stream.write_all(answer).await?;
                }
                Pace::InPieces(pause) => {
                    for piece in answer.chunks(answer.len() / 5) {
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
