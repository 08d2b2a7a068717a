//! Who may call: the bearer token, any one of the operation's scopes, and the role of whoever made the app.

use axum::http::{HeaderMap, header};
use zoom_spec::{
    Operation,
    code::{
        NO_PERMISSION, SCOPE_MISSING, SCOPE_MISSING_OLD, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, missing_scopes,
    },
};

use crate::{
    answer::Refusal,
    app::App,
    world::{ClientApp, Person, Role, Row, Shared},
};

/// Scopes that set-up guides ask for and no document names, and the operation they are taken for.
const ALIASES: [(&str, &str); 1] = [("UpdateOptions", "account:update:options:admin")];

/// Who calls: an app, by one of its tokens, for the person who made it.
#[derive(Debug)]
pub(crate) struct Caller {
    app: Option<Row<ClientApp>>,
    pub(crate) account_id: String,
    /// Whom `me` means.
    pub(crate) me: Row<Person>,
    role: Option<Row<Role>>,
    scopes: Shared<Vec<String>>,
}

/// Whose token it is, or why it is nobody's. A token dies with its app's activation and with the person who made it.
pub(crate) fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((scheme, token)) = given.trim().split_once(' ') else { return Err(TOKEN_MISSING.into()) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(TOKEN_MISSING.into());
    }
    app.world.read(|state| {
        let Some(token) = state.tokens.get(token.trim()) else { return Err(TOKEN_INVALID.into()) };
        if token.expires_at <= app.now() {
            return Err(TOKEN_EXPIRED.into());
        }
        let client = state.apps.row(|client| client.id == token.app_id && client.active);
        let Some(client) = client else {
            return Err(Refusal::from(TOKEN_INVALID).because("124: the app of this token is not activated any more."));
        };
        let me = state.people.row(|person| person.id == client.owner_id);
        let me = me.ok_or_else(|| {
            Refusal::from(TOKEN_INVALID).because("124: the person who made the app of this token is gone.")
        })?;
        let account_id = client.account_id.clone();
        Ok(Caller {
            app: Some(client),
            account_id,
            role: state.role_of(&me).and_then(|role| state.roles.row(|one| one.is_same(role))),
            me,
            scopes: token.scopes.clone(),
        })
    })
}

impl Caller {
    /// Nobody's app: somebody at a page of a meeting that this person holds, or the hand that plants a seed.
    pub(super) fn at_page(host: Person) -> Self {
        let account_id = host.account_id.clone();
        Self { app: None, account_id, me: host.into(), role: None, scopes: Shared::default() }
    }

    /// The id of the app; empty where it is nobody's.
    pub(crate) fn app_id(&self) -> &str {
        self.app.as_ref().map_or("", |app| app.id.as_str())
    }

    /// The name of the app; empty where it is nobody's.
    pub(crate) fn app_name(&self) -> &str {
        self.app.as_ref().map_or("", |app| app.name.as_str())
    }

    /// Whether the role of the app's maker has this permission.
    pub(crate) fn is_permitted(&self, permission: &str) -> bool {
        self.role.as_ref().is_some_and(|role| role.may(permission))
    }

    /// Refuses a call without a scope that suffices, and one that the role of the app's maker does not allow.
    pub(crate) fn may(&self, operation: &Operation) -> Result<(), Refusal> {
        let is_alias = |(id, alias): &(&str, &str)| *id == operation.id && self.scopes.iter().any(|held| held == alias);
        if !operation.allowed_by(self.scopes.iter().map(String::as_str)) && !ALIASES.iter().any(is_alias) {
            if self.scopes.iter().any(|scope| is_classic(scope)) && !self.scopes.iter().any(|scope| is_granular(scope))
            {
                return Err(older_form(operation));
            }
            let accepted = if operation.granular.is_empty() { operation.classic } else { operation.granular };
            let scopes = missing_scopes(accepted);
            let why = format!(
                "4711: the token has none of {}. Add one to the app, then get a new token.",
                accepted.join(", ")
            );
            return Err(Refusal::new(SCOPE_MISSING.status, SCOPE_MISSING.code, scopes).because(why));
        }
        // Members act on themselves without any permission: what the role guards is other people and the account.
        if operation.granular.iter().any(|scope| self.holds_as_user(scope)) {
            return Ok(());
        }
        self.holds_role(operation)
    }

    /// The same for a call that is about this person: about others it takes the role, whatever the scope.
    pub(crate) fn may_with(&self, operation: &Operation, person: &Person) -> Result<(), Refusal> {
        // The hand that plants a seed is nobody's app.
        if person.id == self.me.id || self.app.is_none() { Ok(()) } else { self.holds_role(operation) }
    }

    /// The same for a call about something that this person holds: whoever they let schedule for them may do it too.
    pub(crate) fn may_for(&self, operation: &Operation, host: &Person) -> Result<(), Refusal> {
        let is_assistant = host.assistants.iter().any(|one| one.user_id == self.me.id);
        if is_assistant { Ok(()) } else { self.may_with(operation, host) }
    }

    /// Refuses where the role of the app's maker lacks a permission that the operation needs.
    fn holds_role(&self, operation: &Operation) -> Result<(), Refusal> {
        if self.role.as_ref().is_some_and(|role| role.may_call(operation)) {
            return Ok(());
        }
        let lacking: Vec<&str> = operation.roles.iter().copied().filter(|one| !self.is_permitted(one)).collect();
        if lacking.is_empty() {
            let why = format!("200: {} made this app, and is neither owner nor admin.", self.me.display_name);
            let says_so = |message: &str| message.contains("permission") && !message.contains('{');
            let own = operation.errors().iter().find(|one| one.code == NO_PERMISSION.code && says_so(&one.message));
            let refusal = own.map_or_else(|| NO_PERMISSION.into(), |e| Refusal::new(e.status, e.code, &*e.message));
            return Err(refusal.because(why));
        }
        let lacking = lacking.join(", ");
        let message = format!("Invalid access token. Does not contain permissions [{lacking}].");
        let why = format!("200: {} made this app, and their role lacks {lacking}.", self.me.display_name);
        Err(Refusal::new(NO_PERMISSION.status, NO_PERMISSION.code, message).because(why))
    }

    /// Whether the token reaches the operation by scopes for the user's own things only.
    pub(crate) fn acts_for_self(&self, operation: &Operation) -> bool {
        let is_wide = |held: &String| held.ends_with(":admin") || held.ends_with(":master");
        !operation.allowed_by(self.scopes.iter().filter(|held| is_wide(held)).map(String::as_str))
    }

    /// Whether the token holds this scope and it is one for the user's own things.
    fn holds_as_user(&self, scope: &str) -> bool {
        scope.split(':').count() == 3 && self.scopes.iter().any(|held| held == scope)
    }
}

fn is_granular(scope: &str) -> bool {
    zoom_spec::operations().iter().any(|operation| operation.granular.contains(&scope))
}

fn is_classic(scope: &str) -> bool {
    zoom_spec::operations().iter().any(|operation| operation.classic.contains(&scope))
}

/// What apps with classic scopes are told.
fn older_form(operation: &Operation) -> Refusal {
    let documented = operation.errors().iter().find(|error| error.code == SCOPE_MISSING_OLD.code);
    let message = documented.map_or(SCOPE_MISSING_OLD.message, |error| &*error.message);
    let why = format!("4700: the app has classic scopes, and none of {}.", operation.classic.join(", "));
    Refusal::new(SCOPE_MISSING_OLD.status, SCOPE_MISSING_OLD.code, message).because(why)
}

/// What looks like a JSON Web Token is one of the app type that Zoom took away. Some operations say so.
pub(super) fn only_oauth(operation: &Operation, headers: &HeaderMap) -> Option<Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok())?;
    let parts = given.split(' ').next_back()?.split('.').collect::<Vec<_>>();
    let documented =
        operation.errors().iter().find(|error| error.message.starts_with("This API only supports OAuth2"))?;
    let is_jwt = parts.len() == 3 && parts.first().is_some_and(|head| head.starts_with("eyJ"));
    is_jwt.then(|| Refusal::new(documented.status, documented.code, &*documented.message))
}
