//! The set-up guide: from an empty site to a working connection, step by step, with marks that stay.

mod https;
mod page;
mod steps;

use std::collections::BTreeSet;

use model::{Feature, Right};
use store::Reader;

pub use https::{Way, ways_to_https};
pub use page::markdown;
pub use zoom_spec::Scope;

pub use steps::{Copied, GuideStep, Part, SDK_SCOPE, STEPS};

use crate::{
    Actor, Service,
    doctor::{Need, Use, uses, uses_among},
    error::{Error, Result},
};

/// A scope that somebody should tick, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeToTick {
    /// Its identifier.
    pub scope: &'static str,
    /// Title, product and group in the Marketplace, where they are known.
    pub place: Option<&'static Scope>,
    /// What stops without it, as the ends of "without it, …".
    pub without: Vec<&'static str>,
    /// Whether a feature is off without it.
    pub needed: bool,
}

/// The fewest scopes with which these features work whole, in the order in which the features first need them. What only
/// the console does is asked for where it is all that a feature has.
pub fn scopes_for(features: &[Feature]) -> Vec<ScopeToTick> {
    let mut scopes: Vec<ScopeToTick> = Vec::new();
    let wanted = |feature: &Feature| {
        let all = uses_among(*feature, features);
        let only_console = all.clone().all(|one| one.need == Need::Console);
        all.filter(move |one| only_console || one.need != Need::Console)
    };
    for one in features.iter().flat_map(wanted) {
        let Some(scope) = one.scope_to_add() else { continue };
        let needed = one.need == Need::Needed;
        if let Some(known) = scopes.iter_mut().find(|known| known.scope == scope) {
            known.needed |= needed;
            if !known.without.contains(&one.without) {
                known.without.push(one.without);
            }
        } else {
            let place = zoom_spec::scope(scope);
            scopes.push(ScopeToTick { scope, place, without: vec![one.without], needed });
        }
    }
    scopes
}

/// What the role of whoever makes the app must allow for these features, beside the scopes, as Zoom's API documents name
/// it (`User:Edit`).
pub fn permissions_for(features: &[Feature]) -> BTreeSet<&'static str> {
    let all =
        features.iter().flat_map(|feature| uses_among(*feature, features)).filter(|one| one.need != Need::Console);
    all.flat_map(Use::roles).copied().collect()
}

/// What a scope of the plugin's list is good for here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Good {
    /// These features use it.
    For(Vec<Feature>),
    /// The other app of the guide needs it.
    OtherApp,
    /// It only lets an app hear of events, of which none is used here.
    WebhooksOnly,
    /// No document of Zoom's names a use of it.
    Undocumented,
}

impl Good {
    /// The word used in keys of sentences.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::For(_) => "for",
            Self::OtherApp => "other-app",
            Self::WebhooksOnly => "webhooks-only",
            Self::Undocumented => "undocumented",
        }
    }
}

/// Every scope that the plugin's guide names, in its order, and what it is good for here.
pub fn whole_list() -> Vec<(&'static Scope, Good)> {
    let uses_it = |feature: &Feature, id: &str| uses(*feature).iter().any(|one| one.scope_to_add() == Some(id));
    let good = |scope: &'static Scope| {
        let features: Vec<Feature> = Feature::ALL.into_iter().filter(|feature| uses_it(feature, scope.id)).collect();
        match scope.status {
            _ if scope.id == SDK_SCOPE => Good::OtherApp,
            zoom_spec::Status::WebhookOnly if features.is_empty() => Good::WebhooksOnly,
            zoom_spec::Status::Undocumented if features.is_empty() => Good::Undocumented,
            // The doctor's table has a use for each that opens anything.
            _ => Good::For(features),
        }
    };
    zoom_spec::scopes().iter().map(|scope| (scope, good(scope))).collect()
}

/// What a site may want of Zoom that this version does nothing for, as keys of sentences. Nothing is asked for it.
pub const LATER: [&str; 3] = ["registration", "reports", "recordings"];

/// What an account that is yet to be connected is wanted for.
pub(crate) async fn wanted_of_new(reader: &mut Reader) -> Result<Vec<Feature>, store::Error> {
    Ok(store::wanted::get(reader).await?.unwrap_or_else(|| Feature::AT_FIRST.to_vec()))
}

impl Service {
    /// What the site wants of Zoom: of its default account, or of the one that is yet to be connected.
    pub async fn wanted(&self, actor: &Actor) -> Result<Vec<Feature>> {
        actor.need(Right::ManageConnection)?;
        let mut reader = self.store().read().await?;
        match store::connection::list(&mut reader).await?.into_iter().find(|one| !one.leaving) {
            Some(connection) => Ok(connection.asked),
            None => Ok(wanted_of_new(&mut reader).await?),
        }
    }

    /// Says what the site wants of Zoom, before there is an account too.
    pub async fn want(&self, actor: &Actor, features: &[Feature]) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let all = store::connection::list(&mut self.store().read().await?).await?;
        self.choose(actor, all.iter().find(|one| !one.leaving).map(|one| one.id), features).await
    }

    /// The steps of the guide that are marked as done.
    pub async fn setup_done(&self, actor: &Actor) -> Result<Vec<&'static str>> {
        actor.need(Right::ManageConnection)?;
        let marked = store::setup::list(&mut self.store().read().await?).await?;
        let known = STEPS.iter().map(|step| step.id);
        Ok(known.filter(|id| marked.iter().any(|mark| mark == id)).collect())
    }

    /// Marks a step of the guide as done, or takes the mark away.
    pub async fn mark_setup(&self, actor: &Actor, step: &str, done: bool) -> Result<()> {
        actor.need(Right::ManageConnection)?;
        let id = STEPS.iter().map(|step| step.id).find(|id| *id == step).ok_or(Error::NotFound)?;
        let now = self.now();
        let write = |mut tx| async move {
            if done { store::setup::mark(&mut tx, id, now).await } else { store::setup::unmark(&mut tx, id).await }
        };
        Ok(self.store().write(write).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_mark_of_its_own_and_the_parts_follow_each_other() {
        let ids: BTreeSet<&str> = STEPS.iter().map(|step| step.id).collect();
        assert_eq!(ids.len(), STEPS.len());
        let parts: Vec<Part> =
            STEPS.chunk_by(|a, b| a.part == b.part).filter_map(|run| Some(run.first()?.part)).collect();
        assert_eq!(parts, Part::ALL);
    }

    #[test]
    fn the_whole_list_says_of_each_scope_what_it_is_good_for() {
        let list = whole_list();
        assert_eq!(list.len(), 49);
        let of = |id: &str| list.iter().find(|(scope, _)| scope.id == id).map(|(_, good)| good.clone()).unwrap();
        let features = vec![Feature::Meetings, Feature::Webinars, Feature::Users];
        assert_eq!(of("user:read:list_users:admin"), Good::For(features));
        assert_eq!(of("user:read:zak:admin"), Good::OtherApp);
        assert_eq!(of("meeting:read:chat_message:admin"), Good::WebhooksOnly);
        assert_eq!(of("account:update:options:admin"), Good::Undocumented);
        assert_eq!(of("zoom_events:write:speaker:admin"), Good::For(vec![Feature::ZoomEvents]));
        // Whatever is to be ticked and is in the list is good for something.
        for one in scopes_for(&Feature::ALL).iter().filter(|one| one.place.is_some()) {
            assert!(matches!(of(one.scope), Good::For(_)), "{}", one.scope);
        }
    }

    #[test]
    fn what_the_role_must_allow_follows_from_what_is_wanted() {
        assert_eq!(permissions_for(&[Feature::Users]), BTreeSet::from(["User:Read"]));
        let meetings = permissions_for(&[Feature::Meetings]);
        assert!(meetings.contains("User:Edit"), "{meetings:?}");
        assert!(permissions_for(&[Feature::JoinInBrowser]).is_empty());
    }

    #[test]
    fn what_is_to_be_ticked_is_what_the_doctor_would_miss_and_each_once() {
        use crate::doctor::{Held, Standing, diagnose};
        let scopes: Vec<String> = scopes_for(&Feature::AT_FIRST).iter().map(|one| one.scope.to_owned()).collect();
        assert_eq!(scopes.iter().collect::<BTreeSet<_>>().len(), scopes.len());
        let asked = &Feature::AT_FIRST;
        let held = Held { scopes: Some(&scopes), sdk: true, secure: true, webhook_secret: true, asked };
        for health in diagnose(&held).iter().filter(|one| asked.contains(&one.feature)) {
            let webinars = health.scopes().all(|one| one.scope.starts_with("webinar:"));
            assert!(health.standing == Standing::Works || webinars, "{health:?}");
        }
    }
}
