//! Pictures that people upload as avatar or header: decoded within bounds, cut to shape, written anew.
//!
//! What is stored was always encoded here, so nothing of the upload survives but its pixels: no metadata (place,
//! camera), no second file hidden behind the first. Pure and bound by the processor: the caller runs it on a thread for
//! such work, one or two at a time, because a picture may need several hundred megabytes ([`DECODE_BYTES_MAX`]).
//!
//! Colour profiles are dropped with the rest: pixels are taken as sRGB.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
};
use kw_domain::refusal::Refusal;
use std::io::Cursor;

/// The largest file that is looked at, in bytes.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The most pixels (width times height) a picture may have: 8K.
pub const PIXELS_MAX: u64 = 33_177_600;
/// The longest side, in pixels.
pub const SIDE_MAX: u32 = 16_384;
/// The most memory that the pixels may take while decoding, in bytes. The decoder of progressive JPEGs needs about twice
/// as much again for its own tables, bounded by [`PIXELS_MAX`].
pub const DECODE_BYTES_MAX: u64 = 192 * 1024 * 1024;
/// The largest result, in bytes: a value of the store is at most 256 KiB, with some room for what goes with it.
pub const RESULT_BYTES_MAX: usize = 255 * 1024;

/// Qualities tried for a JPEG until it fits, best first.
const JPEG_QUALITIES: [u8; 4] = [85, 75, 65, 50];

/// What a picture is for, and so its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureUse {
    /// Square, at most 400 by 400.
    Avatar,
    /// Three times as wide as high, at most 1500 by 500.
    Header,
}

impl PictureUse {
    fn size_max(self) -> Size {
        match self {
            Self::Avatar => Size { width: 400, height: 400 },
            Self::Header => Size { width: 1500, height: 500 },
        }
    }
}

/// A picture as it is stored and served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The encoded file, at most [`RESULT_BYTES_MAX`].
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where something shows through.
    pub content_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Why a picture was refused. Each variant's text is a public sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureRefusal {
    /// No bytes at all.
    #[error("This picture is empty.")]
    Empty,
    /// A file above [`FILE_BYTES_MAX`].
    #[error("This picture is larger than 16 MB.")]
    TooManyBytes,
    /// Judged by its first bytes, never by its name.
    #[error("This is not a PNG, JPEG, GIF or WebP picture.")]
    UnknownKind,
    /// More pixels, or more memory to decode them, than allowed.
    #[error("This picture has too many pixels (at most 33 million, and 16384 on a side).")]
    TooManyPixels,
    /// Cut off or damaged.
    #[error("This picture is damaged and could not be read.")]
    Damaged,
}

impl PictureRefusal {
    /// The refusal for the input that held the picture.
    pub fn of(self, purpose: PictureUse) -> Refusal {
        let field = match purpose {
            PictureUse::Avatar => "avatar",
            PictureUse::Header => "header",
        };
        let code = match self {
            Self::Empty => "picture_empty",
            Self::TooManyBytes => "picture_too_large",
            Self::UnknownKind => "picture_kind",
            Self::TooManyPixels => "picture_pixels",
            Self::Damaged => "picture_damaged",
        };
        Refusal::invalid(field, code, self.to_string())
    }
}

impl From<ImageError> for PictureRefusal {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooManyPixels,
            _ => Self::Damaged,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    width: u32,
    height: u32,
}

impl Size {
    fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

/// Makes an uploaded file into a picture to store.
///
/// The kind is told from the content. The middle is kept where the shape does not fit; small pictures are not enlarged;
/// of a moving picture the first frame is taken. Size is checked from the file's head, before anything is decoded.
pub fn convert(file: &[u8], purpose: PictureUse) -> Result<Picture, PictureRefusal> {
    if file.is_empty() {
        return Err(PictureRefusal::Empty);
    }
    if file.len() > FILE_BYTES_MAX {
        return Err(PictureRefusal::TooManyBytes);
    }
    let format = format_of(file)?;
    let (source, orientation) = decode(file, format)?;
    encode(shape(source, orientation, purpose.size_max()))
}

fn format_of(file: &[u8]) -> Result<ImageFormat, PictureRefusal> {
    match image::guess_format(file) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)) => Ok(format),
        _ => Err(PictureRefusal::UnknownKind),
    }
}

fn decode(file: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), PictureRefusal> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits.clone());

    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureRefusal::Damaged);
    }
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(PictureRefusal::TooManyPixels);
    }
    // Not every decoder counts the picture itself against its limit.
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder)?;
    Ok((picture, orientation))
}

/// The middle of `source` in the shape of `size_max`, upright, no larger than `size_max` nor than the source.
fn shape(source: DynamicImage, orientation: Orientation, size_max: Size) -> DynamicImage {
    // The small result is turned, not the large source: cutting out the middle is the same before and after turning.
    let turns = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let size_max = if turns { size_max.turned() } else { size_max };
    let source = shrink_roughly(source, size_max);
    let whole = Size { width: source.width(), height: source.height() };
    let cut = covering(whole, size_max);
    let middle = source.crop_imm((whole.width - cut.width) / 2, (whole.height - cut.height) / 2, cut.width, cut.height);
    let mut shaped = if cut.width > size_max.width {
        middle.resize_exact(size_max.width, size_max.height, FilterType::Lanczos3)
    } else {
        middle
    };
    shaped.apply_orientation(orientation);
    shaped
}

/// Brings a large source down to twice what is wanted: averaging areas is quick and needs little memory, and the fine
/// filter then has little to do.
fn shrink_roughly(source: DynamicImage, size_max: Size) -> DynamicImage {
    let factor_width = f64::from(size_max.width * 2) / f64::from(source.width());
    let factor_height = f64::from(size_max.height * 2) / f64::from(source.height());
    let factor = factor_width.max(factor_height);
    if factor >= 1.0 {
        return source;
    }
    let scale = |side: u32| ((f64::from(side) * factor).round() as u32).max(1);
    source.thumbnail_exact(scale(source.width()), scale(source.height()))
}

/// The largest size in the shape of `shape` that fits in `whole`; at least one pixel.
fn covering(whole: Size, shape: Size) -> Size {
    let (width, height) = (u64::from(whole.width), u64::from(whole.height));
    let (shape_width, shape_height) = (u64::from(shape.width), u64::from(shape.height));
    if width * shape_height > height * shape_width {
        Size { width: ((height * shape_width / shape_height) as u32).max(1), height: whole.height }
    } else {
        Size { width: whole.width, height: ((width * shape_height / shape_width) as u32).max(1) }
    }
}

/// Encodes as well as the room allows: first less quality, then fewer pixels.
fn encode(mut picture: DynamicImage) -> Result<Picture, PictureRefusal> {
    loop {
        let (width, height) = (picture.width(), picture.height());
        let encoded = if shows_through(&picture) {
            let bytes = png(&picture)?;
            (bytes.len() <= RESULT_BYTES_MAX).then_some((bytes, "image/png"))
        } else {
            smallest_fitting_jpeg(&picture.to_rgb8())?.map(|bytes| (bytes, "image/jpeg"))
        };
        if let Some((bytes, content_type)) = encoded {
            return Ok(Picture { bytes, content_type, width, height });
        }
        let scale = |side: u32| (side * 3 / 4).max(1);
        picture = picture.resize_exact(scale(width), scale(height), FilterType::Triangle);
    }
}

fn shows_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

fn smallest_fitting_jpeg(picture: &RgbImage) -> Result<Option<Vec<u8>>, PictureRefusal> {
    for quality in JPEG_QUALITIES {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture)?;
        if bytes.len() <= RESULT_BYTES_MAX {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, PictureRefusal> {
    let pixels = picture.to_rgba8();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive).write_image(
        pixels.as_raw(),
        pixels.width(),
        pixels.height(),
        ExtendedColorType::Rgba8,
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
