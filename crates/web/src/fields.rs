//! What a form sent: text by name, taken as it is. A field that is missing is empty, so that nothing typed is lost
//! over a field that was forgotten; the parsers of `model` say what is wrong with each.

use std::{collections::BTreeMap, fmt};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use secrecy::SecretString;

use crate::{app::App, fault::Fault};

/// The fields of a form sent as `application/x-www-form-urlencoded`. `Debug` prints names only.
#[derive(Clone, Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// What was typed; empty where the field is missing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether a box is ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Something that must not be printed.
    pub(crate) fn secret(&self, name: &str) -> SecretString {
        self.get(name).into()
    }

    /// Reads the body of a form; whatever is not UTF-8 is replaced by U+FFFD, which the parsers refuse where it matters.
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let form = request
            .headers()
            .get(http::header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_none_or(|v| v.starts_with("application/x-www-form-urlencoded"));
        if !form {
            return Err(Fault::NotAForm);
        }
        let body = Bytes::from_request(request, app).await.map_err(|_| Fault::TooLarge)?;
        Ok(Self::parse(&body))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn missing_fields_are_empty_and_nothing_typed_is_printed() {
        let fields = Fields::parse(b"name=Ada+L&agree=on&password=hunter2");
        assert_eq!((fields.get("name"), fields.get("email"), fields.has("agree")), ("Ada L", "", true));
        assert!(!format!("{fields:?}").contains("hunter2"));
    }

    proptest! {
        #[test]
        fn any_body_is_read(body in any::<Vec<u8>>()) {
            let _ = Fields::parse(&body).get("name");
        }
    }
}
