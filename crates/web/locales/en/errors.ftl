# Everything that can go wrong, in words. A title and a text for each kind; then what is wrong with a value.
error-back-to-rooms = See all rooms
error-sign-in-in-new-tab = Sign in in another tab
error-back-to-admin = Back to the members’ pages
error-not-found-title = There is nothing here
error-not-found-text = The address may be old or mistyped, or the room is not announced any more.
error-wrong-method-title = This address does not work that way
error-wrong-method-text = It is there, but not for this kind of request. Go back and use the page’s own buttons.
error-wrong-host-title = The demo answers on this computer only
error-wrong-host-text = Open it by the address that the terminal printed.
error-cross-site-title = This form came from another site
error-cross-site-text = For your protection nothing was done. Open this site’s own page and send the form from there.
error-too-large-title = That is too much
error-too-large-text = What was sent is larger than this address takes. Go back: what you typed is still in your browser.
error-unknown-format-title = There is no such form of answer
error-unknown-format-text = Ask for json or xml.
error-not-a-form-title = That kind of content is not taken here
error-not-a-form-text = Send it in the form the documentation names.
error-unreadable-title = The request cannot be read
error-unreadable-text = Something in it is not as it should be. Go back and try again.
error-signed-out-title = You are signed out
error-signed-out-text = Your session ended before this arrived, and nothing was changed. What you typed is not lost: sign in in another tab, come back to this one, and reload this page; your browser asks whether to send the form again, and then it goes through.
error-no-token-title = A token is needed
error-no-token-text = Send an API token as “Authorization: Bearer …”. Members make tokens under Account.
error-timed-out-title = This took too long
error-timed-out-text = The site is busy or something it needs is slow. Try again in a moment.
error-internal-title = Something broke on our side
error-internal-text = It is in the log, with the number of this request. Try again; if it goes on, tell whoever runs this site.
error-invalid-title = Some values cannot be taken
error-forbidden-title = You may not do this
error-forbidden-text = Your role here does not include it. An owner of the site can change that.
error-not-your-host-title = This room is somebody else’s
error-not-your-host-text = Only a member linked to its Zoom host may start it. An owner can link you under Team.
error-not-confirmed-title = Please confirm
error-not-confirmed-text = This room is held by { $host }. Confirm that you start it for them.
error-wrong-password-title = That did not match
error-wrong-password-text = E-mail and password do not belong together. Check both; capital letters count.
error-spent-title = This link is used up
error-spent-text = It was used already, or its time is over. Ask for a new one.
error-closed-unpublished-title = This room is not open to visitors
error-closed-unpublished-text = It is a draft. Its host can publish it.
error-closed-early-title = The door is not open yet
error-closed-early-text = The room’s page counts down to the moment it opens, and opens by itself.
error-closed-ended-title = This room has ended
error-closed-ended-text = It is over, and nobody can come in any more.
error-closed-not-at-zoom-title = Not ready yet
error-closed-not-at-zoom-text = Zoom has not confirmed this room so far. The room’s page shows the way in as soon as there is one.
error-closed-disconnected-title = No call here at present
error-closed-disconnected-text = This room cannot be joined for now. Whoever invited you knows how it goes on.
error-no-browser-join-title = Not in the browser
error-conflict-title = Somebody was faster
error-conflict-text = It was changed while you had it open. Load it again; nothing of theirs was overwritten.
error-refused-title = That was refused
error-too-many-title = Too many tries
error-too-many-text = { $seconds ->
    [one] Wait a second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
}
error-unavailable-title = Not possible just now

problem-missing = This is needed.
problem-too-long = This is longer than { $max } characters.
problem-out-of-range = This has to be between { $min } and { $max }.
problem-unprintable = This has characters that cannot be shown.
problem-characters = This has characters that are not allowed here.
problem-not-email = This is not an e-mail address.
problem-not-time = This is not a date and time.
problem-not-number = This is not a whole number.
problem-not-a-choice = This is not one of the choices.
problem-unknown-zone = This is not a time zone, such as Europe/Madrid.
problem-in-gap = Clocks skip this time that day; the next one is { $next }.
problem-too-many-pixels = No side of a picture may have more than { $max } pixels. Make it smaller and choose it again.
problem-account-connected = This Zoom account is connected already, as { $name }. Change that connection, or take the Account ID of another account.
problem-rooms-elsewhere =
    { $rooms ->
        [one] One room has its meeting in the present account, and another account cannot take it over. Delete it or let it end, then change the account.
       *[other] { $rooms } rooms have their meetings in the present account, and another account cannot take them over. Delete them or let them end, then change the account.
    }
problem-slug-taken = Another room has this address.
problem-unknown-host = This is not an active user of the Zoom account.
problem-host-twice = This names the host, who may start the room anyway. Leave them out here.
problem-not-allow-entry = “{ $entry }” is neither an e-mail address nor a domain.
problem-not-alternative = { $who } cannot be an alternative host: Zoom takes active, licensed users of the account.
problem-too-many = These are more than { $max }.
problem-too-short = This is shorter than { $min } characters.
