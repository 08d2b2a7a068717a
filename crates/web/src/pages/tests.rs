//! Every page renders, in every sample; no sentence is missing, and none is written into a template.

use std::collections::BTreeSet;

use super::*;

fn site(sandbox: bool) -> SiteView {
    let site = Site {
        name: "Northlight Academy".into(),
        accent_hue: 205,
        sandbox,
        demo: sandbox,
        connected: true,
        leaving: false,
        public_url: "http://localhost:8080/".parse().unwrap(),
    };
    SiteView::new(&site, Some(&"http://localhost:9090/log".parse().unwrap()), true)
}

fn samples() -> Vec<Sample> {
    [crate::visitor::samples(), crate::members::samples(), crate::admin::samples(), crate::finish::ErrorPage::samples()]
        .concat()
}

fn rendered(pages: &Pages, sample: &Sample, sandbox: bool) -> String {
    pages
        .render(&site(sandbox), sample.template, sample.page.clone(), sample.shell.clone())
        .unwrap_or_else(|e| panic!("{} ({}): {e:#}", sample.template, sample.name))
}

/// Static files change often and their fingerprint with them; a snapshot is about the page.
fn steady(html: &str) -> String {
    let fingerprint = assets::address("site.css").unwrap().replace("/site.css", "/");
    html.replace(&fingerprint, "/static/…/")
}

#[test]
fn every_sample_renders_and_looks_as_it_did() {
    let pages = Pages::load(None).unwrap();
    for sample in samples() {
        let html = rendered(&pages, &sample, false);
        rendered(&pages, &sample, true);
        if sample.template.starts_with("admin/") {
            continue;
        }
        let name = format!("{} {}", sample.template.trim_end_matches(".html"), sample.name).replace([' ', ','], "_");
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../snapshots" }, {
            insta::assert_snapshot!(name, steady(&html));
        });
    }
}

#[test]
fn every_page_has_a_sample_and_every_other_template_is_used() {
    let sampled: BTreeSet<_> = samples().into_iter().map(|s| s.template.to_owned()).collect();
    let sources: Vec<_> = sources();
    for (name, _) in &sources {
        let used = sources.iter().any(|(_, source)| source.contains(&format!("\"{name}\"")));
        assert!(used || sampled.contains(name), "{name} has no sample and is used by no other template");
    }
}

#[test]
fn every_page_has_one_heading_a_title_and_a_main() {
    let pages = Pages::load(None).unwrap();
    for sample in samples() {
        let html = rendered(&pages, &sample, true);
        assert_eq!(html.matches("<h1").count(), 1, "{} ({})", sample.template, sample.name);
        assert!(html.contains("id=\"main\""), "{}", sample.template);
        assert!(!html.contains("<title></title>"), "{}", sample.template);
        assert!(
            !html.contains(" style=\"") && !html.contains(" onclick=\""),
            "{}: the policy allows none",
            sample.template
        );
    }
}

#[test]
fn the_sandbox_ribbon_is_on_every_page() {
    let pages = Pages::load(None).unwrap();
    for sample in samples() {
        assert!(rendered(&pages, &sample, true).contains("sandbox-ribbon"), "{}", sample.template);
        assert!(!rendered(&pages, &sample, false).contains("sandbox-ribbon"), "{}", sample.template);
    }
}

fn sources() -> Vec<(String, String)> {
    Files::iter()
        .map(|name| {
            let file = Files::get(&name).unwrap();
            (name.into_owned(), String::from_utf8(file.data.into_owned()).unwrap())
        })
        .collect()
}

/// The template without what the engine reads.
fn without_code(source: &str) -> String {
    let mut rest = source;
    let mut out = String::new();
    while let Some(at) = rest.find('{') {
        let (text, tail) = rest.split_at(at);
        let close = match tail.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => "",
        };
        out.push_str(text);
        rest = if close.is_empty() {
            &tail[1..]
        } else {
            out.push('\u{1}');
            tail.split_once(close).map_or("", |(_, after)| after)
        };
    }
    out + rest
}

#[test]
fn no_template_holds_a_sentence() {
    for (name, source) in sources() {
        // The class of the body is a block's text, too.
        let class =
            source.split_once("{% block body_class %}").map_or("", |(_, rest)| rest.split("{%").next().unwrap_or(""));
        let markup = without_code(&source.replacen(&format!("body_class %}}{class}"), "body_class %}", 1));
        let text: String = markup
            .split('<')
            .enumerate()
            .map(|(i, piece)| if i == 0 { piece } else { piece.split_once('>').map_or("", |(_, t)| t) })
            .collect();
        let words: Vec<_> = text
            .split(|c: char| c.is_whitespace() || c == '\u{1}')
            .filter(|w| {
                w.chars().filter(|c| c.is_alphabetic()).count() > 1
                    && !w.starts_with('&')
                    && !w.starts_with(['/', '-'])
                    && !w.contains(['=', '"'])
            })
            .collect();
        assert!(words.is_empty(), "{name} says {words:?} itself; sentences live in locales/");
        for attribute in ["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""] {
            for piece in markup.split(attribute).skip(1) {
                let value = piece.split('"').next().unwrap_or_default().replace('\u{1}', "");
                assert!(!value.chars().any(char::is_alphabetic), "{name}: {attribute}{value}\" is a sentence");
            }
        }
    }
}

#[test]
fn a_key_that_no_locale_has_is_an_error_not_a_gap() {
    let pages = Pages::load(None).unwrap();
    let missing = pages.environment.render_str("{{ t('no-such-key') }}", ()).unwrap_err();
    assert!(format!("{missing:#}").contains("no-such-key"));
}

/// The keys of all sentences.
fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en")).unwrap() {
        let path = file.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        let parsed = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, wrong)| panic!("{path:?}: {wrong:?}"));
        for entry in parsed.body {
            if let fluent_syntax::ast::Entry::Message(message) = entry {
                assert!(keys.insert(message.id.name.clone()), "{} stands twice", message.id.name);
            }
        }
    }
    keys
}

#[test]
fn every_key_in_a_template_exists() {
    let keys = keys();
    for (name, source) in sources() {
        for quote in ['\'', '"'] {
            for (at, call) in source.match_indices(&format!("t({quote}")) {
                // `input("…")` ends in the same letters and is another function.
                if source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let Some((key, tail)) = source[at + call.len()..].split_once(quote) else { continue };
                // `t("group-" ~ key)` is a family of keys: one of it is enough here, the samples ask for the rest.
                let is_family = tail.trim_start().starts_with('~');
                let known = if is_family { keys.iter().any(|k| k.starts_with(key)) } else { keys.contains(key) };
                assert!(known, "{name}: no sentence has the key {key}");
            }
        }
    }
}

#[test]
fn text_is_escaped_and_addresses_stay_readable() {
    let pages = Pages::load(None).unwrap();
    let mut env = pages.environment;
    env.add_template("x.html", "<a href=\"{{ a }}\">{{ b }}</a>").unwrap();
    let html = env.get_template("x.html").unwrap().render(context! { a => "/r/x?y=1&z=\"", b => "<b>'&'" }).unwrap();
    assert_eq!(html, "<a href=\"/r/x?y=1&amp;z=&quot;\">&lt;b&gt;&#39;&amp;&#39;</a>");
}

#[test]
fn an_operators_template_replaces_ours_and_a_wrong_one_is_named() {
    let folder = std::env::temp_dir().join(format!("templates-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("error.html"), "ours: {{ page.title }}").unwrap();
    let pages = Pages::load(Some(&folder)).unwrap();
    let html = pages.render(&site(false), "error.html", context! { title => "gone" }, Value::UNDEFINED).unwrap();
    assert_eq!(html, "ours: gone");
    std::fs::write(folder.join("nothing.html"), "x").unwrap();
    assert!(matches!(Pages::load(Some(&folder)), Err(BadTemplate::Unknown { .. })));
    std::fs::remove_file(folder.join("nothing.html")).unwrap();
    std::fs::write(folder.join("error.html"), "{% if %}").unwrap();
    assert!(matches!(Pages::load(Some(&folder)), Err(BadTemplate::Faulty { .. })));
    std::fs::remove_dir_all(&folder).unwrap();
}
