//! What a server reads from and writes to, and what it can do to it below the protocol.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// A connection, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {
    fn tcp(&self) -> &TcpStream;
    /// Has what is written next arrive damaged.
    fn corrupt(&self) {}
}

impl Wire for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Wire for TlsStream<Meddler> {
    fn tcp(&self) -> &TcpStream {
        &self.get_ref().0.tcp
    }

    fn corrupt(&self) {
        self.get_ref().0.corrupt.store(true, Ordering::SeqCst);
    }
}

/// Where a server stops to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cut {
    /// In which of its flights, from 1: what it sends between two readings.
    pub flight: usize,
    /// After so many bytes of it; `usize::MAX` is after all of it.
    pub after: usize,
    /// Whether it is silent from then on; else it closes the connection.
    pub stall: bool,
}

/// TCP below TLS that can cut what the server sends, or damage it.
pub(super) struct Meddler {
    tcp: TcpStream,
    cut: Option<Cut>,
    corrupt: Arc<AtomicBool>,
    flight: usize,
    writing: bool,
    sent: usize,
}

impl Meddler {
    pub(super) fn new(tcp: TcpStream, cut: Option<Cut>) -> Self {
        Self { tcp, cut, corrupt: Arc::default(), flight: 0, writing: false, sent: 0 }
    }

    /// How many of the bytes may go; `None` if it is to be silent.
    fn allowed(&self, wanted: usize) -> io::Result<Option<usize>> {
        match self.cut {
            Some(cut)
                if self.flight > cut.flight
                    || (self.flight == cut.flight && self.sent >= cut.after) =>
            {
                if cut.stall {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::BrokenPipe.into())
                }
            }
            Some(cut) if self.flight == cut.flight => Ok(Some(wanted.min(cut.after - self.sent))),
            _ => Ok(Some(wanted)),
        }
    }
}

impl AsyncRead for Meddler {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.tcp).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.writing = false;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Meddler {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if !self.writing {
            self.writing = true;
            self.flight += 1;
            self.sent = 0;
        }
        let Some(allowed) = self.allowed(buf.len())? else { return Poll::Pending };
        let mut bytes = buf[..allowed].to_vec();
        if self.corrupt.swap(false, Ordering::SeqCst)
            && let Some(last) = bytes.last_mut()
        {
            *last ^= 1;
        }
        let written = ready!(Pin::new(&mut self.tcp).poll_write(cx, &bytes))?;
        self.sent += written;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
