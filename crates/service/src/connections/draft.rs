//! What somebody typed into the Zoom settings, checked and put together with what is stored.

use model::{Invalid, Problem};
use secrecy::{ExposeSecret as _, SecretString};
use store::connection::Connection;
use zoom_client::Credentials;

use super::ConnectionDraft;
use crate::error::{Error, Result};

/// The most characters of an id or secret; Zoom's have 22 to 64.
const MAX: usize = 256;

/// Credentials that can be tested and stored.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) zoom: Credentials,
    pub(super) sdk: Option<(String, Option<SecretString>)>,
    pub(super) webhook_secret: Option<SecretString>,
}

impl Checked {
    /// Whether these are the Server-to-Server credentials that are stored.
    pub(super) fn is_same_app(&self, former: &Connection) -> bool {
        self.zoom.account_id == former.account_id
            && self.zoom.client_id == former.client_id
            && self.zoom.client_secret.expose_secret() == former.client_secret.expose_secret()
    }

    /// Whether the Meeting SDK pair is the one that is stored.
    pub(super) fn is_same_sdk(&self, former: &Connection) -> bool {
        let (Some((key, Some(secret))), Some(before)) = (&self.sdk, &former.sdk_secret) else { return false };
        former.sdk_key.as_ref() == Some(key) && before.expose_secret() == secret.expose_secret()
    }

    /// Whether the Meeting SDK pair would take the place of another one.
    pub(super) fn replaces_sdk(&self, former: &Connection) -> bool {
        matches!(self.sdk, Some((_, Some(_)))) && former.sdk_secret.is_some() && !self.is_same_sdk(former)
    }
}

/// Reads the draft; a secret that is absent or empty is the one of `former`.
pub(super) fn check(draft: &ConnectionDraft, former: Option<&Connection>) -> Result<Checked> {
    let mut wrong = Vec::new();
    let account_id = needed("account_id", &draft.account_id, &mut wrong);
    let client_id = needed("client_id", &draft.client_id, &mut wrong);
    let client_secret = secret("client_secret", draft.client_secret.as_ref(), &mut wrong);
    let client_secret = client_secret.or_else(|| former.map(|f| f.client_secret.clone()));
    if client_secret.is_none() && !wrong.iter().any(|w| w.field == "client_secret") {
        wrong.push(Problem::Missing.at("client_secret"));
    }
    let sdk_key = optional("sdk_key", &draft.sdk_key, &mut wrong);
    let sdk_secret = secret("sdk_secret", draft.sdk_secret.as_ref(), &mut wrong);
    let webhook_secret = secret("webhook_secret", draft.webhook_secret.as_ref(), &mut wrong);
    if sdk_key.is_none() && sdk_secret.is_some() {
        wrong.push(Problem::Missing.at("sdk_key"));
    }
    let (Some(client_secret), true) = (client_secret, wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
    // Another SDK app has another secret: the former one is kept only with its own key.
    let sdk = sdk_key.map(|key| {
        let kept = former.filter(|f| f.sdk_key.as_ref() == Some(&key)).and_then(|f| f.sdk_secret.clone());
        (key, sdk_secret.or(kept))
    });
    Ok(Checked {
        zoom: Credentials::new(&account_id, &client_id, client_secret.expose_secret()),
        sdk,
        webhook_secret: webhook_secret.or_else(|| former.and_then(|f| f.webhook_secret.clone())),
    })
}

fn needed(field: &'static str, raw: &str, wrong: &mut Vec<Invalid>) -> String {
    if raw.trim().is_empty() {
        wrong.push(Problem::Missing.at(field));
    }
    optional(field, raw, wrong).unwrap_or_default()
}

fn optional(field: &'static str, raw: &str, wrong: &mut Vec<Invalid>) -> Option<String> {
    let text = raw.trim();
    if let Some(problem) = problem_of(text) {
        wrong.push(problem.at(field));
    }
    (!text.is_empty()).then(|| text.to_owned())
}

fn secret(field: &'static str, raw: Option<&SecretString>, wrong: &mut Vec<Invalid>) -> Option<SecretString> {
    let text = raw?.expose_secret().trim();
    if let Some(problem) = problem_of(text) {
        wrong.push(problem.at(field));
    }
    (!text.is_empty()).then(|| text.into())
}

fn problem_of(text: &str) -> Option<Problem> {
    if text.chars().count() > MAX {
        return Some(Problem::TooLong { max: MAX });
    }
    (!text.chars().all(|c| c.is_ascii_graphic())).then_some(Problem::Characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_and_a_secret_is_needed_once() {
        let draft = ConnectionDraft { client_id: "ü".into(), ..ConnectionDraft::default() };
        let Err(Error::Invalid(wrong)) = check(&draft, None) else { panic!("taken") };
        let fields: Vec<_> = wrong.iter().map(|w| w.field).collect();
        assert_eq!(fields, ["account_id", "client_id", "client_secret"]);
    }

    #[test]
    fn an_sdk_secret_needs_its_key() {
        let draft = ConnectionDraft {
            account_id: "a".into(),
            client_id: "c".into(),
            client_secret: Some("s".into()),
            sdk_secret: Some("x".into()),
            ..ConnectionDraft::default()
        };
        assert!(matches!(check(&draft, None), Err(Error::Invalid(wrong)) if wrong == [Problem::Missing.at("sdk_key")]));
    }
}
