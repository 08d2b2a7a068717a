//! What a question of a poll, a quiz or a survey must have, by its type.

use serde_json::Value;

use crate::answer::FieldError;

/// Where the questions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rest) enum Asked {
    /// Types 1 and 2.
    Poll,
    /// Type 3: each question says what is right.
    Quiz,
    /// After the meeting.
    Survey,
}

/// The fields that are wrong in `questions`, which stand at `path`.
pub(in crate::rest) fn wrong_questions(asked: Asked, path: &str, questions: &[Value]) -> Vec<FieldError> {
    let each = questions.iter().enumerate();
    each.flat_map(|(index, question)| {
        let at = move |name: &str| FieldError::invalid(format!("{path}[{index}].{name}"));
        wrong_members(asked, question).into_iter().map(at)
    })
    .collect()
}

fn wrong_members(asked: Asked, question: &Value) -> Vec<&'static str> {
    let count = |name: &str| question.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    let number = |name: &str| question.get(name).and_then(Value::as_i64);
    let text = |name: &str| question.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut wrong = Vec::new();
    let mut needs = |is_so: bool, name: &'static str| {
        if !is_so {
            wrong.push(name);
        }
    };
    needs(!text("name").trim().is_empty(), "name");
    let choices = if asked == Asked::Survey { 50 } else { 10 };
    match text("type") {
        "single" | "multiple" => needs((2..=choices).contains(&count("answers")), "answers"),
        "matching" | "rank_order" => {
            let most = if text("type") == "matching" { 16 } else { 7 };
            needs((2..=most).contains(&count("answers")), "answers");
            needs((2..=10).contains(&count("prompts")), "prompts");
        }
        "short_answer" | "long_answer" => {
            let limit = if text("type") == "short_answer" { 500 } else { 2000 };
            let (least, most) = (number("answer_min_character").unwrap_or(1), number("answer_max_character"));
            needs(most.is_none_or(|most| most <= limit && most >= least), "answer_max_character");
        }
        "rating_scale" => {
            let (least, most) = (number("rating_min_value").unwrap_or(1), number("rating_max_value"));
            needs(most.is_none_or(|most| most > least), "rating_max_value");
        }
        "fill_in_the_blank" => {}
        _ => needs(false, "type"),
    }
    let has_choices = matches!(text("type"), "single" | "multiple");
    if asked == Asked::Quiz && has_choices {
        let right = question.get("right_answers").and_then(Value::as_array).cloned().unwrap_or_default();
        let offered = question.get("answers").and_then(Value::as_array).cloned().unwrap_or_default();
        let is_known = !right.is_empty() && right.iter().all(|answer| offered.contains(answer));
        needs(is_known && (text("type") == "multiple" || right.len() == 1), "right_answers");
    }
    wrong
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wrong(asked: Asked, question: &Value) -> Vec<String> {
        let found = wrong_questions(asked, "questions", std::slice::from_ref(question));
        found.into_iter().map(|error| error.field.replace("questions[0].", "")).collect()
    }

    #[test]
    fn each_type_of_question_has_what_it_needs() {
        let choice = |answers: &[&str]| json!({ "name": "Q", "type": "single", "answers": answers });
        assert!(wrong(Asked::Poll, &choice(&["a", "b"])).is_empty());
        assert_eq!(wrong(Asked::Poll, &choice(&["a"])), ["answers"]);
        let many: Vec<_> = std::iter::repeat_n("a", 11).collect();
        assert_eq!(wrong(Asked::Poll, &choice(&many)), ["answers"]);
        assert!(wrong(Asked::Survey, &choice(&many)).is_empty(), "surveys offer more");
        assert_eq!(wrong(Asked::Quiz, &choice(&["a", "b"])), ["right_answers"]);
        assert_eq!(wrong(Asked::Poll, &json!({ "type": "long_answer" })), ["name"]);
        assert_eq!(wrong(Asked::Poll, &json!({ "name": "Q" })), ["type"]);
        let long = |most: i64| json!({ "name": "Q", "type": "long_answer", "answer_max_character": most });
        assert_eq!((wrong(Asked::Poll, &long(2000)).len(), wrong(Asked::Poll, &long(2001)).len()), (0, 1));
        let matching = json!({ "name": "Q", "type": "matching", "answers": ["a", "b"], "prompts": [{}] });
        assert_eq!(wrong(Asked::Poll, &matching), ["prompts"]);
        let rating = json!({ "name": "Q", "type": "rating_scale", "rating_min_value": 5, "rating_max_value": 5 });
        assert_eq!(wrong(Asked::Poll, &rating), ["rating_max_value"]);
    }

    #[test]
    fn a_quiz_with_one_choice_has_one_right_answer_that_is_offered() {
        let quiz = |kind: &str, right: &[&str]| {
            wrong(Asked::Quiz, &json!({ "name": "Q", "type": kind, "answers": ["a", "b"], "right_answers": right }))
        };
        assert!(quiz("single", &["a"]).is_empty());
        assert!(quiz("multiple", &["a", "b"]).is_empty());
        assert_eq!(quiz("single", &["a", "b"]), ["right_answers"]);
        assert_eq!(quiz("single", &["c"]), ["right_answers"]);
    }
}
