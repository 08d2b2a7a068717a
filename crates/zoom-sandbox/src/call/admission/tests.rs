//! Who is let in and with which code everybody else is turned away.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rstest::rstest;
use sha2::Sha256;

use super::*;
use crate::call::{Guest, Participant, Parting, SignIn};

const NUMBER: u64 = 81_234_567_890;
const NOW: i64 = 1_800_000_000;

#[derive(Debug)]
struct World(CallMeeting);

impl CallWorld for World {
    fn meeting(&self, number: u64) -> Option<CallMeeting> {
        (number == self.0.number).then(|| self.0.clone())
    }
    fn sdk_secret(&self, client_id: &str) -> Option<String> {
        (client_id == "app").then(|| "secret".to_owned())
    }
    fn user_of_zak(&self, zak: &str, _now: Timestamp) -> Option<ZakUser> {
        let id = zak.strip_prefix("zak of ")?;
        Some(ZakUser {
            id: id.to_owned(),
            email: format!("{id}@example.org"),
            display_name: format!("{id} by name"),
            account_id: "ours".into(),
        })
    }
    fn guest(&self, _number: u64, token: &str, _now: Timestamp) -> Option<Guest> {
        (token == "personal").then(|| Guest {
            name: "Gail Guest".into(),
            email: "gail@example.org".into(),
            ..Guest::default()
        })
    }
    fn may_begin(&self, _number: u64) -> bool {
        true
    }
    fn call_started(&self, _number: u64) {}
    fn call_ended(&self, _number: u64) {}
    fn participant_waiting(&self, _number: u64, _who: &Participant) {}
    fn participant_joined(&self, _number: u64, _who: &Participant) {}
    fn participant_gave_up(&self, _number: u64, _who: &Participant, _why: Parting) {}
    fn participant_left(&self, _number: u64, _who: &Participant, _why: Parting) {}
    fn said(&self, _number: u64, _who: &Participant, _text: &str) {}
}

fn meeting() -> CallMeeting {
    CallMeeting {
        number: NUMBER,
        kind: CallKind::Meeting,
        topic: "Kitchen Spanish".into(),
        passcode: "abc".into(),
        waiting_room: false,
        join_before_host: true,
        mute_upon_entry: false,
        host_id: "hedda".into(),
        alternative_hosts: vec!["ALT@example.org".into(), "deputy".into()],
        needs_registration: false,
        sign_in: None,
        longest_minutes: None,
    }
}

fn request(role: u8) -> JoinRequest {
    let claims = format!(
        r#"{{"appKey":"app","mn":{NUMBER},"role":{role},"iat":{NOW},"exp":{end},"tokenExp":{end}}}"#,
        end = NOW + 7200
    );
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#), URL_SAFE_NO_PAD.encode(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(b"secret").unwrap();
    mac.update(text.as_bytes());
    JoinRequest {
        signature: format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())),
        meeting_number: NumberText::Text("812 3456 7890".into()),
        user_name: "Ada".into(),
        pass_word: "abc".into(),
        user_email: String::new(),
        zak: String::new(),
        tk: String::new(),
    }
}

fn ask(meeting: CallMeeting, standing: Standing, request: &JoinRequest) -> Result<Pass, u16> {
    let now = Timestamp::from_second(NOW).unwrap();
    admit(&World(meeting), |_| standing, request, now).map(|(pass, _)| pass).map_err(Refusal::code)
}

const OPEN: Standing = Standing::Running { full: false, locked: false };

#[test]
fn a_participant_with_signature_and_passcode_gets_a_seat_under_a_tidy_name() {
    let request = JoinRequest { user_name: "  Ada\u{7} Lovelace\n ".into(), ..request(0) };
    let pass = Pass {
        number: NUMBER,
        name: "Ada Lovelace".into(),
        host: false,
        user: None,
        email: String::new(),
        without_sound: false,
        without_picture: false,
    };
    assert_eq!(ask(meeting(), OPEN, &request), Ok(pass));
    let long = JoinRequest { user_name: "é".repeat(500), ..request };
    assert_eq!(ask(meeting(), OPEN, &long).unwrap().name.chars().count(), LONGEST_NAME);
}

#[rstest]
#[case::host("hedda", Ok(true))]
#[case::alternative_host_by_email("alt", Ok(true))]
#[case::alternative_host_by_id("deputy", Ok(true))]
#[case::somebody_else("eve", Err(3708))]
fn role_one_needs_the_zak_of_somebody_who_may_hold_the_meeting(#[case] user: &str, #[case] host: Result<bool, u16>) {
    let request = JoinRequest { zak: format!("zak of {user}"), pass_word: String::new(), ..request(1) };
    assert_eq!(ask(meeting(), Standing::Idle, &request).map(|pass| pass.host), host);
}

#[test]
fn role_one_without_a_zak_and_any_role_with_a_bad_one_are_turned_away() {
    assert_eq!(ask(meeting(), OPEN, &request(1)), Err(4012));
    let bad = |role| JoinRequest { zak: "forged".into(), ..request(role) };
    assert_eq!(ask(meeting(), OPEN, &bad(1)), Err(4013));
    assert_eq!(ask(meeting(), OPEN, &bad(0)), Err(4013));
}

#[test]
fn a_zak_does_not_make_a_participants_signature_a_hosts() {
    let request = JoinRequest { zak: "zak of hedda".into(), ..request(0) };
    assert!(!ask(meeting(), OPEN, &request).unwrap().host);
}

#[test]
fn a_host_without_a_name_goes_by_the_accounts_and_a_participant_must_have_one() {
    let host = JoinRequest { user_name: String::new(), zak: "zak of hedda".into(), ..request(1) };
    assert_eq!(ask(meeting(), OPEN, &host).unwrap().name, "hedda by name");
    let nobody = JoinRequest { user_name: " \t ".into(), ..request(0) };
    assert_eq!(ask(meeting(), OPEN, &nobody), Err(4003));
}

#[test]
fn a_wrong_passcode_and_an_unknown_number_are_told_apart_only_with_a_good_signature() {
    let wrong = JoinRequest { pass_word: "abd".into(), ..request(0) };
    assert_eq!(ask(meeting(), OPEN, &wrong), Err(3004));
    let gone = CallMeeting { number: 1, ..meeting() };
    assert_eq!(ask(gone.clone(), OPEN, &wrong), Err(3001));
    let unsigned = JoinRequest { signature: "a.b.c".into(), ..wrong };
    assert_eq!(ask(gone, OPEN, &unsigned), Err(3712));
}

#[rstest]
#[case::text("no number")]
#[case::empty("")]
#[case::negative("-5x")]
#[case::huge("99999999999999999999999")]
fn what_is_no_number_is_a_bad_parameter(#[case] number: &str) {
    let request = JoinRequest { meeting_number: NumberText::Text(number.into()), ..request(0) };
    assert_eq!(ask(meeting(), OPEN, &request), Err(4003));
}

#[test]
fn a_webinars_audience_names_an_email_address_and_its_host_need_not() {
    let webinar = CallMeeting { kind: CallKind::Webinar, ..meeting() };
    assert_eq!(ask(webinar.clone(), OPEN, &request(0)), Err(4003));
    let named = JoinRequest { user_email: "ada@example.org".into(), ..request(0) };
    assert!(ask(webinar.clone(), OPEN, &named).is_ok());
    let host = JoinRequest { zak: "zak of hedda".into(), ..request(1) };
    assert!(ask(webinar, OPEN, &host).is_ok());
}

#[rstest]
#[case::not_started(false, false, Standing::Idle, Some(3008), None)]
#[case::waiting_room_outdoes_joining_before_the_host(true, true, Standing::Idle, Some(3008), None)]
#[case::joining_before_the_host(true, false, Standing::Idle, None, None)]
#[case::just_ended(true, false, Standing::JustEnded, Some(4004), None)]
#[case::locked(true, false, Standing::Running { full: false, locked: true }, Some(4006), None)]
#[case::full(true, false, Standing::Running { full: true, locked: false }, Some(4005), Some(4005))]
fn the_state_of_the_call_decides_last(
    #[case] join_before_host: bool,
    #[case] waiting_room: bool,
    #[case] standing: Standing,
    #[case] participant: Option<u16>,
    #[case] host: Option<u16>,
) {
    let meeting = CallMeeting { waiting_room, join_before_host, ..meeting() };
    assert_eq!(ask(meeting.clone(), standing, &request(0)).err(), participant);
    let held = JoinRequest { zak: "zak of hedda".into(), ..request(1) };
    assert_eq!(ask(meeting, standing, &held).err(), host);
}

#[test]
fn the_sandboxs_own_page_asks_for_everything_but_the_signature() {
    let now = Timestamp::from_second(NOW).unwrap();
    let at_page = |request: JoinRequest| {
        let request = JoinRequest { signature: String::new(), ..request };
        admit_at_page(&World(meeting()), |_| OPEN, &request, now).map(|(pass, _)| pass.host).map_err(Refusal::code)
    };
    assert_eq!(at_page(request(0)), Ok(false));
    assert_eq!(at_page(JoinRequest { pass_word: String::new(), ..request(0) }), Err(3004));
    assert_eq!(at_page(JoinRequest { zak: "zak of hedda".into(), ..request(0) }), Ok(true));
    assert_eq!(at_page(JoinRequest { zak: "zak of eve".into(), ..request(0) }), Err(3708));
    assert_eq!(at_page(JoinRequest { zak: "forged".into(), ..request(0) }), Err(4013));
}

#[rstest]
#[case::nobody("", SignIn::Anybody, false)]
#[case::anybody("zak of ann", SignIn::Anybody, true)]
#[case::of_the_account("zak of ann", SignIn::Account("ours".into()), true)]
#[case::of_another("zak of ann", SignIn::Account("theirs".into()), false)]
#[case::of_a_domain("zak of ann", SignIn::Domains(vec!["example.net".into(), "Example.ORG".into()]), true)]
#[case::of_none("zak of ann", SignIn::Domains(vec!["example.net".into()]), false)]
fn where_people_sign_in_only_those_come_whom_the_rule_takes(
    #[case] zak: &str,
    #[case] sign_in: SignIn,
    #[case] comes: bool,
) {
    let asked = JoinRequest { zak: zak.to_owned(), ..request(0) };
    let answer = ask(CallMeeting { sign_in: Some(sign_in), ..meeting() }, OPEN, &asked);
    assert_eq!(answer.err(), (!comes).then_some(3100));
}
