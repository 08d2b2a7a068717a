//! Examples of the console's pages.

use std::collections::BTreeMap;

use model::Role;
use serde_json::json;
use service::{
    ConnectionView,
    console::{
        ConsoleAnswer, ConsoleFilter, ConsoleOperation, FieldProblem, Meaning, Outcome, Refusal, WrongField, operations,
    },
    doctor::scopes_of_the_guide,
};

use super::{
    answer::AnswerView,
    index::IndexPage,
    operation::{OperationPage, Tried},
};
use crate::{
    admin::{
        inside::{Content, Shell},
        samples::connection,
        typed::Typed,
    },
    pages::Sample,
};

fn sample<P: Content>(name: &'static str, page: &P) -> Sample {
    Sample::within(name, page, &Shell::of("Ada Okafor".into(), Role::Owner, P::PLACE, None))
}

fn granted() -> Vec<String> {
    scopes_of_the_guide().filter(|scope| *scope != "meeting:delete:meeting:admin").map(Into::into).collect()
}

fn one(key: &str) -> &'static ConsoleOperation {
    operations().iter().find(|one| one.key == key).unwrap()
}

fn index(text: &str, connected: bool) -> IndexPage {
    let filter = ConsoleFilter { text: text.into(), ..ConsoleFilter::default() };
    let found: Vec<&ConsoleOperation> =
        operations().iter().filter(|one| one.title.to_lowercase().contains(text)).collect();
    IndexPage::of(filter, &found, connected.then(granted).as_deref(), connected)
}

fn page(key: &str, connection: Option<&ConnectionView>, tried: &Tried<'_>) -> OperationPage {
    OperationPage::of(one(key), Some(&granted()), connection, tried)
}

fn done() -> ConsoleAnswer {
    let json = json!({ "id": 81_234_567_890_u64, "topic": "Clinic", "start_url": "(hidden)" });
    ConsoleAnswer { outcome: Outcome::Done { status: 200, json: Some(json) }, millis: 214, left_out: 2 }
}

fn refused(meaning: Meaning) -> ConsoleAnswer {
    let refusal = Refusal {
        meaning,
        status: None,
        code: Some(4711),
        message: "Invalid access token, does not contain scopes:[meeting:delete:meeting:admin].".into(),
        fields: vec![("topic".into(), "Invalid field.".into())],
        scope: Some("meeting:delete:meeting:admin".into()),
        place: service::console::facts::scope("meeting:delete:meeting:admin"),
        retry_after: None,
        maybe_done: matches!(meaning, Meaning::Lost | Meaning::Broken),
    };
    ConsoleAnswer { outcome: Outcome::Refused(Box::new(refusal)), millis: 31, left_out: 0 }
}

/// The pages, in their states.
pub(crate) fn samples() -> Vec<Sample> {
    let account = connection(true);
    let account = Some(&account);
    let typed =
        Typed::of_urlencoded(b"path.userId=me&body.duration=long&body.settings.waiting_room=true&body.password=x");
    let wrong = [
        WrongField { name: "body.duration".into(), problem: FieldProblem::NotWhole },
        WrongField { name: "json".into(), problem: FieldProblem::NotJson("object") },
    ];
    let tried = Tried { typed, wrong: &wrong, shape: None };
    let nothing = Tried::default();
    let answered = |answer: &ConsoleAnswer| {
        page("meetingDelete", account, &nothing).answered(AnswerView::of(answer), "curl -X GET 'https://…'".into())
    };
    let mut all = vec![
        sample("console", &index("", true)),
        sample("console, nothing found", &index("nonsense", true)),
        sample("console, not connected", &index("meeting", false)),
        sample("operation, wrong", &page("meetingCreate", account, &tried)),
        sample("operation, not connected", &page("users", None, &nothing)),
        sample(
            "operation, a shape",
            &page("accountSettingsUpdate", account, &Tried { shape: Some(3), ..Tried::default() }),
        ),
        sample("operation, below", &page("master.webinarDelete", account, &nothing)),
        sample("operation, done", &answered(&done())),
    ];
    all.extend(Meaning::ALL.map(|meaning| sample("operation, refused", &answered(&refused(meaning)))));
    all.extend(operations().iter().map(|one| sample("operation", &page(&one.key, account, &nothing))));
    all
}

#[test]
fn every_problem_of_a_field_has_a_sentence() {
    let outside = |what| FieldProblem::Outside { what, min: Some(1), max: Some(7) };
    let all = [
        FieldProblem::Missing,
        FieldProblem::NotWhole,
        FieldProblem::TooBig,
        FieldProblem::NotNumber,
        outside("value"),
        outside("length"),
        outside("count"),
        FieldProblem::NotAChoice("a, b".into()),
        FieldProblem::NotTrueOrFalse,
        FieldProblem::NotA("date-time"),
        FieldProblem::NotA("date"),
        FieldProblem::NotA("email"),
        FieldProblem::NotA("uri"),
        FieldProblem::NotJson("object"),
        FieldProblem::NotJson("array"),
        FieldProblem::Twice,
        FieldProblem::Repeated,
        FieldProblem::Unseen,
        FieldProblem::Step,
        FieldProblem::Unknown,
    ];
    let said: BTreeMap<String, &FieldProblem> =
        all.iter().map(|problem| (super::sheet::sentence(problem), problem)).collect();
    assert_eq!(said.len(), all.len());
    for (sentence, problem) in said {
        assert!(sentence.ends_with('.') && !sentence.contains("console-"), "{problem:?}: {sentence}");
    }
}

#[test]
fn what_was_typed_as_a_secret_is_not_sent_back() {
    let typed = Typed::of_urlencoded(b"body.password=canary1&body.topic=Clinic&json=");
    let page = page("meetingCreate", None, &Tried { typed, ..Tried::default() });
    let text = serde_json::to_string(&page).unwrap();
    assert!(text.contains("Clinic") && !text.contains("canary1"));
}
