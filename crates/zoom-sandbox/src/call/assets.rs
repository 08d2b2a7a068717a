//! The files a Client View page loads: the stand-in script, put together from its parts, and empty vendor files.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static/sdk/"]
struct Sdk;

#[derive(RustEmbed)]
#[folder = "static/call/"]
struct Pages;

/// The parts of the stand-in script, in the order in which one leans on another. `call-` parts hold the call,
/// `sdk.js` the documented calls.
const PARTS: [&str; 15] = [
    "address.js",
    "dom.js",
    "simulated.js",
    "voices.js",
    "media.js",
    "peers.js",
    "line.js",
    "tiles.js",
    "people.js",
    "chat.js",
    "bar.js",
    "cards.js",
    "view.js",
    "call.js",
    "sdk.js",
];

/// The libraries that Zoom's pages load beside the SDK. The stand-in needs none of them.
const VENDOR: [&str; 6] = ["react", "react-dom", "react-redux", "redux", "redux-thunk", "lodash"];

const FIRST_LINE: &str = "// eRoom's stand-in for the Zoom Meeting SDK: our own code behind the SDK's documented calls. \
                          Not Zoom's, not for real meetings; it speaks only to the sandbox that served it.\n";

/// A file with its content type.
pub struct ServedFile {
    /// For the `Content-Type` header.
    pub content_type: &'static str,
    /// What is sent.
    pub body: Cow<'static, [u8]>,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// The file at `path` below `/sdk/`, with or without a version folder, as Zoom's CDN names them.
pub fn sdk_file(path: &str) -> Option<ServedFile> {
    let (folder, rest) = match path.split_once('/') {
        Some((version, rest)) if is_version(version) => (Some(version), rest),
        _ => (None, path),
    };
    if let Some(version) = rest.strip_prefix("zoom-meeting-").and_then(|rest| rest.strip_suffix(".min.js")) {
        let fits = is_version(version) && folder.is_none_or(|folder| folder == version);
        return fits.then(stand_in).flatten();
    }
    if let Some(name) = rest.strip_prefix("lib/vendor/").and_then(|rest| rest.strip_suffix(".min.js")) {
        let about = "An empty stand-in, served by the sandbox: its Meeting SDK stand-in needs no library.";
        return VENDOR.contains(&name).then(|| text(SCRIPT, format!("// {name}: {about}\n")));
    }
    match rest {
        "css/stand-in.css" => stylesheet(),
        "css/bootstrap.css" | "css/react-select.css" => {
            Some(text(STYLE, "/* An empty stand-in, served by the sandbox. */\n".to_owned()))
        }
        _ => None,
    }
}

/// The stylesheet of a call.
pub fn stylesheet() -> Option<ServedFile> {
    page_file("call.css")
}

/// A file of the sandbox's own call pages.
pub(crate) fn page_file(name: &str) -> Option<ServedFile> {
    let content_type = match name.rsplit_once('.')?.1 {
        "css" => STYLE,
        "js" => SCRIPT,
        _ => return None,
    };
    Some(ServedFile { content_type, body: Pages::get(name)?.data })
}

fn stand_in() -> Option<ServedFile> {
    let mut script = format!("{FIRST_LINE}(() => {{\n\"use strict\";\n");
    for part in PARTS {
        let data = Sdk::get(part)?.data;
        script.push_str(&String::from_utf8_lossy(&data));
    }
    script.push_str("})();\n");
    Some(text(SCRIPT, script))
}

fn text(content_type: &'static str, body: String) -> ServedFile {
    ServedFile { content_type, body: Cow::Owned(body.into_bytes()) }
}

fn is_version(text: &str) -> bool {
    text.split('.').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn served(path: &str) -> Option<String> {
        sdk_file(path).map(|file| String::from_utf8(file.body.into_owned()).unwrap())
    }

    #[rstest]
    #[case("6.2.0/zoom-meeting-6.2.0.min.js")]
    #[case("zoom-meeting-6.2.0.min.js")]
    fn the_script_is_whole_and_says_first_what_it_is(#[case] path: &str) {
        let script = served(path).unwrap();
        let first = script.lines().next().unwrap();
        assert!(first.starts_with("//") && first.contains("stand-in") && first.contains("Not Zoom's"), "{first}");
        assert!(script.contains("ZoomMtg") && script.ends_with("})();\n"));
        let on_disk: usize = Sdk::iter().count();
        assert_eq!(on_disk, PARTS.len(), "a part that nobody serves, or one that is missing");
    }

    #[rstest]
    fn vendor_files_say_that_they_are_empty(
        #[values("react", "react-dom", "react-redux", "redux", "redux-thunk", "lodash")] name: &str,
        #[values("6.2.0/", "")] folder: &str,
    ) {
        let file = served(&format!("{folder}lib/vendor/{name}.min.js")).unwrap();
        assert!(file.starts_with(&format!("// {name}: An empty stand-in")), "{file}");
    }

    #[rstest]
    #[case("6.2.0/zoom-meeting-6.1.0.min.js")]
    #[case("zoom-meeting-.min.js")]
    #[case("zoom-meeting-embedded-6.2.0.min.js")]
    #[case("6.2.0/lib/av/js_media.min.js")]
    #[case("lib/vendor/jquery.min.js")]
    #[case("call.js")]
    #[case("../../Cargo.toml")]
    #[case("")]
    fn nothing_else_is_served(#[case] path: &str) {
        assert!(served(path).is_none());
    }

    #[test]
    fn the_stylesheets_a_page_may_name_are_there() {
        assert!(served("6.2.0/css/stand-in.css").unwrap().contains("#zmmtg-root"));
        assert!(served("css/bootstrap.css").unwrap().contains("empty stand-in"));
    }
}
