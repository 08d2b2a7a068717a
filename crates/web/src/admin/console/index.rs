//! The index: a search over operations, in groups.

use axum::{extract::State, response::Response};
use serde::Serialize;
use service::console::{ConsoleFilter, ConsoleOperation, Group};

use crate::{
    admin::{
        accounts::{self, Accounts},
        inside::{Content, Place, show},
    },
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    pages::Page,
};

/// The index.
#[derive(Serialize)]
pub(crate) struct IndexPage {
    accounts: Accounts,
    pub(crate) q: String,
    pub(crate) group: String,
    pub(crate) scope: String,
    /// Every group there is, to choose from.
    pub(crate) all_groups: Vec<&'static str>,
    /// Every scope of the guide, to choose from.
    pub(crate) all_scopes: Vec<&'static str>,
    /// What was found.
    pub(crate) groups: Vec<GroupRows>,
    pub(crate) found: usize,
    pub(crate) connected: bool,
}

/// The operations of one group.
#[derive(Serialize)]
pub(crate) struct GroupRows {
    name: &'static str,
    rows: Vec<Row>,
}

/// One operation.
#[derive(Serialize)]
struct Row {
    key: String,
    title: &'static str,
    method: &'static str,
    path: &'static str,
    danger: &'static str,
    held: &'static str,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "admin/console.html";
}

impl Content for IndexPage {
    const PLACE: Place = Place::Console;
}

impl IndexPage {
    /// The page of what was found, for an app that was granted these scopes.
    pub(crate) fn of(
        filter: ConsoleFilter,
        found: &[&'static ConsoleOperation],
        granted: Option<&[String]>,
        connected: bool,
    ) -> Self {
        let row = |one: &&ConsoleOperation| Row {
            key: one.key.clone(),
            title: one.title,
            method: one.operation.method.as_str(),
            path: one.operation.path,
            danger: one.danger.as_str(),
            held: one.held(granted).as_str(),
        };
        let of_group = |group: Group| {
            let rows: Vec<Row> = found.iter().filter(|one| one.group == group).map(&row).collect();
            (!rows.is_empty()).then_some(GroupRows { name: group.as_str(), rows })
        };
        Self {
            accounts: Accounts::default(),
            all_groups: Group::ALL.map(Group::as_str).into(),
            all_scopes: service::doctor::scopes_of_the_guide().collect(),
            groups: Group::ALL.into_iter().filter_map(of_group).collect(),
            found: found.len(),
            connected,
            q: filter.text,
            group: filter.group,
            scope: filter.scope,
        }
    }
}

/// `GET /admin/zoom/console`
pub(crate) async fn index(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let filter = ConsoleFilter { text: text("q"), group: text("group"), scope: text("scope") };
    let found = app.service.console_operations(&actor, &filter)?;
    let view = accounts::asked_for(&app, &actor, &query).await?;
    let granted = app.service.console_scopes(&actor, view.as_ref().map(|view| view.id)).await?;
    let mut page = IndexPage::of(filter, &found, granted.as_deref(), view.is_some());
    if let Some(view) = &view {
        page.accounts = Accounts::around(&app, &actor, view).await?;
    }
    show(&app, &actor, &query, page).await
}
