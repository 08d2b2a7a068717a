//! `eroom doctor`: what works and what does not, from this machine.

use serde_json::{Value, json};
use service::{
    ConnectionHealth,
    doctor::{FeatureHealth, Lack, Need, Standing},
};

use crate::{
    cli::DoctorArgs,
    config::Config,
    console::{say, say_json},
    house::House,
};

/// Looks at the database, the site's address and each connection. Fails where something that is wanted is off.
pub(crate) async fn run(args: &DoctorArgs) -> anyhow::Result<()> {
    let house = House::for_command(&Config::load(&args.config)?).await?;
    let all = house.service.health().await?;
    if args.json {
        say_json(&json!({ "connections": all.iter().map(as_json).collect::<Vec<_>>() }))?;
    } else {
        say(&in_words(&all))?;
    }
    // What is being disconnected is neither counted on nor missed.
    let stay = || all.iter().filter(|one| !one.leaving);
    let off = stay().flat_map(|one| &one.features).filter(|one| one.standing == Standing::Off);
    let off: Vec<&str> = off.map(|one| one.feature.as_str()).collect();
    anyhow::ensure!(off.is_empty(), "wanted, and off: {}", off.join(", "));
    anyhow::ensure!(all.is_empty() || stay().count() > 0, "the only Zoom account is being disconnected");
    anyhow::ensure!(!all.is_empty(), "no Zoom account is connected; open /admin/zoom and enter its credentials");
    Ok(())
}

fn in_words(all: &[ConnectionHealth]) -> String {
    let mut lines = vec!["database             works".to_owned()];
    for connection in all {
        if all.len() > 1 {
            lines.push(connection.name.clone());
        }
        if connection.leaving {
            lines.push("Zoom account         being disconnected, once its meetings are deleted at Zoom".to_owned());
            continue;
        }
        for feature in &connection.features {
            lines.push(format!("{:<20} {}", feature.feature.as_str(), feature.standing.as_str().replace('-', " ")));
            // What is not ticked is not missed.
            if connection.asked.contains(&feature.feature) {
                lines.extend(worth_saying(feature).map(|lack| format!("{:<20} - {}", "", sentence(lack))));
            }
        }
    }
    lines.join("\n")
}

/// Nobody misses what nobody wants, nor what only the console would do for a feature that works or lacks more than that.
fn worth_saying(feature: &FeatureHealth) -> impl Iterator<Item = &Lack> {
    let standing = feature.standing;
    let of_console = |lack: &Lack| matches!(lack, Lack::Scope(scope) if scope.need == Need::Console);
    let only_console = standing != Standing::Works && feature.lacks.iter().all(of_console);
    feature.lacks.iter().filter(move |lack| match lack {
        _ if standing == Standing::NotAskedFor => false,
        lack => only_console || !of_console(lack),
    })
}

fn sentence(lack: &Lack) -> String {
    match lack {
        Lack::SdkCredentials => "add the Meeting SDK credentials in /admin/zoom".to_owned(),
        Lack::SecureAddress => "set public_url to an address that begins with https://".to_owned(),
        Lack::WebhookSecret => "add the webhook's Secret Token in /admin/zoom".to_owned(),
        Lack::Scope(scope) => {
            let place = scope.place.map(|place| format!(" ({} › {} › {})", place.product, place.group, place.title));
            let place = place.unwrap_or_default();
            format!("add the scope {}{place}: without it, {}", scope.scope, scope.without.join(", "))
        }
    }
}

fn as_json(health: &ConnectionHealth) -> Value {
    let lack = |lack: &Lack| match lack {
        Lack::Scope(scope) => json!({ "kind": "scope", "scope": scope.scope, "without": scope.without }),
        Lack::SdkCredentials => json!({ "kind": "sdk-credentials" }),
        Lack::SecureAddress => json!({ "kind": "secure-address" }),
        Lack::WebhookSecret => json!({ "kind": "webhook-secret" }),
    };
    let feature = |one: &FeatureHealth| {
        let lacks: Vec<Value> = one.lacks.iter().map(lack).collect();
        json!({ "name": one.feature.as_str(), "standing": one.standing.as_str(), "lacks": lacks })
    };
    json!({
        "id": health.id.to_string(),
        "leaving": health.leaving,
        "granted": health.granted,
        "features": health.features.iter().map(feature).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use model::Feature;
    use service::{
        doctor::{Held, diagnose},
        setup::scopes_for,
    };

    use super::*;

    /// The lines for an app with the fewest scopes for `asked`, less this one.
    fn told(asked: &[Feature], missing: &str) -> Vec<String> {
        let ticked = scopes_for(asked);
        let scopes: Vec<String> = ticked.iter().map(|one| one.scope.to_owned()).filter(|one| one != missing).collect();
        let held = Held { scopes: Some(&scopes), sdk: true, secure: true, webhook_secret: true, asked };
        let features = diagnose(&held);
        let wanted = features.iter().filter(|one| asked.contains(&one.feature));
        wanted.flat_map(|feature| worth_saying(feature).map(sentence).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn what_is_not_ticked_is_not_missed_and_an_account_that_goes_is_not_told_to_work() {
        let asked = vec![Feature::Meetings];
        // Webinars work partly, and nobody asked.
        let ticked = scopes_for(&[Feature::Meetings, Feature::Webinars]);
        let scopes = ticked.iter().map(|one| one.scope.to_owned());
        let scopes: Vec<String> = scopes.filter(|one| one != "webinar:read:list_webinars:admin").collect();
        let held = Held { scopes: Some(&scopes), sdk: true, secure: true, webhook_secret: true, asked: &asked };
        let features = diagnose(&held);
        let id = model::ConnectionId::from_parts(0, [4; 10]);
        let name = "Academy".to_owned();
        let stays = ConnectionHealth { id, name, leaving: false, asked, granted: Some(scopes.clone()), features };
        let said = in_words(std::slice::from_ref(&stays));
        assert!(said.contains("meetings             works") && !said.contains("add the scope"), "{said}");
        let said = in_words(&[ConnectionHealth { leaving: true, ..stays }]);
        assert!(said.contains("being disconnected") && !said.contains("\nmeetings"), "{said}");
    }

    #[test]
    fn one_missing_scope_is_one_line_whatever_the_console_could_do_besides() {
        let asked = [Feature::Meetings, Feature::Users];
        assert_eq!(told(&asked, "none"), Vec::<String>::new());
        let lines = told(&asked, "meeting:write:meeting:admin");
        assert!(lines.len() == 1 && lines[0].starts_with("add the scope meeting:write:meeting:admin"), "{lines:?}");
        // Where only the console does it, that is what is missed.
        assert!(!told(&[Feature::AccountSettings], "account:read:settings:admin").is_empty());
    }
}
