//! What the markup of every sample must keep to.

use std::collections::HashSet;

use kw_html::samples::{Rendered, all};
use kw_html::{Locale, assets};
use scraper::{ElementRef, Html, Selector};

fn select(query: &str) -> Selector {
    Selector::parse(query).expect("the queries of this file are well formed")
}

/// Runs a check on every page, and names all pages that fail it with what was found.
fn on_every_page(check: impl Fn(&Rendered, &Html) -> Vec<String>) {
    let mut found = Vec::new();
    for locale in Locale::ALL {
        for page in all(locale) {
            let document = Html::parse_document(&page.html);
            let faults = check(&page, &document);
            found.extend(faults.into_iter().map(|fault| format!("{} ({}): {fault}", page.name, locale.tag())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_is_well_formed() {
    on_every_page(|_, document| document.errors.iter().map(ToString::to_string).collect());
}

#[test]
fn every_page_has_one_heading_of_the_first_level_and_one_main_landmark() {
    let (heading, main) = (select("h1"), select("main#main"));
    on_every_page(|_, document| {
        let counts = (document.select(&heading).count(), document.select(&main).count());
        if counts == (1, 1) { Vec::new() } else { vec![format!("h1 and main: {counts:?}")] }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_token_and_the_way_back() {
    let form = select("form[method=post]");
    let (token, back) = (select("input[type=hidden][name=csrf]"), select("input[type=hidden][name=back]"));
    on_every_page(|_, document| {
        let lacks = |form: &ElementRef<'_>| form.select(&token).count() != 1 || form.select(&back).count() != 1;
        document.select(&form).filter(lacks).map(|form| format!("{:?}", form.attr("action"))).collect()
    });
}

#[test]
fn every_field_has_a_label_and_every_picture_a_description() {
    let field = select("input:not([type=hidden]), textarea, select");
    let picture = select("img");
    on_every_page(|_, document| {
        let labelled = |id: &str| document.select(&select(&format!("label[for='{id}']"))).next().is_some();
        let mut faults: Vec<String> = document
            .select(&field)
            .filter(|field| !field.attr("id").is_some_and(labelled))
            .map(|field| format!("no label for {}", field.html()))
            .collect();
        faults.extend(document.select(&picture).filter(|it| it.attr("alt").is_none()).map(|it| it.html()));
        faults
    });
}

#[test]
fn every_link_and_button_has_a_name() {
    let control = select("a, button, summary");
    on_every_page(|_, document| {
        let is_nameless = |it: &ElementRef<'_>| {
            it.attr("aria-hidden").is_none()
                && it.attr("hidden").is_none()
                && it.attr("aria-label").is_none_or(str::is_empty)
                && text(*it).is_empty()
        };
        document.select(&control).filter(is_nameless).map(|it| it.html()).collect()
    });
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    let with_id = select("[id]");
    let referring = select("[aria-labelledby], [aria-describedby]");
    on_every_page(|_, document| {
        let mut ids = HashSet::new();
        let mut faults: Vec<String> = document
            .select(&with_id)
            .filter_map(|it| it.attr("id"))
            .filter(|id| !ids.insert(id.to_string()))
            .map(|id| format!("twice: {id}"))
            .collect();
        for it in document.select(&referring) {
            let named = it.attr("aria-labelledby").into_iter().chain(it.attr("aria-describedby"));
            let dangling = named.flat_map(str::split_whitespace).filter(|id| !ids.contains(*id));
            faults.extend(dangling.map(|id| format!("nothing is called {id}")));
        }
        faults
    });
}

#[test]
fn no_page_has_a_script_or_a_style_of_its_own() {
    let inline = select("script:not([src]), style, [style]");
    let element = select("*");
    on_every_page(|_, document| {
        let mut faults: Vec<String> = document.select(&inline).map(|it| it.html()).collect();
        let handlers = document.select(&element).flat_map(|it| it.value().attrs().map(|(name, _)| name));
        faults.extend(handlers.filter(|name| name.starts_with("on")).map(str::to_owned));
        faults
    });
}

#[test]
fn every_file_that_a_page_names_exists() {
    let naming = select("link[href], script[src]");
    on_every_page(|_, document| {
        let addresses = document.select(&naming).filter_map(|it| it.attr("href").or(it.attr("src")));
        let missing = |path: &&str| !assets::assets().iter().any(|asset| asset.path == *path);
        addresses.filter(|path| path.starts_with("/assets/")).filter(missing).map(str::to_owned).collect()
    });
}

#[test]
fn every_icon_that_a_page_uses_is_in_the_sprite() {
    let (using, symbol) = (select("use"), select("symbol"));
    on_every_page(|_, document| {
        let drawn: HashSet<String> =
            document.select(&symbol).filter_map(|it| it.attr("id")).map(|id| format!("#{id}")).collect();
        let used = document.select(&using).filter_map(|it| it.attr("href"));
        used.filter(|name| !drawn.contains(*name)).map(str::to_owned).collect()
    });
}

#[test]
fn titles_and_link_cards_are_complete() {
    let title = select("title");
    let card =
        ["og:title", "og:description", "og:image", "og:type"].map(|name| select(&format!("meta[property='{name}']")));
    on_every_page(|page, document| {
        let words = document.select(&title).next().map(text).unwrap_or_default();
        let mut faults = Vec::new();
        if words.len() <= " · Kittiwake".len() {
            faults.push(format!("title {words:?}"));
        }
        let is_blank = |query: &Selector| {
            document.select(query).next().and_then(|it| it.attr("content")).is_none_or(str::is_empty)
        };
        if card.iter().any(is_blank) {
            faults.push("a link card without its parts".to_owned());
        }
        if !page.html.starts_with("<!doctype html>") {
            faults.push("no doctype".to_owned());
        }
        faults
    });
}

#[test]
fn what_people_wrote_is_escaped() {
    let page = all(Locale::En).into_iter().find(|page| page.name == "profile-replies").expect("there is such a sample");
    assert!(
        page.html.contains("Tove &#60;Olsen&#62; &#38; Sons") || page.html.contains("Tove &lt;Olsen&gt; &amp; Sons")
    );
    assert!(!page.html.contains("<Olsen>"));
}
