//! `eroom rooms`: the rooms, from a shell on this machine. Changes reach Zoom through the outbox like any other.

use anyhow::{Context as _, bail};
use model::{
    Agenda, AlternativeHosts, AtZoom, Minutes, RoomDraft, RoomId, RoomOptions, Schedule, Title, spaced_number,
};
use serde_json::{Value, json};
use service::{Actor, RoomFilter, RoomView, When};

use crate::{
    cli::{ConfigArgs, RoomsCommand},
    config::Config,
    console::{say, say_json},
    house::House,
};

/// Runs one of the commands.
pub(crate) async fn run(args: &ConfigArgs, command: RoomsCommand) -> anyhow::Result<()> {
    let house = House::for_command(&Config::load(args)?).await?;
    let actor = Actor::command_line();
    match command {
        RoomsCommand::List { json, past } => list(&house, &actor, json, past).await,
        RoomsCommand::Create { title, starts_at, zone, host, alternative_host, duration, kind, draft, json } => {
            let mut alternatives = Vec::new();
            for wanted in &alternative_host {
                alternatives.push(find_host(&house, &actor, wanted).await?);
            }
            let draft = RoomDraft {
                kind: kind.parse().map_err(|problem| anyhow::anyhow!("--kind {kind:?} {problem}"))?,
                title: Title::parse(&title).map_err(|problem| anyhow::anyhow!("the title {problem}"))?,
                slug: None,
                host: find_host(&house, &actor, &host).await?,
                alternative_hosts: AlternativeHosts::new(alternatives)
                    .map_err(|problem| anyhow::anyhow!("--alternative-host {problem}"))?,
                schedule: Schedule::parse(&starts_at, &zone, &duration).map_err(service::Error::from)?,
                agenda: Agenda::default(),
                passcode: None,
                options: RoomOptions { participant_video: true, host_video: true, ..RoomOptions::default() },
                opens_before: Minutes::new(15).map_err(|problem| anyhow::anyhow!("opens_before {problem}"))?,
                published: !draft,
            };
            let room = house.service.create_room(&actor, draft).await?;
            show(&room, json)
        }
        RoomsCommand::Show { room, json } => show(&find_room(&house, &actor, &room).await?, json),
        RoomsCommand::Delete { room, keep_at_zoom } => {
            let room = find_room(&house, &actor, &room).await?;
            house.service.delete_room(&actor, room.room.id, !keep_at_zoom).await?;
            say(&format!(
                "{} is deleted{}.",
                room.room.title,
                if keep_at_zoom { " here" } else { "; at Zoom as soon as the worker runs" }
            ))
        }
    }
}

async fn list(house: &House, actor: &Actor, json: bool, past: bool) -> anyhow::Result<()> {
    let mut filter =
        RoomFilter { when: if past { When::Past } else { When::Coming }, limit: 200, ..RoomFilter::default() };
    let mut rooms = Vec::new();
    loop {
        let page = house.service.rooms(actor, filter.clone()).await?;
        rooms.extend(page.items);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    if json {
        return say_json(&json!({ "items": rooms.iter().map(wire).collect::<Vec<_>>() }));
    }
    if rooms.is_empty() {
        return say(if past { "No room has ended yet." } else { "No room is coming. `eroom rooms create` makes one." });
    }
    for room in &rooms {
        let r = &room.room;
        say(&format!(
            "{}  {:<20}  {}  {}",
            r.schedule.local().strftime("%Y-%m-%d %H:%M"),
            r.schedule.zone().name(),
            state(room),
            r.title
        ))?;
    }
    Ok(())
}

fn show(room: &RoomView, json: bool) -> anyhow::Result<()> {
    if json {
        return say_json(&wire(room));
    }
    let r = &room.room;
    say(&format!(
        "{title}\n  {kind}, {when} {zone}, {minutes} minutes\n{alternatives}  {url}\n  {state}",
        title = r.title,
        kind = r.kind,
        when = r.schedule.local().strftime("%Y-%m-%d %H:%M"),
        zone = r.schedule.zone(),
        minutes = r.schedule.duration().get(),
        alternatives = alternative_hosts(room),
        url = room.page_url,
        state = state(room),
    ))
}

/// The line that names the alternative hosts; nothing where there are none.
fn alternative_hosts(room: &RoomView) -> String {
    let names: Vec<_> = room.alternative_hosts.iter().map(|host| host.name.as_str()).collect();
    if names.is_empty() { String::new() } else { format!("  alternative hosts: {}\n", names.join(", ")) }
}

fn state(room: &RoomView) -> String {
    match (&room.room.at_zoom, room.room.zoom_number) {
        (AtZoom::Live, Some(number)) => format!("ready at Zoom · {}", spaced_number(number)),
        (AtZoom::Live | AtZoom::Waiting, _) => "waiting for Zoom".into(),
        (AtZoom::Refused { reason }, _) => format!("Zoom refused: {reason}"),
        (AtZoom::Disconnected, _) => "without a Zoom account: give it a host of a connected one".into(),
        (AtZoom::Unknown, _) => "unknown at Zoom: open the room's page to decide".into(),
    }
}

/// A room for scripts: what members may see, and no passcode.
fn wire(room: &RoomView) -> Value {
    let r = &room.room;
    json!({
        "id": r.id, "slug": r.slug, "title": r.title, "kind": r.kind, "host": r.host,
        "alternative_hosts": r.alternative_hosts.iter().collect::<Vec<_>>(),
        "starts_at": r.schedule.starts_at(), "local": r.schedule.local(), "zone": r.schedule.zone().name(),
        "duration": r.schedule.duration(), "published": r.published, "url": room.page_url,
        "at_zoom": r.at_zoom.as_str(), "zoom_number": r.zoom_number,
    })
}

async fn find_host(house: &House, actor: &Actor, wanted: &str) -> anyhow::Result<model::ZoomUserId> {
    let hosts = house.service.hosts(actor).await?;
    let lower = wanted.to_lowercase();
    let found = hosts.iter().find(|h| h.active && (h.id.as_str() == wanted || h.email.as_str() == lower));
    found.map(|h| h.id.clone()).with_context(|| {
        let known: Vec<_> = hosts.iter().map(|h| h.email.as_str()).collect();
        format!("no active Zoom user {wanted:?}; known are: {}", known.join(", "))
    })
}

async fn find_room(house: &House, actor: &Actor, wanted: &str) -> anyhow::Result<RoomView> {
    if let Ok(id) = wanted.parse::<RoomId>() {
        return house.service.room(actor, id).await.with_context(|| format!("no room {wanted}"));
    }
    let mut filter = RoomFilter { limit: 200, ..RoomFilter::default() };
    loop {
        let page = house.service.rooms(actor, filter.clone()).await?;
        if let Some(room) = page.items.into_iter().find(|r| r.room.slug.as_str() == wanted) {
            return Ok(room);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => bail!("no room {wanted:?}; `eroom rooms list` shows them"),
        }
    }
}
