# What surrounds the pages of staff.

staff = Équipe
staff-rooms = Espace de l’équipe
staff-notes = À savoir
staff-menu = Menu
staff-waiting = { $form ->
    [one] {$count} action attend
   *[other] {$count} actions attendent
}
staff-signed-in = Session de {$who}
staff-left = { $form ->
    [one] encore {$count} min
   *[other] encore {$count} min
}
room-queue = File
room-accounts = Comptes
room-roster = Effectif
room-policy = Politique
room-ledger = Registre
unwitnessed = Sans témoin.
unwitnessed-staff = Personne à l’extérieur ne surveille ce registre. Seuls ceux qui ont gardé un point de contrôle sauraient s’il était un jour réécrit.

# Coming in.
staff-sign-in = Connexion de l’équipe
staff-sign-in-lead = Ici, pas de mot de passe. Votre clé d’accès dit qui vous êtes.
staff-sign-in-do = Se connecter avec votre clé
staff-sign-in-note = Les sessions sont courtes. Chaque décision se signe à nouveau, une à une.
sign-needs-script = Signer demande JavaScript et un navigateur qui connaît les clés d’accès. Activez JavaScript pour cette page ou changez de navigateur.
sign-failed = Votre clé n’a pas signé. Rien n’a été envoyé. Réessayez avec la clé de votre connexion.
complaint-powers-ended = Votre temps dans l’équipe a pris fin : cette clé n’ouvre plus rien. Si c’est une erreur, demandez à un collègue de regarder la page Effectif.
complaint-policy-unreadable = Cette politique n’est pas lisible. Rien n’a changé ; corrigez-la et réessayez.
enrol-title = Créez votre clé
enrol-lead = Vous signerez vos décisions avec cette clé. Elle reste à vous ; personne ici ne peut la voir ni la copier.
enrol-name = Comment l’appelez-vous ?
enrol-example = Clé de mon trousseau
enrol-kinds = Une clé de sécurité, ou une clé d’accès qui ne quitte pas son appareil, vaut partout. Une clé d’accès que votre téléphone partage avec vos autres appareils ne vaut pas là où une responsable doit signer.
enrol-do = Créer la clé
enrol-failed = Aucune clé n’a été créée. Rien n’a été envoyé. Réessayez, ou avec un autre appareil.
enrol-founder-title = Votre clé est créée
enrol-founder = Elle comptera dès que l’équipe sera fondée. Vous pouvez fermer cette page ; la personne qui vous a envoyé le lien vous préviendra.
enrol-waits-title = Votre clé attend
enrol-waits = Prévenez vos collègues. Ils la trouveront sur la page Effectif et signeront pour elle. Un jour plus tard, l’un d’eux la mettra en vigueur, et vous pourrez vous connecter.
enrol-mark = Pour que personne ne signe pour une autre clé, dites-leur ceci de vive voix :
enrol-over-title = Ce lien ne marche plus
enrol-over = Il a servi, ou il est trop ancien. Demandez-en un autre à qui vous l’a envoyé.

# Founding.
unfounded-title = Personne n’a encore fondé l’équipe
unfounded-lead = Personne ici n’a donc de pouvoir sur le compte de qui que ce soit.
unfounded-over = Il a servi, il est trop ancien, ou quelqu’un a recommencé.
unfounded-how = Qui gère ce serveur reçoit un lien de fondation dans son terminal : il s’affiche au premier démarrage, et par cette commande quand le serveur est arrêté.
unfounded-once = La fondation n’a lieu qu’une fois. Ensuite, on arrive et on part seulement par des actions que des collègues signent.
found-title = Fonder l’équipe
found-lead = Après cela, personne ne décidera seul des comptes que beaucoup lisent. Dites d’abord qui vous êtes.
found-step-people = Nommez tous ceux qui commencent avec vous.
found-step-keys = Chacun ouvre son lien et crée une clé.
found-step-print = Fondez, et imprimez les douze mots.
found-people = Qui fonde
found-empty = Personne encore. Commencez par vous.
found-waits = attend une clé
found-enrolled = a une clé
found-link = Lien pour {$name}, marche une fois
found-remove = Retirer
found-nobody = Seul, vous gérez un serveur solo : un compte notable ne peut être caché qu’après 72 heures publiques, un compte protégé jamais. À trois ou plus, c’est une équipe.
found-solo = Une personne : un serveur solo. Un compte notable ne peut être caché qu’après 72 heures publiques, un compte protégé jamais, et chaque page le dit. Vous pourrez devenir une équipe ; il n’y a pas de retour.
found-pair = Deux personnes : ce qui en demande trois ne peut pas se faire. Une troisième, d’une autre équipe, complète tout.
found-team = Trois ou plus : une équipe. Prévoyez au moins deux équipes, pour pouvoir décider des comptes protégés.
found-add = Ajouter quelqu’un
found-add-do = Ajouter et créer un lien
found-do-title = Quand chacun a une clé
found-do-what = Ceci écrit l’inscription 0 du registre : qui vous êtes, vos clés, la politique. Elle ne s’écrit qu’une fois.
found-do = { $form ->
    [one] Fonder l’équipe à {$count} personne
   *[other] Fonder l’équipe à {$count} personnes
}
found-not-ready = Chacun doit d’abord avoir une clé.
founded-title = L’équipe est fondée
founded-lead = Ces douze mots sont l’empreinte de votre registre. Qui les connaît le distingue de tout autre.
founded-print = Imprimez cette page et gardez-la où le papier est en sûreté.
founded-guards = Donnez ces mots à des personnes de l’extérieur qui doivent pouvoir le vérifier, par téléphone ou sur papier.
founded-compare = Quand on vous demande quel est votre registre, comparez les mots. La page publique les montre aussi.
founded-ledger = Voir la page publique

# People.
person-name = Nom
person-name-hint = Les collègues voient le nom. Le registre appelle chacun par un nom qui n’est pas le sien, comme « Razorbill 1 ».
person-directory-hint = Le numéro ou l’adresse nous fait reconnaître quelqu’un qui revient ; le registre n’en a qu’une empreinte.
person-in-ledger = au registre : {$name}
person-directory = Numéro ou adresse dans votre annuaire
person-directory-example = ingrid.ruud@bay.example
person-roles = Rôles
person-team = Équipe
person-team-hint = Petites lettres, chiffres et tirets. Qui a le même chef est de la même équipe.
person-starts = Premier jour
person-ends = Dernier jour, si connu
person-from = depuis le {$date}
person-until = jusqu’au {$date}
person-no-end = sans date de fin
person-you = vous
person-active = Active
person-first-day = Premier jour
person-not-yet = Pas encore
person-no-key = Pas encore de clé
person-leaving = Départ : ne peut plus cacher
person-ended = Partie
person-change = Modifier
person-invite = Lien pour une nouvelle clé de {$name}
person-end = Mettre fin aux pouvoirs de {$name}
key-bound = ne quitte pas son appareil
key-synced = partagée entre appareils
key-since = depuis le {$date}
key-ended = révoquée le {$date}
key-end = Révoquer cette clé
key-waits = attend
key-made = créée le {$date}
key-enrol = Inscrire cette clé
roster-lead = Personne n’est jamais effacé de cette liste ; on en part. Chaque changement est une action que des collègues signent.
house-why = Pourquoi ? Vos collègues le lisent avant de signer.
roster-add = Ajouter une personne
roster-add-hint = Vous verrez ce qui serait signé avant que rien ne se passe. Un ajout attend 24 heures.
roster-change-hint = Plus de pouvoirs : 24 heures d’attente ; moins de pouvoirs : aussitôt que deux personnes ont signé.
roster-preview = Voir ce qui serait signé
refused-roster = Retour à l’effectif
roster-invited = Un lien pour {$name}
roster-invited-label = Il marche une fois, pendant deux jours, et ne s’affiche que maintenant
roster-invited-hint = Envoyez-le à {$name} et à personne d’autre. La clé créée avec lui n’a aucun pouvoir tant que des collègues n’ont pas signé pour elle ; comparez d’abord sa marque avec celle que {$name} a vue.

# The queue.
queue-empty = Rien n’attend personne. Les propositions qui demandent une signature seront ici.
queue-empty-next = Regarder un compte
queue-by = proposé par {$who}
queue-missing = Il manque :
turn-yours = Vous pouvez signer
turn-signed = Vous avez signé
turn-others = D’autres le peuvent
turn-clock = Attend son heure

# Accounts, and proposing.
staff-search-label = Nom, pseudonyme ou numéro d’un compte
staff-search-hint = Les comptes cachés se trouvent aussi. Vous voyez portée, mentions, niveau et passé avant de rien proposer.
staff-search-vain = Vérifiez l’orthographe, ou tapez seulement les premières lettres.
staff-search-title = Comptes : {$query}
card-since = ici depuis le {$date}
card-acted-on = { $form ->
    [one] {$count} action par le passé
   *[other] {$count} actions par le passé
}
card-never-acted-on = aucune action par le passé
remark-emergency = On vient ici en cas d’urgence : qui le cache, cache ses alertes.
remark-elected = Une personne élue s’exprime ici.
remark-official = Il parle au nom d’une institution.
remark-press = On publie ici des nouvelles.
step-up-instead = Exiger plutôt la clé
step-up-instead-why = arrête un pirate et ne cache rien.
account-number = compte {$id}
account-see = Voir le profil
account-see-record = Voir ce qui est consigné
account-history = Ce que l’équipe a fait
account-history-empty = Rien jusqu’ici.
attempts-title = Refusées récemment
attempts-lead = Quelqu’un dont les pouvoirs avaient pris fin voulait cela. Rien ne s’est passé, personne n’a signé. C’est consigné malgré tout.
attempts-mark = Refusée
propose-title = Proposer une action
propose-what = Que doit-il se passer ?
propose-not = Pas possible pour l’instant :
propose-length = Pour combien de temps, si cela dure
propose-label = Quelle mention, s’il s’agit d’une mention
propose-handle = Le nouveau nom, si on le renomme
propose-no-label = aucune
propose-why = Pourquoi ?
propose-why-hint = Le titulaire lit ceci, mot pour mot. Ne nommez pas qui l’a signalé.
propose-choose = Choisissez
propose-how = Comment le savons-nous ?
propose-urgent = C’est urgent : vie en danger, protection de l’enfance ou détournement en cours
propose-undo = Il faudra deux personnes pour le rétablir
propose-undo-hint = Seulement pour : {$grounds}. Sinon, une seule personne peut le rétablir.
propose-preview = Voir ce que vous signeriez sur @{$handle}
propose-preview-hint = Rien ne se passe encore. La page suivante montre les mots exacts.
offer-alone = Vous le pouvez seul.
offer-also = Vous, et : {$needs}.
claim-title = Ce qui est avancé
claim-why-title = Pourquoi
claim-ground = Motif
claim-reference = Quel article ou paragraphe
claim-reference-example = Règles, article 4.2
claim-explanation = Pourquoi ce qui s’est passé y est contraire
claim-explanation-short = Pourquoi
claim-facts = Ce qui s’est passé
claim-facts-short = Faits
claim-facts-hint = Seulement ce que vous avez vu. Quand, quels messages, ce qu’ils disent.
claim-source = Qui nous a prévenus
claim-source-short = Comment nous le savons
claim-machine = Une machine l’a trouvé ; une personne a regardé
claim-by-machine = une machine l’a trouvé, des personnes ont décidé

# One action.
action-number = Action {$id}
action-proposed = proposée le {$time} par {$who}
action-entry = Voir l’inscription {$entry}.
action-aside = Avant de décider
changes-done-title = Ce qui a changé : {$name}
changes-title = Ce qui changerait : {$name}
change-nothing = rien
missing-title-staff = Ce qui manque
missing-nobody = Personne : votre signature suffit.
signed-title = Qui a signé
sign-title = Ce que vous signeriez
sign-title-preview = Ce que vous signeriez
sign-summary = En bref
sign-exact = Les mots exacts
sign-propose-act = Proposer : {$act}
sign-approve-act = Approuver : {$act}
sign-back = Modifier quelque chose
summary-action = action {$id}…
matter-person = personne {$id}
matter-key = clé {$id}
matter-policy = politique {$id}
matter-house = la maison
summary-until = jusqu’au {$time}
summary-undo = pour annuler : {$people}
summary-policy = politique {$hash}
summary-ledger = registre de {$size} inscriptions, racine {$root}
readers-title = Qui le remarquerait
readers-hour = { $form ->
    [one] {$count} personne l’a lu depuis une heure
    [many] {$count} de personnes l’ont lu depuis une heure
   *[other] {$count} personnes l’ont lu depuis une heure
}
rule-title = Règle appliquée
rule-policy = Politique {$hash}, en vigueur depuis le {$date}.
before-title = Avant de signer
before-owner = Le titulaire l’apprend au même moment.
before-undo-one = N’importe qui de l’équipe peut le rétablir seul.
before-undo-two = Il faut être deux pour le rétablir.
before-waits = Prend effet {$length} après la dernière signature nécessaire. D’ici là, une personne peut l’annuler.
before-ends = Prend fin de lui-même après {$length}.
before-endless = Ne prend pas fin de lui-même.
before-record = C’est consigné pour toujours.
refused-title = Cela ne peut pas être proposé
refused-nothing = Rien ne s’est passé, et aucune signature n’a servi.
refused-recorded = La tentative est consignée : {$entry}.
refused-instead = Ce que vous pouvez faire
instead-step-up = Exiger la clé
instead-report = Le signaler
instead-report-what = Comme tout membre, depuis le menu du message ou du profil.
instead-colleague = Demander à un collègue
instead-colleague-what = La page Équipe montre qui a les pouvoirs aujourd’hui.
instead-open = Il y en a déjà une
instead-open-what = La même chose a déjà été proposée. Approuvez celle-là au lieu d’en commencer une autre.
instead-open-do = L’ouvrir

# The policy, and the ledger as staff read it.
policy-lead = Qui doit être d’accord, et pour quoi. Qui propose compte pour un.
policy-hash = Politique
policy-since = En vigueur depuis le
policy-floor = Socle
policy-floor-what = version {$version}, inscrite dans le programme : aucune politique ne peut exiger moins
policy-propose = Proposer une autre politique
policy-propose-hint = Dans le langage Cedar. Elle prend effet 24 heures après la dernière signature nécessaire. La page suivante la vérifie et montre ce qui serait signé.
policy-file = Dans un fichier
policy-text = Ou collez-la ici
policy-preview = Voir ce qui changerait
policy-whole = Le texte entier
ledger-public = La page publique
entry-opened = Ce que vous pouvez en voir
entry-erased = Ses mots ont été effacés. L’inscription et ses signatures restent.
staff-sessions = Vos sessions
staff-sessions-lead = Déconnectez celles que vous ne connaissez pas et prévenez la sécurité.
staff-session-when = depuis le {$began} · se termine d’elle-même le {$until}
