//! The pages of the site: plain structs, templates, words, pictures, style.
//!
//! A page is a struct in `views/` with a template of the same name in `templates/views/` and a sample. Whoever answers a
//! request fills the struct in and calls [`View::to_html`]. Nothing here knows of requests, of the store or of waiting,
//! and nothing decides what may be seen: content comes in after the visibility check, as text that was sanitised when it
//! was written ([`SafeHtml`]).
//!
//! There is no script and no style inside of a page, so that the strictest content security policy holds:
//! `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self';
//! form-action 'self'; base-uri 'none'; frame-ancestors 'none'`. (The form of `/oauth/authorize` ends in a redirect to
//! an app; its answer needs the app's address in `form-action`.)
//!
//! # Signing
//!
//! `sign.js` knows three kinds of forms. Each has a hidden text `[data-unsupported]` that stays where signing is not
//! possible, a button `[data-go]` that is disabled until it is, `[data-trouble]` for what went wrong, and `data-failed`
//! with the words for it.
//!
//! | form | reads | fills in |
//! |---|---|---|
//! | `data-sign` | `[data-statement]`, `data-credential`, `data-rp` | `statement`: exactly the text that was hashed; `assertion` |
//! | `data-staff-sign-in` | `data-challenge`, `data-rp` | `assertion` |
//! | `data-enrol` | `data-challenge`, `data-rp`, `data-rp-name`, `data-user`, `data-user-name` | `attestation` |
//!
//! `assertion` is `{"id", "authenticatorData", "clientDataJSON", "signature"}`, `attestation` is `{"id",
//! "attestationObject", "clientDataJSON"}`: all of it in base64url without padding, and nothing else.
//!
//! # Forms and links
//!
//! Every form carries `csrf` and `back`, the path to go to afterwards. The buttons of posts and accounts are also sent
//! by a script with `Accept: application/json`, which asks for any answer of 2xx, or of 4xx and 5xx with
//! `{"error": "a sentence"}`.
//!
//! | method and path | fields |
//! |---|---|
//! | GET `/`, `/home`, `/local`, `/tags/{name}`, `/notifications`, `/bookmarks`, `/favourites`, `/follow-requests` | `max_id`, `min_id` from the pager |
//! | GET `/home/new` | `since`: an id; answers `{"count": n}` |
//! | GET `/search` | `q` |
//! | GET `/compose` | `reply_to` |
//! | POST `/posts` | `text`, `spoiler_text`, `visibility`, `language`, `in_reply_to_id`, `idempotency_key`; under step-up `passkey` or `code` |
//! | GET `/@{handle}`, `/@{handle}/with_replies`, `/@{handle}/about`, `/@{handle}/followers`, `/@{handle}/following` | |
//! | GET `/@{handle}/{id}`, `/@{handle}/{id}/history`, `/@{handle}/{id}/favourites`, `/@{handle}/{id}/boosts` | |
//! | GET, POST `/@{handle}/{id}/edit` | `text`, `spoiler_text`, `visibility`, `language` |
//! | GET, POST `/@{handle}/{id}/delete` | |
//! | POST `/posts/{id}/favourite`, `unfavourite`, `boost`, `unboost`, `bookmark`, `unbookmark`, `pin`, `unpin`, `mute`, `unmute` | |
//! | POST `/accounts/{id}/follow`, `unfollow`, `block`, `unblock`, `unmute`, `remove-follower` | |
//! | POST `/accounts/{id}/mute` | `duration` in seconds, 0 without an end |
//! | POST `/accounts/{id}/note` | `comment` |
//! | POST `/follow-requests/{id}/authorize`, `reject` | |
//! | POST `/notifications/clear` | |
//! | GET, POST `/sign-up` | `handle`, `email`, `password`, `reason`, `invitation`, `rules`, `time_zone` (empty without a script) |
//! | GET, POST `/sign-in` | `login`, `password` |
//! | GET, POST `/sign-in/second-factor` | `code`, or `passkey`: the assertion as JSON |
//! | POST `/sign-out` | |
//! | GET, POST `/settings/profile` | multipart: `name`, `bio`, `field_name_0` to `_3`, `field_value_0` to `_3`, `avatar`, `header`, `remove_avatar`, `remove_header`, `locked`, `bot`, `discoverable` |
//! | GET, POST `/reset/{code}` | `password`, `again` |
//! | GET, POST `/confirm/{code}` | |
//! | GET, POST `/settings/account` | `email` and, when it changes, `email_password`; `language`, `time_zone`, `post_language`, `visibility` |
//! | POST `/settings/password` | `current`, `password`, `again` |
//! | GET `/settings/security` | |
//! | POST `/settings/security/totp/begin` | `password`; answers with the code to scan |
//! | POST `/settings/security/totp` | `secret`, `code` |
//! | POST `/settings/security/totp/disable` | `password` |
//! | POST `/settings/security/recovery-codes` | `password` |
//! | POST `/settings/security/passkeys/options` | `password`; answers the creation options as JSON |
//! | POST `/settings/security/passkeys` | `name`, `passkey`: the attestation as JSON |
//! | POST `/settings/security/passkeys/{id}/remove` | `password` |
//! | GET `/settings/sessions`, POST `/settings/sessions/{id}/revoke` | |
//! | GET `/settings/apps`, POST `/settings/apps/{id}/revoke` | |
//! | GET, POST `/settings/invitations` | `uses`, `days` |
//! | GET, POST `/settings/deactivate` | `password`, `handle` |
//! | GET, POST `/settings/reactivate` | |
//! | GET, POST `/oauth/authorize` | the parameters of the request, and `decision`: `allow` or `deny` |
//! | GET `/about`, `/rules`, `/ledger`, `/ledger/entry/{index}`, `/@{handle}/record`, `/settings/standing`, `/settings/standing/{entry}` | |
//! | GET, POST `/staff/sign-in` | `begun`: which challenge was answered; `assertion` |
//! | GET, POST `/staff/found` | `code`; without it, once the staff is founded, the fingerprint |
//! | POST `/staff/found/people` | `code`, `name`, `roles`…, `team`, `ends`: a day, like every date of staff's forms |
//! | POST `/staff/found/people/{id}/remove` | `code` |
//! | GET, POST `/staff/enrol/{link}` | `begun`, `name`, `attestation` |
//! | GET `/staff` (the queue), `/staff/accounts` (`q`), `/staff/accounts/{id}` (`power`), `/staff/roster`, `/staff/policy`, `/staff/ledger` | |
//! | POST `/staff/accounts/{id}/propose` | `power`, `length` (minutes or `endless`), `label`, `ground`, `against`, `reference`, `explanation`, `facts`, `source`, `found_by_machine`, `urgent`, `undo_needs` (2 when ticked); answers with a preview, or with why not; with `again` with the form |
//! | GET `/staff/actions/{id}`, POST `/staff/actions/{id}/{step}` | `statement`, `assertion`, of a proposal also `luggage` and what was typed; a step is `propose`, `approve`, `deny`, `cancel`, `confirm`, `fire` or `undo` |
//! | POST `/staff/roster/add` | `name`, `directory`, `roles`…, `team`, `starts`, `ends`, `explanation`; answers with a preview |
//! | POST `/staff/roster/{id}/change` | `roles`…, `team`, `ends`, `explanation`; answers with a preview |
//! | POST `/staff/roster/{id}/end` | `explanation`; answers with a preview |
//! | POST `/staff/roster/{id}/invite` | answers with the roster and a link for a new passkey, once |
//! | POST `/staff/roster/{id}/keys/{key}/enrol`, `end` | to end it: `explanation`; answers with a preview |
//! | POST `/staff/policy/propose` | multipart: `policy_file`, `policy`, `explanation`; answers with a preview, or with why not; with `again` with the form |
//! | GET `/staff/sessions`, POST `/staff/sessions/{id}/revoke`, `/staff/sign-out` | |
//! | POST `/language` | `lang`, `back` |

pub mod assets;
mod html;
pub mod locale;
pub mod page;
pub mod part;
pub mod samples;
mod view;
pub mod views;

pub use html::SafeHtml;
pub use locale::Locale;
pub use page::Page;
pub use view::{Card, Indexing, View};
