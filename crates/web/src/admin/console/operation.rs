//! One operation: what Zoom says of it, its form, and what came of running it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use model::{ConnectionId, Problem};
use serde::Serialize;
use service::{
    Actor, ConnectionView, Error,
    console::{ConsoleCall, ConsoleOperation, Form, Held, Whose, WrongField, fill, shapes, whose},
};

use super::{
    answer::AnswerView,
    sheet::{Section, sections, sentence},
};
use crate::{
    admin::{
        accounts::{self, Accounts},
        inside::{Content, Place, show, show_again},
        typed::Typed,
    },
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    language::{problem, say},
    pages::Page,
};

/// The page of one operation.
#[derive(Serialize)]
pub(crate) struct OperationPage {
    accounts: Accounts,
    facts: Facts,
    /// The alternative shapes of its body.
    shapes: Vec<Shape>,
    /// Which is chosen, as the form sends it back.
    shape: String,
    sections: Vec<Section>,
    has_body: bool,
    json: String,
    json_error: Option<String>,
    problems: Vec<Line>,
    confirmed: bool,
    confirm_error: Option<String>,
    password_error: Option<String>,
    answer: Option<AnswerView>,
    curl: Option<String>,
    connected: bool,
}

/// What Zoom says of the operation.
#[derive(Serialize)]
struct Facts {
    key: String,
    title: &'static str,
    method: &'static str,
    path: &'static str,
    danger: &'static str,
    group: &'static str,
    held: &'static str,
    scopes: &'static [&'static str],
    /// The scope to add, where it is missing, and where the Marketplace shows it.
    lacks: Option<&'static str>,
    place: Option<String>,
    /// The rate label in lower case.
    rate: Option<String>,
    roles: &'static [&'static str],
    inferred: bool,
    /// The rule of the list of users, where one is named.
    whose: Option<&'static str>,
}

/// A shape of the body.
#[derive(Serialize)]
struct Shape {
    number: usize,
    name: String,
    current: bool,
}

/// A line of the summary; it leads to its control.
#[derive(Serialize)]
struct Line {
    id: Option<String>,
    label: Option<String>,
    message: String,
}

impl Page for OperationPage {
    const TEMPLATE: &'static str = "admin/console_operation.html";
}

impl Content for OperationPage {
    const PLACE: Place = Place::Console;
}

impl Facts {
    fn of(one: &ConsoleOperation, granted: Option<&[String]>, connection: Option<&ConnectionView>) -> Self {
        let operation = one.operation;
        let held = one.held(granted);
        let lacks = one.scope_to_add().filter(|_| held == Held::No);
        let place = lacks.and_then(service::console::facts::scope);
        let named = connection.is_some_and(|connection| !connection.allowed.is_everybody());
        Self {
            key: one.key.clone(),
            title: one.title,
            method: operation.method.as_str(),
            path: operation.path,
            danger: one.danger.as_str(),
            group: one.group.as_str(),
            held: held.as_str(),
            scopes: operation.granular,
            lacks,
            place: place.map(|place| format!("{} › {} › {}", place.product, place.group, place.title)),
            rate: operation.label.map(|label| label.as_str().to_lowercase()),
            roles: operation.roles,
            inferred: operation.inferred,
            whose: named.then(|| Whose::as_str(whose(operation))),
        }
    }
}

/// What somebody typed, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Tried<'a> {
    pub(crate) typed: Typed,
    pub(crate) wrong: &'a [WrongField],
    pub(crate) shape: Option<usize>,
}

impl OperationPage {
    /// The page with what was typed in it.
    pub(crate) fn of(
        one: &'static ConsoleOperation,
        granted: Option<&[String]>,
        connection: Option<&ConnectionView>,
        tried: &Tried<'_>,
    ) -> Self {
        let all = shapes(one.operation);
        let form = form_of(one, tried.shape);
        let shape = |(number, name): (usize, &&str)| Shape {
            number,
            name: name.replace("<oneOf:", "").replace(">.", " · ").replace('>', ""),
            current: tried.shape == Some(number),
        };
        let line = |wrong: &WrongField| Line {
            label: Some(form.find(&wrong.name).map_or_else(|| say("console-json"), |field| field.path.to_owned())),
            id: Some(wrong.name.clone()),
            message: sentence(&wrong.problem),
        };
        let of_json = tried.wrong.iter().find(|wrong| wrong.name == "json");
        Self {
            accounts: Accounts::default(),
            facts: Facts::of(one, granted, connection),
            shapes: all.iter().enumerate().map(shape).collect(),
            shape: tried.shape.map(|shape| shape.to_string()).unwrap_or_default(),
            sections: sections(&form, &tried.typed, tried.wrong),
            has_body: form.has_body(),
            json: tried.typed.text("json").to_owned(),
            json_error: of_json.map(|wrong| sentence(&wrong.problem)),
            problems: tried.wrong.iter().map(line).collect(),
            confirmed: tried.typed.ticked("confirmed"),
            confirm_error: None,
            password_error: None,
            answer: None,
            curl: None,
            connected: connection.is_some(),
        }
    }

    /// The same with what came of running it.
    pub(crate) fn answered(mut self, answer: AnswerView, curl: String) -> Self {
        (self.answer, self.curl) = (Some(answer), Some(curl));
        self.confirmed = false;
        self
    }

    /// What the use case refused, at the confirmation or above the form; `None` where another page says it better.
    fn refused(&mut self, error: Error) -> Result<StatusCode, Fault> {
        let at = |field: &'static str, key, message: String| Line {
            id: Some(field.to_owned()),
            label: Some(say(key)),
            message,
        };
        let missing = problem(&Problem::Missing);
        match error {
            Error::Invalid(wrong) if wrong.iter().any(|one| one.field == "confirmed") => {
                self.problems.push(at("confirmed", "console-confirm-short", say("console-confirm-missing")));
                self.confirm_error = Some(say("console-confirm-missing"));
            }
            Error::Invalid(wrong) if wrong.iter().any(|one| one.field == "password") => {
                self.problems.push(at("password", "console-password", missing.clone()));
                self.password_error = Some(missing);
            }
            Error::WrongPassword => {
                self.problems.push(at("password", "console-password", say("console-password-wrong")));
                self.password_error = Some(say("console-password-wrong"));
            }
            Error::Refused { .. } | Error::Unavailable { .. } | Error::TooMany { .. } => {
                let said = Fault::from(error).said();
                self.problems.push(Line { id: None, label: None, message: said.detail });
                return Ok(said.status);
            }
            other => return Err(other.into()),
        }
        Ok(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

fn form_of(one: &ConsoleOperation, shape: Option<usize>) -> Form {
    let all = shapes(one.operation);
    Form::of(one.operation, shape.and_then(|shape| all.get(shape).copied()))
}

async fn page(
    app: &App,
    actor: &Actor,
    account: Option<ConnectionId>,
    one: &'static ConsoleOperation,
    tried: &Tried<'_>,
) -> Result<OperationPage, Fault> {
    let connection = app.service.chosen_connection(actor, account).await?;
    let granted = app.service.console_scopes(actor, connection.as_ref().map(|view| view.id)).await?;
    let mut page = OperationPage::of(one, granted.as_deref(), connection.as_ref(), tried);
    if let Some(view) = &connection {
        page.accounts = Accounts::around(app, actor, view).await?;
    }
    Ok(page)
}

/// `GET /admin/zoom/console/{operation}`
pub(crate) async fn ask(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(key): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let one = app.service.console_operation(&actor, &key)?;
    let shape = query.get("shape").and_then(|shape| shape.parse().ok());
    let account = accounts::parse(query.get("account").map_or("", String::as_str))?;
    let page = page(&app, &actor, account, one, &Tried { shape, ..Tried::default() }).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/zoom/console/{operation}`: shows the request, or runs it.
pub(crate) async fn run(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(key): Path<String>,
    typed: Typed,
) -> Result<Response, Fault> {
    let one = app.service.console_operation(&actor, &key)?;
    let account = accounts::parse(typed.text("account"))?;
    let shape = typed.text("shape").parse().ok();
    let filled = fill(&form_of(one, shape), |name| typed.texts(name).collect());
    let filled = match filled {
        Ok(filled) => filled,
        Err(wrong) => {
            let page = page(&app, &actor, account, one, &Tried { typed, wrong: &wrong, shape }).await?;
            return show_again(&app, &actor, StatusCode::UNPROCESSABLE_ENTITY, page).await;
        }
    };
    let curl = app.service.console_curl(&actor, one, &filled)?;
    let (confirmed, password) = (typed.ticked("confirmed"), typed.secret("password"));
    let only_shown = typed.text("do") == "show";
    let tried = Tried { typed, wrong: &[], shape };
    if only_shown {
        let page = OperationPage { curl: Some(curl), ..page(&app, &actor, account, one, &tried).await? };
        return show_again(&app, &actor, StatusCode::OK, page).await;
    }
    let call = ConsoleCall { connection: account, operation: one, filled, confirmed, password };
    let ran = app.service.console_run(&actor, call).await;
    let page = page(&app, &actor, account, one, &tried).await?;
    match ran {
        Ok(answer) => {
            let page = page.answered(AnswerView::of(&answer), curl);
            show_again(&app, &actor, StatusCode::OK, page).await
        }
        Err(error) => {
            let mut page = page;
            let status = page.refused(error)?;
            show_again(&app, &actor, status, page).await
        }
    }
}
