# Who watches, and what it takes: on profiles and everywhere that speaks of proof.

nav-rules = Règles
nav-ledger = Registre
watch-nobody = Personne ne surveille de l’extérieur.
watch-guards = { $form ->
    [one] Surveillé par {$count} gardien.
   *[other] Surveillé par {$count} gardiens.
}
protection-alone = Une personne de notre équipe peut cacher ce compte pendant {$hours} heures au plus ; au-delà, il en faut {$people}. Pour le rétablir, { $restore-form ->
    [one] une seule suffit
   *[other] il en faut { $restore }
}.
protection-after = Il ne peut être caché que {$hours} heures après la signature. Pour le rétablir, une personne suffit.
protection-out-of-reach = Personne ne peut cacher ce compte pour l’instant.
protection-nobody = Personne sur ce serveur ne peut cacher un compte.
unwitnessed-public = Personne à l’extérieur n’a encore vu ce registre : vous pouvez vérifier qu’il est cohérent, pas qu’il n’a jamais été réécrit.
record-rules = Comment ces décisions sont prises
record-check = Vérifiez cette inscription vous-même
record-undone = annulé le {$time}
account-record-heading = Actions consignées
account-record-title = Actions consignées : {$name}
account-record-empty = L’équipe n’a jamais touché à ce compte. Si elle le fait, ce sera ici, à lire par tous.

# The ledger for readers.
ledger-title = Le registre
ledger-lead = Tout ce que notre équipe fait aux comptes est écrit ici avant d’arriver. Rien ne peut y être changé ensuite sans que cela se voie. Vous n’avez pas à nous croire : vous pouvez vérifier.
ledger-size-name = Taille
ledger-size = { $form ->
    [one] {$count} inscription
    [many] {$count} d’inscriptions
   *[other] {$count} inscriptions
}
ledger-root = Racine
ledger-signed-name = Signé
ledger-signed = signé le {$time}
ledger-watched = De l’extérieur
ledger-witnessed = Vu la dernière fois le {$time}.
ledger-newest = Dernières inscriptions
ledger-empty = Rien encore que chacun puisse lire.
ledger-check = Vérifiez vous-même
ledger-check-what = Ces deux lignes téléchargent tout, refont les calculs et disent ce qui ne va pas. Il vous faut Go, et aucun compte.
ledger-check-others = Nous n’avons pas écrit ce programme. Tout autre qui lit les registres C2SP tlog-tiles convient.
ledger-origin = Origine
ledger-key = Clé
ledger-files = Fichiers
ledger-founding = Inscription 0
ledger-fingerprint = Les douze mots
ledger-fingerprint-what = L’empreinte de l’inscription 0. Qui surveille de l’extérieur les a sur papier. Si les vôtres diffèrent, c’est un autre registre.
ledger-none = Aucune équipe n’a été fondée ici : personne ne peut cacher un compte, et il n’y a pas encore de registre.
ledger-entry-title = Inscription {$entry}
entry-link = inscription {$entry}
entry-title = {$kind} : {$rest}
entry-founded = La fondation
entry-step = Une étape
entry-in-force = En vigueur
entry-scheduled = Prévu
entry-undone = Annulé
entry-lapsed = Terminé de lui-même
entry-closed = Clos sans effet
entry-refused = Une proposition refusée
entry-tier-rose = Protection relevée d’elle-même
entry-owner = Un geste grave d’un titulaire
entry-started = Démarrage du serveur
entry-census = Le compte du jour
entry-other = Autre chose
entry-power = Quoi
entry-who = Qui
entry-people = Par qui
entry-until = Fin prévue
entry-from = Prend effet
entry-waits = prend effet le {$time}, sauf annulation
entry-because = À cause de
entry-program = Programme
entry-version = Version
entry-refused-why = Pourquoi
entry-hash = Condensé
entry-step-what = Une étape ne dit à personne de quoi il s’agit, ni même si elle a mené à quelque chose. Si oui, une autre inscription le dit.
entry-sealed = On pourra en lire davantage à partir du {$time}.
entry-check-what = { $form ->
    [one] La preuve montre que cette inscription est dans le registre de {$count} inscription.
    [many] La preuve montre que cette inscription est dans le registre de {$count} d’inscriptions.
   *[other] La preuve montre que cette inscription est dans le registre de {$count} inscriptions. Elle tient dans un petit fichier et ne demande pas de réseau.
}
entry-proof = Télécharger la preuve

# The rules for readers.
rules-title-public = Comment ces décisions sont prises
rules-lead = Ici, personne ne peut faire disparaître seul un compte que beaucoup lisent. Il faut que plusieurs personnes soient d’accord, chacune signe avec sa propre clé, et tout le monde peut voir que c’est arrivé. Pour le rétablir, une seule suffit.
rules-lead-solo = Une seule personne gère ce serveur. Elle peut cacher un compte ordinaire aussitôt, un compte notable seulement 72 heures après avoir signé, et un compte protégé jamais. Tout est consigné, et tout le monde peut voir que c’est arrivé.
rules-second = Combien doivent être d’accord dépend du nombre de lecteurs du compte. Les mêmes règles valent pour ceux qui gèrent ce serveur.
rules-tiers = Trois sortes de comptes
rules-ordinary = Tous les autres. Une personne peut agir un court moment ; des collègues regardent ensuite.
rules-notable = { $form ->
    [one] À partir de {$count} abonné, ou avec une mention : officiel, élu, presse, urgences.
    [many] À partir de {$count} d’abonnés, ou avec une mention : officiel, élu, presse, urgences.
   *[other] À partir de {$count} abonnés, ou avec une mention : officiel, élu, presse, urgences.
}
rules-protected = { $form ->
    [one] À partir de {$count} abonné, ou si plusieurs personnes l’ont décidé.
    [many] À partir de {$count} d’abonnés, ou si plusieurs personnes l’ont décidé.
   *[other] À partir de {$count} abonnés, ou si plusieurs personnes l’ont décidé.
}
rules-table = Combien doivent être d’accord
rules-table-hint = Qui propose compte. Qui part bientôt ne compte pas.
rules-how = Ce qui vaut toujours
rules-how-sign = Chacun signe exactement ce qui va se passer, avec une clé que nul autre ne possède.
rules-how-undo = Défaire est plus facile que faire.
rules-how-end = Les pouvoirs s’arrêtent avant un départ : quatorze jours avant le dernier pour cacher, tous ce jour-là.
rules-how-step-up = En urgence, une personne peut exiger la clé du titulaire avant chaque nouveau message. Cela ne cache rien.
rules-how-record = Tout est consigné avant d’arriver.
matrix-caption = Combien de personnes doivent être d’accord, par sorte de compte
matrix-power = Quoi
matrix-clock = Délais
matrix-at-once = aussitôt
matrix-never = personne
matrix-people = { $form ->
    [one] {$count} personne
   *[other] {$count} personnes
}
matrix-teams = de {$teams} équipes
matrix-bound-key = avec une clé liée à un appareil
matrix-up-to = {$length} au plus
matrix-valid = signé sous {$length}
matrix-waits = prend effet {$length} plus tard
matrix-waits-unless-urgent = prend effet {$length} plus tard, sauf urgence

# What an owner reads.
decision-take-down = Nous avons caché votre compte @{$handle}
decision-limit = Nous avons limité votre compte @{$handle}
decision-step-up = Chaque message de @{$handle} demande votre clé pendant 30 minutes
decision-restore = Votre compte @{$handle} est rétabli
decision-rename = Votre compte s’appelle maintenant @{$handle}
decision-other = Nous avons changé quelque chose à votre compte @{$handle}
decision-waits = Nous avons pris une décision au sujet de votre compte @{$handle}. Elle n’a pas encore pris effet
decision-waits-what = Rien n’a changé jusqu’ici. Jusqu’au moment indiqué ci-dessous, elle peut être annulée, et vous pouvez vous y opposer dès maintenant.
decision-cancelled = Ce que nous avions décidé au sujet de @{$handle} n’a pas pris effet
decision-cancelled-what = La décision a été annulée avant son moment. Rien n’a changé.
decision-decided = Décidé le
decision-undone = Nous avons annulé ce que nous avions fait à @{$handle}
decision-undone-what = Depuis le {$time}, tout est comme avant. Ce qui s’est passé reste consigné, pour que vous puissiez nous en demander compte.
decision-kept = Rien n’est supprimé. Vos messages, vos abonnés et tout le reste sont gardés, et tout revient aussitôt quand cela prend fin.
decision-step-up-what = Quelqu’un écrit peut-être à votre place. Rien n’est caché : confirmez chaque message avec votre clé, et il part comme toujours.
decision-reasons = Nos raisons
decision-what = Décision
decision-since = Depuis le
decision-until = Jusqu’au
decision-endless = jour où quelqu’un l’annule
decision-machine = Machines
decision-machine-no = Aucune machine ne l’a trouvé, aucune n’a décidé.
decision-machine-found = Une machine l’a trouvé. Des personnes ont décidé.
decision-scope = Où
decision-everywhere = partout
decision-by = Par qui
decision-object = Si vous pensez que nous avons tort
decision-object-what = Écrivez-nous : une personne qui n’a pas pris part à la décision la regardera. Vous pouvez aussi saisir un organe certifié de règlement extrajudiciaire, ou un tribunal.
decision-object-do = Écrire à {$email}
decision-object-subject = Objection à l’inscription {$entry}
composer-step-up-passkey = Jusqu’au {$time}, chaque nouveau message demande votre clé : quelqu’un écrit peut-être à votre place. Rien n’est caché.
composer-step-up-code = Jusqu’au {$time}, chaque nouveau message demande un code de votre application : quelqu’un écrit peut-être à votre place. Rien n’est caché.
composer-step-up-letter = Jusqu’au {$time}, chaque nouveau message demande le code envoyé à votre adresse e-mail : quelqu’un écrit peut-être à votre place. Rien n’est caché.
