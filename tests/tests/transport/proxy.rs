//! Proxies.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cx_client::reqwest;
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer, Over, Proxy, ProxyFault};
use cx_client_tests::{certificates, private};

use super::dns::Always;
use super::{
    ACCEPTED, NOT_SENT, NOT_SENT_OR_UNKNOWN, Outcome, Row, UNKNOWN, call, check, row, server,
};

const REACHED: &str = "the server could not be reached: ";
const SLOWLY: &str = "connecting to the server took too long";

const ROWS: &[Row<ProxyFault>] = &[
    row(ProxyFault::None, Outcome::Success, 1, ""),
    row(ProxyFault::Slow(Duration::from_millis(300)), Outcome::Success, 1, ""),
    row(ProxyFault::Slow(Duration::from_secs(5)), NOT_SENT, 0, SLOWLY),
    row(ProxyFault::Silent, NOT_SENT, 0, SLOWLY),
    row(ProxyFault::Refuse(403), NOT_SENT, 0, "unsuccessful"),
    row(ProxyFault::Refuse(407), NOT_SENT, 0, "proxy authorization required"),
    row(ProxyFault::Refuse(502), NOT_SENT, 0, "unsuccessful"),
    row(ProxyFault::Close { after: 0 }, NOT_SENT, 0, REACHED),
    row(ProxyFault::Close { after: 20 }, NOT_SENT, 0, REACHED),
    row(ProxyFault::Garbage, NOT_SENT, 0, REACHED),
    row(ProxyFault::DieAfterSent(0), NOT_SENT, 0, REACHED),
    row(ProxyFault::DieAfterSent(100), NOT_SENT, 0, REACHED),
    row(ProxyFault::DieAfterReceived(100), NOT_SENT, 0, REACHED),
];

async fn through(fault: ProxyFault, server: &MisbehavingServer) -> (Proxy, cx_client::Client) {
    let proxy = Proxy::start(server.address(), move || fault).await.unwrap();
    let url = proxy.url();
    let client = certificates::trust(private::builder("https://api.example.test"))
        .unwrap()
        .configure_http(move |http| {
            http.proxy(reqwest::Proxy::https(url).unwrap().basic_auth("proxy-user", "hunter2"))
        })
        .build()
        .unwrap();
    (proxy, client)
}

#[track_caller]
fn assert_sees_nothing(proxy: &Proxy) {
    let seen = String::from_utf8_lossy(&proxy.seen()).into_owned();
    for secret in private::SECRETS.iter().chain(&["/api/v1/calls", "customerPhone"]) {
        assert!(!seen.contains(secret), "the proxy saw {secret}");
    }
    assert!(proxy.targets().iter().all(|target| target == "api.example.test:443"));
}

#[tokio::test]
async fn every_fault_has_its_delivery() {
    for row in ROWS {
        let server = server(Over::Tls, Fault::None).await;
        let (proxy, client) = through(row.fault, &server).await;
        check(&client, || server.seen().len(), row).await;
        assert_sees_nothing(&proxy);
    }
}

/// The tunnel breaks when so many bytes have passed: before, while and after the request goes.
#[tokio::test]
async fn a_proxy_that_dies_leaves_doubt_only_where_a_request_may_have_passed() {
    let mut outcomes = std::collections::BTreeMap::<_, usize>::new();
    for bytes in (0..2600).step_by(40) {
        for fault in [ProxyFault::DieAfterSent(bytes), ProxyFault::DieAfterReceived(bytes)] {
            let server = server(Over::Tls, Fault::None).await;
            let (proxy, client) = through(fault, &server).await;
            let result = call(&client).await;
            let claim = result
                .as_ref()
                .map_or_else(|error| error.delivery().to_string(), |()| "success".to_owned());
            let seen = server.seen().len();
            match claim.as_str() {
                "success" | "accepted" => assert_eq!(seen, 1, "{fault:?}"),
                "unknown" => assert!(seen <= 1, "{fault:?}"),
                "not sent" => assert_eq!(seen, 0, "{fault:?}"),
                other => panic!("{fault:?}: {other}"),
            }
            if let Err(error) = result {
                assert_eq!(private::printed_secret(&error), None, "{error:?}");
            }
            assert_sees_nothing(&proxy);
            *outcomes.entry(claim).or_default() += 1;
        }
    }
    println!("{outcomes:?}");
    assert!(["not sent", "unknown", "success"].iter().all(|claim| outcomes.contains_key(*claim)));
}

/// With the server's own faults behind it.
#[tokio::test]
async fn faults_of_the_server_are_the_same_through_a_proxy() {
    for (fault, outcome, message) in [
        (Fault::NoResponse, UNKNOWN, "no response arrived in time"),
        (Fault::Reset, UNKNOWN, "the connection was lost"),
        (Fault::CloseMidBody, ACCEPTED, "the body broke off"),
        (Fault::CloseAtOnce, NOT_SENT_OR_UNKNOWN, ""),
    ] {
        let server = server(Over::Tls, fault).await;
        let (proxy, client) = through(ProxyFault::None, &server).await;
        let requests = usize::from(fault != Fault::CloseAtOnce);
        check(&client, || server.seen().len(), &row(fault, outcome, requests, message)).await;
        assert_sees_nothing(&proxy);
    }
}

/// What `NO_PROXY` says, and whether a call to `https://api.example.test` goes through the proxy.
const NO_PROXY: &[(&str, bool)] = &[
    ("", true),
    ("*", false),
    ("api.example.test", false),
    ("API.EXAMPLE.TEST", false),
    ("example.test", false),
    (".example.test", false),
    ("other.test, example.test", false),
    ("other.test,example.test", false),
    ("ample.test", true),
    ("other.example.test", true),
    ("127.0.0.1", true),
    ("127.0.0.0/8", true),
];

/// The same for `https://10.77.0.2`.
const NO_PROXY_OF_ADDRESSES: &[(&str, bool)] = &[
    ("10.77.0.2", false),
    ("10.77.0.0/16", false),
    ("10.0.0.0/8", false),
    ("10.78.0.0/16", true),
    ("example.test", true),
    // reqwest takes the asterisk for every name, and not for addresses.
    ("*", true),
];

/// The environment belongs to the process, so each form has one of its own: this test again. It does
/// not trust the server, whose root is of the first process.
#[tokio::test]
async fn no_proxy_is_obeyed_in_each_of_its_forms() {
    if let Ok(url) = std::env::var("TRANSPORT_TEST_URL") {
        let loopback = [127, 0, 0, 1].into();
        let client = private::builder(url)
            .proxy_from_env(true)
            .retry(cx_client::RetryPolicy::never())
            // From a loopback address nothing gets out of this machine.
            .configure_http(move |http| {
                http.dns_resolver(Always::at([loopback])).local_address(Some(loopback))
            })
            .build()
            .unwrap();
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.delivery(), cx_client::Delivery::NotSent, "{error:?}");
        return;
    }
    for (host, forms) in [("api.example.test", NO_PROXY), ("10.77.0.2", NO_PROXY_OF_ADDRESSES)] {
        for (no_proxy, through) in forms {
            for name in ["NO_PROXY", "no_proxy"] {
                let case = format!("{name}={no_proxy} for {host}");
                let connections = Arc::new(AtomicUsize::new(0));
                let made = Arc::clone(&connections);
                let server = MisbehavingServer::start_at(
                    [127, 0, 0, 1].into(),
                    Over::Tls,
                    "{}",
                    move |_| {
                        made.fetch_add(1, Ordering::SeqCst);
                        Fault::None
                    },
                )
                .await
                .unwrap();
                let proxy = Proxy::start(server.address(), || ProxyFault::None).await.unwrap();
                let url = format!("https://{host}:{}", server.address().port());
                let mut command = Command::new(std::env::current_exe().unwrap());
                command.args(["--exact", "proxy::no_proxy_is_obeyed_in_each_of_its_forms"]);
                for name in ["NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "https_proxy"] {
                    command.env_remove(name);
                }
                command.env("TRANSPORT_TEST_URL", url).env("HTTPS_PROXY", proxy.url());
                command.env(name, no_proxy);
                let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
                let output = output.unwrap();
                let said = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.success() && said.contains("1 passed"), "{case}: {said}");
                assert_eq!(proxy.targets().len(), usize::from(*through), "{case}: {said}");
                // Nobody is at the address.
                let reached = *through || host == "api.example.test";
                let made = connections.load(Ordering::SeqCst);
                assert_eq!(made, usize::from(reached), "{case}: {said}");
                assert!(server.seen().is_empty());
            }
        }
    }
}
