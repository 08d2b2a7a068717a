//! The calls this crate makes: each names its operation, method and path.

use std::sync::LazyLock;

use reqwest::Method;
use zoom_spec::{Level, Operation, operations};

/// One call of this crate. Method and path are this crate's own reading of Zoom's documents; a test compares them with
/// the table of `zoom-spec`.
#[derive(Debug)]
pub struct Call {
    /// Zoom's `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the API's address, with parameters in braces.
    pub path: &'static str,
    level: Level,
}

/// Every operation of the table as a call, in the table's order: for [`ZoomClient::call`](crate::ZoomClient::call).
static OF_TABLE: LazyLock<Vec<Call>> = LazyLock::new(|| operations().iter().map(Call::from_table).collect());

impl Call {
    pub(crate) const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path, level: Level::Account }
    }

    fn from_table(operation: &'static Operation) -> Self {
        let method = match operation.method {
            zoom_spec::Method::Get => Method::GET,
            zoom_spec::Method::Post => Method::POST,
            zoom_spec::Method::Put => Method::PUT,
            zoom_spec::Method::Patch => Method::PATCH,
            zoom_spec::Method::Delete => Method::DELETE,
        };
        Self { id: operation.id, method, path: operation.path, level: operation.level }
    }

    /// The call that an operation of the table is.
    pub(crate) fn of(operation: &Operation) -> Option<&'static Self> {
        let is_it = |call: &&Self| call.id == operation.id && call.level == operation.level;
        OF_TABLE.iter().find(|call| is_it(call) && call.path == operation.path)
    }

    fn operation(&self) -> Option<&'static Operation> {
        zoom_spec::operation_at(self.level, self.id).or_else(|| zoom_spec::operation(self.id))
    }

    /// The granular scopes of which one is enough.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.operation().map_or(&[], |operation| operation.granular)
    }

    /// Whether an app that was granted `granted` (granular or classic scopes) may make the call.
    pub fn allowed_by<'a>(&self, granted: impl IntoIterator<Item = &'a str>) -> bool {
        self.operation().is_some_and(|operation| operation.allowed_by(granted))
    }

    /// The rate-limit bucket it draws from.
    pub fn label(&self) -> Option<zoom_spec::Label> {
        self.operation().and_then(|operation| operation.label)
    }

    /// The path with its parameters, in order; each must be one encoded segment.
    pub(crate) fn at(&self, params: &[String]) -> String {
        let mut params = params.iter();
        let fill = |part: &str| {
            if part.starts_with('{') { params.next().cloned().unwrap_or_default() } else { part.to_owned() }
        };
        self.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }
}

/// Every call this crate makes.
pub fn calls() -> impl Iterator<Item = &'static Call> {
    [
        crate::users::CALLS,
        crate::meetings::CALLS,
        crate::webinars::CALLS,
        crate::entry::CALLS,
        crate::registrants::CALLS,
        crate::panelists::CALLS,
        crate::polls::CALLS,
        crate::surveys::CALLS,
        crate::past_meetings::CALLS,
        crate::reports::CALLS,
        crate::recordings::CALLS,
        crate::summaries::CALLS,
        crate::subscriptions::CALLS,
        crate::zoom_events::CALLS,
        crate::roles::CALLS,
        crate::accounts::CALLS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_an_operation_of_the_table_with_the_same_method_and_path() {
        assert!(calls().count() > 17);
        for call in calls() {
            let operation = zoom_spec::operation(call.id).unwrap_or_else(|| panic!("{} is unknown", call.id));
            assert_eq!(call.method.as_str(), operation.method.as_str(), "{}", call.id);
            assert_eq!(call.path, operation.path, "{}", call.id);
            // Zoom's documents name no scopes of event subscriptions.
            let scoped = !call.scopes().is_empty() || !operation.classic.is_empty();
            assert!(scoped || call.path.starts_with("/marketplace/app/"), "{}", call.id);
            assert!(call.label().is_some(), "{}", call.id);
        }
    }

    #[test]
    fn parameters_fill_the_path_in_order() {
        let call = Call::new("x", Method::GET, "/users/{userId}/meetings/{meetingId}");
        assert_eq!(call.at(&["me".into(), "7".into()]), "/users/me/meetings/7");
    }
}
