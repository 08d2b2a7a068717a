//! Webinars.

mod body;
mod create;
mod delete;
mod end;
mod get;
mod list;
mod settings;
mod update;
mod webinar;

pub use body::{NewWebinar, WebinarChange};
pub use delete::DeleteWebinar;
pub use get::GetWebinar;
pub use list::{ListWebinars, ListedWebinar, WebinarList};
pub use settings::WebinarSettings;
pub use update::UpdateWebinar;
pub use webinar::{Webinar, WebinarKind};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[&list::CALL, &create::CALL, &get::CALL, &update::CALL, &delete::CALL, &end::CALL];

/// Asks about webinars; from [`ZoomClient::webinars`].
#[derive(Clone, Debug)]
pub struct Webinars(pub(crate) ZoomClient);
