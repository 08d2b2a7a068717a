//! The pages of a Server-to-Server OAuth App: App Credentials, Information, Activation.

use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use minijinja::{Value, context, value::Serde};

use super::{
    form::{Fields, Problems, is_email},
    session::Me,
    view::{AppPage, Asked, Instead, edit, find, to},
};
use crate::{
    app::App,
    world::{AppKind, ClientApp, Information},
};

pub(crate) async fn credentials(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    if client.kind == AppKind::General {
        return Ok(to(&id, "basic", ""));
    }
    let page = AppPage::new(&app, &me, &client).after(&asked);
    let values = context! {
        account_id => &client.account_id,
        client_id => &client.keys.client_id,
        client_secret => &client.keys.client_secret,
    };
    Ok(page.show("credentials", &values))
}

/// What keeps an app with this information from being activated, at its field.
pub(crate) fn missing(information: &Information) -> Problems {
    let mut problems = Problems::default();
    let required = [
        ("company_name", &information.company_name, "Enter the company's name."),
        ("developer_name", &information.developer_name, "Enter the developer contact's name."),
        ("developer_email", &information.developer_email, "Enter the developer contact's e-mail address."),
    ];
    for (field, _, message) in required.into_iter().filter(|(_, value, _)| value.is_empty()) {
        problems.add(field, format!("{message} The app cannot be activated without it."));
    }
    if !information.developer_email.is_empty() && !is_email(&information.developer_email) {
        problems.add("developer_email", "This is not an e-mail address.");
    }
    problems
}

pub(crate) async fn information(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let problems = if asked.check.is_empty() { Problems::default() } else { missing(&client.information) };
    let page = AppPage::new(&app, &me, &client).after(&asked);
    Ok(information_page(&page, &client.name, &client.information, &problems))
}

fn information_page(page: &AppPage<'_>, name: &str, typed: &Information, problems: &Problems) -> Response {
    page.show("information", &context! { name, typed => Value::from(Serde(typed)), problems })
}

/// The Information page in place of an activation that is not possible yet.
pub(crate) fn incomplete(app: &App, me: &Me, client: &ClientApp) -> Response {
    let page = AppPage::new(app, me, client).refused();
    information_page(&page, &client.name, &client.information, &missing(&client.information))
}

pub(crate) async fn save_information(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let text = |name: &str| fields.text(name).to_owned();
    let (name, typed) = (
        text("name"),
        Information {
            short_description: text("short_description"),
            company_name: text("company_name"),
            developer_name: text("developer_name"),
            developer_email: text("developer_email"),
        },
    );
    // A draft may lack what is required; an active app may not lose it.
    let mut problems =
        if client.active && client.kind == AppKind::ServerToServer { missing(&typed) } else { Problems::default() };
    problems.check_name("name", &name, "a name for the app");
    if typed.short_description.chars().count() > LONGEST_DESCRIPTION {
        problems.add(
            "short_description",
            format!("Enter a short description of at most {LONGEST_DESCRIPTION} characters."),
        );
    }
    for (field, value) in [("company_name", &typed.company_name), ("developer_name", &typed.developer_name)] {
        if !value.is_empty() {
            problems.check_name(field, value, "a name");
        }
    }
    if !typed.developer_email.is_empty() && !is_email(&typed.developer_email) {
        problems.add("developer_email", "This is not an e-mail address.");
    }
    if !problems.is_empty() {
        let page = AppPage::new(&app, &me, &client).refused();
        return Ok(information_page(&page, &name, &typed, &problems));
    }
    let next = if fields.is_ticked("continue") { "feature" } else { "information" };
    edit(&app, &me, &id, |client, _| {
        client.name = name;
        client.information = typed;
    })?;
    Ok(to(&id, next, "saved"))
}

const LONGEST_DESCRIPTION: usize = 150;

pub(crate) async fn activation(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let problems = match client.kind {
        AppKind::ServerToServer => missing(&client.information),
        AppKind::General => Problems::default(),
    };
    let values = context! { problems => &problems, scopes => client.scopes.len() };
    Ok(AppPage::new(&app, &me, &client).after(&asked).show("activation", &values))
}
