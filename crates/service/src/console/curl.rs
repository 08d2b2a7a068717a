//! A request as a line for a shell, with a placeholder where the token belongs.

use std::fmt::Write as _;

use url::Url;
use zoom_client::{Error, address};
use zoom_spec::Operation;

use super::{
    fill::Filled,
    hide::{HIDDEN, hide},
};

/// The request as `curl` would send it: `$ZOOM_TOKEN` stands for the access token, and what is secret in the body is
/// hidden. The address is the very one that is called.
pub fn curl(api: &Url, operation: &'static Operation, filled: &Filled) -> Result<String, Error> {
    let params: Vec<String> = filled.params.iter().map(|(_, value)| value.clone()).collect();
    let address = address(api, operation, &params, &filled.query)?;
    let mut text = format!("curl -X {} {}", operation.method, quoted(address.as_str()));
    text.push_str(" \\\n  -H \"Authorization: Bearer $ZOOM_TOKEN\"");
    if let Some(body) = &filled.body {
        let mut body = body.clone();
        hide(&mut body);
        let json = serde_json::to_string_pretty(&body).unwrap_or_else(|_| HIDDEN.to_owned());
        write!(text, " \\\n  -H 'Content-Type: application/json' \\\n  -d {}", quoted(&json)).ok();
    }
    Ok(text)
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
        let text = curl(&api, operation("meetingCreate").unwrap(), &filled).unwrap();
        assert_eq!(
            text,
            "curl -X POST 'https://api.zoom.us/v2/users/a%2Fb%20c%40example.org/meetings' \\\n  \
             -H \"Authorization: Bearer $ZOOM_TOKEN\" \\\n  -H 'Content-Type: application/json' \\\n  \
             -d '{\n  \"password\": \"(hidden)\",\n  \"topic\": \"Ada'\\''s\"\n}'"
        );
        let listed = Filled { query: vec![("page_size", "30".into())], ..Filled::default() };
        let text = curl(&api, operation("users").unwrap(), &listed).unwrap();
        assert!(text.starts_with("curl -X GET 'https://api.zoom.us/v2/users?page_size=30' \\\n"), "{text}");
    }

    #[test]
    fn a_parameter_stays_in_its_place_or_there_is_no_line() {
        let api = "https://api.zoom.us/v2".parse().unwrap();
        let of = |param: &str| {
            let filled = Filled { params: vec![("userId", param.into())], ..Filled::default() };
            curl(&api, operation("meetings").unwrap(), &filled)
        };
        for param in ["../accounts", "a/../b", "x?y#z", "%2e%2e", "\t..\t"] {
            let text = of(param).unwrap();
            let path = text.split('\'').nth(1).unwrap().strip_prefix("https://api.zoom.us/v2/users/").unwrap();
            assert!(path.ends_with("/meetings") && path.matches('/').count() == 1, "{param:?}: {text}");
        }
        assert!(of("..").is_err() && of(".").is_err());
    }
}
