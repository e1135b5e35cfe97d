# What surrounds every page, and the pages that lead elsewhere.

open-graph-locale = en_GB
skip-to-content = Skip to the content
nav-label = Main
bar-label = Short
more-label = More
nav-home = Home
nav-local = Local
nav-notifications = Notifications
nav-search = Search
nav-bookmarks = Bookmarks
nav-favourites = Favourites
nav-follow-requests = Follow requests
nav-profile = Profile
nav-you = You
nav-settings = Settings
nav-write = Write
nav-about = About
nav-sign-in = Sign in
nav-sign-up = Join
nav-sign-out = Sign out
nav-unread = { $form ->
    [one] {$count} unread
   *[other] {$count} unread
}
nav-unread-more = more than {$count} unread
aside-label = About this site
aside-site = On this colony
aside-members = { $form ->
    [one] {$count} member.
   *[other] {$count} members.
}
aside-popular = Popular today
tag-posts = { $form ->
    [one] {$count} post
   *[other] {$count} posts
}
go-home = Go to Home
go-search = Search
go-post = See the post
pager-label = Older and newer
pager-newer = Newer
pager-older = Older

# The landing page and the timelines.
landing-title = A calm place for what happens here
landing-claim = You choose whom to follow and read what they write, newest first. No adverts, no ranking. Works with any Mastodon app.
landing-timeline = Being said now
landing-empty = Nothing has been said yet. The first post will be here.
home-new-one = 1 new post
home-new-many = # new posts
home-empty-title = Nothing here yet
home-empty = Posts by people you follow will be here, newest first. See who is around and follow somebody.
home-empty-next = See who is here
local-lead = Public posts by everyone on {$site}, newest first.
local-empty-title = It is quiet here
local-empty = Public posts by people of this site will be here.
tag-description = Posts with #{$tag} on {$site}.
tag-empty = Nobody has written with #{$tag} yet, or not for everyone to see.
tag-empty-next = Search for something else

# Search.
search-title = Search: {$query}
search-label = People, tags, or the address of a post
search-button = Search
search-hint = Type the beginning of a name or a tag. Paste an address to find that post.
search-vain-title = Nothing found for “{$query}”
search-vain = Check the spelling, or try only the first letters. People of other sites are found by their whole address: @name@site.
search-accounts = People
search-tags = Tags
search-posts = Posts

# Times.
time-now = now
time-minutes = {$minutes} min
time-hours = {$hours} h
days = { $form ->
    [one] {$count} day
   *[other] {$count} days
}

# The list of keys.
keys-title = Keyboard shortcuts
keys-next = Next and previous post
keys-open = Open the post
keys-reply = Reply
keys-boost = Boost
keys-favourite = Favourite
keys-bookmark = Bookmark
keys-warning = Show or hide what is behind a warning
keys-write = Write
keys-search = Search
keys-home = Home
keys-notifications = Notifications
keys-top = Load new posts and go to the top
keys-help = This list
keys-close = Close

# What scripts say.
script-failed = That did not work. Nothing was changed; try once more.
script-offline = We could not reach the site. Nothing was changed.
script-copied = Link copied
script-draft = We kept your draft.
script-passkey-failed = The passkey was not accepted. Try again, or use a code.

# About.
about-title = About {$site}
about-members = { $form ->
    [one] {$count} member
   *[other] {$count} members
}
rules-title = What we ask of everyone
about-contact = Who runs this
about-promise-title = How it works
about-promise = Home shows what the people you follow wrote, in the order they wrote it. Nothing is ranked and nothing is sold. If you leave, your account waits 30 days in case you change your mind; then it is deleted.
about-software = Software
about-version = Kittiwake {$version}, free software under the AGPL.
about-source = Source

# Said once, about what was just done.
flash-saved = Saved.
flash-password = Your password is changed. All other browsers and apps are signed out.
flash-deleted = Your post is deleted.
flash-letter = We sent a letter to the new address. It holds once you open the link in it.
flash-restored = Welcome back. Everything is as you left it.
