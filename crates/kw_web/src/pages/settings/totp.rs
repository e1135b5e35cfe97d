//! `/settings/security/totp…`: codes of an app as second factor. The password begins it, the first right code ends it.

use std::fmt::Write as _;

use kw_app::credential::totp;
use kw_html::SafeHtml;
use kw_html::part::form::FormErrors;
use kw_html::views::SettingsTotp;
use qrcode::{Color, EcLevel, QrCode};

use super::security;
use crate::address::encode_path;
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, page};
use crate::pages::form::MemberForm;
use crate::pages::visit::Member;
use crate::pages::words;

/// Modules of white around the code, as readers need it.
const MARGIN: usize = 4;

/// Makes a key, and shows it to be scanned.
pub async fn begin(form: MemberForm) -> Answer {
    match totp::begin(form.cx(), form.member(), form.typed("password")?).await {
        Ok(new) => Ok(page(&view(&form, &new.key, FormErrors::default())?)),
        Err(failure) => security::again(&form, failure).await,
    }
}

/// The page with the key is the answer to a form. Whoever comes to its address by themselves begins anew.
pub async fn show(_: Member) -> Answer {
    Ok(go("/settings/security"))
}

/// Takes the key into use, when the code is right.
pub async fn submit(form: MemberForm) -> Answer {
    match totp::confirm(form.cx(), form.member(), form.typed("code")?).await {
        Ok(codes) => Ok(security::show_codes(&form, codes)),
        Err(failure) => {
            let errors = words::form_errors(failure, &[("code", "code")], 0)?;
            Ok(form_again(&view(&form, form.typed("secret")?, errors)?))
        }
    }
}

/// Turns the codes off.
pub async fn disable(form: MemberForm) -> Answer {
    match totp::remove(form.cx(), form.member(), form.typed("password")?).await {
        Ok(()) => Ok(go("/settings/security")),
        Err(failure) => security::again(&form, failure).await,
    }
}

fn view(member: &Member, secret: &str, errors: FormErrors) -> Result<SettingsTotp, Problem> {
    let secret: String = secret.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    let page = member.page();
    let handle = page.viewer.as_ref().map(|viewer| viewer.account.handle.clone()).unwrap_or_default();
    let qr_svg = draw(&address(&page.site.domain, &handle, &secret))?;
    Ok(SettingsTotp { qr_svg, secret, errors, page })
}

/// What an authenticator reads. A colon parts the two names, so neither may have one.
fn address(domain: &str, handle: &str, secret: &str) -> String {
    let (issuer, account) = (encode_path(&domain.replace(':', " ")), encode_path(handle));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// The code as a picture without style and script: one path, black on white in every theme, because that is what cameras
/// read.
fn draw(text: &str) -> Result<SafeHtml, Problem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Problem::ours(format!("drawing a code: {error}")))?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            _ = write!(path, "M{} {}h1v1h-1z", at % width + MARGIN, at / width + MARGIN);
        }
    }
    let size = width + 2 * MARGIN;
    Ok(SafeHtml::trusted(format!(
        "<svg viewBox=\"0 0 {size} {size}\" width=\"220\" height=\"220\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_site_and_account() {
        assert_eq!(
            address("localhost:8080", "ada", "ABC"),
            "otpauth://totp/localhost%208080:ada?secret=ABC&issuer=localhost%208080"
        );
    }

    #[test]
    fn the_picture_has_three_eyes_and_nothing_that_runs() {
        let svg = draw("otpauth://totp/x").expect("it fits into a code");
        assert!(svg.as_str().contains("M4 4h1v1h-1z"));
        assert!(!svg.as_str().contains("style") && !svg.as_str().contains("script"));
    }
}
