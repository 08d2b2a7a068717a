//! The Marketplace of the pretend Zoom: pages on which people make apps and look after them, as forms without script.

mod apps;
mod form;
mod general_app;
mod hooks;
mod people;
mod scope_list;
mod scopes;
mod server_app;
mod session;
mod view;

pub(crate) use apps::{activate, build, create, deactivate, delete, delete_page, list, open, regenerate};
pub(crate) use form::Fields;
pub(crate) use general_app::{basic, embed, save_basic, save_embed};
pub(crate) use hooks::{feature, forget, new_token, subscribe};
pub(crate) use people::{create_person, new_person, sign_in, sign_in_page, sign_out};
pub(crate) use scopes::{add_page, done, page as scopes, take_away};
pub(crate) use server_app::{activation, credentials, information, save_information};
pub(crate) use view::file;

/// The largest form that is read; that of all scopes, each ticked, is a fifth of it.
pub(crate) const LARGEST_FORM: usize = 256 * 1024;
