# Profiles, people, notifications.

profile-followers = { $form ->
    [one] {$count} follower
   *[other] {$count} followers
}
profile-following = { $form ->
    [one] {$count} following
   *[other] {$count} following
}
profile-posts = { $form ->
    [one] {$count} post
   *[other] {$count} posts
}
profile-tabs = Profile
profile-tab-posts = Posts
profile-tab-replies = Replies
profile-tab-about = About
profile-tab-followers = Followers
profile-tab-following = Following
profile-edit = Edit profile
profile-copy-link = Copy link to profile
profile-remove-follower = Remove from your followers
profile-joined = Joined
profile-address = Address
profile-empty = {$name} has not written here yet.
profile-empty-mine = Your posts will be here. Say something.
profile-verified = This link was checked on {$date}
badge-bot = Automated
badge-locked = Approves followers
protection-sentence = Hiding this account takes { $people-form ->
    [one] one person
   *[other] { $people } people
}{ $teams-form ->
    [one] {""}
   *[other] {" "}of { $teams } teams
}; bringing it back takes { $restore-form ->
    [one] one
   *[other] { $restore }
}.
protection-rules = Rules
protection-actions = { $form ->
    [one] {$count} action on record
   *[other] {$count} actions on record
}

number-two = two
number-three = three
number-four = four
number-five = five

# Ties.
relation-follow = Follow
relation-following = Following
relation-requested = Requested
relation-unfollow = press to unfollow @{$handle}
relation-withdraw = press to withdraw your request to @{$handle}
relation-unblock = Unblock
relation-follows-you = Follows you
relation-muted = Muted
relation-muted-until = Muted until {$time}
relation-blocked = You block this account
relation-asks = @{$handle} asks to follow you.
account-more = More about @{$handle}
account-mute = Mute @{$handle}
account-unmute = Unmute @{$handle}
account-block = Block @{$handle}
account-unblock = Unblock @{$handle}
mute-duration = Mute for
mute-always = as long as you like
mute-hour = an hour
mute-day = a day
mute-week = a week
note-title = Your note
note-label = Your note about @{$handle}
note-placeholder = Only you see this.
note-save = Save note
request-accept = Accept
request-decline = Decline
followers-empty = Nobody follows {$name} yet.
following-empty = {$name} does not follow anybody yet.
people-kept = {$name} keeps this list private.
requests-empty = Nobody is waiting. If you approve followers yourself, their requests come here.
requests-empty-next = Who can follow you
bookmarks-empty = Posts you bookmark will be here. Only you see them.
favourites-empty = Posts you like will be here. Their authors are told.

# Notifications.
notifications-clear = Clear all
notifications-requests = { $form ->
    [one] {$count} person asks to follow you
   *[other] {$count} people ask to follow you
}
notifications-empty = When people reply, follow you or like what you write, you will see it here.
notification-unread = Unread
notification-see-request = See the request
notification-and-others = { $form ->
    [one] {$name} and {$count} other
   *[other] {$name} and {$count} others
}
notification-mention = {$who} mentioned you
notification-boost = {$who} boosted your post
notification-favourite = {$who} liked your post
notification-follow = {$who} followed you
notification-follow-request = {$who} asked to follow you
notification-post = {$who} wrote a post
notification-edit = {$who} edited a post you boosted
notification-sign-up = {$who} joined
