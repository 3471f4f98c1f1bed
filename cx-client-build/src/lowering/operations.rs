//! Operations: their names and their servers.

use serde_json::{Map, Value, json};

use super::Lowering;
use crate::names::{OperationName, Request};
use crate::node::{Node, escape_token};
use crate::rust_name::{BUILDERS, CLIENT_METHODS, Case, Scope, converted, free};
use crate::validate::METHODS;

impl Lowering<'_> {
    /// The lowered paths, and the names of their operations.
    pub(super) fn operations(&mut self) -> (Value, Vec<OperationName>) {
        let mut paths = Map::new();
        let mut names = Vec::new();
        let mut functions = Scope::with(CLIENT_METHODS);
        let mut builders = Scope::with(BUILDERS);
        let entries = self.document.at("/paths").map_or(&[][..], Node::entries);
        for path in entries.iter().filter(|path| path.key.starts_with('/')) {
            let item = format!("/paths/{}", escape_token(&path.key));
            self.check_path(&path.key, &item);
            let methods = path.node.entries().iter().map(|entry| entry.key.as_str());
            for method in methods.filter(|method| METHODS.contains(method)) {
                let pointer = format!("{item}/{method}");
                self.check_servers(&item, &pointer);
                let id = path.node.get(method).and_then(|node| node.get("operationId"));
                let id = id.and_then(Node::as_str).map(str::to_owned);
                let id = id.unwrap_or_else(|| format!("{method}-{}", path.key));
                let function = free(&id, Case::Snake, "operation", |name| {
                    !functions.has(name) && !builders.has(&converted(name, Case::Pascal))
                });
                let builder = converted(&function, Case::Pascal);
                functions.insert(function.clone());
                builders.insert(builder.clone());
                let name = OperationName {
                    pointer,
                    method: method.to_uppercase(),
                    path: path.key.clone(),
                    function,
                    builder,
                    parameters: Vec::new(),
                    request: Request::default(),
                };
                let (lowered_path, operation, name) = self.operation(&item, name);
                let item = paths.entry(lowered_path).or_insert_with(|| json!({}));
                item[method] = operation;
                names.push(name);
            }
        }
        (Value::Object(paths), names)
    }

    fn operation(&mut self, item: &str, mut name: OperationName) -> (String, Value, OperationName) {
        let pointer = name.pointer.clone();
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), name.function.as_str().into());
        self.refuse_websocket(&pointer);
        // Not `x-dropshot-pagination`, for which progenitor would need a further crate: the
        // parameters that name the page stay.
        for key in ["summary", "description"] {
            if let Some(value) = self.json.pointer(&format!("{pointer}/{key}")) {
                operation.insert(key.to_owned(), value.clone());
            }
        }
        let (parameters, parameter_names) = self.parameters(item, &pointer, &name.builder);
        operation.insert("parameters".to_owned(), parameters.into());
        let body = self.body(&pointer, &name.builder);
        let (responses, mut request) = self.responses(&pointer, &name.builder);
        operation.insert("responses".to_owned(), responses);
        if let Some((lowered, body)) = body {
            operation.insert("requestBody".to_owned(), lowered);
            request.body = Some(body);
        }
        name.parameters = parameter_names;
        name.request = request;
        let path = name.stand_in_path();
        (path, Value::Object(operation), name)
    }

    /// Refuses what a URL does not keep as it is: `.` and `..`, encoded or not, and `\`.
    fn check_path(&mut self, path: &str, at: &str) {
        let dots = |part: &str| {
            matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
        };
        if path.contains('\\') || path.split('/').any(dots) {
            let message = format!("`{path}` is another path in a URL, and would be sent as that");
            self.refuse("unsupported", at, message, "write the path that the server has");
        } else if path.contains('?') {
            let message = format!("`{path}` has a `?`, which ends a path");
            let help = "write the path up to it, and a query as parameters with `in: query`";
            self.refuse("unsupported", at, message, help);
        }
    }

    fn refuse_websocket(&mut self, operation: &str) {
        let signs = ["x-dropshot-websocket", "responses/101"];
        let sign = signs.map(|sign| format!("{operation}/{sign}"));
        if let Some(pointer) = sign.iter().find(|sign| self.json.pointer(sign).is_some()) {
            self.refuse(
                "unsupported",
                pointer,
                "a WebSocket is not supported: the client sends requests and reads responses"
                    .to_owned(),
                "remove the operation, and open the WebSocket with a crate made for it",
            );
        }
    }

    /// The servers of the document; where it has none, the one that all operations name.
    pub(super) fn servers(&self) -> Value {
        match self.json.get("servers").and_then(Value::as_array) {
            Some(servers) if !servers.is_empty() => json!(servers),
            _ => match self.common_server() {
                Some(url) => json!([{ "url": url }]),
                None => json!([]),
            },
        }
    }

    /// A server of a path or an operation is served where it is the document's: the client sends
    /// everything, with the credentials, to one base URL.
    fn check_servers(&mut self, item: &str, operation: &str) {
        let root = first_server(self.json).or_else(|| self.common_server());
        for holder in [operation, item] {
            let Some(url) = self.json.pointer(holder).and_then(first_server) else { continue };
            if root.as_deref() != Some(&url) {
                self.refuse(
                    "servers",
                    &format!("{holder}/servers"),
                    "this names another server than the document, and the client sends every \
                     request, with the credentials, to one base URL"
                        .to_owned(),
                    "make a document of its own of what another server serves, or remove this",
                );
            }
            break;
        }
    }

    /// The server of all operations, where there is one and the document names none.
    fn common_server(&self) -> Option<String> {
        let paths = self.json.get("paths")?.as_object()?;
        let mut servers = Vec::new();
        for (path, item) in paths.iter().filter(|(path, _)| path.starts_with('/')) {
            let _ = path;
            for method in METHODS.iter().filter_map(|method| item.get(method)) {
                servers.push(first_server(method).or_else(|| first_server(item))?);
            }
        }
        servers.dedup();
        (servers.len() == 1).then(|| servers.remove(0))
    }
}

fn first_server(holder: &Value) -> Option<String> {
    let url = holder.get("servers")?.get(0)?.get("url")?.as_str()?;
    Some(url.trim_end_matches('/').to_owned())
}
