# Profiles, people, notifications.

profile-followers = { $form ->
    [one] {$count} abonné
    [many] {$count} d’abonnés
   *[other] {$count} abonnés
}
profile-following = { $form ->
    [one] {$count} abonnement
    [many] {$count} d’abonnements
   *[other] {$count} abonnements
}
profile-posts = { $form ->
    [one] {$count} message
    [many] {$count} de messages
   *[other] {$count} messages
}
profile-tabs = Profil
profile-tab-posts = Messages
profile-tab-replies = Réponses
profile-tab-about = À propos
profile-tab-followers = Abonnés
profile-tab-following = Abonnements
profile-edit = Modifier le profil
profile-copy-link = Copier le lien du profil
profile-remove-follower = Retirer de vos abonnés
profile-joined = Membre depuis
profile-address = Adresse
profile-empty = {$name} n’a encore rien écrit ici.
profile-empty-mine = Vos messages seront ici. Dites quelque chose.
profile-verified = Ce lien a été vérifié le {$date}
badge-bot = Automatique
badge-locked = Abonnés approuvés
protection-sentence = Pour cacher ce compte, il faut { $people-form ->
    [one] une personne
   *[other] { $people } personnes
}{ $teams-form ->
    [one] {""}
   *[other] {" "}de { $teams } équipes
} ; pour le rétablir, { $restore-form ->
    [one] une seule
   *[other] { $restore }
}.
protection-rules = Règles
protection-actions = { $form ->
    [one] {$count} action consignée
    [many] {$count} d’actions consignées
   *[other] {$count} actions consignées
}

number-two = deux
number-three = trois
number-four = quatre
number-five = cinq

# Ties.
relation-follow = Suivre
relation-following = Abonné
relation-requested = Demandé
relation-unfollow = appuyez pour ne plus suivre @{$handle}
relation-withdraw = appuyez pour retirer votre demande à @{$handle}
relation-unblock = Débloquer
relation-follows-you = Vous suit
relation-muted = Masqué
relation-muted-until = Masqué jusqu’au {$time}
relation-blocked = Vous bloquez ce compte
relation-asks = @{$handle} demande à vous suivre.
account-more = Plus sur @{$handle}
account-mute = Masquer @{$handle}
account-unmute = Ne plus masquer @{$handle}
account-block = Bloquer @{$handle}
account-unblock = Débloquer @{$handle}
mute-duration = Masquer pendant
mute-always = aussi longtemps que vous voulez
mute-hour = une heure
mute-day = un jour
mute-week = une semaine
note-title = Votre note
note-label = Votre note sur @{$handle}
note-placeholder = Vous seul voyez ceci.
note-save = Enregistrer la note
request-accept = Accepter
request-decline = Refuser
followers-empty = Personne ne suit encore {$name}.
following-empty = {$name} ne suit encore personne.
people-kept = {$name} garde cette liste pour soi.
requests-empty = Personne n’attend. Si vous approuvez vos abonnés, leurs demandes arrivent ici.
requests-empty-next = Qui peut vous suivre
bookmarks-empty = Les messages que vous marquez d’un signet seront ici. Vous seul les voyez.
favourites-empty = Les messages que vous aimez seront ici. Leurs auteurs le savent.

# Notifications.
notifications-clear = Tout effacer
notifications-requests = { $form ->
    [one] {$count} personne demande à vous suivre
    [many] {$count} de personnes demandent à vous suivre
   *[other] {$count} personnes demandent à vous suivre
}
notifications-empty = Quand on vous répond, vous suit ou aime ce que vous écrivez, vous le verrez ici.
notification-unread = Non lue
notification-see-request = Voir la demande
notification-and-others = { $form ->
    [one] {$name} et {$count} autre
    [many] {$name} et {$count} d’autres
   *[other] {$name} et {$count} autres
}
notification-mention = {$who} vous a mentionné
notification-boost = Partage de votre message : {$who}
notification-favourite = Votre message a plu : {$who}
notification-follow = Vous suit désormais : {$who}
notification-follow-request = Demande à vous suivre : {$who}
notification-post = Nouveau message : {$who}
notification-edit = Message partagé, puis modifié : {$who}
notification-sign-up = Nouveau membre : {$who}
