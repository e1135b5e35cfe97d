# Posts, and writing them.

post-pinned = Épinglé
post-boosted-by = Partagé par {$name}
post-reply-to = En réponse à @{$handle}
post-edited = modifié
post-edited-at = modifié le {$time}
post-warning-show = Montrer
post-warning-hide = Cacher
post-boosts = { $form ->
    [one] {$count} partage
    [many] {$count} de partages
   *[other] {$count} partages
}
post-favourites = { $form ->
    [one] {$count} favori
    [many] {$count} de favoris
   *[other] {$count} favoris
}
post-replies-label = { $form ->
    [one] {$count} réponse
    [many] {$count} de réponses
   *[other] {$count} réponses
}
post-boosts-label = { $form ->
    [one] {$count} partage
    [many] {$count} de partages
   *[other] {$count} partages
}
post-favourites-label = { $form ->
    [one] {$count} favori
    [many] {$count} de favoris
   *[other] {$count} favoris
}
post-reply-label = { $form ->
    [one] Répondre, {$count} réponse
    [many] Répondre, {$count} de réponses
   *[other] Répondre, {$count} réponses
}
post-boost-label = { $form ->
    [one] Partager, {$count} partage
    [many] Partager, {$count} de partages
   *[other] Partager, {$count} partages
}
post-favourite-label = { $form ->
    [one] Favori, {$count} favori
    [many] Favori, {$count} de favoris
   *[other] Favori, {$count} favoris
}
post-bookmark = Signet
post-more = Plus sur ce message
post-copy-link = Copier le lien
post-edit = Modifier
post-delete = Supprimer
post-pin = Épingler à votre profil
post-unpin = Retirer de votre profil
post-mute = Masquer cette conversation
post-unmute = Ne plus masquer cette conversation
post-boosted-by-title = Partagé par
post-boosted-by-empty = Personne n’a encore partagé ce message.
post-favourited-by-title = Favori de
post-favourited-by-empty = Personne n’a encore mis ce message en favori.
visibility-public = Public
visibility-unlisted = Public discret
visibility-followers = Abonnés
visibility-direct = Personnes mentionnées

# Threads, versions.
thread-title = {$name} : « {$text} »
thread-heading = Message de {$name}
thread-replies = Réponses
versions-title = Comment ce message a changé
versions-lead = Toutes les versions de {$name}, la plus récente d’abord.
versions-now = actuelle
versions-first = première

# Writing.
compose-title = Écrire un message
compose-title-reply = Répondre à @{$handle}
composer-text = Votre message
composer-placeholder = Que se passe-t-il ?
composer-placeholder-reply = Votre réponse
composer-warning = Avertissement
composer-warning-label = Ce qu’il faut savoir avant de lire
composer-visibility = Qui peut le voir
composer-language = Langue
composer-limit = { $form ->
    [one] jusqu’à {$count} caractère
    [many] jusqu’à {$count} de caractères
   *[other] jusqu’à {$count} caractères
}
composer-post = Publier
composer-reply = Répondre
composer-save = Enregistrer
edit-title = Modifier votre message
edit-lead = Tout le monde peut voir qu’un message a été modifié et ce qu’il disait avant.
edit-cancel = Le laisser tel quel
delete-title = Supprimer ce message ?
delete-what = Il disparaît pour tout le monde, avec ses partages et ses favoris. Les réponses restent. C’est définitif.
delete-keep = Le garder
delete-do = Supprimer le message
