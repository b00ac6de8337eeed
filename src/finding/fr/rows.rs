//! In French: what the files of a territory say, each by itself.

use super::French;
use crate::finding::Text;
use crate::finding::words::Rows;
use crate::units::InseeCode;
use crate::units::Key;

impl Rows for French {
    fn metres_not_degrees(&self, x: f64, y: f64, lambert: bool) -> String {
        let which = if lambert { "sans doute du Lambert-93" } else { "d'une projection" };
        format!("lon {x} et lat {y} sont des mètres ({which}), pas des degrés")
    }

    fn add_times(&self, first: &str) -> String {
        format!("rien à faire si c'est voulu ; sinon ajoutez-les, à commencer par {first}")
    }

    fn outside_commune(&self, key: &Key, code: InseeCode, km: f64, found: Option<InseeCode>) -> String {
        let found = found.map_or_else(String::new, |found| format!(" ; le point est dans {found}"));
        format!("{key} est à environ {km} km hors de sa commune {code}{found}")
    }

    fn rhythm_fields(&self, written: &Text) -> String {
        format!("half_days, full_days ou schedules : {}", written.fr)
    }

    fn rhythm_columns(&self, written: &Text) -> String {
        format!("demi-journées, journées ou semaines types : {}", written.fr)
    }

    fn none_is_written(&self) -> &'static str {
        "aucun n'est écrit"
    }

    fn several_are_written(&self) -> &'static str {
        "plusieurs sont écrits"
    }

    fn lost_zero(&self, text: &str) -> String {
        format!("« {text} » a perdu son zéro, ou sa lettre en Corse")
    }

    fn postcode(&self, text: &str) -> String {
        format!("« {text} » est un code postal, pas un code INSEE")
    }

    fn merged_commune(&self, text: &str, name: &str) -> String {
        let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
        format!("« {text} » est l'ancien code d'une commune qui a fusionné{name}")
    }

    fn name_for_code(&self, text: &str) -> String {
        format!("« {text} » ressemble à un nom, pas à un identifiant")
    }

    fn write_if_it_is_the_one(&self, list: &Text) -> String {
        format!("écrivez {} si c'est bien elle, et gardez la colonne en texte dans le tableur", list.fr)
    }

    fn write_the_insee_code(&self, list: &Text) -> String {
        format!("écrivez le code INSEE de la commune : {}", list.fr)
    }

    fn write_the_code_of_today(&self, list: &Text) -> String {
        format!("écrivez celui de la commune d'aujourd'hui : {}", list.fr)
    }

    fn write_the_identifier(&self, list: &Text) -> String {
        format!("écrivez l'identifiant, si c'est bien lui : {}", list.fr)
    }

    fn not_in_communes(&self) -> &'static str {
        ", absente de communes.csv"
    }

    fn correct_or_leave_empty_for_all_sites(&self) -> &'static str {
        "corrigez l'identifiant, ou laissez vide pour tous les sites"
    }

    fn zero_coordinates(&self) -> &'static str {
        "lon et lat valent zéro : un point dans le golfe de Guinée"
    }

    fn correct_or_leave_both_empty(&self) -> &'static str {
        "corrigez-les, ou laissez les deux vides si le lieu n'est pas localisé"
    }

    fn swapped_coordinates(&self, lon: f64, lat: f64) -> String {
        format!("lon {lon} et lat {lat} semblent inversés : ce point est en Afrique de l'Est")
    }

    fn write_swapped(&self, lon: f64, lat: f64) -> String {
        format!("écrivez lon {lat} et lat {lon} si le lieu est en France")
    }

    fn export_in_degrees(&self) -> &'static str {
        "exportez les points en WGS84 (EPSG:4326), en degrés"
    }

    fn points_not_in_degrees(&self, system: &str) -> String {
        format!("ces points sont en {system}, pas en degrés WGS84")
    }

    fn convert_points(&self) -> &'static str {
        "convertissez la table en WGS84 (EPSG:4326) ; avec geopandas : .to_crs(4326)"
    }

    fn there_already(&self, key: &Key) -> String {
        format!("{key} est déjà là")
    }

    fn another_identifier(&self) -> &'static str {
        "donnez un autre identifiant"
    }

    fn write_with_leading_zero(&self, text: &str) -> String {
        format!("écrivez « 0{text} » si le zéro de tête a été perdu par un tableur")
    }

    fn link_to_nowhere(&self, key: &Key) -> String {
        format!("la liaison {key} ne mène à aucun site, même avec des changements")
    }

    fn check_its_stops(&self) -> &'static str {
        "vérifiez ses arrêts, ou déclarez la liaison qui la prolonge jusqu'à un site"
    }

    fn neither_communes_nor_zone(&self) -> &'static str {
        "« communes » et « zone » sont vides"
    }

    fn say_where_it_comes(&self) -> &'static str {
        "dites où vient le service : ses communes, ou une zone de zones.geojson"
    }

    fn both_communes_and_zone(&self) -> &'static str {
        "« communes » et « zone » sont remplies toutes les deux"
    }

    fn keep_one_of_the_two(&self) -> &'static str {
        "gardez l'une des deux"
    }

    fn once_is_enough_of_a_commune(&self) -> &'static str {
        "une fois suffit ; peut-être en manque-t-il une autre"
    }

    fn draw_the_zone(&self, file: &str, property: &str) -> String {
        format!("dessinez-la dans {file}, sa propriété « {property} » portant ce nom")
    }

    fn write_a_zone_of(&self, file: &str, known: &str) -> String {
        format!("écrivez une de celles de {file} : {known}")
    }

    fn zone_not_there(&self, zone: &str, file: &str) -> String {
        format!("la zone {zone} n'est pas dans {file}")
    }

    fn zone_drawn_twice(&self, name: &str) -> String {
        format!("la zone {name} est déjà dessinée")
    }

    fn a_name_for_each_zone(&self) -> &'static str {
        "donnez un nom à chacune, ou faites-en un seul MultiPolygon"
    }

    fn outline_of_unknown_commune(&self, code: &str) -> String {
        format!("ce contour est d'une commune inconnue, {code}")
    }

    fn add_the_commune(&self) -> &'static str {
        "ajoutez-la à communes.csv, ou retirez le contour"
    }

    fn centre_outside(&self, code: &str, km: f64) -> String {
        format!("le centre de {code} est à environ {km} km hors de son contour")
    }

    fn check_lon_and_lat(&self) -> &'static str {
        "vérifiez lon et lat dans communes.csv"
    }

    fn sizes_of_a_row_out_of_order(&self, min: u32, target: u32, max: u32) -> String {
        format!("minimum {min}, cible {target}, maximum {max} ne sont pas dans l'ordre")
    }

    fn sizes_of_a_row_ascend(&self) -> &'static str {
        "il faut 1 ≤ minimum ≤ cible ≤ maximum ≤ 1000"
    }

    fn fill_in_one_column(&self) -> &'static str {
        "remplissez une seule des trois colonnes"
    }

    fn sizes_out_of_order(&self, min: u32, target: u32, max: u32) -> String {
        format!("min {min}, target {target}, max {max} ne sont pas dans l'ordre")
    }

    fn sizes_of_a_programme_ascend(&self) -> &'static str {
        "il faut 1 ≤ min ≤ target ≤ max ≤ 1000"
    }

    fn write_one_of_three(&self) -> &'static str {
        "écrivez l'un des trois"
    }

    fn site_twice_in_turn(&self, site: &Key) -> String {
        format!("le site {site} est deux fois dans l'alternance")
    }

    fn keep_it_once(&self) -> &'static str {
        "gardez-le une fois"
    }

    fn sessions_contradict(&self) -> &'static str {
        "needed, needed_count et needed_percent se contredisent"
    }

    fn keep_one_field(&self) -> &'static str {
        "gardez-en un"
    }

    fn too_many_slots(&self, most: usize) -> String {
        format!("plus de {most} demi-journées")
    }

    fn a_usual_week(&self) -> &'static str {
        "une semaine type suffit, sans dates"
    }

    fn of_the_synthesis(&self, what: &str) -> String {
        format!("[synthesis] : {what}")
    }

    fn correct_the_synthesis(&self) -> &'static str {
        "corrigez la section ; ses champs sont décrits dans docs/format.md"
    }

    fn correct_or_take_the_line_out(&self) -> &'static str {
        "corrigez l'identifiant, ou retirez la ligne"
    }

    fn times_twice(&self) -> &'static str {
        "ce domicile et ce site ont déjà des temps, pour ce mode et cette date"
    }

    fn keep_one_line(&self) -> &'static str {
        "gardez une seule ligne"
    }

    fn add_times_or_complete(&self) -> &'static str {
        "ajoutez-les, ou écrivez missing = \"complete\" sous [times] dans territory.toml"
    }

    fn times_completed(&self, all: usize, n: usize, unknown: usize) -> String {
        format!(
            "{all} couples domicile–site sans temps : {n} complétés par une estimation, {unknown} inconnus"
        )
    }

    fn times_missing(&self, all: usize, some: &str, more: &str) -> String {
        format!("{all} couples domicile–site n'ont pas de temps : {some}{more}")
    }

    fn communes_from_outlines(&self, times: u64) -> String {
        format!("commune trouvée d'après les contours : {times}, à partir d'ici")
    }

    fn fill_insee_code(&self) -> &'static str {
        "rien à faire ; ou renseignez insee_code"
    }

    fn check_coordinates_and_code(&self) -> &'static str {
        "vérifiez ses coordonnées et son code"
    }
}
