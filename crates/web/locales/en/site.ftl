# What visitors read: list, room, green room.
skip-to-content = Skip to content
ribbon-label = Where you are
ribbon-sandbox = Sandbox: nothing here reaches Zoom
nav-all-rooms = All rooms
foot-made-with = Made with { $product }
foot-members = Sign in

list-title = Rooms
list-lead = Times are shown in your own time zone.
list-join = Join
list-join-label = Join { $title }
list-subscribe = Subscribe
list-empty-title = No room is announced yet
list-empty-text = When somebody schedules a meeting or a webinar, it appears here with its time and a way in.
list-empty-action = Schedule one
group-now = Now
group-soon = In the next 24 hours
group-week = In the next seven days
group-later = Later
group-ended = Just ended

phase-live = Live now
phase-open = Door open
phase-due = Starting
phase-ended = Ended
phase-paused = Ended for now
phase-disconnected = No call at present
kind-meeting = Meeting
kind-webinar = Webinar
host-with = With
host-role = Host

time-today = Today
time-tomorrow = Tomorrow
time-yours = your time
time-there = { $time } in { $city }
time-in-city = time in { $city }

draft-title = Draft.
draft-text = Only members see this page. Publish the room to show it to visitors.
agenda-title = What it is about

door-live = It has begun. Come in.
door-overtime = It should be over. If it still goes on, you can come back in.
door-ended = Thank you for your interest; this room is closed.
door-due = The door is open; the host has not begun yet.
door-paused = The call has ended early. You can come back in, and it begins again. If the host has just ended it for everybody, Zoom lets nobody in for a short while.
door-starts-in = Starts in
door-open-note = The door is open. Joining loads Zoom’s software and sends it the name you enter.
door-early-before = The door opens
door-early-fallback = shortly before the start
door-early-after = This page opens it by itself; there is no need to reload.
door-not-ready-title = Not ready yet
door-not-ready-text = Zoom has not confirmed this room so far. Nothing is wrong on your side: this page looks again by itself, and the way in appears as soon as there is one.
door-disconnected-title = No call here at present
door-disconnected-text = This room cannot be joined for now. Whoever invited you knows how it goes on.
door-unpublished = Visitors cannot join a draft.
countdown-live = It is starting now
countdown-starts-in = Starts in { $left }
countdown-starts-soon = Starts in less than a minute
countdown-days = days
countdown-hours = hours
countdown-minutes = min
countdown-seconds = sec
fact-when = When
fact-length = Length
fact-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
fact-where = Where
fact-where-browser = Here, in your browser
fact-where-app = In the Zoom app
act-join = Join in browser
act-open-app = Open in the Zoom app
act-calendar = Add to calendar
act-other-rooms = See other rooms
news-open = The door is open. You can join now.
news-live = It has begun. You can join now.
news-ended = It has ended.
news-paused = The call has ended. It can begin again.
embed-join = Join
embed-see = See the room
embed-in-new-tab = opens in a new tab
embed-on = on { $site }
embed-gone-title = This room is not here
embed-gone-text = It was taken back, or its address has changed.
embed-gone-link = See all rooms
oembed-title = { $title }, as a card
oembed-no-url = Say which room: ?url= and the address of its page.
oembed-bad-size = maxwidth and maxheight are whole numbers of pixels, from 1 on.
back-to-room = Back to the room
calendar-join-here = Join here:
no-browser-join-no-sdk-credentials = Joining in the browser is not set up on this site. The Zoom app works.
no-browser-join-insecure-address = This site is reached over plain http, and browsers give camera and microphone only to https pages. The Zoom app works; whoever runs the site can make its address https.

field-name = Your name
field-name-hint = Everybody in the room sees it.
field-email = E-mail
field-email-hint = Webinars need one. Zoom receives it, and the host can see it; other visitors cannot.
field-password = Password
field-password-hint = At least 10 characters; a sentence is easiest to remember.
form-summary = Please look at these again

green-title = Ready to join?
green-enter = Join now
green-who-sees = Joining loads Zoom’s software and sends it the name you entered.
green-waiting-room = The host lets people in one by one.
mirror-label = How others will see you
mirror-video = Your camera
mirror-tile = No camera? You will appear as a drawn tile.
mirror-denied = The browser did not give this page the camera or microphone. You can join without; to allow them, use the icon beside the address.
mirror-none = No camera or microphone was found. You can join without: you will appear as a drawn tile.
mirror-insecure = Browsers give camera and microphone only to https pages.
mirror-camera-on = Turn camera on
mirror-camera-off = Turn camera off
mirror-mic-on = Turn microphone on
mirror-mic-off = Turn microphone off
mirror-camera = Camera
mirror-mic = Microphone
mirror-note = This is only a mirror: nothing is sent before you join. Inside, you choose again.

app-title = Open in the Zoom app
app-lead = Say who you are, and the Zoom app takes over. If it is not installed, Zoom’s own page offers it.
