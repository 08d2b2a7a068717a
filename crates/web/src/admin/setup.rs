//! The set-up guide: every step with what to copy, marks that stay, and a page for whoever keeps the Zoom account.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use model::{Feature, Room};
use serde::Serialize;
use service::{
    Actor, ConnectionHealth, ConnectionView, Outcome, RoomFilter, StepName, When,
    setup::{
        Copied, Good, GuideStep, LATER, Part, SDK_SCOPE, STEPS, Scope, ScopeToTick, Way, permissions_for, scopes_for,
        ways_to_https, whole_list,
    },
};
use url::Url;

use super::{
    features::wanted_in,
    inside::{Content, Place, show},
    typed::Typed,
    zoom::StepRow,
};
use crate::{
    app::{App, Query},
    config::WebConfig,
    fault::Fault,
    guard::Signed,
    pages::Page,
    visitor::EmbedCode,
};

/// The guide.
#[derive(Serialize)]
pub(crate) struct SetupPage {
    parts: Vec<PartView>,
    done: usize,
    total: usize,
    /// The first step that is not done.
    next: Option<&'static str>,
    /// What came of calling the site's address, where that was just done.
    address: Option<StepRow>,
}

impl Page for SetupPage {
    const TEMPLATE: &'static str = "admin/setup.html";
}

impl Content for SetupPage {
    const PLACE: Place = Place::Setup;
}

/// Steps under one heading.
#[derive(Serialize)]
struct PartView {
    title: &'static str,
    steps: Vec<StepView>,
}

/// One step.
#[derive(Serialize)]
struct StepView {
    id: &'static str,
    title: &'static str,
    text: &'static str,
    done: bool,
    /// What to copy.
    copy: Option<String>,
    /// Why what is to be copied would not be taken, as the key of a sentence.
    warning: Option<&'static str>,
    /// What the site may want, at the step about scopes.
    wishes: Vec<Wish>,
    /// What it may not want yet.
    later: &'static [&'static str],
    /// The scopes to tick.
    scopes: Vec<ScopeRow>,
    /// Whether some of them are granted and some are not: then the missing ones can be copied alone.
    some_missing: bool,
    /// All scopes of the plugin's list, group by group.
    all: Vec<Group>,
    /// The ways to HTTPS, at the step about it.
    ways: Vec<WayView>,
    /// A page of Zoom's that says more.
    more: Option<Link>,
    /// The picture's name among static files.
    picture: Option<String>,
    /// What puts a room on a page elsewhere.
    rooms: Option<RoomsToPut>,
}

/// Something that the site may want of Zoom.
#[derive(Serialize)]
struct Wish {
    /// Part of the keys of its sentences.
    name: &'static str,
    wanted: bool,
}

/// A way to HTTPS.
#[derive(Serialize)]
struct WayView {
    title: &'static str,
    text: &'static str,
    file: &'static str,
    lines: String,
}

impl From<Way> for WayView {
    fn from(Way { title, text, file, lines }: Way) -> Self {
        Self { title, text, file, lines: lines.trim_end().to_owned() }
    }
}

/// An address elsewhere, and what it is called.
#[derive(Serialize)]
struct Link {
    title: &'static str,
    address: &'static str,
}

/// A room to put on a page elsewhere, and the others there are.
#[derive(Clone, Default, Serialize)]
struct RoomsToPut {
    /// Newest first; none where nothing is to come.
    all: Vec<RoomToPut>,
    /// What to copy for the chosen one.
    code: Option<EmbedCode>,
    /// Whether visitors do not see it yet.
    draft: bool,
}

/// One to choose.
#[derive(Clone, Serialize)]
struct RoomToPut {
    id: String,
    title: String,
    chosen: bool,
}

impl RoomsToPut {
    /// The rooms to come, the newest first, and what to copy for the one with this id, else for the newest.
    async fn read(app: &App, actor: &Actor, chosen: Option<&str>) -> Result<Self, Fault> {
        let filter = RoomFilter { when: When::Coming, limit: usize::MAX, ..RoomFilter::default() };
        let mut rooms: Vec<Room> =
            app.service.rooms(actor, filter).await?.items.into_iter().map(|view| view.room).collect();
        // Ids grow with time.
        rooms.sort_by_key(|room| std::cmp::Reverse(room.id));
        Ok(Self::of(&app.config, &rooms, chosen))
    }

    fn of(config: &WebConfig, rooms: &[Room], chosen: Option<&str>) -> Self {
        let named = chosen.and_then(|id| rooms.iter().find(|room| room.id.to_string() == id));
        let Some(room) = named.or_else(|| rooms.first()) else { return Self::default() };
        let one = |other: &Room| RoomToPut {
            id: other.id.to_string(),
            title: other.title.to_string(),
            chosen: other.id == room.id,
        };
        Self {
            all: rooms.iter().map(one).collect(),
            code: Some(EmbedCode::of(config, room.id, room.title.as_str(), room.slug.as_str())),
            draft: !room.published,
        }
    }
}

/// Scopes that the Marketplace lists together.
#[derive(Serialize)]
struct Group {
    product: &'static str,
    name: &'static str,
    scopes: Vec<Listed>,
}

/// A scope of the plugin's list.
#[derive(Serialize)]
struct Listed {
    scope: &'static str,
    title: &'static str,
    /// Part of the key of the sentence that says what it is good for.
    good: &'static str,
    /// The features that use it, as parts of their names' keys.
    features: Vec<&'static str>,
}

fn whole_list_by_group() -> Vec<Group> {
    let list = whole_list();
    let same =
        |a: &(&'static Scope, Good), b: &(&'static Scope, Good)| (a.0.product, a.0.group) == (b.0.product, b.0.group);
    let listed = |(scope, good): &(&'static Scope, Good)| Listed {
        scope: scope.id,
        title: scope.title,
        good: good.as_str(),
        features: match good {
            Good::For(features) => features.iter().map(|feature| feature.as_str()).collect(),
            _ => Vec::new(),
        },
    };
    let group = |run: &[(&'static Scope, Good)]| {
        let (first, _) = run.first()?;
        Some(Group { product: first.product, name: first.group, scopes: run.iter().map(listed).collect() })
    };
    list.chunk_by(same).filter_map(group).collect()
}

/// A scope to tick.
#[derive(Serialize)]
struct ScopeRow {
    scope: &'static str,
    place: Option<String>,
    without: String,
    needed: bool,
    /// Whether the app has it already.
    granted: bool,
}

impl ScopeRow {
    fn of(tick: &ScopeToTick, granted: Option<&[String]>) -> Self {
        Self {
            scope: tick.scope,
            place: tick.place.map(|place| format!("{} › {} › {}", place.product, place.group, place.title)),
            without: tick.without.join(", "),
            needed: tick.needed,
            granted: granted.is_some_and(|all| all.iter().any(|one| one == tick.scope)),
        }
    }
}

/// What the steps fill in.
struct Facts<'a> {
    address: &'a Url,
    secure: bool,
    connection: Option<&'a ConnectionView>,
    health: Option<&'a ConnectionHealth>,
    /// What the site wants of Zoom.
    wanted: Vec<Feature>,
    rooms: RoomsToPut,
    checked: Option<Outcome>,
}

impl Facts<'_> {
    fn wishes(&self) -> Vec<Wish> {
        Feature::ALL.map(|one| Wish { name: one.as_str(), wanted: self.wanted.contains(&one) }).into()
    }

    fn scopes(&self) -> Vec<ScopeRow> {
        let granted = self.health.and_then(|health| health.granted.as_deref());
        scopes_for(&self.wanted).iter().map(|tick| ScopeRow::of(tick, granted)).collect()
    }

    fn step(&self, step: &GuideStep, done: &[&str]) -> StepView {
        let copy = match step.copied {
            Some(Copied::SiteAddress) => Some(self.address.as_str().trim_end_matches('/').to_owned()),
            Some(Copied::WebhookAddress) => self.connection.map(|connection| connection.webhook_url.clone()),
            Some(Copied::SdkScope) => Some(SDK_SCOPE.to_owned()),
            Some(Copied::Scopes | Copied::RoomOnPage) | None => None,
        };
        let warning = match step.copied {
            Some(Copied::SiteAddress) if step.id == "sdk-redirect" && self.address.scheme() != "https" => {
                Some("setup-redirect-not-https")
            }
            Some(Copied::SiteAddress) if !self.secure => Some("setup-not-https"),
            Some(Copied::WebhookAddress) if self.connection.is_none() => Some("setup-webhook-later"),
            _ => None,
        };
        let is_scopes = step.copied == Some(Copied::Scopes);
        let scopes = if is_scopes { self.scopes() } else { Vec::new() };
        StepView {
            some_missing: scopes.iter().any(|one| one.granted) && scopes.iter().any(|one| !one.granted),
            all: if is_scopes { whole_list_by_group() } else { Vec::new() },
            wishes: if is_scopes { self.wishes() } else { Vec::new() },
            later: if is_scopes { &LATER } else { &[] },
            id: step.id,
            title: step.title,
            text: step.text,
            done: done.contains(&step.id),
            copy,
            warning,
            scopes,
            ways: if step.id == "https" {
                ways_to_https(self.address).into_iter().map(WayView::from).collect()
            } else {
                Vec::new()
            },
            more: step.more.map(|(title, address)| Link { title, address }),
            picture: step.picture.map(|picture| format!("guide/{picture}")),
            rooms: (step.copied == Some(Copied::RoomOnPage)).then(|| self.rooms.clone()),
        }
    }
}

impl SetupPage {
    fn of(facts: &Facts<'_>, done: &[&'static str]) -> Self {
        let part = |part: Part| PartView {
            title: part.title(),
            steps: STEPS.iter().filter(|step| step.part == part).map(|step| facts.step(step, done)).collect(),
        };
        Self {
            parts: Part::ALL.into_iter().map(part).collect(),
            done: done.len(),
            total: STEPS.len(),
            next: STEPS.iter().map(|step| step.id).find(|id| !done.contains(id)),
            address: facts.checked.as_ref().map(|outcome| StepRow::from((StepName::Address, outcome))),
        }
    }
}

/// What is known of the site's default account, and what the site wants.
struct Known {
    connection: Option<ConnectionView>,
    health: Option<ConnectionHealth>,
    wanted: Vec<Feature>,
}

async fn known(app: &App, actor: &Actor) -> Result<Known, Fault> {
    let connection = app.service.connection(actor).await?;
    let health = match &connection {
        Some(connection) => Some(app.service.connection_health(actor, connection.id).await?),
        None => None,
    };
    Ok(Known { connection, health, wanted: app.service.wanted(actor).await? })
}

fn facts<'a>(app: &'a App, known: &'a Known) -> Facts<'a> {
    Facts {
        address: &app.config.public_url,
        secure: app.service.settings().secure_address().is_ok(),
        connection: known.connection.as_ref(),
        health: known.health.as_ref(),
        wanted: known.wanted.clone(),
        rooms: RoomsToPut::default(),
        checked: None,
    }
}

/// `GET /admin/setup`
pub(crate) async fn guide(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    guide_with(&app, &actor, &query, None).await
}

/// `POST /admin/setup/address`: calls the site's own address, and shows the guide with what came of it.
pub(crate) async fn check_address(
    State(app): State<App>,
    Signed(actor): Signed,
    query: Query,
) -> Result<Response, Fault> {
    let checked = app.service.check_address(&actor).await?;
    guide_with(&app, &actor, &query, Some(checked)).await
}

async fn guide_with(app: &App, actor: &Actor, query: &Query, checked: Option<Outcome>) -> Result<Response, Fault> {
    let known = known(app, actor).await?;
    let done = app.service.setup_done(actor).await?;
    let rooms = RoomsToPut::read(app, actor, query.get("room").map(String::as_str)).await?;
    let page = SetupPage::of(&Facts { rooms, checked, ..facts(app, &known) }, &done);
    show(app, actor, query, page).await
}

/// `POST /admin/setup`: marks a step as done, or takes the mark away.
pub(crate) async fn mark(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let step = typed.text("step");
    app.service.mark_setup(&actor, step, typed.text("done") == "yes").await?;
    let step = STEPS.iter().map(|known| known.id).find(|id| *id == step).unwrap_or_default();
    Ok(Redirect::to(&format!("/admin/setup#step-{step}")).into_response())
}

/// `POST /admin/setup/features`: says what the site wants of Zoom, before there is an account too.
pub(crate) async fn want(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    app.service.want(&actor, &wanted_in(&typed)).await?;
    let step = STEPS.iter().find(|step| step.copied == Some(Copied::Scopes)).map_or("", |step| step.id);
    Ok(Redirect::to(&format!("/admin/setup?said=features#step-{step}")).into_response())
}

/// The page for whoever keeps the Zoom account.
#[derive(Serialize)]
pub(crate) struct AskPage {
    /// What it is for, as parts of the features' names' keys.
    wanted: Vec<&'static str>,
    scopes: Vec<ScopeRow>,
    /// What the role of whoever makes the app must allow.
    permissions: Vec<&'static str>,
    /// The scope of the second app; none where nothing is wanted of it.
    sdk_scope: Option<&'static str>,
    address: String,
    /// Whether events are wanted, and where they go once that is known.
    events: bool,
    webhook_url: Option<String>,
    /// Whether something is wanted that only the console does.
    console: bool,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "admin/setup_ask.html";
}

impl Content for AskPage {
    const PLACE: Place = Place::Setup;
}

/// `GET /admin/setup/ask`
pub(crate) async fn ask(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let known = known(&app, &actor).await?;
    let page = AskPage::of(&facts(&app, &known));
    show(&app, &actor, &query, page).await
}

impl AskPage {
    fn of(facts: &Facts<'_>) -> Self {
        let wants = |one: &Feature| facts.wanted.contains(one);
        Self {
            wanted: facts.wanted.iter().map(|feature| feature.as_str()).collect(),
            scopes: facts.scopes(),
            permissions: permissions_for(&facts.wanted).into_iter().collect(),
            sdk_scope: [Feature::JoinInBrowser, Feature::StartAsHost].iter().any(wants).then_some(SDK_SCOPE),
            events: wants(&Feature::Webhooks),
            console: [Feature::AccountSettings, Feature::ZoomEvents, Feature::SubAccounts].iter().any(wants),
            address: facts.address.as_str().trim_end_matches('/').to_owned(),
            webhook_url: facts.connection.map(|connection| connection.webhook_url.clone()),
        }
    }
}

/// Examples: the guide with nothing done at an address without https, half of it done, and the page to send.
#[cfg(test)]
pub(crate) fn samples() -> (SetupPage, SetupPage, AskPage) {
    let room = |seed, title| super::rooms::samples::view(seed, title, "Europe/Madrid", 90, model::AtZoom::Live).room;
    let rooms = [room(4, "Kitchen Spanish, week 3 of 8"), room(1, "Open studio: say hello")];
    let rooms = RoomsToPut::of(&WebConfig::sample(), &rooms, None);
    let (http, https) = (&Url::parse("http://rooms.example/").unwrap(), &Url::parse("https://rooms.example/").unwrap());
    let facts = |address, secure| Facts {
        address,
        secure,
        connection: None,
        health: None,
        wanted: Feature::AT_FIRST.into(),
        rooms: RoomsToPut::default(),
        checked: None,
    };
    let half: Vec<&'static str> = STEPS.iter().map(|step| step.id).take(9).collect();
    let fresh = SetupPage::of(&facts(http, false), &[]);
    let nobody = "Nothing listens at https://rooms.example: let the proxy, or eRoom itself, listen there.";
    let checked = Some(Outcome::Failed { reason: nobody.into() });
    let secure = Facts { rooms, checked, ..facts(https, true) };
    (fresh, SetupPage::of(&secure, &half), AskPage::of(&secure))
}
