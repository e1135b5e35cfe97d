# What surrounds every page, and the pages that lead elsewhere.

open-graph-locale = fr_FR
skip-to-content = Aller au contenu
nav-label = Principale
bar-label = Raccourcis
more-label = Autres pages
nav-home = Accueil
nav-local = Local
nav-notifications = Notifications
nav-search = Recherche
nav-bookmarks = Signets
nav-favourites = Favoris
nav-follow-requests = Demandes de suivi
nav-profile = Profil
nav-you = Vous
nav-settings = Réglages
nav-write = Écrire
nav-about = À propos
nav-sign-in = Se connecter
nav-sign-up = S’inscrire
nav-sign-out = Se déconnecter
nav-unread = { $form ->
    [one] {$count} non lue
    [many] {$count} non lues
   *[other] {$count} non lues
}
nav-unread-more = plus de {$count} non lues
aside-label = À propos du site
aside-site = Dans cette colonie
aside-members = { $form ->
    [one] {$count} membre.
    [many] {$count} de membres.
   *[other] {$count} membres.
}
aside-popular = Populaire aujourd’hui
tag-posts = { $form ->
    [one] {$count} message
    [many] {$count} de messages
   *[other] {$count} messages
}
go-home = Aller à l’accueil
go-search = Chercher
go-post = Voir le message
pager-label = Plus ancien et plus récent
pager-newer = Plus récents
pager-older = Plus anciens

# The landing page and the timelines.
landing-title = Un endroit calme pour ce qui se passe ici
landing-claim = Vous choisissez qui suivre et lisez ce qu’ils écrivent, le plus récent d’abord. Ni publicité, ni classement. Compatible avec toute application Mastodon.
landing-timeline = Ce qui se dit en ce moment
landing-empty = Rien n’a encore été dit. Le premier message sera ici.
home-new-one = 1 nouveau message
home-new-many = # nouveaux messages
home-empty-title = Encore rien ici
home-empty = Les messages des personnes que vous suivez seront ici, les plus récents d’abord. Voyez qui est là et suivez quelqu’un.
home-empty-next = Voir qui est là
local-lead = Les messages publics de tout le monde sur {$site}, les plus récents d’abord.
local-empty-title = C’est calme ici
local-empty = Les messages publics des membres de ce site seront ici.
tag-description = Les messages avec #{$tag} sur {$site}.
tag-empty = Personne n’a encore écrit avec #{$tag}, ou pas publiquement.
tag-empty-next = Chercher autre chose

# Search.
search-title = Recherche : {$query}
search-label = Des personnes, des mots-dièse ou l’adresse d’un message
search-button = Chercher
search-hint = Tapez le début d’un nom ou d’un mot-dièse. Collez une adresse pour trouver ce message.
search-vain-title = Rien trouvé pour « {$query} »
search-vain = Vérifiez l’orthographe ou n’essayez que les premières lettres. Les personnes d’autres sites se trouvent par leur adresse complète : @nom@site.
search-accounts = Personnes
search-tags = Mots-dièse
search-posts = Messages

# Times.
time-now = à l’instant
time-minutes = {$minutes} min
time-hours = {$hours} h
days = { $form ->
    [one] {$count} jour
    [many] {$count} de jours
   *[other] {$count} jours
}

# The list of keys.
keys-title = Raccourcis clavier
keys-next = Message suivant, précédent
keys-open = Ouvrir le message
keys-reply = Répondre
keys-boost = Partager
keys-favourite = Ajouter aux favoris
keys-bookmark = Mettre un signet
keys-warning = Montrer ou cacher le contenu averti
keys-write = Écrire
keys-search = Chercher
keys-home = Accueil
keys-notifications = Notifications
keys-top = Charger les nouveaux messages et remonter
keys-help = Cette liste
keys-close = Fermer

# What scripts say.
script-failed = Cela n’a pas marché. Rien n’a changé ; réessayez.
script-offline = Le site est injoignable. Rien n’a changé.
script-copied = Lien copié
script-draft = Votre brouillon a été gardé.
script-passkey-failed = La clé d’accès n’a pas été acceptée. Réessayez ou utilisez un code.

# About.
about-title = À propos de {$site}
about-members = { $form ->
    [one] {$count} membre
    [many] {$count} de membres
   *[other] {$count} membres
}
rules-title = Ce que nous demandons à chacun
about-contact = Qui s’en occupe
about-promise-title = Comment ça marche
about-promise = L’accueil montre ce qu’ont écrit les personnes que vous suivez, dans l’ordre où elles l’ont écrit. Rien n’est classé et rien n’est vendu. Si vous partez, votre compte attend 30 jours au cas où vous changeriez d’avis ; puis il est supprimé.
about-software = Logiciel
about-version = Kittiwake {$version}, logiciel libre sous licence AGPL.
about-source = Code source

# Said once, about what was just done.
flash-saved = C’est enregistré.
flash-password = Votre mot de passe est changé. Tous les autres navigateurs et applications sont déconnectés.
flash-deleted = Votre message est supprimé.
flash-letter = Nous avons envoyé une lettre à la nouvelle adresse. Elle vaudra dès que vous ouvrirez son lien.
flash-restored = Bon retour parmi nous. Tout est comme vous l’aviez laissé.
