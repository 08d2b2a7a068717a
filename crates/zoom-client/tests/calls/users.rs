//! Users: changed, deactivated, handed over; who schedules for whom; their settings.

use zoom_client::{
    Error, ExposeSecret as _, NewMeeting, NewUser, SettingsDocument, SettingsPart, UserId, UserKind,
    users::{FeatureChange, FeatureUser, SignUp, StatusAction, StatusChange, UserChange, UserStatus},
};

use crate::world::World;

pub(crate) const USERS: &[&str] = &[
    "userUpdate",
    "userEmailUpdate",
    "userDelete",
    "userStatus",
    "userSettings",
    "userSettingsUpdate",
    "userAssistants",
    "userAssistantCreate",
    "userAssistantDelete",
    "userAssistantsDelete",
    "userSchedulers",
    "userSchedulerDelete",
    "userSchedulersDelete",
    "userEmail",
    "userVanityName",
    "userSummary",
    "userPermission",
    "Getmeetingsummarytemplates",
    "bulkUpdateFeature",
];

#[tokio::test]
async fn a_user_is_made_changed_deactivated_and_handed_over() {
    let world = World::begin().await;
    let users = world.zoom.users();
    let (heir, heir_email) = world.member();
    let new = NewUser::new(SignUp::CustCreate, "desk@northlight.example", UserKind::Licensed);
    let id: UserId = users.create(&new).await.unwrap().id.parse().unwrap();
    assert!(users.email_exists("desk@northlight.example").await.unwrap());
    assert!(!users.email_exists("nobody@northlight.example").await.unwrap());

    let change = UserChange::none()
        .first_name("Dee")
        .last_name("Esk")
        .dept("Front")
        .timezone("Europe/Madrid")
        .vanity_name("dee.desk")
        .host_key("246810".to_owned());
    assert!(!format!("{change:?}").contains("246810"));
    users.update(&id, &change).await.unwrap();
    let read = users.get(&id).await.unwrap();
    assert_eq!((read.first_name.as_deref(), read.timezone.as_deref()), (Some("Dee"), Some("Europe/Madrid")));
    assert_eq!(read.extra.get("dept").and_then(|dept| dept.as_str()), Some("Front"));
    assert!(users.vanity_name_exists("dee.desk").await.unwrap());
    assert!(!users.vanity_name_exists("dee.nobody").await.unwrap());
    users.set_email(&id, "dee@northlight.example").await.unwrap();
    assert_eq!(users.get(&id).await.unwrap().email, "dee@northlight.example");

    let basic = FeatureChange::new("user_type", "1", vec![FeatureUser::new().id(id.to_string())]);
    let outcome = users.set_feature(&basic).await.unwrap();
    assert_eq!((outcome.success_user_ids.len(), outcome.fail_details.len()), (1, 0), "{outcome:?}");
    assert_eq!(users.get(&id).await.unwrap().kind, UserKind::Basic);

    let count = users.summary().await.unwrap().total_users_count;
    assert!(users.permissions(&UserId::Me).await.unwrap().iter().any(|one| one == "User:Edit"));
    let templates = users.summary_templates(&UserId::Me).await.unwrap();
    assert!(!templates.is_empty() && templates.iter().all(|one| !one.name.is_empty()), "{templates:?}");

    let plan = world.zoom.meetings().create(&id, &NewMeeting::new("Handed over")).await.unwrap();
    users.set_status(&id, &StatusChange::new(StatusAction::Deactivate)).await.unwrap();
    assert_eq!(users.list().status(UserStatus::Inactive).await.unwrap().len(), 1);
    users.set_status(&id, &StatusChange::new(StatusAction::Activate)).await.unwrap();
    assert!(users.list().status(UserStatus::Inactive).await.unwrap().is_empty());
    users.delete(&id).for_good().transfer_to(heir_email).transfer_meetings(true).await.unwrap();
    assert!(matches!(users.get(&id).await, Err(Error::NotFound { .. })));
    assert_eq!(users.summary().await.unwrap().total_users_count, count - 1);
    let handed = world.zoom.meetings().get(plan.id).await.unwrap();
    assert_eq!(handed.host_id.as_deref(), Some(heir.as_str()));
    assert!(handed.passcode.is_none_or(|code| !code.expose_secret().is_empty()));
    world.sent(&USERS[..4]);
    world.sent(&USERS[13..]);
}

#[tokio::test]
async fn somebody_schedules_for_another_and_then_no_more() {
    let world = World::begin().await;
    let users = world.zoom.users();
    let ((other, other_email), host) = (world.member(), world.webinar_host());
    let by_address: UserId = other_email.parse().unwrap();
    for turn in 0..4 {
        users.add_assistants(&host, std::slice::from_ref(&by_address)).await.unwrap();
        assert_eq!(users.assistants(&host).await.unwrap()[0].email, other_email);
        let for_whom = users.schedulers(&other).await.unwrap();
        assert_eq!(for_whom[0].email, host.as_str());
        let scheduler = for_whom[0].id.parse().unwrap();
        match turn {
            0 => users.remove_assistant(&host, &other).await.unwrap(),
            1 => users.remove_assistants(&host).await.unwrap(),
            2 => users.remove_scheduler(&other, &scheduler).await.unwrap(),
            _ => users.remove_schedulers(&other).await.unwrap(),
        }
        assert!(
            users.assistants(&host).await.unwrap().is_empty() && users.schedulers(&other).await.unwrap().is_empty()
        );
    }
    world.sent(&USERS[6..13]);
}

#[tokio::test]
async fn settings_are_read_by_path_and_only_what_was_set_is_changed() {
    let world = World::begin().await;
    let (users, user) = (world.zoom.users(), world.webinar_host());
    let before = users.settings(&user).await.unwrap();
    let (path, on) = ("schedule_meeting.host_video", before.is_on("schedule_meeting.host_video").unwrap());
    users.set_settings(&user, &SettingsDocument::new().set(path, !on)).await.unwrap();
    let after = users.settings(&user).await.unwrap();
    assert_eq!(after.is_on(path), Some(!on));
    assert_eq!(after.get("recording"), before.get("recording"), "the rest stays");
    let secure = SettingsDocument::new().set("meeting_security.waiting_room", true);
    users.set_settings(&user, &secure).part(SettingsPart::MeetingSecurity).await.unwrap();
    let part = users.settings(&user).part(SettingsPart::MeetingSecurity).await.unwrap();
    assert_eq!((part.is_on("meeting_security.waiting_room"), part.get("recording")), (Some(true), None));
    world.sent(&USERS[4..6]);
}
