# Signing in, joining, settings, apps.

password = Mot de passe
password-hint = Au moins 8 caractères. Quelques mots à la suite se retiennent mieux que des signes.
email = Adresse e-mail
email-optional = Adresse e-mail (facultative)
email-hint = Personne ne la voit. C’est le seul moyen de revenir si vous oubliez votre mot de passe.
sign-in-title = Se connecter
sign-in-app = Ensuite, {$app} pourra vous demander l’accès.
sign-in-login = Nom ou adresse e-mail
sign-in-do = Se connecter
sign-in-new = Pas encore de compte ?
sign-in-forgotten = Mot de passe oublié ?
confirm-title = Confirmez votre adresse e-mail
confirm-what = Encore une étape : cette adresse est la vôtre, et nous pouvons vous y écrire.
confirm-do = Confirmer cette adresse
confirm-done = Votre adresse est confirmée. Vous pouvez vous connecter.
forgotten-title = Un nouveau mot de passe
forgotten-what = Nous envoyons une lettre à l’adresse de votre compte. Son lien vous permet de choisir un nouveau mot de passe.
forgotten-do = Envoyer la lettre
forgotten-sent = Si ce compte existe et que son adresse est confirmée, une lettre est en route.
forgotten-look = Cherchez-la dans quelques minutes, aussi parmi ce que votre messagerie prend pour de la publicité. Le lien marche une fois, pendant deux jours.
forgotten-no-letters = Ce site n’envoie pas de lettres. Écrivez à ceux qui le gèrent ; rien de votre compte n’est perdu.
reset-title = Choisissez un nouveau mot de passe
reset-what = Vous êtes déconnecté partout et vous reconnectez avec le nouveau.
reset-do = Garder ce mot de passe
pending-letter = Nous vous avons envoyé une lettre. Ouvrez son lien pour confirmer votre adresse. Votre nom vous est réservé d’ici là.
second-title = Encore une étape
second-lead = Saisissez le code que montre votre application.
second-lead-passkey = Utilisez votre clé d’accès pour terminer la connexion.
second-code = Code à six chiffres
second-recovery = Code de secours
second-lost = Pas de téléphone ? Saisissez un de vos codes de secours.
second-passkey = Utiliser une clé d’accès
second-passkey-script = Les clés d’accès demandent JavaScript. Activez-le pour cette page ou saisissez un code.
sign-up-title = S’inscrire
sign-up-lead = Créez un compte sur {$site}. Cela prend une minute.
sign-up-approval = Quelqu’un regarde chaque demande ; cela peut prendre un jour.
sign-up-invitation = Il vous faut une invitation de quelqu’un d’ici.
sign-up-invitation-label = Invitation
sign-up-closed = Ce site n’accepte pas de nouveaux comptes pour l’instant. Vous pouvez lire ce qui est public.
sign-up-handle = Votre nom ici
sign-up-handle-hint = Lettres, chiffres et tirets bas. On vous trouvera par @nom@{$domain}. Vous ne pourrez pas le changer.
sign-up-reason = Pourquoi voulez-vous nous rejoindre ?
sign-up-rules = Je suis d’accord
sign-up-do = Créer mon compte
sign-up-ask = Demander à s’inscrire
sign-up-known = Déjà inscrit ?
pending-title = Nous avons votre demande
pending-what = Quelqu’un va la regarder. Votre nom vous est réservé d’ici là.
pending-next = Vous pourrez vous connecter dès qu’elle sera acceptée. Il n’y a rien d’autre à faire.

# Settings.
settings-label = Réglages
settings-profile = Profil
settings-account = Compte
settings-security = Sécurité
settings-sessions = Sessions
settings-apps = Applications
settings-invitations = Invitations
settings-standing = Décisions
settings-deactivate = Partir
profile-form-name = Nom
profile-form-bio = À propos de vous
profile-form-bio-hint = { $form ->
    [one] Jusqu’à {$count} caractère.
    [many] Jusqu’à {$count} de caractères.
   *[other] Jusqu’à {$count} caractères.
}
profile-form-pictures = Images
profile-form-avatar = Votre image
profile-form-header = Grande image en haut
profile-form-remove-avatar = Retirer mon image
profile-form-remove-header = Retirer la grande image
profile-form-fields = Lignes de votre profil
profile-form-fields-hint = Un lien vers une de vos pages est marqué comme vérifié quand elle renvoie à votre profil avec rel="me".
profile-form-field-name = Ligne {$number}
profile-form-field-value = Contenu de la ligne {$number}
profile-form-choices = Choix
profile-form-locked = J’approuve chaque abonné
profile-form-discoverable = On peut me trouver : dans les suggestions et les moteurs de recherche
profile-form-bot = Ce compte publie surtout tout seul
profile-form-save = Enregistrer le profil
account-form-email-password = Votre mot de passe, si vous changez l’adresse
account-form-language = Langue du site
account-form-zone = Fuseau horaire
account-form-post-language = Langue dans laquelle vous écrivez
account-form-visibility = Qui voit les nouveaux messages
account-form-save = Enregistrer
password-form-title = Changer de mot de passe
password-form-current = Mot de passe actuel
password-form-new = Nouveau mot de passe
password-form-again = Nouveau mot de passe, encore une fois
password-form-hint = Vous restez connecté ici. Tous les autres navigateurs sont déconnectés.
password-form-save = Changer le mot de passe
security-lead = Une seconde étape protège votre compte même si quelqu’un connaît votre mot de passe.
security-passkeys = Clés d’accès
security-passkeys-what = Votre appareil demande votre doigt, votre visage ou son code. Une page qui imite celle-ci ne peut pas le tromper.
security-added = ajoutée le {$time}
security-used = dernière utilisation : {$time}
security-remove = Retirer
security-passkey-name = Nom de la nouvelle clé
security-passkey-example = Mon téléphone
security-passkey-add = Ajouter une clé d’accès
security-passkey-script = Ajouter une clé demande JavaScript. Activez-le pour cette page.
security-totp = Codes d’une application
security-totp-on = Activés depuis le {$time}. Un code vous est demandé à chaque connexion.
security-totp-off = Une application de votre téléphone montre un nouveau code toutes les 30 secondes. Elle marche sans réseau.
security-totp-enable = Activer les codes
security-totp-disable = Désactiver les codes
security-confirm-password = Votre mot de passe, pour confirmer
security-recovery = Codes de secours
security-recovery-left = { $form ->
    [one] Il reste {$count} code. Chacun sert une fois, si vous perdez votre téléphone.
    [many] Il reste {$count} de codes. Chacun sert une fois, si vous perdez votre téléphone.
   *[other] Il reste {$count} codes. Chacun sert une fois, si vous perdez votre téléphone.
}
security-recovery-new = Créer de nouveaux codes
totp-title = Activer les codes
totp-scan = Scannez cette image avec votre application de codes.
totp-picture = Code à scanner. Le même secret figure en texte ci-dessous.
totp-secret = Ou saisissez ceci :
totp-code = Saisissez ensuite les six chiffres affichés
totp-do = Activer les codes
totp-cancel = Pas maintenant
recovery-title = Vos codes de secours
recovery-what = Gardez-les en lieu sûr, sur papier par exemple. Chacun vous laisse entrer une fois si vous perdez votre téléphone ou votre clé.
recovery-once = Nous ne les montrons que maintenant. Les anciens codes ne marchent plus.
recovery-done = Je les ai gardés
sessions-lead = Les navigateurs connectés à votre compte. Déconnectez ceux que vous ne connaissez pas, puis changez de mot de passe.
sessions-unknown = Navigateur inconnu
sessions-current = celui-ci
sessions-when = depuis le {$created} · vu le {$seen}
sessions-revoke = Le déconnecter
apps-lead = Les applications que vous avez laissées entrer. Elles peuvent faire ce qui est indiqué jusqu’à ce que vous les retiriez.
apps-since = depuis le {$time}
apps-revoke = Retirer
apps-empty = Aucune application n’a d’accès. Quand vous vous connecterez avec l’une d’elles, elle sera ici.
invitations-lead = Invitez quelqu’un. Qui a l’adresse peut s’inscrire.
invitations-uses = Combien de personnes
invitations-days = Pendant combien de temps
invitations-do = Créer une invitation
invitations-list = Vos invitations
invitations-address = Adresse de l’invitation
invitations-used = { $form ->
    [one] {$count} personne inscrite
    [many] {$count} de personnes inscrites
   *[other] {$count} personnes inscrites
}
invitations-used-of = {$uses} sur {$most} inscrites
invitations-until = jusqu’au {$time}
invitations-empty = Vous n’avez encore invité personne.
deactivate-lead = Vous pouvez partir à tout moment. Voici ce qui se passe :
deactivate-first = Aussitôt, votre profil et vos messages sont cachés à tous. Vous êtes déconnecté partout.
deactivate-second = { $form ->
    [one] Pendant {$count} jour vous pouvez changer d’avis : connectez-vous, et tout est comme avant.
    [many] Pendant {$count} de jours vous pouvez changer d’avis : connectez-vous, et tout est comme avant.
   *[other] Pendant {$count} jours vous pouvez changer d’avis : connectez-vous, et tout est comme avant.
}
deactivate-third = Après cela, tout est supprimé pour de bon. Personne d’autre ne pourra avoir votre nom.
deactivate-handle = Tapez {$handle} pour confirmer
deactivate-stay = Rester
deactivate-do = Désactiver @{$handle}
reactivate-title = Content de vous revoir
reactivate-what = Vous avez désactivé ce compte le {$since}. Rien ne sera supprimé avant le {$until}.
reactivate-next = Rétablissez-le : votre profil, vos messages et vos abonnés reviennent aussitôt. Ou déconnectez-vous, et il suivra son cours.
reactivate-do = Rétablir mon compte

# Apps.
authorize-title = Laisser entrer {$app} ?
authorize-as = Vous êtes @{$handle}
authorize-lead = Elle pourra :
authorize-website = L’application dit que sa page est {$website}.
authorize-destination = Votre navigateur continuera vers {$destination}.
authorize-code = Vous recevrez un code à copier dans l’application.
authorize-undo = Vous pourrez la retirer plus tard, dans vos réglages.
authorize-allow = Laisser entrer
authorize-deny = Non
ability-profile = voir qui vous êtes
ability-read = lire tout ce que vous pouvez lire
ability-write = publier et modifier en votre nom
ability-follow = changer qui vous suivez, bloquez et masquez
ability-push = vous envoyer des notifications
ability-admin = utiliser vos pouvoirs d’équipe
code-title = Votre code
code-lead = Copiez ceci dans {$app}.
code-label = Code
code-careful = Ne le donnez à personne d’autre. Il sert une fois, pendant quelques minutes.

# What a form could not accept.
complaint-empty = Ceci ne peut pas être vide.
complaint-too-long = { $form ->
    [one] C’est plus long que {$count} caractère.
    [many] C’est plus long que {$count} de caractères.
   *[other] C’est plus long que {$count} caractères.
}
complaint-too-short = { $form ->
    [one] Il faut au moins {$count} caractère.
    [many] Il faut au moins {$count} de caractères.
   *[other] Il faut au moins {$count} caractères.
}
complaint-handle-taken = Quelqu’un a déjà ce nom. Essayez-en un autre.
complaint-handle-invalid = Utilisez des lettres sans accents, des chiffres et des tirets bas.
complaint-handle-reserved = Ce nom est réservé. Essayez-en un autre.
complaint-email-invalid = Ce n’est pas une adresse à laquelle nous pouvons écrire.
complaint-email-taken = Un compte a déjà cette adresse.
complaint-password-common = Trop de gens utilisent ce mot de passe. Choisissez-en un autre.
complaint-passwords-differ = Les deux mots de passe ne sont pas les mêmes.
complaint-sign-in-wrong = Le nom et le mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.
complaint-password-wrong = Ce n’est pas votre mot de passe.
complaint-code-wrong = Ce code n’est pas le bon, ou ne l’est plus. Saisissez celui affiché maintenant.
complaint-passkey-failed = La clé d’accès n’a pas été acceptée. Réessayez.
complaint-link-over = Ce lien est périmé ou a déjà servi. Demandez une nouvelle lettre.
complaint-too-often = { $form ->
    [one] Trop d’essais. Réessayez dans {$count} seconde.
    [many] Trop d’essais. Réessayez dans {$count} de secondes.
   *[other] Trop d’essais. Réessayez dans {$count} secondes.
}
complaint-invitation-invalid = Cette invitation est inconnue, épuisée ou trop ancienne. Demandez-en une nouvelle.
complaint-rules-unread = Donnez d’abord votre accord.
complaint-awaiting-approval = Votre demande d’inscription attend encore. Vous pourrez vous connecter une fois acceptée.
complaint-awaiting-confirmation = Confirmez d’abord votre adresse e-mail : ouvrez le lien de notre lettre.
complaint-sign-in-closed = Ce compte n’accepte pas de connexion pour le moment.
complaint-too-many-names = { $form ->
    [one] Un message peut nommer {$count} personne au plus.
    [many] Un message peut nommer {$count} de personnes au plus.
   *[other] Un message peut nommer {$count} personnes au plus.
}
complaint-too-many-tags = { $form ->
    [one] Un message peut porter {$count} mot-clé au plus.
    [many] Un message peut porter {$count} de mots-clés au plus.
   *[other] Un message peut porter {$count} mots-clés au plus.
}
complaint-pins-full = Vous avez épinglé autant de messages que possible. Retirez-en un d’abord.
complaint-picture-unreadable = Nous ne pouvons pas lire cette image. JPEG, PNG, GIF et WebP marchent.
complaint-picture-too-large = Cette image est trop grande. Réduisez-la et réessayez.
complaint-confirmation-wrong = Ce n’est pas le nom de votre compte.
complaint-reply-target-gone = Le message auquel vous répondez n’est plus là. Votre texte est gardé ici.
complaint-choice-invalid = Choisissez dans la liste.
