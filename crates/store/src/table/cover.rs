//! `cover`: the image of a room, its bytes included.

use jiff::Timestamp;
use model::RoomId;
use sha2::{Digest as _, Sha256};

use crate::{
    engine::{params, sql},
    error::Result,
    row::Row,
    tx::{Reader, Tx},
};

/// What kind of image it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl CoverKind {
    const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// A cover image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// What kind of image it is.
    pub kind: CoverKind,
    /// The file.
    pub bytes: Vec<u8>,
    /// SHA-256 of the file in hexadecimal: what a cache asks by.
    pub hash: String,
}

impl Cover {
    /// A cover from its file.
    pub fn new(kind: CoverKind, bytes: Vec<u8>) -> Self {
        let hash = hex::encode(Sha256::digest(&bytes));
        Self { kind, bytes, hash }
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
    content_type: String,
    hash: String,
    bytes: Vec<u8>,
}

/// The cover of a room.
pub async fn get(reader: &mut Reader, room: RoomId) -> Result<Option<Cover>> {
    let raw: Option<Raw> = reader.row("reading a cover", sql!("cover/get"), params![room]).await?;
    raw.map(|raw| {
        let key = room.to_string();
        let kind = CoverKind::ALL.into_iter().find(|kind| kind.media_type() == raw.content_type);
        let kind = Row::of("cover", &key).some("content_type", kind)?;
        Ok(Cover { kind, bytes: raw.bytes, hash: raw.hash })
    })
    .transpose()
}

/// The hash of a room's cover, without its bytes.
pub async fn hash(reader: &mut Reader, room: RoomId) -> Result<Option<String>> {
    let row: Option<(String,)> = reader.row("reading a cover's hash", sql!("cover/hash"), params![room]).await?;
    Ok(row.map(|(hash,)| hash))
}

/// Sets the cover of a room.
pub async fn put(tx: &mut Tx, room: RoomId, cover: &Cover, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let params = params![room, cover.kind.media_type(), cover.hash.as_str(), cover.bytes.clone(), now];
    tx.run("setting a cover", sql!("cover/put"), params).await?;
    Ok(())
}

/// Removes the cover of a room; false where there was none.
pub async fn remove(tx: &mut Tx, room: RoomId) -> Result<bool> {
    tx.visitors_see_it();
    Ok(tx.run("removing a cover", sql!("cover/remove"), params![room]).await? > 0)
}
