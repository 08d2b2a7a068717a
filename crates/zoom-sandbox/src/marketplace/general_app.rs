//! The pages of a General App: Basic Information with both pairs of credentials, and Embed.

use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use minijinja::context;
use url::{Host, Url};

use super::{
    form::{Fields, Problems},
    session::Me,
    view::{AppPage, Asked, Instead, edit, find, to},
};
use crate::{
    app::App,
    world::{AppKind, ClientApp},
};

/// The General App with this id; a Server-to-Server app has no such pages.
fn general(app: &App, me: &Me, id: &str) -> Result<ClientApp, Instead> {
    let client = find(app, me, id)?;
    if client.kind == AppKind::General { Ok(client) } else { Err(to(id, "credentials", "").into()) }
}

pub(crate) async fn basic(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = general(&app, &me, &id)?;
    let page = AppPage::new(&app, &me, &client).after(&asked);
    Ok(basic_page(&page, &client.name, client.admin_managed, &client.redirect_url, &Problems::default()))
}

fn basic_page(
    page: &AppPage<'_>,
    name: &str,
    admin_managed: bool,
    redirect_url: &str,
    problems: &Problems,
) -> Response {
    let pairs = [("development", "Development", Some(&page.client.keys))].into_iter();
    let pairs = pairs.chain([("production", "Production", page.client.production.as_ref())]);
    let pairs: Vec<_> = pairs
        .filter_map(|(of, title, pair)| {
            let pair = pair?;
            Some(context! { of, title, id => &pair.client_id, secret => &pair.client_secret })
        })
        .collect();
    page.show("basic", &context! { pairs, name, admin_managed, redirect_url, problems })
}

/// An address that Zoom sends people back to: https, or http on this computer.
fn is_redirect(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return false,
    };
    (url.scheme() == "https" || url.scheme() == "http" && is_here) && url.fragment().is_none()
}

pub(crate) async fn save_basic(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let client = general(&app, &me, &id)?;
    let (name, redirect) = (fields.text("name").to_owned(), fields.text("redirect_url").to_owned());
    let admin_managed = fields.text("managed") != "user";
    let mut problems = Problems::default();
    problems.check_name("name", &name, "a name for the app");
    if !redirect.is_empty() && !is_redirect(&redirect) {
        problems.add("redirect_url", "Enter an address that begins with https://, or one of localhost.");
    }
    if !problems.is_empty() {
        let page = AppPage::new(&app, &me, &client).refused();
        return Ok(basic_page(&page, &name, admin_managed, &redirect, &problems));
    }
    let next = if fields.is_ticked("continue") { "feature" } else { "basic" };
    edit(&app, &me, &id, |client, _| {
        client.name = name;
        client.admin_managed = admin_managed;
        client.redirect_url = redirect;
    })?;
    Ok(to(&id, next, "saved"))
}

pub(crate) async fn embed(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = general(&app, &me, &id)?;
    let values = context! { meeting_sdk => client.meeting_sdk, sdk => format!("{}/sdk", app.base) };
    Ok(AppPage::new(&app, &me, &client).after(&asked).show("embed", &values))
}

pub(crate) async fn save_embed(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    general(&app, &me, &id)?;
    let next = if fields.is_ticked("continue") { "scopes" } else { "embed" };
    edit(&app, &me, &id, |client, _| client.meeting_sdk = fields.is_ticked("meeting_sdk"))?;
    Ok(to(&id, next, "saved"))
}

#[cfg(test)]
mod tests {
    use super::is_redirect;

    #[test]
    fn people_are_sent_back_over_https_or_on_this_computer_only() {
        for good in ["https://yourwebsite.com", "https://a.example/x?y=1", "http://localhost:3000", "http://127.0.0.1/"]
        {
            assert!(is_redirect(good), "{good}");
        }
        for bad in ["http://yourwebsite.com", "yourwebsite.com", "javascript:alert(1)", "ftp://localhost", "https://"] {
            assert!(!is_redirect(bad), "{bad}");
        }
    }
}
