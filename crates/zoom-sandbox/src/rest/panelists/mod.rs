//! The panel of a webinar: who speaks beside the host.

mod create;
mod delete;
mod list;

use super::Behaviour;

/// What the sandbox does with panelists.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("webinarPanelists", list::answer),
    ("webinarPanelistCreate", create::answer),
    ("webinarPanelistsDelete", delete::all),
    ("webinarPanelistDelete", delete::one),
];
