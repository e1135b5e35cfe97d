# The pages in the place of something that cannot be shown, and what did not work.

missing-title = Il n’y a rien ici
missing-what = Cette page n’existe pas, a été supprimée ou n’est pas pour vous. Nous ne pouvons pas dire laquelle de ces raisons.
missing-next = Vérifiez l’adresse, ou cherchez par nom.
deactivated-title = Ce compte a été désactivé
deactivated-what = Son propriétaire est parti. Personne d’autre ne l’a caché.
deactivated-next = S’il change d’avis, il revient tel qu’il était.
deactivated-sign-in = C’est le mien : me connecter
unavailable-title = Ce compte est temporairement indisponible
unavailable-since = depuis le {$time}
unavailable-what = Notre équipe l’a caché pour l’instant.
unavailable-kept = Il n’a pas été supprimé : ses messages et ses abonnés sont gardés, et tout revient aussitôt s’il est rétabli.
unavailable-kept-followers = { $form ->
    [one] Il n’a pas été supprimé : ses messages et son {$count} abonné sont gardés, et tout revient aussitôt s’il est rétabli.
    [many] Il n’a pas été supprimé : ses messages et ses {$count} d’abonnés sont gardés, et tout revient aussitôt s’il est rétabli.
   *[other] Il n’a pas été supprimé : ses messages et ses {$count} abonnés sont gardés, et tout revient aussitôt s’il est rétabli.
}
record-title = Ce qui est consigné
record-entry = Entrée {$entry} du registre public
record-people = décidé par {$people}
people-of-teams = { $people-form ->
    [one] une personne
   *[other] { $people } personnes
}{ $teams-form ->
    [one] {""}
   *[other] {" "}de { $teams } équipes
}
record-ground = motif : {$ground}
record-until = prend fin de soi-même le {$time}

failure-nothing-lost = Rien n’a changé.
failure-text-kept = Rien n’a changé, et votre texte est gardé ci-dessous.
failure-kept = Votre texte
failure-reference = Si vous demandez de l’aide, citez {$reference}.
failure-next-back = Revenez en arrière, vérifiez et réessayez.
failure-unreadable-title = Nous n’avons pas pu lire cela
failure-unreadable-what = Ce que votre navigateur a envoyé était incomplet ou embrouillé.
failure-form-title = Ce formulaire était trop ancien
failure-form-what = Pour vous protéger, un formulaire ne sert qu’un temps, et seulement s’il vient de ce site.
failure-form-next = Revenez en arrière, rechargez la page et renvoyez-le.
failure-not-allowed-title = Vous ne pouvez pas faire cela ici
failure-not-allowed-what = Votre compte n’a pas le droit de faire cela.
failure-not-allowed-next = Si vous pensez qu’il devrait, écrivez à ceux qui tiennent ce site.
failure-method-title = Cette adresse n’accepte pas cela
failure-method-what = La page existe, mais on ne peut pas l’utiliser ainsi.
failure-too-large-title = C’était trop grand
failure-too-large-what = Nous acceptons moins que cela en une fois.
failure-too-large-next = Envoyez quelque chose de plus petit.
failure-refused-title = Nous n’avons pas pu accepter cela
failure-too-often-title = Un peu trop vite
failure-too-often-what = { $form ->
    [one] Nous limitons la fréquence de ceci. Cela remarchera dans {$count} seconde.
    [many] Nous limitons la fréquence de ceci. Cela remarchera dans {$count} de secondes.
   *[other] Nous limitons la fréquence de ceci. Cela remarchera dans {$count} secondes.
}
failure-too-often-next = Attendez, puis réessayez.
failure-ours-title = C’est notre erreur
failure-ours-what = Quelque chose s’est mal passé chez nous. C’est noté et nous regarderons.
failure-ours-next = Réessayez dans une minute. Si cela persiste, dites-le-nous.
failure-busy-title = Un instant
failure-busy-what = Nous ne pouvons pas répondre maintenant sans risquer de vous dire quelque chose de faux.
failure-busy-next = Rechargez la page dans quelques secondes.
failure-app-title = Cette application demande d’une façon à laquelle nous ne pouvons répondre
failure-app-next = Rien ne lui a été donné. Revenez à l’application et réessayez.
