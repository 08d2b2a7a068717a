//! Whom the form for a room offers as its host and as alternative hosts: a list while it is short; a field that finds
//! people by name or address where the account has many.

use model::{Host, Right};
use serde::Serialize;
use service::{Account, Actor};

use super::form::RoomForm;
use crate::{app::App, fault::Fault, language::say};

/// The longest list. A select of more is slow to go through, and so many boxes hide the rest of the form.
const LISTED: usize = 50;

/// Whom the form offers.
#[derive(Debug, Serialize)]
pub(crate) struct HostChoices {
    pub(crate) host: Choices,
    pub(crate) alternatives: Choices,
    /// How many alternative hosts the room has who are not known here: saving takes them out.
    pub(crate) lost: usize,
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
    /// As `form` has chosen among the users of all accounts. A member makes rooms for the hosts linked to them, or for
    /// all; an alternative host may be anybody whom Zoom takes.
    pub(crate) fn of(actor: &Actor, accounts: &[Account], form: &RoomForm) -> Self {
        let all = people(accounts);
        let is_host = |host: &Host| may_hold(actor, host) && (host.active || host.id.as_str() == form.host);
        let hosts = all.iter().copied().filter(|(host, _)| is_host(host));
        let chosen = |host: &Host| form.alternative_hosts.iter().any(|id| id == host.id.as_str());
        let alternatives = all.iter().copied().filter(|(host, _)| (host.active && host.licensed) || chosen(host));
        // An address was typed; an id that is nobody's is one of whom nothing is known any more.
        let nobody_knows =
            |id: &&String| !id.contains('@') && !all.iter().any(|(host, _)| host.id.as_str() == id.as_str());
        let kept: Vec<String> = form.alternative_hosts.iter().filter(|id| !nobody_knows(id)).cloned().collect();
        Self {
            host: Choices::of(hosts.collect(), std::slice::from_ref(&form.host)),
            alternatives: Choices::of(alternatives.collect(), &kept),
            lost: form.alternative_hosts.iter().filter(nobody_knows).count(),
        }
    }
}

/// Everybody, active people first, each with the name of their account where there are several.
pub(super) fn people(accounts: &[Account]) -> Vec<(&Host, Option<&str>)> {
    let several = accounts.len() > 1;
    let mut all = Vec::new();
    for account in accounts {
        all.extend(account.hosts.iter().map(|host| (host, several.then_some(account.name.as_str()))));
    }
    all.sort_by_key(|(host, _)| !host.active);
    all
}

impl Choices {
    pub(super) fn of(hosts: Vec<(&Host, Option<&str>)>, chosen: &[String]) -> Self {
        let people: Vec<_> = hosts.into_iter().map(|(host, account)| HostChoice::of(host, account, chosen)).collect();
        let address = |id: &String| people.iter().find(|one| one.id == *id).map_or(id, |one| &one.email).clone();
        let typed = chosen.iter().map(address).collect::<Vec<_>>().join(", ");
        Self { search: people.len() > LISTED, typed, people }
    }
}

impl HostChoice {
    fn of(host: &Host, account: Option<&str>, chosen: &[String]) -> Self {
        let note = match host {
            Host { active: false, .. } => Some("room-field-host-gone"),
            Host { licensed: false, .. } => Some("room-field-host-basic"),
            Host { webinars: Some(false), .. } => Some("room-field-host-no-webinar"),
            _ => None,
        };
        let notes = account.map(str::to_owned).into_iter().chain(note.map(say));
        let note = std::iter::once(String::new()).chain(notes).collect::<Vec<_>>().join(" · ");
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

/// Reads the addresses that `form` names as those of Zoom users.
pub(crate) async fn read_names(app: &App, actor: &Actor, form: &mut RoomForm) -> Result<(), Fault> {
    form.read_addresses(&app.service.hosts(actor).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::{ConnectionId, Email, ZoomUserId};

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

    fn account(name: &str, hosts: std::ops::Range<usize>) -> Account {
        let id = ConnectionId::from_parts(0, [1; 10]);
        Account { id, name: name.into(), hosts: hosts.map(host).collect() }
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
        let (all, owner) = ([account("Zoom", 0..4)], Actor::command_line());
        let none = HostChoices::of(&owner, &all, &form("u0", &[]));
        assert_eq!((ids(&none.host), ids(&none.alternatives)), (vec!["u0", "u1", "u3"], vec!["u0", "u3"]));
        let both = HostChoices::of(&owner, &all, &form("u2", &["u1", "u2"]));
        assert_eq!(
            (ids(&both.host), ids(&both.alternatives)),
            (vec!["u0", "u1", "u3", "u2"], vec!["u0", "u1", "u3", "u2"])
        );
        assert!(both.alternatives.people[3].label.contains("no longer at Zoom"));
        assert!(!both.alternatives.search);
        let lost = HostChoices::of(&owner, &all, &form("u0", &["u3", "gone", "nobody@example.org"]));
        assert_eq!((lost.lost, &*lost.alternatives.typed), (1, "person3@example.org, nobody@example.org"));
    }

    #[test]
    fn of_many_people_one_field_holds_the_addresses() {
        let all = [account("Zoom", 0..300)];
        let choices = HostChoices::of(&Actor::command_line(), &all, &form("u7", &["u8", "nobody@example.org"]));
        assert!(choices.host.search && choices.alternatives.search);
        assert_eq!(choices.host.typed, "person7@example.org");
        assert_eq!(choices.alternatives.typed, "person8@example.org, nobody@example.org");
    }

    #[test]
    fn the_account_stands_beside_its_people_only_where_there_are_several() {
        let (one, owner) = (account("Academy", 0..1), Actor::command_line());
        let label = |accounts: &[Account]| {
            let choices = HostChoices::of(&owner, accounts, &form("u0", &[]));
            choices.host.people.into_iter().map(|one| one.label).collect::<Vec<_>>()
        };
        assert_eq!(label(std::slice::from_ref(&one)), ["Person 0 (person0@example.org)"]);
        let both = label(&[one, account("Press office", 1..2)]);
        assert!(both[0].ends_with(" · Academy") && both[1].contains(" · Press office · "), "{both:?}");
    }
}
