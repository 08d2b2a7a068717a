//! Exchanges typed by hand from Zoom's documents: the client sends exactly these bytes and understands these answers.

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::wire::{Answer, Wire};
use zoom_client::{
    CredentialProblem, Error, Executed, ExposeSecret as _, Limit, MeetingChange, MeetingId, MeetingKind,
    MeetingSettings, NewMeeting, NewUser, NewWebinar, Recurrence, UserId, UserKind, WebinarChange, WebinarKind,
    WebinarSettings, Weekday, ZoomClient,
    meetings::MeetingList,
    users::{SignUp, UserStatus},
};

/// An exchange and what is left to check after it was played.
struct Golden {
    name: String,
    wire: Wire,
    requests: Vec<Vec<String>>,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden"))
}

impl Golden {
    fn load(name: &str) -> Self {
        let text = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
        let (mut requests, mut answers): (Vec<Vec<String>>, Vec<Vec<String>>) = (vec![], vec![]);
        let mut last = '<';
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (way, rest) = line.split_at(1);
            let way = way.chars().next().unwrap();
            if way == '>' && last == '<' {
                requests.push(vec![]);
                answers.push(vec![]);
            }
            last = way;
            let lines = if way == '>' { &mut requests } else { &mut answers };
            lines.last_mut().unwrap().push(rest.strip_prefix(' ').unwrap_or(rest).to_owned());
        }
        let answers = answers.iter().map(|lines| Answer::Bytes(written(lines))).collect();
        Self { name: name.to_owned(), wire: Wire::start(answers), requests }
    }

    async fn client(&self) -> ZoomClient {
        self.wire.client().await
    }

    /// The client sent what the file says, no more and no less.
    fn check(self) {
        let seen = self.wire.seen();
        assert_eq!(seen.len(), self.requests.len(), "{}: requests", self.name);
        for (sent, wanted) in seen.iter().zip(&self.requests) {
            let (head, body) = sent.split_once("\r\n\r\n").unwrap();
            let mut sent_lines = head.split("\r\n");
            assert_eq!(sent_lines.next().unwrap(), wanted[0], "{}", self.name);
            let sent_headers: BTreeSet<&str> = sent_lines.collect();
            let mut parts = wanted[1..].splitn(2, String::is_empty);
            for header in parts.next().unwrap_or_default() {
                assert!(sent_headers.contains(&**header), "{}: {header} is not in {sent_headers:#?}", self.name);
            }
            assert_eq!(body, parts.next().unwrap_or_default().join("\n"), "{}: body", self.name);
        }
    }
}

fn written(lines: &[String]) -> Vec<u8> {
    let mut parts = lines.splitn(2, String::is_empty);
    let head = parts.next().unwrap().join("\r\n");
    let body = parts.next().unwrap_or_default().join("\n");
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    format!("{head}\r\n{length}connection: close\r\n\r\n{body}").into_bytes()
}

fn user(text: &str) -> UserId {
    text.parse().unwrap()
}

fn number(number: u64) -> MeetingId {
    MeetingId::new(number).unwrap()
}

fn at(text: &str) -> clock::Timestamp {
    text.parse().unwrap()
}

/// Each file is played by the test of its name; [`every_golden_file_is_played`] looks that none is left over.
macro_rules! golden {
    ($($name:ident: |$client:ident| $body:block)+) => {
        $(#[tokio::test]
        async fn $name() {
            let golden = Golden::load(stringify!($name));
            let $client = golden.client().await;
            $body
            golden.check();
        })+

        const PLAYED: &[&str] = &[$(stringify!($name)),+];
    };
}

#[test]
fn every_golden_file_is_played() {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned())).collect();
    let played: BTreeSet<String> =
        PLAYED.iter().map(|name| (*name).to_owned()).chain(TOKENS.iter().map(|(name, _)| (*name).to_owned())).collect();
    assert_eq!(files, played);
    assert!(files.len() >= 20);
}

const TOKENS: &[(&str, Option<CredentialProblem>)] = &[
    ("token", None),
    ("token_wrong_secret", Some(CredentialProblem::Client)),
    ("token_wrong_account", Some(CredentialProblem::Account)),
    ("token_app_disabled", Some(CredentialProblem::Disabled)),
    ("token_other_app_type", Some(CredentialProblem::NotServerToServer)),
];

#[tokio::test]
async fn a_token_is_asked_for_and_its_refusals_are_understood() {
    for (name, expected) in TOKENS {
        let golden = Golden::load(name);
        let result = golden.wire.stranger().token().await;
        match (result, expected) {
            (Ok(token), None) => {
                assert_eq!(token.scopes(), ["meeting:read:meeting:admin", "user:read:user:admin"]);
                assert_eq!(token.expires_at(), at("2026-11-23T22:00:00Z"));
                assert_eq!(token.clock_ahead().unwrap().as_secs(), -2);
            }
            (Err(Error::Credentials { problem, reason }), Some(expected)) => {
                assert_eq!(problem, *expected, "{name}");
                assert!(reason.is_some(), "{name}");
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
        golden.check();
    }
}

golden! {
    token_expired: |zoom| {
        assert_eq!(zoom.users().get(&UserId::Me).await.unwrap().email, "owner@example.com");
    }
    users_two_pages: |zoom| {
        let users = zoom.users().list().await.unwrap();
        let names: Vec<_> = users.iter().map(zoom_client::User::name).collect();
        assert_eq!(names, ["Lucía Vega", "jun"]);
        assert_eq!((users[0].kind, users[1].kind), (UserKind::Licensed, UserKind::Basic));
        assert!(users[0].extra.get("host_key").is_none());
    }
    users_pending: |zoom| {
        let users = zoom.users().list().status(UserStatus::Pending).await.unwrap();
        assert_eq!((&*users[0].id, &*users[0].email), ("", "new@example.com"));
    }
    user_by_email: |zoom| {
        let jill = zoom.users().get(&user("jchill+zoom@example.com")).await.unwrap();
        assert_eq!(jill.name(), "Jill Chill");
        assert_eq!(jill.account_id.as_deref(), Some("q6gBJVO5TzexKYTb_I2rpg"));
        assert_eq!(jill.created_at, Some(at("2018-10-31T04:32:37Z")));
        assert!(jill.extra.get("personal_meeting_url").is_none(), "it carries a passcode");
    }
    user_not_found: |zoom| {
        let error = zoom.users().get(&user("nobody")).await.unwrap_err();
        assert_eq!(error, Error::NotFound { operation: "user", code: 1001, message: "User does not exist: nobody.".into() });
        assert_eq!(error.executed(), Executed::No);
    }
    user_create: |zoom| {
        let new = NewUser::new(SignUp::CustCreate, "desk@example.com", UserKind::Basic);
        let new = new.first_name("Front").last_name("Desk").display_name("The front desk");
        assert_eq!(zoom.users().create(&new).await.unwrap().id, "KDcuGIm1QgePTO8WbOqwIQ");
    }
    user_create_address_used: |zoom| {
        let new = NewUser::new(SignUp::Create, "desk@example.com", UserKind::Licensed);
        let error = zoom.users().create(&new).await.unwrap_err();
        assert!(matches!(error, Error::Conflict { .. }), "{error:?}");
    }
    user_create_invalid: |zoom| {
        let new = NewUser::new(SignUp::Create, "desk", UserKind::Licensed);
        match zoom.users().create(&new).await.unwrap_err() {
            Error::Invalid { fields, .. } => assert_eq!(fields[0].field, "user_info.email"),
            other => panic!("{other:?}"),
        }
    }
    zak: |zoom| {
        let zak = zoom.users().zak(&user("z8yCxjabcdEFGHfp8uQ")).ttl(900).await.unwrap();
        assert_eq!(zak.key.expose_secret(), "eyJ6bV9za20iOiJ6bV9vMm0ifQ.canary");
        assert_eq!(zak.good_until, at("2026-11-23T21:15:00Z"));
        assert!(!format!("{zak:?}").contains("canary"));
    }
    my_zak: |zoom| {
        assert_eq!(zoom.users().my_zak().await.unwrap().good_until, at("2026-11-23T21:05:00Z"));
    }
    meeting_create: |zoom| {
        let settings = MeetingSettings::new().host_video(true).participant_video(false).join_before_host(false)
            .mute_upon_entry(true).waiting_room(true)
            .alternative_hosts(["jun@example.com".to_owned(), "ana@example.com".to_owned()]);
        let new = NewMeeting::new("Kitchen Spanish").starts_local("2026-12-01T18:00:00".parse().unwrap(), "Europe/Madrid")
            .duration(50_u32).passcode("tapas1".to_owned()).agenda("Week 3 of 8").settings(settings);
        let made = zoom.meetings().create(&UserId::Me, &new).await.unwrap();
        assert_eq!((made.id, made.kind), (number(92_674_392_836), MeetingKind::Scheduled));
        assert_eq!(made.start_time, Some(at("2026-12-01T17:00:00Z")));
        assert_eq!(made.passcode.as_ref().unwrap().expose_secret(), "tapas1");
        assert_eq!(made.join_url.as_ref().unwrap().expose_secret(), "https://example.zoom.us/j/92674392836?pwd=canary");
        assert_eq!(made.settings.alternative_hosts.as_ref().unwrap(), &["jun@example.com", "ana@example.com"]);
        assert_eq!(made.extra.names().collect::<Vec<_>>(), ["creation_source", "pre_schedule"]);
        assert!(made.settings.extra.get("focus_mode").is_some());
        let printed = format!("{made:?} {new:?}");
        assert!(!printed.contains("canary") && !printed.contains("tapas1") && !printed.contains("start_url"));
    }
    meeting_create_recurring: |zoom| {
        let rule = Recurrence::weekly(1, &[Weekday::Tuesday, Weekday::Thursday]).times(8);
        let new = NewMeeting::new("Thesis clinic").kind(MeetingKind::RecurringFixedTime)
            .starts_at(at("2026-12-01T17:00:00Z")).duration(30_u32).recurrence(rule.clone());
        let made = zoom.meetings().create(&user("lucia@example.com"), &new).await.unwrap();
        assert_eq!(made.recurrence, Some(rule));
        let sittings: Vec<_> = made.occurrences.iter().map(|one| (&*one.occurrence_id, one.status.as_deref())).collect();
        assert_eq!(sittings, [("1796144400000", Some("available")), ("1796317200000", Some("deleted"))]);
        assert_eq!(made.uuid.unwrap().path_segment(), "%252FajXp112QmuoKj4854875%253D%253D");
    }
    meeting_create_hundred_a_day: |zoom| {
        let error = zoom.meetings().create(&UserId::Me, &NewMeeting::new("One too many")).await.unwrap_err();
        let (limit, retry_after) = (Limit::HostDaily, at("2026-11-24T00:00:00Z"));
        assert_eq!(error, Error::RateLimited { operation: "meetingCreate", limit, retry_after });
        assert_eq!(error.executed(), Executed::No);
    }
    meeting_create_daily_limit: |zoom| {
        let error = zoom.meetings().create(&UserId::Me, &NewMeeting::new("One too many")).await.unwrap_err();
        let (limit, retry_after) = (Limit::Daily, at("2026-11-24T00:00:00Z"));
        assert_eq!(error, Error::RateLimited { operation: "meetingCreate", limit, retry_after });
    }
    meeting_get: |zoom| {
        let read = zoom.meetings().get(number(85_746_065_432)).occurrence("1796144400000").previous_occurrences(true);
        let read = read.await.unwrap();
        assert_eq!((read.status.as_deref(), read.agenda.as_deref()), (Some("started"), None));
        assert_eq!(read.settings.alternative_hosts, Some(vec![]));
        assert!(read.passcode.is_none() && read.extra.get("start_url").is_none());
    }
    meeting_get_missing_scope: |zoom| {
        let error = zoom.meetings().get(number(85_746_065_432)).await.unwrap_err();
        let scopes = vec!["meeting:read:meeting".to_owned(), "meeting:read:meeting:admin".to_owned()];
        assert!(
            matches!(&error, Error::MissingScopes { scopes: told, code: 4711, message, .. }
                if *told == scopes && message.contains("does not contain scopes")),
            "{error:?}"
        );
    }
    meeting_update: |zoom| {
        let change = MeetingChange::new().topic("Kitchen Spanish II").settings(MeetingSettings::new().mute_upon_entry(false));
        zoom.meetings().update(number(85_746_065_432), &change).await.unwrap();
    }
    meeting_update_alternative_hosts: |zoom| {
        for hosts in [vec!["30R7kT7bTIKSNUFEuH_Qlg".to_owned(), "jun@example.com".to_owned()], vec![]] {
            let change = MeetingChange::new().settings(MeetingSettings::new().alternative_hosts(hosts));
            zoom.meetings().update(number(85_746_065_432), &change).await.unwrap();
        }
    }
    meeting_update_occurrence: |zoom| {
        let change = MeetingChange::new().starts_at(at("2026-12-02T17:00:00Z")).duration(45_u32);
        zoom.meetings().update(number(85_746_065_432), &change).occurrence("1796144400000").await.unwrap();
    }
    meeting_delete: |zoom| {
        zoom.meetings().delete(number(85_746_065_432)).await.unwrap();
    }
    meeting_delete_gone: |zoom| {
        let error = zoom.meetings().delete(number(85_746_065_432)).occurrence("1796144400000").await.unwrap_err();
        assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    }
    meeting_end: |zoom| {
        zoom.meetings().end(number(85_746_065_432)).await.unwrap();
    }
    meetings_list: |zoom| {
        let list = zoom.meetings().list(&user("z8yCxjabcdEFGHfp8uQ")).which(MeetingList::Upcoming).await.unwrap();
        let read: Vec<_> = list.iter().map(|one| (one.id.get(), &*one.topic, one.start_time.is_some())).collect();
        assert_eq!(read, [(97_763_643_886, "My Meeting", true), (97_763_643_887, "No fixed time", false)]);
        assert_eq!(list[0].agenda.as_deref(), Some("http://localhost/m/1"));
        assert!(!format!("{list:?}").contains("canary"));
    }
    meetings_list_page_expired: |zoom| {
        let list = zoom.meetings().list(&UserId::Me).await.unwrap();
        assert_eq!(list.iter().map(|one| one.id.get()).collect::<Vec<_>>(), [2]);
    }
    webinar_create: |zoom| {
        let settings = WebinarSettings::new().host_video(true).panelists_video(true).practice_session(true).approval_type(2)
            .alternative_hosts(["jun@example.com".to_owned(), "ana@example.com".to_owned()]);
        let new = NewWebinar::new("Ask an architect").starts_at(at("2026-11-24T20:00:00Z")).timezone("America/New_York")
            .duration(90_u32).agenda("Bring plans").settings(settings);
        let made = zoom.webinars().create(&user("lucia@example.com"), &new).await.unwrap();
        assert_eq!((made.id, made.kind), (number(92_674_392_837), WebinarKind::Webinar));
        assert!(made.passcode.is_none(), "an empty text is no passcode");
        assert_eq!(made.settings.alternative_hosts.as_ref().unwrap().len(), 2);
        let everything = format!("{made:?} {}", serde_json::to_string(&made.extra).unwrap());
        assert!(!everything.contains("canary"), "{everything}");
    }
    webinar_plan_missing: |zoom| {
        let error = zoom.webinars().create(&UserId::Me, &NewWebinar::new("Ask an architect")).await.unwrap_err();
        assert!(matches!(&error, Error::Forbidden { code: 200, reason, .. } if reason.starts_with("Webinar plan is missing")));
    }
    webinar_get: |zoom| {
        let read = zoom.webinars().get(number(92_674_392_837)).await.unwrap();
        assert_eq!((read.kind, read.occurrences.len()), (WebinarKind::RecurringFixedTime, 1));
        assert_eq!(read.settings.auto_recording.as_deref(), Some("cloud"));
    }
    webinar_update: |zoom| {
        let change = WebinarChange::new().passcode("plans26".to_owned());
        zoom.webinars().update(number(92_674_392_837), &change).await.unwrap();
    }
    webinar_update_alternative_hosts: |zoom| {
        for hosts in [vec!["30R7kT7bTIKSNUFEuH_Qlg".to_owned(), "jun@example.com".to_owned()], vec![]] {
            let change = WebinarChange::new().settings(WebinarSettings::new().alternative_hosts(hosts));
            zoom.webinars().update(number(92_674_392_837), &change).await.unwrap();
        }
    }
    webinar_delete: |zoom| {
        zoom.webinars().delete(number(92_674_392_837)).occurrence("1648194360000").await.unwrap();
    }
    webinar_end: |zoom| {
        zoom.webinars().end(number(92_674_392_837)).await.unwrap();
    }
    webinars_list_numbered: |zoom| {
        let list = zoom.webinars().list(&UserId::Me).await.unwrap();
        assert_eq!(list.iter().map(|one| &*one.topic).collect::<Vec<_>>(), ["First", "Second"]);
    }
    meeting_is_a_webinar: |zoom| {
        let error = zoom.meetings().get(number(92_674_392_837)).await.unwrap_err();
        assert!(matches!(error, Error::Refused { status: 400, code: 3000, .. }), "{error:?}");
    }
}
