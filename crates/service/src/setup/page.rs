//! The guide as a page of the documentation, made from the same steps.

use std::fmt::Write as _;

use model::Feature;

use super::{Copied, Part, SDK_SCOPE, STEPS, scopes_for};
use crate::doctor::scopes_of_the_guide;

/// The page.
pub fn markdown() -> String {
    let mut page = String::from(
        "# How to obtain the Zoom credentials\n\nMade from the steps of the set-up guide at `/admin/setup`, which keeps marks \
         and has copy buttons. The words in it are those of Zoom's Marketplace; the pictures are of the sandbox's, in which \
         every step can be rehearsed.\n",
    );
    for part in Part::ALL {
        write!(page, "\n## {}\n\n", part.title()).ok();
        for (number, step) in STEPS.iter().filter(|step| step.part == part).enumerate() {
            writeln!(page, "{}. **{}.** {}", number.saturating_add(1), step.title, step.text).ok();
            match step.copied {
                Some(Copied::Scopes) => scopes(&mut page),
                Some(Copied::SdkScope) => {
                    write!(page, "\n   `{SDK_SCOPE}`\n\n").ok();
                }
                Some(Copied::SiteAddress) => {
                    write!(page, "\n   The address of your site, such as `https://rooms.example.org`; [HTTPS](https.md) has the ways to one.\n\n").ok();
                }
                Some(Copied::WebhookAddress) => {
                    write!(page, "\n   The address stands in Zoom settings, and in the guide.\n\n").ok();
                }
                Some(Copied::RoomOnPage) => {
                    page.push_str("\n   Both stand in the guide and on each room's page; see [Put a room on your site](embed.md).\n\n");
                }
                None => {}
            }
            if let Some((title, address)) = step.more {
                write!(page, "\n   [{title}]({address})\n\n").ok();
            }
            if let Some(picture) = step.picture {
                write!(page, "\n   ![{}](../images/{picture})\n\n", step.title).ok();
            }
        }
    }
    // Steps bring their own empty lines.
    while page.contains("\n\n\n") {
        page = page.replace("\n\n\n", "\n\n");
    }
    page.trim_end().to_owned() + "\n"
}

/// The fewest scopes for what a site wants at first and for webinars; and where the rest of the usual list is. The guide
/// itself lists those for what was ticked in it.
fn scopes(page: &mut String) {
    let all = [&Feature::AT_FIRST[..], &[Feature::Webinars]].concat();
    page.push_str(
        "\n   The guide lists the scopes for what is ticked in it. These are for meetings, webinars, users, \
         joining in the browser and starting as host:\n\n   | scope | title | | without it |\n   | --- | --- | --- | --- |\n",
    );
    for one in scopes_for(&all) {
        let title = one.place.map_or_else(String::new, |place| format!("{} › {}", place.group, place.title));
        let need = if one.needed { "required" } else { "optional" };
        writeln!(page, "   | `{}` | {title} | {need} | {} |", one.scope, one.without.join("; ")).ok();
    }
    let rest = scopes_of_the_guide().count();
    write!(
        page,
        "\n   The plugin of this name lists {rest} scopes; those not in this table are for the Zoom console only, or open nothing.\n\n"
    )
    .ok();
}
