//! How Zoom's limits stand: how fast and how often the account may be asked, what each host's day has left, what was sent
//! last; and the form that says what plan the account has.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use jiff::Timestamp;
use model::{Invalid, Problem, ZoomPlan, whole_number};
use serde::Serialize;
use service::{
    Actor, ConnectionView,
    quota::{AttemptView, HostView, LaneView, MinuteView, OthersView, QuotaView},
};

use super::{
    accounts::{self, Accounts},
    inside::{Content, Place, show, show_again},
    times::Instant,
    typed::Typed,
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    pages::Page,
};

/// The chart's height for its tallest bar, and the width of a minute; the template draws a frame around them.
const HEIGHT: u32 = 120;
const WIDTH: u32 = 10;

/// The page.
#[derive(Serialize)]
pub(crate) struct QuotaPage {
    accounts: Accounts,
    pub(crate) plan: String,
    pub(crate) share: String,
    plans: Vec<&'static str>,
    lanes: Vec<LaneRow>,
    hosts: Vec<HostRow>,
    /// Where anything was sent, or waits, for others.
    others: Option<OthersRow>,
    day_ends: Instant,
    chart: Chart,
    attempts: Vec<AttemptRow>,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
}

impl Page for QuotaPage {
    const TEMPLATE: &'static str = "admin/quota.html";
}

impl Content for QuotaPage {
    const PLACE: Place = Place::Zoom;
}

#[derive(Serialize)]
struct LaneRow {
    label: &'static str,
    calls: u32,
    seconds: u32,
    used: u32,
    a_day: Option<u32>,
    /// `good`, `warn` or `bad`.
    voice: &'static str,
    slowed: Option<(u32, Instant)>,
    closed: Option<Instant>,
}

/// Those whom the site does not list, together.
#[derive(Serialize)]
struct OthersRow {
    used: u32,
    waiting: u32,
}

#[derive(Serialize)]
struct HostRow {
    name: String,
    email: String,
    used: u32,
    most: u32,
    full: bool,
    waiting: u32,
    /// Where what waits is not through at once: when it is.
    through: Option<Instant>,
}

/// The last hour as bars, one for each minute.
#[derive(Serialize)]
struct Chart {
    bars: Vec<Bar>,
    width: u32,
    height: u32,
    total: u32,
    limited: u32,
    failed: u32,
    tallest: u32,
}

/// A bar: from below what was answered, then what was refused for being too many, then what failed.
#[derive(Serialize)]
struct Bar {
    x: u32,
    answered: u32,
    limited: u32,
    failed: u32,
}

#[derive(Serialize)]
struct AttemptRow {
    at: Instant,
    operation: String,
    label: String,
    work: String,
    number: i64,
    waited_ms: i64,
    took_ms: i64,
    status: Option<i64>,
    outcome: String,
    voice: &'static str,
}

impl QuotaPage {
    pub(crate) fn of(quota: &QuotaView, now: Timestamp) -> Self {
        Self {
            accounts: Accounts::default(),
            plan: quota.plan.as_str().to_owned(),
            share: quota.share.to_string(),
            plans: ZoomPlan::ALL.iter().map(|plan| plan.as_str()).collect(),
            lanes: quota.lanes.iter().map(lane).collect(),
            hosts: quota.hosts.iter().map(|one| host(one, now)).collect(),
            others: others(quota.others),
            day_ends: quota.day_ends.into(),
            chart: Chart::of(&quota.minutes),
            attempts: quota.attempts.iter().map(attempt).collect(),
            problems: Vec::new(),
            errors: BTreeMap::new(),
        }
    }
}

fn lane(lane: &LaneView) -> LaneRow {
    let nearly = lane.a_day.is_some_and(|a_day| lane.used.saturating_mul(10) >= a_day.saturating_mul(9));
    let voice = match (lane.closed, lane.slowed) {
        (Some(_), _) => "bad",
        (None, Some(_)) => "warn",
        (None, None) if nearly => "warn",
        (None, None) => "good",
    };
    LaneRow {
        label: lane.label,
        calls: lane.calls,
        seconds: lane.seconds,
        used: lane.used,
        a_day: lane.a_day,
        voice,
        slowed: lane.slowed.map(|(parts, until)| (parts, until.into())),
        closed: lane.closed.map(Instant::from),
    }
}

fn others(OthersView { used, waiting }: OthersView) -> Option<OthersRow> {
    (used > 0 || waiting > 0).then_some(OthersRow { used, waiting })
}

fn host(one: &HostView, now: Timestamp) -> HostRow {
    HostRow {
        name: one.host.name.clone(),
        email: one.host.email.as_str().to_owned(),
        used: one.used,
        most: one.most,
        full: one.full,
        waiting: one.waiting,
        through: (one.waiting > 0 && one.through > now).then(|| one.through.into()),
    }
}

impl Chart {
    fn of(minutes: &[MinuteView]) -> Self {
        let sum = |of: fn(&MinuteView) -> u32| minutes.iter().map(of).fold(0, u32::saturating_add);
        let all = |minute: &MinuteView| minute.answered.saturating_add(minute.limited).saturating_add(minute.failed);
        let tallest = minutes.iter().map(all).max().unwrap_or(0);
        // What is there is seen, however small it is beside the tallest.
        let height = |count: u32| match count {
            0 => 0,
            _ => (count.saturating_mul(HEIGHT) / tallest.max(1)).max(2),
        };
        let bars = (0..).zip(minutes).map(|(number, minute)| Bar {
            x: number * WIDTH,
            answered: height(minute.answered),
            limited: height(minute.limited),
            failed: height(minute.failed),
        });
        Self {
            bars: bars.collect(),
            width: WIDTH * u32::try_from(minutes.len()).unwrap_or(60),
            height: HEIGHT,
            total: minutes.iter().map(all).fold(0, u32::saturating_add),
            limited: sum(|minute| minute.limited),
            failed: sum(|minute| minute.failed),
            tallest,
        }
    }
}

fn attempt(one: &AttemptView) -> AttemptRow {
    let voice = match one.outcome.as_str() {
        "done" => "good",
        "refused" | "token" | "limited" => "warn",
        _ => "bad",
    };
    AttemptRow {
        at: one.at.into(),
        operation: one.operation.clone(),
        label: one.label.clone(),
        work: one.work.clone(),
        number: one.number,
        waited_ms: one.waited_ms,
        took_ms: one.took_ms,
        status: one.status,
        outcome: one.outcome.clone(),
        voice,
    }
}

async fn page(app: &App, actor: &Actor, view: &ConnectionView) -> Result<QuotaPage, Fault> {
    let quota = app.service.quota(actor, view.id).await?;
    let accounts = Accounts::around(app, actor, view).await?;
    Ok(QuotaPage { accounts, ..QuotaPage::of(&quota, app.now()) })
}

/// `GET /admin/zoom/quota`
pub(crate) async fn quota(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let Some(view) = accounts::asked_for(&app, &actor, &query).await? else {
        return Ok(Redirect::to("/admin/zoom").into_response());
    };
    let page = page(&app, &actor, &view).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/zoom/quota`
pub(crate) async fn agree(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let view = accounts::meant(&app, &actor, &typed).await?;
    let (plan, share) = (typed.text("plan"), typed.text("share").trim());
    let agreed = match (plan.parse::<ZoomPlan>(), whole_number(share)) {
        (Ok(plan), Ok(share)) => app.service.agree_on_limits(&actor, view.id, plan, share).await,
        (Err(_), _) => Err(wrong("plan", Problem::NotAChoice)),
        (_, Err(problem)) => Err(wrong("share", problem)),
    };
    match agreed {
        Ok(()) => Ok(accounts::back("/admin/zoom/quota", "limits", "", accounts::parse(typed.text("account"))?)),
        Err(error) => {
            let labels = [("plan", "plan", "quota-plan"), ("share", "share", "quota-share")];
            let (status, wrong) = Wrong::from_error(error, &labels)?;
            let mut page = page(&app, &actor, &view).await?;
            (page.plan, page.share) = (plan.to_owned(), share.to_owned());
            (page.problems, page.errors) = (wrong.problems, wrong.errors);
            show_again(&app, &actor, status, page).await
        }
    }
}

fn wrong(field: &'static str, problem: Problem) -> service::Error {
    service::Error::Invalid(vec![Invalid { field, problem }])
}
