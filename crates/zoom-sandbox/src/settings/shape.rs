//! Which of the alternative shapes that Zoom documents for a settings document a request means.

use zoom_spec::{Field, Operation, Place};

/// One alternative of a body or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// What its fields' paths begin with in the table.
    pub(crate) begins: &'static str,
    /// What the paths of the settings begin with in place of it; where a shape has no sections of its own.
    pub(crate) section: &'static str,
    /// The one section that is meant, where it is not all.
    only: Option<&'static str>,
}

impl Shape {
    const fn whole(begins: &'static str) -> Self {
        Self { begins, section: "", only: None }
    }

    const fn of(begins: &'static str, section: &'static str) -> Self {
        Self { begins, section, only: None }
    }

    /// A field's path within the shape, if it is one of its fields.
    pub(crate) fn within<'a>(&self, path: &'a str) -> Option<&'a str> {
        let inside = path.strip_prefix(self.begins)?;
        let section = inside.split('.').next();
        self.only.is_none_or(|only| section == Some(only)).then_some(inside)
    }
}

const MEETING: &str = "meeting_authentication.";
const RECORDING: &str = "recording_authentication.";

/// The shapes of an operation's body or answer for an `option` of the query; none for operations without alternatives.
pub(crate) fn shapes(operation: &str, option: Option<&str>) -> Vec<Shape> {
    let shape = match (operation, option) {
        ("accountSettings", None) => Shape::whole("<oneOf:Account settings>."),
        ("accountSettings", Some("security")) => {
            Shape { only: Some("security"), ..Shape::whole("<oneOf:Account settings>.") }
        }
        ("accountSettings", Some("meeting_authentication")) => {
            Shape::of("<oneOf:Account Authentication Settings>.<oneOf:index0>.", MEETING)
        }
        ("accountSettings", Some("recording_authentication")) => {
            Shape::of("<oneOf:Account Authentication Settings>.<oneOf:index1>.", RECORDING)
        }
        ("accountSettings" | "accountSettingsUpdate", Some("meeting_security")) => {
            Shape::whole("<oneOf:Meeting or Webinar Security Account Settings>.")
        }
        ("accountSettingsUpdate", None) => Shape::whole("<oneOf:Information about the account's updated settings.>."),
        ("accountSettingsUpdate", Some("security")) => Shape {
            only: Some("security"),
            ..Shape::whole("<oneOf:Information about the account's updated settings.>.")
        },
        ("accountSettingsUpdate", Some("meeting_authentication")) => {
            Shape::of("<oneOf:AccountSettingsAuthenticationUpdate>.<oneOf:0>.", MEETING)
        }
        ("accountSettingsUpdate", Some("recording_authentication")) => {
            Shape::of("<oneOf:AccountSettingsAuthenticationUpdate>.<oneOf:1>.", RECORDING)
        }
        ("getAccountLockSettings", Some("meeting_security")) => Shape::whole(LOCKED_SECURITY),
        // The table gives no values for the option of this one.
        ("getAccountLockSettings", _) => Shape::whole("<oneOf:0>."),
        ("UpdateLockedSettings", _) => return vec![Shape::whole("<oneOf:0>."), Shape::whole(LOCKED_SECURITY)],
        ("userSettings", None) => Shape::whole("<oneOf:User settings>."),
        ("userSettings", Some("meeting_authentication")) => Shape::of("<oneOf:2>.<oneOf:0>.", MEETING),
        ("userSettings", Some("recording_authentication")) => Shape::of("<oneOf:2>.<oneOf:1>.", RECORDING),
        ("userSettings" | "userSettingsUpdate", Some("meeting_security")) => {
            Shape::whole("<oneOf:Meeting/Webinar Security Settings>.")
        }
        ("userSettingsUpdate", None) => Shape::whole("<oneOf:The user's settings.>."),
        ("userSettingsUpdate", Some("meeting_authentication")) => {
            Shape::of("<oneOf:GroupSettingsAuthenticationUpdate>.<oneOf:0>.", MEETING)
        }
        ("userSettingsUpdate", Some("recording_authentication")) => {
            Shape::of("<oneOf:GroupSettingsAuthenticationUpdate>.<oneOf:1>.", RECORDING)
        }
        _ => return Vec::new(),
    };
    vec![shape]
}

const LOCKED_SECURITY: &str = "<oneOf:Meeting or Webinar Security Account Locked Settings>.";

/// A setting as a document shows it.
pub(crate) struct Shown {
    /// The setting's path.
    pub(crate) path: String,
    /// The path in the answer; the same, where the shape has sections.
    pub(crate) place: String,
    /// What the table says of it.
    pub(crate) field: &'static Field,
}

/// The settings in an operation's answer: all its fields that hold one value (a list is one value).
pub(crate) fn fields(operation: &'static Operation, shapes: &[Shape]) -> Vec<Shown> {
    let answer: Vec<&Field> = operation.fields().iter().filter(|field| field.place == Place::Answer).collect();
    let holds_others = |at: usize, field: &Field| {
        let next = answer.get(at + 1).and_then(|next| next.path.strip_prefix(&*field.path));
        next.is_some_and(|rest| rest.starts_with('.'))
    };
    let mut found = Vec::new();
    for (at, field) in answer.iter().enumerate() {
        if field.path.contains("[]") || holds_others(at, field) {
            continue;
        }
        for shape in shapes {
            if let Some(inside) = shape.within(&field.path) {
                let path = format!("{}{inside}", shape.section);
                found.push(Shown { path, place: inside.to_owned(), field });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_fields_in_the_table() {
        let options = [
            None,
            Some("security"),
            Some("meeting_authentication"),
            Some("recording_authentication"),
            Some("meeting_security"),
        ];
        for id in [
            "accountSettings",
            "accountSettingsUpdate",
            "getAccountLockSettings",
            "UpdateLockedSettings",
            "userSettings",
            "userSettingsUpdate",
        ] {
            let operation = zoom_spec::operation(id).unwrap();
            for shape in options.iter().flat_map(|option| shapes(id, *option)) {
                let count = operation.fields().iter().filter(|field| shape.within(&field.path).is_some()).count();
                assert!(count >= 8, "{id} {shape:?}: {count}");
            }
        }
    }
}
