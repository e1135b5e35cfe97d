//! What did not work, as an answer: status codes and public sentences, in this one file.
//!
//! A [`Refusal`] is an expected no and becomes a 4xx; a [`Failure`] is trouble and becomes a 5xx whose cause is logged here,
//! once, and never shown. Answers are always `{"error": "…"}`. Pages turn the same [`Problem`] into a page of their own.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use kw_app::failure::Failure;
use kw_domain::refusal::{Fault, Kind, Refusal};
use serde_json::{Map, Value, json};

/// Why a request was not answered with what it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// The public sentence.
    pub sentence: String,
    /// A stable name for it, for pages that have words of their own.
    pub code: &'static str,
    /// The input at fault, by its name in the client API.
    pub field: Option<&'static str>,
    /// When to try again, in seconds.
    pub retry_after_s: Option<u64>,
    /// Why, for the log only. Set for our own trouble.
    pub cause: Option<Box<str>>,
    /// Everything that is wrong with a form, input by input.
    pub faults: Box<[Fault]>,
}

impl Problem {
    /// A problem with its status and sentence.
    pub fn new(status: StatusCode, code: &'static str, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self { status, sentence, code, field: None, retry_after_s: None, cause: None, faults: Box::default() }
    }

    /// 400: the request cannot be read.
    pub fn unreadable(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable", sentence)
    }

    /// 422: the value of `field` cannot be accepted.
    pub fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", sentence) }
    }

    /// 404: there is no such thing, or it is not this viewer's to see.
    pub fn missing() -> Self {
        Refusal::missing().into()
    }

    /// 401: the token is not one of ours, or not any more. Clients sign their user out on it.
    pub fn bad_token(sentence: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_token", sentence)
    }

    /// 403: the token may not be used for this.
    pub fn outside_scopes() -> Self {
        Self::new(StatusCode::FORBIDDEN, "insufficient_scope", "This action is outside the authorized scopes")
    }

    /// 429: too often.
    pub fn too_often(retry_after_s: u64) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_often", "Too many requests");
        Self { retry_after_s: Some(retry_after_s.max(1)), ..problem }
    }

    /// 503: not now.
    pub fn busy(cause: impl Into<String>) -> Self {
        let sentence = "The server cannot answer at the moment. Please try again.";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", sentence);
        Self { cause: Some(cause.into().into()), retry_after_s: Some(1), ..problem }
    }

    /// 500: our mistake.
    pub fn ours(cause: impl Into<String>) -> Self {
        let sentence = "Something went wrong on our side. Nothing was changed by this request.";
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "ours", sentence);
        Self { cause: Some(cause.into().into()), ..problem }
    }

    /// Writes the cause to the log, if there is one. Whoever answers calls it once.
    pub fn log(&self) {
        if let Some(cause) = &self.cause {
            tracing::error!(status = self.status.as_u16(), code = self.code, cause, "request failed");
        } else {
            tracing::debug!(status = self.status.as_u16(), code = self.code, "request refused");
        }
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("error".to_owned(), json!(self.sentence));
        if !self.faults.is_empty() {
            let mut details = Map::new();
            for fault in &self.faults {
                let detail = json!({ "error": fault.kind.code(), "description": fault.sentence });
                let list = details.entry(fault.field).or_insert_with(|| json!([]));
                list.as_array_mut().expect("it was put there as a list").push(detail);
            }
            body.insert("details".to_owned(), Value::Object(details));
        }
        Value::Object(body)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let mut response = (self.status, axum::Json(self.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Kittiwake\""));
        }
        // Pages show the same in their own words.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let Refusal { kind, sentence, code, field, faults } = refusal;
        if let Kind::TooOften(millis) = kind {
            return Self { code, ..Self::too_often(millis.div_ceil(1_000)) };
        }
        let status = match kind {
            Kind::Missing | Kind::Unavailable | Kind::Deactivated => StatusCode::NOT_FOUND,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Invalid | Kind::Conflict | Kind::TooOften(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let sentence = match (kind, field) {
            // Clients cut this prefix off, or show it; they know it either way.
            (Kind::Invalid, Some(_)) if !sentence.starts_with("Validation failed") => {
                format!("Validation failed: {sentence}")
            }
            _ => sentence,
        };
        Self { field, faults: faults.into(), ..Self::new(status, code, sentence) }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Conflict | Failure::Store(_) => Self::busy(failure.to_string()),
            Failure::Damaged { .. } => Self::ours(failure.to_string()),
            Failure::Outside(_) => {
                let sentence = "Remote data could not be fetched";
                let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "outside", sentence);
                Self { cause: Some(failure.to_string().into()), ..problem }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kw_domain::refusal::FaultKind;

    use super::*;

    #[test]
    fn every_kind_of_refusal_has_its_status() {
        for (kind, status) in [
            (Kind::Missing, 404),
            (Kind::Unavailable, 404),
            (Kind::Deactivated, 404),
            (Kind::Forbidden, 403),
            (Kind::Invalid, 422),
            (Kind::Conflict, 422),
            (Kind::TooOften(1_500), 429),
            (Kind::Unauthenticated, 401),
        ] {
            let problem = Problem::from(Refusal::new(kind, "x", "A sentence"));
            assert_eq!(problem.status.as_u16(), status, "{kind:?}");
        }
    }

    #[test]
    fn what_is_hidden_cannot_be_told_from_what_is_missing() {
        let missing = Problem::from(Refusal::missing()).body();
        for kind in [Kind::Unavailable, Kind::Deactivated] {
            assert_eq!(Problem::from(Refusal::new(kind, "hidden", "Record not found")).body(), missing);
        }
    }

    #[test]
    fn the_cause_of_a_failure_is_never_shown() {
        let problem = Problem::from(Failure::Damaged { family: "post", why: "secret".to_owned() });
        assert_eq!(problem.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!problem.body().to_string().contains("secret"));
        assert!(problem.cause.is_some_and(|cause| cause.contains("secret")));
    }

    #[test]
    fn sign_up_lists_what_was_wrong_by_input() {
        let fault = |kind, sentence: &str| Fault { field: "username", kind, sentence: sentence.to_owned() };
        let faults = vec![fault(FaultKind::Taken, "is taken"), fault(FaultKind::Reserved, "is reserved")];
        let body = Problem::from(Refusal::faults(faults)).body();
        assert_eq!(body["details"]["username"][0]["error"], "ERR_TAKEN");
        assert_eq!(body["details"]["username"][1]["description"], "is reserved");
    }

    #[test]
    fn retrying_is_asked_for_in_whole_seconds() {
        let response = Problem::from(Refusal::new(Kind::TooOften(1_500), "x", "Too often")).into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "2");
    }
}
