//! How the Marketplace's pages are shown: templates, headers, the notice of what was done.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::session::Me;
use crate::{
    app::App,
    pages::Pages,
    workbench::{self, POLICY},
    world::{AppKind, ChangeError, ClientApp, Role},
};

#[derive(RustEmbed)]
#[folder = "static/marketplace/"]
struct Files;

const TEMPLATES: [(&str, &str); 17] = [
    ("marketplace/base.html", include_str!("../../templates/marketplace/base.html")),
    ("marketplace/app.html", include_str!("../../templates/marketplace/app.html")),
    ("marketplace/parts.html", include_str!("../../templates/marketplace/parts.html")),
    ("marketplace/sign_in.html", include_str!("../../templates/marketplace/sign_in.html")),
    ("marketplace/new_person.html", include_str!("../../templates/marketplace/new_person.html")),
    ("marketplace/list.html", include_str!("../../templates/marketplace/list.html")),
    ("marketplace/build.html", include_str!("../../templates/marketplace/build.html")),
    ("marketplace/credentials.html", include_str!("../../templates/marketplace/credentials.html")),
    ("marketplace/information.html", include_str!("../../templates/marketplace/information.html")),
    ("marketplace/feature.html", include_str!("../../templates/marketplace/feature.html")),
    ("marketplace/scopes.html", include_str!("../../templates/marketplace/scopes.html")),
    ("marketplace/add_scopes.html", include_str!("../../templates/marketplace/add_scopes.html")),
    ("marketplace/activation.html", include_str!("../../templates/marketplace/activation.html")),
    ("marketplace/basic.html", include_str!("../../templates/marketplace/basic.html")),
    ("marketplace/embed.html", include_str!("../../templates/marketplace/embed.html")),
    ("marketplace/delete.html", include_str!("../../templates/marketplace/delete.html")),
    ("marketplace/problem.html", include_str!("../../templates/marketplace/problem.html")),
];

static SHOWN: Pages =
    Pages::new(|pages| TEMPLATES.into_iter().try_for_each(|(name, text)| pages.add_template(name, text)));

/// What an address of the Marketplace may ask for beside its page.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// What was just done, by a word of [`notice`].
    #[serde(default)]
    pub(crate) done: String,
    /// What to look for.
    #[serde(default)]
    pub(crate) q: String,
    /// The type of the app to build.
    #[serde(default)]
    pub(crate) kind: String,
    /// Whether the messages at fields are shown although nothing was sent.
    #[serde(default)]
    pub(crate) check: String,
}

fn notice(done: &str) -> &'static str {
    match done {
        "created" => "The app was created.",
        "saved" => "Saved.",
        "secret" => "There is a new Client Secret. The one before is refused from now on.",
        "token" => "There is a new Secret Token. Deliveries are signed with it from now on.",
        "subscribed" => "The receiver answered the validation. Events go to it from now on.",
        "forgotten" => "The receiver hears of nothing any more.",
        "scopes" => "The app's scopes were changed. Tokens issued before keep the scopes they have.",
        "activated" => "The app is activated. It can ask for tokens now.",
        "deactivated" => "The app is deactivated. It gets no token, and those it has are refused.",
        "deleted" => "The app was deleted, and its tokens with it.",
        _ => "",
    }
}

/// A page for `me`; `values` are the template's own.
pub(crate) fn show(app: &App, me: Option<&Me>, status: StatusCode, template: &str, values: Value) -> Response {
    let account = app.world.read(|state| {
        let theirs = me.and_then(|me| state.account(&me.person.account_id));
        theirs.unwrap_or(&state.account).name.clone()
    });
    let me = me.map(|me| {
        let Me { person, role, is_admin } = me;
        context! { name => &person.display_name, role, is_admin }
    });
    let name = format!("marketplace/{template}.html");
    match SHOWN.rendered(&name, context! { me, account, ..values }) {
        Ok(page) => {
            let headers = [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms.
                (header::REFERRER_POLICY, "same-origin"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (status, headers, Html(page)).into_response()
        }
        Err(problem) => {
            tracing::error!(%problem, template, "a page of the Marketplace cannot be shown");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be shown; the log says why.\n").into_response()
        }
    }
}

/// One of the pages of an app.
pub(crate) struct AppPage<'a> {
    pub(crate) app: &'a App,
    pub(crate) me: &'a Me,
    pub(crate) client: &'a ClientApp,
    pub(crate) status: StatusCode,
    pub(crate) done: &'a str,
}

impl<'a> AppPage<'a> {
    pub(crate) fn new(app: &'a App, me: &'a Me, client: &'a ClientApp) -> Self {
        Self { app, me, client, status: StatusCode::OK, done: "" }
    }

    pub(crate) fn after(self, asked: &'a Asked) -> Self {
        Self { done: &asked.done, ..self }
    }

    /// The same page, for somebody who sent what cannot be taken.
    pub(crate) fn refused(self) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, ..self }
    }

    pub(crate) fn show(&self, template: &str, values: &Value) -> Response {
        let client = self.client;
        let steps: &[(&'static str, &'static str)] = match client.kind {
            AppKind::ServerToServer => &[
                ("credentials", "App Credentials"),
                ("information", "Information"),
                ("feature", "Feature"),
                ("scopes", "Scopes"),
                ("activation", "Activation"),
            ],
            AppKind::General => &[
                ("basic", "Basic Information"),
                ("feature", "Feature"),
                ("embed", "Embed"),
                ("scopes", "Scopes"),
                ("activation", "Activation"),
            ],
        };
        let maker = self.app.world.read(|state| {
            let maker = state.person_by_id(&client.owner_id)?;
            let may_all = state.role_of(maker).is_some_and(Role::may_everything);
            Some(context! { name => &maker.display_name, may_all })
        });
        let here = if template == "add_scopes" { "scopes" } else { template };
        let next = steps.iter().skip_while(|(step, _)| *step != here).nth(1).copied();
        let common = context! {
            app => context! {
                id => &client.id, name => &client.name, kind => kind_name(client.kind), active => client.active,
                is_general => client.kind == AppKind::General,
            },
            maker, steps => steps.to_vec(), here, next, notice => notice(self.done), ..values.clone()
        };
        show(self.app, Some(self.me), self.status, template, common)
    }
}

/// Zoom's name of an app's type.
pub(crate) fn kind_name(kind: AppKind) -> &'static str {
    match kind {
        AppKind::ServerToServer => "Server-to-Server OAuth App",
        AppKind::General => "General App",
    }
}

/// The list of apps with a notice.
pub(crate) fn list_notice(done: &str) -> &'static str {
    notice(done)
}

/// To a page of an app, with the notice of what was done.
pub(crate) fn to(id: &str, page: &str, done: &str) -> Response {
    let query = if done.is_empty() { String::new() } else { format!("?done={done}") };
    Redirect::to(&format!("/marketplace/apps/{id}/{page}{query}")).into_response()
}

/// There is no such app, or none that `me` may see.
pub(crate) fn gone(app: &App, me: &Me) -> Response {
    let text = "There is no such app here. It may have been deleted, or it belongs to somebody else.";
    show(app, Some(me), StatusCode::NOT_FOUND, "problem", context! { title => "No such app", text })
}

/// A change that the state folder did not take.
pub(crate) fn not_kept(app: &App, me: Option<&Me>, problem: &std::io::Error) -> Response {
    let text =
        format!("The change could not be kept: {problem}. Free space in the sandbox's state folder, then again.");
    show(app, me, StatusCode::INTERNAL_SERVER_ERROR, "problem", context! { title => "Not saved", text })
}

/// What is shown in place of the page that was asked for.
#[derive(Debug)]
pub(crate) struct Instead(Box<Response>);

impl From<Response> for Instead {
    fn from(page: Response) -> Self {
        Self(Box::new(page))
    }
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// The app with this id, if `me` may see it; otherwise the page that says so.
pub(crate) fn find(app: &App, me: &Me, id: &str) -> Result<ClientApp, Instead> {
    let found = app.world.read(|state| state.app(id).filter(|client| me.sees(client)).cloned());
    found.ok_or_else(|| gone(app, me).into())
}

/// Changes the app with this id.
pub(crate) fn edit<T>(
    app: &App,
    me: &Me,
    id: &str,
    make: impl FnOnce(&mut ClientApp, &dyn clock::Entropy) -> T,
) -> Result<T, Instead> {
    let changed = app.world.change(|change| {
        let entropy = change.entropy;
        let client = change.state.app_mut(id).filter(|client| me.sees(client)).ok_or(())?;
        Ok(make(client, entropy))
    });
    changed.map_err(|problem| match problem {
        ChangeError::Refused(()) => gone(app, me).into(),
        ChangeError::Disk(problem) => not_kept(app, Some(me), &problem).into(),
    })
}

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    // The look they share with the workbench is served from here too: the name of the Marketplace at Zoom leads to
    // its own pages only.
    match Files::get(&name).or_else(|| workbench::Files::get(&name)) {
        Some(file) => {
            let kind = file.metadata.mimetype().to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())], file.data).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
