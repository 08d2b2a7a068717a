//! A small, strict consumer of oEmbed 1.0 (<https://oembed.com>) meets the rooms of a site: it knows nothing of this
//! program but the address of a page.

use std::collections::BTreeMap;

use http::{Method, StatusCode, header};
use model::{Role, RoomId};
use serde_json::Value;
use service::Actor;

use crate::house::{House, form, text};

/// 1280 by 860 pixels.
const COVER: &[u8] = include_bytes!("../../../../docs/images/marketplace-basic.png");

/// A site with one room: its id, and its page's address.
struct Scene {
    house: House,
    owner: Actor,
    cookie: String,
    id: RoomId,
    page: String,
}

const TITLE: &str = "Q&A <live>, \"week 3\" 朝";

async fn scene() -> Scene {
    let house = House::connected().await;
    let owner = house.member("owner@example.org", Role::Owner).await;
    let cookie = house.cookie("owner@example.org").await;
    let host = house.host();
    let fields = [
        ("kind", "meeting"),
        ("title", TITLE),
        ("host", &host),
        ("date", "2026-11-30"),
        ("time", "19:30"),
        ("zone", "Europe/Madrid"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("published", "yes"),
        ("slug", "week-3"),
    ];
    let (status, to, page) = house.submit(&cookie, "/admin/rooms/new", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let id = to.trim_start_matches("/admin/rooms/").split('?').next().unwrap().parse().unwrap();
    house.worker.run_once().await.unwrap();
    Scene { house, owner, cookie, id, page: "http://localhost:8080/r/week-3".into() }
}

/// What was answered: status, type, body.
struct Got {
    status: StatusCode,
    kind: String,
    body: String,
    headers: http::HeaderMap,
}

impl Scene {
    /// Fetches an address of the site, as anybody does.
    async fn fetch(&self, address: &str) -> Got {
        let path = address.strip_prefix("http://localhost:8080").expect("an absolute address of this site");
        let answer = self.house.send(Method::GET, path, &[], "").await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
        Got { status, kind, body: text(answer).await, headers }
    }

    async fn ask(&self, query: &[(&str, &str)]) -> Got {
        self.fetch(&format!("http://localhost:8080/oembed?{}", form(query))).await
    }

    /// Both forms of an answer, checked and compared; the members.
    async fn consume(&self, endpoint: &str, most: Option<(i64, i64)>) -> BTreeMap<String, String> {
        let limits = most.map(|(width, height)| format!("&maxwidth={width}&maxheight={height}")).unwrap_or_default();
        let json = self.fetch(&format!("{endpoint}&format=json{limits}")).await;
        assert_eq!((json.status, &*json.kind), (StatusCode::OK, "application/json"), "{}", json.body);
        let members = of_json(&json.body);
        let xml = self.fetch(&format!("{endpoint}&format=xml{limits}")).await;
        assert_eq!((xml.status, &*xml.kind), (StatusCode::OK, "text/xml; charset=utf-8"), "{}", xml.body);
        assert_eq!(of_xml(&xml.body), members, "both forms say the same");
        is_rich(&members, most.unwrap_or((i64::MAX, i64::MAX)));
        members
    }
}

/// The members of a JSON answer: an object of texts and whole numbers, nothing deeper.
fn of_json(body: &str) -> BTreeMap<String, String> {
    let Value::Object(object) = serde_json::from_str(body).unwrap() else { panic!("no object: {body}") };
    let flat = |(name, value)| match value {
        Value::String(text) => (name, text),
        Value::Number(number) if number.is_i64() => (name, number.to_string()),
        other => panic!("{name}: {other}"),
    };
    object.into_iter().map(flat).collect()
}

/// The members of an XML answer: a declaration, one `oembed`, in it elements of text.
fn of_xml(body: &str) -> BTreeMap<String, String> {
    let rest = body.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>").expect(body);
    let inner = rest.trim().strip_prefix("<oembed>").and_then(|rest| rest.strip_suffix("</oembed>")).expect(body);
    let mut members = BTreeMap::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (name, tail) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).expect(rest);
        let (value, tail) = tail.split_once(&format!("</{name}>")).expect(rest);
        assert!(members.insert(name.to_owned(), plain(value)).is_none(), "{name} stands twice");
        rest = tail.trim();
    }
    members
}

/// A text without its entities; a bare sign that should be one is a fault.
fn plain(escaped: &str) -> String {
    assert!(!escaped.contains(['<', '>']), "{escaped}");
    let mut pieces = escaped.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, tail) = piece.split_once(';').expect(piece);
        out.push_str(match entity {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => panic!("&{other};"),
        });
        out.push_str(tail);
    }
    out
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> String {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {tag}"));
    plain(rest.split('"').next().unwrap())
}

/// The tag with the link to an oEmbed answer of this type.
fn discovered(page: &str, kind: &str) -> String {
    let head = page.split("</head>").next().unwrap();
    let mut found = head.split("<link ").filter(|tag| tag.contains(&format!("type=\"{kind}\"")));
    let tag = format!(" {}", found.next().unwrap_or_else(|| panic!("no {kind} in {head}")));
    assert!(found.next().is_none(), "one is enough");
    assert_eq!(attribute(&tag, "rel"), "alternate");
    assert!(!attribute(&tag, "title").is_empty());
    attribute(&tag, "href")
}

/// What the specification asks of type `rich` (2.3.4.4), and of every answer.
fn is_rich(members: &BTreeMap<String, String>, (most_width, most_height): (i64, i64)) {
    let number = |name: &str| members[name].parse::<i64>().unwrap_or_else(|_| panic!("{name}: {members:?}"));
    assert_eq!((&*members["type"], &*members["version"]), ("rich", "1.0"));
    let known = [
        "type",
        "version",
        "title",
        "author_name",
        "author_url",
        "provider_name",
        "provider_url",
        "cache_age",
        "thumbnail_url",
        "thumbnail_width",
        "thumbnail_height",
        "html",
        "width",
        "height",
    ];
    assert!(members.keys().all(|name| known.contains(&name.as_str())), "{members:?}");
    let (width, height) = (number("width"), number("height"));
    assert!((1..=most_width).contains(&width) && (1..=most_height).contains(&height), "{width} × {height}");
    assert!(number("cache_age") > 0);
    let html = &members["html"];
    assert!(html.starts_with("<iframe ") && html.ends_with("></iframe>"), "{html}");
    assert!(!html.contains("<script"), "a frame asks for no trust");
    assert_eq!(attribute(html, "width"), width.to_string());
    assert_eq!(attribute(html, "height"), height.to_string());
    assert_eq!(attribute(html, "title"), members["title"]);
    let thumbnails: Vec<_> = members.keys().filter(|name| name.starts_with("thumbnail_")).collect();
    assert!(matches!(thumbnails.len(), 0 | 3), "all three or none: {thumbnails:?}");
    if thumbnails.len() == 3 {
        assert!((1..=most_width).contains(&number("thumbnail_width")));
        assert!((1..=most_height).contains(&number("thumbnail_height")));
    }
}

#[tokio::test]
async fn a_consumer_that_knows_only_the_pages_address_finds_the_card_in_both_forms() {
    let scene = scene().await;
    let page = scene.fetch(&scene.page).await;
    let json = discovered(&page.body, "application/json+oembed");
    let xml = discovered(&page.body, "text/xml+oembed");
    let endpoint = json.strip_suffix("&format=json").unwrap();
    assert_eq!(xml, format!("{endpoint}&format=xml"));
    let members = scene.consume(endpoint, None).await;
    assert_eq!((&*members["title"], &*members["provider_url"]), (TITLE, "http://localhost:8080/"));
    assert!(!members["provider_name"].is_empty() && !members.contains_key("thumbnail_url"), "{members:?}");

    for most in [(5_000, 5_000), (640, 320), (500, 200), (479, 900), (320, 90), (1, 1)] {
        scene.consume(endpoint, Some(most)).await;
    }
    let permanent = format!("http://localhost:8080/m/{}", scene.id);
    let endpoint = format!("http://localhost:8080/oembed?{}", form(&[("url", &permanent)]));
    assert_eq!(scene.consume(&endpoint, None).await, members, "both addresses are the same room");

    let frame = scene.fetch(&attribute(&members["html"], "src")).await;
    assert_eq!((frame.status, frame.headers.get(header::SET_COOKIE)), (StatusCode::OK, None));
    assert!(frame.body.contains("Q&amp;A &lt;live&gt;") && frame.body.contains("href=\"/r/week-3\""), "{}", frame.body);
}

#[tokio::test]
async fn a_cover_is_the_thumbnail_where_it_fits() {
    let scene = scene().await;
    scene.house.service.set_cover(&scene.owner, scene.id, Some(COVER.to_vec())).await.unwrap();
    let endpoint = format!("http://localhost:8080/oembed?{}", form(&[("url", &scene.page)]));
    let members = scene.consume(&endpoint, None).await;
    assert_eq!((&*members["thumbnail_width"], &*members["thumbnail_height"]), ("1280", "860"));
    let cover = scene.fetch(&members["thumbnail_url"]).await;
    assert_eq!((cover.status, &*cover.kind), (StatusCode::OK, "image/png"));
    assert_eq!(scene.consume(&endpoint, Some((1280, 860))).await, members);
    for most in [(1279, 860), (1280, 859)] {
        assert!(!scene.consume(&endpoint, Some(most)).await.contains_key("thumbnail_url"), "{most:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_has_the_status_that_the_specification_names() {
    let scene = scene().await;
    let url = ("url", scene.page.as_str());
    for (query, status) in [
        (vec![], 400),
        (vec![("url", "")], 400),
        (vec![url, ("maxwidth", "wide")], 400),
        (vec![url, ("maxheight", "0")], 400),
        (vec![url, ("format", "yaml")], 501),
        (vec![("url", "http://localhost:8080/r/no-such-room")], 404),
        (vec![("url", "http://localhost:8080/m/01960000-0000-7000-8000-000000000000")], 404),
        (vec![("url", "http://localhost:8080/admin/rooms")], 404),
        (vec![("url", "https://elsewhere.example/r/week-3")], 404),
        (vec![("url", "nonsense")], 404),
    ] {
        let got = scene.ask(&query).await;
        assert_eq!((got.status.as_u16(), &*got.kind), (status, "application/problem+json"), "{query:?}");
        assert!(got.body.contains("\"detail\":\""), "{}", got.body);
    }
}

#[tokio::test]
async fn an_answer_is_kept_and_asked_for_again_for_nothing() {
    let scene = scene().await;
    let address = format!("/oembed?{}", form(&[("url", &scene.page)]));
    let first = scene.house.send(Method::GET, &address, &[], "").await;
    assert_eq!(first.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    let again = scene.house.send(Method::GET, &address, &[(header::IF_NONE_MATCH, &tag)], "").await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let smaller = format!("{address}&maxwidth=300");
    let other = scene.house.send(Method::GET, &smaller, &[(header::IF_NONE_MATCH, &tag)], "").await;
    assert_eq!(other.status(), StatusCode::OK, "another size is another answer");
}

#[tokio::test]
async fn the_card_is_the_one_page_that_others_may_frame_and_a_room_that_is_not_there_has_a_calm_one() {
    let scene = scene().await;
    let policy = |got: &Got| got.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    for address in ["/embed/week-3".to_owned(), format!("/embed/{}", scene.id)] {
        let card = scene.fetch(&format!("http://localhost:8080{address}")).await;
        assert_eq!(card.status, StatusCode::OK);
        assert!(policy(&card).ends_with("frame-ancestors *") && !policy(&card).contains("unsafe"), "{}", policy(&card));
        assert!(card.body.contains("See the room"), "too early to join: {}", card.body);
    }
    for address in
        ["/", "/r/week-3", "/r/week-3/join", "/r/week-3/app", "/r/week-3/cover", "/admin/sign-in", "/nothing"]
    {
        let page = scene.fetch(&format!("http://localhost:8080{address}")).await;
        assert!(policy(&page).contains("frame-ancestors 'none'"), "{address}: {}", policy(&page));
    }
    let gone = async |address: &str| {
        let got = scene.fetch(&format!("http://localhost:8080{address}")).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{address}");
        assert!(policy(&got).ends_with("frame-ancestors *"), "{address}: {}", policy(&got));
        assert!(got.body.contains("This room is not here") && !got.body.contains("week 3"), "{}", got.body);
    };
    gone("/embed/no-such-room").await;
    gone("/embed/01960000-0000-7000-8000-000000000000").await;
    let by_id = format!("/embed/{}", scene.id);
    scene.house.service.delete_room(&scene.owner, scene.id, true).await.unwrap();
    gone("/embed/week-3").await;
    gone(&by_id).await;
}

#[tokio::test]
async fn a_draft_has_no_card_whoever_asks_and_both_codes_are_where_rooms_are_kept() {
    let scene = scene().await;
    let (_, page) = scene.house.page(&scene.cookie, &format!("/admin/rooms/{}", scene.id)).await;
    let code = page.split("id=\"embed-frame\">").nth(1).unwrap().split("</code>").next().unwrap();
    assert_eq!(attribute(&plain(code), "src"), format!("http://localhost:8080/embed/{}", scene.id));
    assert_eq!(attribute(&plain(code), "title"), TITLE);
    assert!(page.contains("<code id=\"embed-link\">http://localhost:8080/r/week-3</code>"), "{page}");
    let (_, guide) = scene.house.page(&scene.cookie, "/admin/setup").await;
    assert!(guide.contains(code) && guide.contains(&format!("<option value=\"{}\" selected>", scene.id)), "{guide}");

    let host = scene.house.host();
    let fields = [
        ("kind", "meeting"),
        ("title", "A draft"),
        ("host", &host),
        ("date", "2026-12-30"),
        ("time", "19:30"),
        ("zone", "Europe/Madrid"),
        ("duration", "60"),
        ("opens_before", "15"),
        ("slug", "a-draft"),
    ];
    let (status, ..) = scene.house.submit(&scene.cookie, "/admin/rooms/new", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, card) = scene.house.page(&scene.cookie, "/embed/a-draft").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{card}");
    assert_eq!(scene.ask(&[("url", "http://localhost:8080/r/a-draft")]).await.status, StatusCode::NOT_FOUND);
    let (_, own) = scene.house.page(&scene.cookie, "/r/a-draft").await;
    assert!(own.contains("Draft.") && !own.contains("+oembed"), "{own}");
    let (_, guide) = scene.house.page(&scene.cookie, "/admin/setup").await;
    assert!(guide.contains("visitors see its card once it is published"), "the newest is the draft: {guide}");
    let (_, guide) = scene.house.page(&scene.cookie, &format!("/admin/setup?room={}", scene.id)).await;
    assert!(guide.contains(code), "the one that was chosen");
}
