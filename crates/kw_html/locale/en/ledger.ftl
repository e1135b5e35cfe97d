# Who watches, and what it takes: on profiles and everywhere that speaks of proof.

nav-rules = Rules
nav-ledger = Ledger
watch-nobody = Nobody outside watches.
watch-guards = { $form ->
    [one] Watched by {$count} guard.
   *[other] Watched by {$count} guards.
}
protection-alone = One person of our staff can hide this account for up to {$hours} hours; longer takes {$people}. Bringing it back takes { $restore-form ->
    [one] one
   *[other] { $restore }
}.
protection-after = It can be hidden only {$hours} hours after somebody signed for it. Bringing it back takes one.
protection-out-of-reach = Nobody can hide this account now.
protection-nobody = Nobody on this server can hide an account.
unwitnessed-public = So far nobody outside has seen this ledger, so you can check that it fits together, not that it was never rewritten.
record-rules = How these decisions are made
record-check = Check this entry yourself
record-undone = taken back {$time}
account-record-heading = Actions on record
account-record-title = Actions on record: {$name}
account-record-empty = Staff never did anything to this account. If they do, it will be here for everybody to read.

# The ledger for readers.
ledger-title = The ledger
ledger-lead = Everything that our staff do to accounts is written here before it happens. Nothing in it can be changed later without anybody noticing. You need not believe us: you can check it.
ledger-size-name = Size
ledger-size = { $form ->
    [one] {$count} entry
   *[other] {$count} entries
}
ledger-root = Root
ledger-signed-name = Signed
ledger-signed = signed {$time}
ledger-watched = From outside
ledger-witnessed = Last seen {$time}.
ledger-newest = Newest entries
ledger-empty = Nothing yet that is for everybody to read.
ledger-check = Check this yourself
ledger-check-what = These two lines download everything, compute it again and say what does not fit. You need Go, and no account.
ledger-check-others = We did not write that program. Any other that reads C2SP tlog-tiles logs will do.
ledger-origin = Origin
ledger-key = Key
ledger-files = Files
ledger-founding = Entry 0
ledger-fingerprint = The twelve words
ledger-fingerprint-what = The fingerprint of entry 0. Whoever watches from outside has them on paper. If yours differ, it is another ledger.
ledger-none = No staff has been founded here, so nobody can hide an account, and there is no ledger yet.
ledger-entry-title = Entry {$entry}
entry-link = entry {$entry}
entry-title = {$kind}: {$rest}
entry-founded = The founding
entry-step = A step
entry-in-force = In force
entry-scheduled = Scheduled
entry-undone = Taken back
entry-lapsed = Ended by itself
entry-closed = Closed without effect
entry-refused = A proposal was refused
entry-tier-rose = Protection rose by itself
entry-owner = An owner did something grave
entry-started = The server started
entry-census = The daily count
entry-other = Something else
entry-power = What
entry-who = Whom
entry-people = By whom
entry-until = Ends by itself
entry-from = Takes effect
entry-waits = takes effect on {$time} unless it is cancelled
entry-because = Because of
entry-program = Program
entry-version = Version
entry-refused-why = Why
entry-hash = Hash
entry-step-what = A step tells nobody what it is about, not even whether it led to anything. If it did, another entry says so.
entry-sealed = More of it can be read from {$time}.
entry-check-what = { $form ->
    [one] The proof shows that this entry is in the ledger of {$count} entry.
   *[other] The proof shows that this entry is in the ledger of {$count} entries. It fits in one small file and needs no connection.
}
entry-proof = Download the proof

# The rules for readers.
rules-title-public = How these decisions are made
rules-lead = No one person here can make an account that many people read disappear. Several people must agree, each signs with a key of their own, and everybody can see that it was done. Bringing it back takes only one.
rules-lead-solo = One person runs this server. That person can hide an ordinary account at once, a notable one only 72 hours after signing for it, and a protected one never. Everything is on record, and everybody can see that it was done.
rules-second = How many must agree depends on how many people read the account. The same rules hold for the people who run this server.
rules-tiers = Three kinds of accounts
rules-ordinary = Everybody else. One person can act for a short time; colleagues look afterwards.
rules-notable = { $form ->
    [one] From {$count} follower, or with a label: official, elected, press, emergency.
   *[other] From {$count} followers, or with a label: official, elected, press, emergency.
}
rules-protected = { $form ->
    [one] From {$count} follower, or where several people decided so.
   *[other] From {$count} followers, or where several people decided so.
}
rules-table = How many must agree
rules-table-hint = The one who proposes counts. People whose time here ends soon do not count.
rules-how = What always holds
rules-how-sign = Each person signs exactly what will happen, with a passkey that nobody else has.
rules-how-undo = Undoing is easier than doing.
rules-how-end = Powers end before somebody leaves: fourteen days before the last day for hiding, all of them on that day.
rules-how-step-up = In an emergency one person can ask for the owner’s own passkey before each new post. That hides nothing.
rules-how-record = Everything goes on record before it happens.
matrix-caption = How many people must agree, by kind of account
matrix-power = What
matrix-clock = Clock
matrix-at-once = at once
matrix-never = nobody
matrix-people = { $form ->
    [one] {$count} person
   *[other] {$count} people
}
matrix-teams = of {$teams} teams
matrix-bound-key = with a key bound to a device
matrix-up-to = up to {$length}
matrix-valid = signed within {$length}
matrix-waits = takes effect {$length} later
matrix-waits-unless-urgent = takes effect {$length} later, unless urgent

# What an owner reads.
decision-take-down = We hid your account @{$handle}
decision-limit = We limited your account @{$handle}
decision-step-up = Each post of @{$handle} needs your passkey for 30 minutes
decision-restore = Your account @{$handle} is back
decision-rename = Your account is called @{$handle} now
decision-other = We changed something about your account @{$handle}
decision-undone = We took back what we did to @{$handle}
decision-waits = We decided something about your account @{$handle}. It has not taken effect yet
decision-waits-what = Nothing has changed so far. Until the moment below it can be cancelled, and you can object now.
decision-cancelled = What we had decided about @{$handle} did not take effect
decision-cancelled-what = It was cancelled before its moment. Nothing changed.
decision-decided = Decided
decision-undone-what = Since {$time} everything is as it was. What happened stays on record, so that you can hold us to it.
decision-kept = Nothing is deleted. Your posts, your followers and everything else are kept, and all of it comes back at once when this ends.
decision-step-up-what = Somebody may be writing in your place. Nothing is hidden: confirm each post with your passkey, and it goes out as always.
decision-reasons = Our reasons
decision-what = Decision
decision-since = Since
decision-until = Until
decision-endless = somebody undoes it
decision-machine = Machines
decision-machine-no = No machine found it, and none decided.
decision-machine-found = A machine found it. People decided.
decision-scope = Where
decision-everywhere = everywhere
decision-by = By whom
decision-object = If you think we are wrong
decision-object-what = Write to us: somebody who did not decide this will look at it. You can also turn to a certified out-of-court body, or to a court.
decision-object-do = Write to {$email}
decision-object-subject = Objection to entry {$entry}
composer-step-up-passkey = Until {$time} each new post needs your passkey: we think that somebody may be writing in your place. Nothing is hidden.
composer-step-up-code = Until {$time} each new post needs a code of your app: we think that somebody may be writing in your place. Nothing is hidden.
composer-step-up-letter = Until {$time} each new post needs the code we sent to your e-mail address: we think that somebody may be writing in your place. Nothing is hidden.
