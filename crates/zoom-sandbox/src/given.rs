//! What somebody who starts a sandbox names, held against a world that was kept: its plan, its seed, its people, its app's
//! scopes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    seed::Seed,
    world::{Plan, State},
};

/// A state file goes on with what it has, which is not what was asked for. It is left as it was.
#[derive(Debug, thiserror::Error)]
#[error("{} {kept}; leave out {flag} to go on with it, {or}or name another --state file to begin anew", .file.display())]
pub struct Contradiction {
    file: PathBuf,
    kept: String,
    flag: &'static str,
    or: &'static str,
}

/// What was named; the rest is as the file has it.
pub(crate) struct Named<'a> {
    pub(crate) plan: Option<Plan>,
    pub(crate) seed: Option<u64>,
    pub(crate) planted: Option<&'a Seed>,
    pub(crate) scopes: Option<&'a [String]>,
}

impl Named<'_> {
    /// Refuses a kept world in which something else holds than what was named.
    pub(crate) fn agrees_with(&self, state: &State, file: &Path) -> Result<(), Contradiction> {
        let no = |flag, kept, or| Err(Contradiction { file: file.to_owned(), kept, flag, or });
        let has = state.account.plan;
        if let Some(plan) = self.plan.filter(|plan| *plan != has) {
            let kept = format!("keeps an account of the plan {}, not {}", has.as_str(), plan.as_str());
            return no("--plan", kept, "change the plan with PUT /sandbox/v1/limits, ");
        }
        if let Some(seed) = self.seed.filter(|seed| *seed != state.seed) {
            let kept = format!("keeps a world of the seed {}, not {seed}", state.seed);
            return no("--seed", kept, "");
        }
        let set = |scopes: &[String]| scopes.iter().cloned().collect::<BTreeSet<_>>();
        if self.scopes.is_some_and(|scopes| set(scopes) != set(&state.granted)) {
            let kept = "keeps a world whose app was granted other scopes as it began".to_owned();
            return no("--scopes and --without-scope", kept, "change the app's scopes at /marketplace, ");
        }
        match self.planted {
            Some(seed) if state.planted.as_ref() != Some(seed) => {
                let kept = "keeps a world that was begun with other people and meetings than the seed file has";
                no("--seed-file", kept.to_owned(), "plant the seed with POST /sandbox/v1/seed, ")
            }
            _ => Ok(()),
        }
    }
}
