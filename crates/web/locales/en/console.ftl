# The Zoom console: operations, their forms, what came of them.

admin-nav-console = Zoom console
console-title = Zoom console
console-text = Every operation behind a scope of the set-up guide: look one up, fill it in, run it at Zoom and read the answer. Secrets are hidden in what you see.
console-not-connected = No Zoom account is connected, so that nothing can be run yet.

## Finding an operation

console-search = What are you looking for?
console-search-hint = Words of what it does, its name, path or scope, such as “delete meeting” or “speaker”.
console-group = Part of Zoom
console-group-any = All of Zoom
console-group-meetings = Meetings
console-group-webinars = Webinars
console-group-users = Users
console-group-account = Account
console-group-events = Zoom Events
console-group-below = Accounts below
console-scope = Scope
console-scope-any = Any scope
console-find = Find
console-all = Show all
console-found =
    { $count ->
        [one] One operation
       *[other] { $count } operations
    }
console-none-title = No such operation
console-none-text = Try fewer words, or another part of Zoom. Operations behind other scopes are not in the console.
console-is-reads = reads
console-is-changes = changes
console-is-destroys = cannot be undone
console-held-short-no = scope missing

## One operation

console-about = About
console-operation = Operation
console-scopes = Scopes
console-scopes-any = One of them is enough.
console-held = The token
console-held-yes = has the scope
console-held-no = lacks the scope
console-held-unknown = has not been asked yet
console-rate = Limit
console-rate-light = Light. The account's apps together: 30 a second on Pro, 80 on Business.
console-rate-medium = Medium. The account's apps together: 20 a second on Pro, 60 on Business.
console-rate-heavy = Heavy. The account's apps together: 10 a second on Pro, 40 on Business, and a daily limit.
console-rate-resource-intensive = Resource-intensive. The account's apps together: 10 a minute on Pro, 20 on Business, and a daily limit.
console-rate-none = Zoom's documents name none.
console-roles = Role permissions
console-whose = Whom it touches
console-whose-nobody = No single user, so that the list of Zoom users does not matter.
console-whose-user = The user in the path, who must be on your list of Zoom users.
console-whose-own = The app's own user, who must be on your list of Zoom users.
console-whose-held = The host, who is looked up first and must be on your list of Zoom users.
console-whose-listed = Everybody. Only those on your list of Zoom users are shown.
console-whose-named = Whom its fields name. They must be on your list of Zoom users.
console-whose-untold = That cannot be told, so that it is refused as long as you name Zoom users in Zoom settings.
console-inferred = Facts
console-inferred-text = Taken from the operation of the account itself: no document about this one was at hand.
console-facts-from = Fields, limits and scopes are those of Zoom's documents.
console-lacks = The Zoom app lacks the scope { $scope }. Add it in the Marketplace, then ask Zoom again in Zoom settings.
console-shapes = What to send
console-shapes-text = Zoom takes one of several sets of fields here. Choose one, or give the body as JSON.
console-part-path = Address
console-part-query = Options
console-part-body = Values
console-fields =
    { $count ->
        [one] one field
       *[other] { $count } fields
    }
console-required = needed
console-not-sent = not sent
console-fact-list = list of { $kind }
console-fact-between = { $min } to { $max }
console-fact-least = at least { $min }
console-fact-most = at most { $max }
console-fact-of = of { $choices }
console-fact-default = Zoom assumes { $value }
console-fact-deprecated = Zoom advises against it
console-fact-members = members { $names }
console-fact-lines = one on each line
console-fact-json = as JSON
console-json = The body as JSON
console-json-label = JSON
console-json-hint = Instead of the values above, not besides them. It is shown to you again as you typed it.
console-confirm-title = Confirm
console-confirm-changes = This changes something at Zoom.
console-confirm-destroys = This takes something away, or hands it over, and cannot be undone.
console-confirm = Send { $method } { $path }
console-confirm-short = Confirm
console-confirm-missing = Tick the box to send it.
console-password = Your password
console-password-hint = The one you sign in here with.
console-password-wrong = That is not your password. Nothing was sent.
console-run = Run
console-run-what-reads = Asks Zoom now, and changes nothing.
console-run-what-changes = Sends it to Zoom now. The audit log says so.
console-run-what-destroys = Sends it to Zoom now. The audit log says so.
console-show = Show the request

## What is wrong with a field

console-wrong-missing = Zoom needs this.
console-wrong-not-whole = Give a whole number.
console-wrong-too-big = This has too many digits.
console-wrong-not-number = Give a number.
console-wrong-min = at least { $bound }
console-wrong-max = at most { $bound }
console-wrong-outside-value = Give a number: { $bounds }.
console-wrong-outside-length = Mind the length, in characters: { $bounds }.
console-wrong-outside-count = Mind the count of lines: { $bounds }.
console-wrong-not-a-choice = Zoom takes { $choices } only.
console-wrong-not-true-or-false = Give true or false.
console-wrong-not-a-date-time = Give a date and time, such as 2027-03-01T18:00:00Z.
console-wrong-not-a-date = Give a date, such as 2027-03-01.
console-wrong-not-a-email = Give an e-mail address.
console-wrong-not-a-uri = Give an address that begins with https://.
console-wrong-not-json-object = Give a JSON object, in braces.
console-wrong-not-json-array = Give a JSON array, in brackets.
console-wrong-twice = The body is given as JSON already. Clear one of the two.
console-wrong-repeated = This came more than once. Give it once.
console-wrong-unseen = Take out what cannot be seen, such as tabs and line breaks.
console-wrong-step = This is a step in a path. Give an id.
console-wrong-unknown = This operation has no such field.

## What came of it

console-answer = Answer
console-answer-label = The answer as JSON
console-done = done, status { $status }
console-took = { $time } ms
console-empty-answer = Zoom did it. The answer is empty, as its documents say.
console-hidden = Start addresses, access keys, tokens and passcodes are hidden.
console-cut = The answer is longer; its end is left out.
console-left-out =
    { $count ->
        [one] One user is left out: this site may not act for them.
       *[other] { $count } users are left out: this site may not act for them.
    }
console-copy-answer = Copy the answer
console-request = The request
console-request-label = The request for curl
console-request-hint = Set ZOOM_TOKEN to an access token of the app. Hidden values have to be filled in.
console-copy-curl = Copy as curl
console-code = Code
console-status = Status
console-zoom-says = Zoom says
console-what-now = What now
console-maybe-done = It may have been carried out.

console-refused-scope = scope missing
console-refused-credentials = no token
console-refused-not-found = not found
console-refused-invalid = not accepted
console-refused-forbidden = not allowed
console-refused-conflict = conflict
console-refused-refused = refused
console-refused-limit = limit reached
console-refused-not-carried-out = not carried out
console-refused-broken = Zoom failed
console-refused-unreachable = not reached
console-refused-lost = answer lost
console-refused-unreadable = not Zoom

console-means-scope = The Zoom app was not granted a scope that opens this operation.
console-means-credentials = Zoom gives no access token for the stored credentials, or does not take it.
console-means-not-found = Zoom has no such user, meeting, webinar or event, or has it no more.
console-means-invalid = Zoom does not accept a value.
console-means-forbidden = A plan, a licence, a role or a setting at Zoom forbids it.
console-means-conflict = It contradicts something that Zoom has already.
console-means-refused = Zoom says no.
console-means-limit = A limit of Zoom's is used up.
console-means-not-carried-out = Whoever answered knows the operation and does not carry it out. The sandbox says so of what it only checks.
console-means-broken = Zoom failed on its side.
console-means-unreachable = Nothing was sent: Zoom cannot be reached.
console-means-lost = The request was sent, and no whole answer came.
console-means-unreadable = What answered is not Zoom's.

console-next-scope = Add the scope { $scope } to the app in the Zoom Marketplace, then ask Zoom again in Zoom settings.
console-next-credentials = Look at the credentials in Zoom settings, and test them.
console-next-not-found = Check the id. Numbers of meetings end with them: a deleted one is gone.
console-next-invalid = Put the values right that Zoom names, and run it again.
console-next-forbidden = Ask whoever keeps the Zoom account for the licence, role or setting that Zoom names.
console-next-conflict = Look at what is there already, and change that or choose another value.
console-next-refused = Read what Zoom says, put it right and run it again.
console-next-limit = Wait until { $until }, then run it again.
console-next-not-carried-out = Nothing has happened. Try it at the real Zoom.
console-next-broken = Look at Zoom whether it was carried out before you run it again.
console-next-unreachable = Check this machine's connection, and run it again.
console-next-lost = Look at Zoom whether it was carried out before you run it again.
console-next-unreadable = Check the configured addresses of Zoom, and what stands between this machine and them.
