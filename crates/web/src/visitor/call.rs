//! The page of a call: an empty stage, the Meeting SDK from where it is configured to come, and the one answer that
//! holds what the SDK needs. Who answers at that address, Zoom or a stand-in, the page does not know.

use axum::{
    Json,
    extract::{OriginalUri, Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use service::{Error, JoinPacket};

use super::{
    door::{room_of, take_grant},
    sdk_codes::{self, CodeView},
    view::CardView,
};
use crate::{app::App, config::WebConfig, fault::Fault, fields::Fields, pages::Page};

/// The page of a call.
#[derive(Debug, Serialize)]
pub(super) struct CallPage {
    room: CardView,
    /// Where the SDK comes from, to be named when it does not.
    sdk_origin: String,
    codes: Vec<CodeView>,
}

impl Page for CallPage {
    const TEMPLATE: &'static str = "call.html";
}

/// `GET /r/{slug}/call`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    let sdk_origin = WebConfig::origin_of(&app.config.sdk_base);
    let policy = policy(&sdk_origin);
    let page = CallPage { room: CardView::of(&page.card), sdk_origin, codes: sdk_codes::all() };
    let mut response = app.page(StatusCode::OK, &page).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    // Isolation gives the SDK shared memory (720p, gallery); only here, because it cuts off pop-ups and foreign files.
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp"));
    let devices = "camera=(self), microphone=(self), display-capture=(self)";
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(devices));
    Ok(response)
}

/// What Zoom's web SDK needs to run (its own line, `zoom_api` §8), and the configured origin.
fn policy(sdk: &str) -> HeaderValue {
    let socket = sdk.replacen("http", "ws", 1);
    let text = format!(
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; \
         form-action 'self' https://zoom.us https://*.zoom.us https://*.zoomgov.com {sdk}; worker-src 'self' blob: {sdk}; \
         style-src 'self' 'unsafe-inline' {sdk}; \
         script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: {sdk} https://zoom.us https://*.zoom.us https://dmogdx0jrul3u.cloudfront.net; \
         connect-src 'self' blob: data: {sdk} {socket} https://zoom.us https://*.zoom.us wss://*.zoom.us https://dmogdx0jrul3u.cloudfront.net; \
         img-src 'self' data: blob: https: {sdk}; media-src 'self' data: blob: https: {sdk}; font-src 'self' data: https: {sdk}; \
         frame-src 'self' blob: {sdk}"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

/// What the script hands to the SDK: field by field what `ZoomMtg.join` calls it, and where the SDK is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Packet {
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
    fn of(packet: &JoinPacket) -> Self {
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
    let page = CallPage {
        room: CardView::of(&card("Open studio: say hello", -10, model::Phase::Live)),
        sdk_origin: "https://source.zoom.us".into(),
        codes: sdk_codes::all(),
    };
    vec![Sample::of("stage", &page)]
}
