//! oEmbed 1.0 (<https://oembed.com>): the address of a room, pasted into an editor elsewhere, becomes its card.

use std::fmt::Write as _;

use axum::{extract::State, response::Response};
use http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use model::Slug;
use serde_json::{Map, Value};
use service::{Cover, RoomPage, Site};
use url::Url;

use super::{
    embed::{NARROW_HEIGHT, SIDE_BY_SIDE, WIDE, Which, frame},
    view::address,
};
use crate::{
    app::{App, Query},
    cache::Fresh,
    config::WebConfig,
    fault::Fault,
    language::say,
    pages::escaped,
};

/// The longest a consumer should keep an answer, in seconds.
const LONGEST: i64 = 3600;
/// The shortest: a room may change its phase any second, and the card in the frame follows by itself.
const SHORTEST: i64 = 60;
/// No cover is larger (`service` refuses those that are): beyond it one limit is like another.
const MOST_PIXELS: u32 = 6_000;

/// In which form it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Xml,
}

/// What was asked.
#[derive(Debug)]
struct Asked {
    room: Which,
    format: Format,
    /// The most pixels across and down.
    most: (u32, u32),
}

impl Asked {
    fn parse(query: &Query, site: &Url) -> Result<Self, Fault> {
        let format = match query.get("format").map(String::as_str) {
            None | Some("json") => Format::Json,
            Some("xml") => Format::Xml,
            Some(_) => return Err(Fault::UnknownFormat),
        };
        let url = query.get("url").filter(|url| !url.is_empty()).ok_or_else(|| wrong("oembed-no-url"))?;
        let most = |name: &str| match query.get(name).filter(|text| !text.is_empty()) {
            None => Ok(u32::MAX),
            Some(text) => text.parse().ok().filter(|most| *most > 0).ok_or_else(|| wrong("oembed-bad-size")),
        };
        let most = (most("maxwidth")?, most("maxheight")?);
        Ok(Self { room: room_at(site, url).ok_or(Fault::NotFound)?, format, most })
    }

    /// Width and height of the frame: the usual ones, within what was asked for.
    fn size(&self) -> (u32, u32) {
        let width = WIDE.0.min(self.most.0);
        let height = if width < SIDE_BY_SIDE { NARROW_HEIGHT } else { WIDE.1 };
        (width, height.min(self.most.1))
    }

    /// What the answer is kept under: only what changes it.
    fn key(&self) -> String {
        let Self { room, format, most } = self;
        let cover = (most.0.min(MOST_PIXELS), most.1.min(MOST_PIXELS));
        format!("/oembed?{room:?}&{format:?}&{:?}&{cover:?}", self.size())
    }
}

fn wrong(key: &str) -> Fault {
    Fault::Unreadable(say(key))
}

/// Which room of this site an address leads to: its page or its permanent address.
fn room_at(site: &Url, text: &str) -> Option<Which> {
    let url = Url::parse(text).ok()?;
    // Who types an address leaves out the `s` of https now and then.
    let usual = |url: &Url| url.port().is_none() && matches!(url.scheme(), "http" | "https");
    let same_host = url.host_str().is_some() && url.host_str() == site.host_str();
    if url.origin() != site.origin() && !(same_host && usual(&url) && usual(site)) {
        return None;
    }
    let path = url.path().strip_prefix(site.path().trim_end_matches('/'))?;
    let (kind, name) = path.strip_prefix('/')?.trim_end_matches('/').split_once('/')?;
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    match kind {
        "r" => Slug::parse(&name).ok().map(Which::Slug),
        "m" => name.parse().ok().map(Which::Id),
        _ => None,
    }
}

/// A member of the answer.
enum Member {
    Text(String),
    Number(i64),
}

/// The answer's members, in the order in which XML has them.
fn members(
    app: &WebConfig,
    asked: &Asked,
    page: &RoomPage,
    site: &Site,
    cover: Option<&Cover>,
    now: Timestamp,
) -> Vec<(&'static str, Member)> {
    let text = |text: &str| Member::Text(text.to_owned());
    let card = &page.card;
    let (width, height) = asked.size();
    let left = card.phase_changes_at.map_or(LONGEST, |at| at.duration_since(now).as_secs());
    let mut members = vec![
        ("type", text("rich")),
        ("version", text("1.0")),
        ("title", text(card.title.as_str())),
        ("provider_name", text(&site.name)),
        ("provider_url", text(app.public_url.as_str())),
        ("cache_age", Member::Number(left.clamp(SHORTEST, LONGEST))),
        ("html", Member::Text(frame(app, card.id, card.title.as_str(), (width, height)))),
        ("width", Member::Number(width.into())),
        ("height", Member::Number(height.into())),
    ];
    if !card.host_name.is_empty() {
        members.push(("author_name", text(&card.host_name)));
    }
    // All three or none; and no larger than what was asked for, since nobody here makes pictures smaller.
    let fits = |size: &(u32, u32)| size.0 <= asked.most.0 && size.1 <= asked.most.1;
    if let Some((across, down)) = cover.and_then(|cover| cover.size).filter(fits) {
        let at = format!("{}/cover?v={}", address(card.slug.as_str()), card.version);
        members.push(("thumbnail_url", Member::Text(app.address(&at))));
        members.push(("thumbnail_width", Member::Number(across.into())));
        members.push(("thumbnail_height", Member::Number(down.into())));
    }
    members
}

fn json(members: Vec<(&'static str, Member)>) -> String {
    let value = |member| match member {
        Member::Text(text) => Value::String(text),
        Member::Number(number) => Value::from(number),
    };
    let object: Map<String, Value> =
        members.into_iter().map(|(name, member)| (name.to_owned(), value(member))).collect();
    Value::Object(object).to_string()
}

fn xml(members: Vec<(&'static str, Member)>) -> String {
    let mut document = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n".to_owned();
    for (name, member) in members {
        let text = match member {
            // XML 1.0 has no place for these, escaped or not.
            Member::Text(text) => {
                escaped(&text).replace(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'), "")
            }
            Member::Number(number) => number.to_string(),
        };
        // Writing into a String does not fail.
        let _ = writeln!(document, "  <{name}>{text}</{name}>");
    }
    document + "</oembed>\n"
}

/// `GET /oembed`
pub(super) async fn show(State(app): State<App>, query: Query, headers: HeaderMap) -> Result<Response, Fault> {
    let asked = Asked::parse(&query, &app.config.public_url)?;
    let (epoch, now) = (app.service.epoch(), app.now());
    app.cache
        .answer(&asked.key(), epoch, now, &headers, async || {
            let page = asked.room.page(&app).await?;
            let site = app.service.site().await?;
            let cover = if page.card.has_cover { Some(app.service.cover(page.card.id, None).await?) } else { None };
            let members = members(&app.config, &asked, &page, &site, cover.as_ref(), now);
            let (content_type, text) = match asked.format {
                Format::Json => ("application/json", json(members)),
                Format::Xml => ("text/xml; charset=utf-8", xml(members)),
            };
            // Editors in a browser may ask, too: nothing here is for somebody in particular.
            let anybody = (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            let good_until = page.card.phase_changes_at;
            Ok(Fresh { route: "/oembed", content_type, bytes: text.into_bytes(), headers: vec![anybody], good_until })
        })
        .await
}

/// The address that says how a room's page is embedded, without its `format`: what the page's head leads to.
pub(super) fn discovery(config: &WebConfig, slug: &str) -> String {
    let page: String = url::form_urlencoded::byte_serialize(config.address(&address(slug)).as_bytes()).collect();
    config.address(&format!("/oembed?url={page}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Url {
        "https://rooms.example/".parse().unwrap()
    }

    #[test]
    fn only_pages_and_permanent_addresses_of_this_site_are_rooms() {
        let room = |text: &str| room_at(&site(), text);
        let slug = |text: &str| Some(Which::Slug(Slug::parse(text).unwrap()));
        let id = "01960000-0000-7000-8000-000000000000";
        assert_eq!(room("https://rooms.example/r/open-studio"), slug("open-studio"));
        assert_eq!(room("http://rooms.example/r/open-studio/?from=mail#door"), slug("open-studio"));
        assert_eq!(room("https://ROOMS.example:443/r/%E6%9C%9D"), slug("朝"));
        assert_eq!(room(&format!("https://rooms.example/m/{id}")), Some(Which::Id(id.parse().unwrap())));
        for other in [
            "",
            "/r/open-studio",
            "https://rooms.example/",
            "https://rooms.example/r/",
            "https://rooms.example/r/open-studio/join",
            "https://rooms.example/m/nothing",
            "https://rooms.example/admin/rooms",
            "https://rooms.example:8443/r/open-studio",
            "https://rooms.example.evil.example/r/open-studio",
            "https://rooms.example@evil.example/r/open-studio",
            "ftp://rooms.example/r/open-studio",
            "https://rooms.example/r/%ff",
            "javascript:alert(1)",
        ] {
            assert_eq!(room(other), None, "{other}");
        }
    }

    #[test]
    fn a_site_at_another_port_or_plain_http_knows_its_own_addresses() {
        let own: Url = "http://localhost:8080/".parse().unwrap();
        assert!(room_at(&own, "http://localhost:8080/r/x").is_some());
        assert!(
            room_at(&own, "http://localhost/r/x").is_none() && room_at(&own, "https://localhost:8080/r/x").is_none()
        );
    }

    #[test]
    fn a_frame_keeps_within_what_was_asked_for() {
        let asked =
            |most| Asked { room: room_at(&site(), "https://rooms.example/r/x").unwrap(), format: Format::Json, most };
        assert_eq!(asked((u32::MAX, u32::MAX)).size(), WIDE);
        assert_eq!(asked((360, 5_000)).size(), (360, NARROW_HEIGHT));
        assert_eq!(asked((1, 1)).size(), (1, 1));
    }

    #[test]
    fn xml_is_escaped_and_well_formed() {
        let text =
            xml(vec![("title", Member::Text("<Q&A>\u{b} \u{ffff}\"now\"".into())), ("width", Member::Number(3))]);
        assert!(text.contains("<title>&lt;Q&amp;A&gt; &quot;now&quot;</title>\n  <width>3</width>"), "{text}");
    }
}
