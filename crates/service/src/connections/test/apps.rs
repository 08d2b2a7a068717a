//! Whose credentials they are: the Server-to-Server app's, the Meeting SDK's, or the one in place of the other.

use secrecy::{ExposeSecret as _, SecretString};
use zoom_client::{CredentialProblem, Error, Place};

use super::steps::Steps;
use crate::{
    connections::{StepName, draft::Checked},
    outbox::fault::reason_of,
};

const SWAPPED: &str = "These are the credentials of another type of app. The first three values are those of the \
                       Server-to-Server OAuth app; a General App's go below, under Meeting SDK.";

const AWAY: &str = "That says nothing of what was typed. See at status.zoom.us whether Zoom is up, and whether this \
                    machine reaches other addresses; then test again.";

/// Which step a refusal of the token server belongs to, and what is known of those before it.
pub(super) fn without_token(steps: &mut Steps, error: &Error, checked: &Checked) {
    let reason = reason_of(error);
    let reached = !matches!(
        error,
        Error::Unreachable { .. }
            | Error::AnswerLost { .. }
            | Error::Unavailable { place: Place::OAuth, .. }
            | Error::Unreadable { .. }
    );
    if !reached {
        steps.failed(StepName::Reach, format!("{reason} {AWAY}"));
        return steps.skip_rest("Zoom did not answer.");
    }
    steps.ok(StepName::Reach, "Zoom answers.");
    let quote = quote(error);
    let is_sdks = checked.sdk.as_ref().is_some_and(|(key, _)| *key == checked.zoom.client_id);
    match error {
        Error::Credentials { problem: CredentialProblem::NotServerToServer, .. } => {
            steps.failed(StepName::Client, format!("{reason} {SWAPPED}{quote}"));
        }
        Error::Credentials { problem: CredentialProblem::Client, .. } if is_sdks => {
            steps.failed(StepName::Client, format!("{reason} {SWAPPED}{quote}"));
        }
        Error::Credentials { problem: CredentialProblem::Account, .. } => {
            steps.ok(StepName::Client, "Zoom takes Client ID and Client Secret.");
            steps.failed(
                StepName::Account,
                format!("{reason} Copy it again from App Credentials, on the page of this very app.{quote}"),
            );
        }
        Error::Credentials { problem: CredentialProblem::Disabled, .. } => {
            steps.ok(StepName::Client, "Zoom knows the app.");
            steps.failed(StepName::App, format!("{reason}{quote}"));
        }
        Error::Credentials { .. } => steps.failed(StepName::Client, format!("{reason}{quote}")),
        _ => steps.unknown(StepName::Client, reason),
    }
    steps.skip_rest("This needs an access token.");
}

/// What Zoom said when it refused the credentials, in its own words, to look up and to show to others.
fn quote(error: &Error) -> String {
    match error {
        Error::Credentials { reason: Some(words), .. } if !words.trim().is_empty() => {
            format!(" Zoom's words: “{}”", words.trim())
        }
        _ => String::new(),
    }
}

/// The pair to ask Zoom about; none where that is settled without Zoom.
pub(super) fn sdk_pair<'a>(
    steps: &mut Steps,
    checked: &'a Checked,
    wanted: bool,
) -> Option<(&'a str, &'a SecretString)> {
    match &checked.sdk {
        None if wanted => steps.unknown(
            StepName::Sdk,
            "No Meeting SDK credentials: people join in the Zoom app. With them they join in the browser.",
        ),
        None => steps.unwanted(StepName::Sdk, "With Meeting SDK credentials people join in the browser."),
        Some((_, None)) => steps.failed(StepName::Sdk, "The Meeting SDK Client Secret is missing."),
        Some((key, Some(secret))) => {
            let oauth = &checked.zoom;
            if *key == oauth.client_id || secret.expose_secret() == oauth.client_secret.expose_secret() {
                steps.failed(
                    StepName::Sdk,
                    "These are the credentials of the Server-to-Server app. The Meeting SDK needs those of a General app \
                     with Meeting SDK switched on under Embed.",
                );
                return None;
            }
            return Some((key, secret));
        }
    }
    None
}

/// What Zoom's token server says of the pair. Whether the Meeting SDK takes it shows when somebody joins.
pub(super) fn sdk_verdict(steps: &mut Steps, known: Result<(), Error>) {
    const SHOWS: &str = "Whether the Meeting SDK takes it shows when somebody joins in the browser.";
    let quote = known.as_ref().err().map(quote).unwrap_or_default();
    match known {
        Ok(()) => steps.ok(StepName::Sdk, format!("Zoom knows the pair. {SHOWS}")),
        Err(Error::Credentials { problem: CredentialProblem::Client, .. }) => steps.failed(
            StepName::Sdk,
            format!(
                "Zoom does not know this pair. Copy Client ID and Client Secret of the General App again, both of the \
                 same tab: those under Development belong together, and those under Production.{quote}"
            ),
        ),
        Err(Error::Credentials { problem: CredentialProblem::Disabled, .. }) => {
            let reason = "The General App is deactivated; activate it in the Zoom Marketplace.";
            steps.failed(StepName::Sdk, format!("{reason}{quote}"));
        }
        Err(Error::Credentials { problem: CredentialProblem::NotServerToServer, .. }) => {
            steps.unknown(StepName::Sdk, format!("Zoom does not say whether it knows the pair. {SHOWS}"));
        }
        Err(error) => steps.unknown(StepName::Sdk, format!("{} {SHOWS}", reason_of(&error))),
    }
}
