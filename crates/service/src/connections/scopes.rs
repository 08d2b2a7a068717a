//! The scopes that eRoom uses of a Server-to-Server app, and what stops working without each.

/// A scope, and what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsedScope {
    /// Zoom's name of it, at the account level.
    pub scope: &'static str,
    /// What stops working without it, as the end of "without it, …".
    pub without: &'static str,
    /// Whether rooms cannot be kept at all without it.
    pub needed: bool,
}

const fn needed(scope: &'static str, without: &'static str) -> UsedScope {
    UsedScope { scope, without, needed: true }
}

const fn useful(scope: &'static str, without: &'static str) -> UsedScope {
    UsedScope { scope, without, needed: false }
}

/// Every scope that eRoom uses.
pub const USED: &[UsedScope] = &[
    needed("user:read:list_users:admin", "no hosts can be chosen"),
    needed("meeting:write:meeting:admin", "no meetings can be made"),
    needed("meeting:update:meeting:admin", "changes to meetings do not reach Zoom"),
    needed("meeting:delete:meeting:admin", "meetings cannot be deleted at Zoom"),
    needed("meeting:read:list_meetings:admin", "a meeting whose answer was lost cannot be found again"),
    useful("meeting:read:meeting:admin", "a meeting made elsewhere cannot be recognised"),
    useful("user:read:token:admin", "hosts cannot start in the browser"),
    useful("webinar:write:webinar:admin", "no webinars can be made"),
    useful("webinar:update:webinar:admin", "changes to webinars do not reach Zoom"),
    useful("webinar:delete:webinar:admin", "webinars cannot be deleted at Zoom"),
    useful("webinar:read:webinar:admin", "a webinar whose answer was lost is not recognised when Zoom announces it"),
    useful(
        "webinar:read:list_webinars:admin",
        "a webinar whose answer was lost waits for Zoom's event or your decision",
    ),
];

/// The used scopes that are not among `granted` (one text, separated by blanks).
pub(crate) fn missing(granted: &str) -> Vec<UsedScope> {
    USED.iter().copied().filter(|used| !granted.split_whitespace().any(|g| g == used.scope)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_granted_by_its_whole_name_counts() {
        let all = USED.iter().map(|u| u.scope).collect::<Vec<_>>().join(" ");
        assert!(missing(&all).is_empty());
        let without = all.replace("webinar:read:list_webinars:admin", "webinar:read:list_webinars");
        assert_eq!(missing(&without).len(), 1);
    }
}
