//! A proxy that tunnels with CONNECT (RFC 9110 section 9.3.6), or fails to.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::lock;

/// One way in which a proxy fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProxyFault {
    /// It tunnels.
    None,
    /// It refuses the tunnel with this status.
    Refuse(u16),
    /// It opens the tunnel after this time.
    Slow(Duration),
    /// It never responds.
    Silent,
    /// It closes the connection in place of a response, or in the middle of it.
    Close {
        /// How many bytes of the response it sends.
        after: usize,
    },
    /// It responds with something that is not HTTP.
    Garbage,
    /// It closes the tunnel when it has carried so many bytes of the client.
    DieAfterSent(usize),
    /// It closes the tunnel when it has carried so many bytes of the server.
    DieAfterReceived(usize),
}

impl ProxyFault {
    /// One of every kind.
    pub const EVERY_KIND: &'static [Self] = &[
        Self::None,
        Self::Refuse(403),
        Self::Refuse(407),
        Self::Refuse(502),
        Self::Slow(Duration::from_millis(30)),
        Self::Silent,
        Self::Close { after: 0 },
        Self::Close { after: 20 },
        Self::Garbage,
        Self::DieAfterSent(0),
        Self::DieAfterSent(100),
        Self::DieAfterSent(600),
        Self::DieAfterSent(900),
        Self::DieAfterSent(1500),
        Self::DieAfterReceived(0),
        Self::DieAfterReceived(100),
        Self::DieAfterReceived(1200),
        Self::DieAfterReceived(2000),
    ];
}

/// The proxy; it ends when this is dropped.
pub struct Proxy {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<u8>>>,
    targets: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Starts a proxy on a free port of the loopback interface, which is asked for each connection
    /// how to fail. Whatever the client wants to reach, it reaches `server`.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start(
        server: SocketAddr,
        choose: impl Fn() -> ProxyFault + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (seen, targets) = (Arc::<Mutex<_>>::default(), Arc::<Mutex<_>>::default());
        let (all, hosts) = (Arc::clone(&seen), Arc::clone(&targets));
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let tunnel =
                    Tunnel { fault: choose(), seen: Arc::clone(&all), targets: Arc::clone(&hosts) };
                connections.spawn(async move {
                    // What goes wrong with either side is of no interest.
                    let _ = tunnel.serve(client, server).await;
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, seen, targets, task })
    }

    /// The URL of the proxy.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that clients sent, in and outside of tunnels, until now.
    pub fn seen(&self) -> Vec<u8> {
        lock(&self.seen).clone()
    }

    /// What clients wanted to reach, until now: host and port of each CONNECT.
    pub fn targets(&self) -> Vec<String> {
        lock(&self.targets).clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Tunnel {
    fault: ProxyFault,
    seen: Arc<Mutex<Vec<u8>>>,
    targets: Arc<Mutex<Vec<String>>>,
}

impl Tunnel {
    async fn serve(&self, mut client: TcpStream, server: SocketAddr) -> io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await?);
        }
        lock(&self.seen).extend(&head);
        let text = String::from_utf8_lossy(&head);
        lock(&self.targets).extend(text.split(' ').nth(1).map(ToOwned::to_owned));
        let opened = b"HTTP/1.1 200 Connection established\r\n\r\n";
        match self.fault {
            ProxyFault::Refuse(status) => {
                let body = "<html>unwelcome</html>";
                let more = if status == 407 {
                    "proxy-authenticate: Basic realm=\"unwelcome\"\r\n"
                } else {
                    ""
                };
                let length = body.len();
                let response =
                    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{more}\r\n{body}");
                return client.write_all(response.as_bytes()).await;
            }
            ProxyFault::Silent => {
                sleep(Duration::from_secs(3600)).await;
                return Ok(());
            }
            ProxyFault::Close { after } => return client.write_all(&opened[..after]).await,
            ProxyFault::Garbage => return client.write_all(b"220 mail.example\r\n\r\n").await,
            ProxyFault::Slow(time) => sleep(time).await,
            _ => {}
        }
        client.write_all(opened).await?;
        let (sent, received) = match self.fault {
            ProxyFault::DieAfterSent(bytes) => (bytes, usize::MAX),
            ProxyFault::DieAfterReceived(bytes) => (usize::MAX, bytes),
            _ => (usize::MAX, usize::MAX),
        };
        let mut server = TcpStream::connect(server).await?;
        let (mut from_client, mut to_client) = client.split();
        let (mut from_server, mut to_server) = server.split();
        let there = carry(&mut from_client, &mut to_server, sent, Some(&self.seen));
        let back = carry(&mut from_server, &mut to_client, received, None);
        // The first to end ends the tunnel.
        tokio::select! {
            result = there => result,
            result = back => result,
        }
    }
}

/// Carries up to so many bytes.
async fn carry(
    from: &mut (impl tokio::io::AsyncRead + Unpin),
    to: &mut (impl tokio::io::AsyncWrite + Unpin),
    mut most: usize,
    seen: Option<&Mutex<Vec<u8>>>,
) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let read = match from.read(&mut buffer).await? {
            0 => return Ok(()),
            read => read.min(most),
        };
        if let Some(seen) = seen {
            lock(seen).extend(&buffer[..read]);
        }
        to.write_all(&buffer[..read]).await?;
        most -= read;
        if most == 0 {
            return Ok(());
        }
    }
}
