//! What a client can be built from, and what it says of the rest.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

use std::process::Command;
use std::time::Duration;

use cx_client::{Client, ClientBuilder, Delivery, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::{documented_request, documented_response_body};

fn builder() -> ClientBuilder {
    Client::builder().credentials("username", "password").proxy_from_env(false)
}

#[track_caller]
fn refused(builder: ClientBuilder) -> String {
    let error = builder.build().expect_err("the settings should be refused");
    assert!(error.is_config());
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!((error.attempts(), error.status(), error.body()), (0, None, None));
    error.to_string()
}

#[test]
fn no_runtime_is_needed_to_build_a_client() {
    let client = builder().build().unwrap();
    assert!(format!("{client:?}").contains(cx_client::BASE_URL.unwrap()));
}

#[test]
fn credentials_are_checked() {
    assert!(refused(Client::builder()).contains("there are no credentials"));
    let with = |username: &str, password: &str| Client::builder().credentials(username, password);
    assert!(refused(with("", "password")).contains("the username is empty"));
    assert!(refused(with("user:name", "password")).contains("contains a colon"));
    for control in ["\n", "\r", "\0", "\t", "\u{7f}", "\u{85}"] {
        let joined = format!("hunter2{control}");
        let message = refused(with(&joined, "password"));
        assert!(message.contains("the username contains a control character"), "{message}");
        let message = refused(with("username", &joined));
        assert!(message.contains("the password contains a control character"), "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
    assert!(with("ünï", "pässwörd :").build().is_ok());
    assert!(with("username", "").build().is_ok());
}

#[test]
fn the_base_url_is_checked() {
    let with = |url: &str| builder().base_url(url);
    for (url, problem) in [
        ("", "is no absolute URL"),
        ("api.example.com", "is no absolute URL"),
        ("/api", "is no absolute URL"),
        ("ftp://api.example.com", "must begin with https:// or http://"),
        ("file:///etc/passwd", "must begin with https:// or http://"),
        ("https://", "is no absolute URL"),
        ("https://user@api.example.com", "contains a username or a password"),
        ("https://user:hunter2@api.example.com", "contains a username or a password"),
        ("https://:hunter2@api.example.com", "contains a username or a password"),
        ("https://api.example.com/?key=hunter2", "must not have a query"),
        ("https://api.example.com/?", "must not have a query"),
        ("https://api.example.com/#hunter2", "a fragment"),
        ("http://api.example.com", "unencrypted"),
        ("http://localhost.example.com", "unencrypted"),
        ("http://127.0.0.1.example.com", "unencrypted"),
        ("http://10.0.0.1", "unencrypted"),
        ("http://[2001:db8::1]", "unencrypted"),
        ("http://0.0.0.0", "unencrypted"),
    ] {
        let message = refused(with(url));
        assert!(message.contains(problem), "{url}: {message}");
        assert!(!message.contains("hunter2"), "{url}: {message}");
    }
    for url in [
        "https://api.example.com",
        "https://api.example.com:8443/cx/",
        "http://127.0.0.1:1",
        "http://127.8.9.1",
        "http://localhost:1",
        "http://[::1]:1",
        " https://api.example.com ",
    ] {
        assert!(with(url).build().is_ok(), "{url}");
    }
    assert!(with("http://api.example.com").allow_insecure_http(true).build().is_ok());
}

#[tokio::test]
async fn a_path_prefix_is_kept_and_a_slash_does_not_double() {
    let server = MisbehavingServer::always(documented_response_body().to_string(), Fault::None)
        .await
        .unwrap();
    for (suffix, line) in [
        ("", "POST /api/v1/calls"),
        ("/", "POST /api/v1/calls"),
        ("/cx", "POST /cx/api/v1/calls"),
        ("/cx/", "POST /cx/api/v1/calls"),
        ("/a/b%20c//", "POST /a/b%20c/api/v1/calls"),
    ] {
        let client = builder().base_url(server.url() + suffix).build().unwrap();
        client.create_call().body(documented_request()).send().await.unwrap();
        assert_eq!(server.seen().last().unwrap().line, line);
    }
}

#[test]
fn debug_shows_no_credential() {
    let builder = Client::builder()
        .credentials("secret-user", "hunter2")
        .base_url("https://user:hunter2@api.example.com");
    let text = format!("{builder:?} {builder:#?}");
    assert!(!text.contains("hunter2") && !text.contains("secret-user"), "{text}");
    let client = builder
        .base_url("https://api.example.com")
        .timeout(Duration::from_secs(7))
        .build()
        .unwrap();
    let text =
        format!("{client:?} {client:#?} {:?}", client.create_call().body(documented_request()));
    for secret in ["hunter2", "secret-user", "c2VjcmV0LXVzZXI6aHVudGVyMg", "John", "+1234567890"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains("https://api.example.com") && text.contains("7s"), "{text}");
}

#[tokio::test]
async fn the_http_client_can_be_adjusted_after_the_defaults() {
    let server =
        MisbehavingServer::always(documented_response_body().to_string(), Fault::NoResponse)
            .await
            .unwrap();
    let client = builder()
        .base_url(server.url())
        .configure_http(|http| http.user_agent("first"))
        .configure_http(|http| http.resolve("adjusted.test", ([127, 0, 0, 1], 1).into()))
        .configure_http(|http| http.read_timeout(Duration::from_millis(50)))
        .build()
        .unwrap();
    let error = client.create_call().body(documented_request()).send().await.unwrap_err();
    assert!(error.is_timeout());
    let wrong = builder().configure_http(|http| http.user_agent("line\nbreak")).build();
    let error = wrong.unwrap_err();
    assert!(error.is_config());
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn other_settings_of_retry_cannot_panic() {
    let server = MisbehavingServer::always("{}", Fault::Status(429)).await.unwrap();
    let policy = RetryPolicy::default()
        .max_retries(u32::MAX)
        .base_delay(Duration::MAX)
        .max_delay(Duration::MAX);
    let client = builder().base_url(server.url()).retry(policy).build().unwrap();
    let client = client.with_deadline(Duration::from_millis(200));
    let error = client.create_call().body(documented_request()).send().await.unwrap_err();
    assert!(error.attempts() >= 1);
}

/// Runs the test of this name in a process of its own, with this environment, and gives what it
/// prints.
fn child(test: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    for name in [
        "CX_USERNAME",
        "CX_PASSWORD",
        "CX_BASE_URL",
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
        "REQUEST_METHOD",
    ] {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    text
}

#[test]
#[ignore = "run by the tests below, with an environment"]
fn print_client_of_the_environment() {
    match Client::from_env() {
        Ok(client) => println!("{client:?}"),
        Err(error) => println!("{error} {}", error.is_config()),
    }
}

#[test]
fn a_client_is_built_from_the_environment() {
    let print =
        |environment: &[(&str, &str)]| child("print_client_of_the_environment", environment);
    let user = ("CX_USERNAME", "username");
    let password = ("CX_PASSWORD", "hunter2");
    let text = print(&[user, password]);
    assert!(text.contains(cx_client::BASE_URL.unwrap()), "{text}");
    let text = print(&[user, password, ("CX_BASE_URL", "https://api.example.com/cx")]);
    assert!(text.contains("https://api.example.com/cx") && !text.contains("hunter2"), "{text}");
    let text = print(&[user, password, ("CX_BASE_URL", "")]);
    assert!(text.contains(cx_client::BASE_URL.unwrap()), "{text}");
    for (environment, name) in
        [(&[user][..], "CX_PASSWORD"), (&[password], "CX_USERNAME"), (&[], "CX_USERNAME")]
    {
        let text = print(environment);
        assert!(text.contains(&format!("{name} is missing: set it true")), "{text}");
    }
    // As with the builder: RFC 7617 allows an empty password, and no empty username is of use.
    let text = print(&[user, ("CX_PASSWORD", "")]);
    assert!(text.contains(cx_client::BASE_URL.unwrap()), "{text}");
    let text = print(&[("CX_USERNAME", ""), password]);
    assert!(text.contains("the username is empty") && text.contains("true"), "{text}");
    let text = print(&[user, password, ("CX_BASE_URL", "https://u:hunter2@a.example")]);
    assert!(text.contains("contains a username") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
#[ignore = "run by the test below, with an environment"]
async fn place_calls_with_a_proxy_in_the_environment() {
    let live = std::env::var("LIVE").unwrap();
    for (url, obey) in [
        (live.as_str(), true),
        ("http://127.0.0.2:1", true),
        ("https://[::1]:1", true),
        ("http://api.example.test", true),
        ("http://api.example.test", false),
        ("https://api.example.test", true),
    ] {
        let client = Client::builder()
            .credentials("username", "password")
            .base_url(url)
            .allow_insecure_http(true)
            .retry(RetryPolicy::never())
            .proxy_from_env(obey)
            .build()
            .unwrap();
        let result = client.create_call().body(documented_request()).send().await;
        println!("{url} {obey} {}", result.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_of_the_environment_sees_no_credentials_and_never_the_loopback() {
    let documented = documented_response_body().to_string();
    for (name, no_proxy) in
        [("HTTP_PROXY", ""), ("http_proxy", ""), ("ALL_PROXY", ""), ("ALL_PROXY", "*")]
    {
        let proxy = MisbehavingServer::always(documented.clone(), Fault::None).await.unwrap();
        let server = MisbehavingServer::always(documented.clone(), Fault::None).await.unwrap();
        let (proxy_url, live) = (proxy.url(), server.url());
        let text = tokio::task::spawn_blocking(move || {
            let environment = [(name, &*proxy_url), ("NO_PROXY", no_proxy), ("LIVE", &*live)];
            child("place_calls_with_a_proxy_in_the_environment", &environment)
        })
        .await
        .unwrap();
        // The server on the loopback is reached, directly.
        assert!(text.contains(&format!("{} true true", server.url())), "{name}: {text}");
        assert_eq!(server.seen().len(), 1, "{name}");
        let seen = proxy.seen();
        let lines: Vec<&str> = seen.iter().map(|seen| seen.line.as_str()).collect();
        let mut expected = Vec::new();
        if no_proxy.is_empty() {
            // The user has allowed this one to be unencrypted.
            expected.push("POST http://api.example.test/api/v1/calls");
            if name == "ALL_PROXY" {
                expected.push("CONNECT api.example.test:443");
            }
        }
        assert_eq!(lines, expected, "{name} {no_proxy}");
        for connect in seen.iter().filter(|seen| seen.line.starts_with("CONNECT")) {
            assert!(!connect.head.to_lowercase().contains("authorization"), "{}", connect.head);
            assert!(connect.body.is_empty());
        }
    }
}
