//! Every scope that *Add Scopes* offers: the set-up guide's under its titles and groups, the others by their own words.

use std::{collections::BTreeSet, sync::LazyLock};

/// A scope to choose.
#[derive(Debug)]
pub(crate) struct Offered {
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) product: String,
    pub(crate) group: String,
    /// What a search looks in, lower case.
    pub(crate) words: String,
}

const CLASSIC: &str = "Classic scopes";

static OFFERED: LazyLock<Vec<Offered>> = LazyLock::new(list);

/// Every scope there is, in the order of the page.
pub(crate) fn offered() -> &'static [Offered] {
    &OFFERED
}

/// The scopes that have each word of `query` in their title, id, group or product.
pub(crate) fn found(query: &str) -> impl Iterator<Item = &'static Offered> {
    let wanted: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    offered().iter().filter(move |one| wanted.iter().all(|word| one.words.contains(word.as_str())))
}

fn list() -> Vec<Offered> {
    let guide = zoom_spec::scopes();
    let place = |product: &str, group: &str| {
        guide.iter().position(|one| (one.product, one.group) == (product, group)).unwrap_or(guide.len())
    };
    let product_place = |product: &str| guide.iter().position(|one| one.product == product).unwrap_or(guide.len());
    let of_operations = zoom_spec::operations().iter().map(|one| (one.granular, one.classic));
    let of_events = zoom_spec::events().iter().map(|one| (one.granular, one.classic));
    let (granular, classic): (Vec<_>, Vec<_>) = of_operations.chain(of_events).unzip();
    let granular: BTreeSet<&str> =
        granular.into_iter().flatten().copied().chain(zoom_spec::scopes().iter().map(|one| one.id)).collect();
    let classic: BTreeSet<&str> = classic.into_iter().flatten().copied().collect();
    let mut all: Vec<Offered> = granular
        .union(&classic)
        .map(|id| match zoom_spec::scope(id) {
            Some(known) => offer(id, Some(known.title), known.product.to_owned(), known.group.to_owned()),
            None if granular.contains(id) => offer(id, None, product_of(id), group_of(id)),
            None => offer(id, None, product_of(id), CLASSIC.to_owned()),
        })
        .collect();
    all.sort_by_cached_key(|one| {
        let group = if one.group == CLASSIC { usize::MAX } else { place(&one.product, &one.group) };
        (product_place(&one.product), one.product.clone(), group, one.group.clone(), one.id)
    });
    all
}

fn offer(id: &'static str, title: Option<&str>, product: String, group: String) -> Offered {
    let title = title.map_or_else(|| title_of(id), str::to_owned);
    let words = format!("{title} {id} {group} {product}").to_lowercase();
    Offered { id, title, product, group, words }
}

/// The part of Zoom a scope belongs to, by the first of its words.
fn product_of(id: &str) -> String {
    let first = id.split(':').next().unwrap_or_default();
    let known = [
        ("zoom_events", "Zoom Events"),
        ("webinar", "Webinar"),
        ("meeting", "Meeting"),
        ("user", "User"),
        ("account", "Account"),
        ("recording", "Cloud Recording"),
        ("marketplace", "Marketplace"),
        ("information_barrier", "Information Barrier"),
        ("tracking_field", "Tracking Field"),
        ("tsp", "TSP"),
    ];
    if let Some((_, name)) = known.iter().find(|(prefix, _)| first.starts_with(prefix)) {
        return (*name).to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|letter| letter.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    first.split('_').map(capital).collect::<Vec<_>>().join(" ")
}

/// The group of a granular scope: by whose things it is about, and whether it changes them.
fn group_of(id: &str) -> String {
    let product = product_of(id);
    let mut parts = id.split(':').skip(1);
    let reads = parts.next() == Some("read");
    let level = parts.nth(1).unwrap_or_default();
    let group = match (product.as_str(), level, reads) {
        ("Account", "admin", true) => "View account info",
        ("Account", "admin", false) => "View and manage account info",
        ("Account", "master", false) => "View and manage sub accounts",
        ("Meeting", "admin", true) => "View all user meetings",
        ("Meeting", "admin", false) => "View and manage all user meetings",
        ("Webinar", "admin", true) => "View all user Webinars",
        ("Webinar", "admin", false) => "View and manage all user Webinars",
        ("Webinar", "master", _) => "View and manage sub account's user webinars",
        ("User", "admin", true) => "View all user information",
        ("User", "admin", false) => "View users information and manage users",
        ("Zoom Events", "admin", true) => "View all events information",
        (_, "admin", true) => "View what the account has",
        (_, "admin", false) => "View and manage what the account has",
        (_, "master", true) => "View what sub accounts have",
        (_, "master", false) => "View and manage what sub accounts have",
        (_, _, true) => "View one's own",
        (_, _, false) => "View and manage one's own",
    };
    group.to_owned()
}

/// A title from a scope's own words: `webinar:read:list_webinars:admin` is *View webinars*.
fn title_of(id: &str) -> String {
    let parts: Vec<&str> = id.split(':').collect();
    let plain = |word: &str| word.replace('_', " ");
    match parts.as_slice() {
        [_, verb @ ("read" | "write" | "update" | "delete"), thing, rest @ ..]
            if !matches!(*thing, "admin" | "master") =>
        {
            let verb = match *verb {
                "read" => "View",
                "write" => "Create",
                "update" => "Update",
                _ => "Delete",
            };
            let whose = match rest {
                ["admin"] => "",
                ["master"] => " of sub accounts",
                _ => " of one's own",
            };
            match thing.strip_prefix("list_") {
                Some(list) => format!("{verb} {}{whose}", plain(list)),
                None if thing.ends_with('s') => format!("{verb} {}{whose}", plain(thing)),
                None if thing.starts_with(['a', 'e', 'i', 'o']) => format!("{verb} an {}{whose}", plain(thing)),
                None => format!("{verb} a {}{whose}", plain(thing)),
            }
        }
        [thing, rest @ ..] => {
            let does = if rest.contains(&"write") { "View and manage" } else { "View" };
            let whose = match (rest.contains(&"admin"), rest.contains(&"master")) {
                (true, _) => ", whole account",
                (_, true) => ", sub accounts",
                _ => "",
            };
            let detail = rest.get(2).map(|detail| format!(": {}", plain(detail))).unwrap_or_default();
            format!("{does} {}{whose}{detail}", plain(thing))
        }
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_scopes_are_there_under_its_titles_and_groups() {
        let is_offered = |scope: &zoom_spec::Scope| {
            let same = |one: &&Offered| (one.id, &*one.title) == (scope.id, scope.title);
            offered().iter().filter(same).any(|one| (&*one.product, &*one.group) == (scope.product, scope.group))
        };
        assert!(zoom_spec::scopes().iter().all(is_offered));
        let zak = offered().iter().find(|one| one.id == "user:read:zak:admin").unwrap();
        assert_eq!((&*zak.title, &*zak.group), ("View a user's Zoom Access Key", "View user's zak token"));
    }

    #[test]
    fn every_scope_that_an_operation_or_event_names_is_offered_once_with_a_title() {
        let ids: BTreeSet<&str> = offered().iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), offered().len());
        for operation in zoom_spec::operations() {
            assert!(operation.granular.iter().chain(operation.classic).all(|id| ids.contains(id)), "{}", operation.id);
        }
        for event in zoom_spec::events() {
            assert!(event.granular.iter().chain(event.classic).all(|id| ids.contains(id)), "{}", event.name);
        }
        assert!(offered().iter().all(|one| one.title.len() > 5 && !one.title.contains('_')));
        let runs = offered().chunk_by(|a, b| (&a.product, &a.group) == (&b.product, &b.group));
        let heads: Vec<_> = runs.filter_map(|run| run.first()).map(|one| (&one.product, &one.group)).collect();
        assert_eq!(heads.iter().collect::<BTreeSet<_>>().len(), heads.len(), "a group is in one place");
    }

    #[test]
    fn a_search_finds_by_every_word_of_title_or_id() {
        let ids: Vec<_> = found("ZAK view").map(|one| one.id).collect();
        assert!(ids.contains(&"user:read:zak:admin"), "{ids:?}");
        assert_eq!(
            found("webinar:read:list_webinars:admin").map(|one| &*one.title).collect::<Vec<_>>(),
            ["View webinars"]
        );
        assert_eq!(found("no such words").count(), 0);
        assert_eq!(found(" ").count(), offered().len());
    }
}
