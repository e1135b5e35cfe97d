//! What clients send in their many ways, read as one.

use kw_app::buckets::End;
use kw_domain::id::AccountId;

use super::{Params, json, value::Value};

fn query(text: &str) -> Params {
    Params::from_query(text).expect("readable")
}

fn body(text: &str) -> Params {
    Params(json::read(text.as_bytes()).expect("readable"))
}

#[test]
fn lists_are_the_same_however_they_are_written() {
    for params in [
        query("id[]=1&id[]=2"),
        query("id%5B%5D=1&id%5B%5D=2"),
        query("id[0]=1&id[1]=2"),
        query("id[10]=2&id[9]=1"),
        query("id=1&id=2"),
        body(r#"{"id": [1, 2]}"#),
        body(r#"{"id": ["1", "2"]}"#),
        body(r#"{"id[]": ["1", "2"]}"#),
    ] {
        assert_eq!(params.ids::<AccountId>("id"), Ok(vec![AccountId(1), AccountId(2)]), "{params:?}");
    }
    assert_eq!(query("id=7").ids::<AccountId>("id"), Ok(vec![AccountId(7)]));
    assert_eq!(query("id[]=x&id[]=7").ids::<AccountId>("id"), Ok(vec![AccountId(7)]));
    assert_eq!(query("").ids::<AccountId>("id"), Ok(vec![]));
}

#[test]
fn maps_and_lists_of_maps_are_the_same_in_forms_and_json() {
    for params in [
        query("fields_attributes[0][name]=a&fields_attributes[0][value]=b&fields_attributes[1][name]=c"),
        query("fields_attributes[][name]=a&fields_attributes[][value]=b&fields_attributes[][name]=c"),
        body(r#"{"fields_attributes": [{"name": "a", "value": "b"}, {"name": "c"}]}"#),
        body(r#"{"fields_attributes": {"0": {"name": "a", "value": "b"}, "1": {"name": "c"}}}"#),
    ] {
        let parts = params.parts("fields_attributes").expect("maps");
        assert_eq!(parts.len(), 2, "{params:?}");
        assert_eq!(parts[0].text("value"), Ok(Some("b")));
        assert_eq!(parts[1].text("name"), Ok(Some("c")));
    }
    let source = query("source[privacy]=private").part("source").expect("a map");
    assert_eq!(source.text("privacy"), Ok(Some("private")));
}

#[test]
fn yes_and_no_are_read_as_mastodon_reads_them() {
    for no in ["0", "f", "F", "false", "FALSE", "off", "OFF"] {
        assert_eq!(query(&format!("x={no}")).flag("x"), Ok(Some(false)), "{no}");
    }
    for yes in ["1", "true", "on", "t", "no", "whatever"] {
        assert_eq!(query(&format!("x={yes}")).flag("x"), Ok(Some(true)), "{yes}");
    }
    assert_eq!(query("x=").flag("x"), Ok(None));
    assert_eq!(body(r#"{"x": false}"#).flag("x"), Ok(Some(false)));
    assert_eq!(body(r#"{"x": null}"#).flag("x"), Ok(None));
}

#[test]
fn numbers_and_texts_are_the_same() {
    assert_eq!(body(r#"{"x": 12}"#).text("x"), Ok(Some("12")));
    assert_eq!(body(r#"{"x": "12"}"#).number("x"), Ok(Some(12)));
    assert!(body(r#"{"x": "twelve"}"#).number("x").is_err());
    assert!(body(r#"{"x": -1}"#).number("x").is_err());
}

#[test]
fn the_wrong_shape_is_refused_with_the_name_of_the_parameter() {
    let problem = body(r#"{"status": {"a": 1}}"#).text("status").map(|_| ()).expect_err("a map is no text");
    assert_eq!(problem.status, http::StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem.sentence.contains("status"));
    assert!(query("media_ids[a][b]=1").words("media_ids").is_err());
    assert!(query("avatar=x").file("avatar").is_err());
    assert_eq!(query("avatar=").file("avatar"), Ok(None));
}

#[test]
fn what_is_not_utf_8_is_refused() {
    assert!(Params::from_query("status=%ff%fe").is_err());
    assert!(Params::from_query("%c3%28=1").is_err());
    assert!(json::read(b"{\"a\": \"\xff\"}").is_err());
}

#[test]
fn half_escapes_stand_for_themselves() {
    assert_eq!(query("q=100%&p=%zz&r=a+b%20c").text("q"), Ok(Some("100%")));
    assert_eq!(query("p=%zz").text("p"), Ok(Some("%zz")));
    assert_eq!(query("r=a+b%20c").text("r"), Ok(Some("a b c")));
}

#[test]
fn depth_number_and_length_are_bounded() {
    assert!(Params::from_query(&format!("a{}=1", "[b]".repeat(9))).is_err());
    assert!(Params::from_query(&"a[]=1&".repeat(1_001)).is_err());
    assert!(Params::from_query(&format!("{}=1", "n".repeat(257))).is_err());
    let deep = format!("{}1{}", "{\"a\":".repeat(12), "}".repeat(12));
    assert!(json::read(deep.as_bytes()).is_err());
    assert!(json::read(format!("{{\"a\": [{}1]}}", "1,".repeat(1_000)).as_bytes()).is_err());
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    for text in ["[1]", "\"text\"", "1", "{", "{\"a\": }"] {
        assert!(json::read(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(json::read(b"null"), Ok(super::Tree::default()));
}

#[test]
fn contradicting_names_are_refused() {
    for text in ["a=1&a[b]=2", "a[b]=1&a[]=2", "a[]=1&a=2"] {
        assert!(Params::from_query(text).is_err(), "{text}");
    }
}

#[test]
fn strange_names_are_only_names() {
    for text in ["[]=1", "a[=1", "a]=1", "]=1", "[=1", "=1", "a[b=1", "a[]]=1"] {
        assert!(Params::from_query(text).is_ok(), "{text}");
    }
}

#[test]
fn limits_are_cut_and_never_refused() {
    for (text, limit) in
        [("", 20), ("limit=5", 5), ("limit=500", 40), ("limit=0", 20), ("limit=-3", 20), ("limit=x", 20)]
    {
        assert_eq!(query(text).limit(20, 40), limit, "{text}");
    }
    assert_eq!(query("limit[]=3").limit(20, 40), 20);
}

#[test]
fn since_id_asks_for_the_newest_and_min_id_for_the_nearest() {
    let since = query("since_id=5").window(20, 40).expect("a window");
    assert_eq!((since.above, since.from), (Some(5), End::Newest));
    let min = query("min_id=5&max_id=9").window(20, 40).expect("a window");
    assert_eq!((min.above, min.below, min.from), (Some(5), Some(9), End::Oldest));
    assert!(query("max_id=x").window(20, 40).is_err());
}

#[test]
fn the_last_of_repeated_texts_counts() {
    assert_eq!(query("q=a&q=b").text("q"), Ok(Some("b")));
    assert_eq!(query("q=a").value("q"), Some(&Value::plain("a")));
}
