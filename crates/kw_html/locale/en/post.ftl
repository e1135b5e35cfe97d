# Posts, and writing them.

post-pinned = Pinned
post-boosted-by = {$name} boosted
post-reply-to = Reply to @{$handle}
post-edited = edited
post-edited-at = edited {$time}
post-warning-show = Show
post-warning-hide = Hide
post-boosts = { $form ->
    [one] {$count} boost
   *[other] {$count} boosts
}
post-favourites = { $form ->
    [one] {$count} favourite
   *[other] {$count} favourites
}
post-replies-label = { $form ->
    [one] {$count} reply
   *[other] {$count} replies
}
post-boosts-label = { $form ->
    [one] {$count} boost
   *[other] {$count} boosts
}
post-favourites-label = { $form ->
    [one] {$count} favourite
   *[other] {$count} favourites
}
post-reply-label = { $form ->
    [one] Reply, {$count} reply
   *[other] Reply, {$count} replies
}
post-boost-label = { $form ->
    [one] Boost, {$count} boost
   *[other] Boost, {$count} boosts
}
post-favourite-label = { $form ->
    [one] Favourite, {$count} favourite
   *[other] Favourite, {$count} favourites
}
post-bookmark = Bookmark
post-more = More about this post
post-copy-link = Copy link
post-edit = Edit
post-delete = Delete
post-pin = Pin to your profile
post-unpin = Unpin from your profile
post-mute = Mute this conversation
post-unmute = Unmute this conversation
post-boosted-by-title = Boosted by
post-boosted-by-empty = Nobody has boosted this post yet.
post-favourited-by-title = Favourite of
post-favourited-by-empty = Nobody has made this post a favourite yet.
visibility-public = Public
visibility-unlisted = Quiet public
visibility-followers = Followers
visibility-direct = People mentioned

# Threads, versions.
thread-title = {$name}: “{$text}”
thread-heading = Post by {$name}
thread-replies = Replies
versions-title = How this post changed
versions-lead = All versions by {$name}, newest first.
versions-now = now
versions-first = first

# Writing.
compose-title = Write a post
compose-title-reply = Reply to @{$handle}
composer-text = Your post
composer-placeholder = What is happening?
composer-placeholder-reply = Your reply
composer-warning = Content warning
composer-warning-label = What people should know before they read
composer-visibility = Who can see it
composer-language = Language
composer-limit = { $form ->
    [one] up to {$count} character
   *[other] up to {$count} characters
}
composer-post = Post
composer-reply = Reply
composer-save = Save
edit-title = Edit your post
edit-lead = Everyone can see that a post was edited, and what it said before.
edit-cancel = Leave it as it is
delete-title = Delete this post?
delete-what = It goes away for everyone, with its boosts and favourites. Replies stay. You cannot undo this.
delete-keep = Keep it
delete-do = Delete the post
