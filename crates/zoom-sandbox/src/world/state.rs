//! The rows of the world, and the rules that hold among them.

use clock::{Entropy, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Account, Change, Credentials, Happening, Instance, Meeting, Meetings, Panelist, Person, Plan, Poll, Recording,
    Registration, Role, Rows as _, Shared, Status, Summary, Table,
    client_app::{AppKind, ClientApp, Information},
    events::ZoomEvents,
    ids,
    keep::parts,
    person, role, zak,
};
use crate::{call::Parting, seed::Seed};

/// How long an access token lives; Zoom says 3600 today.
pub(crate) const TOKEN_LIFE: SignedDuration = SignedDuration::from_secs(3600);

/// A bearer token that was issued. It keeps the scopes of that moment: tokens never gain scopes.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) app_id: String,
    pub(crate) scopes: Shared<Vec<String>>,
    pub(crate) expires_at: Timestamp,
}

/// Everything that survives a restart.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) account: Shared<Account>,
    #[serde(default)]
    pub(crate) sub_accounts: Shared<Vec<Account>>,
    pub(crate) roles: Shared<Vec<Role>>,
    pub(crate) apps: Shared<Vec<ClientApp>>,
    pub(crate) people: Shared<Vec<Person>>,
    pub(crate) meetings: Meetings,
    pub(crate) tokens: Table<String, AccessToken>,
    /// By the number of the meeting or webinar.
    #[serde(default)]
    pub(crate) registrations: Table<i64, Registration>,
    /// By the number of the webinar.
    #[serde(default)]
    pub(crate) panels: Table<i64, Vec<Panelist>>,
    /// By the number of the meeting or webinar.
    #[serde(default)]
    pub(crate) polls: Table<i64, Vec<Poll>>,
    /// By the number of the meeting or webinar, as they were sent.
    #[serde(default)]
    pub(crate) surveys: Table<i64, Map<String, Value>>,
    #[serde(default)]
    pub(crate) zoom_events: Shared<ZoomEvents>,
    /// The held calls, oldest first, by the number of the meeting or webinar.
    #[serde(default)]
    pub(crate) instances: Table<i64, Vec<Instance>>,
    /// What was recorded, by the number of the meeting or webinar.
    #[serde(default)]
    pub(crate) recordings: Table<i64, Vec<Recording>>,
    /// What was written about calls, by the number of the meeting or webinar.
    #[serde(default)]
    pub(crate) summaries: Table<i64, Vec<Summary>>,
    /// What ZAKs and page tokens are signed with.
    pub(crate) key: String,
    /// What its ids were drawn from: a reset begins there again.
    pub(crate) seed: u64,
    /// How often it was started from its file.
    #[serde(default)]
    pub(crate) runs: u64,
    /// What its ready-made app was granted as it began: a reset grants it again.
    #[serde(default)]
    pub(crate) granted: Shared<Vec<String>>,
    /// Whether an app's new token ends its older ones.
    #[serde(default)]
    pub(crate) newest_token_wins: bool,
    /// The people and meetings it began with, where somebody named some: a reset plants them again.
    #[serde(default)]
    pub(crate) planted: Shared<Option<Seed>>,
}

parts!(State {
    account,
    sub_accounts,
    roles,
    apps,
    people,
    meetings,
    tokens,
    registrations,
    panels,
    polls,
    surveys,
    zoom_events,
    instances,
    recordings,
    summaries,
    key,
    seed,
    runs,
    granted,
    newest_token_wins,
    planted,
});

impl State {
    /// A new world: the invented people, and two apps that are ready for use, one of each type.
    pub(crate) fn fresh(now: Timestamp, seed: u64, entropy: &dyn Entropy, scopes: Vec<String>, plan: Plan) -> Self {
        let account =
            Account { plan, ..Account::fresh(ids::opaque(entropy, 22), "Northlight Academy".to_owned(), now, entropy) };
        let people = person::invented(now, &account.id, entropy);
        let owner = people.first().map(|owner| owner.id.clone()).unwrap_or_default();
        let ready = |kind, name: &str, scopes: Vec<String>| ClientApp {
            scopes,
            information: Information {
                short_description: "Made by the sandbox, ready for use.".to_owned(),
                company_name: account.name.clone(),
                developer_name: "Ada Okafor".to_owned(),
                developer_email: "ada@northlight.example".to_owned(),
            },
            active: true,
            meeting_sdk: kind == AppKind::General,
            ..ClientApp::fresh((kind, name), &account.id, &owner, now, entropy)
        };
        let zak = vec!["user:read:zak:admin".to_owned()];
        let granted = scopes.clone();
        let apps = vec![
            ready(AppKind::ServerToServer, "Ready-made Server-to-Server app", scopes),
            ready(AppKind::General, "Ready-made Meeting SDK app", zak),
        ];
        let zoom_events = ZoomEvents::fresh(&account.id, &owner, entropy).into();
        Self {
            roles: role::system(&account.id).into(),
            account: account.into(),
            sub_accounts: Shared::default(),
            apps: apps.into(),
            people: people.into(),
            meetings: Meetings::default(),
            tokens: Table::new(),
            registrations: Table::new(),
            panels: Table::new(),
            polls: Table::new(),
            surveys: Table::new(),
            zoom_events,
            instances: Table::new(),
            recordings: Table::new(),
            summaries: Table::new(),
            key: ids::opaque(entropy, 48),
            seed,
            runs: 0,
            granted: granted.into(),
            newest_token_wins: false,
            planted: Shared::default(),
        }
    }

    /// The account with this id: the primary one or a sub-account.
    pub(crate) fn account(&self, id: &str) -> Option<&Account> {
        std::iter::once(&*self.account).chain(self.sub_accounts.iter()).find(|account| account.id == id)
    }

    /// The same, to change it.
    pub(crate) fn account_mut(&mut self, id: &str) -> Option<&mut Account> {
        if self.account.id == id {
            return Some(&mut self.account);
        }
        self.sub_accounts.iter_mut().find(|account| account.id == id)
    }

    /// What the first apps of each type hold: what scripts and tests sign in with. Empty where somebody deleted them.
    pub(crate) fn credentials(&self) -> Credentials {
        let server = self.apps.iter().find(|app| app.kind == AppKind::ServerToServer);
        let sdk = self.apps.iter().find(|app| app.meeting_sdk);
        let text = |app: Option<&ClientApp>, of: fn(&ClientApp) -> &String| app.map(of).cloned().unwrap_or_default();
        Credentials {
            account_id: self.account.id.clone(),
            app_id: text(server, |app| &app.id),
            client_id: text(server, |app| &app.keys.client_id),
            client_secret: text(server, |app| &app.keys.client_secret),
            sdk_key: text(sdk, |app| &app.keys.client_id),
            sdk_secret: text(sdk, |app| &app.keys.client_secret),
            webhook_secret: text(server, |app| &app.secret_token),
        }
    }

    pub(crate) fn app(&self, id: &str) -> Option<&ClientApp> {
        self.apps.iter().find(|app| app.id == id)
    }

    /// The scopes of an app, without those that the role of its maker does not grant.
    fn granted(&self, app: &ClientApp) -> Vec<String> {
        let role = self.person_by_id(&app.owner_id).and_then(|maker| self.role_of(maker));
        let is_granted = |scope: &&String| role.is_none_or(|role| role.may_grant(scope));
        app.scopes.iter().filter(is_granted).cloned().collect()
    }

    pub(crate) fn app_mut(&mut self, id: &str) -> Option<&mut ClientApp> {
        self.apps.iter_mut().find(|app| app.id == id)
    }

    /// The role of an account with this id.
    pub(crate) fn role(&self, account_id: &str, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.account_id == account_id && role.id == id)
    }

    /// The same role, to change it.
    pub(crate) fn role_mut(&mut self, role: &Role) -> Option<&mut Role> {
        self.roles.iter_mut().find(|known| known.is_same(role))
    }

    /// The role of a person; a role that was deleted leaves them a member.
    pub(crate) fn role_of(&self, person: &Person) -> Option<&Role> {
        let named = |id: &str| self.role(&person.account_id, id);
        named(&person.role_id).or_else(|| named(role::MEMBER))
    }

    /// The person with this id or e-mail (in any case).
    pub(crate) fn person(&self, id_or_email: &str) -> Option<&Person> {
        self.people.iter().find(|p| p.id == id_or_email || p.email.eq_ignore_ascii_case(id_or_email))
    }

    pub(crate) fn person_by_id(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The owner of an account.
    pub(crate) fn owner(&self, account_id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.is_owner() && person.account_id == account_id)
    }

    /// A ZAK for this person that lives for `life`.
    pub(crate) fn zak(&self, entropy: &dyn Entropy, user_id: &str, now: Timestamp, life: SignedDuration) -> String {
        let until = now.saturating_add(life).unwrap_or(Timestamp::MAX);
        zak::mint(&self.key, entropy, user_id, until)
    }
}

impl Change<'_> {
    /// A number nobody has.
    pub(crate) fn new_number(&self) -> i64 {
        loop {
            let number = ids::number(self.entropy);
            if self.state.meetings.get(number).is_none() && !self.state.people.iter().any(|p| p.pmi == number) {
                return number;
            }
        }
    }

    /// Removes a meeting for good, with all that hangs on it.
    pub(crate) fn forget_meeting(&mut self, number: i64) -> Option<Shared<Meeting>> {
        self.state.registrations.remove(&number);
        self.state.panels.remove(&number);
        self.state.polls.remove(&number);
        self.state.surveys.remove(&number);
        self.state.instances.remove(&number);
        self.state.recordings.remove(&number);
        self.state.summaries.remove(&number);
        self.state.meetings.remove(number)
    }

    /// Issues a bearer token with the scopes that the app has now and the role of its maker still grants, and forgets those
    /// that have expired; with the switch on, the app's older ones too.
    pub(crate) fn issue_token(&mut self, app_id: &str) -> (String, Vec<String>) {
        let now = self.now;
        self.state.tokens.keep(|token| now.duration_since(token.expires_at) < SignedDuration::from_hours(1));
        if self.state.newest_token_wins {
            self.state.tokens.keep(|token| token.app_id != app_id);
        }
        let text = ids::opaque(self.entropy, 128);
        let scopes = self.state.app(app_id).map(|app| self.state.granted(app)).unwrap_or_default();
        let expires_at = now.saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX);
        let token = AccessToken { app_id: app_id.to_owned(), scopes: scopes.clone().into(), expires_at };
        self.state.tokens.insert(text.clone(), token.into());
        (text, scopes)
    }

    /// Starts the call of a meeting, unless it is on, or another one under the same personal id. Says whether it began now.
    pub(crate) fn begin_call(&mut self, number: i64) -> bool {
        let now = self.now;
        if self.state.on_under(number, now).is_some() {
            return false;
        }
        let Some(mut meeting) = self.state.meetings.change(number).filter(|meeting| meeting.exists(now)) else {
            return false;
        };
        if meeting.status == Status::Started {
            return false;
        }
        meeting.status = Status::Started;
        meeting.started_at = Some(now);
        let uuid = meeting.uuid.clone();
        self.happenings.push(Happening::Started { meeting: Box::new(Meeting::clone(&meeting)), at: now });
        drop(meeting);
        self.open_instance(number, &uuid);
        self.record_if_wanted(number);
        true
    }

    /// Ends the call of a meeting, if it is on. Says whether it ended now.
    pub(crate) fn end_call(&mut self, number: i64) -> bool {
        self.end_call_because(number, Parting::Ended)
    }

    /// A sandbox that stopped, or was killed, had its calls cut off: nobody is in them when it starts again.
    pub(crate) fn calls_were_cut_off(&mut self) {
        let on = self.state.meetings.values().filter(|meeting| meeting.status == Status::Started);
        for number in on.map(|meeting| meeting.number).collect::<Vec<_>>() {
            self.end_call_because(number, Parting::Stopped);
        }
    }

    fn end_call_because(&mut self, number: i64, why: Parting) -> bool {
        let now = self.now;
        let on = self.state.meetings.get(number).filter(|meeting| meeting.status == Status::Started);
        let Some(was) = on.map(|meeting| Meeting::clone(meeting)) else { return false };
        self.close_instance(&was, why);
        self.stop_recording(&was);
        self.summarize(&was);
        self.happenings.push(Happening::Ended { meeting: Box::new(was), at: now });
        let next = ids::uuid(self.entropy);
        let Some(mut meeting) = self.state.meetings.change(number) else { return false };
        meeting.status = Status::Waiting;
        meeting.started_at = None;
        meeting.ended_at = Some(now);
        meeting.uuid = next;
        drop(meeting);
        self.session_ended(number);
        true
    }
}
