//! Pictures good, bad and malicious, all made here.

use super::*;
use image::{GrayImage, Luma, Rgb, Rgba, RgbaImage};

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encodes");
    bytes.into_inner()
}

fn plain(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([10, 92, 115])))
}

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) }
    }))
}

/// Noise, which nothing can compress.
fn noise(width: u32, height: u32) -> RgbaImage {
    let mut state = 0x9E37_79B9_u32;
    RgbaImage::from_fn(width, height, |_, _| {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        Rgba([next(), next(), next(), next()])
    })
}

fn reopen(picture: &Picture) -> DynamicImage {
    image::load_from_memory(&picture.bytes).expect("our own file opens")
}

/// A PNG of which only the head is there: it claims `width` by `height` pixels of 8 bytes.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let checked: Vec<u8> = kind.iter().chain(data).copied().collect();
        [&(data.len() as u32).to_be_bytes()[..], &checked, &crc(&checked).to_be_bytes()].concat()
    }
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[16, 6, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &[0x78, 0x9c]), &chunk(b"IEND", &[])].concat()
}

#[test]
fn every_kind_becomes_a_square_jpeg() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let picture = convert(&file(&plain(640, 480), format), PictureUse::Avatar).expect("good");
        assert_eq!((picture.width, picture.height, picture.content_type), (400, 400, "image/jpeg"), "{format:?}");
        let reopened = reopen(&picture);
        assert_eq!((reopened.width(), reopened.height()), (400, 400));
        let pixel = reopened.to_rgb8().get_pixel(200, 200).0;
        assert!(pixel[0].abs_diff(10) < 12 && pixel[1].abs_diff(92) < 12 && pixel[2].abs_diff(115) < 12, "{pixel:?}");
    }
}

#[test]
fn headers_are_three_by_one() {
    for (source, result) in [
        ((3000, 3000), (1500, 500)),
        ((1500, 500), (1500, 500)),
        ((900, 900), (900, 300)),
        ((4000, 100), (300, 100)),
        ((10, 4000), (10, 3)),
    ] {
        let picture = convert(&file(&plain(source.0, source.1), ImageFormat::Png), PictureUse::Header).expect("good");
        assert_eq!((picture.width, picture.height), result, "{source:?}");
    }
}

#[test]
fn small_pictures_are_not_enlarged() {
    let picture = convert(&file(&plain(1, 1), ImageFormat::Png), PictureUse::Avatar).expect("good");
    assert_eq!((picture.width, picture.height), (1, 1));
    let picture = convert(&file(&plain(1, 1), ImageFormat::Png), PictureUse::Header).expect("good");
    assert_eq!((picture.width, picture.height), (1, 1));
    let picture = convert(&file(&plain(120, 80), ImageFormat::Png), PictureUse::Avatar).expect("good");
    assert_eq!((picture.width, picture.height), (80, 80));
}

#[test]
fn the_middle_is_kept() {
    let picture = convert(&file(&halves(2000, 500), ImageFormat::Png), PictureUse::Avatar).expect("good");
    let pixels = reopen(&picture).to_rgb8();
    assert!(pixels.get_pixel(50, 200).0[0] > 150, "the left is red");
    assert!(pixels.get_pixel(350, 200).0[2] > 150, "the right is blue");
}

#[test]
fn what_shows_through_stays_a_png() {
    let mut picture = RgbaImage::from_pixel(500, 500, Rgba([240, 191, 26, 255]));
    let opaque = convert(&file(&DynamicImage::ImageRgba8(picture.clone()), ImageFormat::Png), PictureUse::Avatar);
    assert_eq!(opaque.expect("good").content_type, "image/jpeg");
    for pixel in picture.pixels_mut().take(100_000) {
        pixel.0[3] = 0;
    }
    let clear = convert(&file(&DynamicImage::ImageRgba8(picture), ImageFormat::Png), PictureUse::Avatar).expect("good");
    assert_eq!(clear.content_type, "image/png");
    assert_eq!(reopen(&clear).to_rgba8().get_pixel(5, 5).0[3], 0);
}

#[test]
fn other_depths_are_read() {
    let grey = DynamicImage::ImageLuma8(GrayImage::from_pixel(50, 50, Luma([128])));
    assert!(convert(&file(&grey, ImageFormat::Png), PictureUse::Avatar).is_ok());
    let deep = DynamicImage::ImageRgba8(noise(50, 50)).into_rgba16();
    assert!(convert(&file(&deep.into(), ImageFormat::Png), PictureUse::Avatar).is_ok());
}

#[test]
fn the_result_fits_into_a_value_of_the_store() {
    let clear = file(&DynamicImage::ImageRgba8(noise(1500, 500)), ImageFormat::Png);
    let opaque = file(&DynamicImage::ImageRgba8(noise(1500, 500)).to_rgb8().into(), ImageFormat::Png);
    for (source, purpose) in [
        (&clear, PictureUse::Header),
        (&clear, PictureUse::Avatar),
        (&opaque, PictureUse::Header),
        (&opaque, PictureUse::Avatar),
    ] {
        let picture = convert(source, purpose).expect("good");
        assert!(picture.bytes.len() <= RESULT_BYTES_MAX, "{} bytes", picture.bytes.len());
        assert!(picture.bytes.len() < kw_store::limit::VALUE_BYTES_MAX);
    }
}

/// A JPEG whose head says in which direction the camera was held.
fn turned_jpeg(orientation: u8) -> Vec<u8> {
    let jpeg = file(&halves(600, 300), ImageFormat::Jpeg);
    let exif =
        [&b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation], b"\0\0\0\0\0\0"].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn pictures_are_turned_as_the_camera_was_held() {
    // Turned by a quarter to the right, what was left is on top.
    let picture = convert(&turned_jpeg(6), PictureUse::Avatar).expect("good");
    let pixels = reopen(&picture).to_rgb8();
    let middle = picture.width / 2;
    assert!(pixels.get_pixel(middle, 20).0[0] > 150, "the top is red");
    assert!(pixels.get_pixel(middle, picture.height - 20).0[2] > 150, "the bottom is blue");
    let header = convert(&turned_jpeg(6), PictureUse::Header).expect("good");
    assert_eq!((header.width, header.height), (300, 100));
    assert!(convert(&turned_jpeg(1), PictureUse::Header).is_ok_and(|picture| picture.width == 600));
}

#[test]
fn nothing_of_the_upload_survives_but_its_pixels() {
    let mut upload = turned_jpeg(1);
    upload.extend_from_slice(b"<script>alert(1)</script>");
    let picture = convert(&upload, PictureUse::Avatar).expect("good");
    for trace in [&b"Exif"[..], b"<script>"] {
        assert!(!picture.bytes.windows(trace.len()).any(|window| window == trace));
    }
}

#[test]
fn bombs_are_refused_by_their_head() {
    for (width, height) in [(100_000, 100_000), (u32::MAX >> 1, 1), (16_385, 1), (8_000, 8_000), (5_700, 5_700)] {
        assert_eq!(
            convert(&png_head(width, height), PictureUse::Avatar),
            Err(PictureRefusal::TooManyPixels),
            "{width}x{height}"
        );
    }
    let gif = [&b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\0\0\0\0\xff\xff\xff\xff\x00\x02\x02\x44\x01\x00;"[..]].concat();
    assert_eq!(convert(&gif, PictureUse::Avatar), Err(PictureRefusal::TooManyPixels));
}

#[test]
fn damaged_and_foreign_files_are_refused() {
    let whole = file(&DynamicImage::ImageRgba8(noise(100, 100)), ImageFormat::Png);
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (bytes, why) in [
        (&b""[..], PictureRefusal::Empty),
        (&whole[..whole.len() / 2], PictureRefusal::Damaged),
        (&whole[..20], PictureRefusal::Damaged),
        (&png_head(0, 10), PictureRefusal::Damaged),
        (&png_head(10, 10), PictureRefusal::Damaged),
        (&svg[..], PictureRefusal::UnknownKind),
        (b"BM\0\0\0\0", PictureRefusal::UnknownKind),
        (b"hello", PictureRefusal::UnknownKind),
        (b"GIF89a", PictureRefusal::Damaged),
        (b"RIFF\0\0\0\0WEBP", PictureRefusal::Damaged),
        (b"\xff\xd8\xff\xe0", PictureRefusal::Damaged),
        (&vec![0; FILE_BYTES_MAX + 1], PictureRefusal::TooManyBytes),
    ] {
        assert_eq!(convert(bytes, PictureUse::Avatar), Err(why), "{:?}", &bytes[..bytes.len().min(16)]);
    }
}

#[test]
fn files_with_changed_bytes_never_panic() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let whole = file(&halves(60, 40), format);
        for at in 0..whole.len().min(400) {
            let mut changed = whole.clone();
            changed[at] ^= 0x5A;
            if let Ok(picture) = convert(&changed, PictureUse::Avatar) {
                assert!(picture.bytes.len() <= RESULT_BYTES_MAX);
            }
            let _ = convert(&whole[..at], PictureUse::Avatar);
        }
    }
}
