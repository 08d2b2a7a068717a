//! Static files, under an address that changes with their content, so that browsers may keep them for a year.

use std::{borrow::Cow, sync::LazyLock};

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::fault::Fault;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

macro_rules! pictures {
    ($($name:literal),+) => {
        [$(($name, include_bytes!(concat!("../../../docs/images/", $name)).as_slice())),+]
    };
}

/// The pictures of the set-up guide, which the documentation shows too.
static PICTURES: [(&str, &[u8]); 6] = pictures![
    "marketplace-activation.png",
    "marketplace-add-scopes.png",
    "marketplace-basic.png",
    "marketplace-credentials.png",
    "marketplace-feature.png",
    "marketplace-sign-in.png"
];

/// A static file's type and bytes; the guide's pictures are below `guide/`.
fn get(name: &str) -> Option<(String, Cow<'static, [u8]>)> {
    if let Some(file) = Files::get(name) {
        return Some((file.metadata.mimetype().to_owned(), file.data));
    }
    let name = name.strip_prefix("guide/")?;
    let (_, bytes) = PICTURES.iter().find(|(known, _)| *known == name)?;
    Some(("image/png".to_owned(), Cow::Borrowed(*bytes)))
}

/// One fingerprint for all files: modules import each other by relative address, so they change together.
static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            hash.update(file.metadata.sha256_hash());
        }
    }
    for (name, bytes) in PICTURES {
        hash.update(name.as_bytes());
        hash.update(bytes);
    }
    hex::encode(hash.finalize().get(..6).unwrap_or_default())
});

/// The address of a static file; `None` where there is no such file.
pub(crate) fn address(name: &str) -> Option<String> {
    get(name).map(|_| format!("/static/{}/{name}", *FINGERPRINT))
}

/// The address of the style sheet that sets the site's accent.
pub(crate) fn theme_address(hue: u16) -> String {
    format!("/theme/{}.css", hue % 360)
}

/// A room's card in another site's frame may have no origin of its own (`sandbox="allow-scripts"`, as WordPress writes
/// it): it gets style and script like any stranger. There is nothing of anybody in these files.
const FOR_ANYBODY: [(&str, &str); 2] =
    [("cross-origin-resource-policy", "cross-origin"), ("access-control-allow-origin", "*")];

const YEAR: &str = "public, max-age=31536000, immutable";

/// `GET /static/{fingerprint}/{*path}`
pub(crate) async fn file(Path((fingerprint, path)): Path<(String, String)>) -> Result<Response, Fault> {
    let (kind, data) = get(&path).ok_or(Fault::NotFound)?;
    // During an update an older page may ask for its files of another build: better these, for now, than none.
    let keep = if fingerprint == *FINGERPRINT { YEAR } else { "public, max-age=60" };
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep.to_owned())];
    Ok((StatusCode::OK, headers, FOR_ANYBODY, data).into_response())
}

/// `GET /theme/{hue}`: the accent as a style sheet, because the pages allow no inline style.
pub(crate) async fn theme(Path(name): Path<String>) -> Result<Response, Fault> {
    let hue: u16 =
        name.strip_suffix(".css").and_then(|h| h.parse().ok()).filter(|h| *h < 360).ok_or(Fault::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, YEAR)];
    Ok((headers, FOR_ANYBODY, format!(":root {{ --hue: {hue} }}\n")).into_response())
}
