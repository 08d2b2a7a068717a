//! The card of a room for a frame on another site: what its page says of time and door, and one link to that page. It
//! is the same for everybody, asks for no cookie, and is the one page that other sites may frame.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use model::{RoomId, Slug};
use serde::Serialize;
use service::{Error, RoomPage};

use super::{
    room::{door_word, mark_of},
    view::{CardView, address},
};
use crate::{
    app::App,
    cache::Fresh,
    config::WebConfig,
    fault::Fault,
    pages::{Page, escaped},
};

/// Everything from this site only, no form, and whoever likes may put it into a frame.
const FRAMED: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors *";

/// The size a frame has where nobody says another: cover and words side by side.
pub(super) const WIDE: (u32, u32) = (640, 320);
/// From this width on they stand side by side, as in `embed.css`.
pub(super) const SIDE_BY_SIDE: u32 = 480;
/// How high it is where they stand one above the other.
pub(super) const NARROW_HEIGHT: u32 = 480;

/// The card.
#[derive(Debug, Serialize)]
pub(super) struct EmbedView {
    room: CardView,
    /// `open`, `early`, `ended`, `not-at-zoom` or `disconnected`.
    door: &'static str,
    /// Whether the room is joined here, and not only in the Zoom app.
    in_browser: bool,
    /// What the waiting card compares: it changes when there is something new to see.
    mark: String,
}

impl Page for EmbedView {
    const TEMPLATE: &'static str = "embed.html";
}

impl EmbedView {
    fn of(page: &RoomPage) -> Self {
        Self {
            room: CardView::of(&page.card),
            door: door_word(page),
            in_browser: page.browser.is_ok(),
            mark: mark_of(page),
        }
    }
}

/// What stands in the frame of a room that there is not, or not for visitors.
#[derive(Debug, Serialize)]
pub(super) struct EmbedGone;

impl Page for EmbedGone {
    const TEMPLATE: &'static str = "embed_gone.html";
}

/// Which room an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// By its permanent id.
    Id(RoomId),
    /// By the name in its page's address.
    Slug(Slug),
}

impl Which {
    /// The published room.
    pub(super) async fn page(&self, app: &App) -> Result<RoomPage, Fault> {
        Ok(match self {
            Self::Id(id) => app.service.page_by_id(*id, None).await?,
            Self::Slug(slug) => app.service.page(slug, None).await?,
        })
    }
}

/// A room by its id, as frames are copied, or by its slug. Ids come first: nobody takes over another room's frames by a
/// slug that looks like its id.
async fn find(app: &App, name: &str) -> Result<RoomPage, Fault> {
    if let Ok(id) = name.parse() {
        match Which::Id(id).page(app).await {
            Err(Fault::Service(Error::NotFound)) => {}
            found => return found,
        }
    }
    Which::Slug(Slug::parse(name).map_err(|_| Fault::NotFound)?).page(app).await
}

/// `GET /embed/{slug}`, and the same by a room's id.
pub(super) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
    uri: Uri,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let (epoch, now) = (app.service.epoch(), app.now());
    let made = app.cache.answer(uri.path(), epoch, now, &asked, async || {
        let page = find(&app, &name).await?;
        Ok(Fresh {
            route: "/embed/{slug}",
            content_type: "text/html; charset=utf-8",
            bytes: app.render(&EmbedView::of(&page)).await?.into_bytes(),
            headers: vec![(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED))],
            good_until: page.card.phase_changes_at,
        })
    });
    match made.await {
        Err(Fault::NotFound | Fault::Service(Error::NotFound)) => {
            let gone = app.page(StatusCode::NOT_FOUND, &EmbedGone).await?;
            Ok(([(header::CONTENT_SECURITY_POLICY, FRAMED)], gone).into_response())
        }
        answer => answer,
    }
}

/// The address of a room's card on this site. By its id, so that the card stays when the room is given another slug.
fn embed_address(config: &WebConfig, room: RoomId) -> String {
    config.address(&address_of(room))
}

fn address_of(room: RoomId) -> String {
    format!("/embed/{room}")
}

/// The HTML of a frame with a room's card, of a width and height in pixels. It shrinks with the column it stands in.
pub(super) fn frame(config: &WebConfig, room: RoomId, title: &str, (width, height): (u32, u32)) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" \
         frameborder=\"0\" loading=\"lazy\"></iframe>",
        escaped(&embed_address(config, room)),
        escaped(title),
    )
}

/// What is copied to put a room on a page elsewhere.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EmbedCode {
    /// The frame, for pages of HTML.
    frame: String,
    /// The link, for editors that make a card of it by themselves.
    link: String,
    /// Where the card is on this site.
    card: String,
}

impl EmbedCode {
    /// For a room by its id, title and slug.
    pub(crate) fn of(config: &WebConfig, room: RoomId, title: &str, slug: &str) -> Self {
        Self { frame: frame(config, room, title, WIDE), link: config.address(&address(slug)), card: address_of(room) }
    }
}

/// Examples of the card, and of what stands in its place.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    use model::{DoorClosed, Phase};
    use service::NoBrowserJoin;

    use super::{room::tests::page, view::tests::at};
    use crate::pages::Sample;
    let early = page(Phase::Upcoming { opens_at: at(60) }, Err(DoorClosed::TooEarly { opens_at: at(60) }));
    let app_only = RoomPage { browser: Err(NoBrowserJoin::NoSdkCredentials), ..page(Phase::Open, Ok(())) };
    let mut nobodys = page(Phase::Due, Err(DoorClosed::Disconnected));
    nobodys.card.disconnected = true;
    nobodys.card.host_name = String::new();
    let sample = |name, page: &RoomPage| Sample::of(name, &EmbedView::of(page));
    vec![
        sample("early", &early),
        sample("open", &page(Phase::Open, Ok(()))),
        sample("in the app only", &app_only),
        sample("live", &page(Phase::Live, Ok(()))),
        sample("ended", &page(Phase::Ended, Err(DoorClosed::Ended))),
        sample("without a Zoom account", &nobodys),
        sample("waiting for Zoom", &page(Phase::Open, Err(DoorClosed::NotAtZoom))),
        Sample::of("gone", &EmbedGone),
    ]
}
