//! The one route table: what there is, for whom, and how a test walks it. It builds the router and feeds the leak
//! walk, the accessibility walk and OpenAPI, so no address can be outside it.

use std::time::Duration;

use axum::{handler::Handler, routing::MethodRouter};
use http::Method;
use utoipa::openapi::path::Operation;

use crate::{admin, api, app::App, machine, members, visitor};

/// Who an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anybody.
    Visitor,
    /// Everybody with a login.
    Member,
    /// Members who keep rooms: hosts, admins, owners.
    Host,
    /// Owners.
    Owner,
    /// Programs with a bearer token.
    Api,
    /// Zoom's webhook sender, which signs.
    Zoom,
    /// Whoever runs the machine: probes. Says nothing that is not public.
    Operator,
}

/// In what form an address answers when something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A page for people.
    Page,
    /// An RFC 9457 problem document.
    Problem,
    /// One line of text.
    Plain,
}

/// What a walk sends to an address.
#[derive(Clone, Copy, Debug)]
pub enum SampleBody {
    /// A form's fields.
    Form(&'static [(&'static str, &'static str)]),
    /// A JSON text.
    Json(&'static str),
    /// Bytes of any kind, with their content type.
    Raw(&'static str, &'static [u8]),
}

/// One method of one address.
#[derive(Clone)]
pub struct Route {
    /// The method; `GET` answers `HEAD`, too.
    pub method: Method,
    /// The path, with parameters in braces: `/r/{slug}`.
    pub path: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// How its errors look.
    pub surface: Surface,
    /// What a walk sends.
    pub sample: Option<SampleBody>,
    /// Query text a walk adds, without `?`; parameters in braces are filled in as in the path.
    pub query: Option<&'static str>,
    /// Whether the page is cross-origin isolated (COOP and COEP).
    pub isolated: bool,
    /// Whether an answer is a document that people look at: what the accessibility walk visits.
    pub is_page: bool,
    /// The largest body it takes, in bytes.
    pub body_limit: usize,
    /// How long a request may take, its body's way here among it.
    pub patience: Duration,
    /// How OpenAPI describes it.
    pub docs: Option<fn() -> Operation>,
    pub(crate) handler: MethodRouter<App>,
}

/// Room for the longest agenda, percent-encoded.
const FORM_LIMIT: usize = 256 * 1024;

/// How long a request may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The same where a picture is on its way.
const PATIENCE_WITH_PICTURE: Duration = Duration::from_mins(5);

impl Route {
    fn new(method: Method, path: &'static str, audience: Audience, handler: MethodRouter<App>) -> Self {
        let is_page = method == Method::GET
            && matches!(audience, Audience::Visitor | Audience::Member | Audience::Host | Audience::Owner);
        let surface = match audience {
            Audience::Api => Surface::Problem,
            Audience::Zoom | Audience::Operator => Surface::Plain,
            _ => Surface::Page,
        };
        Self {
            method,
            path,
            audience,
            surface,
            sample: None,
            query: None,
            isolated: false,
            is_page,
            body_limit: FORM_LIMIT,
            patience: PATIENCE,
            docs: None,
            handler,
        }
    }

    pub(crate) fn get<H: Handler<T, App>, T: 'static>(path: &'static str, audience: Audience, handler: H) -> Self {
        Self::new(Method::GET, path, audience, axum::routing::get(handler))
    }

    pub(crate) fn post<H: Handler<T, App>, T: 'static>(path: &'static str, audience: Audience, handler: H) -> Self {
        Self::new(Method::POST, path, audience, axum::routing::post(handler))
    }

    pub(crate) fn put<H: Handler<T, App>, T: 'static>(path: &'static str, audience: Audience, handler: H) -> Self {
        Self::new(Method::PUT, path, audience, axum::routing::put(handler))
    }

    pub(crate) fn patch<H: Handler<T, App>, T: 'static>(path: &'static str, audience: Audience, handler: H) -> Self {
        Self::new(Method::PATCH, path, audience, axum::routing::patch(handler))
    }

    pub(crate) fn delete<H: Handler<T, App>, T: 'static>(path: &'static str, audience: Audience, handler: H) -> Self {
        Self::new(Method::DELETE, path, audience, axum::routing::delete(handler))
    }

    /// Sets what a walk sends.
    pub(crate) fn sample(mut self, body: SampleBody) -> Self {
        self.sample = Some(body);
        self
    }

    /// Sets the query text of a walk.
    pub(crate) fn query(mut self, query: &'static str) -> Self {
        self.query = Some(query);
        self
    }

    /// Answers with data (JSON, an image, a calendar), and says what is wrong in a problem document.
    pub(crate) fn data(mut self) -> Self {
        self.is_page = false;
        self.surface = Surface::Problem;
        self
    }

    /// Answers with a redirect: nothing for people to look at.
    pub(crate) fn redirect(mut self) -> Self {
        self.is_page = false;
        self
    }

    /// Is cross-origin isolated.
    pub(crate) fn isolated(mut self) -> Self {
        self.isolated = true;
        self
    }

    /// Takes a body of up to `bytes`.
    pub(crate) fn takes_up_to(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Takes a form with a picture in it, of up to `bytes`; five megabytes over a slow line take their time.
    pub(crate) fn takes_picture(mut self, bytes: usize) -> Self {
        self.patience = PATIENCE_WITH_PICTURE;
        self.takes_up_to(bytes)
    }

    /// Is described in OpenAPI.
    pub(crate) fn documented(mut self, docs: fn() -> Operation) -> Self {
        self.docs = Some(docs);
        self
    }

    /// The names of the parameters of path and query, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        let names = |text: &'static str| text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        names(self.path).chain(names(self.query.unwrap_or_default())).map(|name| name.trim_start_matches('*'))
    }

    /// The path and query with every parameter filled in, percent-encoded; `None` where `value` knows one of them not.
    pub fn address(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut address = filled_in(self.path, &value)?;
        if let Some(query) = self.query {
            address.push('?');
            address.push_str(&filled_in(query, &value)?);
        }
        Some(address)
    }
}

fn filled_in(pattern: &str, value: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut pieces = pattern.split('{');
    let mut text = pieces.next()?.to_owned();
    for piece in pieces {
        let (name, tail) = piece.split_once('}')?;
        match name.strip_prefix('*') {
            Some(name) => text.push_str(&value(name)?),
            None => text.push_str(&encoded(&value(name)?)),
        }
        text.push_str(tail);
    }
    Some(text)
}

/// Percent-encodes one part of a path, as browsers write it.
pub(crate) fn encoded(part: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(part, KEPT).to_string()
}

/// Every address of the site.
pub fn routes() -> Vec<Route> {
    [visitor::routes(), members::routes(), admin::routes(), api::routes(), machine::routes()].concat()
}

#[cfg(test)]
mod tests;
