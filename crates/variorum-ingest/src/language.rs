//! Which language a text is in.
//!
//! Input: the text. Output: its BCP 47 primary tag, or none when it is too short to tell. Trigrams decide (`whatlang`); where they are unsure,
//! small words of English do. Limits: one language a document.

use whatlang::Lang;

use crate::words::head;

/// Enough to tell.
const SAMPLE: usize = 6_000;

/// BCP 47 primary tag.
pub(crate) fn language(text: &str) -> Option<String> {
    let sample = head(text, SAMPLE);
    let told = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
    match told {
        Some(info) => Some(tag(info.lang()).to_owned()),
        None => is_english(sample).then(|| "en".to_owned()),
    }
}

/// At least one word in eight is among the commonest of English.
fn is_english(sample: &str) -> bool {
    const COMMON: &[&str] = &[
        "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "by", "with", "said", "has", "have", "at", "from", "it",
        "as",
    ];
    let words: Vec<&str> = sample.split_whitespace().collect();
    let n = words.iter().filter(|word| COMMON.contains(&word.to_lowercase().as_str())).count();
    words.len() >= 4 && n * 8 >= words.len()
}

/// ISO 639-1, where the language has one.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Epo => "eo",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tagged() {
        assert_eq!(
            language("Die Fähre sank in der Nacht zum Dienstag, nachdem sie mit einem Frachter zusammengestoßen war.").as_deref(),
            Some("de")
        );
        assert_eq!(language("The ferry sank in the night, the ministry said on Tuesday.").as_deref(), Some("en"));
        assert_eq!(language("7 8 9"), None);
    }
}
