//! A sandbox that grants every scope, and a client of it.

use std::{sync::Arc, time::Duration};

use clock::SteeredClock;
use serde_json::Value;
use zoom_client::{
    Credentials, Meeting, MeetingId, MeetingSettings, NewMeeting, NewWebinar, Places, Timeouts, UserId, Webinar,
    WebinarSettings, ZoomClient, local_http_client,
};
use zoom_sandbox::{Sandbox, SandboxHandle, log::Filter};

pub(crate) struct World {
    pub(crate) sandbox: SandboxHandle,
    pub(crate) zoom: ZoomClient,
}

impl World {
    pub(crate) async fn begin() -> Self {
        let scopes = zoom_sandbox::every_scope();
        let clock = Arc::new(SteeredClock::running());
        clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let sandbox = Sandbox::builder().seed(7).clock(clock).unlimited().scopes(scopes).start().await.unwrap();
        let credentials = sandbox.credentials();
        let credentials = Credentials::new(&credentials.account_id, &credentials.client_id, &credentials.client_secret);
        let places = Places::new(sandbox.oauth().parse().unwrap(), sandbox.api().parse().unwrap());
        let patience = Duration::from_secs(20);
        let zoom = ZoomClient::builder(places, credentials, sandbox.clock().clone(), local_http_client().unwrap())
            .timeouts(Timeouts { answer: patience, token: patience, ..Timeouts::default() })
            .retries(0)
            .build();
        Self { sandbox, zoom }
    }

    /// Holds that each of these operations was sent, and that nothing was sent that Zoom's documents do not name.
    pub(crate) fn sent(&self, operations: &[&str]) {
        for operation in operations {
            assert!(self.sandbox.calls().count(operation) > 0, "{operation} was not sent");
        }
        for call in self.sandbox.calls().entries(&Filter::default()) {
            let ignored: Vec<_> = call.notes.iter().filter(|note| note.starts_with("Ignored the ")).collect();
            assert!(ignored.is_empty(), "{:?}: {ignored:?}", call.operation);
        }
    }

    /// A host who may hold webinars.
    pub(crate) fn webinar_host(&self) -> UserId {
        let people = self.sandbox.world().people();
        people.iter().find(|person| person.webinar).unwrap().email.parse().unwrap()
    }

    /// A member without a licence for webinars.
    pub(crate) fn member(&self) -> (UserId, String) {
        let people = self.sandbox.world().people();
        let member = people.iter().find(|person| person.role_id == "2" && !person.webinar).unwrap();
        (member.id.parse().unwrap(), member.email.clone())
    }

    /// A meeting of the owner's tomorrow where people register, and with this about it.
    pub(crate) async fn meeting(&self, settings: MeetingSettings) -> Meeting {
        let start = clock::Clock::now(&**self.sandbox.clock()) + Duration::from_hours(24);
        let new = NewMeeting::new("Kitchen Spanish").starts_at(start).duration(50_u32).settings(settings);
        self.zoom.meetings().create(&UserId::Me, &new).await.unwrap()
    }

    pub(crate) async fn webinar(&self, settings: WebinarSettings) -> Webinar {
        let start = clock::Clock::now(&**self.sandbox.clock()) + Duration::from_hours(24);
        let new = NewWebinar::new("Ask an architect").starts_at(start).duration(50_u32).settings(settings);
        self.zoom.webinars().create(&self.webinar_host(), &new).await.unwrap()
    }

    /// Steers the sandbox.
    pub(crate) async fn steer(&self, path: &str, body: &Value) {
        let address = format!("{}/sandbox/v1{path}", self.sandbox.base());
        let http = local_http_client().unwrap();
        let sent = http.post(address).header("content-type", "application/json").body(body.to_string());
        let answer = sent.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {} {}", answer.status(), answer.text().await.unwrap());
    }

    pub(crate) async fn pass(&self, seconds: u32) {
        self.steer("/clock/advance", &serde_json::json!({ "seconds": seconds })).await;
    }

    /// Ada and Ben are in a call; Ada writes, answers the poll `Mood`, and asks.
    pub(crate) async fn call(&self, number: MeetingId) {
        let doings = serde_json::json!({ "names": ["Ada", "Ben"], "chats": [{ "name": "Ada", "text": "Hello" }],
            "answers": [{ "name": "Ada", "poll": "Mood", "question": "Well?", "answer": "Yes" }],
            "questions": [{ "name": "Ada", "question": "When?", "reply": "Monday" }] });
        self.steer(&format!("/meetings/{number}/simulate"), &doings).await;
    }
}
