//! The steps of the set-up guide, in their order: for the page, and for `docs/guide/how-to-obtain-apis.md`.

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Before anything is made.
    Before,
    /// The app that schedules.
    ServerToServer,
    /// The app that joins in the browser.
    General,
    /// Back on this site.
    Site,
}

impl Part {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Before, Self::ServerToServer, Self::General, Self::Site];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Before => "Before you begin",
            Self::ServerToServer => "The app that schedules: Server-to-Server OAuth",
            Self::General => "The app that joins in the browser: Meeting SDK",
            Self::Site => "Back on your site",
        }
    }
}

/// Something of this site's that a step wants copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The site's own address.
    SiteAddress,
    /// Where Zoom sends its events.
    WebhookAddress,
    /// The scopes for what the site wants.
    Scopes,
    /// The one scope of the General App.
    SdkScope,
    /// The frame and the link of a room.
    RoomOnPage,
}

/// The scope of the General App: its user's access key.
pub const SDK_SCOPE: &str = "user:read:zak:admin";

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuideStep {
    /// What its mark is kept under.
    pub id: &'static str,
    /// What it is about.
    pub part: Part,
    /// What to do, in a line.
    pub title: &'static str,
    /// How, and why.
    pub text: &'static str,
    /// What to copy for it.
    pub copied: Option<Copied>,
    /// A picture of the same step in the sandbox's Marketplace, by its name below `docs/images/`.
    pub picture: Option<&'static str>,
    /// A page of Zoom's that says more: its title and address.
    pub more: Option<(&'static str, &'static str)>,
}

const fn step(id: &'static str, part: Part, title: &'static str, text: &'static str) -> GuideStep {
    GuideStep { id, part, title, text, copied: None, picture: None, more: None }
}

impl GuideStep {
    const fn copies(self, copied: Copied) -> Self {
        Self { copied: Some(copied), ..self }
    }

    const fn says_more(self, title: &'static str, address: &'static str) -> Self {
        Self { more: Some((title, address)), ..self }
    }

    const fn shown(self, picture: &'static str) -> Self {
        Self { picture: Some(picture), ..self }
    }
}

/// All steps.
pub const STEPS: &[GuideStep] = &[
    step(
        "who",
        Part::Before,
        "Find who may do this",
        "Apps are made by the owner or an administrator of the Zoom account, or by somebody whose role may edit the \
         Marketplace. The account needs a paid plan for meetings longer than 40 minutes, and its hosts the webinar \
         add-on for webinars. Whoever that is need not have a login here: there is a page to send them.",
    ),
    step(
        "https",
        Part::Before,
        "Serve the site under https",
        "Browsers give camera and microphone to https pages only, and Zoom takes only such an address for the app that \
         joins. On this computer, plain http works at localhost.",
    )
    .copies(Copied::SiteAddress),
    step(
        "s2s-sign-in",
        Part::ServerToServer,
        "Sign in at marketplace.zoom.us",
        "With the Zoom account that holds your meetings. Without one, make it there first.",
    )
    .shown("marketplace-sign-in.png"),
    step("s2s-build", Part::ServerToServer, "Develop, then Build App", "The menu Develop is at the top of the page."),
    step(
        "s2s-type",
        Part::ServerToServer,
        "Choose Server-to-Server OAuth App, and Create",
        "This type acts for the whole account without anybody signing in each time.",
    ),
    step(
        "s2s-name",
        Part::ServerToServer,
        "Name the app, and Create",
        "Any name; only your Zoom administrators see it.",
    ),
    step(
        "s2s-credentials",
        Part::ServerToServer,
        "Find the three values under App Credentials",
        "Account ID, Client ID and Client Secret. You paste them here at the end; leave the page open.",
    )
    .shown("marketplace-credentials.png"),
    step(
        "s2s-information",
        Part::ServerToServer,
        "Fill in Information",
        "Company name, and name and e-mail address of a developer contact. Without them the app cannot be activated.",
    ),
    step(
        "s2s-feature",
        Part::ServerToServer,
        "Feature: skip it, or let Zoom tell what is live",
        "It can be skipped: then the schedule says what is live and what is over. With it, copy the Secret Token, add an \
         event subscription with this address and the events Start Meeting and End Meeting, with webinars also Start \
         Webinar and End Webinar, and press Validate once the token is saved here.",
    )
    .copies(Copied::WebhookAddress)
    .shown("marketplace-feature.png"),
    step(
        "s2s-scopes",
        Part::ServerToServer,
        "Scopes: Add Scopes, tick, Done",
        "Say what you want to do; then search at Zoom for each scope of the list, and tick it. They are the fewest for \
         that: Zoom's terms ask for no more than an application needs.",
    )
    .copies(Copied::Scopes)
    .says_more("Zoom about scopes", "https://developers.zoom.us/docs/internal-apps/oauth-scopes-overview/")
    .shown("marketplace-add-scopes.png"),
    step(
        "s2s-activate",
        Part::ServerToServer,
        "Continue to Activation, and activate",
        "Before that Zoom gives no token.",
    )
    .shown("marketplace-activation.png"),
    step(
        "s2s-paste",
        Part::ServerToServer,
        "Paste the three values here, and save",
        "In Zoom settings, under Server-to-Server OAuth. Saving tests them and names what is missing.",
    ),
    step(
        "sdk-build",
        Part::General,
        "Develop, then Build App, once more",
        "This app is for joining in the browser. Without it everything else works, and people join in the Zoom app.",
    ),
    step("sdk-type", Part::General, "Choose General App, and Create", "It is the type that has the Meeting SDK."),
    step("sdk-name", Part::General, "Name the app", "Visitors do not see it."),
    step(
        "sdk-admin-managed",
        Part::General,
        "Basic Information: choose Admin-managed, and Save",
        "So that it belongs to the account and not to one user.",
    )
    .shown("marketplace-basic.png"),
    step(
        "sdk-redirect",
        Part::General,
        "Put this site's address into OAuth Redirect URL",
        "On the same page, with the https in front.",
    )
    .copies(Copied::SiteAddress),
    step("sdk-embed", Part::General, "Embed: switch Meeting SDK on", "On the tab Embed, under Features."),
    step(
        "sdk-scopes",
        Part::General,
        "Scopes: Add Scopes, tick this one, Done",
        "User › View user's zak token.",
    )
    .copies(Copied::SdkScope),
    step(
        "sdk-paste",
        Part::General,
        "Paste Client ID and Client Secret here, and save",
        "In Zoom settings, under Meeting SDK. Take both of the same tab: Development for trying, Production once Zoom has \
         published the app.",
    ),
    step(
        "test",
        Part::Site,
        "See that the test is green",
        "In Zoom settings. A step that fails names the mistake and its cure. Then press Test joining in this browser: only \
         Zoom's own software says whether it takes the Meeting SDK's credentials.",
    ),
    step(
        "room",
        Part::Site,
        "Schedule a room, and open its page",
        "A minute from now, for instance, and join it in a second browser.",
    ),
    step(
        "embed",
        Part::Site,
        "Put it on your site",
        "On a page of any site: paste the frame where HTML is taken, or only the link where links become cards, as in \
         WordPress. Visitors see title, time and a way in; joining opens in a tab of its own.",
    )
    .copies(Copied::RoomOnPage),
];
