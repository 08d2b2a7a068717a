//! What every example begins with: a client made from the environment.

use std::{error::Error, sync::Arc};

use clock::SystemClock;
use zoom_client::{Credentials, Places, ZoomClient, http_client, local_http_client};

/// What goes wrong in an example is told and ends it.
pub(crate) type Told = Result<String, Box<dyn Error>>;

/// Looks up a variable of the environment.
pub(crate) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A client with `ZOOM_ACCOUNT_ID`, `ZOOM_CLIENT_ID` and `ZOOM_CLIENT_SECRET` of a Server-to-Server OAuth app.
/// `ZOOM_OAUTH` and `ZOOM_API` name another place than the real Zoom, such as a sandbox on this computer.
pub(crate) fn client(env: Env<'_>) -> Result<ZoomClient, Box<dyn Error>> {
    let must = |name: &str| env(name).ok_or_else(|| format!("{name} is not set"));
    let credentials =
        Credentials::new(&must("ZOOM_ACCOUNT_ID")?, &must("ZOOM_CLIENT_ID")?, &must("ZOOM_CLIENT_SECRET")?);
    let places = match (env("ZOOM_OAUTH"), env("ZOOM_API")) {
        (Some(oauth), Some(api)) => Places::new(oauth.parse()?, api.parse()?),
        _ => Places::zoom(),
    };
    let http = if places.is_local() { local_http_client()? } else { http_client()? };
    Ok(ZoomClient::new(places, credentials, Arc::new(SystemClock), http))
}
