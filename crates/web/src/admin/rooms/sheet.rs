//! The page of the form for a room, new or present: who may hold it, what saving does, what is wrong.

use std::collections::BTreeMap;

use http::StatusCode;
use model::{Problem, RoomKind, Slug, Title, Zone};
use serde::Serialize;
use service::{Account, Actor, Error, RoomView, doctor::Need};

use super::{
    choices::{HostChoices, may_hold},
    form::RoomForm,
};
use crate::{
    admin::{
        inside::{Content, Place},
        wrong::{Line, Wrong, slug_offer},
    },
    app::App,
    fault::Fault,
    pages::Page,
};

/// Each field of a room: its name, the control that holds it, the key of its label.
pub(crate) const LABELS: [(&str, &str, &str); 14] = [
    ("kind", "kind-meeting", "room-kind"),
    ("title", "title", "room-field-title"),
    ("host", "host", "room-field-host"),
    ("alternative_hosts", "alternative_hosts", "room-field-alternative-hosts"),
    ("date", "date", "room-field-date"),
    ("time", "time", "room-field-time"),
    ("starts_at", "date", "room-fact-when"),
    ("zone", "zone", "room-field-zone"),
    ("duration", "duration", "room-field-duration"),
    ("agenda", "agenda", "room-field-agenda"),
    ("cover", "cover", "room-field-cover"),
    ("passcode", "passcode", "room-field-passcode"),
    ("slug", "slug", "room-field-slug"),
    ("opens_before", "opens_before", "room-field-opens-before"),
];

/// The form's page.
#[derive(Serialize)]
pub(crate) struct RoomFormPage {
    /// The room; none where it is new.
    pub(crate) id: Option<String>,
    /// Its title as stored.
    pub(crate) title: String,
    pub(crate) permanent: String,
    pub(crate) has_cover: bool,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) form: RoomForm,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
    pub(crate) choices: HostChoices,
    pub(crate) zones: Vec<String>,
    /// Which sentence says what saving does.
    pub(crate) happens: &'static str,
    /// Whether nothing was typed yet: a script may fill in the reader's zone.
    pub(crate) fresh: bool,
    /// Whether somebody else changed the room meanwhile.
    pub(crate) conflict: bool,
    /// The kinds that cannot be made with what the Zoom app was granted.
    pub(crate) off: Vec<KindOff>,
}

/// A kind of room that Zoom would refuse.
#[derive(Serialize)]
pub(crate) struct KindOff {
    pub(crate) kind: &'static str,
    /// The scopes to add, separated by commas.
    pub(crate) scopes: String,
}

/// The kinds among `kinds` that lack a scope.
async fn kinds_off(app: &App, actor: &Actor, kinds: &[RoomKind]) -> Result<Vec<KindOff>, Fault> {
    let mut off = Vec::new();
    for kind in kinds {
        let Some(health) = app.service.room_health(actor, *kind).await? else { continue };
        let needed = health.scopes().filter(|scope| scope.need == Need::Needed);
        let scopes = needed.map(|scope| scope.scope).collect::<Vec<_>>().join(", ");
        if !scopes.is_empty() {
            off.push(KindOff { kind: kind.as_str(), scopes });
        }
    }
    Ok(off)
}

impl Page for RoomFormPage {
    const TEMPLATE: &'static str = "admin/room_form.html";
}

impl Content for RoomFormPage {
    const PLACE: Place = Place::Rooms;
}

impl RoomFormPage {
    /// The form for a new room.
    pub(crate) async fn for_new(app: &App, actor: &Actor, form: Option<RoomForm>) -> Result<Self, Fault> {
        let accounts = app.service.accounts(actor).await?;
        let connected = app.service.site().await?.connected;
        let fresh = form.is_none();
        let form = form.unwrap_or_else(|| fresh_form(app, actor, &accounts));
        Ok(Self {
            id: None,
            title: String::new(),
            permanent: String::new(),
            has_cover: false,
            action: "/admin/rooms/new".into(),
            back: "/admin/rooms".into(),
            choices: HostChoices::of(actor, &accounts, &form),
            form,
            problems: Vec::new(),
            errors: BTreeMap::new(),
            zones: Zone::all(),
            happens: if connected { "new" } else { "no-host" },
            fresh,
            conflict: false,
            off: kinds_off(app, actor, &[RoomKind::Meeting, RoomKind::Webinar]).await?,
        })
    }

    /// The form for a room that is there.
    pub(crate) async fn for_room(
        app: &App,
        actor: &Actor,
        view: &RoomView,
        form: Option<RoomForm>,
    ) -> Result<Self, Fault> {
        let accounts = app.service.accounts(actor).await?;
        let room = &view.room;
        let form = form.unwrap_or_else(|| RoomForm::of(room));
        let connected = app.service.site().await?.connected;
        Ok(Self {
            id: Some(room.id.to_string()),
            title: room.title.to_string(),
            permanent: view.permanent_url.clone(),
            has_cover: room.has_cover,
            action: format!("/admin/rooms/{}/edit", room.id),
            back: format!("/admin/rooms/{}", room.id),
            choices: HostChoices::of(actor, &accounts, &form),
            form,
            problems: Vec::new(),
            errors: BTreeMap::new(),
            zones: Zone::all(),
            happens: match (connected, room.zoom_number) {
                (false, _) => "no-zoom",
                (true, None) => "waiting",
                (true, Some(_)) => "edit",
            },
            fresh: false,
            conflict: false,
            off: kinds_off(app, actor, &[room.kind]).await?,
        })
    }

    /// The same page with what was wrong; nothing typed is lost. The status to answer with.
    pub(crate) async fn with(mut self, app: &App, actor: &Actor, error: Error) -> Result<(StatusCode, Self), Fault> {
        if let Error::Conflict { version } = error {
            // Saving again is meant: the person has been told.
            self.form.version = version.to_string();
            self.conflict = true;
            return Ok((StatusCode::CONFLICT, self));
        }
        let taken = matches!(&error, Error::Invalid(wrong) if wrong.contains(&Problem::SlugTaken.at("slug")));
        let (status, mut wrong) = Wrong::from_error(error, &LABELS)?;
        if taken && let Some(free) = free_slug(app, actor, &self.form).await? {
            let others: Vec<Line> =
                std::mem::take(&mut wrong.problems).into_iter().filter(|l| !l.is_at("slug")).collect();
            wrong.errors.remove("slug");
            wrong.problems = others;
            wrong.add("slug", slug_offer(free.as_str()), &LABELS);
        }
        self.problems = wrong.problems;
        self.errors = wrong.errors;
        Ok((status, self))
    }
}

/// A new room's form: the member's own host before others, licensed ones first; that host's zone.
fn fresh_form(app: &App, actor: &Actor, accounts: &[Account]) -> RoomForm {
    let hosts = || accounts.iter().flat_map(|account| &account.hosts);
    let active = || hosts().filter(|host| host.active && may_hold(actor, host));
    let own = active().find(|host| actor.is_linked_to(&host.id));
    let same_address = active().find(|host| actor.email() == Some(&host.email));
    let host = own.or(same_address).or_else(|| active().find(|h| h.licensed)).or_else(|| active().next());
    let zone = host.and_then(|host| Zone::parse(host.zone.as_deref()?).ok()).or_else(|| Zone::parse("UTC").ok());
    let id = host.map_or("", |host| host.id.as_str());
    zone.map_or_else(RoomForm::default, |zone| RoomForm::fresh(app.now(), &zone, id))
}

/// A slug near the wanted one that no room has.
async fn free_slug(app: &App, actor: &Actor, form: &RoomForm) -> Result<Option<Slug>, Fault> {
    let wanted =
        Slug::parse(&form.slug).ok().or_else(|| Title::parse(&form.title).ok().and_then(|t| Slug::from_title(&t)));
    let Some(wanted) = wanted else { return Ok(None) };
    for number in 2..=20 {
        let slug = wanted.numbered(number);
        match app.service.page(&slug, Some(actor)).await {
            Ok(_) => {}
            Err(Error::NotFound) => return Ok(Some(slug)),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(None)
}
