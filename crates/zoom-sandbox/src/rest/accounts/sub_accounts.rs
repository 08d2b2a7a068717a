//! Sub-accounts: made, listed, read, given options, let go.

use serde_json::{Map, Value, json};
use zoom_spec::code::EMAIL_USED;

use super::super::{Ask, page, stopped, words::refused};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::{Account, Change, Happening, Licence, Notice, Person, Plan, new_id, system_roles},
};

/// `GET /accounts`.
pub(in crate::rest) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let rows: Vec<Value> = ask.app.world.read(|state| {
        let all = state.sub_accounts.iter().map(|account| (account, state.owner(&account.id)));
        let email = |owner: Option<&Person>| owner.map(|owner| owner.email.clone()).unwrap_or_default();
        let wanted =
            |owner: Option<&Person>| ask.query("email").is_none_or(|asked| email(owner) == asked.to_lowercase());
        all.filter(|(_, owner)| wanted(*owner))
            .map(|(account, owner)| {
                let seats = state.people.iter().filter(|person| person.account_id == account.id).count();
                json!({
                    "id": account.id,
                    "account_name": account.name,
                    "account_number": account.number,
                    "account_type": kind(account.plan),
                    "created_at": instant(account.created_at),
                    "owner_email": email(owner),
                    "seats": seats,
                    "subscription_start_time": instant(account.created_at),
                    "subscription_end_time": year_after(account),
                    "reseller": false,
                    "bulk_license": false,
                })
            })
            .collect()
    });
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "accounts", rows)?))
}

fn kind(plan: Plan) -> &'static str {
    match plan {
        Plan::Free => "Free",
        Plan::Pro => "Pro",
        Plan::Business => "Business",
    }
}

/// The subscription of a pretend account runs for a year from its making.
fn year_after(account: &Account) -> String {
    instant(account.created_at.saturating_add(jiff::SignedDuration::from_hours(365 * 24)).unwrap_or(account.created_at))
}

/// `POST /accounts`: the account, with its owner in it.
pub(in crate::rest) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let text = |name: &str| ask.text(name).unwrap_or_default().trim().to_owned();
    let email = text("email").to_lowercase();
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) {
        return Err(Refusal::field("email"));
    }
    let (first, last) = (text("first_name"), text("last_name"));
    let name = match text("account_name") {
        given if given.is_empty() => format!("{first} {last}"),
        given => given,
    };
    stopped::names(ask, [name.as_str(), first.as_str(), last.as_str()])?;
    for field in ["account_name", "first_name", "last_name"] {
        if text(field).contains(['<', '>']) {
            return Err(refused(ask, "Your request was not accepted", field));
        }
    }
    stopped::address(ask, &email)?;
    stopped::password(ask, &text("password"))?;
    let options = ask.body.get("options").and_then(Value::as_object).cloned().unwrap_or_default();
    let (account, owner) = ask.change(|change| {
        if change.state.people.iter().any(|person| person.email == email) {
            return Err(Refusal::about(&EMAIL_USED, &email));
        }
        let mut account = Account::fresh(new_id(change.entropy), name, change.now, change.entropy);
        account.plan = change.state.account.plan;
        account.options = options.into();
        let owner = Person {
            licence: Licence::Licensed,
            webinar: true,
            role_id: "0".to_owned(),
            ..Person::fresh(&account.id, &email, (&first, &last), change.now, change.entropy)
        };
        change.state.sub_accounts.push(account.clone());
        change.state.roles.extend(system_roles(&account.id));
        change.state.people.push(owner.clone());
        tell(change, ask, "account.created", &account, &owner);
        Ok((account, owner))
    })?;
    let body = json!({
        "id": account.id,
        "owner_id": owner.id,
        "owner_email": owner.email,
        "created_at": instant(account.created_at),
    });
    Ok(Answer::json(ask.operation.success, body))
}

fn tell(change: &mut Change<'_>, ask: &Ask<'_>, event: &'static str, account: &Account, owner: &Person) {
    // Of a new account Zoom calls the owner's address otherwise than of one that goes.
    let address = if event == "account.created" { "email" } else { "owner_email" };
    let object = json!({ "id": account.id, "owner_id": owner.id, address: owner.email });
    let payload = json!({ "operator": ask.caller.me.email, "operator_id": ask.caller.me.id });
    let members = |value: Value| value.as_object().cloned().unwrap_or_default();
    change.happenings.push(Happening::Told(Box::new(Notice {
        event,
        account_id: ask.caller.account_id.clone(),
        at: change.now,
        meeting: None,
        object: members(object),
        payload: members(payload),
        envelope: Map::new(),
    })));
}

/// `GET /accounts/{accountId}`.
pub(in crate::rest) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let body = ask.app.world.read(|state| {
        let account = state.account(&ask.account_id)?;
        let owner = state.owner(&account.id)?;
        Some(json!({
            "id": account.id,
            "account_name": account.name,
            "account_number": account.number,
            "account_type": kind(account.plan),
            "created_at": instant(account.created_at),
            "owner_id": owner.id,
            "owner_email": owner.email,
            "options": all_options(account),
            "seats": state.people.iter().filter(|person| person.account_id == account.id).count(),
            "subscription_start_time": instant(account.created_at),
            "subscription_end_time": year_after(account),
            "vanity_url": "",
            "reseller": false,
        }))
    });
    body.map(|body| Answer::json(ask.operation.success, body)).ok_or_else(|| gone(ask))
}

/// The options that were set, over what Zoom assumes.
fn all_options(account: &Account) -> Map<String, Value> {
    let assumed = json!({
        "billing_auto_renew": true,
        "meeting_connector_list": [],
        "pay_mode": "master",
        "room_connector_list": [],
        "share_mc": false,
        "share_rc": false,
        "resource_meeting_hybrid_list": [],
        "resource_meeting_connector_list": [],
        "resource_share_mc": false,
        "resource_share_mh": false,
    });
    let mut options = assumed.as_object().cloned().unwrap_or_default();
    options.extend(account.options.iter().map(|(name, value)| (name.clone(), value.clone())));
    options
}

/// `PATCH /accounts/{accountId}/options`.
pub(in crate::rest) fn options(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    ask.change(|change| {
        let account = change.state.account_mut(&ask.account_id).ok_or_else(|| gone(ask))?;
        may_be_set(ask, account)?;
        account.options.extend(ask.body.clone());
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Whether the plan is the sub-account's own affair, and not its master's.
fn pays_for_itself(account: &Account) -> bool {
    account.options.get("pay_mode").is_some_and(|mode| mode == "sub")
}

/// A sub-account that pays for itself has a plan of its own, and what was agreed for it stays. Nobody has a meeting
/// connector at 0.0.0.0.
fn may_be_set(ask: &Ask<'_>, account: &Account) -> Result<(), Refusal> {
    let now = all_options(account);
    let differs = |name: &str| ask.body.get(name).is_some_and(|value| now.get(name) != Some(value));
    if pays_for_itself(account) {
        if differs("pay_mode") {
            return Err(refused(ask, "The pay mode cannot be updated", ""));
        }
        if differs("billing_auto_renew") {
            return Err(refused(ask, "The collection method cannot be changed", ""));
        }
    }
    let connectors = ["meeting_connector_list", "resource_meeting_connector_list"].into_iter();
    let mut given = connectors.filter_map(|name| ask.body.get(name)?.as_array()).flatten();
    if given.any(|address| address == "0.0.0.0") {
        return Err(refused(ask, "Some meeting connectors", ""));
    }
    Ok(())
}

/// `DELETE /accounts/{accountId}`: it goes its own way, and with it everybody in it.
pub(in crate::rest) fn disassociate(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    if ask.account_id == ask.caller.account_id {
        return Err(gone(ask));
    }
    ask.change(|change| {
        let account = change.state.account(&ask.account_id).cloned().ok_or_else(|| gone(ask))?;
        if pays_for_itself(&account) {
            return Err(refused(ask, "You cannot disassociate a paid account", ""));
        }
        let owner = change.state.owner(&account.id).cloned();
        let hosts = change.state.people.iter().filter(|person| person.account_id == account.id);
        let theirs = hosts.flat_map(|host| change.state.meetings.of_host(&host.id));
        let meetings: Vec<i64> = theirs.map(|one| one.number).collect();
        for number in meetings {
            change.end_call(number);
            change.forget_meeting(number);
        }
        change.state.people.retain(|person| person.account_id != account.id);
        change.state.apps.retain(|app| app.account_id != account.id);
        change.state.roles.retain(|role| role.account_id != account.id);
        change.state.sub_accounts.retain(|known| known.id != account.id);
        if let Some(owner) = owner {
            tell(change, ask, "account.disassociated", &account, &owner);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn gone(ask: &Ask<'_>) -> Refusal {
    Refusal::about(&zoom_spec::code::ACCOUNT_NOT_FOUND, &ask.account_id)
}
