//! From an export to a territory that plans at once, with nobody's name in it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod read_common;
#[cfg(feature = "xlsx")]
#[path = "common/workbook.rs"]
mod workbook_by_hand;

use jiff::civil::{Date, date};
use maillage::finding::{Code, Finding, Lang, Level};
use maillage::groups::Limits;
use maillage::prepare::{self, Correction, Field, Homes, Prepared, Request, Role};
use maillage::read::{self, Atlas, Export};
use maillage::study::{Outcome, Study};
use maillage::{Control, Error, report};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const START: Date = date(2026, 9, 7);

fn france() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(Atlas::france)
}

/// A small generator: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % sides.max(1) as u64).expect("small")
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        bytes.iter_mut().for_each(|byte| *byte = (self.next() >> 32) as u8);
        Ok(())
    }
}

fn request() -> Request<'static> {
    Request { atlas: france(), epci: None, sites: &[], start: START, homes: Homes::Commune }
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/export/export-exemple.csv")
}

fn written(dir: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn try_prepare(
    path: &Path,
    corrections: &[&str],
    request: &Request<'_>,
    seed: u64,
) -> Result<(Export, Prepared), Error> {
    let (export, _) = read::export(path, &Control::none())?;
    let corrections = Correction::parse(corrections)?;
    let columns = prepare::columns(&export, &corrections, request)?;
    let mut dice = Dice(seed);
    let prepared = prepare::from_export(&export, &columns, request, &mut |bytes| dice.fill(bytes))?;
    Ok((export, prepared))
}

fn prepared(path: &Path, request: &Request<'_>) -> Prepared {
    try_prepare(path, &[], request, 0x9E37_79B9).expect("an export").1
}

fn findings<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<Finding> {
    match answer {
        Err(Error::Input(found)) => found,
        other => panic!("{other:?}"),
    }
}

/// The folder opens without errors and is planned; its plan holds.
fn plans(dir: &Path, nodes: u64) -> usize {
    let opened = read::territory(dir, &Control::none()).unwrap_or_else(|error| panic!("{error:?}"));
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none()).unwrap();
    let limits = Limits { nodes, ..Limits::default() };
    match study.plan(&limits, &Control::none()).unwrap() {
        Outcome::Plan(plan) => {
            assert!(plan.check(study.territory(), study.times()).is_ok());
            plan.groups.len()
        }
        other => panic!("{other:?}"),
    }
}

/// Every byte that was written, as text.
fn everything(dir: &Path) -> String {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = |path: PathBuf| match path.is_dir() {
        true => everything(&path),
        false => format!("{}\n{}", path.display(), String::from_utf8(fs::read(&path).unwrap()).unwrap()),
    };
    paths.into_iter().map(text).collect()
}

/// The columns that `new` must not copy, by their names in the example.
const SECRET: [&str; 10] = [
    "N° dossier",
    "Nom d'usage",
    "Prénom",
    "Date de naissance",
    "Ville de naissance",
    "N° sécurité sociale",
    "Tél. portable",
    "Courriel",
    "Adresse",
    "Commentaire",
];

/// The rows of the example, in Unicode.
fn example_rows() -> Vec<Vec<String>> {
    let bytes = fs::read(example()).unwrap();
    // What Windows-1252 has beyond Latin-1 is not in the file.
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    text.lines().map(cells).collect()
}

/// The cells of a line; what stands between quotes is one.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn the_example_becomes_a_territory_that_plans_with_nobody_named() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("territoire");
    let prepared = prepared(&example(), &request());
    let link = report::write_territory(&dir, &prepared).unwrap().expect("a table of links");
    assert_eq!(link, root.path().join(report::LINK_TABLE));
    assert!(!dir.join(report::LINK_TABLE).exists(), "never in the folder");
    assert!(plans(&dir, 2_000) >= 2);

    let rows = example_rows();
    let text = everything(root.path()).to_lowercase();
    // Places where one was born are communes, as homes are.
    for name in SECRET.iter().filter(|name| **name != "Ville de naissance") {
        let at = rows[0].iter().position(|header| header == name).expect("a column");
        for row in rows.iter().skip(1) {
            let secret = row[at].trim().to_lowercase();
            let word = |c: char| c.is_alphanumeric();
            let found = text.match_indices(&secret).any(|(start, _)| {
                let before = text[..start].chars().next_back().is_some_and(word);
                let after = text[start + secret.len()..].chars().next().is_some_and(word);
                !before && !after
            });
            assert!(secret.is_empty() || !found, "{name}: {secret}");
        }
    }
}

#[test]
fn the_table_of_links_has_rows_and_identifiers_and_no_order() {
    let prepared = prepared(&example(), &request());
    let lines: Vec<u32> = prepared.links.iter().map(|link| link.line).collect();
    assert!(lines.is_sorted() && lines[0] == 2, "the row of the export: {lines:?}");
    let keys: Vec<&str> = prepared.links.iter().map(|link| link.key.as_str()).collect();
    let distinct: BTreeSet<&str> = keys.iter().copied().collect();
    assert_eq!(distinct.len(), keys.len());
    assert!(!keys.is_sorted(), "identifiers tell nothing of the order of the rows");
    let prepare::Youths::Listed(people) = &prepared.youths else { panic!("listed") };
    let listed: Vec<&str> = people.iter().map(|person| person.key.as_str()).collect();
    assert!(listed.is_sorted() && listed != keys);
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), distinct);

    let (root, dir) = (tempfile::tempdir().unwrap(), "t");
    let link = report::write_territory(&root.path().join(dir), &prepared).unwrap().unwrap();
    let text = fs::read_to_string(&link).unwrap();
    let mut rows = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(rows.next(), Some("identifiant;ligne"));
    assert!(rows.zip(&prepared.links).all(|(row, link)| row == format!("{};{}", link.key, link.line)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&link).unwrap().permissions().mode() & 0o077, 0, "for its owner alone");
    }
}

#[test]
fn the_random_source_alone_decides() {
    let bytes = |seed| {
        let (_, prepared) = try_prepare(&example(), &[], &request(), seed).unwrap();
        report::territory(&prepared)
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn what_is_not_understood_is_said_with_its_row_and_column() {
    let prepared = prepared(&example(), &request());
    let said: Vec<String> = prepared
        .notes
        .iter()
        .map(|note| {
            let column = note.source.column.as_deref().unwrap_or("");
            format!("{} {} {column}", note.code.as_str(), note.source.line.unwrap_or(0))
        })
        .collect();
    for expected in [
        "M706 10 Commune de résidence",
        "M707 19 Date de naissance",
        "M706 25 Moyen de locomotion",
        "M705 33 Commune de résidence",
    ] {
        assert!(said.iter().any(|one| one == expected), "{expected}: {said:#?}");
    }
    for code in ["M708", "M709"] {
        assert!(said.iter().any(|one| one.starts_with(code)), "{code}: {said:#?}");
    }
    let page = report::findings(&prepared.notes, Lang::Fr);
    let told = "ligne 10, colonne « Commune de résidence » : « Chinnon » n'est pas compris : case laissée vide → écrivez \
                le nom d'une commune, ou son code INSEE ; peut-être 37072 (Chinon)";
    assert!(page.contains(told), "{page}");
    let both = "37144 (Marçay), 86145 (Marçay)";
    assert!(page.contains(both), "homonyms are named: {page}");
}

#[test]
fn the_table_of_columns_shows_nothing_of_what_is_left_out() {
    let (export, _) = read::export(&example(), &Control::none()).unwrap();
    let columns = prepare::columns(&export, &[], &request()).unwrap();
    let role = |name: &str| columns.iter().find(|column| column.name == name).expect("a column").role;
    for name in
        ["Nom d'usage", "Prénom", "N° dossier", "N° sécurité sociale", "Tél. portable", "Courriel", "Adresse"]
    {
        assert_eq!(role(name), Role::Identifying, "{name}");
    }
    assert_eq!(role("Ville de naissance"), Role::Left, "not a home");
    assert_eq!(role("Commentaire"), Role::Left);
    assert_eq!(role("Commune de résidence"), Role::Read(Field::Commune));
    let table = report::columns(&columns, Lang::Fr);
    for row in example_rows().iter().skip(1) {
        for at in [0, 2, 3, 4, 6, 7, 8, 9, 16] {
            assert!(row[at].is_empty() || !table.contains(&row[at]), "{}", row[at]);
        }
    }
    assert!(table.contains("laissée de côté : dit qui est la personne"));
}

/// Other exports: what they are saved as, and the fields that their columns must be taken for.
#[test]
fn exports_of_other_shapes_are_read() {
    let root = tempfile::tempdir().unwrap();
    let utf16 = "Né(e) le\tGenre\tVille\tCP\tMail perso\tMode de transport\tPermis\r\n\
        3/4/06\tFéminin\tChinon\t37500\ta@b.invalid\tScooter\tnon\r\n\
        12/11/2007\tMasculin\tAvoine\t37420\tc@d.invalid\tVoiture\tOui\r\n\
        1/1/2008\tF\tST BENOIT LA FORET\t37500\t\tÀ pied\t\r\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(utf16.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let codes = "id_dossier,contact,age,insee,rqth\n\
        9001,01 00 00 00 01,18 ans,1004,non\n9002,01 00 00 00 02,21,01283,oui\n9003,01 00 00 00 03,20,01004,\n";
    let contents = "A;B;C\r\n37072;17/03/2008;x\r\n37011;02/05/2006;y\r\n37072;28/02/2007;z\r\n";
    for (name, bytes, expected, youths) in [
        (
            "utf16.csv",
            utf16,
            vec![Field::Birth, Field::Sex, Field::Commune, Field::Postcode, Field::Vehicles, Field::Licences],
            3,
        ),
        ("codes.csv", codes.as_bytes().to_vec(), vec![Field::Age, Field::Commune, Field::Disability], 3),
        ("contents.csv", contents.as_bytes().to_vec(), vec![Field::Commune, Field::Birth], 3),
    ] {
        let path = written(root.path(), name, &bytes);
        let (export, _) = read::export(&path, &Control::none()).unwrap();
        let columns = prepare::columns(&export, &[], &request()).unwrap();
        let read: Vec<Field> = columns
            .iter()
            .filter_map(|column| match column.role {
                Role::Read(field) => Some(field),
                _ => None,
            })
            .collect();
        assert_eq!(read, expected, "{name}");
        let prepared = prepared(&path, &request());
        assert_eq!(prepared.links.len(), youths, "{name}");
        let place = tempfile::tempdir().unwrap();
        report::write_territory(&place.path().join("t"), &prepared).unwrap();
        plans(&place.path().join("t"), 500);
        let text = everything(place.path());
        for secret in ["invalid", "9001", "01 00 00", "17/03/2008", "2008-03-17"] {
            assert!(!text.contains(secret), "{name}: {secret}");
        }
    }
    let lost = prepared(&written(root.path(), "codes.csv", codes.as_bytes()), &request());
    assert!(lost.notes.iter().any(|note| note.code == Code::Supposed && note.what.fr.contains("zéro")));
    assert_eq!(lost.sites[0].commune.as_str(), "01004", "the main commune");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_is_an_export_too() {
    use workbook_by_hand::{rows, sheet, workbook};
    let root = tempfile::tempdir().unwrap();
    let table = "Nom,Date de naissance,Commune\nDUPONT,2008-03-17,Chinon\nDURAND,2006-05-02,Avoine\n";
    let path = written(root.path(), "export.xlsx", &workbook(&[sheet(&rows(table))]));
    let prepared = prepared(&path, &request());
    assert_eq!(prepared.links.iter().map(|link| link.line).collect::<Vec<_>>(), [2, 3]);
    report::write_territory(&root.path().join("t"), &prepared).unwrap();
    plans(&root.path().join("t"), 500);
    let text = everything(&root.path().join("t"));
    assert!(!text.contains("DUPONT") && text.contains("2008-03;"), "{text}");
}

#[test]
fn homes_are_squares_where_that_is_asked() {
    let root = tempfile::tempdir().unwrap();
    let table = "Commune;Longitude;Latitude;Âge\nChinon;0,24004;47,16712;18\nChinon;0,24011;47,16719;19\n\
                 Chinon;;;20\nAvoine;6.8e6;47;21\nAvoine;0,18271;47,20541;22\n";
    let path = written(root.path(), "points.csv", table.as_bytes());
    let request = Request { homes: Homes::Grid500, ..request() };
    let prepared = prepared(&path, &request);
    assert_eq!(prepared.squares.len(), 2, "two youths share one: {:?}", prepared.squares);
    report::write_territory(&root.path().join("t"), &prepared).unwrap();
    plans(&root.path().join("t"), 500);
    let text = everything(&root.path().join("t"));
    for point in ["0,24004", "0.24004", "47,16712", "0,24011", "0,18271", "47,20541"] {
        assert!(!text.contains(point), "{point}");
    }
    assert!(prepared.notes.iter().any(|note| note.what.fr.contains("sans coordonnées")));
}

#[test]
fn what_no_column_says_is_said() {
    let root = tempfile::tempdir().unwrap();
    let path = written(root.path(), "x.csv", b"Commentaire;Couleur\nvient souvent;bleu\n");
    let found = findings(try_prepare(&path, &[], &request(), 1));
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::NoSuchColumn; 2]);
    let nobody = written(root.path(), "y.csv", b"Commune;Age\nAvoine;vieux\nChinon;18 ans\n");
    assert_eq!(prepared(&nobody, &request()).links.len(), 1);
    let nobody = written(root.path(), "z.csv", b"Commune;Age\nChinon;vieux\n");
    assert!(
        findings(try_prepare(&nobody, &["Age=age"], &request(), 1))
            .iter()
            .any(|one| one.code == Code::NoSuchColumn)
    );
}

#[test]
fn corrections_that_cannot_be_followed_are_said() {
    for text in ["Commune", "Commune=nowhere", "=", "a=b=c"] {
        assert_eq!(findings(Correction::parse(&[text]))[0].code, Code::BadCorrection, "{text}");
    }
    for corrections in [
        vec!["Prénom=place"],
        vec!["Nom d'usage=programmes"],
        vec!["Ville=place"],
        vec!["../../etc/passwd=place"],
        vec!["Commune de résidence=place", "Ville de naissance=place"],
    ] {
        let found = findings(try_prepare(&example(), &corrections, &request(), 1));
        assert!(found.iter().all(|one| one.code == Code::BadCorrection), "{corrections:?}: {found:?}");
    }
    // A column that was guessed wrong, and one that nobody is to read.
    let (export, _) = read::export(&example(), &Control::none()).unwrap();
    let told = Correction::parse(&["Ville de naissance=commune", "RQTH=ignorer"]).unwrap();
    let columns = prepare::columns(&export, &told, &request()).unwrap();
    let role = |name: &str| columns.iter().find(|column| column.name == name).unwrap().role;
    assert_eq!(role("Ville de naissance"), Role::Read(Field::Commune));
    assert_eq!((role("Commune de résidence"), role("RQTH")), (Role::Left, Role::Left));
}

#[test]
fn intercommunalities_are_found_by_code_or_name() {
    let code = |asked: &str| france().epci(asked).map(|epci| epci.code.clone());
    let refused = |asked: &str| findings(code(asked)).remove(0);
    assert_eq!(code("200043081").unwrap(), "200043081");
    assert_eq!(code("Chinon, Vienne et Loire").unwrap(), "200043081");
    assert_eq!(code("chinon vienne loire").unwrap(), "200043081");
    for (asked, near) in
        [("200043082", "200043081"), ("Chinnon", "Chinon, Vienne et Loire"), ("Avoine", "200043081")]
    {
        let finding = refused(asked);
        assert_eq!(finding.code, Code::UnknownEpci);
        assert!(finding.remedy.fr.contains(near), "{asked}: {}", finding.remedy.fr);
    }
    assert!(refused("Vallée").what.fr.contains("intercommunalités"), "several");
    assert_eq!(refused("").code, Code::UnknownEpci);
}

#[test]
fn sites_are_communes() {
    let names = |sites: &[&str]| {
        let sites: Vec<String> = sites.iter().map(|&site| site.to_owned()).collect();
        let request = Request { sites: &sites, ..request() };
        try_prepare(&example(), &[], &request, 1).map(|(_, prepared)| {
            prepared.sites.into_iter().map(|site| site.key.to_string()).collect::<Vec<_>>()
        })
    };
    assert_eq!(names(&[]).unwrap(), ["chinon"], "where most live");
    assert_eq!(names(&["Avoine", "37014", "AVOINE"]).unwrap(), ["avoine", "azay-le-rideau"]);
    assert_eq!(names(&["Marçay"]).unwrap(), ["marcay"], "that where somebody lives, of two");
    for wrong in ["Chinnon", "Sainte-Colombe", "../../x", "=cmd|' /C calc'!A0"] {
        let found = findings(names(&[wrong]));
        let errors: Vec<Code> =
            found.iter().map(|one| one.code).filter(|code| code.level() == Level::Error).collect();
        assert_eq!(errors, [Code::UnknownSite], "{wrong}");
    }
}

#[test]
fn nothing_is_written_over() {
    let root = tempfile::tempdir().unwrap();
    let prepared = prepared(&example(), &request());
    let refused = |dir: &Path| matches!(report::write_territory(dir, &prepared), Err(Error::Refused { .. }));
    let full = root.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine.txt"), "mine").unwrap();
    let file = written(root.path(), "file", b"mine");
    assert!(refused(&full) && refused(&file) && refused(Path::new("..")) && refused(Path::new("/")));
    #[cfg(unix)]
    {
        let link = root.path().join("link");
        std::os::unix::fs::symlink(&full, &link).unwrap();
        assert!(refused(&link));
        // A link where the table would be: nothing is written through it.
        let other = tempfile::tempdir().unwrap();
        let target = written(other.path(), "target", b"mine");
        std::os::unix::fs::symlink(&target, other.path().join(report::LINK_TABLE)).unwrap();
        assert!(refused(&other.path().join("t")));
        assert_eq!(fs::read(&target).unwrap(), b"mine");
    }
    let before = everything(root.path());
    let table = written(root.path(), report::LINK_TABLE, b"id;ligne\n");
    assert!(refused(&root.path().join("new")), "a table of links is there");
    assert!(!root.path().join("new").exists());
    fs::remove_file(table).unwrap();
    assert_eq!(everything(root.path()), before);
    // An empty folder is as good as none.
    let empty = root.path().join("empty");
    fs::create_dir(&empty).unwrap();
    report::write_territory(&empty, &prepared).unwrap();
    assert!(empty.join("youths.csv").is_file());
    assert!(refused(&empty), "not twice");
    let hidden: Vec<_> = fs::read_dir(root.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(hidden.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{hidden:?}");
}

#[test]
fn formulas_stay_harmless_and_free_text_reaches_no_file() {
    let root = tempfile::tempdir().unwrap();
    let bomb = "=cmd|' /C calc'!A0";
    let table = format!(
        "Commune;Date de naissance;Véhicule;Dispositif;Disponibilité;Absences;Sexe;Permis\n\
         Chinon;17/03/2008;{bomb};{bomb};{bomb};{bomb};{bomb};{bomb}\n{bomb};02/05/2006;voiture;CEJ;lun;;F;B\n\
         Chinon;{bomb};vélo;CEJ;lun;;F;B\nAvoine;02/05/2005;vélo;CEJ;;;H;\n"
    );
    let path = written(root.path(), "bomb.csv", table.as_bytes());
    let prepared = prepared(&path, &request());
    assert_eq!(prepared.links.len(), 3);
    report::write_territory(&root.path().join("t"), &prepared).unwrap();
    let text = everything(&root.path().join("t"));
    assert!(!text.contains("cmd") && !text.contains("calc"), "{text}");
    plans(&root.path().join("t"), 500);
    // A list of communes may hold one too: it stands after an apostrophe.
    let communes = written(
        root.path(),
        "communes.csv",
        "insee_code,name,population,lon,lat\n37072,=1+1,8000,0.24,47.17\n37011,Avoine,1800,0.18,47.2\n"
            .as_bytes(),
    );
    let (atlas, _) = Atlas::file(&communes, &Control::none()).unwrap();
    let table = written(root.path(), "few.csv", b"Code INSEE;Age\n37072;18\n37011;19\n");
    let few = self::prepared(&table, &Request { atlas: &atlas, ..request() });
    let documents = report::territory(&few);
    let sheet = documents.iter().find(|one| one.path == "communes.csv").unwrap();
    assert!(String::from_utf8(sheet.bytes.clone()).unwrap().contains(";'=1+1;"));
}

#[test]
fn mutated_exports_are_answered() {
    let root = tempfile::tempdir().unwrap();
    let original = fs::read(example()).unwrap();
    let original = &original[..original.len().min(4_000)];
    let mut dice = Dice(0x5DEE_CE66_D1CE_4E5B);
    for _ in 0..150 {
        let mut bytes = original.to_vec();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes[at] ^= 1 << dice.roll(8),
                1 => bytes.insert(at, b"\";,\t\n\r=\x00\xff'|"[dice.roll(11)]),
                2 => drop(bytes.drain(at..(at + dice.roll(30)).min(original.len().min(bytes.len())).max(at))),
                _ => {
                    let copied = bytes[at..(at + dice.roll(80)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copied);
                }
            }
        }
        let path = written(root.path(), "spoilt.csv", &bytes);
        match try_prepare(&path, &[], &request(), 1) {
            Ok((_, prepared)) => {
                // Whatever was read, what is written is read again.
                let place = tempfile::tempdir().unwrap();
                report::write_territory(&place.path().join("t"), &prepared).unwrap();
                let opened = read::territory(&place.path().join("t"), &Control::none());
                assert!(opened.is_ok(), "{opened:?}");
            }
            Err(Error::Input(found)) => assert!(!found.is_empty()),
            Err(other) => panic!("{other}"),
        }
    }
    let too_large = |path: &Path| {
        findings(try_prepare(path, &[], &request(), 1)).iter().any(|one| one.code == Code::TooLarge)
    };
    let huge =
        written(root.path(), "huge.csv", format!("Commune;Age\n{};18\n", "x".repeat(300_000)).as_bytes());
    assert!(too_large(&huge));
    let wide = written(root.path(), "wide.csv", ";".repeat(5_000).as_bytes());
    assert!(too_large(&wide));
}

#[test]
fn three_intercommunalities_are_drawn_and_planned_at_once() {
    // Rural, urban, mountain.
    for (asked, site, nodes) in [
        ("200072668", "Sainte-Maure-de-Touraine", 200),
        ("Tours Métropole Val de Loire", "Tours", 1),
        ("Briançonnais", "Briançon", 200),
    ] {
        let epci = france().epci(asked).unwrap_or_else(|finding| panic!("{asked}: {finding:?}"));
        let prepared = prepare::drawn(&Request { epci: Some(epci), ..request() }).unwrap();
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("t");
        assert_eq!(report::write_territory(&dir, &prepared).unwrap(), None, "nobody real, no link");
        assert_eq!(prepared.sites.len(), 1);
        let opened =
            read::territory(&dir, &Control::none()).unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        assert!(opened.territory.youths().len() > 20, "{asked}");
        if prepared.sites[0].name != site {
            panic!("{asked}: {}", prepared.sites[0].name);
        }
        plans(&dir, nodes);
    }
}

#[test]
fn a_sheet_of_programmes_is_the_toml() {
    use read_common::{Folder, PROGRAMMES};
    let folder = Folder::valley();
    folder.remove("programmes.toml");
    folder.write("programmes.csv", PROGRAMMES);
    let draft =
        |folder: &Folder| read::territory(folder.path(), &Control::none()).unwrap().territory.to_draft();
    assert_eq!(draft(&folder), draft(&Folder::valley()));
}

fn maillage(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_maillage")).args(args).output().unwrap()
}

#[test]
fn the_command_asks_before_it_writes() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("t");
    let (dir_text, from) = (dir.to_str().unwrap(), example());
    let from = from.to_str().unwrap();
    let unasked = maillage(&["new", dir_text, "--from", from]);
    assert_eq!(unasked.status.code(), Some(3));
    assert!(String::from_utf8(unasked.stdout).unwrap().contains("commune du domicile"));
    assert!(String::from_utf8(unasked.stderr).unwrap().contains("ajoutez --yes"));
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0, "nothing is written");

    let done = maillage(&["new", dir_text, "--from", from, "--yes", "--column", "Commentaire=ignore"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(String::from_utf8(done.stdout).unwrap().contains("maillage plan"));
    assert!(dir.join("youths.csv").is_file() && root.path().join(report::LINK_TABLE).is_file());
    let again = maillage(&["new", dir_text, "--from", from, "--yes"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(maillage(&["check", dir_text]).status.code(), Some(0));

    let drawn = root.path().join("drawn");
    let drawn = maillage(&["new", drawn.to_str().unwrap(), "--epci", "200043081", "--lang", "en"]);
    assert!(String::from_utf8(drawn.stdout).unwrap().contains("nobody real"));
    assert_eq!(
        maillage(&["new", dir_text]).status.code(),
        Some(2),
        "neither an export nor an intercommunality"
    );
    let unknown = maillage(&["new", root.path().join("x").to_str().unwrap(), "--epci", "Chinnon"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8(unknown.stderr).unwrap().contains("peut-être"));
}
