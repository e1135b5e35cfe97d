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
//! | POST `/posts` | `text`, `spoiler_text`, `visibility`, `language`, `in_reply_to_id`, `idempotency_key` |
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
//! | GET `/about` | |
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
