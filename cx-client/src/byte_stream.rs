//! The body of a response that is read as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use hyper::body::Body as _;

/// The body of a response as it arrives: a [`Stream`] of chunks, for example for
/// `futures::StreamExt`; [`chunk`](Self::chunk) needs no trait.
///
/// The time limit of an attempt applies to the whole body, and
/// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes) does not apply. What was not
/// read when it is dropped is given up, with its connection.
pub struct ByteStream(reqwest::Body);

impl ByteStream {
    pub(crate) fn new(body: impl Into<reqwest::Body>) -> Self {
        Self(body.into())
    }

    /// The next chunk; `None` when the body is complete.
    ///
    /// # Errors
    ///
    /// If the connection was lost or time ran out, so that the body is not complete. The request
    /// was carried out.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, reqwest::Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, reqwest::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = &mut self.get_mut().0;
        loop {
            match ready!(Pin::new(&mut *body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // A frame without data has trailers.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
