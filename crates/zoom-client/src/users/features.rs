//! Change a licence or a feature of several users at once.

use reqwest::Method;

use super::Users;
use crate::{Call, Error, ask::Ask};

pub(super) static CALL: Call = Call::new("bulkUpdateFeature", Method::POST, "/users/features");

body! {
    /// One of the users.
    FeatureUser {
        /// By id.
        id: String,
        /// By address.
        email: String,
    }
}

body! {
    /// What becomes of a feature of these users, at most thirty. The type is one of Zoom's words, such as `user_type` or
    /// `webinar`; what the value means depends on it (`2` is licensed, `webinar500` a size).
    FeatureChange(feature_type: String, feature_value: String, users: Vec<FeatureUser>) {
        /// The subscription the licence is taken from.
        subscription_id: String,
    }
}

answer! {
    /// Why it failed for some.
    FeatureFailure {
        /// Their ids.
        user_ids: Vec<String>,
        /// Zoom's reason.
        reason: String,
    }
}

answer! {
    /// For whom it was done, and for whom not.
    FeatureOutcome {
        /// For whom it was done, by id.
        success_user_ids: Vec<String>,
        /// For whom it failed.
        fail_details: Vec<FeatureFailure>,
    }
}

impl Users {
    /// Changes a feature of several users. That it failed for some is no error. Scope `user:write:feature`; medium, and
    /// at most once in ten seconds.
    pub async fn set_feature(&self, change: &FeatureChange) -> Result<FeatureOutcome, Error> {
        Ask::new(&self.0, &CALL, &[]).body(change).read().await
    }
}
