//! Times, sizes and numbers over many powers of ten, with as many digits as say something.

/// A time, from seconds.
pub fn time(seconds: f64) -> String {
    let units = [(3_600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (0.0, "µs")];
    let (unit, name) = units.into_iter().find(|(unit, _)| seconds >= *unit).unwrap_or((1e-6, "µs"));
    scaled(seconds / if unit == 0.0 { 1e-6 } else { unit }, name)
}

/// A size, from bytes.
pub fn bytes(count: f64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let power =
        units.iter().enumerate().rev().map(|(power, _)| power).find(|power| count >= 1_024f64.powi(*power as i32));
    let power = power.unwrap_or_default();
    scaled(count / 1_024f64.powi(power as i32), units[power])
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn scaled(value: f64, unit: &str) -> String {
    match value {
        ..1.0 => format!("{value:.2} {unit}"),
        ..100.0 => format!("{value:.1} {unit}"),
        _ => format!("{value:.0} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_have_the_unit_that_fits_them() {
        let times = [(0.25e-6, "0.25 µs"), (5e-6, "5.0 µs"), (0.25, "250 ms"), (90.0, "1.5 min"), (7_200.0, "2.0 h")];
        for (seconds, expected) in times {
            assert_eq!(time(seconds), expected);
        }
        assert_eq!([12.0, 2_048.0, 3.5e12].map(bytes), ["12.0 bytes", "2.0 KiB", "3.2 TiB"]);
        assert_eq!([7, 1_000, 41_700_000].map(grouped), ["7", "1,000", "41,700,000"]);
    }
}
