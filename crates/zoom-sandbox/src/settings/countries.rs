//! The countries that can be dialled from and called, in the sandbox.

/// A country.
#[derive(Debug)]
pub(crate) struct Country {
    /// Two letters.
    pub(crate) code: &'static str,
    /// In English.
    pub(crate) name: &'static str,
    /// What international numbers begin with, after `+`.
    pub(crate) calling: &'static str,
}

const fn country(code: &'static str, name: &'static str, calling: &'static str) -> Country {
    Country { code, name, calling }
}

/// A few of each continent.
pub(crate) const COUNTRIES: &[Country] = &[
    country("AU", "Australia", "61"),
    country("BR", "Brazil", "55"),
    country("CA", "Canada", "1"),
    country("CN", "China", "86"),
    country("DE", "Germany", "49"),
    country("EG", "Egypt", "20"),
    country("ES", "Spain", "34"),
    country("FR", "France", "33"),
    country("GB", "United Kingdom", "44"),
    country("IN", "India", "91"),
    country("IT", "Italy", "39"),
    country("JP", "Japan", "81"),
    country("MX", "Mexico", "52"),
    country("NG", "Nigeria", "234"),
    country("NL", "Netherlands", "31"),
    country("US", "United States", "1"),
    country("ZA", "South Africa", "27"),
];
