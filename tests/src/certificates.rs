//! Certificates made on the spot, good ones and bad ones, and who trusts them.

use std::io;
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use cx_client::ClientBuilder;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion};

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certificate {
    /// Nothing, for who trusts the root of this process: see [`trust`].
    Good,
    /// Nobody trusts who issued it.
    UnknownRoot,
    /// It is for another host.
    OtherName,
    /// It was valid once.
    Expired,
    /// It is not valid yet.
    NotYetValid,
}

/// The hosts of the certificates that are for the right one; the last is the far end of a link that
/// is made for a test.
const HOSTS: [&str; 4] = ["127.0.0.1", "localhost", "api.example.test", "10.77.0.2"];

type Root = Issuer<'static, KeyPair>;

/// The root of this process.
fn root() -> io::Result<&'static (Root, CertificateDer<'static>)> {
    static ROOT: OnceLock<(Root, CertificateDer<'static>)> = OnceLock::new();
    if let Some(root) = ROOT.get() {
        return Ok(root);
    }
    let made = issuer()?;
    Ok(ROOT.get_or_init(|| made))
}

fn issuer() -> io::Result<(Root, CertificateDer<'static>)> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // Two roots of one name would be taken for each other.
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("root {} of process {}", MADE.fetch_add(1, Ordering::SeqCst), process::id());
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = params.self_signed(&key).map_err(io::Error::other)?;
    Ok((Issuer::new(params, key), certificate.der().clone()))
}

/// A certificate and its key.
fn identity(
    certificate: Certificate,
) -> io::Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let names = match certificate {
        Certificate::OtherName => vec!["unasked.example.test".to_owned()],
        _ => HOSTS.map(ToOwned::to_owned).to_vec(),
    };
    let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
    match certificate {
        Certificate::Expired => params.not_after = date_time_ymd(2020, 1, 1),
        Certificate::NotYetValid => params.not_before = date_time_ymd(4000, 1, 1),
        _ => {}
    }
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let unknown;
    let (issuer, _) = if certificate == Certificate::UnknownRoot {
        unknown = issuer()?;
        &unknown
    } else {
        root()?
    };
    let signed = params.signed_by(&key, issuer).map_err(io::Error::other)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    Ok((vec![signed.der().clone()], key))
}

/// The configuration of a server with a certificate.
///
/// # Errors
///
/// If the cryptography does not work.
pub fn server(
    certificate: Certificate,
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[&str],
) -> io::Result<ServerConfig> {
    configuration(certificate, versions, alpn, WebPkiClientVerifier::no_client_auth())
}

/// The configuration of a server with a good certificate that insists on one of the client.
///
/// # Errors
///
/// If the cryptography does not work.
pub fn insisting_server(
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[&str],
) -> io::Result<ServerConfig> {
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots()?), provider)
        .build()
        .map_err(io::Error::other)?;
    configuration(Certificate::Good, versions, alpn, verifier)
}

fn configuration(
    certificate: Certificate,
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[&str],
    verifier: Arc<dyn ClientCertVerifier>,
) -> io::Result<ServerConfig> {
    let (chain, key) = identity(certificate)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .map_err(io::Error::other)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = protocols(alpn);
    Ok(config)
}

fn protocols(alpn: &[&str]) -> Vec<Vec<u8>> {
    alpn.iter().map(|name| name.as_bytes().to_vec()).collect()
}

fn roots() -> io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(root()?.1.clone()).map_err(io::Error::other)?;
    Ok(roots)
}

/// The configuration of a client that trusts the root of this process, and nobody else.
///
/// # Errors
///
/// If the cryptography does not work.
pub fn client(alpn: &[&str]) -> io::Result<ClientConfig> {
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots()?)
        .with_no_client_auth();
    config.alpn_protocols = protocols(alpn);
    Ok(config)
}

/// Lets a client trust the root of this process. It offers HTTP/2 and HTTP/1.1, as `cx_client` does.
///
/// # Errors
///
/// If the cryptography does not work.
pub fn trust(builder: ClientBuilder) -> io::Result<ClientBuilder> {
    let config = client(&["h2", "http/1.1"])?;
    Ok(builder.configure_http(|http| http.tls_backend_preconfigured(config)))
}
