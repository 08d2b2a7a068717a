//! A room's cover: its image, or one drawn from its id, always the same for the same room.

use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, header};
use model::RoomId;
use sha2::{Digest as _, Sha256};

use super::door::room_of;
use crate::{app::App, fault::Fault, guard};

/// The page's address carries the room's version, so a cover is kept until it changes.
const KEPT: &str = "public, max-age=86400";

/// `GET /r/{slug}/cover`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    let keep = if page.published { KEPT } else { "no-store" };
    if page.card.has_cover {
        // A draft was found for a member: its cover is theirs, too.
        let member = if page.published { None } else { guard::actor_of(&app, &asked).await? };
        let cover = app.service.cover(page.card.id, member.as_ref()).await?;
        let headers = [(header::CONTENT_TYPE, cover.content_type), (header::CACHE_CONTROL, keep)];
        return Ok((headers, cover.bytes).into_response());
    }
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, keep)];
    let mut response = (headers, drawn(page.card.id)).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    Ok(response)
}

/// A quiet picture: two lights over a ground, and hills of the same family of colours.
fn drawn(room: RoomId) -> String {
    let hash: [u8; 32] = Sha256::digest(room.to_string().as_bytes()).into();
    let mut bytes = hash.into_iter();
    let mut next = |range: u32| u32::from(bytes.next().unwrap_or_default()) * range / 256;
    let hue = next(360);
    let far = (hue + 25 + next(50)) % 360;
    let (x, y) = (10 + next(40), next(35));
    let mut hills = String::new();
    for layer in 0..3_u32 {
        let base = 190 + layer * 55 + next(25);
        let (rise, dip, crest) = (next(90), next(90), next(90));
        let lightness = 62 - layer * 9;
        let tone = (hue + layer * 14) % 360;
        // Writing into a String does not fail.
        let _ = write!(
            hills,
            r#"<path d="M0 {base}C150 {} 260 {} 400 {base}S640 {} 800 {}V350H0Z" fill="hsl({tone} 52% {lightness}%)" opacity=".55"/>"#,
            base - rise,
            base + dip / 2,
            base - crest,
            base - rise / 3,
        );
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 350" preserveAspectRatio="xMidYMid slice"><defs><radialGradient id="a" cx="{x}%" cy="{y}%" r="80%"><stop offset="0" stop-color="hsl({far} 85% 82%)"/><stop offset="1" stop-color="hsl({far} 85% 82%)" stop-opacity="0"/></radialGradient><linearGradient id="b" x2="1" y2="1"><stop offset="0" stop-color="hsl({hue} 60% 72%)"/><stop offset="1" stop-color="hsl({} 58% 58%)"/></linearGradient></defs><path fill="url(#b)" d="M0 0h800v350H0z"/><path fill="url(#a)" d="M0 0h800v350H0z"/>{hills}</svg>"#,
        (hue + 330) % 360,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_cover_is_the_rooms_own_and_stays() {
        let (one, other) = (RoomId::from_parts(1, [1; 10]), RoomId::from_parts(1, [2; 10]));
        assert_eq!(drawn(one), drawn(one));
        assert_ne!(drawn(one), drawn(other));
        assert!(drawn(one).len() < 4096);
    }
}
