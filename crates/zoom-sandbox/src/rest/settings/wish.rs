//! What a `PATCH` of settings asks for: one value for each setting it names.

use serde_json::Value;

use super::{super::Ask, document, lists};
use crate::{
    answer::{FieldError, Refusal},
    settings::{COUNTRIES, leaves},
    world::State,
};

/// A setting and what it is to be.
pub(super) struct Wish {
    /// Its path in the request.
    pub(super) shown: String,
    /// The setting's path, by the name the request used.
    pub(super) path: String,
    /// What it is to be.
    pub(super) value: Value,
}

/// Everything the body asks for. `holds` finds what is there: what adds to a list or takes from it becomes a new list.
pub(super) fn read(ask: &Ask<'_>, state: &State, holds: impl Fn(&str) -> Value) -> Result<Vec<Wish>, Refusal> {
    let section = document::asked(ask).first().map(|shape| shape.section).unwrap_or_default();
    let mut body = ask.body.clone();
    let mut wishes = lists::taken(ask, state, section, &mut body, &holds)?;
    for (shown, value) in leaves(&body) {
        let value = completed(&shown, value).map_err(|field| Refusal::fields(vec![FieldError::invalid(field)]))?;
        wishes.push(Wish { path: format!("{section}{shown}"), shown, value });
    }
    Ok(wishes)
}

/// Lists of countries and numbers come with codes alone and are kept with names. Gives the wrong field.
fn completed(path: &str, value: Value) -> Result<Value, String> {
    let Value::Array(items) = &value else { return Ok(value) };
    let text = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let each = |complete: &dyn Fn(&Value) -> Option<Value>| {
        let done = items.iter().enumerate().map(|(at, item)| complete(item).ok_or(format!("{path}[{at}].code")));
        done.collect::<Result<Value, String>>()
    };
    match path.rsplit('.').next() {
        Some("selected_countries") => each(&|item| {
            let known = COUNTRIES.iter().find(|known| known.code == text(item, "code"))?;
            Some(serde_json::json!({ "code": known.code, "name": known.name }))
        }),
        Some("numbers") => each(&|item| {
            let known = COUNTRIES.iter().find(|known| known.calling == text(item, "code"))?;
            let number = text(item, "number");
            Some(serde_json::json!({
                "code": known.calling,
                "country_code": known.code,
                "country_name": known.name,
                "display_number": format!("+{} {number}", known.calling),
                "number": number,
            }))
        }),
        _ => Ok(value),
    }
}
