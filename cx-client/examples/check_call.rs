//! Places a call, and where nobody knows whether it was placed, looks before placing it again.
//!
//! Without credentials in the environment, against a mock of the API in this process, once with a
//! server that placed the call and failed to say so, and once with one that did not place it. With
//! `CX_USERNAME` and `CX_PASSWORD` (and optionally `CX_BASE_URL`) set, against the real one.
//!
//! What this cannot tell: two equal calls within the hour, of the same agent with the same skill to
//! the same number. If such a call was placed before, it is taken for the one in doubt.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use cx_client::types::{Call, Channel, CreateCallRequest};
use cx_client::{Client, Delivery};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> ExitCode {
    let result = if env::var_os("CX_USERNAME").is_some() {
        against_the_real_api().await
    } else {
        against_a_mock().await
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Picks an agent with a skill, and has it call the customer of the documentation.
async fn call_the_customer(client: &Client) -> Result<(), Box<dyn Error>> {
    let agents = client.list_agents().page(1.0).limit(10.0).send().await?;
    let agent = agents.iter().find(|agent| agent.active == Some(true) && !agent.skills.is_empty());
    let agent = agent.ok_or("no agent is active and has a skill")?;
    println!("agent {} of {}", agent.id, agents.len());
    let skill = agent.skills[0].id.as_deref().unwrap_or_default();
    let request = CreateCallRequest {
        // The documentation of agents gives identifiers as text, that of calls asks for UUIDs.
        agent_id: agent.id.parse()?,
        channel: Channel::Call,
        skill_id: skill.parse()?,
        customer_name: "John Does".to_owned(),
        customer_phone: "+1234567890".to_owned(),
    };
    let call = place_once(client, &request).await?;
    println!("call {} is {}", call.id, call.status);
    Ok(())
}

/// Places a call; where it may have been placed already, only after a look at the list of calls.
async fn place_once(
    client: &Client,
    request: &CreateCallRequest,
) -> Result<Call, cx_client::Error> {
    let error = match client.create_call().body(request.clone()).send().await {
        Ok(call) => return Ok(call.into_inner()),
        Err(error) => error,
    };
    println!("{error}");
    if error.delivery() != Delivery::Unknown {
        return Err(error);
    }
    println!("Look whether it is in the list of the last hour.");
    if let Some(call) = find(client, request).await? {
        println!("It is: the phone rings already.");
        return Ok(call);
    }
    println!("It is not: place it again.");
    client.create_call().body(request.clone()).send().await.map(|call| call.into_inner())
}

/// The call of the last hour that a request stands for.
async fn find(
    client: &Client,
    request: &CreateCallRequest,
) -> Result<Option<Call>, cx_client::Error> {
    let calls = client.list_calls().hrs(1.0).channel(request.channel).send().await?;
    Ok(calls.into_inner().into_iter().find(|call| {
        call.agent_id == request.agent_id
            && call.skill_id == request.skill_id
            && call.customer_phone == request.customer_phone
    }))
}

async fn against_the_real_api() -> Result<(), Box<dyn Error>> {
    call_the_customer(&Client::from_env()?).await
}

async fn against_a_mock() -> Result<(), Box<dyn Error>> {
    println!("There are no credentials in the environment, so the calls go to a mock of the API.");
    for (title, placed_by_the_first) in [
        ("A server that places the call, and fails to say so", true),
        ("A server that fails before it places the call", false),
    ] {
        println!("\n== {title}");
        let placed = Arc::new(Mutex::new(Placed::default()));
        let server = MockServer::start_async().await;
        let responses = Arc::clone(&placed);
        server
            .mock_async(move |when, then| {
                when.any_request();
                then.respond_with(move |request: &HttpMockRequest| {
                    let mut placed = responses.lock().unwrap_or_else(PoisonError::into_inner);
                    placed.respond(request, placed_by_the_first)
                });
            })
            .await;
        let client =
            Client::builder().credentials("username", "password").base_url(server.base_url());
        call_the_customer(&client.build()?).await?;
        let placed = placed.lock().unwrap_or_else(PoisonError::into_inner);
        println!("The phone rang {} time(s).", placed.calls);
    }
    Ok(())
}

/// What the mock has done.
#[derive(Default)]
struct Placed {
    calls: usize,
    requests: usize,
}

impl Placed {
    fn respond(
        &mut self,
        request: &HttpMockRequest,
        placed_by_the_first: bool,
    ) -> HttpMockResponse {
        let path = request.uri().path().to_owned();
        println!("  {} {}", request.method(), request.uri());
        let (status, body) = if path.ends_with("/agents") {
            (200, json!([agent()]))
        } else if request.method().as_str() == "GET" {
            (200, (0..self.calls).map(|_| call()).collect())
        } else {
            self.requests += 1;
            let fails = self.requests == 1;
            self.calls += usize::from(!fails || placed_by_the_first);
            if fails { (502, json!("bad gateway")) } else { (200, call()) }
        };
        HttpMockResponse::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body.to_string())
            .build()
    }
}

const ID: &str = "123e4567-e89b-12d3-a456-426614174000";

fn agent() -> Value {
    json!({
        "id": ID,
        "name": "John Doe",
        "email": "john.doe@example.com",
        "language": "en-US",
        "active": true,
        "voiceSpeed": 1.5,
        "voiceId": "1234567890",
        "capabilities": ["capability1"],
        "jobDescriptions": "Job description 1",
        "roleText": "Role text 1",
        "skills": [{ "id": ID, "name": "Skill 1" }],
    })
}

fn call() -> Value {
    json!({
        "id": ID,
        "status": "in-progress",
        "agentPhone": "+1234567890",
        "customerPhone": "+1234567890",
        "agentId": ID,
        "customerId": ID,
        "skillId": ID,
        "customerName": "John Does",
        "transcription": null,
        "recordingUrl": null,
    })
}
