//! Who may pass to an address at all. What they may do there, `service` decides again.

use axum::{
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, Method, header, request::Parts};
use model::{Right, Role};
use secrecy::SecretString;
use service::{Actor, Error};

use crate::{
    app::App,
    cookies,
    fault::Fault,
    routes::{Audience, Surface},
};

/// Lets in whom the address is for, and puts the [`Actor`] where [`Signed`] finds it.
pub(crate) async fn admit(
    State((app, audience, surface)): State<(App, Audience, Surface)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let actor = if audience == Audience::Api {
        let token = bearer(request.headers()).ok_or(Fault::NoToken)?;
        app.service.actor_of_api_token(&token).await?.ok_or(Fault::NoToken)?
    } else {
        match actor_of(&app, request.headers()).await? {
            Some(actor) => actor,
            None if request.method() == Method::GET && surface == Surface::Page => return Ok(to_sign_in(&request)),
            None => return Err(Fault::SignedOut),
        }
    };
    let enough = match audience {
        Audience::Owner => actor.role() == Role::Owner,
        Audience::Host => actor.role().may(Right::KeepOwnRooms),
        _ => true,
    };
    if !enough {
        let right = if audience == Audience::Owner { Right::ManageConnection } else { Right::KeepOwnRooms };
        return Err(Error::Forbidden { right }.into());
    }
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}

/// The member behind a request's session cookie.
pub(crate) async fn actor_of(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Fault> {
    match cookies::session(&app.config, headers) {
        Some(token) => Ok(app.service.member_of_session(&token).await?),
        None => Ok(None),
    }
}

fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().into())
}

fn to_sign_in(request: &Request) -> Response {
    let next = request.uri().path_and_query().map_or("/admin", |p| p.as_str());
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    Redirect::to(&format!("/admin/sign-in?{query}")).into_response()
}

/// The member who asks; there is always one behind the audiences that need a login or a token.
pub(crate) struct Signed(pub(crate) Actor);

impl FromRequestParts<App> for Signed {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        parts.extensions.get::<Actor>().cloned().map(Self).ok_or(Fault::SignedOut)
    }
}

/// The member who asks, if one does, on addresses that are for anybody.
pub(crate) struct MaybeSigned(pub(crate) Option<Actor>);

impl FromRequestParts<App> for MaybeSigned {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        Ok(Self(actor_of(app, &parts.headers).await?))
    }
}
