//! Drawn pictures for the cast: flat shapes in three colours, one motif each. No files, no fonts.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::cast::{Motif, Person};

const AVATAR: (u32, u32) = (200, 200);
const HEADER: (u32, u32) = (900, 300);

/// The picture beside somebody's posts, as PNG.
pub fn avatar(person: &Person) -> Vec<u8> {
    paint(AVATAR, person, person.motif)
}

/// The picture above somebody's profile, as PNG: a long swell in their colours.
pub fn header(person: &Person) -> Vec<u8> {
    paint(HEADER, person, Motif::Swell)
}

fn paint((width, height): (u32, u32), person: &Person, motif: Motif) -> Vec<u8> {
    let [sky, land, mark] = person.colours.map(colour);
    let aspect = f64::from(width) / f64::from(height);
    let picture = RgbImage::from_fn(width, height, |column, row| {
        // From the middle: across -aspect..aspect, down -1..1.
        let across = (2.0 * f64::from(column) / f64::from(width) - 1.0) * aspect;
        let down = 2.0 * f64::from(row) / f64::from(height) - 1.0;
        match layer(motif, across, down) {
            Layer::Sky => sky,
            Layer::Land => land,
            Layer::Mark => mark,
        }
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).expect("memory takes a picture");
    png.into_inner()
}

const fn colour(rgb: u32) -> Rgb<u8> {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Rgb([red, green, blue])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Sky,
    Land,
    Mark,
}

/// Which colour stands at a point of a motif.
fn layer(motif: Motif, across: f64, down: f64) -> Layer {
    let first = |layers: &[(bool, Layer)]| layers.iter().find(|it| it.0).map_or(Layer::Sky, |it| it.1);
    let circle = |x: f64, y: f64, radius: f64| (across - x).hypot(down - y) < radius;
    match motif {
        Motif::Bird => {
            first(&[(is_wing(across, down), Layer::Mark), (down > 0.55 + 0.05 * (across * 5.0).sin(), Layer::Land)])
        }
        Motif::Waves => first(&[
            (is_crest(across, down, 0.05) || is_crest(across, down, 0.45), Layer::Mark),
            (down > -0.15 + 0.08 * (across * 6.0).sin(), Layer::Land),
        ]),
        Motif::Swell => {
            let edge = 0.12 * (across * 1.1).sin() + 0.05 * (across * 2.7 + 1.0).sin();
            first(&[((down - edge).abs() < 0.02, Layer::Mark), (down > edge, Layer::Land)])
        }
        Motif::Lighthouse => first(&[
            (circle(0.0, -0.55, 0.14), Layer::Mark),
            (down > -0.4 && down < 0.6 && across.abs() < 0.13 + 0.1 * (down + 0.4), Layer::Land),
            (down > 0.6 + 0.25 * across * across, Layer::Land),
        ]),
        Motif::Hill => first(&[
            (down > 0.55 - 0.7 * (-(across - 0.35).powi(2) * 2.2).exp(), Layer::Land),
            (circle(-0.4, -0.35, 0.24), Layer::Mark),
        ]),
        Motif::Boat => first(&[
            (down > 0.2 && down < 0.45 && across.abs() < 0.75 - (down - 0.2), Layer::Mark),
            (down > -0.65 && down < 0.12 && across > 0.02 && across < 0.02 + 0.55 * (down + 0.65), Layer::Land),
            (down > 0.4 + 0.04 * (across * 7.0).sin(), Layer::Land),
        ]),
        Motif::Dots => first(&[
            (is_dot(across, down, 0.5, 0.13), Layer::Mark),
            (is_dot(across + 0.25, down + 0.25, 0.5, 0.07), Layer::Land),
        ]),
        Motif::Page => first(&[
            (across.abs() < 0.55 && (-0.62..-0.45).contains(&down), Layer::Mark),
            (across.abs() < 0.55 && down > -0.3 && down < 0.7 && (down * 5.0).rem_euclid(1.0) < 0.4, Layer::Land),
        ]),
    }
}

/// Two bows that meet: a gull as children draw it.
fn is_wing(across: f64, down: f64) -> bool {
    let wing = across.abs();
    let bow = -0.32 * (1.0 - ((wing - 0.38) / 0.38).powi(2));
    wing < 0.78 && (down - bow).abs() < 0.1 * (1.0 - wing / 0.95)
}

fn is_crest(across: f64, down: f64, at: f64) -> bool {
    (down - at - 0.07 * (across * 6.0 + at * 9.0).sin()).abs() < 0.035
}

fn is_dot(across: f64, down: f64, every: f64, radius: f64) -> bool {
    let from_middle = |value: f64| (value + every / 2.0).rem_euclid(every) - every / 2.0;
    from_middle(across).hypot(from_middle(down)) < radius
}

#[cfg(test)]
mod tests {
    use super::super::cast::CAST;
    use super::*;

    #[test]
    fn every_picture_shows_its_three_colours() {
        for person in CAST {
            let picture = image::load_from_memory(&avatar(person)).expect("it is a PNG").into_rgb8();
            let seen: std::collections::BTreeSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
            assert_eq!(seen.len(), 3, "{}", person.handle);
        }
    }
}
