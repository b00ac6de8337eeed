//! In French: files of a folder and how they are written, whatever they say.

use super::French;
use crate::finding::Text;
use crate::finding::words::Tables;

impl Tables for French {
    fn of_field(&self, field: &str, what: &Text) -> String {
        format!("« {field} » : {}", what.fr)
    }

    fn forgiven(&self, what: &Text, times: u64) -> String {
        format!("{} : {times}, à partir d'ici", what.fr)
    }

    fn semicolons(&self) -> &'static str {
        "les champs sont séparés par des points-virgules : lu ainsi"
    }

    fn tabs(&self) -> &'static str {
        "les champs sont séparés par des tabulations : lu ainsi"
    }

    fn not_text(&self, what: &Text) -> String {
        format!("ce fichier est {}, pas du texte", what.fr)
    }

    fn other_headers(&self, others: &[(String, &str)]) -> String {
        let one = |(written, name): &(String, &str)| format!("« {written} » = {name}");
        format!(
            "colonnes reconnues sous un autre nom : {}",
            others.iter().map(one).collect::<Vec<_>>().join(", ")
        )
    }

    fn more_than_so_many(&self, most: u64, what: &Text) -> String {
        format!("plus de {most} {}", what.fr)
    }

    fn decimal_commas(&self) -> &'static str {
        "nombres à virgule"
    }

    fn day_first_dates(&self) -> &'static str {
        "dates au format jour/mois/année"
    }

    fn blank_lines(&self) -> &'static str {
        "lignes vides, passées"
    }

    fn line_breaks(&self) -> &'static str {
        "lignes dont un champ contient un saut de ligne, lu comme un espace"
    }

    fn spaced_numbers(&self) -> &'static str {
        "nombres avec des espaces"
    }

    fn unnamed_columns(&self) -> &'static str {
        "lignes avec des colonnes sans nom, qui ne sont pas lues"
    }

    fn whole_dates_of_birth(&self) -> &'static str {
        "dates de naissance complètes, dont seul le mois est gardé"
    }

    fn other_ways_of_writing(&self) -> &'static str {
        "autres écritures"
    }

    fn export_the_month_only(&self) -> &'static str {
        "rien à faire ; mieux, n'exportez que le mois"
    }

    fn geojson_does_not_parse(&self, why: &str) -> String {
        format!("ce GeoJSON ne se lit pas ({why})")
    }

    fn a_feature_collection(&self) -> &'static str {
        "il faut une FeatureCollection ; docs/format.md en décrit les propriétés"
    }

    fn no_such_folder(&self) -> &'static str {
        "ce dossier n'existe pas ou n'est pas un dossier"
    }

    fn give_a_folder(&self) -> &'static str {
        "indiquez le dossier d'un territoire"
    }

    fn file_not_there(&self) -> &'static str {
        "ce fichier manque dans le dossier"
    }

    fn add_the_file(&self) -> &'static str {
        "ajoutez-le ; docs/format.md décrit ses colonnes"
    }

    fn both_are_there(&self, one: &str, other: &str) -> String {
        format!("{one} et {other} sont là tous les deux : lequel compte ?")
    }

    fn keep_one_file(&self) -> &'static str {
        "gardez-en un, ou nommez le bon dans [files] de territory.toml"
    }

    fn leads_outside(&self) -> &'static str {
        "ce lien mène hors du dossier"
    }

    fn copy_the_file(&self) -> &'static str {
        "copiez le fichier lui-même dans le dossier"
    }

    fn file_unreadable(&self, why: &str) -> String {
        format!("ce fichier ne peut pas être lu ({why})")
    }

    fn check_the_rights(&self) -> &'static str {
        "vérifiez que c'est un fichier et vos droits sur lui"
    }

    fn file_too_large(&self, most: u64, megabytes: u64) -> String {
        format!("ce fichier dépasse {most} octets ({megabytes} Mo)")
    }

    fn split_it_or_the_territory(&self) -> &'static str {
        "découpez-le, ou découpez le territoire"
    }

    fn more_findings_in_file(&self, hidden: usize) -> String {
        format!("{hidden} autres constats dans ce fichier ne sont pas affichés")
    }

    fn nothing_written(&self) -> &'static str {
        "rien n'est écrit"
    }

    fn write_what_is_expected(&self) -> &'static str {
        "écrivez-y ce qui est attendu (docs/format.md)"
    }

    fn out_of_range(&self, value: &str) -> String {
        format!("{value} sort des bornes")
    }

    fn not_understood(&self, value: &str) -> String {
        format!("« {value} » n'est pas compris")
    }

    fn there_too(&self, first: &str) -> String {
        format!("{first} est là aussi : lequel compte ?")
    }

    fn keep_one_or_join(&self) -> &'static str {
        "gardez-en un, ou assemblez-les (osmium merge)"
    }

    fn no_name_of_a_file(&self, name: &str) -> String {
        format!("« {name} » n'est pas un nom de fichier du dossier")
    }

    fn a_name_alone(&self) -> &'static str {
        "écrivez un nom seul, sans dossier, et mettez le fichier dans le dossier"
    }

    fn bytes_in_a_field(&self) -> &'static str {
        "octets dans un champ"
    }

    fn columns(&self) -> &'static str {
        "colonnes"
    }

    fn not_utf8(&self) -> &'static str {
        "ce texte n'est pas en UTF-8"
    }

    fn save_file_as_utf8(&self) -> &'static str {
        "enregistrez le fichier en UTF-8"
    }

    fn export_as_csv(&self) -> &'static str {
        "exportez-le en CSV, ou nommez-le .xlsx si c'est un classeur Excel"
    }

    fn read_as_encoding(&self, name: &str) -> String {
        format!("ce texte n'est pas en UTF-8 : lu en {name}")
    }

    fn save_if_accents_are_wrong(&self) -> &'static str {
        "rien à faire si les accents sont bons ; sinon enregistrez en « CSV UTF-8 »"
    }

    fn mixed_encodings(&self) -> &'static str {
        "ce texte mélange des encodages, ou il est abîmé"
    }

    fn save_as_csv_utf8(&self) -> &'static str {
        "enregistrez le fichier en « CSV UTF-8 »"
    }

    fn a_workbook_or_archive(&self) -> &'static str {
        "un classeur ou une archive"
    }

    fn an_old_workbook(&self) -> &'static str {
        "un classeur d'un ancien Excel"
    }

    fn read_from_another_column(&self, column: &str) -> String {
        format!("rien à faire : « {column} » est lue d'une autre colonne")
    }

    fn columns_that_are_read(&self, known: &str) -> String {
        format!("rien à faire si c'est voulu ; colonnes lues : {known}")
    }

    fn column_not_read(&self, name: &str) -> String {
        format!("la colonne « {name} » n'est pas lue")
    }

    fn no_known_column(&self) -> &'static str {
        "cette ligne ne nomme aucune colonne connue"
    }

    fn write_names_of_columns(&self, known: &str) -> String {
        format!("écrivez les noms des colonnes en première ligne, parmi : {known}")
    }

    fn column_missing(&self, name: &str) -> String {
        format!("la colonne « {name} » manque")
    }

    fn add_the_column(&self) -> &'static str {
        "ajoutez-la à la première ligne, ou dites son nom dans [columns] de territory.toml"
    }

    fn column_twice(&self, name: &str) -> String {
        format!("la colonne « {name} » est écrite deux fois")
    }

    fn keep_one_column(&self) -> &'static str {
        "gardez-en une"
    }

    fn identifying_columns(&self, names: &[String]) -> String {
        format!("colonnes qui identifient des personnes, jamais lues : « {} »", names.join(" », « "))
    }

    fn remove_identifying_columns(&self) -> &'static str {
        "retirez-les du fichier : rien n'en a besoin ici"
    }

    fn no_free_column(&self, header: &str) -> String {
        format!("« {header} » n'est le nom d'aucune colonne libre du fichier")
    }

    fn write_name_of_column(&self, column: &str) -> String {
        format!("écrivez le nom qu'a la colonne {column} dans la première ligne")
    }

    fn rows(&self) -> &'static str {
        "lignes"
    }

    fn bytes_in_a_row(&self) -> &'static str {
        "octets dans une ligne"
    }

    fn another_width(&self, has: usize, wants: usize) -> String {
        format!("cette ligne a {has} champs, l'en-tête {wants}")
    }

    fn quote_the_separator(&self) -> &'static str {
        "mettez entre guillemets un champ qui contient le séparateur"
    }

    fn quote_never_closed(&self) -> &'static str {
        "un guillemet ouvert ici n'est jamais fermé"
    }

    fn close_the_quote(&self) -> &'static str {
        "fermez-le, ou doublez-le s'il fait partie du texte"
    }

    fn file_empty(&self) -> &'static str {
        "ce fichier est vide"
    }

    fn write_a_header(&self) -> &'static str {
        "écrivez au moins la ligne des noms de colonnes"
    }

    fn split_the_file(&self) -> &'static str {
        "découpez le fichier, ou vérifiez ses guillemets"
    }

    fn not_a_point(&self) -> &'static str {
        "cette géométrie n'est pas un point"
    }

    fn give_one_point(&self) -> &'static str {
        "donnez un point par lieu ; les contours des communes vont dans communes.geojson"
    }

    #[cfg(not(feature = "xlsx"))]
    fn no_workbooks(&self) -> &'static str {
        "cette version ne lit pas les classeurs Excel"
    }

    #[cfg(not(feature = "xlsx"))]
    fn save_the_sheet(&self) -> &'static str {
        "enregistrez la feuille en « CSV UTF-8 » (sans la rouvrir dans Excel ensuite)"
    }

    fn bytes_once_unpacked(&self) -> &'static str {
        "octets une fois décompressé"
    }

    fn other_sheets(&self, first: &str, others: usize) -> String {
        format!("seule la première feuille, « {first} », est lue ; il y en a {others} de plus")
    }

    fn put_it_first(&self) -> &'static str {
        "rien à faire si c'est la bonne ; sinon mettez-la en premier"
    }

    fn workbook_unreadable(&self, why: &str) -> String {
        format!("ce classeur ne se lit pas ({why})")
    }

    fn save_it_again(&self) -> &'static str {
        "enregistrez-le de nouveau en .xlsx, ou en « CSV UTF-8 »"
    }

    fn toml_does_not_parse(&self, why: &str) -> String {
        format!("ce TOML ne se lit pas ({why})")
    }

    fn correct_this_line(&self) -> &'static str {
        "corrigez cette ligne"
    }

    fn not_a_field(&self, name: &str, whose: &str) -> String {
        format!("« {name} » n'est pas un champ{whose}")
    }

    fn known_fields(&self, known: &str) -> String {
        format!("corrigez son nom ou retirez-le ; champs connus : {known}")
    }
}
