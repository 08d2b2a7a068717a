//! The sign-in page, where somebody is chosen rather than proven, and new accounts.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    form::{Fields, Problems, is_email},
    session::{self, may_sign_in},
    view::{not_kept, show},
};
use crate::{
    app::App,
    rest::tell_created,
    world::{ChangeError, Person},
};

pub(crate) async fn sign_in_page(State(app): State<App>) -> Response {
    let people: Vec<Value> = app.world.read(|state| {
        let shown = state.people.iter().filter(|person| may_sign_in(person));
        shown
            .map(|person| {
                let role = state.role_of(person).map_or("Member", |role| role.name.as_str());
                let below = state.account(&person.account_id).filter(|account| account.id != state.account.id);
                let account = below.map(|account| &account.name);
                context! { id => &person.id, name => &person.display_name, email => &person.email, role, account }
            })
            .collect()
    });
    show(&app, None, StatusCode::OK, "sign_in", context! { people })
}

pub(crate) async fn sign_in(State(app): State<App>, Form(fields): Form<Fields>) -> Response {
    let cookie = app.world.read(|state| {
        let person = state.person_by_id(fields.text("person")).filter(|person| may_sign_in(person))?;
        Some(session::cookie(&state.key, &person.id))
    });
    match cookie {
        Some(cookie) => enter(cookie),
        None => Redirect::to("/marketplace/sign-in").into_response(),
    }
}

fn enter(cookie: String) -> Response {
    ([(header::SET_COOKIE, cookie)], Redirect::to("/marketplace")).into_response()
}

pub(crate) async fn sign_out() -> Response {
    ([(header::SET_COOKIE, session::no_cookie())], Redirect::to("/marketplace/sign-in")).into_response()
}

pub(crate) async fn new_person(State(app): State<App>) -> Response {
    person_page(&app, StatusCode::OK, &Fields::default(), &Problems::default())
}

fn person_page(app: &App, status: StatusCode, fields: &Fields, problems: &Problems) -> Response {
    let roles: Vec<_> = app.world.read(|state| {
        let choices = state.roles.iter().filter(|role| role.account_id == state.account.id && role.id != "0");
        choices.map(|role| (role.id.clone(), role.name.clone(), role.description.clone())).collect()
    });
    let typed = context! {
        first_name => fields.text("first_name"), last_name => fields.text("last_name"), email => fields.text("email"),
        role => match fields.text("role") { "" => "1", role => role },
    };
    show(app, None, status, "new_person", context! { typed, roles, problems })
}

pub(crate) async fn create_person(State(app): State<App>, Form(fields): Form<Fields>) -> Response {
    let (first, last) = (fields.text("first_name"), fields.text("last_name"));
    let email = fields.text("email").to_lowercase();
    let mut problems = Problems::default();
    problems.check_name("first_name", first, "a first name");
    problems.check_name("last_name", last, "a last name");
    if !is_email(&email) {
        problems.add("email", "Enter an e-mail address, such as name@northlight.example.");
    }
    let made = app.world.change(|change| {
        if change.state.people.iter().any(|person| person.email == email) {
            problems.add("email", "Somebody with this e-mail address is there already.");
        }
        let role_id = fields.text("role");
        if role_id == "0" || change.state.role(&change.state.account.id, role_id).is_none() {
            problems.add("role", "Choose one of the roles.");
        }
        if !problems.is_empty() {
            return Err(());
        }
        let account_id = change.state.account.id.clone();
        let owner = change.state.owner(&account_id).cloned();
        let person = Person {
            timezone: owner.as_ref().map_or_else(|| "UTC".to_owned(), |owner| owner.timezone.clone()),
            role_id: role_id.to_owned(),
            ..Person::fresh(&account_id, &email, (first, last), change.now, change.entropy)
        };
        change.state.people.push(person.clone());
        tell_created(change, owner.as_ref().unwrap_or(&person), &person, "create");
        Ok(session::cookie(&change.state.key, &person.id))
    });
    match made {
        Ok(cookie) => enter(cookie),
        Err(ChangeError::Refused(())) => person_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &fields, &problems),
        Err(ChangeError::Disk(problem)) => not_kept(&app, None, &problem),
    }
}
