//! What is known of users without asking for one: whether an address or a name is taken, how many there are, what one
//! may do.

use reqwest::Method;
use serde::Deserialize;

use super::Users;
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static EMAIL: Call = Call::new("userEmail", Method::GET, "/users/email");
pub(super) static VANITY: Call = Call::new("userVanityName", Method::GET, "/users/vanity_name");
pub(super) static SUMMARY: Call = Call::new("userSummary", Method::GET, "/users/summary");
pub(super) static PERMISSIONS: Call = Call::new("userPermission", Method::GET, "/users/{userId}/permissions");
pub(super) static TEMPLATES: Call =
    Call::new("Getmeetingsummarytemplates", Method::GET, "/users/{userId}/meeting_summary_templates");

#[derive(Deserialize)]
struct Existed {
    #[serde(alias = "existed_email")]
    existed: bool,
}

answer! {
    /// How many users of each kind there are.
    UserSummary {
        /// With a licence.
        licensed_users_count: u32,
        /// Without one.
        basic_users_count: u32,
        /// On premises.
        on_prem_users_count: u32,
        /// Rooms.
        room_users_count: u32,
        /// Who have not accepted their invitation.
        pending_users_count: u32,
        /// Who can only join.
        join_only_users_count: u32,
        /// All of them.
        total_users_count: u32,
    }
}

answer! {
    /// A form that a summary of a meeting can have.
    SummaryTemplate {
        /// Its id.
        meeting_summary_template_id: String,
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
    }
}

impl Users {
    /// Whether somebody signs in to Zoom with this address, in any account. Scope `user:read:email`; light.
    pub async fn email_exists(&self, email: &str) -> Result<bool, Error> {
        let Existed { existed } = Ask::new(&self.0, &EMAIL, &[]).set("email", email).read().await?;
        Ok(existed)
    }

    /// Whether a personal link has this name. Scope `user:read:pm_room`; light.
    pub async fn vanity_name_exists(&self, name: &str) -> Result<bool, Error> {
        let Existed { existed } = Ask::new(&self.0, &VANITY, &[]).set("vanity_name", name).read().await?;
        Ok(existed)
    }

    /// How many users there are. Scope `user:read:summary`; medium.
    pub async fn summary(&self) -> Result<UserSummary, Error> {
        Ask::new(&self.0, &SUMMARY, &[]).read().await
    }

    /// What the user's role may do, in Zoom's words, such as `User:Edit`. Scope `user:read:list_permissions`; light.
    pub async fn permissions(&self, user: &UserId) -> Result<Vec<String>, Error> {
        self.0.whole(Ask::new(&self.0, &PERMISSIONS, &[user]), "permissions").await
    }

    /// The forms that summaries of the user's meetings can have. Scope `user:read:settings`; medium.
    pub async fn summary_templates(&self, user: &UserId) -> Result<Vec<SummaryTemplate>, Error> {
        Ask::new(&self.0, &TEMPLATES, &[user]).read().await
    }
}
