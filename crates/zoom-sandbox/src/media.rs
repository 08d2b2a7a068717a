//! The bytes of a recording: small files that are what their endings say, made here and true to the call they are of.
//!
//! Picture and sound are not recorded in the sandbox. The MP4 shows one grey picture for as long as the call was
//! recorded; the M4A is a second of silence. Both are plain boxes of ISO base media with uncompressed data in them.

/// Width and height of the picture.
const SIDE: u16 = 16;
/// Samples a second.
const RATE: u16 = 8000;

fn boxed(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let size = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    [&size.to_be_bytes(), &kind, body.as_slice()].concat()
}

/// A box that begins with version and flags, both zero but where flags are given.
fn full(kind: [u8; 4], flags: u8, parts: &[&[u8]]) -> Vec<u8> {
    boxed(kind, &[&[0, 0, 0, flags], &parts.concat()])
}

fn word(value: u32) -> [u8; 4] {
    value.to_be_bytes()
}

fn short(value: u16) -> [u8; 2] {
    value.to_be_bytes()
}

/// The matrix that neither turns nor scales.
fn upright() -> Vec<u8> {
    [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000_u32].iter().flat_map(|value| word(*value)).collect()
}

/// A track, and what it is made of.
struct Track {
    /// `vide` or `soun`.
    handler: [u8; 4],
    /// The media's header and the description of its samples.
    header: Vec<u8>,
    entry: Vec<u8>,
    /// Ticks a second.
    scale: u32,
    samples: u32,
    /// Ticks each sample lasts, and its bytes.
    each: u32,
    size: u32,
    side: u16,
    volume: u16,
}

/// A file with one track.
fn file(brand: [u8; 4], track: &Track, data: &[u8]) -> Vec<u8> {
    let start = boxed(*b"ftyp", &[&brand, &word(0), b"isom", &brand]);
    let at = u32::try_from(start.len() + 8).unwrap_or(u32::MAX);
    let length = track.samples.saturating_mul(track.each);
    let table = boxed(
        *b"stbl",
        &[
            &full(*b"stsd", 0, &[&word(1), &track.entry]),
            &full(*b"stts", 0, &[&word(1), &word(track.samples), &word(track.each)]),
            &full(*b"stsc", 0, &[&word(1), &word(1), &word(track.samples), &word(1)]),
            &full(*b"stsz", 0, &[&word(track.size), &word(track.samples)]),
            &full(*b"stco", 0, &[&word(1), &word(at)]),
        ],
    );
    let inside = boxed(*b"dinf", &[&full(*b"dref", 0, &[&word(1), &full(*b"url ", 1, &[])])]);
    let media = boxed(
        *b"mdia",
        &[
            &full(*b"mdhd", 0, &[&word(0), &word(0), &word(track.scale), &word(length), &short(0x55C4), &short(0)]),
            &full(*b"hdlr", 0, &[&word(0), &track.handler, &[0; 12], b"sandbox\0"]),
            &boxed(*b"minf", &[&track.header, &inside, &table]),
        ],
    );
    let side = word(u32::from(track.side) << 16);
    let volume = short(track.volume);
    let head = [&word(0)[..], &word(0), &word(1), &word(0), &word(length), &[0; 12], &volume, &short(0), &upright()];
    let movie = boxed(
        *b"moov",
        &[
            &full(
                *b"mvhd",
                0,
                &[
                    &word(0),
                    &word(0),
                    &word(track.scale),
                    &word(length),
                    &word(0x1_0000),
                    &short(0x100),
                    &[0; 10],
                    &upright(),
                    &[0; 24],
                    &word(2),
                ],
            ),
            &boxed(*b"trak", &[&full(*b"tkhd", 3, &[&head.concat(), &side, &side]), &media]),
        ],
    );
    [start, boxed(*b"mdat", &[data]), movie].concat()
}

/// A grey picture that lasts so many seconds.
pub(crate) fn mp4(seconds: u32) -> Vec<u8> {
    let data = vec![0x80; usize::from(SIDE) * usize::from(SIDE) * 3];
    let entry = boxed(
        *b"raw ",
        &[
            &[0; 6],
            &short(1),
            &[0; 16],
            &short(SIDE),
            &short(SIDE),
            &word(0x48_0000),
            &word(0x48_0000),
            &word(0),
            &short(1),
            &[0; 32],
            &short(24),
            &[0xFF, 0xFF],
        ],
    );
    let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let header = full(*b"vmhd", 1, &[&[0; 8]]);
    let each = seconds.max(1).saturating_mul(1000);
    let track = Track { handler: *b"vide", header, entry, scale: 1000, samples: 1, each, size, side: SIDE, volume: 0 };
    file(*b"mp42", &track, &data)
}

/// A second of silence.
pub(crate) fn m4a() -> Vec<u8> {
    let data = vec![0; usize::from(RATE) * 2];
    let rate = word(u32::from(RATE) << 16);
    let entry = boxed(*b"sowt", &[&[0; 6], &short(1), &[0; 8], &short(1), &short(16), &word(0), &rate]);
    let header = full(*b"smhd", 0, &[&word(0)]);
    let track = Track {
        handler: *b"soun",
        header,
        entry,
        scale: RATE.into(),
        samples: RATE.into(),
        each: 1,
        size: 2,
        side: 0,
        volume: 0x100,
    };
    file(*b"M4A ", &track, &data)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boxes of a stretch, with what is in them; sizes must add up.
    fn boxes(mut bytes: &[u8]) -> Vec<(String, &[u8])> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
            found.push((String::from_utf8(bytes[4..8].to_vec()).unwrap(), &bytes[8..size]));
            bytes = &bytes[size..];
        }
        found
    }

    fn inside<'a>(bytes: &'a [u8], path: &[&str]) -> &'a [u8] {
        let [first, rest @ ..] = path else { return bytes };
        let found = boxes(bytes).into_iter().find(|(name, _)| name == first).unwrap().1;
        inside(found, rest)
    }

    #[test]
    fn the_files_are_boxes_that_add_up_and_their_samples_are_where_they_say() {
        for (bytes, length, scale) in [(mp4(2700), 2_700_000, 1000), (m4a(), 8000, 8000)] {
            let names: Vec<_> = boxes(&bytes).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, ["ftyp", "mdat", "moov"]);
            let header = inside(&bytes, &["moov", "mvhd"]);
            assert_eq!((&header[12..16], &header[16..20]), (&word(scale)[..], &word(length)[..]));
            let table = ["moov", "trak", "mdia", "minf", "stbl"];
            let at = inside(&bytes, &[&table[..], &["stco"]].concat());
            let at = u32::from_be_bytes(at[8..12].try_into().unwrap()) as usize;
            assert_eq!(&bytes[at - 4..at], b"mdat");
            let sizes = inside(&bytes, &[&table[..], &["stsz"]].concat());
            let number = |from: usize| u32::from_be_bytes(sizes[from..from + 4].try_into().unwrap()) as usize;
            assert_eq!(number(4) * number(8), inside(&bytes, &["mdat"]).len());
        }
    }
}
