//! What a cover's bytes are: JPEG, PNG or WebP by content, never by name, and never SVG.

use model::Problem;
use store::cover::CoverKind;

use crate::error::{Error, Result};

/// The most bytes of a cover.
pub(crate) const MAX_BYTES: usize = 5 * 1024 * 1024;

/// What kind of image these bytes are.
pub(crate) fn kind_of(bytes: &[u8]) -> Result<CoverKind> {
    if bytes.is_empty() {
        return Err(Error::field("cover", Problem::Missing));
    }
    if bytes.len() > MAX_BYTES {
        return Err(Error::field("cover", Problem::TooLong { max: MAX_BYTES }));
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        Ok(CoverKind::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok(CoverKind::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Ok(CoverKind::Webp)
    } else {
        Err(Error::field("cover", Problem::NotAChoice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_what_its_bytes_say() {
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0").unwrap(), CoverKind::Jpeg);
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n....").unwrap(), CoverKind::Png);
        assert_eq!(kind_of(b"RIFF\0\0\0\0WEBPVP8 ").unwrap(), CoverKind::Webp);
        assert!(kind_of(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        assert!(kind_of(b"").is_err());
        assert!(kind_of(&vec![0xff; MAX_BYTES + 1]).is_err());
    }
}
