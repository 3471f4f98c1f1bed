//! Spans and events, with the attribute names of OpenTelemetry's HTTP client conventions.

pub(crate) use implementation::Span;

#[cfg(feature = "tracing")]
mod implementation {
    use tracing::field::Empty;

    use reqwest::Url;

    use crate::error::Error;
    use crate::operation::Operation;

    /// The span of an operation.
    #[derive(Clone)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(operation: &'static Operation, base_url: &Url) -> Self {
            Self(tracing::info_span!(
                target: "cx_client",
                "operation",
                otel.kind = "client",
                operation.id = operation.id,
                http.request.method = operation.method,
                url.template = operation.path,
                server.address = base_url.host_str(),
                server.port = base_url.port_or_known_default(),
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
            ))
        }

        /// Lets the future run in the span.
        pub(crate) fn around<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
            tracing::Instrument::instrument(future, self.0)
        }

        /// An attempt succeeded.
        pub(crate) fn succeeded(&self, status: u16, attempt: u32) {
            self.record(Some(status), attempt);
            tracing::debug!(
                target: "cx_client",
                parent: &self.0,
                { http.response.status_code = status, http.request.resend_count = attempt - 1 },
                "attempt succeeded"
            );
        }

        /// An attempt failed, and the operation waits for the next one, or is over.
        pub(crate) fn attempt_failed(
            &self,
            error: &Error,
            attempt: u32,
            wait: Option<std::time::Duration>,
        ) {
            self.record(error.status().map(|status| status.as_u16()), attempt);
            tracing::warn!(
                target: "cx_client",
                parent: &self.0,
                {
                    http.response.status_code = error.status().map(|status| status.as_u16()),
                    http.request.resend_count = attempt - 1,
                    error.type = &*error.type_name(),
                    delivery = %error.delivery(),
                    retry_in_ms = wait.map(|wait| wait.as_secs_f64() * 1000.0),
                },
                "attempt failed"
            );
            if wait.is_none() {
                self.0.record("error.type", &*error.type_name());
            }
        }

        /// The operation failed outside an attempt: before the first, or while decoding the response.
        pub(crate) fn failed(&self, error: &Error) {
            self.0.record("error.type", &*error.type_name());
            tracing::warn!(
                target: "cx_client",
                parent: &self.0,
                { error.type = &*error.type_name(), delivery = %error.delivery() },
                "operation failed"
            );
        }

        /// A part of a success was not as documented, and is read as `reading`.
        pub(crate) fn corrected(&self, operation: &Operation, path: &str, reading: &str) {
            tracing::warn!(
                target: "cx_client",
                parent: &self.0,
                { operation.id = operation.id, json.path = path, reading },
                "response corrected"
            );
        }

        fn record(&self, status: Option<u16>, attempt: u32) {
            if let Some(status) = status {
                self.0.record("http.response.status_code", status);
            }
            if attempt > 1 {
                self.0.record("http.request.resend_count", attempt - 1);
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod implementation {
    use reqwest::Url;

    use crate::error::Error;
    use crate::operation::Operation;

    /// Nothing: the feature `tracing` is off.
    #[derive(Clone)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) fn new(_: &'static Operation, _: &Url) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(self, future: F) -> F {
            future
        }

        pub(crate) fn succeeded(&self, _: u16, _: u32) {}

        pub(crate) fn attempt_failed(&self, _: &Error, _: u32, _: Option<std::time::Duration>) {}

        pub(crate) fn failed(&self, _: &Error) {}

        pub(crate) fn corrected(&self, _: &Operation, _: &str, _: &str) {}
    }
}
