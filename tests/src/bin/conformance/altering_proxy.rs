//! A step between the client and a server that alters each request.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use cx_client_tests::misbehaving_server::read_request;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What is done to each request.
pub(crate) type Alteration = dyn Fn(&mut Request) + Send + Sync;

/// A request of HTTP/1.1.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<String>,
    /// Its length is written anew.
    pub(crate) body: Vec<u8>,
}

impl Request {
    fn parse(head: &str, body: Vec<u8>) -> Self {
        let mut lines = head.split("\r\n").map(str::to_owned);
        let first = lines.next().unwrap_or_default();
        let mut first = first.split(' ').map(str::to_owned);
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        Self { method, target, headers: lines.collect(), body }
    }

    /// Gives a header this value, instead of any that it has.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.remove_header(name);
        self.headers.push(format!("{name}: {value}"));
    }

    /// Takes a header away.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|header| {
            !header.split(':').next().is_some_and(|other| other.eq_ignore_ascii_case(name))
        });
    }

    fn to_bytes(&self) -> Vec<u8> {
        let headers = self.headers.join("\r\n");
        let head = format!("{} {} HTTP/1.1\r\n{headers}\r\n\r\n", self.method, self.target);
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

/// Passes one request on, and its response back; then closes both connections.
async fn pass_on(
    mut client: TcpStream,
    server: Arc<str>,
    alter: Arc<Alteration>,
) -> io::Result<()> {
    let Some((head, body)) = read_request(&mut client, &mut Vec::new()).await? else {
        return Ok(());
    };
    let mut request = Request::parse(&head, body);
    alter(&mut request);
    let length = request.body.len().to_string();
    request.set_header("content-length", &length);
    request.set_header("connection", "close");
    let mut server = TcpStream::connect(&*server).await?;
    server.write_all(&request.to_bytes()).await?;
    tokio::io::copy(&mut server, &mut client).await?;
    client.shutdown().await
}
