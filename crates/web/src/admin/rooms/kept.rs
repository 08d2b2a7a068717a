//! Rooms that were kept when their Zoom account was disconnected: giving all of them a host, after what that takes.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::StatusCode;
use jiff::tz::TimeZone;
use model::{Problem, Room, ZoomUserId};
use serde::Serialize;
use service::{Account, Actor, Adoption, Error};

use super::choices::{Choices, may_hold, people};
use crate::{
    admin::{
        inside::{Content, Place, show, show_again},
        times::written,
        wrong::{Line, Wrong},
    },
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    pages::Page,
};

/// The most rooms that are named.
const NAMED: usize = 20;

/// The rooms, who could hold them, and what it takes.
#[derive(Serialize)]
pub(crate) struct KeptPage {
    count: usize,
    rooms: Vec<KeptRow>,
    /// How many are not named.
    more: usize,
    hosts: Choices,
    plan: Option<PlanView>,
    problems: Vec<Line>,
    errors: BTreeMap<&'static str, String>,
}

impl Page for KeptPage {
    const TEMPLATE: &'static str = "admin/rooms_kept.html";
}

impl Content for KeptPage {
    const PLACE: Place = Place::Rooms;
}

/// One of them.
#[derive(Serialize)]
struct KeptRow {
    id: String,
    title: String,
    kind: &'static str,
    when: String,
}

impl From<&Room> for KeptRow {
    fn from(room: &Room) -> Self {
        Self {
            id: room.id.to_string(),
            title: room.title.to_string(),
            kind: room.kind.as_str(),
            when: format!("{} ({})", written(room.schedule.local()), room.schedule.zone().name()),
        }
    }
}

/// What it takes to give them to one host.
#[derive(Serialize)]
struct PlanView {
    /// The host's id, and their name.
    id: String,
    host: String,
    rooms: usize,
    stay: usize,
    unsure: usize,
    since_today: bool,
    left: u32,
    days: u32,
    /// When the last is made.
    when: String,
    more_hosts: u32,
}

impl From<&Adoption> for PlanView {
    fn from(adoption: &Adoption) -> Self {
        Self {
            id: adoption.host.id.to_string(),
            host: adoption.host.name.clone(),
            rooms: adoption.rooms.len(),
            stay: adoption.stay.len(),
            unsure: adoption.unsure,
            since_today: adoption.since_today,
            left: adoption.left_today,
            days: adoption.days,
            when: format!("{} UTC", written(TimeZone::UTC.to_datetime(adoption.through))),
            more_hosts: adoption.more_hosts,
        }
    }
}

impl KeptPage {
    fn of(actor: &Actor, rooms: &[Room], accounts: &[Account], chosen: &str, plan: Option<&Adoption>) -> Self {
        let hosts = people(accounts).into_iter().filter(|(host, _)| host.active && may_hold(actor, host));
        Self {
            count: rooms.len(),
            rooms: rooms.iter().take(NAMED).map(KeptRow::from).collect(),
            more: rooms.len().saturating_sub(NAMED),
            hosts: Choices::of(hosts.collect(), &[chosen.to_owned()]),
            plan: plan.map(PlanView::from),
            problems: Vec::new(),
            errors: BTreeMap::new(),
        }
    }
}

/// `GET /admin/rooms/kept`: the rooms, and with a host what it takes to give them to that one.
pub(crate) async fn ask(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let (rooms, accounts) = read(&app, &actor).await?;
    let chosen = query.get("host").map_or("", |text| text.trim());
    if chosen.is_empty() {
        return show(&app, &actor, &query, KeptPage::of(&actor, &rooms, &accounts, "", None)).await;
    }
    let adoption = match host_of(&accounts, chosen) {
        Ok(host) => app.service.adoption(&actor, &host).await,
        Err(error) => Err(error),
    };
    match adoption {
        Ok(plan) => {
            let id = plan.host.id.to_string();
            show(&app, &actor, &query, KeptPage::of(&actor, &rooms, &accounts, &id, Some(&plan))).await
        }
        Err(error) => refused(&app, &actor, chosen, error).await,
    }
}

/// `POST /admin/rooms/kept`
pub(crate) async fn adopt(State(app): State<App>, Signed(actor): Signed, fields: Fields) -> Result<Response, Fault> {
    let chosen = fields.get("host").trim();
    let host = match host_of(&read(&app, &actor).await?.1, chosen) {
        Ok(host) => app.service.adopt(&actor, &host).await,
        Err(error) => Err(error),
    };
    match host {
        Ok(0) => Ok(Redirect::to("/admin/rooms?said=adopted-none").into_response()),
        Ok(_) => Ok(Redirect::to("/admin/rooms?said=adopted").into_response()),
        Err(error) => refused(&app, &actor, chosen, error).await,
    }
}

async fn read(app: &App, actor: &Actor) -> Result<(Vec<Room>, Vec<Account>), Fault> {
    Ok((app.service.kept_rooms(actor).await?, app.service.accounts(actor).await?))
}

/// The host with this id or address.
fn host_of(accounts: &[Account], text: &str) -> Result<ZoomUserId, Error> {
    let mut all = accounts.iter().flat_map(|account| &account.hosts);
    let found = all.find(|host| host.id.as_str() == text || host.email.as_str() == text.to_lowercase());
    let found = found.map(|host| host.id.clone());
    found.ok_or_else(|| Error::Invalid(vec![Problem::UnknownHost.at("host")]))
}

async fn refused(app: &App, actor: &Actor, chosen: &str, error: Error) -> Result<Response, Fault> {
    let (status, wrong): (StatusCode, Wrong) = Wrong::from_error(error, &[("host", "host", "room-field-host")])?;
    let (rooms, accounts) = read(app, actor).await?;
    let mut page = KeptPage::of(actor, &rooms, &accounts, chosen, None);
    (page.problems, page.errors) = (wrong.problems, wrong.errors);
    show_again(app, actor, status, page).await
}

/// Examples: none kept, some to choose a host for, all of them today, and more than a day takes.
#[cfg(test)]
pub(crate) fn samples() -> Vec<(&'static str, KeptPage)> {
    use model::{AtZoom, ConnectionId, Email, Host};

    let room = |n: u8| super::samples::view(n, "Stays as a page", "Europe/Madrid", 2_000, AtZoom::Disconnected).room;
    let rooms: Vec<Room> = (30..55).map(room).collect();
    let host = Host {
        id: ZoomUserId::parse("sbxUser1").unwrap(),
        email: Email::parse("ada@northlight.example").unwrap(),
        name: "Ada Okafor".into(),
        licensed: true,
        webinars: Some(false),
        zone: None,
        active: true,
    };
    let accounts =
        [Account { id: ConnectionId::from_parts(0, [4; 10]), name: "Academy".into(), hosts: vec![host.clone()] }];
    let at = |text: &str| text.parse().unwrap();
    let today = Adoption {
        host,
        rooms: rooms.clone(),
        stay: Vec::new(),
        unsure: 0,
        since_today: false,
        left_today: 98,
        through: at("2026-11-30T18:00:00Z"),
        days: 1,
        more_hosts: 0,
    };
    let days = Adoption {
        stay: vec![room(60)],
        unsure: 2,
        since_today: true,
        left_today: 3,
        through: at("2026-12-01T00:00:00Z"),
        days: 2,
        more_hosts: 1,
        ..today.clone()
    };
    let owner = Actor::command_line();
    let page = |plan| KeptPage::of(&owner, &rooms, &accounts, "sbxUser1", plan);
    let mut wrong = KeptPage::of(&owner, &rooms, &accounts, "", None);
    wrong.errors = crate::language::by_field(&[Problem::UnknownHost.at("host")]);
    vec![
        ("kept rooms, none", KeptPage::of(&owner, &[], &accounts, "", None)),
        ("kept rooms, wrong host", wrong),
        ("kept rooms, today", page(Some(&today))),
        ("kept rooms, days", page(Some(&days))),
    ]
}
