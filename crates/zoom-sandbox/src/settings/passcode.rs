//! What an account asks of the passcodes of meetings and webinars.

use clock::Entropy;
use serde_json::Value;

/// Letters and digits that nobody confuses when reading them out.
const READABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const LOWER: &[u8; 16] = b"abcdefghkmnpqrst";
const UPPER: &[u8; 16] = b"ABCDEFGHKMNPQRST";
const DIGITS: &[u8; 8] = b"23456789";
const SPECIAL: &[u8; 4] = b"@*_-";

/// The longest passcode Zoom takes.
const LONGEST: usize = 10;
/// How long a generated passcode is where nobody asks for more.
const USUAL: usize = 6;

/// `meeting_password_requirement` of an account or user.
#[expect(clippy::struct_excessive_bools, reason = "Zoom has so many rules, each on or off by itself")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Requirement {
    length: usize,
    letter: bool,
    number: bool,
    special: bool,
    both_cases: bool,
    numeric_only: bool,
    /// So many consecutive characters are too many; 0: any number will do.
    consecutive: usize,
}

impl Requirement {
    /// Reads it from settings; `setting` finds one of them by its name in `meeting_password_requirement`.
    pub(crate) fn read(setting: impl Fn(&str) -> Value) -> Self {
        let flag = |name: &str| setting(name).as_bool().unwrap_or(false);
        let count = |name: &str| setting(name).as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        let numeric_only = flag("only_allow_numeric");
        Self {
            length: count("length").min(LONGEST),
            // Where only digits may be, the other rules cannot be kept.
            letter: flag("have_letter") && !numeric_only,
            special: flag("have_special_character") && !numeric_only,
            both_cases: flag("have_upper_and_lower_characters") && !numeric_only,
            number: flag("have_number"),
            numeric_only,
            consecutive: count("consecutive_characters_length"),
        }
    }

    /// What a passcode lacks, in words for the log; nothing if it will do.
    pub(crate) fn lacks(&self, passcode: &str) -> Option<&'static str> {
        let any = |is: fn(&char) -> bool| passcode.chars().any(|c| is(&c));
        if passcode.chars().count() < self.length {
            return Some("it is too short");
        }
        if self.numeric_only && !passcode.chars().all(|c| c.is_ascii_digit()) {
            return Some("only digits are allowed");
        }
        if self.letter && !any(char::is_ascii_alphabetic) {
            return Some("it has no letter");
        }
        if self.number && !any(char::is_ascii_digit) {
            return Some("it has no number");
        }
        if self.special && !any(|c| !c.is_ascii_alphanumeric()) {
            return Some("it has no special character");
        }
        if self.both_cases && !(any(char::is_ascii_uppercase) && any(char::is_ascii_lowercase)) {
            return Some("it has not both upper and lower case letters");
        }
        (self.consecutive > 0 && longest_run(passcode) >= self.consecutive)
            .then_some("too many of its characters follow one another")
    }

    /// A passcode that will do.
    pub(crate) fn generate(&self, entropy: &dyn Entropy) -> String {
        let mut made = self.draw(entropy);
        // Runs are rare: the second draw nearly always has none.
        for _ in 0..16 {
            if self.lacks(&made).is_none() {
                break;
            }
            made = self.draw(entropy);
        }
        made
    }

    fn draw(&self, entropy: &dyn Entropy) -> String {
        let mut kinds: Vec<&[u8]> = Vec::new();
        if self.numeric_only {
            kinds.resize(self.length.max(USUAL), DIGITS);
        } else {
            let wanted: [(bool, &[u8]); 4] = [
                (self.letter || self.both_cases, LOWER),
                (self.both_cases, UPPER),
                (self.number, DIGITS),
                (self.special, SPECIAL),
            ];
            kinds.extend(wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, kind)| kind));
            kinds.resize(self.length.max(USUAL), READABLE);
        }
        let mut bytes = vec![0; kinds.len()];
        entropy.fill(&mut bytes);
        let drawn = kinds.iter().zip(&bytes);
        drawn.filter_map(|(kind, byte)| kind.get(usize::from(*byte) % kind.len())).map(|c| char::from(*c)).collect()
    }
}

/// How many characters follow one another upwards, downwards or as the same one, at most.
fn longest_run(text: &str) -> usize {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let mut longest = codes.len().min(1);
    let (mut length, mut last_step) = (1, 2);
    for pair in codes.windows(2) {
        let [one, other] = pair else { continue };
        let step = other - one;
        length = match step {
            -1..=1 if step == last_step => length + 1,
            -1..=1 => 2,
            _ => 1,
        };
        last_step = step;
        longest = longest.max(length);
    }
    longest
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_passcode_is_held_against_every_rule() {
        let free = Requirement::default();
        let with = |change: fn(&mut Requirement)| {
            let mut rule = Requirement::default();
            change(&mut rule);
            rule
        };
        assert_eq!(free.lacks("a"), None);
        assert!(with(|rule| rule.length = 8).lacks("1234567").is_some());
        assert!(with(|rule| rule.letter = true).lacks("1234").is_some());
        assert!(with(|rule| rule.number = true).lacks("abc").is_some());
        assert!(with(|rule| rule.special = true).lacks("abc1").is_some());
        assert!(with(|rule| rule.both_cases = true).lacks("abc1").is_some());
        assert!(with(|rule| rule.numeric_only = true).lacks("12a4").is_some());
        let runs = with(|rule| rule.consecutive = 4);
        assert!(["xabcd", "4321", "1111"].iter().all(|passcode| runs.lacks(passcode).is_some()));
        assert_eq!(runs.lacks("abcacbc"), None);
    }

    proptest! {
        #[test]
        fn what_is_generated_always_will_do(
            length in 0_usize..=10, bits in 0_u8..32, consecutive in prop::sample::select(vec![0_usize, 4, 5, 8]), seed: u64,
        ) {
            let numeric_only = bits & 16 != 0;
            let rule = Requirement {
                length,
                letter: bits & 1 != 0 && !numeric_only,
                number: bits & 2 != 0,
                special: bits & 4 != 0 && !numeric_only,
                both_cases: bits & 8 != 0 && !numeric_only,
                numeric_only,
                consecutive,
            };
            let made = rule.generate(&SeededEntropy::new(seed));
            prop_assert_eq!(rule.lacks(&made), None, "{}", made);
            prop_assert!((6..=10).contains(&made.len()));
        }
    }
}
