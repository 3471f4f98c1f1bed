//! A step between the client and a server that alters each request.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What is done to each request.
pub(crate) type Alteration = dyn Fn(&mut Request) + Send + Sync;

/// A request of HTTP/1.1.
pub(crate) struct Request {
    /// The method.
    pub(crate) method: String,
    target: String,
    headers: Vec<(String, String)>,
    /// The body; its length is written anew.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Gives a header this value, instead of any that it has.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.remove_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a header away.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Reads one whole request.
    async fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        let length: usize = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0);
        let mut body = bytes.split_off(end + 4);
        while body.len() < length {
            if stream.read_buf(&mut body).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Self { method, target, headers, body })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// The step; it ends when this is dropped.
pub(crate) struct AlteringProxy {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl AlteringProxy {
    /// Listens on a free port of the loopback interface, and sends each request on to `server`
    /// (`http://host:port`).
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub(crate) async fn start(server: &str, alter: Box<Alteration>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let server: Arc<str> = server.trim_start_matches("http://").into();
        let alter: Arc<Alteration> = alter.into();
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(pass_on(stream, Arc::clone(&server), Arc::clone(&alter)));
            }
        });
        Ok(Self { address, task })
    }

    /// The base URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for AlteringProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Passes one request on, and its answer back; then closes both connections.
async fn pass_on(
    mut client: TcpStream,
    server: Arc<str>,
    alter: Arc<Alteration>,
) -> io::Result<()> {
    let mut request = Request::read(&mut client).await?;
    alter(&mut request);
    let length = request.body.len().to_string();
    request.set_header("content-length", &length);
    request.set_header("connection", "close");
    let mut server = TcpStream::connect(&*server).await?;
    server.write_all(&request.to_bytes()).await?;
    tokio::io::copy(&mut server, &mut client).await?;
    client.shutdown().await
}
