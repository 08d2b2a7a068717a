//! Zoom's agenda of a room: the marker by which we find our meeting again, then what the room is about as plain text.

use model::{Room, RoomId};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::settings::Settings;

/// Zoom's limit for `agenda` (Zoom: `meetingCreate`), counted in UTF-16 units, the strictest reading of "characters".
const MAX_UNITS: usize = 2_000;

/// The agenda that Zoom gets. Lists show only its first 250 characters, so the marker comes first.
pub(crate) fn agenda_for(settings: &Settings, room: &Room) -> String {
    let marker = settings.address(&format!("/m/{}", room.id));
    let text = plain(room.agenda.as_str());
    if text.is_empty() { cut(&marker) } else { cut(&format!("{marker}\n\n{text}")) }
}

/// The room that an agenda's first line names, whatever the site's address was when it was written.
pub(crate) fn room_of(agenda: &str) -> Option<RoomId> {
    let line = agenda.lines().next()?.trim();
    let (site, id) = line.rsplit_once("/m/")?;
    if !(site.starts_with("http://") || site.starts_with("https://")) {
        return None;
    }
    id.parse().ok()
}

fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= MAX_UNITS
        })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Markdown as the text that somebody reads aloud from it: no marks, links with their address behind them.
fn plain(markdown: &str) -> String {
    let mut out = Plain::default();
    for event in Parser::new(markdown) {
        out.take(event);
    }
    out.text.trim().to_owned()
}

#[derive(Default)]
struct Plain {
    text: String,
    links: Vec<(String, usize)>,
}

impl Plain {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Start(Tag::Item) => {
                self.line();
                self.text.push_str("- ");
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.links.push((dest_url.to_string(), self.text.len())),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Rule | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_)) => {
                self.gap();
            }
            Event::End(TagEnd::Item) => self.line(),
            // Raw HTML is shown to nobody.
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let words = self.text.get(from..).unwrap_or_default();
        if words != address && !address.is_empty() {
            self.text.extend([" (", address.as_str(), ")"]);
        }
    }

    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn gap(&mut self) {
        self.line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marker_is_found_whatever_the_address_was_and_nothing_else_is_one() {
        let id = RoomId::from_parts(1_800_000_000_000, [7; 10]);
        assert_eq!(room_of(&format!("https://old.example.org/site/m/{id}\n\nHello")), Some(id));
        assert_eq!(room_of(&format!("http://localhost:8080/m/{id}")), Some(id));
        assert_eq!(room_of(&format!("Hello\nhttp://localhost:8080/m/{id}")), None);
        assert_eq!(room_of(&format!("see /m/{id}")), None);
        assert_eq!(room_of("https://example.org/m/what"), None);
        assert_eq!(room_of(""), None);
    }

    #[test]
    fn markdown_becomes_the_text_in_it() {
        let text =
            plain("# Bring\n\n- a *pen*\n- [paper](https://example.org/p)\n\n<script>x</script>\n\nSee\nyou `soon`.");
        assert_eq!(text, "Bring\n\n- a pen\n- paper (https://example.org/p)\n\nSee you soon.");
    }

    #[test]
    fn what_zoom_gets_is_never_longer_than_zoom_takes() {
        assert_eq!(cut(&"👋".repeat(1_500)).encode_utf16().count(), MAX_UNITS);
        assert_eq!(cut(&"a".repeat(5_000)).len(), MAX_UNITS);
    }
}
