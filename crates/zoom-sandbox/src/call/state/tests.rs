//! The call's stories, without sockets: message in, messages out.

use serde_json::json;

use super::*;

const NOW: i64 = 1_000_000;

fn meeting() -> CallMeeting {
    CallMeeting {
        number: 81_234_567_890,
        kind: CallKind::Meeting,
        topic: "Kitchen Spanish".into(),
        passcode: String::new(),
        waiting_room: false,
        join_before_host: true,
        mute_upon_entry: false,
        host_id: "hedda".into(),
        alternative_hosts: Vec::new(),
        needs_registration: false,
        sign_in: None,
        longest_minutes: None,
    }
}

fn pass(name: &str, host: bool) -> Pass {
    Pass {
        number: 81_234_567_890,
        name: name.into(),
        host,
        user: None,
        email: String::new(),
        without_sound: false,
        without_picture: false,
    }
}

fn enter(call: &mut Call, name: &str, host: bool) -> (PersonId, Outcome) {
    call.enter(&pass(name, host), NOW).unwrap()
}

fn to(outcome: &Outcome, id: PersonId) -> Vec<&ToClient> {
    outcome.sends.iter().filter(|(to, _)| *to == id).map(|(_, message)| message).collect()
}

fn welcome(outcome: &Outcome, id: PersonId) -> &Welcome {
    let found = to(outcome, id).into_iter().find_map(|message| match message {
        ToClient::Welcome(welcome) => Some(welcome),
        _ => None,
    });
    found.expect("no welcome")
}

fn names(welcome: &Welcome) -> Vec<&str> {
    welcome.people.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn who_comes_in_sees_who_is_there_and_those_hear_of_them() {
    let mut call = Call::new(meeting());
    let (ada, first) = enter(&mut call, "Ada", false);
    assert_eq!(names(welcome(&first, ada)), ["Ada"]);
    let (bob, second) = enter(&mut call, "Bob", false);
    assert_eq!(names(welcome(&second, bob)), ["Ada", "Bob"]);
    assert!(bob > ada, "the newcomer has the larger id, which makes the offers");
    assert!(matches!(&to(&second, ada)[..], [ToClient::Joined { person }] if person.name == "Bob" && person.sends));
}

#[test]
fn the_seventh_person_is_refused_and_simulated_people_take_no_seat() {
    let mut call = Call::new(meeting());
    call.simulate(&["Amara".into(), "Jonas".into()], None);
    for name in ["1", "2", "3", "4", "5", "6"] {
        enter(&mut call, name, false);
    }
    assert_eq!(call.enter(&pass("7", false), NOW), Err(Refusal::Full));
    assert_eq!(call.enter(&pass("the host", true), NOW), Err(Refusal::Full));
}

#[test]
fn negotiation_goes_to_the_one_it_names_and_to_nobody_who_is_not_inside() {
    let mut call = Call::new(CallMeeting { waiting_room: true, ..meeting() });
    call.simulate(&["Amara".into()], None);
    let (host, _) = enter(&mut call, "Hedda", true);
    let (other, _) = enter(&mut call, "Other host", true);
    let (waits, _) = enter(&mut call, "Wanda", false);
    let signal = |to| FromClient::Signal { to, data: json!({"description": 1}) };
    let sent = call.handle(other, signal(host));
    assert_eq!(sent.sends, [(host, ToClient::Signal { from: other, data: json!({"description": 1}) })]);
    for nobody in [waits, FIRST_ID, 7] {
        assert_eq!(call.handle(host, signal(nobody)), Outcome::default());
    }
    assert_eq!(call.handle(waits, signal(host)), Outcome::default(), "who waits cannot reach anybody");
}

#[test]
fn the_waiting_room_shows_a_guest_nobody_and_hosts_the_guest() {
    let mut call = Call::new(CallMeeting { waiting_room: true, ..meeting() });
    let (host, _) = enter(&mut call, "Hedda", true);
    let (ada, _) = enter(&mut call, "Ada", false);
    call.handle(host, FromClient::Admit { id: ada });
    let (guest, came) = enter(&mut call, "Guest", false);
    let seen = welcome(&came, guest);
    assert!(seen.waiting && names(seen) == ["Guest"]);
    assert!(matches!(&to(&came, host)[..], [ToClient::Joined { person }] if person.waiting));
    assert!(to(&came, ada).is_empty(), "participants do not see who waits");
    assert_eq!(call.handle(guest, FromClient::Chat { text: "let me in".into() }), Outcome::default());
    assert_eq!(call.handle(ada, FromClient::Admit { id: guest }), Outcome::default(), "only a host admits");

    let admitted = call.handle(host, FromClient::Admit { id: guest });
    assert_eq!(names(welcome(&admitted, guest)), ["Hedda", "Ada", "Guest"]);
    assert!(matches!(&to(&admitted, ada)[..], [ToClient::Joined { person }] if !person.waiting));
}

#[test]
fn a_host_declines_one_and_admits_the_rest_as_far_as_there_is_room() {
    let mut call = Call::new(CallMeeting { waiting_room: true, ..meeting() });
    let (host, _) = enter(&mut call, "Hedda", true);
    let waiting: Vec<_> = (0..7).map(|at| enter(&mut call, &format!("W{at}"), false).0).collect();
    let declined = call.handle(host, FromClient::Decline { id: waiting[0] });
    assert!(matches!(to(&declined, waiting[0])[..], [ToClient::Closed { reason: Parting::Declined }]));
    assert_eq!(declined.closes, [waiting[0]]);
    let admitted = call.handle(host, FromClient::AdmitAll);
    let inside = waiting.iter().filter(|id| to(&admitted, **id).iter().any(|m| matches!(m, ToClient::Welcome(_))));
    assert_eq!(inside.count(), MOST_PEOPLE - 1, "the host has the sixth seat");
    assert_eq!(call.standing(), Standing::Running { full: true, locked: false });
}

#[test]
fn a_host_mutes_by_force_and_only_asks_to_unmute() {
    let mut call = Call::new(meeting());
    let (host, _) = enter(&mut call, "Hedda", true);
    let (ada, _) = enter(&mut call, "Ada", false);
    let muted = call.handle(host, FromClient::Mute { id: ada });
    assert!(matches!(to(&muted, ada)[..], [ToClient::MutedByHost]));
    assert!(matches!(&to(&muted, host)[..], [ToClient::Changed { person }] if person.muted));
    let asked = call.handle(host, FromClient::AskUnmute { id: ada });
    assert_eq!(asked.sends, [(ada, ToClient::AskedToUnmute)]);
    assert_eq!(call.handle(ada, FromClient::Mute { id: host }), Outcome::default(), "participants mute nobody");
    let unmuted = call.handle(ada, FromClient::Media { muted: false, video: true });
    assert!(matches!(&to(&unmuted, host)[..], [ToClient::Changed { person }] if !person.muted));
    let all = call.handle(host, FromClient::MuteAll);
    assert!(to(&all, ada).contains(&&ToClient::MutedByHost));
    assert!(!to(&all, host).contains(&&ToClient::MutedByHost), "not the host");
}

#[test]
fn a_locked_call_takes_hosts_only() {
    let mut call = Call::new(meeting());
    let (host, _) = enter(&mut call, "Hedda", true);
    let locked = call.handle(host, FromClient::Lock { locked: true });
    assert_eq!(locked.sends, [(host, ToClient::Locked { locked: true })]);
    assert_eq!(call.enter(&pass("Ada", false), NOW), Err(Refusal::Locked));
    assert!(call.enter(&pass("Alternative", true), NOW).is_ok());
    call.handle(host, FromClient::Lock { locked: false });
    assert!(call.enter(&pass("Ada", false), NOW).is_ok());
}

#[test]
fn a_removed_person_hears_it_and_the_host_cannot_remove_themself() {
    let mut call = Call::new(meeting());
    let (host, _) = enter(&mut call, "Hedda", true);
    let (ada, _) = enter(&mut call, "Ada", false);
    assert_eq!(call.handle(host, FromClient::Remove { id: host }), Outcome::default());
    let removed = call.handle(host, FromClient::Remove { id: ada });
    assert_eq!(to(&removed, ada), [&ToClient::Closed { reason: Parting::Removed }]);
    assert_eq!(to(&removed, host), [&ToClient::Left { id: ada, reason: Parting::Removed }]);
}

#[test]
fn in_a_webinar_only_hosts_send_and_the_audience_still_writes_and_raises_hands() {
    let mut call = Call::new(CallMeeting { kind: CallKind::Webinar, ..meeting() });
    let (host, _) = enter(&mut call, "Hedda", true);
    let (ann, came) = enter(&mut call, "Ann", false);
    assert!(
        matches!(&to(&came, host)[..], [ToClient::Joined { person }] if !person.sends && person.muted && !person.video)
    );
    let tried = call.handle(ann, FromClient::Media { muted: false, video: true });
    assert!(matches!(&to(&tried, host)[..], [ToClient::Changed { person }] if person.muted && !person.video));
    let hand = call.handle(ann, FromClient::Hand { up: true });
    assert!(matches!(&to(&hand, host)[..], [ToClient::Changed { person }] if person.hand));
    assert_eq!(call.handle(ann, FromClient::Chat { text: "Hello".into() }).sends.len(), 2);
}

#[test]
fn chat_is_trimmed_cut_and_never_empty() {
    let mut call = Call::new(meeting());
    let (ada, _) = enter(&mut call, "Ada", false);
    assert_eq!(call.handle(ada, FromClient::Chat { text: " \n\t ".into() }), Outcome::default());
    let long = call.handle(ada, FromClient::Chat { text: format!("  {}", "ж".repeat(9000)) });
    assert!(matches!(&to(&long, ada)[..], [ToClient::Chat { text, .. }] if text.chars().count() == LONGEST_LINE));
}

#[test]
fn the_last_one_to_leave_ends_the_call_and_those_who_wait_hear_it() {
    let mut call = Call::new(CallMeeting { waiting_room: true, ..meeting() });
    let (host, _) = enter(&mut call, "Hedda", true);
    let (waits, _) = enter(&mut call, "Wanda", false);
    let over = call.handle(host, FromClient::Leave);
    assert!(over.ended);
    assert_eq!(to(&over, waits), [&ToClient::Closed { reason: Parting::Ended }]);
    assert_eq!(over.closes, [host, waits]);
}

#[test]
fn end_for_all_is_the_hosts_alone() {
    let mut call = Call::new(meeting());
    let (host, _) = enter(&mut call, "Hedda", true);
    let (ada, _) = enter(&mut call, "Ada", false);
    call.simulate(&["Amara".into()], None);
    assert_eq!(call.handle(ada, FromClient::End), Outcome::default());
    let over = call.handle(host, FromClient::End);
    assert!(over.ended);
    assert_eq!(over.closes, [host, ada], "simulated people have no socket");
    assert!(call.views().is_empty());
}

#[test]
fn a_broken_connection_has_its_grace_and_then_the_person_is_gone() {
    let mut call = Call::new(meeting());
    let (ada, _) = enter(&mut call, "Ada", false);
    let (bob, _) = enter(&mut call, "Bob", false);
    let broke = call.lost(bob, NOW);
    assert!(matches!(&to(&broke, ada)[..], [ToClient::Changed { person }] if !person.connected));
    assert_eq!(call.due(), Some(NOW + GRACE_MS));
    assert_eq!(call.tick(NOW + GRACE_MS - 1), Outcome::default());
    let back = call.back(bob);
    assert!(matches!(&to(&back, ada)[..], [ToClient::Changed { person }] if person.connected));
    assert_eq!(names(welcome(&back, bob)), ["Ada", "Bob"]);
    assert_eq!(call.due(), None);

    call.lost(bob, NOW);
    let gone = call.tick(NOW + GRACE_MS);
    assert_eq!(to(&gone, ada), [&ToClient::Left { id: bob, reason: Parting::Lost }]);
    assert!(!gone.ended);
}

#[test]
fn a_reload_of_the_last_page_does_not_end_the_call_and_a_closed_page_does_after_a_while() {
    let mut call = Call::new(meeting());
    let (ada, _) = enter(&mut call, "Ada", false);
    assert!(!call.gone(ada, NOW).ended);
    assert_eq!(call.tick(NOW + LINGER_MS - 1), Outcome::default());
    let (again, _) = enter(&mut call, "Ada", false);
    assert_eq!(call.due(), None);
    assert!(!call.gone(again, NOW).ended);
    assert!(call.tick(NOW + LINGER_MS).ended);
}

#[test]
fn a_guest_who_only_waits_does_not_keep_an_empty_call_alive() {
    let mut call = Call::new(CallMeeting { waiting_room: true, ..meeting() });
    let (host, _) = enter(&mut call, "Hedda", true);
    call.gone(host, NOW);
    enter(&mut call, "Wanda", false);
    assert!(call.tick(NOW + LINGER_MS).ended);
}

#[test]
fn simulated_people_keep_a_call_alive_and_one_of_them_writes_to_whoever_is_alone() {
    let mut call = Call::new(meeting());
    call.simulate(&["Amara".into(), "Jonas".into()], Some("bring a real person: http://localhost/r/x".into()));
    let (ada, _) = enter(&mut call, "Ada", false);
    assert_eq!(call.due(), Some(NOW + GREETING_MS));
    let greeted = call.tick(NOW + GREETING_MS);
    assert!(
        matches!(&to(&greeted, ada)[..], [ToClient::Chat { name, text, .. }] if name == "Amara" && text.ends_with("/r/x"))
    );
    let (bob, _) = enter(&mut call, "Bob", false);
    assert_eq!(call.tick(NOW + GREETING_MS), Outcome::default(), "two real people need no such hint");
    assert!(!call.handle(ada, FromClient::Leave).ended);
    assert!(!call.handle(bob, FromClient::Leave).ended, "simulated people stay");
}

#[test]
fn who_comes_by_a_link_without_sound_and_picture_may_switch_both_on() {
    let mut call = Call::new(meeting());
    let (ada, _) = call.enter(&Pass { without_sound: true, without_picture: true, ..pass("Ada", false) }, 0).unwrap();
    assert!(call.views().iter().any(|one| one.id == ada && one.muted && !one.video));
    call.handle(ada, FromClient::Media { muted: false, video: true });
    assert!(call.views().iter().any(|one| one.id == ada && !one.muted && one.video));
}

#[test]
fn a_simulated_person_is_muted_and_asked_like_anybody() {
    let mut call = Call::new(meeting());
    let (host, _) = enter(&mut call, "Hedda", true);
    call.simulate(&["Amara".into()], None);
    let amara = call.views().iter().find(|one| one.simulated).unwrap().id;
    let muted = call.handle(host, FromClient::Mute { id: amara });
    assert!(matches!(&muted.sends[..], [(to, ToClient::Changed { person })] if *to == host && person.muted));
    let asked = call.handle(host, FromClient::AskUnmute { id: amara });
    assert!(matches!(&asked.sends[..], [(_, ToClient::Changed { person })] if !person.muted));
}

#[test]
fn mute_upon_entry_holds_for_participants_and_not_for_hosts() {
    let mut call = Call::new(CallMeeting { mute_upon_entry: true, ..meeting() });
    let (host, came) = enter(&mut call, "Hedda", true);
    assert!(!welcome(&came, host).mute_upon_entry);
    let (ada, came) = enter(&mut call, "Ada", false);
    assert!(welcome(&came, ada).mute_upon_entry);
    assert!(call.views().iter().any(|one| one.id == ada && one.muted));
}

mod any_order_of_messages {
    use proptest::prelude::*;

    use super::*;

    fn message() -> impl Strategy<Value = FromClient> {
        let id = (0..9_u32).prop_map(|step| FIRST_ID + step * ID_STEP);
        prop_oneof![
            id.clone().prop_map(|id| FromClient::Admit { id }),
            id.clone().prop_map(|id| FromClient::Decline { id }),
            id.clone().prop_map(|id| FromClient::Remove { id }),
            id.clone().prop_map(|id| FromClient::Mute { id }),
            id.prop_map(|to| FromClient::Signal { to, data: json!(null) }),
            any::<bool>().prop_map(|locked| FromClient::Lock { locked }),
            Just(FromClient::AdmitAll),
            Just(FromClient::MuteAll),
            Just(FromClient::Leave),
            Just(FromClient::Chat { text: "x".into() }),
        ]
    }

    proptest! {
        #[test]
        fn never_seats_a_seventh_nor_speaks_to_somebody_who_is_not_there(
            waiting_room: bool,
            steps in prop::collection::vec((0..9_u32, any::<bool>(), message()), 0..60),
        ) {
            let mut call = Call::new(CallMeeting { waiting_room, ..meeting() });
            for (who, comes, message) in steps {
                let before: Vec<PersonId> = call.people.keys().copied().collect();
                let outcome = if comes {
                    call.enter(&pass("P", who % 3 == 0), NOW).map(|(_, outcome)| outcome).unwrap_or_default()
                } else {
                    call.handle(FIRST_ID + who * ID_STEP, message)
                };
                let seated = call.people.values().filter(|one| !one.waiting).count();
                prop_assert!(seated <= MOST_PEOPLE);
                for (to, _) in &outcome.sends {
                    prop_assert!(before.contains(to) || call.people.contains_key(to));
                }
                if outcome.ended {
                    prop_assert!(call.people.is_empty());
                    return Ok(());
                }
            }
        }
    }
}
