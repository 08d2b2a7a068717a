//! What a form for an operation has: one control for each parameter and for each member of the body that a person can
//! fill in, made of Zoom's table.

use zoom_spec::{Field, Kind, Operation, Place};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text,
    /// A number.
    Number,
    /// True, false, or not sent.
    Flag,
    /// One of the field's choices, or not sent.
    Choice,
    /// A list: one item on each line.
    Lines,
    /// JSON: lists of objects, and objects whose members nobody documents.
    Json,
}

impl Control {
    /// The word used in templates.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Choice => "choice",
            Self::Lines => "lines",
            Self::Json => "json",
        }
    }
}

/// One control of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name in the form: `path.userId`, `query.type`, `body.settings.waiting_room`.
    pub name: String,
    /// The path within its place, without the names of alternative shapes: `settings.waiting_room`.
    pub path: &'static str,
    /// How it is filled in.
    pub control: Control,
    /// What Zoom says of it.
    pub field: &'static Field,
    /// The members of its items, where it takes JSON and they are documented.
    pub members: Vec<&'static Field>,
}

impl FormField {
    /// Whether what is typed must not be shown again.
    pub fn is_secret(&self) -> bool {
        let name = self.path.rsplit('.').next().unwrap_or_default();
        self.control == Control::Text && !matches!(name, "next_page_token") && zoom_client::is_secret_name(name)
    }

    /// The object around it in the body (`settings.recording`), empty for what stands alone.
    pub fn section(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(above, _)| above)
    }
}

/// The form of an operation, in one of its shapes.
#[derive(Clone, Debug)]
pub struct Form {
    /// Whose.
    pub operation: &'static Operation,
    /// The controls: path, query, body, in the order of Zoom's documents.
    pub fields: Vec<FormField>,
}

impl Form {
    /// The form of `operation`; `shape` is one of [`shapes`], where the body has alternatives. Without it the body's
    /// alternatives are left out: they can still be sent as JSON.
    pub fn of(operation: &'static Operation, shape: Option<&str>) -> Self {
        let belongs = |field: &&'static Field| {
            let (own, _) = split(&field.path);
            own.is_empty() || shape.is_some_and(|shape| shape == own || shape.starts_with(&format!("{own}.")))
        };
        let sent: Vec<&'static Field> = operation.sent().filter(belongs).collect();
        let fields = sent.iter().filter_map(|field| control(field, &sent)).collect();
        Self { operation, fields }
    }

    /// Whether the operation takes a body.
    pub fn has_body(&self) -> bool {
        self.operation.sent().any(|field| field.place == Place::Body)
    }

    /// The control that a person means by `name`: its whole name, or its path, that of the address first.
    pub fn find(&self, name: &str) -> Option<&FormField> {
        let by_path = || self.fields.iter().find(|field| field.path == name);
        self.fields.iter().find(|field| field.name == name).or_else(by_path)
    }
}

/// The alternative shapes of an operation's body, by what their paths begin with; none where it has one shape only.
pub fn shapes(operation: &'static Operation) -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for field in operation.sent() {
        let (own, _) = split(&field.path);
        if !own.is_empty() && !all.contains(&own) {
            all.push(own);
        }
    }
    // What only comes before another is no shape of its own.
    let longer = |one: &&str| all.iter().any(|other| other.starts_with(&format!("{one}.")));
    all.iter().filter(|one| !longer(one)).copied().collect()
}

/// The names of the shapes that a path begins with, and the rest: `<oneOf:A>.<oneOf:0>`, `security.pin`.
fn split(path: &'static str) -> (&'static str, &'static str) {
    let mut at = 0;
    while let Some(rest) = path.get(at..).filter(|rest| rest.starts_with('<')) {
        match rest.find(">.") {
            Some(end) => at += end + 2,
            None => break,
        }
    }
    (path.get(..at).unwrap_or_default().trim_end_matches('.'), path.get(at..).unwrap_or_default())
}

fn control(field: &'static Field, all: &[&'static Field]) -> Option<FormField> {
    let (_, path) = split(&field.path);
    if path.is_empty() || path.contains("[]") {
        return None;
    }
    let inside = |start: String| {
        let is_inside = move |other: &&&'static Field| other.place == field.place && other.path.starts_with(&start);
        all.iter().filter(is_inside).copied().collect::<Vec<_>>()
    };
    let members = inside(format!("{}[].", field.path));
    let control = match (field.kind, field.items) {
        (Kind::Object, _) if !inside(format!("{}.", field.path)).is_empty() => return None,
        (Kind::Array, Some(Kind::String | Kind::Integer | Kind::Number | Kind::Boolean)) => Control::Lines,
        (Kind::Object | Kind::Array, _) => Control::Json,
        (Kind::Boolean, _) => Control::Flag,
        (Kind::Integer | Kind::Number, _) if field.choices.is_empty() => Control::Number,
        (Kind::Integer | Kind::Number, _) => Control::Choice,
        (Kind::String, _) if !field.choices.is_empty() && !takes_several(field, path) => Control::Choice,
        (Kind::String | Kind::Any, _) => Control::Text,
    };
    Some(FormField { name: format!("{}.{path}", field.place), path, control, field, members })
}

/// Whether a text takes several of its choices, with commas between them. Zoom's table does not say it; those that do
/// have names of many (`weekly_days`, `include_fields`).
pub(super) fn takes_several(field: &Field, path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    field.kind == Kind::String && name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("status")
}

#[cfg(test)]
mod tests {
    use zoom_spec::{Level, operation, operation_at};

    use super::*;

    #[test]
    fn a_meeting_has_a_control_for_each_value_nested_ones_lists_and_json() {
        let form = Form::of(operation("meetingCreate").unwrap(), None);
        let of = |name: &str| form.find(name).unwrap();
        assert_eq!((of("userId").name.as_str(), of("userId").control), ("path.userId", Control::Text));
        assert_eq!(of("topic").control, Control::Text);
        assert_eq!(of("type").control, Control::Choice);
        assert_eq!(of("duration").control, Control::Number);
        assert_eq!(of("settings.waiting_room").control, Control::Flag);
        assert_eq!(of("settings.waiting_room").section(), "settings");
        assert_eq!(of("settings.additional_data_center_regions").control, Control::Lines);
        assert_eq!(of("recurrence.weekly_days").control, Control::Text, "several of its choices");
        let fields = of("tracking_fields");
        assert!(fields.control == Control::Json && fields.members.iter().any(|field| field.path.ends_with("].value")));
        assert!(form.find("settings").is_none(), "its members are controls");
        assert!(of("password").is_secret() && !of("topic").is_secret());
    }

    #[test]
    fn alternative_shapes_are_a_choice_and_only_the_chosen_one_is_filled_in() {
        for level in [Level::Account, Level::Master] {
            let operation = operation_at(level, "accountSettingsUpdate").unwrap();
            let all = shapes(operation);
            assert_eq!(all.len(), 5, "{all:?}");
            let names =
                |shape| Form::of(operation, shape).fields.into_iter().map(|field| field.path).collect::<Vec<_>>();
            assert_eq!(names(None), ["accountId", "option"]);
            let sdk = all.iter().find(|shape| shape.contains("Video SDK")).copied();
            assert!(names(sdk).contains(&"in_session.data_center_regions") && names(sdk).len() < 40);
            let first = names(all.iter().find(|shape| shape.ends_with("<oneOf:0>")).copied());
            assert!(first.contains(&"authentication_option.action") && !first.contains(&"security"), "{first:?}");
        }
        assert!(shapes(operation("meetingCreate").unwrap()).is_empty());
    }

    #[test]
    fn every_value_that_the_consoles_operations_take_can_be_sent() {
        for one in super::super::operations() {
            let shapes = shapes(one.operation);
            let forms: Vec<Form> = if shapes.is_empty() {
                vec![Form::of(one.operation, None)]
            } else {
                shapes.iter().map(|shape| Form::of(one.operation, Some(shape))).collect()
            };
            for field in one.operation.sent() {
                let (own, path) = split(&field.path);
                let top = path.split("[]").next().unwrap_or_default();
                let has_control = |form: &Form| {
                    form.fields.iter().any(|control| {
                        control.field.place == field.place
                            && (control.path == top || control.path.starts_with(&format!("{top}.")))
                    })
                };
                assert!(forms.iter().any(has_control), "{} {own} {path}", one.key);
            }
            for form in &forms {
                let mut names: Vec<&str> = form.fields.iter().map(|field| &*field.name).collect();
                names.sort_unstable();
                let count = names.len();
                names.dedup();
                assert_eq!(count, names.len(), "{}: a name stands twice", one.key);
            }
        }
    }
}
