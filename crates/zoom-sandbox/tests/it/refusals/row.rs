//! One row of the tables: a call, and the refusal it gets.

use std::collections::BTreeMap;

use zoom_spec::{DocumentedError, Method, Operation};

/// What the names in braces stand for.
pub(super) type Names = BTreeMap<String, String>;

pub(super) fn filled(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, is)| text.replace(&format!("{{{name}}}"), is))
}

/// `who METHOD path | body | status code message`.
pub(super) struct Row<'a> {
    pub(super) who: &'a str,
    pub(super) method: &'a str,
    pub(super) path: String,
    pub(super) body: String,
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
}

impl<'a> Row<'a> {
    pub(super) fn read(line: &'a str, names: &Names) -> Self {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [call, body, answer] = parts[..] else { panic!("no row: {line}") };
        let call: Vec<&str> = call.splitn(3, ' ').collect();
        let answer: Vec<&str> = answer.splitn(3, ' ').collect();
        Self {
            who: call[0],
            method: call[1],
            path: filled(call[2], names),
            body: filled(body, names),
            status: answer[0].parse().unwrap(),
            code: answer[1].parse().unwrap(),
            message: filled(answer[2], names),
        }
    }

    pub(super) fn operation(&self) -> Option<&'static Operation> {
        let path = self.path.split('?').next().unwrap();
        zoom_spec::find(Method::from_word(self.method).unwrap(), path).map(|(operation, _)| operation)
    }

    /// Whether this is that documented refusal, its placeholders filled.
    pub(super) fn is(&self, documented: &DocumentedError) -> bool {
        let status = match (documented.status, documented.code) {
            // No refusal comes as a success, and a token that is none is always 401.
            (200..300, _) => self.status == 400,
            (400, 124) => self.status == 401 || self.status == 400,
            (status, _) => self.status == status,
        };
        status && self.code == documented.code && self.says(&documented.message)
    }

    /// Some messages are documented as one and are two.
    fn says(&self, documented: &str) -> bool {
        if self.message.len() > 20 && documented.contains(&self.message) {
            return true;
        }
        let mut rest = self.message.as_str();
        let parts = fixed_parts(documented);
        let ends = parts.last().is_none_or(|part| rest.ends_with(part.as_str()));
        ends && parts.iter().all(|part| rest.find(part.as_str()).map(|at| rest = &rest[at + part.len()..]).is_some())
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
            // A list is an example.
            '[' => {
                letters.by_ref().find(|letter| *letter == ']');
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
