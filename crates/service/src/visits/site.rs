//! The site as its pages introduce it.

use model::{Problem, Right};

use super::Site;
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
};

/// What a site is called until somebody names it.
const NAMELESS: &str = "eRoom";
/// The accent hue until somebody chooses one.
const USUAL_HUE: u16 = 222;
/// The most characters of a site's name.
const LONGEST_NAME: usize = 80;

impl Service {
    /// The site as its pages introduce it.
    pub async fn site(&self) -> Result<Site> {
        let mut reader = self.store().read().await?;
        let stored = store::site::get(&mut reader).await?;
        let connections = store::connection::list(&mut reader).await?;
        let settings = &self.inner.settings;
        let (name, accent_hue) = stored.map_or((NAMELESS.to_owned(), USUAL_HUE), |s| (s.name, s.accent_hue));
        Ok(Site {
            name,
            accent_hue,
            sandbox: connections.iter().any(|c| c.sandbox),
            demo: settings.demo,
            connected: connections.iter().any(|connection| !connection.leaving),
            leaving: connections.iter().any(|connection| connection.leaving),
            public_url: settings.public_url.clone(),
        })
    }

    /// Names the site (at most 80 characters) and gives it an accent hue (0 to 359).
    pub async fn set_site(&self, actor: &Actor, name: &str, accent_hue: u16) -> Result<()> {
        actor.need(Right::ManageTeam)?;
        let title = model::Title::parse(name).map_err(|p| p.at("name"))?;
        let mut wrong = Vec::new();
        if title.as_str().chars().count() > LONGEST_NAME {
            wrong.push(Problem::TooLong { max: LONGEST_NAME }.at("name"));
        }
        if accent_hue > 359 {
            wrong.push(Problem::OutOfRange { min: 0, max: 359 }.at("accent_hue"));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let (now, site) = (self.now(), &store::site::Site { name: title.to_string(), accent_hue });
        self.store()
            .write(|mut tx| async move {
                store::site::put(&mut tx, site, now).await?;
                note(&mut tx, actor, "site-changed", &site.name, "", now).await
            })
            .await
    }
}
