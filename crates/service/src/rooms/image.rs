//! What a cover's bytes are: JPEG, PNG or WebP by content, never by name, and never SVG.

use imagesize::ImageType;
use model::Problem;
use store::cover::CoverKind;

use crate::error::{Error, Result};

/// The most bytes of a cover.
pub(crate) const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The most pixels of a side.
const MAX_SIDE: usize = 6_000;

/// What kind of image these bytes are.
pub(crate) fn kind_of(bytes: &[u8]) -> Result<CoverKind> {
    if bytes.is_empty() {
        return Err(Error::field("cover", Problem::Missing));
    }
    if bytes.len() > MAX_BYTES {
        return Err(Error::field("cover", Problem::TooLong { max: MAX_BYTES }));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => CoverKind::Jpeg,
        Ok(ImageType::Png) => CoverKind::Png,
        Ok(ImageType::Webp) => CoverKind::Webp,
        _ => return Err(Error::field("cover", Problem::NotAChoice)),
    };
    // A small file can unfold into a picture that no phone has memory for.
    let size = imagesize::blob_size(bytes).map_err(|_| Error::field("cover", Problem::NotAChoice))?;
    let fits = |side: usize| (1..=MAX_SIDE).contains(&side);
    if !fits(size.width) || !fits(size.height) {
        return Err(Error::field("cover", Problem::TooManyPixels { max: MAX_SIDE }));
    }
    Ok(kind)
}

/// Pixels across and down.
pub(super) fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_what_its_bytes_say() {
        assert_eq!(kind_of(&jpeg(640, 280)).unwrap(), CoverKind::Jpeg);
        assert_eq!(kind_of(&png(640, 280)).unwrap(), CoverKind::Png);
        assert_eq!(kind_of(&webp(640, 280)).unwrap(), CoverKind::Webp);
        assert_eq!(size_of(&webp(640, 280)), Some((640, 280)));
        assert!(kind_of(b"\x89PNG\r\n\x1a\n").is_err(), "a beginning is no image");
        assert!(kind_of(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        assert!(kind_of(b"").is_err());
        assert!(kind_of(&vec![0xff; MAX_BYTES + 1]).is_err());
    }

    #[test]
    fn a_picture_that_unfolds_too_far_is_refused_whatever_its_file_weighs() {
        for (width, height) in [(20_000, 20_000), (60_000, 1), (1, 6_001), (0, 5)] {
            let refused = kind_of(&png(width, height));
            let Err(Error::Invalid(wrong)) = refused else { panic!("{width} × {height}: {refused:?}") };
            assert_eq!(wrong, [Problem::TooManyPixels { max: 6_000 }.at("cover")]);
        }
        assert!(kind_of(&jpeg(6_001, 10)).is_err() && kind_of(&webp(10, 6_001)).is_err());
        kind_of(&png(6_000, 6_000)).unwrap();
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes()].concat();
        [&head[..], &[8, 2, 0, 0, 0, 0, 0, 0, 0]].concat()
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let head = [&b"\xff\xd8\xff\xc0\0\x11\x08"[..], &height.to_be_bytes(), &width.to_be_bytes()].concat();
        [&head[..], &[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9]].concat()
    }

    fn webp(width: u32, height: u32) -> Vec<u8> {
        let (width, height) = ((width - 1).to_le_bytes(), (height - 1).to_le_bytes());
        let head = [&b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"[..], &width[..3], &height[..3]].concat();
        [&head[..], &[0; 8]].concat()
    }
}
