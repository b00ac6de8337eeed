//! Words compared as people mean them: without accents, case, hyphens or apostrophes.

pub(crate) use crate::territory::{near, slips};

/// The words of a text, in small letters without accents.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    parts.map(plain).filter(|word| !word.is_empty())
}

/// All of a text's words in one.
pub(crate) fn fold(text: &str) -> String {
    words(text).collect()
}

/// The words of a name in one, `St` and `Ste` written out.
pub(crate) fn fold_name(text: &str) -> String {
    let whole = |word: String| match word.as_str() {
        "st" => "saint".to_owned(),
        "ste" => "sainte".to_owned(),
        _ => word,
    };
    words(text).map(whole).collect()
}

/// A combining accent, as some systems write them after their letter.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => plain.push('a'),
            'ç' => plain.push('c'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_hyphens_do_not_count() {
        assert_eq!(fold("Date de\u{a0}naissance"), "datedenaissance");
        assert_eq!(fold("Code_INSEE"), fold("code-insee"));
        assert_eq!(fold("E\u{301}cole d’Œuilly"), fold("ÉCOLE D'OEUILLY"));
        assert_eq!(fold_name("St-Étienne-de-Chigny"), fold_name("saint etienne de chigny"));
    }
}
