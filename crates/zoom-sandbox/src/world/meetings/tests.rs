//! Whatever becomes of meetings, they are found where a look through all of them finds them.

use clock::{SeededEntropy, Timestamp};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::world::Kind;

const HOSTS: [&str; 3] = ["ada", "ben", "cho"];
const EMAILS: [&str; 3] = ["ada@n.example", "Ben@N.example", "guest@elsewhere.example"];

/// Something that is done to the meeting with a number.
#[derive(Clone, Debug)]
enum Deed {
    Insert {
        host: usize,
        invited: Vec<usize>,
        pmi: Option<i64>,
    },
    HandOver(usize),
    Invite(Vec<usize>),
    HoldUnder(Option<i64>),
    Rename,
    Remove,
    /// The world is written and read again.
    Restore,
}

fn deed() -> impl Strategy<Value = Deed> {
    let invited = || prop::collection::vec(0..EMAILS.len(), 0..3);
    let pmi = || prop::option::of(1..4_i64);
    prop_oneof![
        4 => (0..HOSTS.len(), invited(), pmi()).prop_map(|(host, invited, pmi)| Deed::Insert { host, invited, pmi }),
        2 => (0..HOSTS.len()).prop_map(Deed::HandOver),
        1 => invited().prop_map(Deed::Invite),
        1 => pmi().prop_map(Deed::HoldUnder),
        1 => Just(Deed::Rename),
        2 => Just(Deed::Remove),
        1 => Just(Deed::Restore),
    ]
}

fn invite(meeting: &mut Meeting, invited: &[usize]) {
    let invitees: Vec<_> = invited.iter().map(|one| json!({ "email": EMAILS[*one] })).collect();
    meeting.settings.insert("meeting_invitees".to_owned(), invitees.into());
}

fn perform(meetings: &mut Meetings, number: i64, deed: Deed) {
    match deed {
        Deed::Insert { host, invited, pmi } => {
            let mut meeting =
                Meeting::blank(&SeededEntropy::new(1), Kind::Meeting, 2, HOSTS[host], Timestamp::UNIX_EPOCH);
            invite(&mut meeting, &invited);
            (meeting.number, meeting.pmi) = (number, pmi);
            meetings.insert(meeting);
        }
        Deed::Remove => drop(meetings.remove(number)),
        Deed::Restore => *meetings = serde_json::from_slice(&serde_json::to_vec(meetings).unwrap()).unwrap(),
        changed => {
            let Some(mut meeting) = meetings.change(number) else { return };
            match changed {
                Deed::HandOver(host) => HOSTS[host].clone_into(&mut meeting.host_id),
                Deed::Invite(invited) => invite(&mut meeting, &invited),
                Deed::HoldUnder(pmi) => meeting.pmi = pmi,
                _ => "Another name".clone_into(&mut meeting.topic),
            }
        }
    }
}

fn numbers<'a>(found: impl Iterator<Item = &'a Shared<Meeting>>) -> Vec<i64> {
    found.map(|meeting| meeting.number).collect()
}

/// The numbers of those that are meant, found the slow way.
fn scanned(meetings: &Meetings, is_meant: impl Fn(&Meeting) -> bool) -> Vec<i64> {
    numbers(meetings.values().filter(|meeting| is_meant(meeting)))
}

fn is_invited(meeting: &Meeting, email: &str) -> bool {
    let invitees = meeting.settings["meeting_invitees"].as_array().unwrap();
    invitees.iter().any(|one| one["email"].as_str().unwrap().eq_ignore_ascii_case(email))
}

proptest! {
    #[test]
    fn meetings_are_found_as_by_looking_through_all_of_them(deeds in prop::collection::vec((10..16_i64, deed()), 1..60)) {
        let mut meetings = Meetings::default();
        for (number, deed) in deeds {
            // Copies share what a change does not touch, and must not see the change.
            let copy = meetings.clone();
            let before = HOSTS.map(|host| numbers(copy.of_host(host)));
            perform(&mut meetings, number, deed);
            prop_assert_eq!(HOSTS.map(|host| numbers(copy.of_host(host))), before);
            for host in HOSTS {
                prop_assert_eq!(numbers(meetings.of_host(host)), scanned(&meetings, |one| one.host_id == host));
            }
            for pmi in 1..4 {
                prop_assert_eq!(numbers(meetings.under(pmi)), scanned(&meetings, |one| one.pmi == Some(pmi)));
            }
            for (host, email) in HOSTS.into_iter().zip(EMAILS) {
                let names = ("Some", "Body");
                let person = Person {
                    id: host.to_owned(),
                    ..Person::fresh("acc", &email.to_lowercase(), names, Timestamp::UNIX_EPOCH, &SeededEntropy::new(2))
                };
                let mut found = numbers(meetings.concerning(&person));
                found.sort_unstable();
                prop_assert_eq!(found, scanned(&meetings, |one| one.host_id == host || is_invited(one, email)));
            }
            let count = meetings.marks.values().filter(|numbers| numbers.is_empty()).count();
            prop_assert_eq!(count, 0, "nothing is left of what is gone");
        }
    }
}
