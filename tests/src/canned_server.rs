//! An HTTP/1.1 server that gives every request the same answer, at as little cost as it can.
//!
//! It runs on a thread of its own and allocates nothing per request, so that what is counted
//! around it (instructions of the other threads, allocations of the process) is the client's.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::sleep;

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
    answered: AtomicUsize,
}

impl CannedServer {
    /// Starts a server that answers with this status and this body, of JSON, after `delay`.
    ///
    /// # Errors
    ///
    /// If no port of the loopback interface can be bound, or no thread started.
    pub fn start(status: u16, body: &str, delay: Duration) -> io::Result<Self> {
        let answer: Arc<[u8]> = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
        .into();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let counts = Arc::new(Counts::default());
        let (alive, ended) = oneshot::channel();
        let shared = Arc::clone(&counts);
        thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    () = accept(listener, answer, delay, shared) => {}
                    _ = ended => {}
                }
            });
        })?;
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
        Self::start(422, &empty.replace(r#""""#, &format!(r#""{text}""#)), Duration::ZERO)
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

    /// How many requests have been answered until now.
    pub fn answered_requests(&self) -> usize {
        self.counts.answered.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, answer: Arc<[u8]>, delay: Duration, counts: Arc<Counts>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (answer, counts) = (Arc::clone(&answer), Arc::clone(&counts));
        tokio::spawn(async move {
            counts.open.fetch_add(1, Ordering::SeqCst);
            counts.accepted.fetch_add(1, Ordering::SeqCst);
            // What goes wrong with the client is of no interest.
            let _ = serve(stream, &answer, delay, &counts).await;
            counts.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &[u8],
    delay: Duration,
    counts: &Counts,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 2048];
    let mut filled = 0;
    loop {
        if let Some(length) = whole_request(&buffer[..filled])? {
            if !delay.is_zero() {
                sleep(delay).await;
            }
            stream.write_all(answer).await?;
            counts.answered.fetch_add(1, Ordering::SeqCst);
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
