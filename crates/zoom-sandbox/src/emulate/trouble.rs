//! Faults at work: before an operation is carried out, and between it and its answer.

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use clock::Clock as _;
use futures_util::stream;
use jiff::{SignedDuration, tz::TimeZone};
use zoom_spec::code::{DAILY_LIMIT, TOKEN_INVALID, TOO_FAST};

use super::Open;
use crate::{
    answer::{Answer, Refusal},
    app::App,
    faults::Fault,
    line::Line,
    log::Decision,
};

/// How a call ended before it was carried out.
pub(super) enum Early {
    Cut,
    Answer(Answer),
}

/// What goes wrong before the operation.
pub(super) async fn before(app: &App, line: &Line, faults: &[Fault], open: &mut Open<'_>) -> Option<Early> {
    if app.faults.is_unplugged() {
        line.cut();
        open.close(Decision::Cut, "The sandbox is unplugged: the connection was cut.", None);
        return Some(Early::Cut);
    }
    for fault in faults {
        open.note(format!("Fault: {}.", fault.name()));
        let answer: Answer = match *fault {
            Fault::Slow { ms } => {
                wait(app, ms).await;
                continue;
            }
            Fault::Hang => {
                open.close(Decision::Cut, "Fault: never carried out, never answered.", None);
                hang(app, line).await;
                return Some(Early::Cut);
            }
            Fault::CutBefore => {
                line.cut();
                open.close(Decision::Cut, "Fault: the connection was cut, nothing was done.", None);
                return Some(Early::Cut);
            }
            Fault::Unauthorized => Refusal::from(TOKEN_INVALID).into(),
            Fault::TooFast => Answer::from(Refusal::from(TOO_FAST)).with_header("x-ratelimit-type", "QPS"),
            Fault::DailyLimit => Answer::from(Refusal::from(DAILY_LIMIT))
                .with_header("x-ratelimit-type", "Daily-limit")
                .with_header("x-ratelimit-remaining", "0")
                .with_header("retry-after", next_midnight(app)),
            Fault::ServerError => Refusal::new(500, 500, "Internal server error.").into(),
            // What comes after, or to webhooks only.
            _ => continue,
        };
        return Some(Early::Answer(answer));
    }
    None
}

/// What goes wrong between the operation and its answer; ends with what is sent.
pub(super) async fn after(app: &App, line: &Line, faults: &[Fault], open: &mut Open<'_>, answer: Answer) -> Response {
    for fault in faults {
        match *fault {
            Fault::SlowAfter { ms } => {
                open.note(format!("Done; the answer waits {ms} ms."));
                wait(app, ms).await;
            }
            Fault::HangAfter => {
                close_cut(open, "Fault: carried out, never answered.", answer);
                hang(app, line).await;
                return Response::default();
            }
            Fault::CutAfter | Fault::CutMidAnswer if *fault == Fault::CutAfter || answer.body.is_none() => {
                close_cut(open, "Fault: carried out, then the connection was cut without an answer.", answer);
                line.cut();
                return Response::default();
            }
            Fault::CutMidAnswer => {
                let whole = answer.to_response();
                close_cut(open, "Fault: carried out, then the connection was cut in the middle of the answer.", answer);
                return torn(line.clone(), whole).await;
            }
            _ => {}
        }
    }
    let decision = if answer.is_allowed() { Decision::Allowed } else { Decision::Refused };
    let response = answer.to_response();
    open.close(decision, "", Some(answer));
    response
}

/// The log shows the answer that nobody got.
fn close_cut(open: &mut Open<'_>, why: &str, answer: Answer) {
    open.close(Decision::Cut, why, Some(answer));
}

async fn wait(app: &App, ms: u32) {
    let until = app.now().saturating_add(SignedDuration::from_millis(i64::from(ms))).unwrap_or(clock::Timestamp::MAX);
    tokio::select! {
        () = app.clock.sleep_until(until) => {}
        () = app.stop.cancelled() => {}
    }
}

/// Stays silent until the caller hangs up or the sandbox stops.
async fn hang(app: &App, line: &Line) {
    app.stop.cancelled().await;
    line.cut();
}

/// The same answer, whose second half never comes: the connection is cut once the first half is on its way.
async fn torn(line: Line, whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let first = bytes.slice(..bytes.len() / 2);
    // The length of the whole is announced, so that the caller knows something is missing.
    parts.headers.insert(axum::http::header::CONTENT_LENGTH, bytes.len().into());
    let halves = stream::unfold((Some(first), line), |(half, line)| async move {
        if let Some(half) = half {
            return Some((Ok::<Bytes, std::io::Error>(half), (None, line)));
        }
        // Lets the server send what it has before the cable is pulled.
        tokio::task::yield_now().await;
        line.cut();
        Some((Err(std::io::ErrorKind::ConnectionAborted.into()), (None, line)))
    });
    Response::from_parts(parts, Body::from_stream(halves))
}

/// 00:00 UTC of the next day, in Zoom's form.
fn next_midnight(app: &App) -> String {
    let today = app.now().to_zoned_datetime(TimeZone::UTC).date();
    format!("{}T00:00:00Z", today.tomorrow().unwrap_or(today))
}
