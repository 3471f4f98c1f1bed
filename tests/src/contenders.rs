//! The same call in three ways: through this crate, written by hand, and through what progenitor
//! generates untouched.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cx_client::types::{Call, CreateCallRequest};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};

use crate::{certificates, documented_request};

const USERNAME: &str = "username";
const PASSWORD: &str = "password";
const USER_AGENT: &str = concat!("cx-client/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);

/// Who places the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Contender {
    /// `cx_client`.
    Ours,
    /// A function over reqwest and serde that sends the same request.
    Handwritten,
    /// The output of progenitor as it is.
    Progenitor,
}

impl Contender {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Handwritten, Self::Progenitor];

    /// The place of the hand-written client in [`ALL`](Self::ALL): what the others are compared with.
    pub const BASE: usize = 1;

    /// The name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Handwritten => "handwritten",
            Self::Progenitor => "progenitor",
        }
    }

    /// A caller of the server at `url`.
    ///
    /// All send the same headers and have the same time limits; none asks the environment for a
    /// proxy.
    ///
    /// # Errors
    ///
    /// If a client cannot be set up.
    pub fn caller(self, url: &str) -> io::Result<Caller> {
        Ok(match self {
            Self::Ours => {
                let builder = cx_client::Client::builder()
                    .credentials(USERNAME, PASSWORD)
                    .base_url(url)
                    .connect_timeout(CONNECT_TIMEOUT)
                    .timeout(TIMEOUT)
                    .proxy_from_env(false);
                let builder = if encrypted(url) { certificates::trust(builder)? } else { builder };
                Caller::Ours(builder.build().map_err(io::Error::other)?)
            }
            Self::Handwritten => Caller::Handwritten {
                http: http(url)?.build().map_err(io::Error::other)?,
                url: format!("{url}/api/v1/calls"),
            },
            Self::Progenitor => {
                let mut headers = HeaderMap::new();
                // RFC 7617: base64 of `username:password`.
                let value = HeaderValue::from_static("Basic dXNlcm5hbWU6cGFzc3dvcmQ=");
                headers.insert(AUTHORIZATION, value);
                let http = http(url)?.default_headers(headers).build().map_err(io::Error::other)?;
                Caller::Progenitor(cx_client_raw::Client::new_with_client(url, http))
            }
        })
    }
}

fn encrypted(url: &str) -> bool {
    url.starts_with("https:")
}

fn http(url: &str) -> io::Result<reqwest::ClientBuilder> {
    // This build of reqwest leaves the choice of cryptography to the program. A second call finds
    // the choice made.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .no_proxy();
    if !encrypted(url) {
        return Ok(http);
    }
    let config = certificates::client(&["h2", "http/1.1"])?;
    Ok(http.tls_backend_preconfigured(config))
}

/// A [`Contender`] that is set up.
#[derive(Clone)]
pub enum Caller {
    /// See [`Contender::Ours`].
    Ours(cx_client::Client),
    /// See [`Contender::Handwritten`].
    Handwritten {
        /// The HTTP client.
        http: reqwest::Client,
        /// The URL of the operation.
        url: String,
    },
    /// See [`Contender::Progenitor`].
    Progenitor(cx_client_raw::Client),
}

/// What a failed call is reduced to: its status, and how long the body was that came with it.
pub type Refusal = (Option<u16>, usize);

impl Caller {
    /// Places the documented call.
    ///
    /// # Errors
    ///
    /// Why it failed.
    pub async fn call(&self) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Ours(client) => ours(client).await?,
            Self::Handwritten { http, url } => handwritten(http, url).await?,
            Self::Progenitor(client) => progenitor(client).await?,
        }
        Ok(())
    }

    /// Places the documented call at a server that refuses it, and reads what it says.
    ///
    /// # Errors
    ///
    /// If it was not refused, or its body could not be read.
    pub async fn refused_call(&self) -> Result<Refusal, Box<dyn Error>> {
        let request = documented_request();
        match self {
            Self::Ours(client) => {
                let Err(error) = client.create_call().body(request).send().await else {
                    return Err("not refused".into());
                };
                Ok((error.status().map(|s| s.as_u16()), error.body().unwrap_or_default().len()))
            }
            Self::Handwritten { http, url } => {
                let response = post(http, url, &request).await?;
                if response.status().is_success() {
                    return Err("not refused".into());
                }
                Ok((Some(response.status().as_u16()), response.bytes().await?.len()))
            }
            Self::Progenitor(client) => {
                match client.create_call().body(raw(request)).send().await {
                    Err(cx_client_raw::Error::UnexpectedResponse(response)) => {
                        Ok((Some(response.status().as_u16()), response.bytes().await?.len()))
                    }
                    Err(error) => Err(error.into()),
                    Ok(_) => Err("not refused".into()),
                }
            }
        }
    }
}

async fn ours(client: &cx_client::Client) -> Result<(), cx_client::Error> {
    client.create_call().body(documented_request()).send().await.map(|_| ())
}

async fn progenitor(client: &cx_client_raw::Client) -> Result<(), cx_client_raw::Error<()>> {
    client.create_call().body(raw(documented_request())).send().await.map(|_| ())
}

async fn handwritten(http: &reqwest::Client, url: &str) -> reqwest::Result<()> {
    create_call(http, url, &documented_request()).await.map(|_| ())
}

/// The function that one would write by hand.
async fn create_call(
    http: &reqwest::Client,
    url: &str,
    request: &CreateCallRequest,
) -> reqwest::Result<Call> {
    post(http, url, request).await?.error_for_status()?.json::<Call>().await
}

async fn post(
    http: &reqwest::Client,
    url: &str,
    request: &CreateCallRequest,
) -> reqwest::Result<reqwest::Response> {
    http.post(url)
        .basic_auth(USERNAME, Some(PASSWORD))
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .json(request)
        .send()
        .await
}

fn raw(request: CreateCallRequest) -> cx_client_raw::types::CreateCallRequest {
    cx_client_raw::types::CreateCallRequest {
        agent_id: request.agent_id,
        channel: cx_client_raw::types::Channel::Call,
        skill_id: request.skill_id,
        customer_name: request.customer_name,
        customer_phone: request.customer_phone,
    }
}

/// In which order the clients take this turn: each is first, in the middle and last as often as the
/// others, and follows each of them as often.
pub fn order(turn: usize) -> [usize; Contender::ALL.len()] {
    [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]][turn % 6]
}

/// Places calls, of which so many are in flight at once.
///
/// # Errors
///
/// As [`Caller::call`], of the first that failed.
pub async fn place_many(
    caller: &Caller,
    calls: usize,
    in_flight: usize,
) -> Result<(), Box<dyn Error>> {
    // A future of its own for each client: one for all would be as large as the largest of them.
    match caller {
        Caller::Ours(client) => {
            let client = Arc::new(client.clone());
            let call = move || {
                let client = Arc::clone(&client);
                async move { ours(&client).await }
            };
            together(calls, in_flight, call).await
        }
        Caller::Handwritten { http, url } => {
            let target = Arc::new((http.clone(), url.clone()));
            let call = move || {
                let target = Arc::clone(&target);
                async move { handwritten(&target.0, &target.1).await }
            };
            together(calls, in_flight, call).await
        }
        Caller::Progenitor(client) => {
            let client = Arc::new(client.clone());
            let call = move || {
                let client = Arc::clone(&client);
                async move { progenitor(&client).await }
            };
            together(calls, in_flight, call).await
        }
    }
}

/// Makes so many calls, of which so many are in flight at once.
async fn together<F, E>(
    calls: usize,
    in_flight: usize,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Result<(), Box<dyn Error>>
where
    F: Future<Output = Result<(), E>> + Send,
    E: Error,
{
    let next = Arc::new(AtomicUsize::new(0));
    let worker = || {
        let (call, next) = (call.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            while next.fetch_add(1, Ordering::Relaxed) < calls {
                call().await.map_err(|error| error.to_string())?;
            }
            Ok::<(), String>(())
        })
    };
    for worker in (0..in_flight).map(|_| worker()).collect::<Vec<_>>() {
        worker.await??;
    }
    Ok(())
}
