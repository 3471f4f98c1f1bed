//! The documented call, which Prism must accept.

use cx_client::types::{Channel, CreateCallRequest};
use cx_client_tests::{documented_request, documented_response_body};

use crate::{Outcome, builder, describe, with_header};

/// All channels of the documentation.
const CHANNELS: [Channel; 4] = [Channel::Call, Channel::Sms, Channel::Whatsapp, Channel::Webchat];

/// How many answers are decoded per channel where Prism makes them up.
const MADE_UP_ANSWERS: usize = 25;

/// Where Prism takes its answer from; a client asks for it with the header `Prefer` (RFC 7240).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// From the document's example.
    Example,
    /// From the schema, with random values, and with random members that the schema does not
    /// forbid.
    MadeUp,
}

/// Places the call over every channel, with both kinds of answer.
pub(crate) async fn check(prism: &str, tell: &mut impl FnMut(String, Outcome)) {
    for (answer, count) in [(Answer::Example, 1), (Answer::MadeUp, MADE_UP_ANSWERS)] {
        for channel in CHANNELS {
            let check = match answer {
                Answer::Example => format!("`{channel}` accepted, example answer decodes"),
                Answer::MadeUp => format!("`{channel}` accepted, made-up answers decode"),
            };
            tell(check, place(prism, channel, answer, count).await);
        }
    }
}

/// Places the call `count` times.
async fn place(prism: &str, channel: Channel, answer: Answer, count: usize) -> Outcome {
    let dynamic = match answer {
        Answer::Example => "dynamic=false",
        Answer::MadeUp => "dynamic=true",
    };
    let client = with_header(builder(prism.to_owned()), "prefer", dynamic)
        .build()
        .map_err(|error| describe(&error))?;
    for _ in 0..count {
        let request = CreateCallRequest { channel, ..documented_request() };
        let call =
            client.create_call().body(request).send().await.map_err(|error| describe(&error))?;
        let decoded = serde_json::to_value(&*call).map_err(|error| error.to_string())?;
        let is_example = decoded == documented_response_body();
        match answer {
            Answer::Example if !is_example => {
                return Err(format!("the documented answer became\n    {decoded}"));
            }
            Answer::MadeUp if is_example => {
                return Err("the answer is the documented one, and should be made up".to_owned());
            }
            _ => {}
        }
    }
    Ok(format!("{count} of {count}"))
}
