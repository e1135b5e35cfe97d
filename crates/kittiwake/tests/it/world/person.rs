//! Somebody with a client, or without one: what they do goes over the wire as a client would send it.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use super::World;
use super::wire::{Account, Answer, Notification, Post};

/// Somebody.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    world: &'a World,
    handle: Option<&'a str>,
}

impl<'a> Person<'a> {
    pub(super) const fn new(world: &'a World, handle: Option<&'a str>) -> Self {
        Self { world, handle }
    }

    // ---- Requests ----

    /// `GET`s a path.
    pub async fn get(self, path: &str) -> Answer {
        self.request(Method::GET, path, None).await
    }

    /// `POST`s JSON.
    pub async fn send(self, path: &str, body: Value) -> Answer {
        self.request(Method::POST, path, Some(body)).await
    }

    /// Any request; a body is JSON.
    pub async fn request(self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "bay.example");
        if let Some(handle) = self.handle {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.world.token(handle).await));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.world.send(request.body(body).expect("a test's request is well formed")).await
    }

    // ---- Posts ----

    /// Posts publicly.
    pub async fn post(self, text: &str) -> Post {
        self.post_with(json!({ "status": text })).await
    }

    /// Posts with whatever the client API takes.
    pub async fn post_with(self, body: Value) -> Post {
        self.send("/api/v1/statuses", body).await.read()
    }

    /// Replies, publicly.
    pub async fn reply(self, to: &Post, text: &str) -> Post {
        self.post_with(json!({ "status": text, "in_reply_to_id": to.id })).await
    }

    /// Looks at a post again.
    pub async fn load(self, post: &Post) -> Post {
        self.get(&format!("/api/v1/statuses/{}", post.id)).await.read()
    }

    /// Favourites a post.
    pub async fn favourite(self, post: &Post) -> Post {
        self.do_to(post, "favourite").await.read()
    }

    /// Boosts a post; answers the boost.
    pub async fn boost(self, post: &Post) -> Post {
        self.do_to(post, "reblog").await.read()
    }

    /// Does something to a post, by the client API's verb.
    pub async fn do_to(self, post: &Post, verb: &str) -> Answer {
        self.send(&format!("/api/v1/statuses/{}/{verb}", post.id), json!({})).await
    }

    /// Edits a post.
    pub async fn edit(self, post: &Post, text: &str) -> Post {
        let path = format!("/api/v1/statuses/{}", post.id);
        self.request(Method::PUT, &path, Some(json!({ "status": text }))).await.read()
    }

    /// Deletes a post.
    pub async fn delete(self, post: &Post) -> Answer {
        self.request(Method::DELETE, &format!("/api/v1/statuses/{}", post.id), None).await
    }

    // ---- People ----

    /// The account of somebody, as this person sees it.
    pub async fn look_at(self, handle: &str) -> Account {
        self.get(&format!("/api/v1/accounts/lookup?acct={handle}")).await.read()
    }

    /// Follows somebody, who joins if they are not here yet.
    pub async fn follow(self, handle: &str) -> Answer {
        self.do_to_account(handle, "follow").await
    }

    /// Does something to an account, by the client API's verb.
    pub async fn do_to_account(self, handle: &str, verb: &str) -> Answer {
        self.world.token(handle).await;
        let account = self.look_at(handle).await;
        self.send(&format!("/api/v1/accounts/{}/{verb}", account.id), json!({})).await
    }

    // ---- Timelines ----

    /// The first page of home.
    pub async fn home(self) -> Vec<Post> {
        self.get("/api/v1/timelines/home").await.read()
    }

    /// The first page of any timeline.
    pub async fn timeline(self, path: &str) -> Vec<Post> {
        self.get(path).await.read()
    }

    /// The first page of notifications, newest first.
    pub async fn notifications(self) -> Vec<Notification> {
        let page: Vec<Value> = self.get("/api/v1/notifications").await.read();
        page.iter().map(Notification::of).collect()
    }
}
