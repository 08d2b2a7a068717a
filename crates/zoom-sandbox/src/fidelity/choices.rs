//! What the sandbox does where Zoom's documents are silent, or contradict each other.

use serde::Serialize;

/// A deliberate difference, or a choice where Zoom's documents are silent or contradict each other.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Choice {
    /// What it is about.
    pub about: &'static str,
    /// What the sandbox does.
    pub here: &'static str,
    /// What is known or contradictory.
    pub because: &'static str,
}

const fn choice(about: &'static str, here: &'static str, because: &'static str) -> Choice {
    Choice { about, here, because }
}

/// Every deliberate difference and every choice.
pub const CHOICES: &[Choice] = &[
    choice("Code 124", "401", "Many operations document 400; 401 was observed."),
    choice("Refusals documented under a status of success", "400", "A slip of the documents: real calls get 400."),
    choice("Limit per second: code", "4001", "Newer documents say 4001, older ones and clients' tests 429."),
    choice(
        "Limit per second: window",
        "a bucket of one second's worth that fills evenly",
        "Zoom names no window. A strict sliding second is a switch.",
    ),
    choice("Limits: refusals", "count towards the day", "Not documented."),
    choice(
        "A hundred plans a day",
        "creates and updates count, deletes do not",
        "One guide names two, an older text three.",
    ),
    choice(
        "Invited users a day",
        "each `create` of a user counts, also one that is refused; the 429 is the daily one",
        "The numbers are documented, code and words of the refusal are not.",
    ),
    choice(
        "Two changes of one user at a time",
        "the second is refused (429, code 429) while the first is on, which is so for as long as a fault holds it; `disassociate` in Zoom's sentence is `update` for all but deleting",
        "The sentence is documented for one operation, without its code.",
    ),
    choice(
        "Rate-limit headers",
        "Category always; Type, Limit and Remaining with 429, or with every answer as a switch",
        "Seen in several forms; not documented any more.",
    ),
    choice("Operations without a rate label", "are light", "A few documents name none."),
    choice(
        "Daily 429",
        "code 429, `Retry-After` an ISO date-time",
        "The code is not documented; the date-time was observed.",
    ),
    choice("Wrong account of a token request", "400 `invalid_request`", "Known only from another client's test data."),
    choice(
        "Token of a deactivated app",
        "404 `invalid_client` when asking for one; 401 with code 124 when using one",
        "The first is known only from another client's test data; the second is inferred.",
    ),
    choice(
        "`me`",
        "the person who made the app",
        "One guide forbids it to Server-to-Server apps, another defines it, and clients use it.",
    ),
    choice(
        "General Apps",
        "`client_credentials` is granted with the app's scopes",
        "Documented for some app types; not compared.",
    ),
    choice(
        "Roles",
        "owner and admin hold every permission, members none; each account has its own",
        "The permissions of the built-in roles are not listed in full.",
    ),
    choice(
        "Scopes and the role of who made the app",
        "new tokens have the scopes that open something the role may do; older tokens keep theirs and are refused with 200",
        "Zoom documents which permissions an operation asks for, not which a scope does.",
    ),
    choice(
        "Operations that name no role permission",
        "with `:admin` and `:master` scopes are for owners and admins (else 200), but for recordings with a `Recording` permission and the Marketplace's, which say for whom they are",
        "Not documented.",
    ),
    choice(
        "Settings nobody set",
        "the table's default, else its first or least value; those the sandbox goes by suit a new account",
        "What a new account begins with is not documented.",
    ),
    choice(
        "Locked settings",
        "users go by the account's value, and changing one is refused (300, the setting named)",
        "That they cannot be changed is documented, the refusal is not.",
    ),
    choice(
        "Locked settings and new meetings",
        "a meeting or webinar has what is locked, whatever was sent; the request log says so",
        "Not documented.",
    ),
    choice(
        "What the host's settings do not allow",
        "`breakout_room` is left out, `e2ee` becomes `enhanced_encryption`, `auto_recording` becomes `none`",
        "The first was observed, the others follow it.",
    ),
    choice(
        "A passcode that breaks the account's rules",
        "300, the field `password` named; rows such as abcd, dcba and aaaa count as consecutive characters",
        "The rules are documented, the refusal is not.",
    ),
    choice(
        "A passcode for what is scheduled already",
        "is given when the setting is switched on, and `meeting.updated` sent",
        "Documented in part.",
    ),
    choice(
        "Settings of users",
        "what differs from the account's is kept; the rest follows the account",
        "Not documented.",
    ),
    choice(
        "The same setting under two names",
        "has one value (`in_meeting.waiting_room` and `meeting_security.waiting_room` and the like)",
        "Zoom moved settings and kept the old names.",
    ),
    choice(
        "Licences in `feature`",
        "an account has as many of each kind and size as its plan brings: 3 on business, 2 on pro, none on free",
        "The refusals are documented; at Zoom the number is what was bought.",
    ),
    choice("Managed domains", "the domain of the owner's address, verified", "At Zoom they are proven on a page."),
    choice(
        "Webinar registration settings of an account",
        "are what new webinars begin with; webinars that are there stay as they are; `approve_type` and \
         `host_email_notification` are kept and shown",
        "Not documented.",
    ),
    choice(
        "Invitations",
        "run out after 30 days; settings of who did not answer are then refused (1120)",
        "The days are known from Zoom's support pages.",
    ),
    choice(
        "`account:update:options:admin`",
        "opens `PATCH /accounts/{accountId}/options` as the `:master` scope does",
        "Set-up guides ask for it, no document names it.",
    ),
    choice(
        "Options of a sub-account that pays for itself",
        "`pay_mode` and `billing_auto_renew` stay; a meeting connector at 0.0.0.0 cannot be found",
        "The refusals are documented, the rules are not.",
    ),
    choice("Settings of Video SDK accounts", "are not offered", "The sandbox has no such accounts."),
    choice(
        "Settings that nothing in the sandbox goes by",
        "are kept, checked and shown, and change nothing else",
        "There is no client, chat, phone or room behind them.",
    ),
    choice("`createRole`", "answers with the role", "No answer is documented, and clients need the id."),
    choice("The owner's own id as `{accountId}`", "the account itself", "Documents speak of sub-accounts only."),
    choice(
        "`repeat_interval`",
        "99 days, 50 weeks, 10 months for meetings; 90, 12, 3 for webinars",
        "The two schemas differ from each other and from the reference page.",
    ),
    choice(
        "`end_times`",
        "at most 60, of which 50 occurrences are listed",
        "60 in the schema, 50 on the reference page.",
    ),
    choice("A series without end", "50 occurrences from its start", "How Zoom goes on is not documented."),
    choice("Both a day and a week of the month", "the week wins", "Not documented."),
    choice("A new rule, start or zone of a series", "undoes changes to sittings still to come", "Not documented."),
    choice(
        "Unknown `occurrence_id` on read and change",
        "refused as on delete",
        "Only the delete operations document a refusal.",
    ),
    choice("Registration type 2 without `occurrence_ids`", "registers for the next sitting", "Not documented."),
    choice(
        "Too many registrations or status changes",
        "429 in the sandbox's own words",
        "The limits are documented, the messages are not.",
    ),
    choice("Deleting an approved registrant", "sends `registration_cancelled`", "Not documented."),
    choice(
        "Lenient reading",
        "`\"60\"` is 60, `\"true\"` is true; a `page_size` beyond the maximum is the maximum; an instant where a query \
         asks for a day is its day",
        "Clients send this and work. The request log notes it.",
    ),
    choice(
        "A `page_size` or `page_number` that is 0 or less, or no number",
        "300, the field named",
        "Documents give a maximum and no minimum; for users they call the number of the page a text.",
    ),
    choice(
        "Lists of what is to come or is over: six months",
        "counted from `from` (what is over: back from `to`), else from now",
        "Documented without a beginning.",
    ),
    choice(
        "A required parameter of the query that is missing or empty",
        "300, the field named, in the operation's own words where it has some",
        "Documented as required; the refusal is documented for a few.",
    ),
    choice("Ending a webinar", "`status: end` does it too", "The word of older documents; a client still sends it."),
    choice("Unknown fields", "ignored, and noted in the request log", "As Zoom does."),
    choice(
        "`pwd` of join links",
        "the passcode itself",
        "Zoom encrypts it; the sandbox's own call pages take what is there.",
    ),
    choice("Alternative hosts", "must be licensed users of the account and not the host", "Documented in part."),
    choice(
        "Calls that were on when the sandbox stopped",
        "end when it starts again, and that is told",
        "Nobody is in them any more; Zoom has no such case.",
    ),
    choice(
        "Who counts as one participant",
        "a user, an address, or each stay of a guest without one",
        "Not documented.",
    ),
    choice(
        "Calls of one host at a time",
        "two with a licence, one without; the next is refused at the door with code 1, and to the controls with 409",
        "The numbers are known from users' reports, the code is not documented.",
    ),
    choice("A basic host's call", "ends after 40 minutes, however many are in it", "Known from users' reports."),
    choice(
        "Numbers of series and of meetings without a fixed time",
        "expire 365 days after their last use",
        "Known from Zoom's support pages; the API's documents name the 30 days only.",
    ),
    choice(
        "Personal meeting ids",
        "the room has type 4 and is in no list but `live`; all that is held under an id has one passcode",
        "Documented in part.",
    ),
    choice(
        "Instant meetings under a personal meeting id",
        "follow `use_pmi_for_instant_meetings` of the host; `use_pmi` of the request is for scheduled ones",
        "Documented in part.",
    ),
    choice(
        "`schedule_for`",
        "names a user who made the user of the path (on update: the host) an assistant",
        "The refusal is documented, the rule is Zoom's scheduling privilege.",
    ),
    choice(
        "Reports: days",
        "in UTC; a span of more than a month, or one that begins more than six months ago, is refused (300)",
        "The limits are documented, the refusal is not.",
    ),
    choice(
        "Reports: meeting minutes and participants of hosts and days",
        "each stay counts, with its begun minutes",
        "Not documented.",
    ),
    choice("`reportUsers` without a type", "active hosts", "Not documented."),
    choice(
        "`reportMeetingParticipants` of a call with one person",
        "not found (3001)",
        "The report is said to need two; the refusal is not documented.",
    ),
    choice(
        "Screen sharing, breakout rooms, customer keys",
        "are false or empty in reports",
        "The sandbox's calls have none.",
    ),
    choice(
        "Polls and questions in a call",
        "come by the control; a poll is on from its first answer and over with the call",
        "Zoom's are in its apps.",
    ),
    choice(
        "Recordings: what there is",
        "two minutes after the call: an MP4 with one grey picture as long as the recording, an M4A with a second of \
         silence, and, where somebody wrote, the chat and a transcript of it",
        "Picture and sound are not recorded here. How long Zoom works is not documented.",
    ),
    choice(
        "Recordings: who downloads",
        "whoever shows an access token of the account or the recording's download token",
        "Zoom lets some be had without.",
    ),
    choice("Recordings: play and share links", "lead to a page that names the recording", "There is nothing to play."),
    choice(
        "`recordingsList` without days",
        "the last month; of a longer span the last month, and the answer's `from` says so",
        "Documented in part.",
    ),
    choice(
        "Recordings that delete themselves",
        "go to the trash after thirty days",
        "The number is a setting at Zoom.",
    ),
    choice(
        "Recordings on demand",
        "each has a registration of its own; a link shows it with the `tk` of somebody approved and without a passcode; where `on_demand` is off nobody registers (300, in the sandbox's own words); a `status` that is sent holds",
        "Documented in part; no refusal is.",
    ),
    choice("Cloud storage", "is never full, but a free plan has none (3309)", "So that the refusal can be provoked."),
    choice(
        "Summaries",
        "are there a minute after the call, in the sandbox's own words: who was there, what was written and answered, \
         which questions are open",
        "No model writes them, so that the same call has the same summary.",
    ),
    choice(
        "Deleting a summary",
        "puts it in the trash for thirty days; `summary_doc_url` leads to no page",
        "Documented in part.",
    ),
    choice(
        "Summaries: allowed addresses",
        "are the account's setting of recordings, and 127.0.0.1 must be among them",
        "The refusal names a setting that the table has for recordings only.",
    ),
    choice("`Listmeetingsummaries` without times", "the last thirty days", "Not documented."),
    choice(
        "Meetings of somebody else, with scopes of a user's own only",
        "take the role's permission (else 200), but for those who schedule for the host",
        "Not documented.",
    ),
    choice(
        "Code 2306",
        "for a token with scopes of a user's own only: it lists the meetings of others as their assistant, where `other_options.display_meetings_scheduled_for_others` is on",
        "The setting is documented, whom it concerns is not.",
    ),
    choice("Deleting a meeting whose call is on", "ends the call", "Not documented."),
    choice(
        "Deleting a user",
        "meetings not handed over are deleted, and their events sent",
        "The events are not documented.",
    ),
    choice(
        "Deleting a user with Zoom Events",
        "`transfer_events` is on where nothing is said: hubs, events and what these are held in go to `transfer_email`, who needs a licence for events; drafts without an heir go to the account's owner; published ones cannot be left",
        "The refusals are documented; what becomes of drafts is not.",
    ),
    choice(
        "A user who moves to another account",
        "keeps meetings, licence and settings, becomes a member, and has no assistants any more",
        "Not documented.",
    ),
    choice(
        "Disassociating a sub-account",
        "its people, apps and meetings are gone from the sandbox",
        "At Zoom they live on elsewhere.",
    ),
    choice("Series in lists", "lists by time show each occurrence, the others the series once", "Documented in part."),
    choice("Months without the day", "are left out; weeks begin on Sunday", "RFC 5545; Zoom does not say."),
    choice(
        "Registering twice",
        "the same address has the same registration, and who was denied stays denied",
        "Not documented.",
    ),
    choice(
        "Registrants' links",
        "the call wants a link of an approved registrant where people register (3099 without, 3265 for another's)",
        "The codes are Zoom's; hosts need none, and panelists have links of their own.",
    ),
    choice(
        "Only authenticated users",
        "a participant shows the ZAK of a user whom the way to sign in names: any user, one of the host's account, or one with an address in its domains; else 3100. The sandbox's join page takes such a ZAK too; exceptions (`authentication_exception`) are kept and change nothing",
        "The code is Zoom's; people sign in there in the client.",
    ),
    choice(
        "Invite links without picture or sound",
        "one begins with the camera off or muted, and can switch both on",
        "Documented in part.",
    ),
    choice(
        "Zoom Events: who may work on an event",
        "its co-editors, and hosts of its hub who made it or run the account",
        "The refusal is documented, the rule is not.",
    ),
    choice(
        "Zoom Events: licences",
        "conferences need the business plan; a free plan makes no events",
        "Documented as refusals only.",
    ),
    choice(
        "Zoom Events: the invented owner",
        "holds webinars and the hub by Zoom Webinars Plus",
        "Zoom gives nobody the licences of webinars and of events together; its documents name this one for events too.",
    ),
    choice(
        "Moderation of Zoom Events, and of names of users and accounts",
        "stops the word `sbxobjectionable`",
        "So that the refusal can be provoked.",
    ),
    choice(
        "Blocked e-mail domains",
        "nobody with an address at `blocked.example` is made a user (1107)",
        "So that the refusal can be provoked. Domains that an account blocks itself are a setting.",
    ),
    choice(
        "Passwords of new users and accounts",
        "need small and capital letters and a digit; those of accounts no four alike and no three in a row",
        "The refusals are documented, the rules are not.",
    ),
    choice(
        "Who may change other people's names, host keys and addresses",
        "whose role has `User:Edit`, whatever scope the token has",
        "The refusals are documented.",
    ),
    choice(
        "Single sign-on (`ssoCreate`)",
        "comes with the business plan; without it 2002",
        "The refusal is documented.",
    ),
    choice(
        "Paid sub-accounts",
        "are those whose `pay_mode` is `sub`; they cannot be disassociated (2000)",
        "The refusal is documented, the rule is not.",
    ),
    choice(
        "Zoom Events: deleting",
        "drafts only; a ticket type of which somebody holds a ticket stays",
        "Documented in part.",
    ),
    choice(
        "Zoom Events: overlapping reservations",
        "refused (26302) when they are asked for",
        "Documented with the list.",
    ),
    choice("Zoom Events: links", "event, access, join and QR links lead to no page", "The sandbox has no event pages."),
    choice(
        "Simulive webinars",
        "refused: no account has them",
        "The sandbox has no recordings that a webinar could play.",
    ),
    choice("Telephone numbers", "of ranges kept for fiction, of four countries", "Nobody answers there."),
    choice("`chat_join_url`, `vanity_url`", "lead to no page", "The sandbox has no chat and no personal pages."),
    choice(
        "`last_login_time`, `last_client_version`",
        "when the user was made, and the sandbox",
        "Nobody signs in to a sandbox.",
    ),
    choice(
        "Licences of users",
        "each licensed user shows one of meetings, unless told otherwise; `type` decides what they may",
        "Which licence allows what is not documented.",
    ),
    choice(
        "Links into meetings",
        "carry the sandbox's own address, also where they were asked for by Zoom's names",
        "In a browser that knows nothing of the sandbox a link to zoom.us would lead to the real Zoom.",
    ),
    choice("`meeting.participant_joined`", "`join_time`", "The schema says so; its example has `date_time`."),
    choice(
        "`webinar.updated`: `old_object`",
        "is beside `object` and within it",
        "The schema has it beside, the example within; of meetings both have it beside.",
    ),
    choice(
        "`recording.renamed`",
        "`object` has the old topic, `recording_file` the new one",
        "As in the example; the schema has `old_object` instead.",
    ),
    choice(
        "Participants in webhooks: `customer_key`, `phone_number`",
        "are there and empty",
        "Nobody comes by telephone, and the SDK stand-in takes no key.",
    ),
    choice(
        "Time",
        "the sandbox's clock: tokens and the `Date` they come with, ZAKs, page tokens, limits, retries of webhooks, expired numbers",
        "Only the three seconds of a webhook receiver are the machine's.",
    ),
    choice("Webhook receivers", "on this computer only, http allowed", "Zoom demands https and a public name."),
    choice(
        "Webhook retries",
        "5, 20 and 60 minutes, each after the one before",
        "Today's guide; 5/30/90 has no source.",
    ),
    choice("A delivery that waits for its retry", "is lost when the sandbox stops", "Retries are kept in memory."),
    choice(
        "Event subscriptions: who may make them for an account",
        "owners, admins, and roles with `MarketPlace:Edit`; for single users only those who use the app",
        "The refusals are documented, the rules are not.",
    ),
    choice("Event subscriptions of an app", "at most 20", "20 in the guide, 10 in Zoom's own skills."),
    choice(
        "Event subscriptions with a token",
        "each request asks for a token of its own",
        "How long Zoom keeps one is not documented.",
    ),
    choice(
        "Webhook logs",
        "the last 500 attempts; `failed_reason_type` is 1 (no answer in time), 2 (not reached) or absent",
        "Of Zoom's sixteen numbers the others cannot happen here.",
    ),
    choice(
        "A body of more than 1 MiB",
        "413 with code 300, `Request Body is too large.`; the OAuth server says it in its own shape",
        "Not documented.",
    ),
    choice(
        "A body that breaks off, or whose chunks are none",
        "400 as for a body that is no JSON; the OAuth server says it in its own shape",
        "Not documented.",
    ),
    choice(
        "Ids and secrets",
        "Zoom's lengths, and the opaque ones begin `sbx`",
        "So that nobody takes them for real ones.",
    ),
    choice(
        "Awkward UUIDs",
        "one in eight begins with `/`, one in eight holds `//`",
        "At Zoom they are rare, and programs forget them.",
    ),
    choice(
        "An awkward UUID that was encoded once",
        "is as good as one nobody has: what is left of it without its empty segments is looked for, and the request log \
         says so",
        "That they must be encoded twice is documented, what happens else is not. Other UUIDs come either way.",
    ),
];
