//! What came of a call, as people read it.

use serde::Serialize;
use service::console::{ConsoleAnswer, Outcome, Refusal};

use crate::language::{say, say_with};

/// The most characters of an answer that a page shows.
const SHOWN: usize = 200_000;

/// Zoom's answer, or why there is none.
#[derive(Serialize)]
pub(crate) struct AnswerView {
    voice: &'static str,
    /// The status, or what happened, in a few words.
    headline: String,
    /// The answer as JSON; none where it was empty, or there is none.
    json: Option<String>,
    /// Whether it was too long to be shown whole.
    cut: bool,
    /// The time Zoom took.
    took: String,
    /// How many users are left out.
    left_out: Option<String>,
    refusal: Option<RefusalView>,
}

/// A refusal.
#[derive(Serialize)]
struct RefusalView {
    meaning: &'static str,
    code: Option<u32>,
    status: Option<u16>,
    message: String,
    fields: Vec<(String, String)>,
    scope: Option<String>,
    place: Option<String>,
    /// What it means, and what to do.
    means: String,
    next: String,
    maybe_done: bool,
}

impl AnswerView {
    pub(crate) fn of(answer: &ConsoleAnswer) -> Self {
        let took = say_with("console-took", &[("time", answer.millis.to_string().into())]);
        let left_out =
            (answer.left_out > 0).then(|| say_with("console-left-out", &[("count", answer.left_out.into())]));
        match &answer.outcome {
            Outcome::Done { status, json } => {
                let text = json.as_ref().map(|json| serde_json::to_string_pretty(json).unwrap_or_default());
                let cut = text.as_ref().is_some_and(|text| text.chars().count() > SHOWN);
                let json = text.map(|text| if cut { text.chars().take(SHOWN).collect() } else { text });
                let headline = say_with("console-done", &[("status", status.to_string().into())]);
                Self { voice: "good", headline, json, cut, took, left_out, refusal: None }
            }
            Outcome::Refused(refusal) => Self {
                voice: if refusal.maybe_done { "warn" } else { "bad" },
                headline: say(&format!("console-refused-{}", refusal.meaning.as_str())),
                json: None,
                cut: false,
                took,
                left_out,
                refusal: Some(RefusalView::of(refusal)),
            },
        }
    }
}

impl RefusalView {
    fn of(refusal: &Refusal) -> Self {
        let word = refusal.meaning.as_str();
        let scope = refusal.scope.clone().unwrap_or_default();
        let until = refusal.retry_after.map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default();
        let words = [("scope", scope.into()), ("until", until.into())];
        Self {
            meaning: word,
            code: refusal.code,
            status: refusal.status,
            message: refusal.message.clone(),
            fields: refusal.fields.clone(),
            scope: refusal.scope.clone(),
            place: refusal.place.map(|place| format!("{} › {} › {}", place.product, place.group, place.title)),
            means: say(&format!("console-means-{word}")),
            next: say_with(&format!("console-next-{word}"), &words),
            maybe_done: refusal.maybe_done,
        }
    }
}
