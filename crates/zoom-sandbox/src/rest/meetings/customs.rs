//! What the settings of a host and their account mean for a meeting or webinar: what it begins with, what its passcode
//! must be like, what it may not have.

use serde_json::{Map, Value};

use super::super::{Ask, words::worded};
use crate::{
    answer::Refusal,
    settings::Requirement,
    world::{Kind, Meeting, Person, State, USE_PMI},
};

/// Settings of meetings and webinars and what they follow where a request says nothing.
const OF_BOTH: &[(&str, &str)] = &[
    ("audio", "schedule_meeting.audio_type"),
    ("auto_recording", "recording.auto_recording"),
    ("email_in_attendee_report", "other_options.email_in_attendee_report_for_meeting"),
    ("host_video", "schedule_meeting.host_video"),
    ("meeting_authentication", SIGNED_IN),
    ("request_permission_to_unmute_participants", "in_meeting.request_permission_to_unmute_participants"),
];
const OF_MEETINGS: &[(&str, &str)] = &[
    ("alternative_hosts_email_notification", "email_notification.alternative_host_reminder"),
    ("auto_start_ai_companion_questions", "in_meeting.ai_companion_questions.auto_enable"),
    ("auto_start_meeting_summary", "in_meeting.meeting_summary_with_ai_companion.auto_enable"),
    ("encryption_type", "meeting_security.encryption_type"),
    ("jbh_time", "schedule_meeting.jbh_time"),
    ("join_before_host", "schedule_meeting.join_before_host"),
    ("participant_video", "schedule_meeting.participant_video"),
    ("waiting_room", "meeting_security.waiting_room"),
    ("watermark", "in_meeting.watermark"),
    ("who_can_ask_questions", "in_meeting.ai_companion_questions.who_can_ask_questions"),
    ("who_will_receive_summary", "in_meeting.meeting_summary_with_ai_companion.who_will_receive_summary"),
];
const OF_WEBINARS: &[(&str, &str)] = &[
    ("allow_multiple_devices", "webinar_registration.options.allow_participants_to_join_from_multiple_devices"),
    ("close_registration", "webinar_registration.options.close_registration"),
    ("panelists_video", "schedule_meeting.participant_video"),
    ("show_share_button", "webinar_registration.options.show_social_share_buttons"),
];

const PERSONAL: &str = "schedule_meeting.require_password_for_pmi_meetings";
const SIGNED_IN: &str = "meeting_authentication.meeting_authentication";

/// The settings of a host, as far as a meeting or webinar of theirs follows them.
#[expect(clippy::struct_excessive_bools, reason = "settings are on or off, each by itself")]
pub(super) struct Customs {
    /// The name in the meeting's settings, what it begins with, and whether the account has locked it.
    follows: Vec<(&'static str, Value, bool)>,
    /// What a passcode must be like.
    pub(super) passcode: Requirement,
    /// Whether a passcode is generated where none is given, and whether nobody may do without.
    needs_passcode: (bool, bool),
    /// What holds for personal meeting ids instead: `all`, `jbh_only` or `none`, and whether that is locked.
    of_personal_ids: (Value, bool),
    /// Whether something must protect it: passcode, waiting room, or that participants sign in.
    pub(super) needs_protection: bool,
    embeds_passcode: bool,
    breakout_rooms: bool,
    end_to_end: bool,
    records: [(&'static str, bool); 2],
    questions: bool,
    ways_to_sign_in: Vec<Value>,
    blocked_domains: Vec<String>,
}

impl Customs {
    /// Those of `host` for a meeting or webinar with this `type`.
    pub(super) fn of(state: &State, host: &Person, kind: Kind, code: u8) -> Self {
        let is_on = |path: &str| state.is_on(host, path);
        let is_locked = |path: &str| state.account(&host.account_id).is_some_and(|account| account.locks(path));
        let list = |path: &str| match state.setting(host, path) {
            Value::Array(items) => items,
            _ => Vec::new(),
        };
        let own = if kind == Kind::Meeting { OF_MEETINGS } else { OF_WEBINARS };
        let by_number = (kind == Kind::Meeting && code != 1).then_some(("use_pmi", USE_PMI));
        let follows = OF_BOTH.iter().chain(own).copied().chain(by_number);
        let passcode = match (kind, code) {
            (Kind::Webinar, _) => "meeting_security.webinar_password",
            (Kind::Meeting, 1) => "schedule_meeting.require_password_for_instant_meetings",
            (Kind::Meeting, _) => "schedule_meeting.require_password_for_scheduling_new_meetings",
        };
        let blocked = if is_on("meeting_security.block_user_domain") {
            list("meeting_security.block_user_domain_list")
        } else {
            Vec::new()
        };
        Self {
            follows: follows.map(|(name, path)| (name, state.setting(host, path), is_locked(path))).collect(),
            passcode: state.passcode_rules(host),
            needs_passcode: (is_on(passcode), is_on(passcode) && is_locked(passcode)),
            of_personal_ids: (state.setting(host, PERSONAL), is_locked(PERSONAL)),
            needs_protection: is_on("meeting_security.auto_security"),
            embeds_passcode: is_on("meeting_security.embed_password_in_join_link"),
            breakout_rooms: is_on("in_meeting.breakout_room"),
            end_to_end: is_on("meeting_security.end_to_end_encrypted_meetings"),
            records: [("cloud", is_on("recording.cloud_recording")), ("local", is_on("recording.local_recording"))],
            questions: is_on("in_meeting.webinar_question_answer"),
            ways_to_sign_in: list("meeting_authentication.authentication_options"),
            blocked_domains: blocked.iter().filter_map(Value::as_str).map(str::to_lowercase).collect(),
        }
    }

    /// What a new meeting begins with.
    pub(super) fn begin(&self, meeting: &mut Meeting) {
        meeting.embeds_passcode = self.embeds_passcode;
        for (name, value, _) in &self.follows {
            if !value.is_null() {
                meeting.settings.insert((*name).to_owned(), value.clone());
            }
        }
        if let Some(Value::Object(questions)) = meeting.settings.get_mut("question_and_answer") {
            questions.insert("enable".to_owned(), self.questions.into());
        }
    }

    /// Whether a passcode is generated where none is given, and whether nobody may do without.
    pub(super) fn needs_passcode(&self, meeting: &Meeting) -> (bool, bool) {
        if meeting.pmi.is_none() {
            return self.needs_passcode;
        }
        let (when, is_locked) = &self.of_personal_ids;
        let is_needed = when == "all" || when == "jbh_only" && meeting.join_before_host();
        (is_needed, is_needed && *is_locked)
    }

    /// Puts back what the account has locked, and leaves out what it does not allow; refuses what Zoom refuses.
    pub(super) fn hold(&self, ask: &Ask<'_>, meeting: &mut Meeting) -> Result<(), Refusal> {
        for (name, value, _) in self.follows.iter().filter(|(.., is_locked)| *is_locked) {
            let sent = meeting.settings.insert((*name).to_owned(), value.clone());
            if sent.is_some_and(|sent| sent != *value) {
                ask.note(format!("The account has locked what settings.{name} follows; it stays {value}."));
            }
        }
        let has_rooms = |rooms: &Value| rooms.get("enable") == Some(&Value::Bool(true));
        let is = |meeting: &Meeting, name: &str, text: &str| meeting.settings.get(name).is_some_and(|one| one == text);
        if !self.end_to_end && is(meeting, "encryption_type", "e2ee") {
            meeting.settings.insert("encryption_type".to_owned(), "enhanced_encryption".into());
            ask.note("The host's settings do not allow end-to-end encryption: encryption_type is enhanced_encryption.");
        }
        for (way, is_allowed) in self.records {
            if !is_allowed && is(meeting, "auto_recording", way) {
                meeting.settings.insert("auto_recording".to_owned(), "none".into());
                ask.note(format!("The host's settings do not allow {way} recording: auto_recording is none."));
            }
        }
        if !self.breakout_rooms && meeting.settings.get("breakout_room").is_some_and(has_rooms) {
            meeting.settings.insert("breakout_room".to_owned(), serde_json::json!({ "enable": false }));
            ask.note("The host's settings do not allow breakout rooms: breakout_room was left out, as at Zoom.");
        }
        self.ask_to_sign_in(meeting)?;
        self.keep_out(ask, meeting)
    }

    /// Participants who must sign in do so in one of the account's ways.
    fn ask_to_sign_in(&self, meeting: &mut Meeting) -> Result<(), Refusal> {
        let text = |of: &Map<String, Value>, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
        if meeting.settings.get("meeting_authentication") != Some(&Value::Bool(true)) {
            return Ok(());
        }
        let asked = text(&meeting.settings, "authentication_option").filter(|id| !id.is_empty());
        let mut ways = self.ways_to_sign_in.iter().filter_map(Value::as_object);
        let way = match &asked {
            Some(id) => ways.find(|way| way.get("id").is_some_and(|known| known == id)),
            None => ways.find(|way| way.get("default_option") == Some(&Value::Bool(true))),
        };
        let Some(way) = way else {
            // Without any way at all participants just sign in.
            return asked.map_or(Ok(()), |_| Err(Refusal::field("settings.authentication_option")));
        };
        let domains = text(&meeting.settings, "authentication_domains").filter(|domains| !domains.is_empty());
        for (name, value) in [
            ("authentication_option", text(way, "id")),
            ("authentication_name", text(way, "name")),
            ("authentication_domains", domains.or_else(|| text(way, "domains"))),
        ] {
            meeting.settings.insert(name.to_owned(), value.unwrap_or_default().into());
        }
        Ok(())
    }

    /// Nobody of a blocked domain is invited.
    fn keep_out(&self, ask: &Ask<'_>, meeting: &Meeting) -> Result<(), Refusal> {
        let invitees = meeting.settings.get("meeting_invitees").and_then(Value::as_array).into_iter().flatten();
        let invited = invitees.filter_map(|one| one.get("email")?.as_str()).map(str::to_lowercase);
        for address in invited.chain(meeting.alternative_hosts().iter().map(|host| host.to_lowercase())) {
            let Some((_, domain)) = address.split_once('@') else { continue };
            let refusal = self.blocked_domains.iter().any(|blocked| blocked == domain);
            if let Some(refusal) = refusal.then(|| worded(ask, "Users in", domain)).flatten() {
                return Err(refusal);
            }
        }
        Ok(())
    }
}
