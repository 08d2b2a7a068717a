//! Filling the demo through the same use cases that people use: an owner, the connection, the invented rooms.

use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::SignedDuration;
use model::{AtZoom, Email, PersonName, Role};
use secrecy::SecretString;
use service::{Actor, ConnectionDraft, MemberDraft, Outcome, RoomFilter, RoomView};
use zoom_sandbox::SandboxHandle;

use super::rooms;
use crate::house::House;

/// How long the rooms may take to be live at the pretend Zoom. A slow machine needs a second.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

/// Makes what is missing and waits until every room is live; answers an API token of the owner.
pub(super) async fn all(
    house: &House,
    sandbox: &SandboxHandle,
    owner: (&str, &str, &str),
) -> anyhow::Result<SecretString> {
    let actor = Actor::command_line();
    // Each step looks for what it makes, so that a kept folder whose first start was cut short is completed.
    if house.service.is_empty().await? {
        make_owner(house, &actor, owner).await?;
    }
    if house.service.connection(&actor).await?.is_some() {
        subscribe(house, &actor, sandbox).await?;
    } else {
        connect(house, &actor, sandbox).await?;
    }
    if all_rooms(house, &actor).await?.is_empty() {
        house.service.set_site(&actor, rooms::SITE, 205).await?;
        make_rooms(house, &actor).await?;
    }
    wait_until_live(house, &actor).await?;
    open_the_studio(house, &actor, sandbox).await?;
    let members = house.service.members(&actor).await?;
    let id = members.iter().find(|m| m.member.email.as_str() == owner.0).map(|m| m.member.id);
    let id = id.context("the folder belongs to another demo: its owner is missing")?;
    Ok(house.service.create_api_token(&actor, id, "demo", true).await?)
}

async fn make_owner(house: &House, actor: &Actor, (email, name, password): (&str, &str, &str)) -> anyhow::Result<()> {
    let draft = MemberDraft {
        email: Email::parse(email).map_err(|problem| anyhow::anyhow!("{email} {problem}"))?,
        name: PersonName::parse(name).map_err(|problem| anyhow::anyhow!("{name} {problem}"))?,
        role: Role::Owner,
        password: Some(SecretString::from(password)),
    };
    house.service.create_member(actor, draft).await.context("the owner")?;
    Ok(())
}

async fn connect(house: &House, actor: &Actor, sandbox: &SandboxHandle) -> anyhow::Result<()> {
    let c = sandbox.credentials();
    let draft = ConnectionDraft {
        account_id: c.account_id,
        client_id: c.client_id,
        client_secret: Some(c.client_secret.into()),
        sdk_key: c.sdk_key,
        sdk_secret: Some(c.sdk_secret.into()),
        webhook_secret: Some(c.webhook_secret.into()),
    };
    let saved = house.service.put_connection(actor, None, draft).await.context("the connection")?;
    for step in &saved.report.steps {
        if let Outcome::Failed { reason } = &step.outcome {
            bail!("the connection to the pretend Zoom failed at {}: {reason}", step.name.as_str());
        }
    }
    link_owner(house, actor).await?;
    subscribe(house, actor, sandbox).await
}

/// The owner may start the rooms of the Zoom user with the same address.
async fn link_owner(house: &House, actor: &Actor) -> anyhow::Result<()> {
    let hosts = house.service.hosts(actor).await?;
    for view in house.service.members(actor).await? {
        if let Some(host) = hosts.iter().find(|h| h.email == view.member.email) {
            house.service.link_host(actor, view.member.id, &host.id, true).await?;
        }
    }
    Ok(())
}

async fn subscribe(house: &House, actor: &Actor, sandbox: &SandboxHandle) -> anyhow::Result<()> {
    let view = house.service.connection(actor).await?.context("there is no connection")?;
    sandbox
        .subscribe_webhooks(&view.webhook_url)
        .await
        .context("the pretend Zoom does not reach the site's webhook address")
}

async fn make_rooms(house: &House, actor: &Actor) -> anyhow::Result<()> {
    let hosts = house.service.hosts(actor).await?;
    let find = |email: &str| hosts.iter().find(|h| h.email.as_str() == email).map(|h| h.id.clone());
    for draft in rooms::drafts(house.clock.now(), find)? {
        let title = draft.title.clone();
        house.service.create_room(actor, draft).await.with_context(|| format!("the room {title}"))?;
    }
    Ok(())
}

async fn all_rooms(house: &House, actor: &Actor) -> anyhow::Result<Vec<RoomView>> {
    Ok(house.service.rooms(actor, RoomFilter { limit: 200, ..RoomFilter::default() }).await?.items)
}

async fn wait_until_live(house: &House, actor: &Actor) -> anyhow::Result<()> {
    let deadline = house.clock.now().checked_add(PATIENCE)?;
    loop {
        let rooms = all_rooms(house, actor).await?;
        let Some(waiting) = rooms.iter().find(|r| r.room.at_zoom != AtZoom::Live) else { return Ok(()) };
        if let AtZoom::Refused { reason } = &waiting.room.at_zoom {
            bail!("the pretend Zoom refused {}: {reason}", waiting.room.title);
        }
        if house.clock.now() > deadline {
            bail!("{} is still not live at the pretend Zoom after a minute", waiting.room.title);
        }
        clock::sleep(&*house.clock, 0.05).await;
    }
}

/// Puts the two drawn people into the open studio, and waits until the site has heard that it is live.
async fn open_the_studio(house: &House, actor: &Actor, sandbox: &SandboxHandle) -> anyhow::Result<()> {
    let rooms = all_rooms(house, actor).await?;
    let Some(studio) = rooms.iter().find(|r| r.room.title.as_str() == rooms::OPEN_STUDIO) else { return Ok(()) };
    let number = studio.room.zoom_number.context("the open studio has no number")?;
    let names: Vec<String> = rooms::PEOPLE_INSIDE.iter().map(ToString::to_string).collect();
    let chat = format!("Hello! Open this link in a second tab and bring a real person: {}", studio.page_url);
    sandbox.simulate_with_chat(number, &names, Some(chat))?;
    let told = async {
        loop {
            let room = house.service.room(actor, studio.room.id).await?;
            if room.room.live_since.is_some() {
                return anyhow::Ok(());
            }
            clock::sleep(&*house.clock, 0.05).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told)
        .await
        .context("the site never heard that the open studio is live")?
}
