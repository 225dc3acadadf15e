//! Which language is a text in?
//!
//! Input: the text. Output: its BCP 47 primary tag, or none when it is too short to tell. Script and trigrams decide (`whatlang`); where
//! they are unsure, small words of English do. A wrong guess would lose a whole document, so that another language is only told of some
//! length, and never of a text that has the small words of English. Example: `identify("Die Fähre sank in der Nacht zum Dienstag.")` is
//! `de`. Limits: the start of a text stands for all of it; one language a text.

use whatlang::{Lang, Script};

/// Bytes that are enough to tell.
const SAMPLE: usize = 6_000;

/// Letters of an alphabet that it takes to tell another language by; ideographs and syllables count for three.
const FEWEST_LETTERS: usize = 40;

/// As many where the trigrams are less than sure.
const FEWEST_LETTERS_IF_LIKELY: usize = 120;

/// What `whatlang` must be confident of, short of sure. English signatures and lists of names reach it, but rarely at such length.
const LIKELY: f64 = 0.5;

/// Every so many words of English one is among the commonest, at the least.
const WORDS_PER_COMMON: usize = 8;

/// As many, for those words that other languages do not have.
const WORDS_PER_OWN: usize = 20;

/// The language of a text as a BCP 47 primary tag: `en`, `de`, `zh`. None where nothing tells.
///
/// ```
/// use variorum_language::identify;
/// assert_eq!(identify("The ferry sank in the night, the ministry said on Tuesday."), Some("en"));
/// assert_eq!(identify("Le ferry a coulé dans la nuit de lundi à mardi, a annoncé le ministère."), Some("fr"));
/// assert_eq!(identify("7 8 9"), None);
/// ```
pub fn identify(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let small = SmallWords::of(sample);
    if small.tell_english() {
        return Some(ENGLISH);
    }
    let told = whatlang::detect(sample)?;
    let tag = tag(told.lang());
    if tag == ENGLISH {
        return told.is_reliable().then_some(ENGLISH);
    }
    let (weight, likely) = (weight(sample), told.confidence() >= LIKELY && small.n_own == 0 && told.lang() != Lang::Lat);
    // What is not written in Latin letters is not English, even where it is unsure which of its script's languages it is.
    let sure = told.script() != Script::Latin || told.is_reliable() && !small.hint_at_english();
    (sure && weight >= FEWEST_LETTERS || likely && weight >= FEWEST_LETTERS_IF_LIKELY).then_some(tag)
}

/// The English name of a language that [`identify()`] tells: `German` for `de`.
pub fn language_name(tag: &str) -> Option<&'static str> {
    TAGS.iter().find(|(_, known)| *known == tag).map(|(lang, _)| lang.eng_name())
}

/// The language that is analysed.
pub(crate) const ENGLISH: &str = "en";

/// How much there is to tell by, in letters.
fn weight(sample: &str) -> usize {
    let letters = sample.chars().filter(|c| c.is_alphabetic());
    letters.map(|c| if ('\u{1100}'..='\u{11ff}').contains(&c) || c >= '\u{2e80}' { 3 } else { 1 }).sum()
}

/// How many words of a text are among the commonest of English.
struct SmallWords {
    n_words: usize,
    n_common: usize,
    /// Of the common ones, those that few other languages write the same.
    n_own: usize,
}

impl SmallWords {
    fn of(sample: &str) -> Self {
        const OWN: &[&str] = &["the", "and", "that", "by", "with", "said", "from", "this", "are", "they", "were"];
        const SHARED: &[&str] = &["of", "to", "in", "a", "is", "was", "for", "on", "has", "have", "at", "it", "as"];
        let is_any = |forms: &[&str], word: &str| forms.iter().any(|form| form.eq_ignore_ascii_case(word));
        let mut small = Self { n_words: 0, n_common: 0, n_own: 0 };
        for word in sample.split_whitespace() {
            let is_own = is_any(OWN, word);
            small.n_words += 1;
            small.n_own += usize::from(is_own);
            small.n_common += usize::from(is_own || is_any(SHARED, word));
        }
        small
    }

    fn tell_english(&self) -> bool {
        self.n_words >= 4 && self.n_own > 0 && self.n_common * WORDS_PER_COMMON >= self.n_words
    }

    /// Whether there are more of them than a quotation or a name brings into a text in another language.
    fn hint_at_english(&self) -> bool {
        self.n_own * WORDS_PER_OWN >= self.n_words && self.n_own > 0
    }
}

fn tag(lang: Lang) -> &'static str {
    TAGS.iter().find(|(known, _)| *known == lang).map_or(lang.code(), |(_, tag)| tag)
}

/// ISO 639-1, where the language has a tag there.
const TAGS: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Epo, "eo"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told() {
        let table = [
            ("Die Fähre sank in der Nacht zum Dienstag, nachdem sie mit einem Frachter zusammengestoßen war.", Some("de")),
            ("Het veer zonk in de nacht, zei het ministerie, nadat het met een vrachtschip in aanvaring was gekomen.", Some("nl")),
            ("שלום עולם, וזה טקסט ארוך מספיק כדי לדעת באיזו שפה הוא נכתב.", Some("he")),
            ("Паром затонул в ночь на вторник, сообщили в министерстве.", Some("ru")),
            ("渡轮周二夜间沉没，交通部门在新闻发布会上表示。", Some("zh")),
            ("The ferry sank in the night, the ministry said on Tuesday.", Some("en")),
            ("FERRY SINKS OFF THE CAPE, MINISTRY OF THE SEA SAYS", Some("en")),
            ("7 8 9", None),
            ("", None),
            ("Paolo Vianello", None),
            ("Привет", None),
        ];
        for (text, tag) in table {
            assert_eq!(identify(text), tag, "{text}");
        }
    }

    #[test]
    fn languages_have_names() {
        assert_eq!(language_name("de"), Some("German"));
        assert_eq!(language_name("xx"), None);
        assert!(TAGS.iter().all(|(lang, known)| tag(*lang) == *known));
    }
}
