//! TLS, and the ways in which it can fail.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::wire::{Cut, Meddler};
use crate::certificates::{self, Certificate};

/// One way in which TLS fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsFault {
    /// The server has such a certificate.
    Certificate(Certificate),
    /// The handshake stops in one of the server's flights, of TLS 1.2 or 1.3.
    Cut(Version, Cut),
    /// The first message gets an alert of this description as its response (RFC 8446 section 6).
    Alert(u8),
    /// The server asks for a certificate of the client, and insists. Over TLS 1.3 it says so after
    /// the client's last flight, with which a request may come (RFC 8446 section 4.4.2.4).
    ClientCertificate(Version),
    /// The server no longer knows the sessions that it gave tickets for.
    ForgottenSession,
    /// A first message that resumes a session gets an alert as response.
    RefusedSession,
    /// The connection ends after the handshake, with `close_notify` or without.
    CloseAfterHandshake {
        /// Whether it is announced.
        notify: bool,
    },
    /// The connection ends without `close_notify`.
    Unannounced(Moment),
    /// The response comes in a record that does not decrypt.
    Corrupt(Moment),
    /// The end of the connection is the end of the response.
    EndByClose {
        /// Whether it is announced; without that anyone could have cut the response (RFC 9112
        /// section 9.8).
        notify: bool,
    },
}

/// The version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// TLS 1.2.
    V12,
    /// TLS 1.3.
    V13,
}

/// A moment of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Nothing of it has been sent.
    Before,
    /// Half of it has been sent.
    Middle,
    /// All of it has been sent.
    After,
}

const fn cut(version: Version, flight: usize, after: usize, stall: bool) -> TlsFault {
    TlsFault::Cut(version, Cut { flight, after, stall })
}

impl TlsFault {
    /// What happens to a connection before a request is read.
    pub const OF_CONNECTIONS: &'static [Self] = &[
        Self::Certificate(Certificate::UnknownRoot),
        Self::Certificate(Certificate::OtherName),
        Self::Certificate(Certificate::Expired),
        Self::Certificate(Certificate::NotYetValid),
        // The first flight of the server is its whole handshake over TLS 1.3, and over TLS 1.2 it
        // ends with ServerHelloDone.
        cut(Version::V13, 1, 0, false),
        cut(Version::V13, 1, 3, false),
        cut(Version::V13, 1, 60, false),
        cut(Version::V13, 1, 400, false),
        cut(Version::V13, 1, usize::MAX, false),
        cut(Version::V13, 1, 0, true),
        cut(Version::V13, 1, 400, true),
        cut(Version::V12, 1, 0, false),
        cut(Version::V12, 1, 60, false),
        cut(Version::V12, 1, usize::MAX, false),
        cut(Version::V12, 1, 60, true),
        // The second flight of the server is the last of TLS 1.2.
        cut(Version::V12, 2, 0, false),
        cut(Version::V12, 2, 10, false),
        cut(Version::V12, 2, 0, true),
        Self::Alert(HANDSHAKE_FAILURE),
        Self::ClientCertificate(Version::V12),
        Self::ClientCertificate(Version::V13),
        Self::ForgottenSession,
        Self::RefusedSession,
        Self::CloseAfterHandshake { notify: true },
        Self::CloseAfterHandshake { notify: false },
    ];

    /// What happens to the response to a request.
    pub const OF_RESPONSES: &'static [Self] = &[
        Self::Unannounced(Moment::Before),
        Self::Unannounced(Moment::Middle),
        Self::Unannounced(Moment::After),
        Self::Corrupt(Moment::Before),
        Self::Corrupt(Moment::Middle),
        Self::EndByClose { notify: true },
        Self::EndByClose { notify: false },
    ];
}

/// The alert `handshake_failure`.
pub const HANDSHAKE_FAILURE: u8 = 40;

/// Makes the TLS side of a server's connections.
pub(super) struct Tls {
    alpn: &'static [&'static str],
    good: Arc<ServerConfig>,
    /// Configurations that were needed before.
    others: Mutex<Vec<(TlsFault, Arc<ServerConfig>)>>,
}

impl Tls {
    pub(super) fn new(alpn: &'static [&'static str]) -> io::Result<Self> {
        let mut good = certificates::server(Certificate::Good, &[&TLS13, &TLS12], alpn)?;
        good.ticketer = rustls::crypto::ring::Ticketer::new().map_err(io::Error::other)?;
        Ok(Self { alpn, good: Arc::new(good), others: Mutex::default() })
    }

    /// The handshake; `None` if there is to be nothing after it.
    pub(super) async fn accept(
        &self,
        mut tcp: TcpStream,
        fault: Option<TlsFault>,
    ) -> io::Result<Option<TlsStream<Meddler>>> {
        let refuses = match fault {
            Some(TlsFault::Alert(_)) => true,
            Some(TlsFault::RefusedSession) => resumes(&first_record(&tcp).await?),
            _ => false,
        };
        if refuses {
            let alert = match fault {
                Some(TlsFault::Alert(alert)) => alert,
                _ => HANDSHAKE_FAILURE,
            };
            // A record of one fatal alert (RFC 8446 sections 5.1 and 6).
            tcp.write_all(&[21, 3, 3, 0, 2, 2, alert]).await?;
            tcp.shutdown().await?;
            return Ok(None);
        }
        let cut = match fault {
            Some(TlsFault::Cut(_, cut)) => Some(cut),
            _ => None,
        };
        let config = self.config(fault)?;
        let mut stream = TlsAcceptor::from(config).accept(Meddler::new(tcp, cut)).await?;
        match fault {
            // A cut that the handshake did not reach is one right after it.
            Some(TlsFault::Cut(..) | TlsFault::CloseAfterHandshake { notify: false }) => Ok(None),
            Some(TlsFault::CloseAfterHandshake { notify: true }) => {
                stream.shutdown().await?;
                Ok(None)
            }
            _ => Ok(Some(stream)),
        }
    }

    fn config(&self, fault: Option<TlsFault>) -> io::Result<Arc<ServerConfig>> {
        let Some(fault) = fault.filter(|fault| {
            !matches!(fault, TlsFault::RefusedSession | TlsFault::CloseAfterHandshake { .. })
        }) else {
            return Ok(Arc::clone(&self.good));
        };
        if fault == TlsFault::ForgottenSession {
            return Ok(Arc::new(self.make(fault)?));
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, config)) = others.iter().find(|(of, _)| *of == fault) {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(self.make(fault)?);
        others.push((fault, Arc::clone(&config)));
        Ok(config)
    }

    fn make(&self, fault: TlsFault) -> io::Result<ServerConfig> {
        let version = |version| -> &'static SupportedProtocolVersion {
            match version {
                Version::V12 => &TLS12,
                Version::V13 => &TLS13,
            }
        };
        let of = |certificate, versions: &[&'static SupportedProtocolVersion]| {
            certificates::server(certificate, versions, self.alpn)
        };
        Ok(match fault {
            TlsFault::Certificate(certificate) => of(certificate, &[&TLS13, &TLS12])?,
            TlsFault::Cut(v, _) => of(Certificate::Good, &[version(v)])?,
            TlsFault::ClientCertificate(v) => {
                certificates::insisting_server(&[version(v)], self.alpn)?
            }
            _ => {
                // With another certificate and another key for tickets than the one before.
                let mut config = of(Certificate::Good, &[&TLS13, &TLS12])?;
                config.ticketer =
                    rustls::crypto::ring::Ticketer::new().map_err(io::Error::other)?;
                config
            }
        })
    }
}

/// The first record of the client, which stays to be read.
async fn first_record(tcp: &TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 5];
    loop {
        let read = tcp.peek(&mut bytes).await?;
        let whole =
            if read < 5 { 5 } else { 5 + usize::from(u16::from_be_bytes([bytes[3], bytes[4]])) };
        if read == 0 || read >= whole {
            bytes.truncate(read);
            return Ok(bytes);
        }
        bytes.resize(whole, 0);
        tokio::task::yield_now().await;
    }
}

/// Whether a ClientHello has the extension `pre_shared_key` or a session ticket in it (RFC 8446
/// section 4.2.11, RFC 5077 section 3.2).
fn resumes(record: &[u8]) -> bool {
    extensions(record).is_some_and(|mut extensions| {
        loop {
            let Some((kind, length)) = two(extensions).zip(extensions.get(2..).and_then(two))
            else {
                return false;
            };
            if kind == 41 || (kind == 35 && length > 0) {
                return true;
            }
            extensions = extensions.get(4 + usize::from(length)..).unwrap_or_default();
        }
    })
}

fn two(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|two| u16::from_be_bytes(*two))
}

/// The extensions of a ClientHello (RFC 8446 section 4.1.2) in a record.
fn extensions(record: &[u8]) -> Option<&[u8]> {
    // The header of the record, of the message, the version, and the random value.
    let rest = record.get(5 + 4 + 2 + 32..)?;
    let rest = rest.get(1 + usize::from(*rest.first()?)..)?;
    let rest = rest.get(2 + usize::from(two(rest)?)..)?;
    let rest = rest.get(1 + usize::from(*rest.first()?)..)?;
    rest.get(2..)
}
