//! The one route table: it builds the router, and walks over all routes read it.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    response::Redirect,
    routing::{MethodRouter, get, post},
};

use crate::{app::App, call, control, emulate, front::Front, guard, marketplace, rec, register, workbench};

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Programs that speak Zoom's API.
    Api,
    /// Pages of any origin that join calls.
    Anywhere,
    /// People who follow a join or start link.
    Visitor,
    /// Who runs the sandbox: the workbench and the controls; Host and Origin are checked.
    Owner,
}

/// What is known of a route beside its handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteFacts {
    /// The methods it answers, separated by commas.
    pub methods: &'static str,
    /// In axum's notation.
    pub path: &'static str,
    /// An address under which it answers.
    pub sample: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// What it is for.
    pub about: &'static str,
}

type Route = (RouteFacts, MethodRouter<App>);

fn route(
    (methods, path, sample): (&'static str, &'static str, &'static str),
    audience: Audience,
    about: &'static str,
    handler: MethodRouter<App>,
) -> Route {
    (RouteFacts { methods, path, sample, audience, about }, handler)
}

/// What the front answers itself.
const API: [RouteFacts; 3] = {
    const ALL: &str = "GET, POST, PUT, PATCH, DELETE";
    const fn api(methods: &'static str, path: &'static str, sample: &'static str, about: &'static str) -> RouteFacts {
        RouteFacts { methods, path, sample, audience: Audience::Api, about }
    }
    [
        api("POST", "/oauth/token", "/oauth/token", "Zoom's OAuth server"),
        api(ALL, "/v2", "/v2", "Zoom's REST API"),
        api(ALL, "/v2/{*path}", "/v2/users", "Zoom's REST API"),
    ]
};

/// Where the links of recordings lead.
fn recordings() -> Vec<Route> {
    use Audience::{Anywhere, Visitor};
    let at = |path, sample| ("GET", path, sample);
    vec![
        route(at("/rec/download/{key}", "/rec/download/sbx1"), Anywhere, "A recording's file", get(rec::download)),
        route(at("/rec/play/{key}", "/rec/play/sbx1"), Visitor, "What a file is of", get(rec::page)),
        route(at("/rec/share/{key}", "/rec/share/sbx1"), Visitor, "What was recorded", get(rec::page)),
    ]
}

fn workbench_routes() -> Vec<Route> {
    use Audience::Owner;
    let pages = workbench::PAGES
        .into_iter()
        .map(|page| route(("GET", page.path, page.path), Owner, page.title, workbench::handler(page)));
    let others = [
        route(("GET", "/", "/"), Owner, "To the workbench", get(|| async { Redirect::to("/sandbox") })),
        route(
            ("GET", "/sandbox/", "/sandbox/"),
            Owner,
            "To the workbench",
            get(|| async { Redirect::permanent("/sandbox") }),
        ),
        route(
            ("GET", "/marketplace/", "/marketplace/"),
            Owner,
            "To the Marketplace",
            get(|| async { Redirect::permanent("/marketplace") }),
        ),
        route(
            ("GET", "/sandbox/static/{file}", "/sandbox/static/workbench.css"),
            Owner,
            "The workbench's files",
            get(workbench::file),
        ),
    ];
    pages.chain(others).collect()
}

/// A page of the Marketplace whose path is its own sample.
fn market(methods: &'static str, path: &'static str, about: &'static str, handler: MethodRouter<App>) -> Route {
    app_page((methods, path, path), about, handler)
}

/// A page of one app, or a file; forms longer than any of ours are refused.
fn app_page(
    path: (&'static str, &'static str, &'static str),
    about: &'static str,
    handler: MethodRouter<App>,
) -> Route {
    route(path, Audience::Owner, about, handler.layer(DefaultBodyLimit::max(marketplace::LARGEST_FORM)))
}

/// Where `registration_url` leads.
fn registration_routes() -> Vec<Route> {
    let page = |path, sample, about, handler: MethodRouter<App>| {
        let handler = handler.layer(DefaultBodyLimit::max(marketplace::LARGEST_FORM));
        route(("GET, POST", path, sample), Audience::Visitor, about, handler)
    };
    vec![
        page(
            "/meeting/register/{id}",
            "/meeting/register/81234567890",
            "Registers for a meeting",
            get(register::meeting).post(register::for_meeting),
        ),
        page(
            "/webinar/register/{id}",
            "/webinar/register/81234567890",
            "Registers for a webinar",
            get(register::webinar).post(register::for_webinar),
        ),
    ]
}

/// The Marketplace: its way in, and the pages of each app.
fn marketplace_routes() -> Vec<Route> {
    use marketplace as pages;
    let mut routes = vec![
        market("GET", "/marketplace", "The apps", get(pages::list)),
        market("GET, POST", "/marketplace/sign-in", "Who is there", get(pages::sign_in_page).post(pages::sign_in)),
        market("POST", "/marketplace/sign-out", "Nobody is there", post(pages::sign_out)),
        market(
            "GET, POST",
            "/marketplace/accounts/new",
            "Create an account",
            get(pages::new_person).post(pages::create_person),
        ),
        market("GET, POST", "/marketplace/develop/create", "Build App", get(pages::build).post(pages::create)),
        app_page(
            ("GET", "/marketplace/static/{file}", "/marketplace/static/marketplace.css"),
            "The Marketplace's files",
            get(pages::file),
        ),
    ];
    routes.extend(pages_of_an_app());
    routes
}

fn pages_of_an_app() -> Vec<Route> {
    use marketplace as pages;
    macro_rules! of_app {
        ($methods:literal, $path:literal, $about:literal, $handler:expr) => {
            app_page(
                ($methods, concat!("/marketplace/apps/{id}", $path), concat!("/marketplace/apps/sbx1", $path)),
                $about,
                $handler,
            )
        };
    }
    vec![
        of_app!("GET", "", "To an app's first page", get(pages::open)),
        of_app!("GET", "/credentials", "App Credentials", get(pages::credentials)),
        of_app!("GET, POST", "/information", "Information", get(pages::information).post(pages::save_information)),
        of_app!("GET", "/feature", "Feature", get(pages::feature)),
        of_app!("POST", "/token", "A new Secret Token", post(pages::new_token)),
        // A page that says why something was refused stays under the form's address: opened again, it leads to the app.
        of_app!("GET, POST", "/subscriptions", "Adds an event subscription", get(pages::open).post(pages::subscribe)),
        of_app!("POST", "/subscriptions/remove", "Takes one away", post(pages::forget)),
        of_app!("GET", "/scopes", "Scopes", get(pages::scopes)),
        of_app!("GET, POST", "/scopes/add", "Add Scopes", get(pages::add_page).post(pages::done)),
        of_app!("POST", "/scopes/remove", "Takes a scope away", post(pages::take_away)),
        of_app!("GET", "/activation", "Activation", get(pages::activation)),
        of_app!("GET, POST", "/activate", "Activates an app", get(pages::open).post(pages::activate)),
        of_app!("POST", "/deactivate", "Deactivates it", post(pages::deactivate)),
        of_app!("GET, POST", "/basic", "Basic Information", get(pages::basic).post(pages::save_basic)),
        of_app!("GET, POST", "/embed", "Embed", get(pages::embed).post(pages::save_embed)),
        of_app!("POST", "/secret", "A new Client Secret", post(pages::regenerate)),
        of_app!("GET, POST", "/delete", "Deletes an app", get(pages::delete_page).post(pages::delete)),
    ]
}

fn all(app: &App) -> Vec<Route> {
    let calls = call::routes::<App>(&app.calls).into_iter().map(|(facts, handler)| {
        let audience = if facts.any_origin { Audience::Anywhere } else { Audience::Visitor };
        route((facts.methods, facts.path, facts.sample), audience, facts.about, handler)
    });
    let controls = control::routes().into_iter().map(|one| (one.facts, one.handler));
    recordings()
        .into_iter()
        .chain(workbench_routes())
        .chain(marketplace_routes())
        .chain(registration_routes())
        .chain(controls)
        .chain(calls)
        .collect()
}

/// What is known of every route.
pub(crate) fn facts(app: &App) -> Vec<RouteFacts> {
    API.into_iter().chain(all(app).into_iter().map(|(facts, _)| facts)).collect()
}

/// Everything that is answered: every route, and what belongs to none.
pub(crate) fn front(app: &App) -> Front {
    let mut router = Router::new();
    for (facts, handler) in all(app) {
        let handler = match facts.audience {
            Audience::Api | Audience::Anywhere => handler,
            Audience::Visitor => handler.layer(middleware::from_fn_with_state(app.clone(), guard::same_origin)),
            Audience::Owner => handler.layer(middleware::from_fn_with_state(app.clone(), guard::own_page)),
        };
        #[expect(clippy::disallowed_methods, reason = "this is the route table")]
        {
            router = router.route(facts.path, handler);
        }
    }
    // Routes with a smaller limit of their own keep it.
    let router = router.layer(DefaultBodyLimit::max(emulate::LARGEST_BODY)).fallback(elsewhere);
    Front::new(app.clone(), router.with_state(app.clone()))
}

async fn elsewhere() -> (StatusCode, &'static str) {
    (StatusCode::NOT_FOUND, "There is no such page in the sandbox. Open /sandbox.\n")
}
