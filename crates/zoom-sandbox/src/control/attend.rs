//! People who come into a call and leave it without a browser, so that a test can do both by HTTP alone.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::{Deserialize, Serialize};

use super::{Refused, body::Body, refused};
use crate::{
    app::App,
    call::{Refusal, Unseen, ZakUser},
    world::Admission,
};

/// Somebody who comes into a call: a guest (`name`, maybe `email`), a user of an account (`user`), or a registrant or
/// panelist (`registrant`). What they would type at the door is taken as right.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Comer {
    /// The name the others see; users and registrants have their own where it is absent.
    pub name: Option<String>,
    /// A guest's address.
    pub email: Option<String>,
    /// A user's id or address. Whoever may hold the meeting comes as its host.
    pub user: Option<String>,
    /// The id or address of an approved registrant, or the address of a panelist.
    pub registrant: Option<String>,
}

/// Why somebody cannot come.
#[derive(Debug, thiserror::Error)]
pub enum CannotCome {
    /// Nobody is meant, or more than one.
    #[error("say who comes: name (and email) for a guest, or user, or registrant")]
    WhoComes,
    /// There is no such user.
    #[error("no user has the id or address {0:?}")]
    NoSuchUser(String),
    /// There is no such registrant.
    #[error("no approved registrant and no panelist of it has the id or address {0:?}")]
    NoSuchRegistrant(String),
    /// They are not let in.
    #[error("{}", in_words(*.0))]
    Refused(Refusal),
}

/// Zoom's code, what went wrong, and the detail where there is one.
fn in_words(refusal: Refusal) -> String {
    let text = format!("{}: {} {}", refusal.code(), refusal.message(), refusal.detail());
    text.trim_end().to_owned()
}

impl CannotCome {
    fn status(&self) -> StatusCode {
        match self {
            Self::WhoComes | Self::Refused(Refusal::InvalidParameter(_)) => StatusCode::BAD_REQUEST,
            Self::NoSuchUser(_) | Self::NoSuchRegistrant(_) | Self::Refused(Refusal::NoSuchMeeting) => {
                StatusCode::NOT_FOUND
            }
            Self::Refused(_) => StatusCode::CONFLICT,
        }
    }
}

/// Lets somebody come, by the rules of the door; who they are in the call.
pub(crate) fn join_call(app: &App, number: u64, who: &Comer) -> Result<u32, CannotCome> {
    let number = app.calls.called(number);
    let who = match (&who.user, &who.registrant, &who.email, &who.name) {
        (Some(user), None, None, _) => user_of(app, number, user)?,
        (None, Some(registrant), None, _) => registrant_of(app, number, registrant)?,
        (None, None, email, Some(_)) => Unseen { email: email.clone().unwrap_or_default(), ..Unseen::default() },
        _ => return Err(CannotCome::WhoComes),
    }
    .called(who.name.as_deref());
    app.calls.join_unseen(number, &who).map_err(CannotCome::Refused)
}

impl Unseen {
    fn called(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            name.clone_into(&mut self.name);
        }
        self
    }
}

/// Users who register or are panelists come by their own link.
fn user_of(app: &App, number: u64, asked: &str) -> Result<Unseen, CannotCome> {
    let person = app.world.person(asked).ok_or_else(|| CannotCome::NoSuchUser(asked.to_owned()))?;
    let has_link = registrant_of(app, number, &person.email).is_ok();
    let user = ZakUser {
        id: person.id,
        email: person.email.clone(),
        display_name: person.display_name,
        account_id: person.account_id,
    };
    Ok(Unseen { name: String::new(), email: person.email, user: Some(user), has_link })
}

fn registrant_of(app: &App, number: u64, asked: &str) -> Result<Unseen, CannotCome> {
    let number = i64::try_from(number).unwrap_or(-1);
    let found = app.world.read(|state| {
        let registered =
            state.registrations.get(&number).into_iter().flat_map(|registration| &registration.registrants);
        let is_meant = |id: &str, email: &str| id == asked || email.eq_ignore_ascii_case(asked);
        let mut approved =
            registered.filter(|one| one.admission == Admission::Approved && is_meant(&one.id, &one.email));
        let registrant = approved.next().map(|one| {
            let name = format!("{} {}", one.answer("first_name"), one.answer("last_name"));
            (name.trim().to_owned(), one.email.clone())
        });
        let panel = state.panels.get(&number).into_iter().flatten();
        let mut panel = panel.filter(|one| is_meant(&one.id, &one.email));
        let panelist = || panel.next().map(|one| (one.name().to_owned(), one.email.clone()));
        registrant.or_else(panelist)
    });
    let (name, email) = found.ok_or_else(|| CannotCome::NoSuchRegistrant(asked.to_owned()))?;
    Ok(Unseen { name, email, user: None, has_link: true })
}

/// Somebody in a call.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Came {
    /// Who, inside this call: what webhooks call `user_id`.
    participant: u32,
    /// Whether they are in the waiting room.
    waiting: bool,
}

/// Lets somebody come into a call without a browser, as a guest, a user or a registrant. The rules of the door hold, but for
/// the passcode: who comes before the host may have to wait for them, and a host begins the call.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/join", tag = "world", operation_id = "joinCall",
    params(("number" = u64, Path)), request_body = Comer,
    responses((status = 200, body = Came), (status = 400, body = Refused), (status = 404, body = Refused),
        (status = 409, body = Refused, description = "They are not let in; Zoom's code and why")))]
pub(crate) async fn join(
    State(app): State<App>,
    Path(number): Path<u64>,
    Body(who): Body<Comer>,
) -> Result<Json<Came>, Response> {
    let participant = join_call(&app, number, &who).map_err(|problem| refused(problem.status(), &problem))?;
    let there = people(&app, number);
    let waiting = there.into_iter().any(|one| one.id == participant && one.waiting);
    Ok(Json(Came { participant, waiting }))
}

/// Who is meant: by the number that `join` gave, or by name.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meant {
    #[serde(default)]
    participant: Option<u32>,
    /// Of several with this name the one who came first.
    #[serde(default)]
    name: Option<String>,
}

fn people(app: &App, number: u64) -> Vec<crate::call::PersonView> {
    let number = app.calls.called(number);
    let call = app.calls.running().into_iter().find(|call| call.number == number);
    call.map(|call| call.people).unwrap_or_default()
}

fn meant(app: &App, number: u64, who: &Meant) -> Option<u32> {
    let is_them = |one: &crate::call::PersonView| match (who.participant, &who.name) {
        (Some(participant), _) => one.id == participant,
        (None, Some(name)) => one.name == *name,
        (None, None) => false,
    };
    people(app, number).iter().find(|one| is_them(one)).map(|one| one.id)
}

/// Lets somebody leave a call, or its waiting room, who has no browser; when the last one goes the call ends.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/leave", tag = "world", operation_id = "leaveCall",
    params(("number" = u64, Path)), request_body = Meant, responses((status = 204), (status = 404, body = Refused)))]
pub(crate) async fn leave(
    State(app): State<App>,
    Path(number): Path<u64>,
    Body(who): Body<Meant>,
) -> Result<StatusCode, Response> {
    let left = meant(&app, number, &who).is_some_and(|id| app.calls.leave_unseen(number, id));
    let nobody = "nobody like this is in the call without a browser; GET /sandbox/v1/meetings says who is there";
    if left { Ok(StatusCode::NO_CONTENT) } else { Err(refused(StatusCode::NOT_FOUND, nobody)) }
}

/// Lets somebody in who is in the waiting room of a call, as its host would by a button.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/admit", tag = "world", operation_id = "admitToCall",
    params(("number" = u64, Path)), request_body = Meant, responses((status = 204), (status = 404, body = Refused)))]
pub(crate) async fn admit(
    State(app): State<App>,
    Path(number): Path<u64>,
    Body(who): Body<Meant>,
) -> Result<StatusCode, Response> {
    let came = meant(&app, number, &who).is_some_and(|id| app.calls.let_in(number, id));
    let nobody =
        "nobody like this is in the waiting room, or the call is full; GET /sandbox/v1/meetings says who waits";
    if came { Ok(StatusCode::NO_CONTENT) } else { Err(refused(StatusCode::NOT_FOUND, nobody)) }
}
