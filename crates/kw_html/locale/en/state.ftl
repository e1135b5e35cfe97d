# The pages in the place of something that cannot be shown, and what did not work.

missing-title = There is nothing here
missing-what = This page does not exist, was deleted, or is not for you to see. We cannot say which.
missing-next = Check the address, or look for it by name.
deactivated-title = This account has been deactivated
deactivated-what = Its owner left. Nobody else hid it.
deactivated-next = If they change their mind, it comes back as it was.
deactivated-sign-in = It is mine: sign in
unavailable-title = This account is temporarily unavailable
unavailable-since = since {$time}
unavailable-what = Our staff have hidden it for now.
unavailable-kept = It has not been deleted: its posts and its followers are kept, and all of it comes back at once if it is restored.
unavailable-kept-followers = { $form ->
    [one] It has not been deleted: its posts and its {$count} follower are kept, and all of it comes back at once if it is restored.
   *[other] It has not been deleted: its posts and its {$count} followers are kept, and all of it comes back at once if it is restored.
}
record-title = What is on record
record-entry = Entry {$entry} of the public ledger
record-people = decided by {$people}
people-of-teams = { $people-form ->
    [one] one person
   *[other] { $people } people
}{ $teams-form ->
    [one] {""}
   *[other] {" "}of { $teams } teams
}
record-ground = ground: {$ground}
record-until = ends by itself on {$time}

failure-nothing-lost = Nothing was changed.
failure-text-kept = Nothing was changed, and your text is kept below.
failure-kept = Your text
failure-reference = If you ask for help, quote {$reference}.
failure-next-back = Go back, check it and try again.
failure-unreadable-title = We could not read that
failure-unreadable-what = What your browser sent was incomplete or mixed up.
failure-form-title = This form was too old
failure-form-what = To protect you, a form works only for a while, and only when it comes from this site.
failure-form-next = Go back, reload the page and send it again.
failure-not-allowed-title = You cannot do that here
failure-not-allowed-what = Your account may not do this.
failure-not-allowed-next = If you think it should, write to the people who run this site.
failure-method-title = This address does not take that
failure-method-what = The page is there, but it cannot be used in this way.
failure-too-large-title = That was too large
failure-too-large-what = We accept less than this in one go.
failure-too-large-next = Send something smaller.
failure-refused-title = We could not accept that
failure-too-often-title = A little too fast
failure-too-often-what = { $form ->
    [one] We limit how often this can be done. It works again in {$count} second.
   *[other] We limit how often this can be done. It works again in {$count} seconds.
}
failure-too-often-next = Wait, then try again.
failure-ours-title = That was our mistake
failure-ours-what = Something went wrong on our side. We have written it down and will look.
failure-ours-next = Try again in a minute. If it stays, tell us.
failure-busy-title = One moment
failure-busy-what = We cannot answer right now without risking to tell you something wrong.
failure-busy-next = Reload the page in a few seconds.
failure-app-title = This app asked in a way we cannot answer
failure-app-next = Nothing was given to it. Go back to the app and try again.
