//! A plot as SVG: points over an axis that grows by powers of ten, in the colours of the house, readable without them.

use std::fmt::Write;

use super::report::Plot;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = WIDTH - 24.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = HEIGHT - 48.0;
/// Sea, alarm, good, ink: as on pages in light.
const COLOURS: [&str; 4] = ["#1f5f8b", "#a8321c", "#2f6b3c", "#2b2b2b"];
const DASHES: [&str; 4] = ["", "6 3", "2 3", "8 3 2 3"];

/// Draws it.
pub fn draw(plot: &Plot) -> String {
    let points = || plot.lines.iter().flat_map(|(_, points)| points.iter());
    let least = points().map(|(x, _)| *x).fold(f64::INFINITY, f64::min).max(1.0).log10().floor();
    let most = points().map(|(x, _)| *x).fold(1.0, f64::max).log10().ceil().max(least + 1.0);
    let highest = points().map(|(_, y)| *y).fold(0.0, f64::max).max(1e-9) * 1.15;
    let x = |value: f64| LEFT + (value.max(1.0).log10() - least) / (most - least) * (RIGHT - LEFT);
    let y = |value: f64| BOTTOM - value / highest * (BOTTOM - TOP);
    let mut out = String::new();
    let _infallible = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\"><title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>\
         <text x=\"{LEFT}\" y=\"20\" font-weight=\"600\">{}</text>\
         <text x=\"{LEFT}\" y=\"38\" fill=\"#555\">{}</text>\
         <text x=\"{RIGHT}\" y=\"{}\" text-anchor=\"end\" fill=\"#555\">{}</text>",
        escaped(&plot.title),
        escaped(&plot.title),
        escaped(&plot.up),
        HEIGHT - 8.0,
        escaped(&plot.across)
    );
    for step in 0..=4 {
        let value = highest * f64::from(step) / 4.0;
        let at = y(value);
        let _infallible = write!(
            out,
            "<path d=\"M{LEFT} {at:.1}H{RIGHT}\" stroke=\"#ddd8cc\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            at + 4.0,
            short(value)
        );
    }
    for power in least as i32..=most as i32 {
        let value = 10_f64.powi(power);
        let _infallible = write!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(value),
            BOTTOM + 18.0,
            short(value)
        );
    }
    for (number, (name, points)) in plot.lines.iter().enumerate() {
        let (colour, dash) = (COLOURS[number % COLOURS.len()], DASHES[number % DASHES.len()]);
        let path: Vec<String> = points.iter().map(|point| format!("{:.1} {:.1}", x(point.0), y(point.1))).collect();
        let _infallible = write!(
            out,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
            path.join("L")
        );
        for point in points {
            let _infallible =
                write!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", x(point.0), y(point.1));
        }
        if let Some(last) = points.last() {
            let (at, above) = (x(last.0) - 4.0, y(last.1) - 8.0);
            let _infallible = write!(
                out,
                "<text x=\"{at:.1}\" y=\"{above:.1}\" text-anchor=\"end\" fill=\"{colour}\">{}</text>",
                escaped(name)
            );
        }
    }
    out + "</svg>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn short(value: f64) -> String {
    match value {
        1e6.. => format!("{:.0} M", value / 1e6),
        1e4.. => format!("{:.0} k", value / 1e3),
        10.0.. => format!("{value:.0}"),
        0.0 => "0".to_owned(),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_to_the_right_stands_further_right_and_words_are_escaped() {
        let lines = vec![("a < b".to_owned(), vec![(1.0, 2.0), (1e6, 2.1)])];
        let text = |word: &str| word.to_owned();
        let drawn = draw(&Plot {
            name: text("x"),
            title: text("Cost & load"),
            across: text("followers"),
            up: text("ms"),
            lines,
        });
        assert!(drawn.contains("a &lt; b") && drawn.contains("Cost &amp; load") && drawn.contains(">1 M<"));
        let at: Vec<f64> =
            drawn.split("cx=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
        assert!(at.len() == 2 && at[1] > at[0] + 400.0, "{at:?}");
    }
}
