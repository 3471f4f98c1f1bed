//! A server that misbehaves on purpose, over HTTP/1.1, TLS or HTTP/2, and keeps a log of what
//! reached it.
//!
//! httpmock responds correctly, always. What a client does when a server does not, this server
//! shows: each [`Fault`] is one way to fail, by name.

mod fault;
mod http1;
mod http2;
mod http2_fault;
mod proxy;
mod tls_fault;
mod wire;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

pub use fault::Fault;
pub use http1::read_request;
pub use http2_fault::{Code, Http2Fault};
pub use proxy::{Proxy, ProxyFault};
pub use tls_fault::{HANDSHAKE_FAILURE, Moment, TlsFault, Version};
pub use wire::Cut;

/// What carries the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Over {
    /// HTTP/1.1 over TCP.
    Http,
    /// HTTP/1.1 over TLS.
    Tls,
    /// HTTP/2 over TLS.
    Http2,
}

/// A complete request that reached the server.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The method and the target of the request line; empty over HTTP/2.
    pub line: String,
    /// The request line and the headers, as they came; empty over HTTP/2.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
    /// What the response was.
    pub fault: Fault,
    /// The status of the response, if a whole status line was sent.
    pub status: Option<u16>,
}

/// Decides how a request gets its response. Called once when a connection is made, with `None`, and once
/// for each complete request, with its body.
pub type Choose = dyn Fn(Option<&[u8]>) -> Fault + Send + Sync;

/// The server; it ends when this is dropped.
pub struct MisbehavingServer {
    address: SocketAddr,
    over: Over,
    log: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl MisbehavingServer {
    /// Starts a server on a free port of the loopback interface.
    ///
    /// `success` is the body of the documented response, an object of JSON.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start(
        success: impl Into<String>,
        choose: impl Fn(Option<&[u8]>) -> Fault + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::start_at(Ipv4Addr::LOCALHOST.into(), Over::Http, success, choose).await
    }

    /// Starts a server on a free port of an address.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start_at(
        address: IpAddr,
        over: Over,
        success: impl Into<String>,
        choose: impl Fn(Option<&[u8]>) -> Fault + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((address, 0)).await?;
        let address = listener.local_addr()?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::new(Shared {
            tls: match over {
                Over::Http => None,
                Over::Tls => Some(tls_fault::Tls::new(&["http/1.1"])?),
                Over::Http2 => Some(tls_fault::Tls::new(&["h2"])?),
            },
            over,
            success: success.into(),
            choose: Box::new(choose),
            log: Arc::clone(&log),
        });
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(Arc::clone(&shared).serve(stream));
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, over, log, task })
    }

    /// A server that responds to every request with the same fault.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn always(success: impl Into<String>, fault: Fault) -> io::Result<Self> {
        Self::always_over(Over::Http, success, fault).await
    }

    /// The same over something else.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn always_over(
        over: Over,
        success: impl Into<String>,
        fault: Fault,
    ) -> io::Result<Self> {
        Self::start_at(Ipv4Addr::LOCALHOST.into(), over, success, move |_| fault).await
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
        match self.over {
            Over::Http => format!("http://{}", self.address),
            Over::Tls | Over::Http2 => self.tls_url(),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client that speaks TLS, to which a server over HTTP never responds.
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

struct Shared {
    over: Over,
    tls: Option<tls_fault::Tls>,
    success: String,
    choose: Box<Choose>,
    log: Arc<Mutex<Vec<Seen>>>,
}

impl Shared {
    /// Serves a connection until a side closes; what goes wrong with the client is of no interest.
    async fn serve(self: Arc<Self>, tcp: TcpStream) {
        // What is small goes at once, as from servers that people use.
        let _ = tcp.set_nodelay(true);
        let fault = (self.choose)(None);
        if fault == Fault::CloseAtOnce {
            return;
        }
        let Some(tls) = &self.tls else {
            let _ = http1::serve(tcp, &self).await;
            return;
        };
        let of_tls = match fault {
            Fault::Tls(fault) => Some(fault),
            _ => None,
        };
        if let Ok(Some(stream)) = tls.accept(tcp, of_tls).await {
            let _ = match self.over {
                Over::Http2 => http2::serve(stream, &self, fault).await,
                _ => http1::serve(stream, &self).await,
            };
        }
    }

    fn log(&self, head: String, body: Vec<u8>, fault: Fault) {
        let line = head.lines().next().unwrap_or_default();
        let line = line.trim_end_matches(" HTTP/1.1").to_owned();
        lock(&self.log).push(Seen { line, head, body, fault, status: fault.status() });
    }
}
