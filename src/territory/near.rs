//! Slips of the keyboard between what was written and what was probably meant.

/// How many slips a word of so many letters may have: a short one is easily near another.
pub(crate) const fn slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether at most `most` letters must be put in, taken out, changed or swapped
/// with their neighbour to go from one to the other.
pub(crate) fn near(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().is_some_and(|&cost| cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_counts_slips_of_the_keyboard() {
        for (a, b, slips) in [
            ("chinon", "chinon", 0),
            ("chinnon", "chinon", 1),
            ("chnion", "chinon", 1),
            ("avoine", "avon", 2),
        ] {
            assert!(near(a, b, slips) && (slips == 0 || !near(a, b, slips - 1)), "{a} {b}");
        }
    }
}
