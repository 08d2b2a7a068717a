//! The sandbox's own call pages: `/j/{id}` for a join link, `/s/{id}` for a start link.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Deserialize;

use super::{CallKind, CallMeeting, Calls};

const TEMPLATE: &str = include_str!("../../templates/call.html");
pub(crate) const LOST: &str = include_str!("../../templates/call_lost.html");

/// Script and style from here only, the call's socket, and its media.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      media-src 'self' blob: mediastream:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// What a link carries. Neither is repeated in the page: its script reads them from the address again.
#[derive(Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    pwd: String,
    #[serde(default)]
    zak: String,
    #[serde(default)]
    tk: String,
}

pub(crate) async fn join(State(calls): State<Calls>, Path(id): Path<String>, Query(link): Query<Link>) -> Response {
    show(&calls, &id, &link, false)
}

pub(crate) async fn start(State(calls): State<Calls>, Path(id): Path<String>, Query(link): Query<Link>) -> Response {
    show(&calls, &id, &link, true)
}

fn show(calls: &Calls, id: &str, link: &Link, start: bool) -> Response {
    let meeting = id.parse().ok().and_then(|number| calls.world().meeting(number));
    let Some(meeting) = meeting else { return page(StatusCode::NOT_FOUND, "call_lost.html", LOST, &context! {}) };
    let host = calls.world().user_of_zak(&link.zak, calls.now()).filter(|user| meeting.is_held_by(user));
    let admitted = host.is_some() || link.pwd == meeting.passcode;
    let guest = calls.world().guest(meeting.number, &link.tk, calls.now()).filter(|_| host.is_none());
    let name = host.as_ref().map(|user| &user.display_name).or(guest.as_ref().map(|guest| &guest.name));
    let is_registered = guest.is_some() || host.is_some();
    let view = context! {
        number => grouped(meeting.number),
        id => meeting.number,
        kind => meeting.kind.word(),
        // What it is called is told to those whom its link lets in.
        topic => admitted.then_some(&meeting.topic),
        start => start,
        host => host.is_some(),
        name,
        is_named => guest.as_ref().is_some_and(|guest| guest.email.is_empty()),
        stale_link => !is_registered && !link.tk.is_empty(),
        registers_at => (meeting.needs_registration && !is_registered)
            .then(|| format!("/{}/register/{}", meeting.kind.word(), meeting.number)),
        stale_start_link => start && host.is_none(),
        asks_passcode => !admitted,
        wrong_passcode => !admitted && !link.pwd.is_empty(),
        asks_email => !is_registered && asks_email(&meeting),
    };
    page(StatusCode::OK, "call.html", TEMPLATE, &view)
}

fn asks_email(meeting: &CallMeeting) -> bool {
    meeting.kind == CallKind::Webinar
}

/// A page of calls, or one that looks like them.
pub(crate) fn page(status: StatusCode, name: &str, template: &str, view: &minijinja::Value) -> Response {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let html = match templates.render_named_str(name, template, view) {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, template = name, "a call page could not be rendered");
            return (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be rendered; the log says why.\n")
                .into_response();
        }
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    (status, headers, Html(html)).into_response()
}

/// `81234567890` as people read it: `812 3456 7890`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let cuts: &[usize] = match digits.len() {
        11 => &[3, 7],
        9 | 10 => &[3, 6],
        _ => &[],
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if cuts.contains(&at) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    #[rstest]
    #[case(81_234_567_890, "812 3456 7890")]
    #[case(1_234_567_890, "123 456 7890")]
    #[case(123_456_789, "123 456 789")]
    #[case(7, "7")]
    fn numbers_are_grouped_as_zoom_prints_them(#[case] number: u64, #[case] text: &str) {
        assert_eq!(super::grouped(number), text);
    }
}
