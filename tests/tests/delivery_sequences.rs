//! Random sequences of attempts against a server that knows what it carried out: the claim of the
//! client is never stronger than the truth.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cx_client::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use cx_client::{Client, Delivery, Error, RequestOptions, RetryPolicy};
use cx_client_tests::documented_response_body;
use cx_client_tests::every_operation::operations;
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};

/// How an attempt goes.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// There is nobody at the address.
    Refused,
    /// The request arrives.
    Arrives { fault: Fault, carried_out: bool },
}

const FAULTS: &[Fault] = &[
    Fault::None,
    Fault::OtherSuccess(201),
    Fault::TruncatedJson,
    Fault::CloseMidBody,
    Fault::EndlessBody(200),
    Fault::Reset,
    Fault::CloseMidHeader,
    Fault::Garbage,
    Fault::ManyHeaders,
    Fault::NoResponse,
    Fault::Redirect(301),
    Fault::Redirect(302),
    Fault::Redirect(303),
    Fault::Redirect(307),
    Fault::Redirect(308),
    Fault::Status(400),
    Fault::Status(408),
    Fault::Status(409),
    Fault::Status(429),
    Fault::RetryAfter(429, 0),
    Fault::Status(500),
    Fault::HtmlError(502),
    Fault::RetryAfter(503, 0),
    Fault::Status(501),
];

/// What a status says of the request for certain (RFC 9110 section 15).
fn certain(status: Option<u16>) -> Option<bool> {
    match status? {
        200..=299 => Some(true),
        301..=303 => None,
        300..=499 => Some(false),
        _ => None,
    }
}

fn step(random: &mut fastrand::Rng) -> Step {
    if random.u8(..) < 90 {
        return Step::Refused;
    }
    let fault = FAULTS[random.usize(..FAULTS.len())];
    let carried_out = certain(fault.status()).unwrap_or_else(|| random.bool());
    Step::Arrives { fault, carried_out }
}

/// The steps that are to come, and those that were taken.
#[derive(Default)]
struct Script {
    to_come: VecDeque<Step>,
    taken: Vec<Step>,
}

type Shared = Arc<Mutex<Script>>;

/// Leads each connection to the server, or to an address at which nobody is.
struct Addresses(Shared);

impl Resolve for Addresses {
    fn resolve(&self, _: Name) -> Resolving {
        let mut script = self.0.lock().unwrap();
        let refused = matches!(script.to_come.front(), Some(Step::Refused));
        if refused {
            let step = script.to_come.pop_front().unwrap();
            script.taken.push(step);
        }
        let address = IpAddr::V4(Ipv4Addr::new(127, 0, 0, if refused { 2 } else { 1 }));
        let addresses: Addrs = Box::new([SocketAddr::new(address, 0)].into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// `CX_SEQUENCE_SEED` sets the seed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_claim_is_stronger_than_the_truth() {
    let seed = std::env::var("CX_SEQUENCE_SEED")
        .map_or_else(|_| fastrand::u64(..), |text| text.parse().unwrap());
    println!("CX_SEQUENCE_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let script = Shared::default();
    let server = MisbehavingServer::start(documented_response_body().to_string(), {
        let script = Arc::clone(&script);
        move |request| {
            if request.is_none() {
                return Fault::None;
            }
            let mut script = script.lock().unwrap();
            let step = script.to_come.pop_front().unwrap();
            script.taken.push(step);
            match step {
                Step::Arrives { fault, .. } => fault,
                Step::Refused => panic!("a connection that was to be refused was made"),
            }
        }
    })
    .await
    .unwrap();
    let addresses = Arc::new(Addresses(Arc::clone(&script)));
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url().replace("127.0.0.1", "cx.test"))
        .allow_insecure_http(true)
        .proxy_from_env(false)
        .timeout(Duration::from_millis(150))
        .max_response_bytes(10_000)
        .configure_http(move |http| http.dns_resolver(addresses).pool_max_idle_per_host(0))
        .build()
        .unwrap();
    let mut claims = std::collections::BTreeMap::new();
    for round in 0..250 {
        for operation in operations() {
            let resend = random.bool();
            let retries = random.u32(0..4);
            let policy = RetryPolicy::default()
                .max_retries(retries)
                .base_delay(Duration::from_millis(1))
                .resend_at_risk_of_duplicates(resend);
            *script.lock().unwrap() = Script {
                to_come: (0..=retries).map(|_| step(&mut random)).collect(),
                taken: Vec::new(),
            };
            let client = client.with_options(RequestOptions::new().retry(policy));
            let result = (operation.send)(client).await;
            let taken = script.lock().unwrap().taken.clone();
            let case = format!("{} round {round}, resend {resend}: {taken:?}", operation.id);
            let arrived: Vec<(Fault, bool)> = taken
                .iter()
                .filter_map(|step| match step {
                    Step::Arrives { fault, carried_out } => Some((*fault, *carried_out)),
                    Step::Refused => None,
                })
                .collect();
            let carried_out = arrived.iter().filter(|(_, carried_out)| *carried_out).count();
            let claim = result.as_ref().map(|_| ()).map_err(Error::delivery);
            match claim {
                Ok(()) | Err(Delivery::Accepted) => assert!(carried_out > 0, "{case}"),
                Err(Delivery::NotSent) => assert!(arrived.is_empty(), "{case}"),
                Err(Delivery::Rejected) => {
                    assert!(!arrived.is_empty() && carried_out == 0, "{case}");
                }
                Err(_) => {
                    // Something is indeed in doubt.
                    let doubt = |(fault, _): &(Fault, bool)| certain(fault.status()).is_none();
                    assert!(arrived.iter().any(doubt), "{case}");
                }
            }
            if let Err(error) = &result {
                assert_eq!(error.attempts() as usize, taken.len(), "{case}");
                assert_eq!(error.operation(), Some(operation.id), "{case}");
                // A safe method carries nothing out, and its errors do not speak of that.
                let speaks = error.to_string().contains("carried");
                assert!(!(operation.is_safe && speaks), "{case}: {error}");
            }
            if !resend && !operation.is_idempotent {
                assert!(carried_out <= 1, "carried out twice: {case}");
            }
            *claims.entry(format!("{claim:?}")).or_insert(0) += 1;
        }
    }
    // The run has seen what it is there to see.
    for claim in ["Ok(())", "Err(NotSent)", "Err(Rejected)", "Err(Accepted)", "Err(Unknown)"] {
        assert!(claims.contains_key(claim), "no {claim}: {claims:?}");
    }
}
