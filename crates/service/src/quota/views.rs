//! What people see of the limits: each lane, each host's day, what was sent last.

use jiff::{SignedDuration, Timestamp};
use model::{ConnectionId, Host, Right, ZoomPlan, ZoomUserId};
use zoom_client::{
    next_utc_day,
    pacing::{Tally, Terms},
};
use zoom_spec::Label;

use super::{
    book::terms,
    ledger::{PLANS_A_DAY, forecast},
};
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
};

/// How much of the past is drawn.
const DRAWN: SignedDuration = SignedDuration::from_hours(1);
/// How many of the last requests are listed.
const LISTED: i64 = 50;

/// How an account's limits stand.
#[derive(Clone, Debug)]
pub struct QuotaView {
    /// Of which connection.
    pub connection: ConnectionId,
    /// The plan that the owner named.
    pub plan: ZoomPlan,
    /// The share of the limits that is for this site, in percent.
    pub share: u32,
    /// The lanes, the lightest first.
    pub lanes: Vec<LaneView>,
    /// Hosts for whom anything was sent today or waits, the busiest first.
    pub hosts: Vec<HostView>,
    /// The same of everybody whom the site does not list (any more): nobody who reads it knows them.
    pub others: OthersView,
    /// When the day is over: 00:00 UTC.
    pub day_ends: Timestamp,
    /// The last hour, minute by minute, the oldest first; each minute is there.
    pub minutes: Vec<MinuteView>,
    /// The last requests, the latest first.
    pub attempts: Vec<AttemptView>,
}

/// One lane.
#[derive(Clone, Debug)]
pub struct LaneView {
    /// Zoom's name of it, such as `LIGHT`.
    pub label: &'static str,
    /// Calls that the plan allows within `seconds`.
    pub calls: u32,
    /// 1, or 60.
    pub seconds: u32,
    /// Calls of today.
    pub used: u32,
    /// Calls in a day, of the share; nothing where Zoom names no limit.
    pub a_day: Option<u32>,
    /// Where Zoom refused a call: the part of the rate at which it goes (2 for a half), and until when.
    pub slowed: Option<(u32, Timestamp)>,
    /// Until when Zoom has closed it for the day.
    pub closed: Option<Timestamp>,
}

/// One host's day.
#[derive(Clone, Debug)]
pub struct HostView {
    /// The host.
    pub host: Host,
    /// Creations and changes sent today.
    pub used: u32,
    /// How many Zoom takes.
    pub most: u32,
    /// Whether Zoom takes no more today.
    pub full: bool,
    /// Rooms that wait to be sent.
    pub waiting: u32,
    /// From when the last of those that wait may be sent.
    pub through: Timestamp,
}

/// Zoom users whom the site does not list: they have left the account, the site may no longer act for them, or the console
/// did something for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OthersView {
    /// Creations and changes sent today.
    pub used: u32,
    /// Rooms that wait to be sent.
    pub waiting: u32,
}

/// What was sent in one minute.
#[derive(Clone, Debug)]
pub struct MinuteView {
    /// When it began.
    pub at: Timestamp,
    /// What Zoom did, or refused for another reason than a limit.
    pub answered: u32,
    /// What was refused for being too many.
    pub limited: u32,
    /// What failed or was lost.
    pub failed: u32,
}

/// One request.
#[derive(Clone, Debug)]
pub struct AttemptView {
    /// When.
    pub at: Timestamp,
    /// Zoom's `operationId`.
    pub operation: String,
    /// The lane.
    pub label: String,
    /// For whom.
    pub work: String,
    /// Which attempt of its call, from 1.
    pub number: i64,
    /// How long it waited for its turn, in milliseconds.
    pub waited_ms: i64,
    /// How long the answer took, in milliseconds.
    pub took_ms: i64,
    /// The HTTP status.
    pub status: Option<i64>,
    /// How it ended: `done`, `refused`, `token`, `limited`, `failed`, `lost` or `unreached`.
    pub outcome: String,
}

impl Service {
    /// How the limits of a connection's account stand.
    pub async fn quota(&self, actor: &Actor, id: ConnectionId) -> Result<QuotaView> {
        actor.need(Right::ManageConnection)?;
        let now = self.now();
        let mut reader = self.store().read().await?;
        let (plan, share) = store::connection::terms(&mut reader, id).await?.ok_or(Error::NotFound)?;
        let agreed = terms(&mut reader, id).await?.unwrap_or_default();
        let tally = store::tally::get(&mut reader, id).await?;
        let tally: Tally = tally.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let days = store::host_day::of_day(&mut reader, id, now).await?;
        let hosts = store::host::list(&mut reader, id).await?;
        let waiting = store::room::waiting_by_host(&mut reader, id).await?;
        let from = now.saturating_sub(DRAWN).unwrap_or(Timestamp::MIN);
        let minutes = store::attempt_minute::since(&mut reader, id, from).await?;
        let attempts = store::attempt::list(&mut reader, id, LISTED).await?;
        drop(reader);
        let (hosts, others) = hosts_of(&days, &waiting, &hosts, now);
        Ok(QuotaView {
            connection: id,
            plan,
            share: u32::try_from(share).unwrap_or(100),
            lanes: Label::ALL.iter().map(|label| lane(&tally, agreed, *label, now)).collect(),
            hosts,
            others,
            day_ends: next_utc_day(now),
            minutes: minutes_of(&minutes, now),
            attempts: attempts.into_iter().map(attempt_of).collect(),
        })
    }

    /// Says what plan a connection's account has, and which share of its limits is for this site, in percent (1 to 100).
    pub async fn agree_on_limits(&self, actor: &Actor, id: ConnectionId, plan: ZoomPlan, share: i64) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        if !(1..=100).contains(&share) {
            return Err(Error::field("share", model::Problem::OutOfRange { min: 1, max: 100 }));
        }
        let (now, said) = (self.now(), format!("{plan}, {share} %"));
        let said = &said;
        self.store()
            .write(|mut tx| async move {
                store::connection::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                store::connection::agree(&mut tx, id, plan, share).await?;
                note(&mut tx, actor, "limits-agreed", &id.to_string(), said, now).await
            })
            .await
    }

    /// When a room of this host that is saved now reaches Zoom, where that is not at once: the host's day is used up.
    pub async fn host_is_full(&self, actor: &Actor, id: ConnectionId, host: &ZoomUserId) -> Result<Option<Timestamp>> {
        actor.need(Right::KeepOwnRooms)?;
        let now = self.now();
        let days = store::host_day::of_day(&mut self.store().read().await?, id, now).await?;
        let full = days.iter().any(|day| day.host == *host && (day.refused || day.used >= i64::from(PLANS_A_DAY)));
        Ok(full.then(|| next_utc_day(now)))
    }
}

fn lane(tally: &Tally, terms: Terms, label: Label, now: Timestamp) -> LaneView {
    let allowance = terms.plan.allowance(label);
    let (lane, shelf) = (tally.lane(label), tally.lane(terms.plan.day_shelf(label)));
    LaneView {
        label: label.as_str(),
        calls: allowance.calls,
        seconds: allowance.seconds,
        used: tally.used_today(terms, label, now),
        a_day: terms.a_day(label),
        slowed: lane.slowed(now),
        closed: shelf.closed(now),
    }
}

fn hosts_of(
    days: &[store::host_day::HostDay],
    waiting: &[(ZoomUserId, i64)],
    hosts: &[Host],
    now: Timestamp,
) -> (Vec<HostView>, OthersView) {
    let figure = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let view = |host: &Host| {
        let day = days.iter().find(|day| day.host == host.id);
        let used = day.map_or(0, |day| figure(day.used));
        let full = day.is_some_and(|day| day.refused) || used >= PLANS_A_DAY;
        let rooms = waiting.iter().find(|(id, _)| *id == host.id).map_or(0, |(_, rooms)| figure(*rooms));
        let through = forecast(now, if full { PLANS_A_DAY } else { used }, rooms);
        HostView { host: host.clone(), used, most: PLANS_A_DAY, full, waiting: rooms, through }
    };
    let mut all: Vec<HostView> =
        hosts.iter().map(view).filter(|one| one.used > 0 || one.full || one.waiting > 0).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.used, one.waiting)));
    let is_other = |id: &ZoomUserId| !hosts.iter().any(|host| host.id == *id);
    let used = days.iter().filter(|day| is_other(&day.host)).map(|day| day.used).sum();
    let rooms = waiting.iter().filter(|(id, _)| is_other(id)).map(|(_, rooms)| rooms).sum();
    (all, OthersView { used: figure(used), waiting: figure(rooms) })
}

/// Every minute of the last hour.
fn minutes_of(counted: &[store::attempt_minute::Minute], now: Timestamp) -> Vec<MinuteView> {
    let last = store::attempt_minute::minute_of(now);
    let first = last.saturating_sub(59);
    let sum = |minute: i64, wanted: &[&str]| {
        let of = counted.iter().filter(|one| one.minute == minute && wanted.contains(&one.outcome.as_str()));
        u32::try_from(of.map(|one| one.attempts).sum::<i64>()).unwrap_or(u32::MAX)
    };
    (first..=last)
        .map(|minute| MinuteView {
            at: Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(now),
            answered: sum(minute, &["done", "refused", "token"]),
            limited: sum(minute, &["limited"]),
            failed: sum(minute, &["failed", "lost", "unreached"]),
        })
        .collect()
}

fn attempt_of(attempt: store::attempt::Attempt) -> AttemptView {
    let store::attempt::Attempt { at, operation, label, work, number, waited_ms, took_ms, status, outcome } = attempt;
    AttemptView { at, operation, label, work, number, waited_ms, took_ms, status, outcome }
}
