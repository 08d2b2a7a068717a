//! From what an app was granted to what works, and what to add where.

use model::Feature;

use super::table::{Need, Use, uses_among};

/// What a connection has, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The scopes of the app, granular or classic; none where no token has told them yet.
    pub scopes: Option<&'a [String]>,
    /// Whether Meeting SDK credentials are stored.
    pub sdk: bool,
    /// Whether browsers give pages of this site camera and microphone.
    pub secure: bool,
    /// Whether the webhook secret is stored.
    pub webhook_secret: bool,
    /// What the site wants.
    pub asked: &'a [Feature],
}

/// How a feature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All it needs is there.
    Works,
    /// It works, and something that would be of use is missing.
    Partly,
    /// Something it cannot do without is missing.
    Off,
    /// It is off, and nobody wants it.
    NotAskedFor,
    /// Zoom has not said yet what the app was granted.
    CouldNotTell,
}

impl Standing {
    /// The word sent, and used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Partly => "partly",
            Self::Off => "off",
            Self::NotAskedFor => "not-asked-for",
            Self::CouldNotTell => "could-not-tell",
        }
    }
}

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A scope of the app.
    Scope(MissingScope),
    /// The Meeting SDK's credentials.
    SdkCredentials,
    /// An address that begins with https.
    SecureAddress,
    /// The webhook secret token.
    WebhookSecret,
}

/// A scope to add, where the Marketplace shows it, and what stops without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingScope {
    /// Its identifier: what to search for.
    pub scope: &'static str,
    /// Title, product and group in the Marketplace; none where they are not known.
    pub place: Option<&'static zoom_spec::Scope>,
    /// How much depends on it.
    pub need: Need,
    /// What stops, as the ends of "without it, …".
    pub without: Vec<&'static str>,
}

/// How one feature stands, and what it lacks, the worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureHealth {
    /// Which.
    pub feature: Feature,
    /// How it stands.
    pub standing: Standing,
    /// What is missing, also what only the console would do.
    pub lacks: Vec<Lack>,
}

impl FeatureHealth {
    /// The scopes that are missing.
    pub fn scopes(&self) -> impl Iterator<Item = &MissingScope> {
        self.lacks.iter().filter_map(|lack| if let Lack::Scope(scope) = lack { Some(scope) } else { None })
    }
}

/// How every feature stands.
pub fn diagnose(held: &Held<'_>) -> Vec<FeatureHealth> {
    Feature::ALL.into_iter().map(|feature| health(feature, held)).collect()
}

fn health(feature: Feature, held: &Held<'_>) -> FeatureHealth {
    let mut lacks = beside_scopes(feature, held);
    let is_blocked = !lacks.is_empty();
    let all: Vec<&Use> = uses_among(feature, held.asked).collect();
    let Some(granted) = held.scopes else {
        let standing = match (is_blocked, all.is_empty()) {
            (true, _) => off(feature, held),
            (false, true) => Standing::Works,
            (false, false) => Standing::CouldNotTell,
        };
        return FeatureHealth { feature, standing, lacks };
    };
    let missing: Vec<&Use> = all.iter().copied().filter(|one| !one.allowed_by(granted)).collect();
    let standing = if is_blocked || is_off(&all, &missing) {
        off(feature, held)
    } else if missing.iter().any(|one| counts(&all, one)) {
        Standing::Partly
    } else {
        Standing::Works
    };
    lacks.extend(by_scope(&missing));
    FeatureHealth { feature, standing, lacks }
}

fn off(feature: Feature, held: &Held<'_>) -> Standing {
    if held.asked.contains(&feature) { Standing::Off } else { Standing::NotAskedFor }
}

/// What a feature cannot do without, other than scopes.
fn beside_scopes(feature: Feature, held: &Held<'_>) -> Vec<Lack> {
    let needs: &[(bool, Lack)] = match feature {
        Feature::JoinInBrowser | Feature::StartAsHost => {
            &[(held.sdk, Lack::SdkCredentials), (held.secure, Lack::SecureAddress)]
        }
        Feature::Webhooks => &[(held.webhook_secret, Lack::WebhookSecret)],
        _ => &[],
    };
    needs.iter().filter(|(is_there, _)| !is_there).map(|(_, lack)| lack.clone()).collect()
}

/// Whether nothing is left of a feature: one of the uses it needs is missing, or, where it needs none in particular, all.
fn is_off(all: &[&Use], missing: &[&Use]) -> bool {
    let needs = all.iter().any(|one| one.need == Need::Needed);
    missing.iter().any(|one| one.need == Need::Needed) || !needs && !all.is_empty() && missing.len() == all.len()
}

/// Whether a feature is less without this use. What the console does counts only where the console is all there is.
fn counts(all: &[&Use], one: &Use) -> bool {
    one.need != Need::Console || all.iter().all(|other| other.need == Need::Console)
}

/// One line for each scope, the most needed first.
fn by_scope(missing: &[&Use]) -> Vec<Lack> {
    let mut lines: Vec<MissingScope> = Vec::new();
    for one in missing {
        let Some(scope) = one.scope_to_add() else { continue };
        if let Some(line) = lines.iter_mut().find(|line| line.scope == scope) {
            if !line.without.contains(&one.without) {
                line.without.push(one.without);
            }
            line.need = line.need.min(one.need);
        } else {
            let place = zoom_spec::scope(scope);
            lines.push(MissingScope { scope, place, need: one.need, without: vec![one.without] });
        }
    }
    lines.sort_by_key(|line| line.need);
    lines.into_iter().map(Lack::Scope).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: Held<'static> =
        Held { scopes: Some(&[]), sdk: true, secure: true, webhook_secret: true, asked: &Feature::AT_FIRST };

    fn guide() -> Vec<String> {
        zoom_spec::scopes().iter().map(|scope| scope.id.to_owned()).collect()
    }

    fn standings(held: &Held<'_>) -> Vec<(Feature, Standing)> {
        diagnose(held).into_iter().map(|one| (one.feature, one.standing)).collect()
    }

    fn of(feature: Feature, held: &Held<'_>) -> FeatureHealth {
        diagnose(held).into_iter().find(|one| one.feature == feature).unwrap()
    }

    #[test]
    fn with_the_guides_scopes_only_a_list_of_webinars_and_options_of_accounts_below_are_missing() {
        let scopes = guide();
        let held = Held { scopes: Some(&scopes), ..EVERYTHING };
        let partly: Vec<_> =
            standings(&held).into_iter().filter(|(_, standing)| *standing != Standing::Works).collect();
        assert_eq!(partly, [(Feature::Webinars, Standing::Partly), (Feature::SubAccounts, Standing::Partly)]);
        let webinars = of(Feature::Webinars, &held);
        let missing: Vec<_> = webinars.scopes().map(|one| (one.scope, one.need)).collect();
        assert_eq!(missing, [("webinar:read:list_webinars:admin", Need::Useful)]);
        // The guide's account:update:options:admin is in none of Zoom's documents.
        let below = of(Feature::SubAccounts, &held);
        let missing: Vec<_> = below.scopes().map(|one| (one.scope, one.need)).collect();
        assert_eq!(missing, [("account:update:options:master", Need::Console)]);
    }

    #[test]
    fn a_scope_that_is_missing_is_named_with_its_place_and_all_that_stops() {
        let scopes: Vec<_> = guide().into_iter().filter(|scope| scope != "meeting:read:meeting:admin").collect();
        let held = Held { scopes: Some(&scopes), asked: &Feature::ALL, ..EVERYTHING };
        let hooks = of(Feature::Webhooks, &held);
        assert_eq!(hooks.standing, Standing::Partly, "webinars' events are left");
        let [scope] = &hooks.scopes().collect::<Vec<_>>()[..] else { panic!("{hooks:?}") };
        assert_eq!((scope.scope, scope.without.len()), ("meeting:read:meeting:admin", 2));
        let place = scope.place.unwrap();
        assert_eq!((place.title, place.product, place.group), ("View a meeting", "Meeting", "View all user meetings"));
    }

    #[test]
    fn events_of_webinars_are_missed_only_where_webinars_are_wanted() {
        let scopes: Vec<_> = guide().into_iter().filter(|scope| !scope.starts_with("webinar:")).collect();
        for (asked, standing) in [
            (&[Feature::Meetings, Feature::Webhooks][..], Standing::Works),
            (&[Feature::Meetings, Feature::Webinars, Feature::Webhooks][..], Standing::Partly),
        ] {
            let hooks = of(Feature::Webhooks, &Held { scopes: Some(&scopes), asked, ..EVERYTHING });
            assert_eq!((hooks.standing, hooks.lacks.is_empty()), (standing, standing == Standing::Works));
        }
    }

    #[test]
    fn what_is_off_and_not_wanted_is_not_asked_for_and_what_nobody_has_said_cannot_be_told() {
        let held = Held { scopes: None, sdk: false, secure: true, webhook_secret: false, asked: &[Feature::Webhooks] };
        for (feature, standing) in standings(&held) {
            let expected = match feature {
                Feature::JoinInBrowser | Feature::StartAsHost => Standing::NotAskedFor,
                Feature::Webhooks => Standing::Off,
                _ => Standing::CouldNotTell,
            };
            assert_eq!(standing, expected, "{feature}");
        }
    }

    #[test]
    fn a_feature_of_the_console_works_partly_as_long_as_anything_is_left() {
        let scopes = vec!["zoom_events:read:list_events:admin".to_owned()];
        let held = Held { scopes: Some(&scopes), asked: &[Feature::AccountSettings], ..EVERYTHING };
        assert_eq!(of(Feature::ZoomEvents, &held).standing, Standing::Partly);
        assert_eq!(of(Feature::AccountSettings, &held).standing, Standing::Off);
        assert_eq!(of(Feature::SubAccounts, &held).standing, Standing::NotAskedFor);
    }

    #[test]
    fn classic_scopes_open_what_zoom_says_they_open() {
        let scopes: Vec<String> =
            ["meeting:write:admin", "meeting:read:admin", "user:read:admin"].map(Into::into).into();
        let held = Held { scopes: Some(&scopes), ..EVERYTHING };
        assert_eq!(of(Feature::Meetings, &held).standing, Standing::Works);
    }
}
