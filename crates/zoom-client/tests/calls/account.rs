//! Roles; the account's settings, locks, domains and registration; sub-accounts.

use zoom_client::{
    Error, SettingsDocument, UserId,
    accounts::{AccountId, AccountOptions, NewSubAccount, RegistrationOptions, RegistrationSettings},
    roles::RoleChange,
};

use crate::world::World;

pub(crate) const ROLES: &[&str] = &[
    "roles",
    "createRole",
    "getRoleInformation",
    "updateRole",
    "deleteRole",
    "roleMembers",
    "AddRoleMembers",
    "roleMemberDelete",
];

#[tokio::test]
async fn a_role_is_made_given_taken_and_deleted() {
    let world = World::begin().await;
    let (roles, (member, email)) = (world.zoom.roles(), world.member());
    let desk = RoleChange::new().name("Desk").description("Looks").privileges(vec!["User:Read".to_owned()]);
    roles.create(&desk).await.unwrap();
    let listed = roles.list().await.unwrap();
    let id = listed.iter().find(|role| role.name == "Desk").unwrap().id.clone();
    assert_eq!(roles.get(&id).await.unwrap().privileges, ["User:Read"]);
    roles.update(&id, &RoleChange::new().name("Front desk")).await.unwrap();
    let changed = roles.get(&id).await.unwrap();
    assert_eq!((&*changed.name, &*changed.description), ("Front desk", "Looks"));

    roles.add_members(&id, &[email.parse().unwrap()]).await.unwrap();
    let members = roles.members(&id).await.unwrap();
    assert_eq!((members.len(), &*members[0].id), (1, member.as_str()));
    assert_eq!(world.zoom.users().list().role(id.clone()).await.unwrap().len(), 1);
    roles.remove_member(&id, &member).await.unwrap();
    assert!(roles.members(&id).await.unwrap().is_empty());
    roles.add_members(&id, &[member]).await.unwrap();
    assert_eq!(roles.members(&id).await.unwrap().len(), 1);
    roles.delete(&id).await.unwrap();
    assert!(roles.get(&id).await.is_err() && roles.list().await.unwrap().iter().all(|role| role.id != id));
    world.sent(ROLES);
}

pub(crate) const ACCOUNTS: &[&str] = &[
    "accountSettings",
    "accountSettingsUpdate",
    "getAccountLockSettings",
    "UpdateLockedSettings",
    "accountManagedDomain",
    "accountSettingsRegistration",
    "accountSettingsRegistrationUpdate",
    "accounts",
    "accountCreate",
    "GetSubAccountDetails",
    "UpdateOptions",
    "DisassociateASubAccount",
    "UpdateTheAccountOwner",
];

#[tokio::test]
async fn an_account_sets_locks_and_registers_and_its_owner_hands_it_over() {
    let world = World::begin().await;
    let (accounts, own) = (world.zoom.accounts(), AccountId::Own);
    let path = "schedule_meeting.host_video";
    let on = accounts.settings(&own).await.unwrap().is_on(path).unwrap();
    accounts.set_settings(&own, &SettingsDocument::new().set(path, !on)).await.unwrap();
    assert_eq!(accounts.settings(&own).await.unwrap().is_on(path), Some(!on));
    accounts.set_lock_settings(&own, &SettingsDocument::new().set(path, true)).await.unwrap();
    assert_eq!(accounts.lock_settings(&own).await.unwrap().is_on(path), Some(true));
    let (member, email) = world.member();
    let against = SettingsDocument::new().set(path, on);
    let refused = world.zoom.users().set_settings(&member, &against).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid { .. }), "it is locked: {refused:?}");

    let domains = accounts.managed_domains(&own).await.unwrap();
    assert_eq!(domains[0].domain, "northlight.example");
    let options = RegistrationOptions::new().close_registration(true).show_social_share_buttons(false);
    accounts.set_registration_settings(&own, &RegistrationSettings::new().options(options)).await.unwrap();
    let read = accounts.registration_settings(&own).await.unwrap().options.unwrap();
    assert_eq!((read.close_registration, read.show_social_share_buttons), (Some(true), Some(false)));

    let refused = accounts.set_owner(&own, &email).await.unwrap_err();
    assert!(refused.executed().is_no(), "no admin: {refused:?}");
    world.zoom.roles().add_members("1", &[member]).await.unwrap();
    accounts.set_owner(&own, &email).await.unwrap();
    assert_eq!(world.zoom.users().get(&email.parse().unwrap()).await.unwrap().role_id.as_deref(), Some("0"));
    world.sent(&ACCOUNTS[..7]);
    world.sent(&ACCOUNTS[12..]);
}

#[tokio::test]
async fn a_sub_account_is_made_tied_and_let_go() {
    let world = World::begin().await;
    let accounts = world.zoom.accounts();
    let new = NewSubAccount::new("otis@south.example", "Otis", "Vale", "Pretend-1".to_owned()).account_name("South");
    assert!(!format!("{new:?}").contains("Pretend"));
    let made = accounts.create(&new).await.unwrap();
    let listed = accounts.list().await.unwrap();
    assert_eq!((listed.len(), &*listed[0].account_name, &listed[0].id), (1, "South", &made.id));
    assert!(matches!(accounts.create(&new).await, Err(Error::Conflict { .. })), "an address belongs to one account");
    let id = AccountId::from(&*made.id);
    accounts.set_options(&id, &AccountOptions::new().share_mc(true)).await.unwrap();
    let read = accounts.get(&id).await.unwrap();
    assert_eq!((read.options.unwrap().share_mc, &*read.owner_email), (Some(true), "otis@south.example"));
    assert!(accounts.settings(&id).await.unwrap().is_on("schedule_meeting.host_video").is_some());
    accounts.disassociate(&id).await.unwrap();
    assert!(accounts.list().await.unwrap().is_empty());
    assert!(matches!(accounts.get(&"".into()).await, Err(Error::Invalid { .. })), "an empty id leads nowhere");
    assert!(world.zoom.users().get(&UserId::Me).await.is_ok());
    world.sent(&ACCOUNTS[7..12]);
}
