//! DNS.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cx_client::Delivery;
use cx_client::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer, Over};
use cx_client_tests::private;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::{call, server, trusting};

/// A resolver that gives the answers in turn, and the last one from then on; an empty answer is
/// that there is no such name.
pub(super) struct Always {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Always {
    pub(super) fn at(addresses: impl Into<Vec<IpAddr>>) -> Arc<Self> {
        Self::in_turn(vec![addresses.into()])
    }

    fn in_turn(answers: Vec<Vec<IpAddr>>) -> Arc<Self> {
        Arc::new(Self { answers, asked: AtomicUsize::new(0) })
    }
}

impl Resolve for Always {
    fn resolve(&self, _: Name) -> Resolving {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers[asked.min(self.answers.len() - 1)].clone();
        Box::pin(async move {
            if answer.is_empty() {
                return Err(io::Error::other("no such name").into());
            }
            let addresses = answer.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}

/// An address of this machine at which nothing listens.
const REFUSING: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 77));
const ALIVE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn client(server: &MisbehavingServer, resolver: Arc<Always>) -> cx_client::Client {
    trusting(format!("https://api.example.test:{}", server.address().port()))
        .configure_http(|http| http.dns_resolver(resolver))
        .build()
        .unwrap()
}

#[tokio::test]
async fn no_such_name_sends_nothing() {
    let server = server(Over::Tls, Fault::None).await;
    let resolver = Always::at([]);
    let error = call(&client(&server, Arc::clone(&resolver))).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3), "{error:?}");
    assert!(error.is_connect() && error.to_string().contains("no such name"), "{error}");
    assert_eq!(private::printed_secret(&error), None, "{error:?}");
    assert_eq!((resolver.asked.load(Ordering::SeqCst), server.seen().len()), (3, 0));
}

#[tokio::test]
async fn a_name_that_comes_to_exist_is_found_by_a_later_attempt() {
    let server = server(Over::Tls, Fault::None).await;
    let resolver = Always::in_turn(vec![vec![], vec![ALIVE]]);
    call(&client(&server, Arc::clone(&resolver))).await.unwrap();
    assert_eq!((resolver.asked.load(Ordering::SeqCst), server.seen().len()), (2, 1));
}

#[tokio::test]
async fn of_several_addresses_a_dead_one_is_passed_over() {
    let server = server(Over::Tls, Fault::None).await;
    let resolver = Always::at([REFUSING, ALIVE]);
    call(&client(&server, Arc::clone(&resolver))).await.unwrap();
    assert_eq!((resolver.asked.load(Ordering::SeqCst), server.seen().len()), (1, 1));
}

/// The first address takes no connection and does not refuse any: its queue is full.
#[tokio::test]
async fn of_several_addresses_a_silent_one_is_passed_over() {
    let server = server(Over::Tls, Fault::None).await;
    let (_silent, _waiting) = silent(REFUSING, server.address().port()).await;
    let resolver = Always::at([REFUSING, ALIVE]);
    call(&client(&server, Arc::clone(&resolver))).await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

async fn silent(address: IpAddr, port: u16) -> (TcpListener, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(address, port)).unwrap();
    let listener = socket.listen(1).unwrap();
    let mut waiting = Vec::new();
    let time = std::time::Duration::from_millis(200);
    while let Ok(stream) = tokio::time::timeout(time, TcpStream::connect((address, port))).await {
        waiting.push(stream.unwrap());
    }
    (listener, waiting)
}

#[tokio::test]
async fn an_address_that_changes_between_attempts_is_followed() {
    let server = server(Over::Tls, Fault::None).await;
    let resolver = Always::in_turn(vec![vec![REFUSING], vec![ALIVE]]);
    call(&client(&server, Arc::clone(&resolver))).await.unwrap();
    assert_eq!((resolver.asked.load(Ordering::SeqCst), server.seen().len()), (2, 1));
}
