//! The set-up guide: from an empty site to a working connection, step by step, with marks that stay.

mod page;
mod steps;

use model::{Feature, Right};

pub use page::markdown;
pub use steps::{Copied, GuideStep, Part, SDK_SCOPE, STEPS};

use crate::{
    Actor, Service,
    doctor::{Need, uses},
    error::{Error, Result},
};

/// A scope that somebody should tick, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeToTick {
    /// Its identifier.
    pub scope: &'static str,
    /// Title, product and group in the Marketplace, where they are known.
    pub place: Option<&'static zoom_spec::Scope>,
    /// What stops without it, as the ends of "without it, …".
    pub without: Vec<&'static str>,
    /// Whether a feature is off without it.
    pub needed: bool,
}

/// The fewest scopes with which these features lack nothing, in the order in which the features first need them.
pub fn scopes_for(features: &[Feature]) -> Vec<ScopeToTick> {
    let mut scopes: Vec<ScopeToTick> = Vec::new();
    let wanted = features.iter().flat_map(|feature| uses(*feature)).filter(|one| one.need != Need::Console);
    for one in wanted {
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

impl Service {
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
    use std::collections::BTreeSet;

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
