//! An answer of Zoom's without what opens something: `start_url`, access keys, tokens, passcodes, at any depth.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::Value;
use zoom_spec::Kind;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "(hidden)";

/// Members whose name sounds like a secret and which are none: where a list goes on.
const NO_SECRETS: [&str; 1] = ["next_page_token"];

/// Settings whose names sound like a secret, by name: what Zoom's table says they may be.
///
/// `require_password_for_pmi_meetings` is one of three words, `minimum_password_length` a number, and neither opens
/// anything. A name under which any operation has a free text is none of these.
static SETTINGS: LazyLock<BTreeMap<&str, Setting>> = LazyLock::new(|| {
    let (mut settings, mut free): (BTreeMap<&str, Setting>, BTreeSet<&str>) = Default::default();
    for field in super::operations().iter().flat_map(|one| one.operation.fields()) {
        let name = field.path.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
        if !zoom_client::is_secret_name(name) {
            continue;
        }
        let setting = settings.entry(name).or_default();
        match field.kind {
            Kind::Integer | Kind::Number => setting.is_number = true,
            Kind::String if !field.choices.is_empty() => setting.words.extend(field.choices.iter().map(|one| &**one)),
            Kind::String | Kind::Any | Kind::Array => drop(free.insert(name)),
            Kind::Boolean | Kind::Object => {}
        }
    }
    settings.retain(|name, _| !free.contains(name));
    settings
});

/// What a setting may be.
#[derive(Default)]
struct Setting {
    words: BTreeSet<&'static str>,
    is_number: bool,
}

impl Setting {
    fn may_be(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.words.contains(&**text),
            Value::Number(_) => self.is_number,
            _ => false,
        }
    }
}

/// Words before what an invitation says in plain text.
const BEFORE_A_SECRET: [&str; 4] = ["passcode:", "password:", "passcode is ", "host key:"];

/// The parts of an address's query that open something.
const SECRET_QUERY: [&str; 7] = ["zak=", "tk=", "pwd=", "passcode=", "password=", "token=", "pass="];

/// Hides what opens something. Addresses stay, without their secret part; switches stay
/// (`require_password_for_all_meetings`), and so do settings that have one of the values in Zoom's table.
pub fn hide(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let secret = zoom_client::is_secret_name(name)
                    && !NO_SECRETS.contains(&&**name)
                    && !SETTINGS.get(&**name).is_some_and(|setting| setting.may_be(member));
                match member {
                    // The address people join at is worth reading; what it carries is not.
                    Value::String(text) if secret && !folded(name).ends_with("joinurl") => hide_all(text),
                    Value::Number(_) if secret => *member = HIDDEN.into(),
                    // `"tokens": ["…"]`
                    Value::Array(items) if secret => items.iter_mut().for_each(hide_item),
                    other => hide(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::String(text) => *text = hide_in(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn hide_all(text: &mut String) {
    if !text.is_empty() {
        HIDDEN.clone_into(text);
    }
}

fn hide_item(item: &mut Value) {
    match item {
        Value::String(text) => hide_all(text),
        Value::Number(_) => *item = HIDDEN.into(),
        other => hide(other),
    }
}

fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A text without the secrets that stand in it: in the query of an address, after `Passcode:`, in a number to dial
/// (`*123456#`), or in a SIP address (`81234567890.123456@…`).
pub(super) fn hide_in(text: &str) -> String {
    let mut shown = text.to_owned();
    for name in SECRET_QUERY {
        shown = without(&shown, name, |before| before.ends_with(['?', '&', '#', ';']), is_end_of_query);
    }
    for words in BEFORE_A_SECRET {
        shown = without(&shown, words, |_| true, char::is_whitespace);
    }
    shown = without(&shown, "*", |_| true, |c| !c.is_ascii_digit());
    without(&shown, ".", ends_with_a_number, |c| c == '@' || !c.is_ascii_alphanumeric())
}

fn is_end_of_query(c: char) -> bool {
    matches!(c, '&' | '#' | ';' | '"' | '\'' | '<' | '>' | ')') || c.is_whitespace()
}

/// Whether a meeting's number stands at the end: what follows the point after it is a passcode.
fn ends_with_a_number(before: &str) -> bool {
    before.bytes().rev().take_while(u8::is_ascii_digit).count() >= 9
}

/// Replaces what follows `mark` (in any case) up to `end`, wherever `fits` says so of the text before it.
fn without(text: &str, mark: &str, fits: impl Fn(&str) -> bool, end: impl Fn(char) -> bool) -> String {
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = find(rest, mark) {
        let after = at + mark.len();
        let (Some(before), Some(head), Some(tail)) = (rest.get(..at), rest.get(..after), rest.get(after..)) else {
            break;
        };
        // Words are set apart from what they announce; signs are not.
        let value = if mark.ends_with(':') { tail.trim_start_matches(' ') } else { tail };
        let spaces = tail.len() - value.len();
        // What is hidden already stays as it is.
        let length = if value.starts_with(HIDDEN) { HIDDEN.len() } else { value.find(&end).unwrap_or(value.len()) };
        shown.push_str(head);
        rest = tail;
        if length > 0 && fits(before) {
            shown.push_str(tail.get(..spaces).unwrap_or_default());
            shown.push_str(HIDDEN);
            rest = value.get(length..).unwrap_or_default();
        }
    }
    shown + rest
}

/// Where `mark` begins, whatever the case of ASCII letters: the folded text is as long as the other.
fn find(text: &str, mark: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_opens_something_is_hidden_at_any_depth_and_the_rest_stays() {
        let mut answer = json!({
            "id": 81_234_567_890_i64, "topic": "Clinic", "start_url": "https://zoom.us/s/1?zak=canary",
            "join_url": "https://zoom.us/j/1?pwd=canary.1", "password": "canary", "next_page_token": "go on",
            "settings": { "require_password": true, "pstn_password": "canary", "host_key": 123_456 },
            "attendees": [{ "name": "Ada", "join_url": "https://zoom.us/w/1?tk=canary&pwd=canary#x" }],
            "tokens": ["canary", { "token": "canary", "expire_in": 120 }], "encrypted_password": "",
            "invitation": "Ada invites you.\r\nJoin\r\nhttps://zoom.us/j/1?pwd=canary\r\n\r\nPasscode: canary9\r\n\r\n\
                           +123,,1#,,,,*987654# US",
            "sip_links": ["sip:81234567890.987654@sbx.example"],
        });
        hide(&mut answer);
        let once = answer.clone();
        hide(&mut answer);
        assert_eq!(once, answer, "hidden twice is hidden once");
        assert_eq!(
            answer,
            json!({
                "id": 81_234_567_890_i64, "topic": "Clinic", "start_url": HIDDEN,
                "join_url": "https://zoom.us/j/1?pwd=(hidden)", "password": HIDDEN, "next_page_token": "go on",
                "settings": { "require_password": true, "pstn_password": HIDDEN, "host_key": HIDDEN },
                "attendees": [{ "name": "Ada", "join_url": "https://zoom.us/w/1?tk=(hidden)&pwd=(hidden)#x" }],
                "tokens": [HIDDEN, { "token": HIDDEN, "expire_in": 120 }], "encrypted_password": "",
                "invitation": "Ada invites you.\r\nJoin\r\nhttps://zoom.us/j/1?pwd=(hidden)\r\n\r\nPasscode: (hidden)\r\n\r\n\
                               +123,,1#,,,,*(hidden)# US",
                "sip_links": ["sip:81234567890.(hidden)@sbx.example"],
            })
        );
    }

    #[test]
    fn a_setting_stays_and_a_secret_under_its_name_does_not() {
        let settings = json!({
            "schedule_meeting": {
                "require_password_for_pmi_meetings": "jbh_only", "require_password_for_instant_meetings": true,
                "meeting_password_requirement": { "length": 8, "have_special_character": false },
            },
            "minimum_password_length": 8,
        });
        let mut shown = settings.clone();
        hide(&mut shown);
        assert_eq!(shown, settings);
        let mut secrets = json!({
            "require_password_for_pmi_meetings": "canary", "pmi_password": "all", "host_key": 8, "password": "none",
            "default_password_for_scheduled_meetings": "canary", "stream_key": "canary", "stream_key_type": "canary",
        });
        hide(&mut secrets);
        assert!(secrets.as_object().unwrap().values().all(|value| value == HIDDEN), "{secrets}");
    }

    #[test]
    fn no_name_of_a_free_text_or_of_a_passcode_is_taken_for_a_setting() {
        let names: Vec<&str> =
            SETTINGS.iter().filter(|(_, one)| !one.words.is_empty() || one.is_number).map(|(name, _)| *name).collect();
        assert_eq!(names, ["minimum_password_length", "require_password_for_pmi_meetings"]);
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for text in ["2 * 3 = 6", "Passcode", "a.b@example.org", "https://x.example/?q=1&tkx=2", "", "1.5", "v81.2"] {
            assert_eq!(hide_in(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_shown_without_a_panic(text in "\\PC{0,60}") {
            let _ = hide_in(&text);
        }

        #[test]
        fn a_planted_secret_never_survives(depth in 0_usize..6, key in prop::sample::select(
            vec!["start_url", "zak", "tk", "password", "pstn_password", "passcode", "host_key", "access_token"])) {
            let mut value = json!({ key: "canary", "ok": 1 });
            for level in 0..depth {
                value = if level % 2 == 0 { json!({ "in": value }) } else { json!({ "list": [value, 2] }) };
            }
            hide(&mut value);
            prop_assert!(!value.to_string().contains("canary"));
        }
    }
}
