# What surrounds the pages of staff.

staff = Staff
staff-rooms = Staff area
staff-notes = Please note
staff-menu = Menu
staff-waiting = { $form ->
    [one] {$count} action waits
   *[other] {$count} actions wait
}
staff-signed-in = Signed in as {$who}
staff-left = { $form ->
    [one] {$count} min left
   *[other] {$count} min left
}
room-queue = Queue
room-accounts = Accounts
room-roster = Roster
room-policy = Policy
room-ledger = Ledger
unwitnessed = Unwitnessed.
unwitnessed-staff = Nobody outside watches this ledger. Only those who kept a checkpoint could tell if it were ever rewritten.

# Coming in.
staff-sign-in = Staff sign-in
staff-sign-in-lead = There are no passwords here. Your passkey tells us who you are.
staff-sign-in-do = Sign in with your passkey
staff-sign-in-note = Sessions are short. You sign each decision again, by itself.
sign-needs-script = Signing needs JavaScript and a browser with passkeys. Turn JavaScript on for this page, or use another browser.
sign-failed = Your passkey did not sign. Nothing was sent. Try again, with the key you signed in with.
complaint-powers-ended = Your time on staff has ended, so this key no longer opens anything. If that is a mistake, ask a colleague to look at the roster.
complaint-policy-unreadable = This is not a policy we can read. Nothing was changed; correct it and try again.
enrol-title = Make your passkey
enrol-lead = You sign what you decide with this key. It stays yours; nobody here can see or copy it.
enrol-name = What do you call it?
enrol-example = Security key on my ring
enrol-kinds = A security key, or a passkey that cannot leave its device, counts for everything. A passkey that your phone shares with your other devices does not count where a lead must sign.
enrol-do = Make the passkey
enrol-failed = No passkey was made. Nothing was sent. Try again, or with another device.
enrol-founder-title = Your passkey is made
enrol-founder = It counts as soon as the staff is founded. You can close this page; whoever sent you the link tells you when.
enrol-waits-title = Your passkey waits
enrol-waits = Tell your colleagues. They find it on the roster and sign for it. A day later one of them puts it in force, and you can sign in with it.
enrol-mark = So that nobody signs for another key, tell them this by telephone or face to face:
enrol-over-title = This link no longer works
enrol-over = It was used, or it is too old. Ask whoever sent it for another one.

# Founding.
unfounded-title = Nobody has founded the staff yet
unfounded-lead = So nobody here has powers over anybody’s account.
unfounded-over = It was used, or it is too old, or somebody began again.
unfounded-how = Whoever runs this server gets a link to the founding from its terminal: it is printed at the first start, and by this command while the server is stopped.
unfounded-once = It works once. After it, people join and leave only by actions that colleagues sign.
found-title = Found the staff
found-lead = After this, no one person decides alone about accounts that many people read. First say who you are.
found-step-people = Name everybody who starts with you.
found-step-keys = Each opens their link and makes a passkey.
found-step-print = Found it, and print the twelve words.
found-people = Who founds
found-empty = Nobody yet. Begin with yourself.
found-waits = waits for a key
found-enrolled = has a key
found-link = Link for {$name}, works once
found-remove = Remove
found-nobody = With one person alone it is a solo server: notable accounts can be hidden only after 72 public hours, protected ones never. With three or more it is a team.
found-solo = One person: a solo server. Notable accounts can be hidden only after 72 public hours, protected ones never, and every page says so. You can grow into a team; there is no way back.
found-pair = Two people: what needs three cannot be done. A third person, of another team, makes it complete.
found-team = Three or more: a team. Take at least two teams, so that decisions about protected accounts can be made.
found-add = Add somebody
found-add-do = Add, and make a link
found-do-title = When everybody has a key
found-do-what = This writes entry 0 of the ledger: who you are, your keys, the policy. It cannot be written again.
found-do = { $form ->
    [one] Found the staff with {$count} person
   *[other] Found the staff with {$count} people
}
found-not-ready = First everybody needs a passkey.
founded-title = The staff is founded
founded-lead = These twelve words are the fingerprint of your ledger. Whoever knows them can tell it from any other.
founded-print = Print this page, and keep it where paper is safe.
founded-guards = Give the words to people outside who should be able to tell, by telephone or on paper.
founded-compare = Whenever somebody asks which ledger is yours, compare the words. The public page shows them too.
founded-ledger = See the public page

# People.
person-name = Name
person-name-hint = Colleagues see the name. The ledger knows everybody by a name that is not theirs, such as “Razorbill 1”.
person-directory-hint = By the number or address we know somebody again who comes back; the ledger has only a fingerprint of it.
person-in-ledger = in the ledger: {$name}
person-directory = Number or address in your directory
person-directory-example = ingrid.ruud@bay.example
person-roles = Roles
person-team = Team
person-team-hint = Small letters, digits and hyphens. People with the same boss are one team.
person-starts = First day
person-ends = Last day, if known
person-from = since {$date}
person-until = until {$date}
person-no-end = no end known
person-you = you
person-active = Active
person-first-day = First day
person-not-yet = Not yet
person-no-key = No key yet
person-leaving = Leaving: hiding powers have ended
person-ended = Left
person-change = Change
person-invite = Link for a new key of {$name}
person-end = End the powers of {$name}
key-bound = cannot leave its device
key-synced = shared between devices
key-since = since {$date}
key-ended = ended {$date}
key-end = End this key
key-waits = waits
key-made = made {$date}
key-enrol = Enrol this key
roster-lead = Nobody is ever taken off this list; people end. Every change is an action that colleagues sign.
house-why = Why? Your colleagues read it before they sign.
roster-add = Add a person
roster-add-hint = You see what would be signed before anything happens. Adding somebody waits 24 hours.
roster-change-hint = More powers wait 24 hours; fewer powers are instant once two people have signed.
roster-preview = See what would be signed
refused-roster = Back to the roster
roster-invited = A link for {$name}
roster-invited-label = It works once, within two days, and is shown only now
roster-invited-hint = Send it to {$name} alone. The passkey made with it has no power until colleagues sign for it; compare its mark with the one that {$name} was shown before you do.

# The queue.
queue-empty = Nothing waits for anybody. Proposals that need a signature will be here.
queue-empty-next = Look at an account
queue-by = proposed by {$who}
queue-missing = Missing:
turn-yours = You can sign
turn-signed = You have signed
turn-others = Others can
turn-clock = Waits for its moment

# Accounts, and proposing.
staff-search-label = Handle, name, or number of an account
staff-search-hint = Hidden accounts are found too. You see reach, labels, tier and history before you propose anything.
staff-search-vain = Check the spelling, or type only the first letters.
staff-search-title = Accounts: {$query}
card-since = here since {$date}
card-acted-on = { $form ->
    [one] acted on once before
   *[other] acted on {$count} times before
}
card-never-acted-on = never acted on
remark-emergency = People look here in an emergency: whoever hides it hides its warnings.
remark-elected = Somebody elected speaks here.
remark-official = It speaks for an institution.
remark-press = News is published here.
step-up-instead = Step-up instead
step-up-instead-why = stops a hijacker and hides nothing.
account-number = account {$id}
account-see = See the profile
account-see-record = See what is on record
account-history = What staff did
account-history-empty = Nothing, so far.
attempts-title = Refused lately
attempts-lead = Somebody whose powers had ended wanted this. Nothing happened, and nobody signed. It is on record all the same.
attempts-mark = Refused
propose-title = Propose something
propose-what = What should happen?
propose-not = Not possible now:
propose-length = For how long, where it lasts
propose-label = Which label, where it is one
propose-handle = New handle, where it is renamed
propose-no-label = none
propose-why = Why?
propose-why-hint = The owner reads this, word for word. Do not name who reported it.
propose-choose = Choose
propose-how = How do we know?
propose-urgent = It is urgent: danger to life, child safety, or a hijack under way
propose-undo = Bringing it back should take two people
propose-undo-hint = Only for: {$grounds}. Otherwise anybody can bring it back alone.
propose-preview = See what you would sign about @{$handle}
propose-preview-hint = Nothing happens yet. The next page shows the exact words.
offer-alone = You can do this alone.
offer-also = You, and: {$needs}.
claim-title = What is claimed
claim-why-title = Why
claim-ground = Ground
claim-reference = Which section or paragraph
claim-reference-example = Rules, section 4.2
claim-explanation = Why what happened is against it
claim-explanation-short = Why
claim-facts = What happened
claim-facts-short = Facts
claim-facts-hint = Only what you have seen. When, which posts, what they say.
claim-source = Who told us
claim-source-short = How we know
claim-machine = A machine found it; a person has looked
claim-by-machine = a machine found it, people decided

# One action.
action-number = Action {$id}
action-proposed = proposed {$time} by {$who}
action-entry = See entry {$entry}.
action-aside = Before you decide
changes-done-title = What changed: {$name}
changes-title = What would change: {$name}
change-nothing = nothing
missing-title-staff = What is missing
missing-nobody = Nobody: your signature alone is enough.
signed-title = Who signed
sign-title = What you would sign
sign-title-preview = What you would sign
sign-summary = In short
sign-exact = The exact words
sign-propose-act = Propose: {$act}
sign-approve-act = Approve: {$act}
sign-back = Change something
summary-action = action {$id}…
matter-person = person {$id}
matter-key = passkey {$id}
matter-policy = policy {$id}
matter-house = the house
summary-until = until {$time}
summary-undo = undo needs {$people}
summary-policy = policy {$hash}
summary-ledger = ledger {$size} entries, root {$root}
readers-title = Who would notice
readers-hour = { $form ->
    [one] {$count} reader in the last hour
   *[other] {$count} readers in the last hour
}
rule-title = Rule applied
rule-policy = Policy {$hash}, in force since {$date}.
before-title = Before you sign
before-owner = The owner is told the same moment.
before-undo-one = Anyone of you can bring it back alone.
before-undo-two = Bringing it back takes two of you.
before-waits = It takes effect {$length} after everybody needed has signed. Until then one person can cancel it.
before-ends = It ends by itself after {$length}.
before-endless = It does not end by itself.
before-record = It goes on record for good.
refused-title = This cannot be proposed
refused-nothing = Nothing happened, and nobody’s signature was used.
refused-recorded = The attempt is on record: {$entry}.
refused-instead = What you can do instead
instead-step-up = Use step-up
instead-report = Report it
instead-report-what = As any member can, from the menu of the post or the profile.
instead-colleague = Ask a colleague to look
instead-colleague-what = The roster shows who has the powers today.
instead-open = There is one already
instead-open-what = The same was proposed before. Approve that one instead of beginning another.
instead-open-do = Open it

# The policy, and the ledger as staff read it.
policy-lead = Who must agree to what. The proposer counts as one.
policy-hash = Policy
policy-since = In force since
policy-floor = Floor
policy-floor-what = version {$version}, built into the program: no policy can ask for less
policy-propose = Propose another policy
policy-propose-hint = In Cedar’s language. It takes effect 24 hours after everybody needed has signed. The next page checks it and shows what would be signed.
policy-file = As a file
policy-text = Or paste it here
policy-preview = See what would change
policy-whole = The whole text
ledger-public = The public page
entry-opened = What you may see of it
entry-erased = Its words were erased. The entry and its signatures stay.
staff-sessions = Your sessions
staff-sessions-lead = Sign out those you do not know, and tell security.
staff-session-when = since {$began} · ends by itself {$until}
