//! The body of a call, read up to a limit.

use axum::body::{Body, Bytes, HttpBody as _};
use bytes::BytesMut;
use futures_util::StreamExt as _;
use zoom_spec::code::{NOT_JSON, OAuthError};

use super::Aim;
use crate::answer::{Answer, Refusal};

/// The largest body that is read, in bytes. What goes beyond it is not taken off the wire.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;

/// Why there is no body to go by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unread {
    /// It is longer than [`LARGEST_BODY`].
    TooLarge,
    /// It broke off, or its chunks are none.
    Broken,
}

/// Reads it, up to the limit.
pub(super) async fn read(body: Body) -> Result<Bytes, Unread> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let (mut chunks, mut whole) = (body.into_data_stream(), BytesMut::new());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Unread::Broken)?;
        if whole.len() + chunk.len() > LARGEST_BODY {
            return Err(Unread::TooLarge);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

impl Unread {
    /// Zoom documents neither a limit nor this; it is said in the shape of whoever was asked.
    pub(super) fn refusal(self, aim: &Aim) -> Answer {
        const TOO_LARGE: &str = "Request Body is too large.";
        const BROKEN: &str = "the body broke off, or its chunks cannot be read.";
        let is_token = matches!(aim, Aim::Token);
        match self {
            Self::TooLarge if is_token => {
                OAuthError { status: 413, reason: TOO_LARGE, error: "invalid_request" }.into()
            }
            Self::TooLarge => Refusal::new(413, 300, TOO_LARGE).into(),
            Self::Broken if is_token => {
                OAuthError { status: 400, reason: "Bad Request", error: "invalid_request" }.into()
            }
            Self::Broken => Refusal::from(NOT_JSON).because(format!("300: {BROKEN}")).into(),
        }
    }
}
