# Signing in, joining, settings, apps.

password = Password
password-hint = At least 8 characters. A few words in a row are easier to remember than signs.
email = E-mail
email-optional = E-mail (optional)
email-hint = Nobody sees it. It is the only way back in when you forget your password.
sign-in-title = Sign in
sign-in-app = Then {$app} can ask you to let it in.
sign-in-login = Name or e-mail
sign-in-do = Sign in
sign-in-new = New here?
sign-in-forgotten = Forgotten your password?
confirm-title = Confirm your e-mail address
confirm-what = One more step: this address is yours, and we may write to it.
confirm-do = Confirm this address
confirm-done = Your address is confirmed. You can sign in.
forgotten-title = A new password
forgotten-what = We send a letter to the address of your account. Its link lets you choose a new password.
forgotten-do = Send the letter
forgotten-sent = If there is such an account and its address is confirmed, a letter is on its way.
forgotten-look = Look for it in a few minutes, also among what your mail takes for advertising. The link works once, for two days.
forgotten-no-letters = This site sends no letters. Write to those who run it; nothing of your account is lost.
reset-title = Choose a new password
reset-what = You are signed out everywhere, and sign in again with the new one.
reset-do = Keep this password
pending-letter = We sent you a letter. Open its link to confirm your address. Your name is kept for you until then.
second-title = One more step
second-lead = Enter the code that your app shows.
second-lead-passkey = Use your passkey to finish signing in.
second-code = Six-digit code
second-recovery = Recovery code
second-lost = No phone at hand? Enter one of your recovery codes instead.
second-passkey = Use a passkey
second-passkey-script = Passkeys need JavaScript. Turn it on for this page, or enter a code.
sign-up-title = Join
sign-up-lead = Make an account on {$site}. It takes a minute.
sign-up-approval = Somebody looks at each request, so it may take a day.
sign-up-invitation = You need an invitation from somebody who is here.
sign-up-invitation-label = Invitation
sign-up-closed = This site takes no new accounts at the moment. You can still read what is public.
sign-up-handle = Your name here
sign-up-handle-hint = Letters, digits and underscores. People will find you as @name@{$domain}. You cannot change it later.
sign-up-reason = Why would you like to join?
sign-up-rules = I agree to this
sign-up-do = Make my account
sign-up-ask = Ask to join
sign-up-known = Already here?
pending-title = We have your request
pending-what = Somebody will look at it. Your name is kept for you until then.
pending-next = You can sign in as soon as it is approved. There is nothing else to do.

# Settings.
settings-label = Settings
settings-profile = Profile
settings-account = Account
settings-security = Security
settings-sessions = Sessions
settings-apps = Apps
settings-invitations = Invitations
settings-standing = Decisions
settings-deactivate = Leave
profile-form-name = Name
profile-form-bio = About you
profile-form-bio-hint = { $form ->
    [one] Up to {$count} character.
   *[other] Up to {$count} characters.
}
profile-form-pictures = Pictures
profile-form-avatar = Your picture
profile-form-header = Wide picture on top
profile-form-remove-avatar = Remove my picture
profile-form-remove-header = Remove the wide picture
profile-form-fields = Lines of your profile
profile-form-fields-hint = A link to a page of yours is marked as checked when that page links back to your profile with rel="me".
profile-form-field-name = Line {$number}
profile-form-field-value = Content of line {$number}
profile-form-choices = Choices
profile-form-locked = I approve each follower
profile-form-discoverable = Others may find me: in suggestions and search engines
profile-form-bot = This account mostly posts by itself
profile-form-save = Save profile
account-form-email-password = Your password, if you change the address
account-form-language = Language of the site
account-form-zone = Time zone
account-form-post-language = Language you write in
account-form-visibility = Who sees new posts
account-form-save = Save
password-form-title = Change your password
password-form-current = Present password
password-form-new = New password
password-form-again = New password once more
password-form-hint = You stay signed in here. Every other browser is signed out.
password-form-save = Change password
security-lead = A second step protects your account even when somebody knows your password.
security-passkeys = Passkeys
security-passkeys-what = Your device asks for your finger, your face or its code. It cannot be tricked by a page that only looks like this one.
security-added = added {$time}
security-used = last used {$time}
security-remove = Remove
security-passkey-name = Name of the new passkey
security-passkey-example = My phone
security-passkey-add = Add a passkey
security-passkey-script = Adding a passkey needs JavaScript. Turn it on for this page.
security-totp = Codes of an app
security-totp-on = On since {$time}. You are asked for a code whenever you sign in.
security-totp-off = An app on your phone shows a new code every 30 seconds. It works without a network.
security-totp-enable = Set up codes
security-totp-disable = Turn codes off
security-confirm-password = Your password, to confirm
security-recovery = Recovery codes
security-recovery-left = { $form ->
    [one] {$count} code is left. Each works once, when your phone is lost.
   *[other] {$count} codes are left. Each works once, when your phone is lost.
}
security-recovery-new = Make new codes
totp-title = Set up codes
totp-scan = Scan this picture with your app for codes.
totp-picture = Code to scan. The same secret stands below as text.
totp-secret = Or type this:
totp-code = Then enter the six digits that it shows
totp-do = Turn codes on
totp-cancel = Not now
recovery-title = Your recovery codes
recovery-what = Keep these somewhere safe, on paper for instance. Each lets you in once when your phone or passkey is lost.
recovery-once = We show them only now. Older codes no longer work.
recovery-done = I have kept them
sessions-lead = Browsers that are signed in to your account. Sign out those you do not know, then change your password.
sessions-unknown = Unknown browser
sessions-current = this one
sessions-when = since {$created} · last seen {$seen}
sessions-revoke = Sign it out
apps-lead = Apps that you let in. They can do what is listed until you remove them.
apps-since = since {$time}
apps-revoke = Remove
apps-empty = No app has access. When you sign in with one, it will be here.
invitations-lead = Invite somebody. Whoever has the address can join.
invitations-uses = How many people
invitations-days = For how long
invitations-do = Make an invitation
invitations-list = Your invitations
invitations-address = Address of the invitation
invitations-used = { $form ->
    [one] {$count} person joined
   *[other] {$count} people joined
}
invitations-used-of = {$uses} of {$most} joined
invitations-until = until {$time}
invitations-empty = You have not invited anybody yet.
deactivate-lead = You can leave at any time. This is what happens:
deactivate-first = At once, your profile and your posts are hidden from everyone. You are signed out everywhere.
deactivate-second = { $form ->
    [one] For {$count} day you can change your mind: sign in, and everything is as it was.
   *[other] For {$count} days you can change your mind: sign in, and everything is as it was.
}
deactivate-third = After that, all of it is deleted for good. Nobody else can have your name.
deactivate-handle = Type {$handle} to confirm
deactivate-stay = Stay
deactivate-do = Deactivate @{$handle}
reactivate-title = Welcome back
reactivate-what = You deactivated this account on {$since}. Nothing is deleted before {$until}.
reactivate-next = Bring it back, and your profile, posts and followers are there again at once. Or sign out, and it goes its way.
reactivate-do = Bring my account back

# Apps.
authorize-title = Let {$app} in?
authorize-as = You are @{$handle}
authorize-lead = It will be able to:
authorize-website = The app says its page is {$website}.
authorize-destination = Your browser goes on to {$destination}.
authorize-code = You get a code to copy into the app.
authorize-undo = You can remove it later, in your settings.
authorize-allow = Let it in
authorize-deny = No
ability-profile = see who you are
ability-read = read everything you can read
ability-write = post and change things in your name
ability-follow = change whom you follow, block and mute
ability-push = send you notifications
ability-admin = use the staff powers you have
code-title = Your code
code-lead = Copy this into {$app}.
code-label = Code
code-careful = Give it to nobody else. It works once, for a few minutes.

# What a form could not accept.
complaint-empty = This cannot be empty.
complaint-too-long = { $form ->
    [one] This is longer than {$count} character.
   *[other] This is longer than {$count} characters.
}
complaint-too-short = { $form ->
    [one] This needs at least {$count} character.
   *[other] This needs at least {$count} characters.
}
complaint-handle-taken = Somebody has this name already. Try another.
complaint-handle-invalid = Use letters without accents, digits and underscores.
complaint-handle-reserved = This name is kept free. Try another.
complaint-email-invalid = This is not an e-mail address we can write to.
complaint-email-taken = An account has this address already.
complaint-password-common = Too many people use this password. Choose another.
complaint-passwords-differ = The two passwords are not the same.
complaint-sign-in-wrong = Name and password do not match. Check both and try again.
complaint-password-wrong = This is not your password.
complaint-code-wrong = This code is not right, or no longer. Enter the one shown now.
complaint-passkey-failed = The passkey was not accepted. Try again.
complaint-link-over = This link has run out or was used already. Ask for a new letter.
complaint-too-often = { $form ->
    [one] That was too often. Try again in {$count} second.
   *[other] That was too often. Try again in {$count} seconds.
}
complaint-invitation-invalid = This invitation is unknown, used up or too old. Ask for a new one.
complaint-rules-unread = Please agree to this first.
complaint-awaiting-approval = Your request to join is still waiting. You can sign in once it is approved.
complaint-awaiting-confirmation = First confirm your e-mail address: open the link in our letter.
complaint-sign-in-closed = This account cannot be signed in to at the moment.
complaint-too-many-names = { $form ->
    [one] A post can name at most {$count} person.
   *[other] A post can name at most {$count} people.
}
complaint-too-many-tags = { $form ->
    [one] A post can have at most {$count} tag.
   *[other] A post can have at most {$count} tags.
}
complaint-pins-full = You have pinned as many posts as can be. Take one down first.
complaint-picture-unreadable = We cannot read this picture. JPEG, PNG, GIF and WebP work.
complaint-picture-too-large = This picture is too large. Make it smaller and try again.
complaint-confirmation-wrong = This is not the name of your account.
complaint-reply-target-gone = The post you answer is gone. Your text is kept here.
complaint-choice-invalid = Choose one of the list.
