//! What the site refuses before anything is sent: strangers, changes nobody confirmed, users it may not act for; and what
//! the audit log says.

use model::{Problem, Role};
use service::{
    Error, RoomsThen,
    console::{ConsoleCall, Meaning, Outcome},
};

use super::scene::{Scene, filled, one};
use crate::{house::on_both_engines, two_zooms::TwoZooms};

fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Runs an operation as the owner, confirmed.
async fn run(scene: &Scene, key: &str, fields: &[(&str, &str)], json: &str) -> service::Result<Outcome> {
    scene.run(key, filled(key, &typed(fields), json)).await.map(|answer| answer.outcome)
}

fn is_done(outcome: &service::Result<Outcome>) -> bool {
    matches!(outcome, Ok(Outcome::Done { .. }))
}

/// What the audit log says of the console, latest first.
async fn told_of(scene: &Scene) -> Vec<service::AuditLine> {
    let lines = scene.house.service.audit(&scene.house.owner, 100).await.unwrap();
    lines.into_iter().filter(|line| line.action.starts_with("console-")).collect()
}

#[tokio::test]
async fn only_an_owner_finds_and_runs_operations_and_never_with_a_programs_token() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        for (email, role) in [("admin@example.org", Role::Admin), ("viewer@example.org", Role::Viewer)] {
            let member = house.member(email, role).await;
            assert!(matches!(house.service.console_operation(&member, "users"), Err(Error::Forbidden { .. })));
            let call = ConsoleCall {
                connection: None,
                operation: one("users"), filled: filled("users", &[], ""), confirmed: true, password: None,
            };
            assert!(matches!(house.service.console_run(&member, call).await, Err(Error::Forbidden { .. })));
        }
        let token = house.service.create_api_token(&house.owner, house.owner.member_id().unwrap(), "x", true).await.unwrap();
        let program = house.service.actor_of_api_token(&token).await.unwrap().unwrap();
        let call = ConsoleCall { connection: None, operation: one("users"), filled: filled("users", &[], ""), confirmed: true, password: None };
        let calls = house.calls("users");
        assert!(matches!(house.service.console_run(&program, call).await, Err(Error::Forbidden { .. })));
        assert_eq!(house.calls("users"), calls);
    });
}

#[tokio::test]
async fn an_operation_is_run_at_the_account_that_is_named_and_at_the_default_else() {
    on_both_engines!(two in TwoZooms::on => {
        let other = two.connect_other().await;
        let owner = &two.house.owner;
        let users_at = async |connection| {
            let filled = filled("users", &[], "");
            let call = ConsoleCall { connection, operation: one("users"), filled, confirmed: false, password: None };
            let Outcome::Done { json: Some(json), .. } = two.house.service.console_run(owner, call).await.unwrap().outcome
            else {
                panic!("Zoom refused")
            };
            json["users"][0]["id"].as_str().unwrap().to_owned()
        };
        let is_of = |id: &str, sandbox: &zoom_sandbox::SandboxHandle| {
            sandbox.world().people().iter().any(|person| person.id == id)
        };
        assert!(is_of(&users_at(None).await, &two.house.sandbox));
        assert!(is_of(&users_at(Some(other)).await, &two.other));
        assert!(two.house.service.console_scopes(owner, Some(other)).await.unwrap().is_some());
        let nowhere = model::ConnectionId::from_parts(1_796_000_000_000, [9; 10]);
        assert!(matches!(two.house.service.console_scopes(owner, Some(nowhere)).await, Err(Error::NotFound)));
    });
}

#[tokio::test]
async fn nothing_is_changed_in_an_account_that_is_being_disconnected() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.sandbox.faults().unplug();
        let password = house.password.into();
        house.service.disconnect(&house.owner, id, RoomsThen::DeleteAtZoom, Some(&password)).await.unwrap();
        house.sandbox.faults().plug_in();
        let made = run(&scene, "meetingCreate", &[("path.userId", "me")], r#"{"topic":"Clinic"}"#).await;
        assert!(matches!(&made, Err(Error::Refused { reason }) if reason.contains("being disconnected")), "{made:?}");
        assert_eq!(house.calls("meetingCreate"), 0);
        assert!(is_done(&run(&scene, "users", &[], "").await), "what only reads is answered");
    });
}

#[tokio::test]
async fn a_change_is_confirmed_a_deletion_takes_the_password_and_each_is_a_line_of_the_audit_log() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let create = |confirmed| ConsoleCall {
                connection: None,
            operation: one("meetingCreate"),
            filled: filled("meetingCreate", &typed(&[("path.userId", "me")]), r#"{"topic":"Clinic","password":"canary1"}"#),
            confirmed,
            password: None,
        };
        let refused = house.service.console_run(&house.owner, create(false)).await;
        assert!(matches!(&refused, Err(Error::Invalid(wrong)) if wrong[0].field == "confirmed"), "{refused:?}");
        assert_eq!(house.calls("meetingCreate"), 0);
        let made = house.service.console_run(&house.owner, create(true)).await.unwrap();
        let Outcome::Done { status: 201, json: Some(json) } = made.outcome else { panic!("{:?}", made.outcome) };
        let number = json["id"].to_string();
        assert!(!json.to_string().contains("canary1") && json["start_url"] == "(hidden)", "{json}");

        let delete = |password: Option<&str>| ConsoleCall {
                connection: None,
            operation: one("meetingDelete"),
            filled: filled("meetingDelete", &typed(&[("path.meetingId", &number)]), ""),
            confirmed: true,
            password: password.map(Into::into),
        };
        let refused = house.service.console_run(&house.owner, delete(None)).await;
        let missing = Problem::Missing.at("password");
        assert!(matches!(&refused, Err(Error::Invalid(wrong)) if *wrong == [missing.clone()]), "{refused:?}");
        let refused = house.service.console_run(&house.owner, delete(Some("wrong horse battery"))).await;
        assert!(matches!(refused, Err(Error::WrongPassword)), "{refused:?}");
        assert_eq!(house.calls("meetingDelete"), 0);
        let deleted = house.service.console_run(&house.owner, delete(Some(house.password))).await.unwrap();
        assert!(matches!(deleted.outcome, Outcome::Done { status: 204, json: None }), "{deleted:?}");

        let lines = told_of(&scene).await;
        let told: Vec<_> = lines.iter().map(|line| (&*line.action, &*line.subject, &*line.detail)).collect();
        let subject = format!("meetingDelete {number}");
        assert_eq!(
            told,
            [
                ("console-ran", &*subject, "done, 204"),
                ("console-asked", &*subject, "DELETE"),
                ("console-ran", "meetingCreate me", "done, 201"),
                ("console-asked", "meetingCreate me", "POST"),
            ]
        );
    });
}

#[tokio::test]
async fn where_users_are_named_nothing_is_asked_about_anybody_else() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let people = house.sandbox.world().people();
        let ben = people.iter().find(|one| one.email == "ben@northlight.example").unwrap();
        let other = people.iter().find(|one| one.email != ben.email && !one.is_owner()).unwrap();
        let number = |of: &str| {
            let scene = &scene;
            let of = of.to_owned();
            async move {
                let body = serde_json::json!({ "topic": "Held" });
                scene.send("POST", &format!("/users/{of}/meetings"), Some(&body)).await.1["id"].to_string()
            }
        };
        let (bens, others) = (number(&ben.id).await, number(&other.id).await);
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.refresh_hosts(&house.owner).await.unwrap();
        house.service.allow_hosts(&house.owner, id, &ben.email).await.unwrap();

        let topic = r#"{"topic":"x"}"#;
        for (key, fields, json) in [
            ("meetings", vec![("path.userId", &*other.email)], ""),
            ("meetings", vec![("path.userId", &*other.id)], ""),
            ("meetings", vec![("path.userId", "me")], ""),
            ("user", vec![("path.userId", &*ben.email), ("query.search_by_unique_id", "true")], ""),
            ("meetingCreate", vec![("path.userId", &*ben.email)], &*format!(r#"{{"schedule_for":"{}"}}"#, other.email)),
            ("meetingCreate", vec![("path.userId", &*ben.email)], r#"{"schedule_for":["x"]}"#),
            ("meetingCreate", vec![("path.userId", &*ben.id)], &*format!(r#"{{"settings":{{"alternative_hosts":"{};{}"}}}}"#, ben.email, other.email)),
            ("meetingUpdate", vec![("path.meetingId", &*others)], topic),
            ("meetingDelete", vec![("path.meetingId", &*others)], ""),
            ("userDelete", vec![("path.userId", &*ben.email), ("query.transfer_email", &*other.email)], ""),
            ("userEmail", vec![("query.email", &*other.email)], ""),
            ("userCreate", vec![], r#"{"action":"create","user_info":{"email":"new@elsewhere.example","type":1}}"#),
            ("userZak", vec![], ""),
            ("getEvents", vec![("query.role_type", "host")], ""),
            ("UpdateTheAccountOwner", vec![("path.accountId", "me")], &*format!(r#"{{"email":"{}"}}"#, ben.email)),
        ] {
            let before = house.calls(one(key).operation.id);
            let refused = run(&scene, key, &fields, json).await;
            let told = format!("{key} {fields:?} {json}: {refused:?}");
            assert!(matches!(&refused, Err(Error::Refused { reason }) if reason.contains("Zoom settings")), "{told}");
            assert_eq!(house.calls(one(key).operation.id), before, "it was sent: {told}");
        }
        let last = &told_of(&scene).await[0];
        assert_eq!((&*last.action, &*last.subject), ("console-refused", "UpdateTheAccountOwner me"));

        assert!(is_done(&run(&scene, "meetings", &[("path.userId", &ben.email.to_uppercase())], "").await));
        assert!(is_done(&run(&scene, "meetingUpdate", &[("path.meetingId", &bens)], topic).await));
        assert!(is_done(&run(&scene, "accountSettings", &[("path.accountId", "me")], "").await), "no single user's");
        let answer = scene.run("users", filled("users", &[], "")).await.unwrap();
        let Outcome::Done { json: Some(json), .. } = &answer.outcome else { panic!("{answer:?}") };
        let shown: Vec<_> = json["users"].as_array().unwrap().iter().map(|one| &one["email"]).collect();
        assert_eq!(shown, [&*ben.email]);
        assert!(answer.left_out > 0);
    });
}

#[tokio::test]
async fn a_refusal_of_zooms_is_an_answer_with_its_code_its_words_and_what_to_add() {
    on_both_engines!(scene in Scene::on => {
        let house = &scene.house;
        let gone = run(&scene, "meeting", &[("path.meetingId", "99999999999")], "").await;
        let Ok(Outcome::Refused(refusal)) = gone else { panic!("{gone:?}") };
        assert_eq!((refusal.meaning, refusal.code), (Meaning::NotFound, Some(3001)));
        assert_eq!(refusal.message, "Meeting does not exist: 99999999999.");

        let all_but = zoom_sandbox::guide_scopes().into_iter().filter(|one| one != "meeting:read:list_meetings:admin");
        house.sandbox.grant(all_but.collect::<Vec<_>>()).unwrap();
        let id = house.service.connection(&house.owner).await.unwrap().unwrap().id;
        house.service.recheck(&house.owner, id).await.unwrap();
        let lacks = run(&scene, "meetings", &[("path.userId", "me")], "").await;
        let Ok(Outcome::Refused(refusal)) = lacks else { panic!("{lacks:?}") };
        assert_eq!((refusal.meaning, refusal.code), (Meaning::Scope, Some(4711)));
        assert_eq!(refusal.scope.as_deref(), Some("meeting:read:list_meetings:admin"));
        assert_eq!(refusal.place.unwrap().title, zoom_spec::scope("meeting:read:list_meetings:admin").unwrap().title);

        house.sandbox.faults().unplug();
        let away = run(&scene, "users", &[], "").await;
        let Ok(Outcome::Refused(refusal)) = away else { panic!("{away:?}") };
        assert!(matches!(refusal.meaning, Meaning::Unreachable | Meaning::Lost), "{refusal:?}");
    });
}
