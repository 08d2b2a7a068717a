//! Every general refusal of Zoom's, and every one that the documents name for meetings, webinars and users, is provoked
//! by a call; or it is said why it never comes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zoom_spec::{DocumentedError, Method, Operation};

use crate::{
    registrants::with_all_scopes,
    story::{Story, builder, send},
    visitor::Visitor,
    zoom_events::{conference, publish},
    zoom_events_sessions::session,
};

/// `who METHOD path | body | status code message`; `@` lines change the world between two rows.
const TABLE: &str = include_str!("../golden/refusals.txt");

/// Operations whose documented refusals are all in the table or in [`NEVER`].
const WHOLE: &[&str] = &[
    "meetingCreate",
    "meetingUpdate",
    "meetingDelete",
    "meeting",
    "meetings",
    "meetingStatus",
    "meetingInvitation",
    "meetingInviteLinksCreate",
    "listUpcomingMeeting",
    "webinarCreate",
    "webinarUpdate",
    "webinarDelete",
    "webinar",
    "webinars",
    "webinarStatus",
    "webinarInviteLinksCreate",
    "userDelete",
    "user",
    "userStatus",
    "userAssistantCreate",
    "userAssistantDelete",
    "userSettings",
    "meetingRegistrants",
    "meetingRegistrantCreate",
    "meetingRegistrantGet",
    "meetingregistrantdelete",
    "meetingRegistrantStatus",
    "meetingRegistrantsQuestionsGet",
    "meetingRegistrantQuestionUpdate",
    "addBatchRegistrants",
    "webinarRegistrants",
    "webinarRegistrantCreate",
    "webinarRegistrantGet",
    "deleteWebinarRegistrant",
    "webinarRegistrantStatus",
    "webinarRegistrantsQuestionsGet",
    "webinarRegistrantQuestionUpdate",
    "addBatchWebinarRegistrants",
    "getTrackingSources",
    "webinarPanelists",
    "webinarPanelistCreate",
    "webinarPanelistDelete",
    "webinarPanelistsDelete",
    "meetingLiveStreamingJoinToken",
    "meetingLocalArchivingArchiveToken",
    "meetingLocalRecordingJoinToken",
    "webinarLiveStreamingJoinToken",
    "webinarLocalArchivingArchiveToken",
    "webinarLocalRecordingJoinToken",
];

/// What never comes, by how its message begins, and why.
const NEVER: &[(&str, &str)] = &[
    ("Access token has expired", "the sandbox says `is expired`, Zoom's other spelling"),
    ("Users in '{userId}' have been blocked", "nobody's domain is blocked"),
    ("Users in **{domains}** have been blocked", "nobody's domain is blocked"),
    ("You have reached the maximum per-second", "the stories of limits provoke it"),
    ("Not allowed to delete PAC", "there are no personal audio conferences"),
    ("Not allowed to view meetings scheduled for others", "the list shows a host's own meetings only"),
    ("Can not end on-premise", "nobody is on-premise"),
    ("You can not end an on-premise", "nobody is on-premise"),
    ("Record file does not exist", "no account plays recordings as webinars"),
    ("You cannot update or delete simulive", "no account plays recordings as webinars"),
    ("No permission", "webinars are refused by their plan or the role, in those words"),
    ("Cannot delete a Zoom Rooms user", "there are no Zoom Rooms"),
    ("The user cannot be changed because they are a Call-queue", "there are no telephones"),
    ("You can not disassociate a user with managed domain", "there are no managed domains"),
    ("This user has published events", "events stay with their hub"),
    ("The destination user does not have a Zoom Events", "events stay with their hub"),
    ("You cannot deactivate this user because the user has an upcoming Zoom Events", "events stay with their hub"),
    ("Your request to activate", "seats are not counted"),
    ("This error is thrown if you added", "the same refusal in other words"),
    ("Meeting has reached maximum attendee capacity", "it takes five thousand registrations"),
    ("You have reached the limit for the number of panelists", "the stories of panelists fill a panel"),
    (
        "You have reached the limit for the number of attendees",
        "two wordings of one refusal; the table has one of each",
    ),
    ("Only available for paid users", "the stories of plans go by the account"),
    ("If you have been invited, please input your work email", "nobody is asked for a work address"),
    ("The Zoom REST API does not support paid registration", "nobody pays for a webinar"),
    ("Registrant {registrantId} was not found", "the same refusal in other words"),
    ("Meeting ID does not exist", "the same refusal in other words"),
    ("Current account must be paid", "the stories of plans provoke it"),
];

struct Row<'a> {
    who: &'a str,
    method: &'a str,
    path: String,
    body: String,
    status: u16,
    code: u32,
    message: String,
}

impl<'a> Row<'a> {
    fn read(line: &'a str, kept: &BTreeMap<String, String>) -> Self {
        let fill =
            |text: &str| kept.iter().fold(text.to_owned(), |text, (name, is)| text.replace(&format!("{{{name}}}"), is));
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let call: Vec<&str> = parts[0].splitn(3, ' ').collect();
        let answer: Vec<&str> = parts[2].splitn(3, ' ').collect();
        Self {
            who: call[0],
            method: call[1],
            path: fill(call[2]),
            body: fill(parts[1]),
            status: answer[0].parse().unwrap(),
            code: answer[1].parse().unwrap(),
            message: fill(answer[2]),
        }
    }

    fn operation(&self) -> Option<&'static Operation> {
        let path = self.path.split('?').next().unwrap();
        zoom_spec::find(Method::from_word(self.method).unwrap(), path).map(|(operation, _)| operation)
    }

    /// Whether this is that documented refusal, its placeholders filled.
    fn is(&self, documented: &DocumentedError) -> bool {
        let mut rest = self.message.as_str();
        let parts = fixed_parts(&documented.message);
        let fits =
            parts.iter().all(|part| rest.find(part.as_str()).map(|at| rest = &rest[at + part.len()..]).is_some());
        fits && self.code == documented.code && self.status == documented.status
    }
}

/// A message without its placeholders.
fn fixed_parts(message: &str) -> Vec<String> {
    let (mut parts, mut letters) = (vec![String::new()], message.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '{' => {
                letters.by_ref().find(|letter| *letter == '}');
                parts.push(String::new());
            }
            '$' => {
                while letters.next_if(char::is_ascii_alphanumeric).is_some() {}
                parts.push(String::new());
            }
            letter => parts.last_mut().unwrap().push(letter),
        }
    }
    parts
}

/// The world that the table is about, and the names in its rows.
struct Stage {
    story: Story,
    kept: BTreeMap<String, String>,
    /// Bearer tokens, by who has them.
    tokens: BTreeMap<&'static str, String>,
}

async fn tokens(story: &Story) -> BTreeMap<&'static str, String> {
    let mut tokens: BTreeMap<_, _> = [
        ("foreign", "of-somebody-else".to_owned()),
        ("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJvbGQifQ.c2lnbmF0dXJl".to_owned()),
    ]
    .into();
    let apps: [(_, _, &[&str]); 3] = [
        ("narrow", "Ada Okafor", &["user:read:user:admin"]),
        ("member", "Salma Haddad", &["user:write:user:admin"]),
        ("ben", "Ben Carter", &["zoom_events:read:event:admin"]),
    ];
    // Salma is an admin until her app has its token: later tokens would lack what a member does not grant.
    let salma = json!({ "members": [{ "email": "salma@northlight.example" }] });
    assert_eq!(story.send("POST", "/roles/1/members", salma).await.0, 201);
    for (who, maker, scopes) in apps {
        let maker = Visitor::sign_in(story, maker).await;
        let app = maker.active_app(who, scopes).await;
        tokens.insert(who, maker.token(&app).await);
    }
    let (status, _) = send(story.request("DELETE", "/roles/1/members/salma@northlight.example")).await;
    assert_eq!(status, 204);
    tokens
}

impl Stage {
    async fn set() -> Self {
        let story = with_all_scopes().await;
        let mut kept = BTreeMap::new();
        for person in story.zoom.world().people() {
            kept.insert(person.email.split('@').next().unwrap().to_owned(), person.id);
        }
        kept.insert("account".to_owned(), story.zoom.credentials().account_id);
        kept.insert("pmi".to_owned(), story.zoom.world().person("me").unwrap().pmi.to_string());
        let event = conference(&story).await;
        kept.insert("event".to_owned(), event.rsplit('/').next().unwrap().to_owned());
        let (_, talk) = story.send("POST", &format!("{event}/sessions"), session("Talk", 2)).await;
        publish(&story, &event).await;
        let (_, held) = story.get(&format!("{event}/sessions/{}", talk["session_id"].as_str().unwrap())).await;
        kept.insert("held".to_owned(), held["webinar_id"].to_string());
        let tokens = tokens(&story).await;
        Self { story, kept, tokens }
    }

    async fn turn(&mut self, line: &str) {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("@pass", seconds) => self.story.pass(seconds.parse().unwrap()),
            ("@sign-in", _) => self.story.sign_in().await,
            ("@held", name) => {
                let number = self.kept[name].parse().unwrap();
                assert!(self.story.zoom.world().call_started(number) && self.story.zoom.world().call_ended(number));
            }
            ("@call", call) => drop(self.call(call).await),
            ("@make", rest) => {
                let (name, call) = rest.split_once(' ').unwrap();
                let made = self.call(call).await;
                let id = made["id"].as_str().map_or_else(|| made["id"].to_string(), str::to_owned);
                self.kept.insert(name.to_owned(), id);
            }
            _ => assert!(line.is_empty(), "nobody knows {line}"),
        }
    }

    /// A call that succeeds.
    async fn call(&self, call: &str) -> Value {
        let fill = |text: &str| {
            self.kept.iter().fold(text.to_owned(), |text, (name, is)| text.replace(&format!("{{{name}}}"), is))
        };
        let (method, rest) = call.split_once(' ').unwrap();
        let (path, body) = rest.split_once(" | ").unwrap();
        let body = serde_json::from_str(&fill(body)).unwrap();
        let (status, answer) = self.story.send(method, &fill(path), body).await;
        assert!(status < 300, "{call}: {answer}");
        answer
    }

    async fn answer(&self, row: &Row<'_>) -> (u16, Value) {
        let request = self.story.request(row.method, &row.path);
        let url = format!("{}{}", self.story.zoom.api(), row.path);
        let bare = self.story.http.request(reqwest::Method::from_bytes(row.method.as_bytes()).unwrap(), url);
        let request = match row.who {
            "app" => request,
            "none" => bare,
            who => bare.bearer_auth(&self.tokens[who]),
        };
        let body = if row.body == "-" { String::new() } else { row.body.clone() };
        send(request.header("content-type", "application/json").body(body)).await
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[tokio::test]
async fn every_refusal_of_the_table_comes_with_its_code_its_status_and_its_words() {
    let mut stage = Stage::set().await;
    let mut wrong = Vec::new();
    for line in lines() {
        if line.starts_with('@') {
            stage.turn(line).await;
            continue;
        }
        let row = Row::read(line, &stage.kept);
        let (status, body) = stage.answer(&row).await;
        let is = (status, body["code"].as_u64(), body["message"].as_str().unwrap_or_default());
        if is != (row.status, Some(row.code.into()), row.message.as_str()) {
            wrong.push(format!("{line}\n  was answered {status} {body}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_documented_for_meetings_webinars_and_users_is_in_the_table_or_never_comes() {
    let kept = BTreeMap::new();
    let rows: Vec<Row<'_>> = lines().filter(|line| !line.starts_with('@')).map(|line| Row::read(line, &kept)).collect();
    let mut lacking = Vec::new();
    for id in WHOLE {
        let operation = zoom_spec::operation(id).unwrap();
        for error in operation.errors() {
            let is_in = rows.iter().any(|row| row.operation().is_some_and(|one| one.id == *id) && row.is(error));
            let never = NEVER.iter().any(|(begins, _)| error.message.starts_with(begins));
            if !is_in && !never {
                lacking.push(format!("{id} {} {} {}", error.status, error.code, error.message));
            }
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[tokio::test]
async fn apps_with_classic_scopes_are_told_in_the_older_form() {
    let story = Story::with(builder().scopes(["meeting:read:admin"])).await;
    let refused = story.send("POST", "/users/me/meetings", json!({ "topic": "No" })).await;
    assert_eq!(refused, (400, json!({ "code": 4700, "message": "Invalid access token, does not contain scopes." })));
    let refused = story.get("/roles").await;
    let words = "Invalid access token, does not contain role:read:admin scope.";
    assert_eq!(refused, (400, json!({ "code": 4700, "message": words })));
}
