//! Lists of people that Zoom writes as one text.

/// Separated by semicolons, as meetings want them.
pub(crate) mod semicolons {
    use serde::{Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "the signature that serde wants")]
    pub(crate) fn serialize<S: Serializer>(list: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
        super::write(list.as_deref(), ";", serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
        super::read(deserializer)
    }
}

/// Separated by commas, as webinars want them.
pub(crate) mod commas {
    use serde::{Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "the signature that serde wants")]
    pub(crate) fn serialize<S: Serializer>(list: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
        super::write(list.as_deref(), ",", serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
        super::read(deserializer)
    }
}

fn write<S: serde::Serializer>(list: Option<&[String]>, separator: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&list.unwrap_or_default().join(separator))
}

/// Both separators are seen in answers.
fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let text = <Option<String> as serde::Deserialize>::deserialize(deserializer)?;
    let parts = |text: String| {
        text.split([';', ',']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    Ok(text.map(parts))
}
