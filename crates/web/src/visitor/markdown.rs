//! An agenda's Markdown as HTML that can do no harm.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use model::Agenda;
use pulldown_cmark::{Options, Parser, html::push_html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "a",
        ]))
        .tag_attributes(std::collections::HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener nofollow ugc"));
    cleaner
});

/// The agenda as HTML. Its headings begin below the page's own; images, scripts and styles are left out.
pub(crate) fn render(agenda: &Agenda) -> String {
    let mut html = String::new();
    let events = Parser::new_ext(agenda.as_str(), Options::ENABLE_STRIKETHROUGH).map(lowered);
    push_html(&mut html, events);
    CLEANER.clean(&html).to_string()
}

/// The page has its h1 and h2; what the author calls a heading comes after them.
fn lowered(event: pulldown_cmark::Event<'_>) -> pulldown_cmark::Event<'_> {
    use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
    let lower = |level| if level == HeadingLevel::H1 { HeadingLevel::H2 } else { HeadingLevel::H3 };
    match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(markdown: &str) -> String {
        render(&Agenda::parse(markdown).unwrap())
    }

    #[test]
    fn words_are_marked_up_and_scripts_are_not_let_through() {
        assert_eq!(
            html("# Bring\n*one* fruit\nor two").trim(),
            "<h2>Bring</h2>\n<p><em>one</em> fruit<br>\nor two</p>"
        );
        for bad in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "<p style='x'>y</p>",
        ] {
            let html = html(bad);
            for word in ["script", "onerror", "style", "alert"] {
                assert!(!html.contains(word), "{bad} became {html}");
            }
        }
        assert!(html("[site](https://example.org)").contains(r#"rel="noopener nofollow ugc""#));
    }

    proptest! {
        #[test]
        fn no_agenda_yields_a_tag_that_is_not_allowed(text in "[<>a-z/ =\"'\\[\\]()!:&;#\n]{0,200}") {
            let html = html(&text).to_lowercase();
            for tag in ["<script", "<img", "<iframe", "<style", "<svg", "<form", "<input"] {
                prop_assert!(!html.contains(tag), "{}", html);
            }
        }
    }
}
