//! Settings that reach back: a passcode for what has been scheduled already.

use super::told::Difference;
use crate::{
    settings::canonical,
    world::{Change, Happening, Kind, Meeting, Person},
};

const MEETINGS: &str = "meeting_security.require_password_for_scheduled_meeting";
const WEBINARS: &str = "meeting_security.require_password_for_scheduled_webinar";

/// Gives a passcode to the scheduled meetings and webinars of the `hosts` whose settings ask for it since now.
pub(super) fn secure(change: &mut Change<'_>, differences: &[Difference], hosts: impl Fn(&Person) -> bool) {
    for (kind, setting) in [(Kind::Meeting, MEETINGS), (Kind::Webinar, WEBINARS)] {
        if !differences.iter().any(|one| canonical(&one.path) == setting) {
            continue;
        }
        let asked: Vec<Person> =
            change.state.people.iter().filter(|one| hosts(one) && change.state.is_on(one, setting)).cloned().collect();
        for host in asked {
            let rules = change.state.passcode_rules(&host);
            let chosen = change.state.setting(&host, "schedule_meeting.default_password_for_scheduled_meetings");
            let chosen = chosen.as_str().filter(|chosen| !chosen.is_empty()).map(str::to_owned);
            let lacks = |meeting: &Meeting| {
                meeting.kind == kind && matches!(meeting.code, 2 | 3 | 5 | 6 | 8 | 9) && meeting.passcode.is_empty()
            };
            let (now, entropy, at) = (change.now, change.entropy, change.now);
            let open: Vec<i64> = change
                .state
                .meetings
                .of_host(&host.id)
                .filter(|one| one.exists(now) && lacks(one))
                .map(|one| one.number)
                .collect();
            for number in open {
                let Some(mut meeting) = change.state.meetings.change(number) else { continue };
                let before = Box::new(Meeting::clone(&meeting));
                let passcode = chosen.clone().unwrap_or_else(|| rules.generate(entropy));
                meeting.set_passcode(&passcode, entropy);
                let after = Box::new(Meeting::clone(&meeting));
                drop(meeting);
                change.happenings.push(Happening::Updated { before, after, occurrence: None, at });
            }
        }
    }
}
