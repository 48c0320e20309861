//! Rows that cannot be taken over: each is named, and nothing is half written.

use super::{Files, objects, sample, table};

/// Bad rows of a table, and what is said of each.
const BAD: [(&str, &str); 17] = [
    (
        ",p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,",
        "field application: expected this field, found nothing",
    ),
    ("A-2,a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,", "field applicant: expected a person"),
    (
        "A-2,p:a,,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,",
        "field child_iin: expected this field, found nothing",
    ),
    (
        "A-2,p:a,990412300121,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,",
        "field child_iin: expected a person",
    ),
    ("A-2,p:a,p:c,01.01.2015,2018-01-01T10:00:00+06:00,queued,,,,", "field born: expected a date such as"),
    ("A-2,p:a,p:c,,2018-01-01T10:00:00+06:00,queued,,,,", "field born: expected this field, found nothing"),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00,queued,,,,",
        "field registered_at: expected an instant with an offset",
    ),
    (
        "A-2,p:a,p:c,2015-01-01,2018-07-02T09:00:01+06:00,queued,,,,",
        "field registered_at: expected an instant up to now",
    ),
    ("A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,asleep,,,,", "field stage: expected "),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,closed,,,,",
        "field stage: expected a stage that is not closed",
    ),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,referred,,,1,",
        "field expires_at: expected this field, found nothing",
    ),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,under_review,,,,",
        "field vacancy: expected this field, found nothing",
    ),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,many",
        "field lapses: expected a whole number, found text of 4 characters",
    ),
    ("A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,-1", "field lapses: expected "),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,",
        ": expected 10 cells, as in the first row, found 9",
    ),
    (
        "A-2,p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,under_review,,,7,",
        ": denied: not_found, expected vacancy, found 7",
    ),
    (
        "A-2,p:a,p:c,2014-01-01,2018-01-01T10:00:00+06:00,under_review,,,1,",
        ": denied: wrong_group_year, expected 2014, found 2015",
    ),
];

const GOOD: [&str; 2] = [
    "A-1,p:x,p:c-1,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,",
    "A-7,p:x,p:c-7,2015-01-01,2018-01-07T10:00:00+06:00,queued,,,,",
];

#[test]
fn every_kind_of_bad_row_is_named_with_its_line_and_field() {
    for (bad, says) in BAD {
        let files = sample().with("bad.csv", table(&[GOOD[0], "", bad, GOOD[1]]));
        let before = files.names();
        let outputs = ["out", "events", "snapshot"].map(|name| (format!("--{name}"), files.path(name)));
        let more: Vec<&str> = outputs.iter().flat_map(|(option, path)| [option.as_str(), path]).collect();
        let said = files.import("bad.csv", &more);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{bad}\n{}", said.err);
        let rows = said.bad_rows();
        assert!(rows.len() == 1 && rows[0].starts_with("bad.csv, line 4"), "{bad}\n{}", said.err);
        assert!(rows[0].contains(says), "{bad}\nsays {}\nnot  {says}", rows[0]);
        let last = "error: 1 bad row, nothing is taken over: --bad-rows skip takes the others over";
        assert_eq!(said.err.lines().last(), Some(last));
        assert_eq!(files.names(), before, "nothing is half written");
        // And without it the others are taken over.
        let skipped = files.import("bad.csv", &["--bad-rows", "skip"]);
        let alone = sample().with("good.csv", table(&GOOD));
        let alone = alone.import("good.csv", &[]);
        assert_eq!((skipped.status, skipped.digest()), (0, alone.digest()), "{}", skipped.err);
        assert_eq!(skipped.bad_rows(), rows);
        assert!(skipped.err.contains("2 taken over, 1 skipped, 0 closed"), "{}", skipped.err);
    }
}

#[test]
fn all_bad_rows_are_reported_in_their_order() {
    let mut rows = vec![GOOD[0]];
    rows.extend(BAD.map(|(bad, _)| bad));
    rows.extend([GOOD[0], GOOD[1]]);
    let files = sample().with("bad.csv", table(&rows));
    let said = files.import("bad.csv", &[]);
    let lines: Vec<usize> = said
        .bad_rows()
        .iter()
        .filter_map(|row| row.strip_prefix("bad.csv, line ")?.split([',', ':']).next()?.parse().ok())
        .collect();
    let expected: Vec<usize> = (3..=19).chain([20, 20]).collect();
    assert_eq!(lines, expected, "the last one is denied twice: {}", said.err);
    assert!(said.err.contains("denied: number_taken, found A-1 (R80)"), "{}", said.err);
    assert!(said.err.contains("denied: already_in_queue, found A-1 (O27)"), "{}", said.err);
    assert!(said.err.contains("error: 18 bad rows, nothing is taken over"), "{}", said.err);
}

#[test]
fn other_denials_of_an_import_are_told() {
    let two = table(&[
        "A-2,p:a,p:c2,2015-01-01,2017-02-02T10:00:00+06:00,enrolled,,,1,",
        "A-3,p:a,p:c3,2015-01-01,2018-02-02T10:00:00+06:00,enrolled,,,1,",
        "A-4,p:a,p:c2,2015-01-01,2018-02-03T10:00:00+06:00,enrolled,,,1,",
    ]);
    let benefit = "application,applicant,child_iin,born,registered_at,stage,benefit\n\
                   A-5,p:a,p:c5,2015-01-01,2018-02-03T10:00:00+06:00,queued,990412300120\n";
    let vacancies = "kindergarten,group_year,language,places\nБөбек,2015,ru,1\n";
    let files =
        Files::new().with("vacancies.csv", vacancies).with("two.csv", two).with("benefit.csv", benefit);
    let said = files.import("two.csv", &[]);
    assert_eq!(
        said.bad_rows(),
        [
            "two.csv, line 3: denied: no_free_place, found 1 (O26)",
            "two.csv, line 4: denied: already_enrolled, found A-2 (O27)",
            "two.csv, line 4: denied: no_free_place, found 1 (O26)",
        ]
    );
    let said = files.import("benefit.csv", &[]);
    assert!(said.err.contains("line 2: denied: unknown_benefit, expected "), "{}", said.err);
    assert!(said.err.contains("found (12 digits)"), "{}", said.err);
}

#[test]
fn personal_numbers_are_never_quoted() {
    let number = "990412300120";
    let whole = ["A-1", "p:a", "p:c", "2015-01-01", "2018-01-01T10:00:00+06:00", "referred"];
    for wrong in 0..10 {
        let mut cells = vec![whole[0], whole[1], whole[2], whole[3], whole[4], whole[5], "", "", "", ""];
        cells[wrong] = number;
        let row = cells.join(",");
        let files = sample().with("bad.csv", table(&[&row, &row]));
        let said = files.import("bad.csv", &["--bad-rows", "skip"]);
        assert!(!said.err.contains(number), "{row}\n{}", said.err);
    }
    for text in [format!("{number},p:a\n"), format!("[{{\"{number}\":1}}]"), format!("[{number}x]")] {
        let files = Files::new().with("bad", &text);
        for format in ["csv", "json", "jsonl"] {
            let said = files.import("bad", &["--format", format]);
            assert_eq!(said.status, 2, "{format}: {text}");
            assert!(!said.err.contains(number), "{format}: {text}\n{}", said.err);
        }
    }
}

#[test]
fn every_fault_of_the_first_row_is_told_at_once() {
    let head = "application,applicant,child_iin,child_iin,birthday,stage";
    let files = Files::new().with("bad.csv", format!("{head}\n"));
    let said = files.import("bad.csv", &["--bad-rows", "skip"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    let rows = said.bad_rows();
    for (row, says) in rows.iter().zip([
        "bad.csv, line 1, field child_iin: expected one column of this name, found two",
        "bad.csv, line 1, field column 5: expected one of application, applicant, parents",
        "bad.csv, line 1, field born: expected a column of this name, found none",
        "bad.csv, line 1, field registered_at: expected a column of this name, found none",
    ]) {
        assert!(row.starts_with(says), "{row}\nnot {says}");
    }
    assert_eq!(rows.len(), 4);
    assert!(rows[1].contains("found \"birthday\""), "{}", rows[1]);
}

#[test]
fn objects_have_their_lines_too() {
    let good = &objects()[13].to_string();
    let lines = ["{\"stage\":", "[1]", good, "{\"reason\":\"r\"}", "{\"applicant\":\"p:a\"}", "\u{1}"];
    let files = Files::new().with("bad.jsonl", lines.join("\n"));
    let said = files.import("bad.jsonl", &["--bad-rows", "skip"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for (row, says) in said.bad_rows().iter().zip([
        "bad.jsonl, line 1: expected JSON, found an early end",
        "bad.jsonl, line 2: expected an object with the fields of a row, found another value",
        "bad.jsonl, line 4, field reason: expected no field of this name",
        "bad.jsonl, line 5, field application: expected this field, found nothing",
        "bad.jsonl, line 6: expected JSON, found something else at column 1",
    ]) {
        assert!(row.starts_with(says), "{row}\nnot {says}");
    }
    assert!(said.err.contains("1 taken over, 5 skipped"), "{}", said.err);
    let list = format!("[\n{good},\n\n {{\"stage\": \"queued\",\n \"who\": 1}} ,7,\n\n{{}}]");
    let said = Files::new().with("bad.json", list).import("bad.json", &["--bad-rows", "skip"]);
    let places: Vec<_> =
        said.bad_rows().iter().map(|row| row.split(": exp").next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        places,
        ["bad.json, line 4, field application", "bad.json, line 5", "bad.json, line 7, field application"]
    );
}

#[test]
fn a_fault_that_hides_rows_lets_none_be_taken_over() {
    let good = &objects()[13].to_string();
    let open = table(&[GOOD[0], "A-2,\"p:a,p:c,2015-01-01,2018-01-01T10:00:00+06:00,queued,,,,", GOOD[1]]);
    for (name, text, says) in [
        (
            "open.csv",
            open,
            "open.csv, line 3, field applicant: expected a cell on one line, its quotes closed",
        ),
        ("cut.json", format!("[\n{good},\n{{\"application\":"), "cut.json, line 3: expected JSON"),
        ("comma.json", format!("[{good},\n]"), "comma.json, line 2: expected JSON"),
        ("open.json", format!("[{good}\n"), "open.json, line 1: expected a comma or the end of the list"),
        ("more.json", format!("[{good}]\n{good}"), "more.json, line 1: expected nothing after the list"),
    ] {
        let files = Files::new().with(name, text);
        let out = files.path("journal.jsonl");
        let said = files.import(name, &["--bad-rows", "skip", "--out", &out]);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{name}: {}", said.err);
        assert!(said.bad_rows()[0].starts_with(says), "{}", said.err);
        assert!(said.err.contains("what follows such a fault cannot be told"), "{}", said.err);
        assert_eq!(files.names(), [name]);
    }
}

#[test]
fn a_bad_vacancy_ends_the_run_whatever_was_asked() {
    let rows = "kindergarten,group_year,language,places,kind,published_at\n\
                Бөбек,2015,ru,0,,2018-06-01T10:00:00+06:00\n\
                Бөбек,2015,fr,1,,2018-06-01T10:00:00+06:00\n\
                Бөбек,2015,ru,1,,2018-06-01\n\
                Бөбек,2015,ru,1,,2018-05-31T10:00:00+06:00\n\
                Бөбек,2015,ru,1,,2018-07-02T09:00:01+06:00\n\
                Бөбек,2015,ru,1,,\n";
    let bad = table(&[BAD[0].0, GOOD[0]]);
    let files = Files::new().with("vacancies.csv", rows).with("bad.csv", bad);
    let said = files.import("bad.csv", &["--bad-rows", "skip"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    for (row, says) in said.bad_rows().iter().zip([
        "vacancies.csv, line 2: denied: places_out_of_range, expected 1 to 999, found 0 (R60)",
        "vacancies.csv, line 3, field language: expected ",
        "vacancies.csv, line 4, field published_at: expected an instant with an offset",
        "vacancies.csv, line 5, field published_at: expected an instant not before the row above",
        "vacancies.csv, line 6, field published_at: expected an instant up to the take-over",
        "bad.csv, line 2, field application: expected this field, found nothing",
    ]) {
        assert!(row.starts_with(says), "{row}\nnot {says}");
    }
    assert!(said.err.contains("error: 6 bad rows, nothing is taken over: the vacancies"), "{}", said.err);
}
