//! A request as a line for a shell, with a placeholder where the token belongs.

use std::fmt::Write as _;

use url::Url;
use zoom_spec::Operation;

use super::{
    fill::Filled,
    hide::{HIDDEN, hide},
};

/// The request as `curl` would send it: `$ZOOM_TOKEN` stands for the access token, and what is secret in the body is
/// hidden.
pub fn curl(api: &Url, operation: &Operation, filled: &Filled) -> String {
    let mut text = format!("curl -X {} {}", operation.method, quoted(&address(api, operation, filled)));
    text.push_str(" \\\n  -H \"Authorization: Bearer $ZOOM_TOKEN\"");
    if let Some(body) = &filled.body {
        let mut body = body.clone();
        hide(&mut body);
        let json = serde_json::to_string_pretty(&body).unwrap_or_else(|_| HIDDEN.to_owned());
        write!(text, " \\\n  -H 'Content-Type: application/json' \\\n  -d {}", quoted(&json)).ok();
    }
    text
}

/// The whole address, with parameters and query in it.
fn address(api: &Url, operation: &Operation, filled: &Filled) -> String {
    let mut path = operation.path.to_owned();
    for (name, value) in &filled.params {
        let mut segment = api.clone();
        // The parser's own encoding of a segment.
        if let Ok(mut segments) = segment.path_segments_mut() {
            segments.clear().push(value);
        }
        path = path.replace(&format!("{{{name}}}"), segment.path().trim_start_matches('/'));
    }
    let mut text = format!("{}{path}", api.as_str().trim_end_matches('/'));
    if !filled.query.is_empty() {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&filled.query).finish();
        write!(text, "?{query}").ok();
    }
    text
}

/// In quotes that no shell looks into.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use zoom_spec::operation;

    use super::*;

    #[test]
    fn a_line_for_the_shell_has_everything_but_secrets() {
        let filled = Filled {
            params: vec![("userId", "a/b c@example.org".into())],
            query: vec![],
            body: Some(json!({ "topic": "Ada's", "password": "canary" })),
        };
        let api = "https://api.zoom.us/v2".parse().unwrap();
        let text = curl(&api, operation("meetingCreate").unwrap(), &filled);
        assert_eq!(
            text,
            "curl -X POST 'https://api.zoom.us/v2/users/a%2Fb%20c@example.org/meetings' \\\n  \
             -H \"Authorization: Bearer $ZOOM_TOKEN\" \\\n  -H 'Content-Type: application/json' \\\n  \
             -d '{\n  \"password\": \"(hidden)\",\n  \"topic\": \"Ada'\\''s\"\n}'"
        );
        let listed = Filled { query: vec![("page_size", "30".into())], ..Filled::default() };
        let text = curl(&api, operation("users").unwrap(), &listed);
        assert!(text.starts_with("curl -X GET 'https://api.zoom.us/v2/users?page_size=30' \\\n"), "{text}");
    }
}
