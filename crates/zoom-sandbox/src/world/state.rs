//! The rows of the world, and the rules that hold among them.

use std::collections::BTreeMap;

use clock::{Entropy, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Account, Change, Credentials, Happening, Meeting, Person, Status, ids, person, zak};

/// How long an access token lives; Zoom says 3600 today.
pub(crate) const TOKEN_LIFE: SignedDuration = SignedDuration::from_secs(3600);

/// A bearer token that was issued. It keeps the scopes of that moment: tokens never gain scopes.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_at: Timestamp,
}

/// A receiver of the app's webhooks that has answered the URL validation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) url: String,
    pub(crate) validated_at: Timestamp,
    /// When it is asked again.
    pub(crate) next_check: Timestamp,
    /// How many validations in a row it has failed.
    pub(crate) failures: u8,
}

/// Everything that survives a restart.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) account: Account,
    pub(crate) credentials: Credentials,
    pub(crate) scopes: Vec<String>,
    pub(crate) people: Vec<Person>,
    pub(crate) meetings: BTreeMap<i64, Meeting>,
    pub(crate) tokens: BTreeMap<String, AccessToken>,
    pub(crate) subscriptions: Vec<Subscription>,
    /// What ZAKs and page tokens are signed with.
    pub(crate) key: String,
}

impl State {
    /// A new world with the invented people.
    pub(crate) fn fresh(now: Timestamp, entropy: &dyn Entropy, scopes: Vec<String>) -> Self {
        let credentials = Credentials::fresh(entropy);
        Self {
            account: Account {
                id: credentials.account_id.clone(),
                number: 10_000_000 + ids::pmi(entropy) % 90_000_000,
                name: "Northlight Academy".to_owned(),
                created_at: now,
            },
            credentials,
            scopes,
            people: person::invented(now, entropy),
            meetings: BTreeMap::new(),
            tokens: BTreeMap::new(),
            subscriptions: Vec::new(),
            key: ids::opaque(entropy, 48),
        }
    }

    /// The person with this id, e-mail (in any case) or, for `me`, the owner.
    pub(crate) fn person(&self, id_or_email: &str) -> Option<&Person> {
        if id_or_email == "me" {
            return self.owner();
        }
        self.people.iter().find(|p| p.id == id_or_email || p.email.eq_ignore_ascii_case(id_or_email))
    }

    pub(crate) fn person_by_id(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Whom the app's tokens speak for.
    pub(crate) fn owner(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.owner)
    }

    /// A ZAK for this person that lives for `life`.
    pub(crate) fn zak(&self, entropy: &dyn Entropy, user_id: &str, now: Timestamp, life: SignedDuration) -> String {
        let until = now.saturating_add(life).unwrap_or(Timestamp::MAX);
        zak::mint(&self.key, entropy, user_id, until)
    }

    /// A sandbox that was killed had its calls cut off.
    pub(super) fn calls_were_cut_off(&mut self) {
        for meeting in self.meetings.values_mut() {
            meeting.status = Status::Waiting;
            meeting.started_at = None;
        }
    }
}

impl Change<'_> {
    /// A number nobody has.
    pub(crate) fn new_number(&self) -> i64 {
        loop {
            let number = ids::number(self.entropy);
            if !self.state.meetings.contains_key(&number) && !self.state.people.iter().any(|p| p.pmi == number) {
                return number;
            }
        }
    }

    /// Issues a bearer token with the scopes the app has now, and forgets those that have expired.
    pub(crate) fn issue_token(&mut self) -> (String, Vec<String>) {
        let now = self.now;
        self.state.tokens.retain(|_, token| now.duration_since(token.expires_at) < SignedDuration::from_hours(1));
        let text = ids::opaque(self.entropy, 128);
        let scopes = self.state.scopes.clone();
        let expires_at = now.saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX);
        self.state.tokens.insert(text.clone(), AccessToken { scopes: scopes.clone(), expires_at });
        (text, scopes)
    }

    /// Starts the call of a meeting, unless it is on. Says whether it began now.
    pub(crate) fn begin_call(&mut self, number: i64) -> bool {
        let now = self.now;
        let Some(meeting) = self.state.meetings.get_mut(&number).filter(|meeting| meeting.exists(now)) else {
            return false;
        };
        if meeting.status == Status::Started {
            return false;
        }
        meeting.status = Status::Started;
        meeting.started_at = Some(now);
        self.happenings.push(Happening::Started { meeting: Box::new(meeting.clone()), at: now });
        true
    }

    /// Ends the call of a meeting, if it is on. Says whether it ended now.
    pub(crate) fn end_call(&mut self, number: i64) -> bool {
        let now = self.now;
        let Some(meeting) = self.state.meetings.get_mut(&number).filter(|m| m.status == Status::Started) else {
            return false;
        };
        self.happenings.push(Happening::Ended { meeting: Box::new(meeting.clone()), at: now });
        meeting.status = Status::Waiting;
        meeting.started_at = None;
        meeting.ended_at = Some(now);
        let next = ids::uuid(self.entropy);
        meeting.past_uuids.push(std::mem::replace(&mut meeting.uuid, next));
        true
    }
}
