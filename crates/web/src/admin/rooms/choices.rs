//! Whom the form for a room offers as its host and as alternative hosts: a list while it is short; a field that finds
//! people by name or address where the account has many.

use model::{Host, Right};
use serde::Serialize;
use service::Actor;

use super::form::RoomForm;
use crate::{app::App, fault::Fault, language::say};

/// The longest list. A select of more is slow to go through, and so many boxes hide the rest of the form.
const LISTED: usize = 50;

/// Whom the form offers.
#[derive(Debug, Serialize)]
pub(crate) struct HostChoices {
    pub(crate) host: Choices,
    pub(crate) alternatives: Choices,
}

/// Whom one field offers.
#[derive(Debug, Serialize)]
pub(crate) struct Choices {
    pub(crate) people: Vec<HostChoice>,
    /// Whether they are too many for a list: the field is text, with suggestions.
    pub(crate) search: bool,
    /// What that field holds: addresses, separated by commas, and whatever was typed that is none.
    pub(crate) typed: String,
}

/// Somebody who can be chosen.
#[derive(Debug, Serialize)]
pub(crate) struct HostChoice {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl HostChoices {
    /// As `form` has chosen among `all` users of the account. A member makes rooms for the hosts linked to them, or for
    /// all; an alternative host may be anybody whom Zoom takes.
    pub(crate) fn of(actor: &Actor, all: &[Host], form: &RoomForm) -> Self {
        let hosts = all.iter().filter(|host| may_hold(actor, host) && (host.active || host.id.as_str() == form.host));
        let chosen = |host: &&Host| form.alternative_hosts.iter().any(|id| id == host.id.as_str());
        let alternatives = all.iter().filter(|host| (host.active && host.licensed) || chosen(host));
        Self {
            host: Choices::of(hosts.collect(), std::slice::from_ref(&form.host)),
            alternatives: Choices::of(alternatives.collect(), &form.alternative_hosts),
        }
    }
}

impl Choices {
    fn of(hosts: Vec<&Host>, chosen: &[String]) -> Self {
        let people: Vec<_> = hosts.into_iter().map(|host| HostChoice::of(host, chosen)).collect();
        let address = |id: &String| people.iter().find(|one| one.id == *id).map_or(id, |one| &one.email).clone();
        let typed = chosen.iter().map(address).collect::<Vec<_>>().join(", ");
        Self { search: people.len() > LISTED, typed, people }
    }
}

impl HostChoice {
    fn of(host: &Host, chosen: &[String]) -> Self {
        let note = match host {
            Host { active: false, .. } => Some("room-field-host-gone"),
            Host { licensed: false, .. } => Some("room-field-host-basic"),
            Host { webinars: Some(false), .. } => Some("room-field-host-no-webinar"),
            _ => None,
        };
        let note = note.map(|key| format!(" · {}", say(key))).unwrap_or_default();
        let id = host.id.to_string();
        Self {
            chosen: chosen.contains(&id),
            id,
            email: host.email.to_string(),
            name: format!("{}{note}", host.name),
            label: format!("{} ({}){note}", host.name, host.email),
        }
    }
}

/// Whether this member may make rooms that `host` holds.
pub(crate) fn may_hold(actor: &Actor, host: &Host) -> bool {
    actor.may(Right::KeepAllRooms) || actor.is_linked_to(&host.id)
}

/// All users of the account, with the addresses that `form` names read as theirs.
pub(crate) async fn read_names(app: &App, actor: &Actor, form: &mut RoomForm) -> Result<Vec<Host>, Fault> {
    let hosts = app.service.hosts(actor).await?;
    form.read_addresses(&hosts);
    Ok(hosts)
}

#[cfg(test)]
mod tests {
    use model::{Email, ZoomUserId};

    use super::*;

    fn host(n: usize) -> Host {
        Host {
            id: ZoomUserId::parse(&format!("u{n}")).unwrap(),
            email: Email::parse(&format!("person{n}@example.org")).unwrap(),
            name: format!("Person {n}"),
            licensed: n != 1,
            webinars: None,
            zone: None,
            active: n != 2,
        }
    }

    fn form(host: &str, alternatives: &[&str]) -> RoomForm {
        let mut form = RoomForm::default();
        form.host = host.into();
        form.alternative_hosts = alternatives.iter().map(|&id| id.to_owned()).collect();
        form
    }

    fn ids(choices: &Choices) -> Vec<&str> {
        choices.people.iter().map(|one| one.id.as_str()).collect()
    }

    #[test]
    fn whom_zoom_would_not_take_is_offered_only_where_the_room_has_them() {
        let (all, owner): (Vec<_>, _) = ((0..4).map(host).collect(), Actor::command_line());
        let none = HostChoices::of(&owner, &all, &form("u0", &[]));
        assert_eq!((ids(&none.host), ids(&none.alternatives)), (vec!["u0", "u1", "u3"], vec!["u0", "u3"]));
        let both = HostChoices::of(&owner, &all, &form("u2", &["u1", "u2"]));
        assert_eq!(
            (ids(&both.host), ids(&both.alternatives)),
            (vec!["u0", "u1", "u2", "u3"], vec!["u0", "u1", "u2", "u3"])
        );
        assert!(both.alternatives.people[2].label.contains("no longer at Zoom"));
        assert!(!both.alternatives.search);
    }

    #[test]
    fn of_many_people_one_field_holds_the_addresses() {
        let all: Vec<_> = (0..300).map(host).collect();
        let choices = HostChoices::of(&Actor::command_line(), &all, &form("u7", &["u8", "nobody@example.org"]));
        assert!(choices.host.search && choices.alternatives.search);
        assert_eq!(choices.host.typed, "person7@example.org");
        assert_eq!(choices.alternatives.typed, "person8@example.org, nobody@example.org");
    }
}
