//! No surface forgets (I3): every place where something of an account can be seen, looked at before staff hide it, the moment
//! after, and when it is back.

use std::collections::BTreeMap;

use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use kw_domain::id::AccountId;
use kw_staff::power::Power;
use serde_json::{Value, json};

use super::world::{Browser, PASSWORD, Seen, World};
use crate::tests::staff;

/// Words and names that are Ada's alone: none of them may be anywhere while the account is unavailable.
const HERS: [&str; 4] = ["Secretname", "secretgale", "secretbio", "secretpicture"];

/// Somebody with a browser and a client.
struct Person {
    browser: Browser,
    token: String,
    id: String,
}

/// Where somebody looks.
struct Surface {
    path: String,
    by: Viewer,
    /// Whether something of Ada's stands there.
    shows: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Viewer {
    /// Nobody in particular, with a browser.
    Visitor,
    /// Nobody in particular, with a client.
    Anyone,
    /// Ben, who follows Ada, with a browser.
    Ben,
    /// Ben with a client.
    BensClient,
}

async fn call(world: &World, (method, path): (Method, &str), token: &str, body: Option<Value>) -> Seen {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    world.browser().ask(request.body(body).expect("a request")).await
}

async fn post(world: &World, path: &str, token: &str, body: Value) -> Value {
    let seen = call(world, (Method::POST, path), token, Some(body)).await;
    assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.text);
    serde_json::from_str(&seen.text).expect("JSON")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Signs somebody up with a client, and signs their browser in.
async fn join(world: &World, handle: &str) -> Person {
    let scopes = "read write follow push profile";
    let app = json!({ "client_name": "Tern", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": scopes });
    let app = post(world, "/api/v1/apps", "", app).await;
    let ask = json!({
        "grant_type": "client_credentials", "client_id": app["client_id"], "client_secret": app["client_secret"],
        "scope": scopes,
    });
    let app = text(&post(world, "/oauth/token", "", ask).await["access_token"]);
    let form = json!({
        "username": handle, "email": format!("{handle}@post.example"), "password": PASSWORD, "agreement": true,
        "locale": "en",
    });
    let token = text(&post(world, "/api/v1/accounts", &app, form).await["access_token"]);
    let link = world.letters.link().await;
    let mut browser = world.browser();
    browser.send(&link, &[]).await;
    browser.send("/sign-in", &[("login", handle), ("password", PASSWORD)]).await;
    let own = call(world, (Method::GET, "/api/v1/accounts/verify_credentials"), &token, None).await;
    let own: Value = serde_json::from_str(&own.text).expect("JSON");
    Person { browser, token, id: text(&own["id"]) }
}

/// Puts something of Ada's everywhere: what to look at, and her picture's path.
async fn furnish(world: &World, ada: &Person, ben: &Person) -> Vec<Surface> {
    let profile = json!({ "display_name": "Ada Secretname", "note": "secretbio", "discoverable": true });
    let update = (Method::PATCH, "/api/v1/accounts/update_credentials");
    let seen = call(world, update.clone(), &ada.token, Some(profile)).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    let picture = send_picture(world, &ada.token).await;
    let act = |path: String, by: &Person| {
        let token = by.token.clone();
        async move { post(world, &path, &token, json!({})).await }
    };
    act(format!("/api/v1/accounts/{}/follow", ada.id), ben).await;
    act(format!("/api/v1/accounts/{}/follow", ben.id), ada).await;
    let say = |body: Value, by: &Person| {
        let token = by.token.clone();
        async move { text(&post(world, "/api/v1/statuses", &token, body).await["id"]) }
    };
    let hers = say(json!({ "status": "A secretgale is near @ben #gale" }), ada).await;
    let private = say(json!({ "status": "secretgale for friends", "visibility": "private" }), ada).await;
    let his = say(json!({ "status": "Ferries stay in #ferries" }), ben).await;
    let reply = json!({ "status": "Wise, says secretgale", "in_reply_to_id": his });
    let reply = say(reply, ada).await;
    for (verb, id, by) in [
        ("pin", &hers, ada),
        ("favourite", &his, ada),
        ("reblog", &his, ada),
        ("favourite", &hers, ben),
        ("bookmark", &hers, ben),
        ("reblog", &hers, ben),
    ] {
        act(format!("/api/v1/statuses/{id}/{verb}"), by).await;
    }
    let list = text(&post(world, "/api/v1/lists", &ben.token, json!({ "title": "Sea" })).await["id"]);
    post(world, &format!("/api/v1/lists/{list}/accounts"), &ben.token, json!({ "account_ids": [ada.id] })).await;
    let mut surfaces = pages(&hers, &private, &his, &reply);
    surfaces.extend(answers(ada, ben, [&hers, &private, &his, &reply, &list]));
    surfaces.push(Surface { path: picture, by: Viewer::Anyone, shows: false });
    surfaces
}

/// A picture of Ada: where it is served.
async fn send_picture(world: &World, token: &str) -> String {
    let mut png = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(8, 8, image::Rgb([9, 9, 9]));
    image.write_to(&mut png, image::ImageFormat::Png).expect("a picture can be written");
    let head = "--cut\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.png\"\r\n\
                Content-Type: image/png\r\n\r\n";
    let body = [head.as_bytes(), &png.into_inner(), b"\r\n--cut--\r\n"].concat();
    let request = Request::patch("/api/v1/accounts/update_credentials")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    let seen = world.browser().ask(request.body(Body::from(body)).expect("a request")).await;
    let account: Value = serde_json::from_str(&seen.text).expect("JSON");
    text(&account["avatar"]).strip_prefix("http://kittiwake.example").expect("ours").to_owned()
}

/// Pages of a visitor and of Ben.
fn pages(hers: &str, private: &str, his: &str, reply: &str) -> Vec<Surface> {
    let of = |by| move |(path, shows): (String, bool)| Surface { path, by, shows };
    let visitor = [
        ("/".to_owned(), true),
        ("/local".to_owned(), true),
        ("/tags/gale".to_owned(), true),
        ("/search?q=secretname".to_owned(), true),
        ("/search?q=%23gale".to_owned(), false),
        ("/@ada".to_owned(), true),
        ("/@ada/with_replies".to_owned(), true),
        ("/@ada/about".to_owned(), true),
        ("/@ada/followers".to_owned(), true),
        ("/@ada/following".to_owned(), true),
        ("/@ada/record".to_owned(), true),
        (format!("/@ada/{hers}"), true),
        (format!("/@ada/{hers}/history"), true),
        (format!("/@ada/{hers}/favourites"), false),
        (format!("/@ada/{hers}/boosts"), false),
        (format!("/@ada/{reply}"), true),
        ("/@ben".to_owned(), true),
        ("/@ben/followers".to_owned(), true),
        ("/@ben/following".to_owned(), true),
        (format!("/@ben/{his}"), true),
        (format!("/@ben/{his}/favourites"), true),
        (format!("/@ben/{his}/boosts"), true),
    ];
    let ben = [
        ("/home".to_owned(), true),
        ("/notifications".to_owned(), true),
        ("/bookmarks".to_owned(), true),
        ("/favourites".to_owned(), true),
        ("/search?q=ada".to_owned(), true),
        (format!("/@ada/{private}"), true),
        (format!("/@ben/{his}"), true),
        (format!("/compose?reply_to={hers}"), true),
    ];
    visitor.into_iter().map(of(Viewer::Visitor)).chain(ben.into_iter().map(of(Viewer::Ben))).collect()
}

/// Answers to clients, of anyone and of Ben.
fn answers(ada: &Person, ben: &Person, [hers, private, his, reply, list]: [&str; 5]) -> Vec<Surface> {
    let of = |by| move |path: String| Surface { path, by, shows: true };
    let (a, b) = (&ada.id, &ben.id);
    let anyone = [
        format!("/api/v1/accounts/{a}"),
        format!("/api/v1/accounts?id[]={a}"),
        format!("/api/v1/accounts/{a}/statuses"),
        format!("/api/v1/accounts/{a}/statuses?pinned=true"),
        "/api/v1/accounts/lookup?acct=ada".to_owned(),
        format!("/api/v1/statuses/{hers}"),
        format!("/api/v1/statuses?id[]={hers}"),
        format!("/api/v1/statuses/{hers}/history"),
        format!("/api/v1/statuses/{his}/context"),
        format!("/api/v1/statuses/{his}/reblogged_by"),
        format!("/api/v1/statuses/{his}/favourited_by"),
        format!("/api/v1/accounts/{b}/statuses"),
        format!("/api/v1/accounts/{b}/followers"),
        format!("/api/v1/accounts/{b}/following"),
        "/api/v1/timelines/public".to_owned(),
        "/api/v1/timelines/tag/gale".to_owned(),
        "/api/v2/search?q=secretname".to_owned(),
    ];
    let ben = [
        "/api/v1/timelines/home".to_owned(),
        format!("/api/v1/timelines/list/{list}"),
        format!("/api/v1/lists/{list}/accounts"),
        "/api/v1/notifications".to_owned(),
        "/api/v2/notifications".to_owned(),
        "/api/v1/bookmarks".to_owned(),
        "/api/v1/favourites".to_owned(),
        "/api/v1/accounts/search?q=ada".to_owned(),
        "/api/v2/search?q=ada".to_owned(),
        format!("/api/v1/statuses/{private}"),
    ];
    let bare = |path: String, by| Surface { path, by, shows: false };
    let mut surfaces: Vec<Surface> = anyone.into_iter().map(of(Viewer::Anyone)).collect();
    surfaces.extend(ben.into_iter().map(of(Viewer::BensClient)));
    surfaces.push(bare("/.well-known/webfinger?resource=acct:ada@kittiwake.example".to_owned(), Viewer::Anyone));
    surfaces.push(bare(format!("/api/v1/accounts/relationships?id[]={a}"), Viewer::BensClient));
    for path in [
        format!("/api/v1/accounts/{a}/followers"),
        format!("/api/v1/accounts/{a}/following"),
        format!("/api/v1/statuses/{hers}/context"),
        format!("/api/v1/statuses/{reply}/context"),
    ] {
        surfaces.push(bare(path, Viewer::Anyone));
    }
    surfaces
}

/// Everything as it is seen now, by address and viewer.
async fn look(world: &World, ben: &mut Person, surfaces: &[Surface], visitor: &mut Browser) -> BTreeMap<String, Seen> {
    let mut seen = BTreeMap::new();
    for surface in surfaces {
        let (path, get) = (surface.path.as_str(), |token| call(world, (Method::GET, &surface.path), token, None));
        let found = match surface.by {
            Viewer::Visitor => visitor.open(path).await,
            Viewer::Ben => ben.browser.open(path).await,
            Viewer::Anyone => get("").await,
            Viewer::BensClient => get(&ben.token).await,
        };
        seen.insert(format!("{:?} {path}", surface.by), found);
    }
    seen
}

/// A page without what is fresh in each: the key that makes sending twice post once.
fn lasting(page: &str) -> String {
    let mut parts = page.split("name=\"idempotency_key\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + part.split_once('"').map_or("", |(_, rest)| rest))
}

fn shows_hers(seen: &Seen) -> bool {
    HERS.iter().any(|word| seen.has(word))
}

#[tokio::test]
async fn every_surface_hides_an_account_at_once_and_shows_it_again_as_it_was() {
    let world = World::new().await;
    let (mut ada, mut ben) = (join(&world, "ada").await, join(&world, "ben").await);
    let solo = staff::solo(&world.cx).await;
    let surfaces = furnish(&world, &ada, &ben).await;
    let mut visitor = world.browser();
    // Looked at twice: what is marked as read stays so.
    look(&world, &mut ben, &surfaces, &mut visitor).await;
    let before = look(&world, &mut ben, &surfaces, &mut visitor).await;
    for surface in &surfaces {
        let place = format!("{:?} {}", surface.by, surface.path);
        let seen = &before[&place];
        assert!(seen.status.is_success(), "{place}: {}", seen.status);
        assert!(shows_hers(seen) || !surface.shows, "nothing of hers is there to be hidden: {place}: {}", seen.text);
    }

    let account = AccountId(ada.id.parse().expect("an id"));
    staff::hide(&world.cx, &solo, account).await;
    let during = look(&world, &mut ben, &surfaces, &mut visitor).await;
    for (place, seen) in &during {
        assert!(!shows_hers(seen), "{place}: {}", seen.text);
        assert!(!seen.status.is_server_error(), "{place}: {}", seen.status);
        let is_page = place.starts_with("Visitor /@ada") || place.starts_with("Ben /@ada");
        if is_page {
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{place}");
            assert_eq!(seen.header("cache-control"), "no-store", "{place}");
        }
    }
    let own = |name: &str| &during[&format!("Anyone {name}")];
    assert_eq!(own("/.well-known/webfinger?resource=acct:ada@kittiwake.example").status, StatusCode::NOT_FOUND);
    let shell: Value = serde_json::from_str(&own(&format!("/api/v1/accounts/{}", ada.id)).text).expect("JSON");
    assert_eq!((&shell["suspended"], &shell["username"]), (&json!(true), &json!("ada")));
    let picture = surfaces.iter().find(|surface| surface.path.starts_with("/media/")).expect("she has one");
    assert_eq!(own(&picture.path).status, StatusCode::NOT_FOUND);
    let verify = (Method::GET, "/api/v1/accounts/verify_credentials");
    assert_eq!(call(&world, verify.clone(), &ada.token, None).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ada.browser.open("/home").await.location(), "/settings/standing");

    staff::act(&world.cx, &solo, Power::Restore, account).await;
    let after = look(&world, &mut ben, &surfaces, &mut visitor).await;
    for (place, seen) in &after {
        let then = &before[place];
        assert_eq!(seen.status, then.status, "{place}");
        // What was done stays on record, and the profile says so.
        let line = " · <a href=\"/@ada/record\">1 action on record</a>";
        if !place.ends_with("/@ada/record") {
            assert_eq!(lasting(&seen.text).replace(line, ""), lasting(&then.text), "{place}");
        }
    }
    assert!(after["Visitor /@ada"].has("1 action on record") && after["Visitor /@ada/record"].has("taken back"));
    assert_eq!(call(&world, verify, &ada.token, None).await.status, StatusCode::OK);
    ada.browser.read("/home").await;
}
