//! The page of a call: an empty stage, the Meeting SDK from where it is configured to come, and the one answer that
//! holds what the SDK needs. Who answers at that address, Zoom or a stand-in, the page does not know.

use axum::{
    Json,
    extract::{OriginalUri, Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use service::{Error, JoinPacket, RoomCard};
use url::Url;

use super::{
    door::{room_of, take_grant},
    sdk_codes::{self, CodeView, Reader},
    view::{CardView, address},
};
use crate::{
    app::{App, Query},
    config::WebConfig,
    fault::Fault,
    fields::Fields,
    pages::Page,
};

/// The page of a call.
#[derive(Debug, Serialize)]
pub(super) struct CallPage {
    room: CardView,
    /// Whether it is for the host, who begins again at the start and not in the green room.
    as_host: bool,
    /// Where to begin again.
    again: String,
    /// Where the SDK comes from, to be named when it does not.
    sdk_origin: String,
    codes: Vec<CodeView>,
}

impl Page for CallPage {
    const TEMPLATE: &'static str = "call.html";
}

impl CallPage {
    fn of(card: &RoomCard, as_host: bool, sdk_origin: String) -> Self {
        let room = CardView::of(card);
        let again = if as_host { format!("/admin/rooms/{}/start", card.id) } else { format!("{}/join", room.href) };
        Self { room, as_host, again, sdk_origin, codes: sdk_codes::all(Reader::Visitor) }
    }
}

/// `GET /r/{slug}/call`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    query: Query,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    if page.card.disconnected {
        return Ok(Redirect::to(&address(&slug)).into_response());
    }
    let as_host = query.get("as").is_some_and(|role| role == "host");
    let page = CallPage::of(&page.card, as_host, WebConfig::origin_of(&app.config.sdk_base));
    Ok(on_stage(&app, app.page(StatusCode::OK, &page).await?))
}

/// A page with what the Meeting SDK needs to run on it.
pub(crate) fn on_stage(app: &App, mut response: Response) -> Response {
    let policy = policy(&app.config.sdk_base, app.service.settings().zoom.has_real_sdk());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    // Isolation gives the SDK shared memory (720p, gallery); only here, because it cuts off pop-ups and foreign files.
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp"));
    let devices = "camera=(self), microphone=(self), display-capture=(self)";
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(devices));
    response
}

/// What Zoom's web SDK needs to run (its own line, `zoom_api` §8), as narrow as the configuration allows: scripts come
/// from the site and the SDK's own origin, and from Zoom's hosts only where that is one of them; a call is held with
/// Zoom's hosts where the SDK is Zoom's (`real`), also one in the operator's own folder, and not where a sandbox serves
/// what stands in for it.
fn policy(base: &Url, real: bool) -> HeaderValue {
    let sdk = &WebConfig::origin_of(base);
    let socket = sdk.replacen("http", "ws", 1);
    let from_zoom = base.scheme() == "https"
        && base.host_str().is_some_and(|host| {
            ["zoom.us", "zoomgov.com"].iter().any(|zoom| host == *zoom || host.ends_with(&format!(".{zoom}")))
        });
    let scripts = if from_zoom { " https://zoom.us https://*.zoom.us https://*.zoomgov.com" } else { "" };
    let (forms, calls, pictures) = if from_zoom || real {
        let forms = " https://zoom.us https://*.zoom.us https://*.zoomgov.com";
        let calls = " https://zoom.us https://*.zoom.us wss://*.zoom.us https://*.zoomgov.com wss://*.zoomgov.com";
        (forms, calls, " https:")
    } else {
        ("", "", "")
    };
    let text = format!(
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; \
         form-action 'self' {sdk}{forms}; worker-src 'self' blob: {sdk}; \
         style-src 'self' 'unsafe-inline' {sdk}; \
         script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: {sdk}{scripts}; \
         connect-src 'self' blob: data: {sdk} {socket}{calls}; \
         img-src 'self' data: blob: {sdk}{pictures}; media-src 'self' data: blob: {sdk}{pictures}; \
         font-src 'self' data: {sdk}{pictures}; frame-src 'self' blob: {sdk}"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

/// What the script hands to the SDK: field by field what `ZoomMtg.join` calls it, and where the SDK is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Packet {
    sdk_base: String,
    sdk_version: String,
    signature: String,
    meeting_number: String,
    pass_word: String,
    user_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zak: Option<String>,
}

impl Packet {
    pub(crate) fn of(packet: &JoinPacket) -> Self {
        Self {
            sdk_base: packet.sdk_base.as_str().trim_end_matches('/').to_owned(),
            sdk_version: packet.sdk_version.clone(),
            signature: packet.signature.expose_secret().to_owned(),
            meeting_number: packet.meeting_number.to_string(),
            pass_word: packet.passcode.expose().to_owned(),
            user_name: packet.user_name.to_string(),
            user_email: packet.user_email.as_ref().map(ToString::to_string),
            zak: packet.zak.as_ref().map(|zak| zak.expose_secret().to_owned()),
        }
    }
}

/// `POST /r/{slug}/call/packet`: redeems the grant in the entry's cookie, once.
pub(super) async fn packet(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    asked: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let (token, end) = take_grant(&app, &asked, fields.get("entry"), uri.path()).ok_or(Error::Spent)?;
    let packet = app.service.redeem(&token).await?;
    let headers = [(header::SET_COOKIE, end), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((headers, Json(Packet::of(&packet))).into_response())
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    use crate::{pages::Sample, visitor::view::tests::card};
    let card = card("Open studio: say hello", -10, model::Phase::Live);
    vec![Sample::of("stage", &CallPage::of(&card, false, "https://source.zoom.us".into()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(base: &str, real: bool) -> String {
        policy(&base.parse().unwrap(), real).to_str().unwrap().to_owned()
    }

    fn scripts(policy: &str) -> &str {
        policy.split("; ").find(|part| part.starts_with("script-src")).unwrap()
    }

    #[test]
    fn zooms_hosts_give_scripts_only_where_the_sdk_comes_from_there() {
        let zoom = said("https://source.zoom.us", true);
        assert!(scripts(&zoom).contains("https://source.zoom.us https://zoom.us https://*.zoom.us"), "{zoom}");
        assert!(zoom.contains("wss://*.zoom.us") && !zoom.contains("cloudfront"), "{zoom}");
        let own = said("https://rooms.example.org/sdk", true);
        assert!(!scripts(&own).contains("zoom") && own.contains("wss://*.zoom.us"), "{own}");
        for elsewhere in ["http://localhost:4444/sdk", "https://zoom.us.evil.example", "https://evilzoom.us"] {
            let policy = said(elsewhere, false);
            assert!(!policy.contains("*.zoom.us") && !policy.contains("https:;"), "{policy}");
        }
    }
}
