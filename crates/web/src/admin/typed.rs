//! A submitted form, as it came: names, texts and at most one file per name. Nothing here judges values.

use axum::{
    body::to_bytes,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{StatusCode, header};
use secrecy::SecretString;

use crate::fault::Fault;

/// The most bytes of one form: a cover of 5 MB, and more text than any field takes, so that too long a text still gets
/// its message at the field.
pub(crate) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most fields of one form: more than any page has, every box ticked.
const MAX_FIELDS: usize = 1_000;

/// What a browser sent.
#[derive(Default)]
pub(crate) struct Typed {
    texts: Vec<(String, String)>,
    files: Vec<(String, Bytes)>,
}

/// Why a form could not be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// More than [`MAX_BYTES`].
    TooBig,
    /// Cut off, or not a form.
    Broken,
}

impl IntoResponse for NotRead {
    fn into_response(self) -> Response {
        match self {
            Self::TooBig => Fault::TooLarge.into_response(),
            Self::Broken => Fault::Status(StatusCode::BAD_REQUEST).into_response(),
        }
    }
}

impl Typed {
    /// The text of the field `name`; empty where the form has none. Of several, the last.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.iter().rev().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }

    /// The texts of all fields `name`, such as of several boxes.
    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// Whether the box `name` is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The text of a field that holds a secret; `None` where it is empty.
    pub(crate) fn secret(&self, name: &str) -> Option<SecretString> {
        let text = self.text(name).trim();
        (!text.is_empty()).then(|| text.into())
    }

    /// The file chosen for the field `name`; `None` where none was.
    pub(crate) fn file(&self, name: &str) -> Option<Bytes> {
        self.files.iter().rev().find(|(n, bytes)| n == name && !bytes.is_empty()).map(|(_, bytes)| bytes.clone())
    }

    /// Reads what `application/x-www-form-urlencoded` carries; any bytes are a form.
    pub(crate) fn of_urlencoded(bytes: &[u8]) -> Self {
        let texts = url::form_urlencoded::parse(bytes)
            .take(MAX_FIELDS)
            .map(|(name, text)| (name.into_owned(), text.into_owned()))
            .collect();
        Self { texts, files: Vec::new() }
    }

    async fn of_multipart(mut parts: Multipart) -> Result<Self, NotRead> {
        let mut typed = Self::default();
        for _ in 0..MAX_FIELDS {
            let Some(part) = parts.next_field().await.map_err(|e| not_read(&e))? else { return Ok(typed) };
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|e| not_read(&e))?;
            if is_file {
                typed.files.push((name, bytes));
            } else {
                typed.texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Err(NotRead::Broken)
    }
}

fn not_read(error: &MultipartError) -> NotRead {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { NotRead::TooBig } else { NotRead::Broken }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = NotRead;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, NotRead> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            DefaultBodyLimit::max(MAX_BYTES).apply(&mut request);
            let parts = Multipart::from_request(request, state).await.map_err(|_| NotRead::Broken)?;
            return Self::of_multipart(parts).await;
        }
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: usize| length > MAX_BYTES) {
            return Err(NotRead::TooBig);
        }
        let bytes = to_bytes(request.into_body(), MAX_BYTES).await.map_err(|_| NotRead::TooBig)?;
        Ok(Self::of_urlencoded(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::prelude::*;

    use super::*;

    fn read(kind: &str, body: Vec<u8>) -> Result<Typed, NotRead> {
        let request = Request::post("/").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Typed::from_request(request, &()))
    }

    #[test]
    fn a_form_with_a_file_is_read() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nClinic\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"cover\"; filename=\"a.png\"\r\n\r\n\u{1}\u{2}\r\n--x--\r\n";
        let typed = read("multipart/form-data; boundary=x", body.into()).ok().unwrap();
        assert_eq!(typed.text("title"), "Clinic");
        assert_eq!(typed.file("cover").unwrap().as_ref(), [1, 2]);
        assert!(!typed.ticked("published"));
    }

    #[test]
    fn no_file_chosen_is_no_file() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
        assert!(read("multipart/form-data; boundary=x", body.into()).ok().unwrap().file("cover").is_none());
    }

    #[test]
    fn ten_megabytes_are_read_and_seventeen_are_refused() {
        let form = |megabytes: usize| [b"title=".to_vec(), vec![b'x'; megabytes * 1024 * 1024]].concat();
        let kind = "application/x-www-form-urlencoded";
        assert_eq!(read(kind, form(10)).ok().unwrap().text("title").len(), 10 * 1024 * 1024);
        assert_eq!(read(kind, form(17)).err(), Some(NotRead::TooBig));
    }

    #[test]
    fn a_form_that_was_cut_says_so() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nCli";
        assert_eq!(read("multipart/form-data; boundary=x", body.into()).err(), Some(NotRead::Broken));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(body in any::<Vec<u8>>()) {
            let _ = read("application/x-www-form-urlencoded", body.clone()).map(|t| t.text("title").len());
            let _ = read("multipart/form-data; boundary=x", body.clone()).err();
            let framed = [b"--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n".to_vec(), body].concat();
            let _ = read("multipart/form-data; boundary=x", framed).err();
        }
    }
}
