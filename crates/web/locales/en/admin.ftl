# What members read: the pages under /admin.

## The shell

admin-nav = Members' pages
admin-menu = Menu
admin-pages = Pages
admin-show-more = Show more
admin-nav-rooms = Rooms
admin-nav-hosts = Hosts
admin-nav-setup = Set up Zoom
admin-nav-zoom = Zoom settings
admin-nav-team = Team
admin-nav-inbox = Inbox
admin-nav-audit = Audit
admin-nav-account = My account
admin-to-site = See the site
admin-signed-in-as = Signed in as { $name }
admin-role-owner = Owner
admin-role-admin = Admin
admin-role-host = Host
admin-role-viewer = Viewer
admin-role-owner-hint = may do everything, Zoom's credentials included
admin-role-admin-hint = keeps all rooms, reads audit and inbox
admin-role-host-hint = keeps and starts the rooms of the Zoom hosts linked to them
admin-role-viewer-hint = looks, changes nothing
admin-page-next = Next page
admin-page-first = First page
admin-cancel = Cancel
admin-back-to-rooms = All rooms
admin-none = none
admin-errors-title =
    { $count ->
        [one] One thing to put right
       *[other] { $count } things to put right
    }
admin-errors-kept = Nothing you typed is lost.
admin-no-secret-kept = Passcodes, passwords and pictures are not sent back to your browser: give those again.

## How a room stands at Zoom

at-zoom-waiting = waiting for Zoom
at-zoom-live = ready at Zoom
at-zoom-live-number = ready at Zoom · { $number }
at-zoom-refused = Zoom refused
at-zoom-unknown = unknown
at-zoom-unknown-short = Zoom's answer was lost.
at-zoom-disconnected = no Zoom account
at-zoom-disconnected-short = Its Zoom account was disconnected.
at-zoom-announce = { $title }: { $state }
at-zoom-waiting-what = The change is queued and goes out by itself. Visitors' pages work meanwhile; joining opens once Zoom has the room.
at-zoom-live-what = Zoom has this room as it is here.
at-zoom-refused-what = Change what Zoom objects to and save, or try again if it was put right at Zoom.
at-zoom-unknown-what = Zoom's answer was lost, so nobody knows whether the { $kind } was made there. It is never made twice without asking. Look in Zoom, then decide here.
at-zoom-disconnected-what = Its Zoom account was disconnected, and only its page was kept: nobody can join. Edit the room and choose a host of a connected account; its { $kind } is made there.

## List of rooms

rooms-title = Rooms
rooms-no-host = nobody
rooms-host-unknown = a Zoom user who is not known here
rooms-new = New room
rooms-search = Search rooms
rooms-search-placeholder = Title or host
rooms-search-go = Search
rooms-filter = Which rooms
rooms-filter-coming = Coming
rooms-filter-past = Past
rooms-filter-drafts = Drafts
rooms-filter-all = All
rooms-col-room = Room
rooms-col-when = When
rooms-col-host = Host
rooms-col-zoom = At Zoom
rooms-col-do = Actions
rooms-start = Start
rooms-start-label = Start { $title }
rooms-edit = Edit
rooms-edit-label = Edit { $title }
rooms-draft = Draft
rooms-live-now = Live now
rooms-ended = Ended
rooms-kind-meeting = Meeting
rooms-kind-webinar = Webinar
rooms-kind-meeting-lower = meeting
rooms-kind-webinar-lower = webinar
rooms-empty-title = No rooms yet
rooms-empty-text = A room is a meeting or a webinar with a page of its own. Give it a title and a time: it is made at Zoom and people can join from your site.
rooms-empty-all-title = No rooms
rooms-empty-all-text = All rooms appear here.
rooms-empty-coming-title = Nothing is coming up
rooms-empty-coming-text = Rooms that lie ahead or are going on appear here.
rooms-empty-past-title = Nothing has ended yet
rooms-empty-past-text = Rooms whose time is over appear here.
rooms-empty-drafts-title = No drafts
rooms-empty-drafts-text = Rooms saved as drafts wait here until you publish them. Visitors do not see them.
rooms-empty-search-title = Nothing found for “{ $query }”
rooms-empty-search-text = The search looks at the beginnings of words in titles and host names.
rooms-empty-search-clear = Clear the search
rooms-leaving-title = The Zoom account is being disconnected.
rooms-leaving-text = Nothing new is made in it; its meetings are being deleted at Zoom.
rooms-no-zoom-title = Zoom is not connected.
rooms-no-zoom-text = A new room needs a host of a connected account.
rooms-no-zoom-link = Enter the credentials
rooms-no-sdk-title = Joining in the browser is off.
rooms-no-sdk-text = The Meeting SDK credentials are missing. Opening in the Zoom app works.
rooms-no-sdk-link = Enter them
rooms-deleted = The room is deleted. Zoom was left alone.
rooms-deleted-at-zoom = The room is deleted here, and goes at Zoom too.

## Form for a room

room-new-title = New room
room-edit-title = Edit { $title }
room-what-happens-new = Saving makes it at Zoom at once; the room's page shows when it is there.
room-what-happens-new-draft = Drafts are made at Zoom too, so that you can try them. Visitors do not see them until you publish.
room-what-happens-edit = Saving sends the change to Zoom at once.
room-what-happens-waiting = Zoom does not have this room yet. Saving changes what will be sent.
room-what-happens-no-host = No room can be made before a Zoom account is connected: it needs a host of one.
room-what-happens-no-zoom = Zoom is not connected: the room is kept here and goes to Zoom once it is.
room-save-new = Schedule
room-save-edit = Save changes
room-basics = What and when
room-kind = Kind
room-kind-meeting-hint = everybody may speak
room-kind-webinar-hint = few speak, many listen; needs Zoom's webinar licence
room-kind-off = Zoom will refuse this ({ $kind }): the Zoom app lacks { $scopes }. An owner adds it on the app's page in the Zoom Marketplace; the room can be written here meanwhile.
room-kind-fixed = { $kind }. A room's kind cannot change once it exists.
room-field-title = Title
room-field-title-hint = Visitors see it, and so does Zoom. Up to 200 characters.
room-field-host = Host
room-field-host-hint = A user of your Zoom account. They start the room.
room-field-host-none = Zoom's users have not been read yet.
room-field-host-no-zoom = No Zoom account is connected, so there is nobody to choose.
room-field-host-choose = Choose a host
room-field-host-as-before = As before: nobody who is known here
room-field-host-no-webinar = no webinar licence
room-field-host-basic = basic: Zoom ends meetings after 40 minutes
room-field-host-gone = no longer at Zoom
room-field-host-search-hint = A user of your Zoom account: begin with a name or an address. They start the room.
room-field-alternative-hosts = Alternative hosts
room-field-alternative-hosts-hint = Licensed users of your Zoom account who may start the room, too. Zoom tells them by mail.
room-field-alternative-hosts-search-hint = Licensed users of your Zoom account who may start the room, too: addresses, separated by commas. Zoom tells them by mail.
room-field-alternative-hosts-choose = Choose alternative hosts
room-field-alternative-hosts-lost = { $count ->
        [one] One alternative host is not known here any more. Saving takes them out.
       *[other] { $count } alternative hosts are not known here any more. Saving takes them out.
    }
room-field-alternative-hosts-none = Zoom has no licensed users who could be alternative hosts.
room-field-date = Date
room-field-time = Time
room-field-zone = Time zone
room-field-zone-hint = Such as Europe/Madrid. Visitors see their own time beside it.
room-field-duration = Length in minutes
room-about = What it is about
room-field-agenda = Agenda
room-field-agenda-hint = Markdown: **bold**, *slanted*, [link](https://…), lists with a dash. Zoom gets the plain text.
room-agenda-preview = Preview
room-agenda-preview-empty = Nothing to preview yet.
room-field-cover = Cover picture
room-field-cover-hint = JPEG, PNG or WebP, up to 5 MB. It is shown wide.
room-field-cover-has = There is one. Choosing another replaces it.
room-cover-too-big = The picture is larger than 5 MB. Make it smaller and choose it again.
room-cover-not-a-picture = This file is not a JPEG, PNG or WebP picture. Choose another.
room-field-cover-remove = Remove the picture
room-inside = Inside the room
room-field-passcode = Passcode
room-field-passcode-new-hint = Leave empty to have one made. Up to 10 of a–z A–Z 0–9 @ - _ *. Visitors never need to type it.
room-field-passcode-edit-hint = Leave empty to keep the one there is. It is not shown in this form.
room-field-waiting-room = Waiting room
room-field-waiting-room-hint = The host lets people in one by one.
room-field-join-before-host = People may enter before the host
room-field-join-before-host-hint = Zoom ignores this where there is a waiting room.
room-field-host-video = Host's camera is on at the start
room-field-participant-video = Participants' cameras are on when they enter
room-field-mute-on-entry = Participants enter muted
room-webinar-options = Of these switches Zoom's webinars know the host's camera only.
room-page-heading = Its page
room-field-opens-before = Opens before the start
room-field-opens-before-hint = From how many minutes before the start visitors may join.
room-field-slug = Address
room-field-slug-hint = The last part of the page's address. Leave empty to make it from the title.
room-field-slug-edit-hint = The last part of the page's address. The permanent address { $permanent } stays the same.
room-field-published = Visibility
room-field-published-yes = Published
room-field-published-yes-hint = on the site's list, open to visitors
room-field-published-no = Draft
room-field-published-no-hint = members only
room-conflict = Somebody else changed this room while you were editing it. What you typed is below; saving again replaces their change.
room-conflict-see = See the room as it is now
room-slug-free = “{ $slug }” is free.

## A room

room-facts = Facts
room-fact-when = When
room-fact-length = Length
room-fact-length-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
room-fact-host = Host
room-fact-alternative-hosts = Alternative hosts
room-fact-opens = Opens
room-fact-opens-minutes =
    { $minutes ->
        [one] 1 minute before the start
       *[other] { $minutes } minutes before the start
    }
room-fact-inside = Inside
room-fact-visibility = Visibility
room-fact-passcode = Passcode
room-fact-passcode-show = Show the passcode
room-fact-passcode-hidden = set; not shown here
room-fact-number = Zoom's number
room-fact-page = Page
room-fact-permanent = Permanent address
room-opt-waiting-room = waiting room
room-opt-join-before-host = enter before the host
room-opt-host-video = host's camera on
room-opt-participant-video = participants' cameras on
room-opt-mute-on-entry = participants muted
room-opt-none = no special settings
room-state-title = At Zoom
embed-title = Put it on a page
embed-text = A card with title, time and a way in, for a page on any site. It keeps up to date by itself.
embed-frame = Frame, for pages that take HTML
embed-link = Link, for editors that make a card of it
embed-look = Look at the card
embed-draft = A draft: visitors see its card once it is published.
room-links = Links
room-link-public = Open the public page
room-link-public-draft = The public page is closed while this is a draft.
room-link-sandbox = See Zoom's side
room-link-sandbox-hint = every request about this room, in the sandbox's log
room-retry = Try again now
room-decide-title = What is so at Zoom?
room-decide-made = It is there
room-decide-made-hint = Give the number that Zoom shows for it.
room-decide-number = Zoom's number
room-decide-not-made = It is not there: make it again
room-decide-number-wrong = A Zoom number has 9 to 11 digits, as in 812 3456 7890.
room-start = Start as host
room-start-waits = It can be started once Zoom has it.
room-start-disconnected = It cannot be started: its Zoom account was disconnected. Choose a host of a connected account first.
room-start-not-allowed = It cannot be started: this site may not act for its Zoom host. An owner names for whom it may, in Zoom settings.
room-start-not-your-host = You cannot start it: neither its Zoom host nor an alternative host is linked to you. An owner can link you under Hosts.
room-work =
    { $attempts ->
        [one] Tried once.
       *[other] Tried { $attempts } times.
    }
room-edit = Edit
room-delete = Delete
room-history = History
room-history-empty = Nothing has happened to this room yet.
room-agenda-title = Agenda
room-agenda-empty = No agenda.
room-saved-new = Scheduled. It is on its way to Zoom.
room-saved-cover-failed = Saved, but the picture could not be stored. Choose it again.
room-saved-here = Saved here. It goes to Zoom once a host of a connected account is chosen.
room-saved-edit = Saved. The change is on its way to Zoom.
room-retrying = Queued again. It goes to Zoom at once.
room-decided = Noted.

## Starting

start-title = Start { $title }
start-early = It is planned for { $when }. Starting now opens the room at Zoom for everybody who has the link.
start-for-other-title = Start for { $host }?
start-for-other-text = You are not linked to this Zoom host. Zoom will show you as { $host }, with everything a host may do. It is written to the audit log with your name.
start-for-other-go = Start as { $host }
start-own-text = You join as { $host }, with everything a host may do.
start-own-go = Start

## Deleting

kept-title = Give kept rooms a host
kept-notice = { $count ->
        [one] One coming room has no Zoom account: only its page was kept.
       *[other] { $count } coming rooms have no Zoom account: only their pages were kept.
    }
kept-text = { $count ->
        [one] This room was kept when its Zoom account was disconnected. With a host of a connected account its call is made there; its page and address stay.
       *[other] These { $count } rooms were kept when their Zoom account was disconnected. With a host of a connected account their calls are made there; their pages and addresses stay.
    }
kept-none-title = No kept rooms
kept-none-text = Every coming room has a Zoom account.
kept-more = { $count ->
        [one] and one more
       *[other] and { $count } more
    }
kept-show = Show what it takes
kept-today = { $rooms ->
        [one] It is made at Zoom at once.
       *[other] All { $rooms } are made at Zoom today.
    } Of the hundred creations and changes that Zoom takes for a host in a day, { $host } has { $left } left.
kept-days = Zoom takes a hundred creations and changes for each host and day, and { $host } has { $left } left today. These { $rooms } need { $days } days: the last is made on { $when }. { $more ->
        [one] With one more host
       *[other] With { $more } more hosts
    } all of them could be made today: give some of them another host first, in their own forms.
kept-stay = { $count ->
        [one] One webinar stays as it is: { $host } cannot hold webinars.
       *[other] { $count } webinars stay as they are: { $host } cannot hold webinars.
    }
kept-since-today = The account was connected today: what was made for { $host } before that is not known here, and counts at Zoom all the same.
kept-unsure = { $count ->
        [one] One of them is a webinar, and whether { $host } has Zoom's webinar add-on is not known here. Without it Zoom refuses the webinar.
       *[other] { $count } of them are webinars, and whether { $host } has Zoom's webinar add-on is not known here. Without it Zoom refuses them.
    }
kept-nothing = Nothing of this can be held by { $host }.
kept-go = { $rooms ->
        [one] Give it to { $host }
       *[other] Give all { $rooms } to { $host }
    }
kept-none-left = Nothing was left to give: these rooms have a host already.
kept-done = Saved. Their calls are being made at Zoom.

delete-title = Delete { $title }?
delete-text = Its page, picture and address go. This cannot be undone.
delete-at-zoom = What about Zoom's { $kind }?
delete-at-zoom-yes = Delete it at Zoom too
delete-at-zoom-yes-hint = links that people already have stop working
delete-at-zoom-no = Leave it at Zoom
delete-at-zoom-no-hint = { $number } stays open to whoever has its link
delete-not-at-zoom = Zoom does not have it, so nothing happens there.
delete-live = People may be inside right now.
delete-go = Delete

## Hosts

hosts-title = Hosts
hosts-text = Users of your Zoom account who can hold rooms. They are read from Zoom; add and license them there.
hosts-refresh = Read from Zoom again
hosts-refreshed = Read from Zoom.
hosts-empty-title = No hosts yet
hosts-empty-text = They are read from Zoom once the connection works.
hosts-empty-connect = Connect Zoom
hosts-col-host = Host
hosts-col-licence = Licence
hosts-col-zone = Zone at Zoom
hosts-col-members = May start as them
hosts-licensed = licensed
hosts-basic = basic
hosts-webinars = webinars
hosts-no-webinars = no webinars
hosts-gone = no longer at Zoom
hosts-link = Link
hosts-link-label = Link a member to { $host }
hosts-unlink = Unlink
hosts-unlink-label = Unlink { $member } from { $host }
hosts-nobody = nobody but owners
hosts-linked = Linked: they may now keep and start that host's rooms.
hosts-unlinked = Unlinked: they may no longer start that host's rooms.
hosts-read-failed = Zoom's users could not be read

## Team

team-title = Team
team-text = People with a login here. Visitors need none.
team-col-member = Member
team-col-role = Role
team-col-hosts = Zoom hosts
team-you = you
team-new = Add a member
team-name = Name
team-email = E-mail address
team-role = Role
team-add = Add
team-link-title = { $name } is added. Give them this link.
team-link-text = It opens the page where they choose a password. It works once, and is not shown again.
team-new-link = New password link
team-new-link-label = Make a new password link for { $name }
team-new-link-title = A new link for { $name }
team-remove = Remove
team-remove-label = Remove { $name }
team-removed = Removed: they can no longer sign in.
team-remove-title = Remove { $name }?
team-remove-text = They are signed out everywhere and their API tokens stop working. Rooms stay.
team-role-change = Change role
team-role-change-label = Change the role of { $name }
team-role-of = Role of { $name }
team-role-save = Save role
team-role-changed = The role is changed, and holds from their next click on.
team-no-password = has not chosen a password yet

tokens-title = API tokens
tokens-text = A token does through the API what its member may do here. Give it to one program, and take it back when that program is gone.
tokens-name = What it is for
tokens-name-hint = Such as “timetable import”.
tokens-make = Make a token
tokens-made-title = The token “{ $name }”
tokens-made-text = Copy it now: it is not shown again.
tokens-col-name = For
tokens-col-made = Made
tokens-col-used = Last used
tokens-never = never
tokens-revoke = Take back
tokens-revoke-label = Take back { $name }
tokens-revoked = Taken back: the token no longer works.
tokens-write = May change things
tokens-write-hint = as far as you may; without it the token only reads
tokens-docs = Endpoints are described at
copy = Copy
copied = Copied

## Inbox

inbox-title = Inbox
inbox-text = What Zoom told us, newest first. Each event is applied once.
inbox-empty-title = Nothing from Zoom yet
inbox-empty-text = Zoom tells us when a room starts and ends once the webhook address is set in its Marketplace.
inbox-empty-link = See the address
inbox-col-event = Event
inbox-col-at = Happened
inbox-col-received = Arrived
inbox-col-state = State
inbox-applied = applied
inbox-waiting = waiting
inbox-seen = nothing to do

## Audit

audit-title = Audit
audit-text = Who did what, newest first.
audit-empty-title = Nothing yet
audit-empty-text = Changes, starts and sign-ins are written here as they happen.
audit-col-at = When
audit-col-who = Who
audit-col-what = What
audit-col-about = About

## My account

account-title = My account
account-password = Change password
account-password-current = Password now
account-password-new = New password
account-password-new-hint = { $min } characters or more. A sentence you remember is best.
account-password-again = New password again
account-password-again-wrong = The two new passwords differ.
account-password-change = Change password
account-password-changed = Your password is changed. Other devices are signed out.
account-password-wrong = This is not your password.
account-sign-out = Sign out
account-email = E-mail address
account-role = Role
account-hosts = Zoom hosts you may start as

## Zoom settings

setup-title = Set up Zoom
setup-text = Every step from a Zoom account to a room that people join. Mark what is done: the marks stay.
setup-ask-hint = Is somebody else the administrator of your Zoom account?
setup-ask-link = A page to send to them
setup-progress = { $done } of { $total } done
setup-next = Go on where you are
setup-do = Mark as done
setup-undo = Done · undo
setup-do-label = Mark as done: { $step }
setup-undo-label = Not done after all: { $step }
setup-wishes = What do you want to do?
setup-wishes-what = The list below, the page for your administrator and the test of the credentials go by it.
setup-wishes-save = Show the scopes for this
setup-later = Later, not in this version:
setup-later-text = Nothing is asked for them, and what an app may do besides is not counted as missing.
setup-scope-needed = required
setup-scope-useful = optional
later-registration = Registration on a room's page
later-reports = Reports of who was there
later-recordings = Recordings on a room's page
feature-is-later = later
feature-later-what = Not in this version; nothing is asked for it.
setup-copy-all = Copy all
setup-copy-missing = Copy the missing ones
setup-whole-list = Show all 49 scopes of the plugin's list
setup-whole-list-text = The plugin of this name asks for all of them. Zoom's terms ask for no more than an application needs; below each stands what it is good for here.
setup-whole-list-find = Find a scope
setup-good-other-app = for the General App below, not for this one
setup-good-webhooks-only = lets an app hear of events only; eRoom uses none of them
setup-good-undocumented = in none of Zoom's documents
setup-granted = granted
setup-picture = Show a picture
setup-picture-alt = The same step in the sandbox's Marketplace: { $step }
setup-to-zoom = To the credentials
setup-not-https = This address does not begin with https. Everything works but joining in the browser, and Zoom will not take it as a redirect URL.
setup-redirect-not-https = Zoom takes an address with https only. Give the site one first, in the second step above; the sandbox takes this one.
setup-ways = Three ways to https
setup-address-check = Check this address
setup-address-again = Check again
setup-webhook-later = The address is here once the credentials are saved; go on without it for now.
setup-app-added = The app is added at Zoom. Go on here.
setup-embed-room = Which room
setup-embed-choose = Show its code
setup-embed-none = There is no room to come yet. Schedule one, and its code is here.
setup-ask-title = For your Zoom administrator
setup-ask-text = Print this page or send it. It says what is needed and why, what is kept, and what is never done.
setup-ask-wishes = Choose first what it is to be for
setup-letter-what = What this is about
setup-letter-what-text = Our site at { $address } schedules meetings in our own Zoom account and lets people join them on our pages. It runs on our own server. For this it needs two apps in our account, made at marketplace.zoom.us by an owner, an administrator, or a role that may edit the Marketplace.
setup-letter-what-text-one = Our site at { $address } schedules meetings in our own Zoom account and shows them on our pages. It runs on our own server. For this it needs an app in our account, made at marketplace.zoom.us by an owner, an administrator, or a role that may edit the Marketplace.
setup-letter-for = It is for:
setup-letter-first = First app: Server-to-Server OAuth
setup-letter-no-scopes = Nothing was chosen yet that needs a scope of this app: it is to be made only once that is so.
setup-letter-events = Events are wanted: under Feature of the first app, Event Subscriptions, please add Start Meeting and End Meeting, with webinars also Start Webinar and End Webinar, and hand over the Secret Token too. The event notification endpoint is
setup-letter-events-later = the one that Zoom settings show once the credentials are saved.
setup-letter-console = Owners of this site have a console beside, with which they can do at Zoom whatever these scopes allow; each use is logged.
setup-letter-first-text = Develop, Build App, Server-to-Server OAuth App. Please add these scopes and no others, then activate it.
setup-letter-needed = Required.
setup-letter-useful = Optional.
setup-letter-role = The app may do no more than the role of whoever makes it. That role needs, in the words of the documents of Zoom's API:
setup-letter-second = Second app: General App with the Meeting SDK
setup-letter-second-text = Develop, Build App, General App, Admin-managed; OAuth Redirect URL { $address }; under Embed, Meeting SDK switched on; one scope:
setup-letter-send = What we need back
setup-letter-send-text = Of the first app Account ID, Client ID and Client Secret; of the second Client ID and Client Secret. Please hand them over as you hand over passwords.
setup-letter-send-text-one = Account ID, Client ID and Client Secret of the app. Please hand them over as you hand over passwords.
setup-letter-kept = What is kept
setup-letter-kept-text = The credentials, sealed; names and addresses of the account's users, to choose hosts from; and of each room what Zoom needs to hold it. Access tokens are kept sealed for an hour.
setup-letter-never = What is never done
setup-letter-never-text = No Zoom password is asked for or kept. Nothing is sent to anybody but Zoom. Links that start a meeting as its host are not kept. Meetings that this site did not make are not changed.
zoom-title = Zoom settings
zoom-text = The credentials of your Zoom account. They are tested when you save, and secrets are never shown again.
zoom-sandbox-title = Connected to the sandbox.
zoom-sandbox-text = Nothing reaches Zoom. Enter your own account's credentials to leave it.
zoom-sandbox-link = Open the sandbox
zoom-status-title = What works
zoom-status-none = Nothing yet: enter the credentials first.
zoom-features-hint = Tick what you want. What is ticked and missing is shown in red; what is not ticked never is.
zoom-features-save = Save what I want
zoom-allowed-title = For whom this site may act
zoom-allowed = Zoom users
zoom-allowed-hint = An e-mail address or a domain on each line. Everybody else in the account is neither listed nor kept here, and nothing is done for them at Zoom, whatever the app's scopes permit. Empty: everybody.
zoom-allowed-save = Save for whom
zoom-allowed-saved = Saved. Whoever is not named is forgotten here; those who are named are read from Zoom.
zoom-allowed-everybody = Saved. This site may act for everybody in the account; they are read from Zoom.
zoom-allowed-nobodys = About nobody among the users read from Zoom: { $entries }.
zoom-check = Ask Zoom again
zoom-check-hint = After you added a scope in the Marketplace. What waited for it goes on.
zoom-checked = Zoom was asked again: this is what the app may do now.
zoom-features-saved = Saved what you want.
feature-is-works = works
feature-is-partly = works partly
feature-is-off = off
feature-is-not-asked-for = not asked for
feature-is-could-not-tell = could not tell
feature-meetings = Meetings
feature-meetings-what = Rooms that are meetings, made and kept at Zoom by themselves.
feature-webinars = Webinars
feature-webinars-what = Rooms that are webinars. The host needs Zoom's webinar add-on.
feature-users = Users
feature-users-what = Who can hold rooms.
feature-join-in-browser = Join in the browser
feature-join-in-browser-what = Visitors join on the room's page, without the Zoom app.
feature-start-as-host = Start as host
feature-start-as-host-what = Hosts start their rooms here, without signing in at Zoom.
feature-webhooks = Webhooks
feature-webhooks-what = Zoom says when a room begins and ends. Without it the schedule decides.
feature-account-settings = Account settings
feature-account-settings-what = The account's settings and its owner, in the Zoom console.
feature-zoom-events = Zoom Events
feature-zoom-events-what = Events, their speakers and access links, in the Zoom console.
feature-sub-accounts = Accounts below
feature-sub-accounts-what = Settings, options, owner and webinars of accounts below this one, in the Zoom console.
feature-webhooks-unproven = No event has arrived yet.
feature-lacks-sdk = Needs the Meeting SDK credentials.
feature-lacks-https = Needs a public address that begins with https://, or localhost. Now it is { $address }
feature-lacks-webhook-secret = Needs the Secret Token of the webhook.
feature-place = In the Marketplace: { $place }
feature-without = Without it, { $text }.
feature-console = { $count ->
    [one] What the Zoom console could do besides
   *[other] What the Zoom console could do besides, with { $count } more scopes
}
feature-more = { $count ->
    [one] What it would need
   *[other] The { $count } things it would need
}
zoom-s2s-title = Server-to-Server OAuth
zoom-s2s-steps = In Zoom's App Marketplace (marketplace.zoom.us): Develop → Build App → Server-to-Server OAuth App. The three values are under App Credentials. Under Scopes add what the test here names, then Activate.
zoom-account-id = Account ID
zoom-client-id = Client ID
zoom-client-secret = Client Secret
zoom-sdk-title = Meeting SDK
zoom-sdk-steps = In the Marketplace: Develop → Build App → General App, admin-managed. Under Features → Embed switch Meeting SDK on. The two values are under Basic Information → App Credentials.
zoom-sdk-client-id = Meeting SDK Client ID
zoom-sdk-client-secret = Meeting SDK Client Secret
zoom-webhook-title = Webhook
zoom-webhook-steps = In the Server-to-Server app: Features → Event Subscriptions → Add. Paste the address, subscribe to Start Meeting and End Meeting, with webinars also Start Webinar and End Webinar, and press Validate after saving the secret token here.
zoom-webhook-address = Address to paste at Zoom
zoom-webhook-secret = Secret Token
zoom-webhook-secret-hint = Under Features → Access in the same app.
zoom-secret-set = Set. Leave empty to keep it.
zoom-secret-not-set = Not set.
zoom-webhook-later = The address appears here once the credentials above are saved.
zoom-save = Save and test
zoom-save-what = Saving asks Zoom for a token, reads the users and checks the SDK pair. No room is changed.
zoom-test-ok = Saved. Everything that was tested works.
zoom-test-failed = Saved, but not everything works yet.
zoom-test-not-saved = Not saved: these credentials are not known to work. What is stored stays as it was.
zoom-tested = As it was found when it was saved,
zoom-test-title = The test
zoom-step-ok = works
zoom-step-failed = failed
zoom-step-skipped = not tested
zoom-step-unknown = could not tell
zoom-step-unwanted = not asked for
zoom-step-name-reach = Zoom answers
zoom-step-name-clock = The clock
zoom-step-name-client = Client ID and secret
zoom-step-name-account = Account ID
zoom-step-name-app = The app is active
zoom-step-name-scopes = Scopes
zoom-step-name-users = Users
zoom-step-name-plan = Licences
zoom-step-name-address = This site's address
zoom-step-name-sdk = Meeting SDK
zoom-step-name-webhook = Webhook

## The API

api-title = JSON API
api-text = Programs read and change rooms here with a bearer token, which members make under My account. Errors are RFC 9457 problem documents that name each wrong field. Unknown fields are refused.
api-document = The OpenAPI document
api-col-operation = Operation
api-col-what = What it does
api-unknown-field = There is no such field.
api-missing = This is needed.
api-duplicate = This is given twice.
api-key-unusable = One key, please: 1 to 255 printable ASCII characters, such as a UUID.
api-key-different = This key came with another body before, and nothing was done. Send a new key for a new room.
api-wrong-type = This has another type; expected { $expected }.

## What the audit log says

audit-action-zak-requested = asked Zoom for a host's key
audit-action-unknown-decided = decided what is so at Zoom
audit-action-site-changed = changed the site
audit-action-signed-in = signed in
audit-action-signed-out = signed out
audit-action-sign-in-refused = could not sign in
audit-action-setup-link-made = made a set-up address
audit-action-set-up = set the site up
audit-action-room-start-granted = started the room
audit-action-room-retried = sent it to Zoom again
audit-action-room-deleted = deleted the room
audit-action-room-created = scheduled the room
audit-action-room-changed = changed the room
audit-action-password-link-made = made a password link
audit-action-password-chosen = chose a password
audit-action-password-changed = changed a password
audit-action-member-added = added a member
audit-action-role-changed = changed a role
audit-action-passcode-shown = looked at the passcode
audit-action-member-removed = removed a member
audit-action-host-linked = linked a Zoom host
audit-action-host-unlinked = unlinked a Zoom host
audit-action-cover-set = set the picture
audit-action-cover-removed = removed the picture
audit-action-console-asked = asked Zoom for a change in the console
audit-action-console-ran = ran an operation in the console
audit-action-console-refused = was refused an operation in the console
audit-action-connection-saved = saved Zoom's credentials
audit-action-api-token-made = made an API token
audit-action-api-token-revoked = took an API token back
quota-title = Zoom's limits
quota-text = Zoom limits how fast and how often an account may be asked. Calls wait here for their turn, so that Zoom need not refuse them: people first, then what somebody saved or Zoom told, then keeping up to date.
quota-link = Zoom's limits and what was sent
quota-hour-title = The last hour
quota-hour-text = Sent: { $total }. Refused for being too many: { $limited }. Failed or lost: { $failed }.
quota-hour-alt = Requests in each minute of the last hour; the most in one minute: { $tallest }.
quota-hour-none = Nothing was sent to Zoom.
quota-answered = answered
quota-limited = refused for being too many
quota-failed = failed or lost
quota-lanes-title = How fast the account may be asked
quota-lane = Zoom's label
quota-rate = The plan allows
quota-today = Today
quota-state = State
quota-a-second = { $calls } a second
quota-a-minute = { $calls } a minute
quota-used-of = { $used } of { $most }
quota-free = free
quota-nearly = nearly used up
quota-closed = used up until
quota-slowed = 1/{ $parts } of the rate until
quota-hosts-title = Creations and changes of each host today
quota-hosts-none = Nothing was created or changed today, and nothing waits. Zoom takes a hundred for each host and day of UTC.
quota-others = Besides, for Zoom users whom this site does not list: { $used } today, rooms that wait: { $waiting }.
quota-host = Host
quota-host-used = Today
quota-host-waiting = Rooms that wait
quota-host-full = used up
quota-host-through = The last of them goes from
quota-agree-title = Your Zoom plan
quota-agree-text = Zoom does not tell the plan, and the limits follow from it. Where it is less than what is said here, Zoom refuses calls, and they slow down for ten minutes.
quota-plan = Plan
quota-plan-free = Basic (free)
quota-plan-pro = Pro
quota-plan-business = Business, Education, Enterprise or Partner
quota-share = Share for this site, in percent
quota-share-hint = All apps of an account draw from the same limits. Leave something to the others.
quota-day-ends = Zoom's day is over:
quota-save = Save
quota-saved = Saved. It holds from the next call on.
quota-attempts-title = What was sent last
quota-operation = Call
quota-at = At
quota-waited = Waited
quota-took = Took
quota-attempt = attempt { $number }
quota-ms = { $ms } ms
quota-work-person = for a person
quota-work-follow-up = for something saved, or told by Zoom
quota-work-sync = keeping up to date
quota-work-bulk = in bulk
quota-outcome-done = done
quota-outcome-refused = refused
quota-outcome-token = new token
quota-outcome-limited = too many
quota-outcome-failed = failed
quota-outcome-lost = answer lost
quota-outcome-unreached = not reached
audit-action-limits-agreed = said what the Zoom plan is

# Several Zoom accounts
accounts-nav = Zoom accounts
accounts-default = default
accounts-title = This account
accounts-name = Name
accounts-name-hint = What it is called here, where there are several. Visitors do not see it.
accounts-name-save = Save the name
accounts-is-default = This is the default: its people come first, and what names no account means it.
accounts-prefer = Make it the default
accounts-prefer-hint = The people of the default account come first, and what names no account means it.
accounts-another = Connect another account
accounts-disconnect = Disconnect…
accounts-saved = Saved.
accounts-new-title = One more Zoom account.
accounts-new-text = It has apps of its own in Zoom's Marketplace, made as the set-up guide says. It has to be one of your own organisation.
disconnect-title = Disconnect “{ $name }”
disconnect-text = The credentials are deleted here, and everything that came from Zoom through them: its users and who acts as them, meeting numbers and join links, events, the token. At Zoom the apps stay until you remove them in the Marketplace.
disconnect-audit = The audit log stays.
disconnect-rooms = What becomes of its rooms?
disconnect-counts =
    { $rooms ->
        [one] One room
       *[other] { $rooms } rooms
    }; still to come: { $coming }.
disconnect-live =
    { $count ->
        [one] One of them is going on now.
       *[other] { $count } of them are going on now.
    }
disconnect-keep = Keep their pages
disconnect-keep-hint = Nobody can join until you choose a host of another account for a room; its meeting is then made there. The present meetings stay at Zoom.
disconnect-delete = Delete them here
disconnect-delete-hint = Their meetings stay at Zoom, and whoever has a link still gets in.
disconnect-at-zoom = Delete them here and at Zoom
disconnect-at-zoom-hint = Meetings that are still to come are deleted at Zoom first. The account is disconnected once that is done.
disconnect-no-rooms = It has no rooms.
disconnect-password = Your password
disconnect-password-hint = What is deleted cannot be got back.
disconnect-go = Disconnect
disconnect-now = Disconnect now
disconnect-now-text = You can also disconnect at once. Meetings that are not deleted by then stay at Zoom.
disconnect-leaving-title = This account is being disconnected.
disconnect-leaving-link = See how far it is
disconnect-left =
    { $count ->
        [0] No meeting waits to be deleted at Zoom any more.
        [one] One meeting is still to be deleted at Zoom.
       *[other] { $count } meetings are still to be deleted at Zoom.
    }
disconnect-given-up = { $count ->
        [one] One meeting stays at Zoom: it could not be deleted.
       *[other] { $count } meetings stay at Zoom: they could not be deleted.
    }
disconnect-stays = { $count ->
        [one] One coming meeting stays at Zoom whatever you choose: this site may not act for its host.
       *[other] { $count } coming meetings stay at Zoom whatever you choose: this site may not act for their hosts.
    }
disconnect-look = Look again
disconnect-back = Back to Zoom settings
disconnect-done = Disconnected. Nothing of that account is kept here.
disconnect-begun = Meetings are being deleted at Zoom; the account goes when that is done.

# A test join
trial-title = Test of joining in the browser
trial-text = A meeting is made for this, joined in this browser, and deleted again. Nobody else is told of it.
trial-step-meeting = Making a meeting…
trial-refused-what = The meeting for the test could not be made.
trial-refused-next = See under “The test” in Zoom settings what does not work yet, then try again.
trial-script-next = Check your connection and any content blocker, then try again.
trial-unknown-next = Look up the code below in Zoom's documents of the Meeting SDK, or try again in a moment.
trial-noscript = A call in the browser needs JavaScript.
trial-back = Back to Zoom settings
trial-hint = Only Zoom's own software says whether the Meeting SDK takes its credentials. A meeting is made, joined here, and deleted again; where webhooks are set up, it brings a first event too.
trial-go = Test joining in this browser
trial-worked = This browser got into the meeting, and the meeting is being deleted.
