mod documents;

/// An echo server in the process, and the comparison of what it saw with what OpenAPI says.
mod harness {
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    use serde_json::{Value, json};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    #[derive(Default)]
    struct Exchange {
        status: u16,
        media_type: String,
        body: String,
        seen: Option<Seen>,
    }

    struct Seen {
        method: String,
        target: String,
        headers: BTreeMap<String, String>,
        body: Vec<u8>,
    }

    pub struct Harness {
        exchange: Arc<Mutex<Exchange>>,
        client: crate::Client,
        calls: usize,
    }

    impl Harness {
        pub async fn start() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let exchange = Arc::new(Mutex::new(Exchange::default()));
            let shared = Arc::clone(&exchange);
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, Arc::clone(&shared)));
                }
            });
            let client = crate::Client::builder()
                .credentials("user", "password")
                .base_url(format!("http://{address}"))
                .proxy_from_env(false)
                .retry(crate::RetryPolicy::never())
                .build()
                .unwrap();
            Self { exchange, client, calls: 0 }
        }

        pub fn client(&self) -> crate::Client {
            self.client.clone()
        }

        pub fn answer(&mut self, status: u16, media_type: &str, body: &str) {
            *self.exchange.lock().unwrap() = Exchange {
                status,
                media_type: media_type.to_owned(),
                body: body.to_owned(),
                seen: None,
            };
        }

        pub fn check(&mut self, place: &str, expected: &str, answer: Result<Value, crate::Error>) {
            self.calls += 1;
            let expected: Value = serde_json::from_str(expected).unwrap();
            for problem in self.problems(&expected, answer) {
                println!("fault {} {place}: {}", self.document(), problem.replace('\n', " "));
            }
        }

        fn document(&self) -> String {
            CURRENT.with(|current| current.borrow().clone())
        }

        fn problems(&self, expected: &Value, answer: Result<Value, crate::Error>) -> Vec<String> {
            let mut problems = Vec::new();
            let exchange = self.exchange.lock().unwrap();
            let Some(seen) = &exchange.seen else {
                return vec![format!("nothing arrived: {:?}", answer.map_err(|e| e.to_string()))];
            };
            let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
            let mut pairs: Vec<String> =
                query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.replace('+', "%20")).collect();
            pairs.sort();
            let mut compare = |what: &str, seen: Value, wanted: &Value| {
                if !same(&seen, wanted) {
                    problems.push(format!("{what}: seen {seen}, expected {wanted}"));
                }
            };
            compare("method", json!(seen.method), &expected["method"]);
            compare("path", json!(path), &expected["path"]);
            compare("query", json!(pairs), &expected["query"]);
            for header in expected["headers"].as_array().into_iter().flatten() {
                let name = header[0].as_str().unwrap_or_default();
                compare(name, json!(seen.headers.get(name)), &header[1]);
            }
            compare("content-type", json!(seen.headers.get("content-type")), &expected["content_type"]);
            let text = String::from_utf8_lossy(&seen.body);
            match &expected["body"] {
                Value::Null => compare("body", json!(text), &json!("")),
                body => {
                    if let Some(wanted) = body.get("json") {
                        compare("body", serde_json::from_slice(&seen.body).unwrap_or_else(|_| json!(text)), wanted);
                    }
                    if let Some(wanted) = body.get("form") {
                        let mut pairs: Vec<String> = text
                            .split('&')
                            .filter(|pair| !pair.is_empty())
                            .map(|pair| pair.replace('+', "%20"))
                            .collect();
                        pairs.sort();
                        compare("form", json!(pairs), wanted);
                    }
                    if let Some(wanted) = body.get("text") {
                        compare("body", json!(text), wanted);
                    }
                }
            }
            match answer {
                // A collection that is absent is read as an empty one.
                Ok(answer) => {
                    compare("answer", without_empty(answer), &without_empty(expected["answer"].clone()));
                }
                Err(error) => problems.push(format!("answer {}: {error:?}", exchange.body)),
            }
            problems
        }
    }

    thread_local! {
        static CURRENT: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
    }

    pub fn enter(document: usize) {
        CURRENT.with(|current| *current.borrow_mut() = document.to_string());
    }

    /// A value of a type of the client.
    pub fn value<T: serde::de::DeserializeOwned>(json: &str) -> T {
        match serde_json::from_str(json) {
            Ok(value) => value,
            Err(error) => {
                let document = CURRENT.with(|current| current.borrow().clone());
                println!("fault {document} {}: {json} is no value: {error}", std::any::type_name::<T>());
                panic!("a value of a request cannot be made");
            }
        }
    }

    /// Equal as JSON: numbers by value, and a member that is null is absent.
    fn same(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Value::Object(a), Value::Object(b)) => {
                let null = Value::Null;
                a.keys().chain(b.keys()).all(|key| {
                    same(a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null))
                })
            }
            (a, b) => a == b,
        }
    }

    /// The value without members that are empty collections.
    fn without_empty(value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(without_empty).collect(),
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, without_empty(value)))
                    .filter(|(_, value)| *value != json!([]) && *value != json!({}))
                    .collect(),
            ),
            other => other,
        }
    }

    pub fn total(harness: &Harness) -> usize {
        harness.calls
    }

    async fn serve(mut stream: TcpStream, exchange: Arc<Mutex<Exchange>>) {
        let mut received = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let end = loop {
                if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                    break at + 4;
                }
                match stream.read(&mut buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(count) => received.extend_from_slice(&buffer[..count]),
                }
            };
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            let mut lines = head.split("\r\n");
            let mut first = lines.next().unwrap_or_default().split(' ');
            let method = first.next().unwrap_or_default().to_owned();
            let target = first.next().unwrap_or_default().to_owned();
            let headers: BTreeMap<String, String> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length: usize =
                headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            while received.len() < end + length {
                match stream.read(&mut buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(count) => received.extend_from_slice(&buffer[..count]),
                }
            }
            let body = received[end..end + length].to_vec();
            received.drain(..end + length);
            let answer = {
                let mut exchange = exchange.lock().unwrap();
                exchange.seen = Some(Seen { method, target, headers, body });
                let length = exchange.body.len();
                let mut answer = format!("HTTP/1.1 {} Answer\r\n", exchange.status);
                if !exchange.media_type.is_empty() {
                    answer.push_str(&format!("content-type: {}\r\n", exchange.media_type));
                }
                if exchange.status != 204 {
                    answer.push_str(&format!("content-length: {length}\r\n"));
                }
                answer + "\r\n" + &exchange.body
            };
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut harness = harness::Harness::start().await;
    documents::run(&mut harness).await;
    println!("calls {}", harness::total(&harness));
}
