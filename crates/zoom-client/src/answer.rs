//! An answer's status, headers and body, read whole and with a limit; and what a body that is not Zoom's looks like.

use reqwest::{Response, header::HeaderMap};

use crate::Found;

/// More than the longest list page Zoom sends.
const LIMIT: usize = 16 << 20;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Why there is no whole answer although its head came.
#[derive(Debug)]
pub(crate) enum Cut {
    /// The connection ended or stalled; the status had been read.
    Lost(reqwest::Error),
    /// It is longer than [`LIMIT`].
    TooLong(u16),
}

impl Answer {
    /// What a deletion of what is gone comes to.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, headers: HeaderMap::new(), body: Vec::new() }
    }

    pub(crate) async fn read(mut response: Response) -> Result<Self, Cut> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Cut::Lost)? {
            if body.len() + chunk.len() > LIMIT {
                return Err(Cut::TooLong(status));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status, headers, body })
    }
}

/// What a body that could not be read looks like.
pub(crate) fn look(body: &[u8]) -> Found {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    if text.is_empty() {
        Found::Empty
    } else if head.starts_with("<!doctype html") || head.contains("<html") {
        Found::Html
    } else if head.starts_with('<') {
        Found::Xml
    } else if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        Found::OtherJson
    } else if head.starts_with(['{', '[']) {
        Found::BrokenJson
    } else {
        Found::Other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_body_that_is_not_zooms_is_named_for_what_it_is() {
        assert_eq!(look(b""), Found::Empty);
        assert_eq!(look(b" \r\n"), Found::Empty);
        assert_eq!(look(b"<!DOCTYPE html><html>"), Found::Html);
        assert_eq!(look("\u{feff}<html lang=en>".as_bytes()), Found::Html);
        assert_eq!(look(b"<?xml version=\"1.0\"?><result><code>300</code></result>"), Found::Xml);
        assert_eq!(look(b"{\"id\":1"), Found::BrokenJson);
        assert_eq!(look(b"[1,2]"), Found::OtherJson);
        assert_eq!(look(b"upstream connect error"), Found::Other);
        assert_eq!(look(&[0xff, 0xfe, 0x00]), Found::Other);
    }

    proptest! {
        #[test]
        fn any_bytes_look_like_something(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = look(&body);
        }
    }
}
