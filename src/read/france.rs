//! The embedded table of metropolitan France's communes: where they are, how many live
//! there, and their intercommunalities. See `data/README.md`.

use super::atlas::{Atlas, Epci};
use super::reference;
use crate::territory::Place;
use crate::units::{InseeCode, Key, Position};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;

const COMMUNES: &[u8] = include_bytes!("../../data/reference/france.csv.gz");
const EPCIS: &str = include_str!("../../data/reference/epcis.csv");

/// The table; what can't be read of it is absent, and a test says that nothing is.
pub(super) fn atlas() -> Atlas {
    let mut text = String::new();
    if GzDecoder::new(COMMUNES).read_to_string(&mut text).is_err() {
        text.clear();
    }
    let epcis: Vec<Epci> = EPCIS
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(';'))
        .map(|(code, name)| Epci { code: code.to_owned(), name: name.to_owned() })
        .collect();
    let names: BTreeMap<&str, &str> =
        epcis.iter().map(|epci| (epci.code.as_str(), epci.name.as_str())).collect();
    let rows = text.lines().skip(1).filter_map(|line| commune(line, &names));
    let (places, members): (Vec<Place>, Vec<(InseeCode, String)>) = rows.unzip();
    let members = members.into_iter().filter(|(_, epci)| !epci.is_empty());
    Atlas::new(places, epcis.clone(), members.collect())
}

/// A commune and the code of its intercommunality.
fn commune(line: &str, epcis: &BTreeMap<&str, &str>) -> Option<(Place, (InseeCode, String))> {
    let mut fields = line.split(';');
    let code = InseeCode::new(fields.next()?)?;
    let epci = fields.next()?;
    let population = fields.next()?.parse().ok();
    let (lon, lat) = (fields.next()?.parse().ok(), fields.next()?.parse().ok());
    let position = lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat));
    let place = Place {
        key: Key::new(code.as_str())?,
        name: reference::commune(code.as_str())?.name.to_owned(),
        commune: Some(code),
        position,
        population,
        epci: epcis.get(epci).map(|name| (*name).to_owned()),
    };
    Some((place, (code, epci.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_is_read() {
        let atlas = atlas();
        assert_eq!((atlas.communes().len(), atlas.epcis().len()), (34_746, 1_232));
        let chinon = atlas.commune(InseeCode::new("37072").expect("a code")).expect("Chinon");
        assert_eq!(chinon.name, "Chinon");
        assert_eq!(chinon.epci.as_deref(), Some("CC Chinon, Vienne et Loire"));
        assert_eq!(chinon.population.map(|n| n > 7_000), Some(true));
        assert!(chinon.position.is_some_and(|at| (at.lat() - 47.17).abs() < 0.05));
        let without = atlas.communes().iter().filter(|place| place.position.is_none()).count();
        assert_eq!(without, 5, "communes whose point no source has");
    }
}
