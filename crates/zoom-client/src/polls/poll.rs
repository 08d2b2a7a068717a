//! A poll with its questions.

kinds! {
    /// What a poll is.
    PollKind {
        /// Single and multiple choice only.
        Basic = 1,
        /// With all kinds of questions.
        Advanced = 2,
        /// A quiz with right answers.
        Quiz = 3,
    }
}

words! {
    /// How a question of a poll or survey is answered.
    PollQuestionKind {
        /// By one answer.
        Single = "single",
        /// By any answers.
        Multiple = "multiple",
        /// By pairs.
        Matching = "matching",
        /// By an order.
        RankOrder = "rank_order",
        /// In a line.
        ShortAnswer = "short_answer",
        /// In a paragraph.
        LongAnswer = "long_answer",
        /// In the gaps of a sentence.
        FillInTheBlank = "fill_in_the_blank",
        /// By a number.
        RatingScale = "rating_scale",
    }
}

settings! {
    /// What an answer is to be matched with, or put in order.
    PollPrompt {
        /// The prompt; at most 200 characters.
        prompt_question: String,
        /// The answers that are right for it.
        prompt_right_answers: Vec<String>,
    }
}

settings! {
    /// A question of a poll or survey.
    PollQuestion {
        /// The question.
        name: String,
        /// How it is answered.
        #[serde(rename = "type")]
        kind: PollQuestionKind,
        /// It must be answered.
        answer_required: bool,
        /// The answers to choose from.
        answers: Vec<String>,
        /// The right ones of them; for quizzes.
        right_answers: Vec<String>,
        /// What answers are matched with, or put in order.
        prompts: Vec<PollPrompt>,
        /// Shown as a list that opens.
        show_as_dropdown: bool,
        /// Answers differ by capital letters.
        case_sensitive: bool,
        /// How many characters an answer has at least.
        answer_min_character: u32,
        /// How many characters an answer has at most.
        answer_max_character: u32,
        /// The least number of a scale.
        rating_min_value: u32,
        /// The greatest number of a scale; at most 10.
        rating_max_value: u32,
        /// What the least number means.
        rating_min_label: String,
        /// What the greatest number means.
        rating_max_label: String,
    }
}

settings! {
    /// A poll. `id` and `status` are Zoom's and not sent.
    Poll {
        /// The id that addresses the poll in calls.
        #[serde(skip_serializing)]
        id: String,
        /// `notstart`, `started`, `ended` or `sharing`.
        #[serde(skip_serializing)]
        status: String,
        /// What it is about; at most 64 characters.
        title: String,
        /// Nobody sees who answered what.
        anonymous: bool,
        /// What it is.
        #[serde(rename = "poll_type")]
        kind: PollKind,
        /// Its questions.
        questions: Vec<PollQuestion>,
    }
}
