//! The `[synthesis]` section of `territory.toml`: a draw of youths from counts.

use super::settings::SynthesisTable;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Draft, Free, Lifts, Modes, Provenance, Synthesis, Written, synthesise};
use crate::units::Key;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The section as written. What is absent has the default of [`Synthesis`].
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    seed: Option<u64>,
    reference: Option<String>,
    followed_per_1000: Option<f64>,
    women: Option<u8>,
    disabled: Option<u8>,
    ages: Option<[u8; 10]>,
    minors: Option<ModesSection>,
    adults: Option<ModesSection>,
    licence_without_car: Option<u8>,
    shared_cars: Option<u8>,
    ebikes: Option<u8>,
    lifts: Option<LiftsSection>,
    free: Option<FreeSection>,
    enrolled: Option<[u8; 4]>,
    weights: BTreeMap<String, u32>,
}

/// `[synthesis.minors]` and `[synthesis.adults]`: all or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModesSection {
    car: u8,
    lift: u8,
    moped: u8,
    bike: u8,
}

/// `[synthesis.lifts]`: all or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LiftsSection {
    commuter: u8,
    some_days: u8,
    out_only: u8,
    adult_driver: u8,
}

/// `[synthesis.free]`: all or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FreeSection {
    mornings: u8,
    not_wednesday: u8,
    two_days_taken: u8,
    season: u8,
}

impl SynthesisTable {
    /// The draw that the section describes.
    ///
    /// # Errors
    /// Every finding on what is written.
    pub(super) fn synthesis(&self) -> Result<Synthesis, Vec<Finding>> {
        let section: Section = self
            .table
            .clone()
            .try_into()
            .map_err(|error: toml::de::Error| vec![self.bad(Code::BadValue, error.message())])?;
        let mut findings = Vec::new();
        let spec = section.into_synthesis(&mut |what| findings.push(self.bad(Code::OutOfRange, what)));
        findings.extend(spec.check().into_iter().map(|f| at(f, &self.source)));
        if findings.is_empty() { Ok(spec) } else { Err(findings) }
    }

    /// Draws the youths of `draft`, in the place of those it has, and says so in its provenance.
    ///
    /// # Errors
    /// Every finding on what is written.
    pub(super) fn draw(&self, draft: &mut Draft) -> Result<(), Vec<Finding>> {
        let spec = self.synthesis()?;
        let youths = synthesise(draft, &spec)
            .map_err(|all| all.into_iter().map(|f| at(f, &self.source)).collect::<Vec<_>>())?;
        let written = |value| Written { value, source: self.source.clone() };
        draft.youths = youths.into_iter().map(written).collect();
        draft.provenance = Provenance::Synthetic(Box::new(spec));
        Ok(())
    }

    fn bad(&self, code: Code, what: &str) -> Finding {
        Finding::new(
            code,
            self.source.clone(),
            Text::say(|words| words.of_the_synthesis(what)),
            Text::say(|words| words.correct_the_synthesis()),
        )
    }
}

fn at(finding: Finding, source: &Source) -> Finding {
    Finding { source: source.clone(), ..finding }
}

impl Section {
    fn into_synthesis(self, bad: &mut dyn FnMut(&str)) -> Synthesis {
        let usual = Synthesis::default();
        let reference = self.reference.map(|text| {
            text.parse::<Date>().unwrap_or_else(|_| {
                bad("reference = \"AAAA-MM-JJ\"");
                usual.reference
            })
        });
        let rate = self.followed_per_1000.map(|rate| {
            if (0.0..=1000.0).contains(&rate) {
                // At most 100,000: it fits.
                (rate * 100.0).round() as u32
            } else {
                bad("followed_per_1000 : 0…1000");
                usual.followed_per_100_000
            }
        });
        let mut weights = Vec::new();
        for (name, weight) in self.weights {
            match Key::new(&name) {
                Some(key) => weights.push((key, weight)),
                None => bad(&format!("weights : {name:?}")),
            }
        }
        let modes = |m: ModesSection| Modes { car: m.car, lift: m.lift, moped: m.moped, bike: m.bike };
        Synthesis {
            seed: self.seed.unwrap_or(usual.seed),
            reference: reference.unwrap_or(usual.reference),
            followed_per_100_000: rate.unwrap_or(usual.followed_per_100_000),
            women: self.women.unwrap_or(usual.women),
            disabled: self.disabled.unwrap_or(usual.disabled),
            ages: self.ages.unwrap_or(usual.ages),
            minors: self.minors.map_or(usual.minors, modes),
            adults: self.adults.map_or(usual.adults, modes),
            licence_without_car: self.licence_without_car.unwrap_or(usual.licence_without_car),
            shared_cars: self.shared_cars.unwrap_or(usual.shared_cars),
            ebikes: self.ebikes.unwrap_or(usual.ebikes),
            lifts: self.lifts.map_or(usual.lifts, |l| Lifts {
                commuter: l.commuter,
                some_days: l.some_days,
                out_only: l.out_only,
                adult_driver: l.adult_driver,
            }),
            free: self.free.map_or(usual.free, |f| Free {
                mornings: f.mornings,
                not_wednesday: f.not_wednesday,
                two_days_taken: f.two_days_taken,
                season: f.season,
            }),
            enrolled: self.enrolled.unwrap_or(usual.enrolled),
            weights,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> SynthesisTable {
        SynthesisTable { table: text.parse().expect("TOML"), source: Source::file("territory.toml") }
    }

    #[test]
    fn an_empty_section_is_the_default() {
        assert_eq!(section("").synthesis(), Ok(Synthesis::default()));
    }

    #[test]
    fn what_is_written_replaces_the_default() {
        let spec =
            section("seed = 9\nfollowed_per_1000 = 4.4\n[weights]\ncej = 3").synthesis().expect("a draw");
        assert_eq!((spec.seed, spec.followed_per_100_000), (9, 440));
        assert_eq!(spec.weights, [(Key::new("cej").expect("a key"), 3)]);
    }

    #[test]
    fn mistakes_are_findings_of_the_file() {
        for text in [
            "sed = 9",
            "women = 300",
            "women = 101",
            "reference = \"hier\"",
            "followed_per_1000 = -1.0",
            "followed_per_1000 = nan",
            "enrolled = [50, 50, 1, 0]",
            "[minors]\ncar = 0",
            "[weights]\n\"\" = 1",
        ] {
            let findings = section(text).synthesis().expect_err(text);
            assert_eq!(findings[0].source.file.as_deref(), Some("territory.toml"), "{text}");
        }
    }
}
