"""The rules about what records say together: ids, times, places, coherence.

Each case changes one place of the valid dataset and asserts every line that comes of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.broken_data import CITIES, CITY, ROW, SOURCE, SOURCES, WELCOME, Case, check, city, row, source

FAMILY = """
families:
  plans:
    label: {{en: plan, pl: plan}}
    help: {{en: plan, pl: plan}}
    plural: {{en: plan, pl: plan}}
    counted: {{en: plan, pl: plan}}
    held: {{en: plan, pl: plan}}
    address: {{en: {address}, pl: plany}}
    kinds: [pact, {kind}]
action_kinds:
"""

CASES = (
    Case(
        "unknown_city_with_the_nearest",
        WELCOME,
        ROW,
        row(city="honeles"),
        (("data/commitments/welcome.csv:3:1: E-REF city 'honeles': no such city; did you mean honnelles?"),),
    ),
    Case(
        "unknown_city_like_no_other",
        WELCOME,
        ROW,
        row(city="xyzzyxyzzy"),
        (
            (
                "data/commitments/welcome.csv:3:1: E-REF city 'xyzzyxyzzy': no such city; add it "
                "first: atlas new "
                'city --name "Xyzzyxyzzy"'
            ),
        ),
    ),
    Case(
        "unknown_source_in_a_list",
        WELCOME,
        ROW,
        row(sources="network-members;network-reprt"),
        (
            (
                "data/commitments/welcome.csv:3:42: E-REF sources 'network-reprt': no such source; did you "
                "mean network-report?"
            ),
        ),
    ),
    Case(
        "unknown_city_in_yaml",
        "actions/lodz-team.yaml",
        "cities: [lodz, gdansk]",
        "cities: [lodz, gdask]",
        (("data/actions/lodz-team.yaml:3:16: E-REF cities 'gdask': no such city; did you mean gdansk?"),),
    ),
    Case(
        "unknown_instrument_in_yaml",
        "charters/old-pact.yaml",
        "successor: equality",
        "successor: equalty",
        (
            (
                "data/charters/old-pact.yaml:7:12: E-REF successor 'equalty': no such instrument; did you "
                "mean equality?"
            ),
        ),
    ),
    Case(
        "unknown_obligation",
        "actions/krakow-resolution-2011.yaml",
        "instrument: welcome",
        "instrument: welcome\nfulfils:\n  - plann",
        (
            (
                "data/actions/krakow-resolution-2011.yaml:7:5: E-REF fulfils 'plann': no such obligation in "
                "data/networks/welcome.yaml; did you mean plan?"
            ),
        ),
    ),
    Case(
        "obligation_of_an_instrument_without_any",
        "actions/krakow-resolution-2011.yaml",
        "instrument: welcome",
        "instrument: equality\nfulfils:\n  - plan",
        (
            (
                "data/actions/krakow-resolution-2011.yaml:7:5: E-REF fulfils 'plan': no such obligation in "
                "data/charters/equality.yaml; take it out"
            ),
        ),
    ),
    Case(
        "obligation_of_no_instrument",
        "actions/krakow-resolution-2011.yaml",
        "instrument: welcome",
        "fulfils:\n  - plan",
        (
            (
                "data/actions/krakow-resolution-2011.yaml:6:5: E-REF fulfils 'plan': without an instrument; "
                "name the instrument whose obligation it is"
            ),
        ),
    ),
    Case(
        "fulfilled_obligation",
        "actions/krakow-resolution-2011.yaml",
        "instrument: welcome",
        "instrument: welcome\nfulfils:\n  - plan\n  - report",
        (),
    ),
    Case(
        "unknown_host",
        "networks/welcome.yaml",
        "  - city: lodz",
        "  - city: ldoz",
        (("data/networks/welcome.yaml:54:11: E-REF city 'ldoz': no such city; did you mean lodz?"),),
    ),
    Case(
        "unknown_status",
        WELCOME,
        ROW,
        row(status="observr"),
        (
            (
                "data/commitments/welcome.csv:3:12: E-CODE status 'observr': no such code in statuses of "
                "vocabulary.yaml; did you mean observer? The codes are: member, signatory, applicant, "
                "observer, suspended, former, declined, none"
            ),
        ),
    ),
    Case(
        "unknown_topic",
        "charters/equality.yaml",
        "  - gender-equality",
        "  - gender-equalty",
        (
            (
                "data/charters/equality.yaml:8:5: E-CODE topics 'gender-equalty': no such code in topics of "
                "vocabulary.yaml; did you mean gender-equality? The codes are: gender-equality, migration, "
                "human-rights"
            ),
        ),
    ),
    Case(
        "commitments_of_no_instrument",
        "commitments/welcom.csv",
        None,
        "city,status,sources\nlodz,member,press\n",
        (
            (
                "data/commitments/welcom.csv:1:1: E-REF instrument 'welcom': no such instrument; did you "
                "mean welcome?"
            ),
        ),
    ),
    Case(
        "duplicate_city_names_both_places",
        CITIES,
        CITY,
        CITY + "\nlodz,Other,Other,Other,SE,,,,,,,,",
        (
            (
                "data/cities.csv:9:1: E-DUPLICATE id 'lodz': already taken at data/cities.csv:6; keep one of "
                "the two, or choose another id"
            ),
        ),
    ),
    Case(
        "duplicate_source_names_both_places",
        SOURCES,
        SOURCE,
        SOURCE + "\n" + source(id="charter-list"),
        (
            (
                "data/sources.csv:4:1: E-DUPLICATE id 'charter-list': already taken at data/sources.csv:2; "
                "keep one of the two, or choose another id"
            ),
        ),
    ),
    Case(
        "instrument_in_both_folders",
        "charters/welcome.yaml",
        None,
        "kind: charter\nname: {en: A, pl: B}\nsources: [press]\n",
        (
            (
                "data/networks/welcome.yaml:1:1: E-DUPLICATE id 'welcome': already taken at "
                "data/charters/welcome.yaml:1; keep one of the two, or choose another id"
            ),
        ),
    ),
    Case(
        "obligation_twice",
        "networks/welcome.yaml",
        "  - id: report",
        "  - id: plan",
        (
            (
                "data/networks/welcome.yaml:35:9: E-DUPLICATE id 'plan': already taken at "
                "data/networks/welcome.yaml:28; keep one of the two, or choose another id"
            ),
        ),
    ),
    Case(
        "former_id_in_use",
        CITIES,
        CITY,
        city(former_ids="lodz"),
        (
            (
                "data/cities.csv:8:92: E-FORMER former_ids 'lodz': taken by another record at "
                "data/cities.csv:6; an id is never used for two cities"
            ),
        ),
    ),
    Case(
        "former_id_of_two_cities",
        CITIES,
        CITY,
        city(former_ids="cologne"),
        (
            (
                "data/cities.csv:8:92: E-FORMER former_ids 'cologne': taken by another record at "
                "data/cities.csv:4; an id is never used for two cities"
            ),
        ),
    ),
    Case(
        "retired_id_in_use",
        "retired.csv",
        "city,old-town",
        "city,krakow",
        (
            (
                "data/retired.csv:2:6: E-RETIRED city 'krakow': retired, but in use at data/cities.csv:5; an "
                "address once withdrawn never means something else; choose another id"
            ),
        ),
    ),
    Case(
        "retired_id_replaced_by_nothing",
        "retired.csv",
        ",lodz,2020",
        ",lod,2020",
        (("data/retired.csv:2:66: E-RETIRED replaced_by 'lod': no such city; did you mean lodz?"),),
    ),
    Case(
        "retired_id_twice",
        "retired.csv",
        "commitment,turku/equality,The city never signed.,Miasto nigdy nie podpisało.,,2025-03",
        "city,old-town,Again.,Znowu.,,",
        (
            (
                "data/retired.csv:3:6: E-DUPLICATE id 'old-town': already taken at data/retired.csv:2; keep "
                "one of the two, or choose another id"
            ),
        ),
    ),
    Case(
        "retired_commitment_in_use",
        "retired.csv",
        "turku/equality",
        "krakow/welcome",
        (
            (
                "data/retired.csv:3:12: E-RETIRED commitment 'krakow/welcome': retired, but in use at "
                "data/commitments/welcome.csv:5; an address once withdrawn never means something else; "
                "choose another id"
            ),
        ),
    ),
    Case(
        "until_before_since",
        WELCOME,
        ROW,
        row(since="2019", until="2018-12", status="former"),
        (
            (
                "data/commitments/welcome.csv:3:25: E-ORDER until '2018-12': before since '2019'; correct "
                "one of them, or swap them"
            ),
        ),
    ),
    Case(
        "decided_after_since",
        WELCOME,
        ROW,
        row(decided="2020-05", since="2019"),
        (
            (
                "data/commitments/welcome.csv:3:21: W-DECIDED decided '2020-05': after since '2019'; correct "
                "one of them, or say in a note that it was retroactive"
            ),
        ),
    ),
    Case(
        "accessed_before_published",
        SOURCES,
        SOURCE,
        source(published="2026-01-16"),
        (
            (
                "data/sources.csv:3:97: E-ORDER accessed '2026-01-15': before published '2026-01-16'; "
                "correct one of them, or swap them"
            ),
        ),
    ),
    Case(
        "action_ends_before_it_begins",
        "actions/welcome-congress-2019.yaml",
        "end_date: 2019-06-23",
        "end_date: 2019-06-20",
        (
            (
                "data/actions/welcome-congress-2019.yaml:3:11: E-ORDER end_date '2019-06-20': before date "
                "'2019-06-21'; correct one of them, or swap them"
            ),
        ),
    ),
    Case(
        "accessed_in_the_future",
        SOURCES,
        SOURCE,
        source(accessed="2026-02-02"),
        (
            (
                "data/sources.csv:3:97: E-FUTURE accessed '2026-02-02': in the future, today is 2026-02-01; "
                "type the day on which it was done"
            ),
        ),
    ),
    Case(
        "verified_in_the_future",
        WELCOME,
        ROW,
        row(verified="2027"),
        (
            (
                "data/commitments/welcome.csv:3:42: E-FUTURE verified '2027': in the future, today is "
                "2026-02-01; type the day on which it was done"
            ),
        ),
    ),
    Case(
        "published_in_the_future",
        SOURCES,
        SOURCE,
        source(published="2026-03", accessed="2026"),
        (
            (
                "data/sources.csv:3:86: E-FUTURE published '2026-03': in the future, today is 2026-02-01; "
                "type the day on which it was done"
            ),
        ),
    ),
    Case(
        "count_in_the_future",
        "charters/equality.yaml",
        "'on': 2022-08",
        "'on': 2032-08",
        (
            (
                "data/charters/equality.yaml:14:11: E-FUTURE on '2032-08': in the future, today is "
                "2026-02-01; type the day on which it was done"
            ),
        ),
    ),
    Case(
        "periods_that_overlap",
        WELCOME,
        "krakow,2011-10,member,2011-05-25,2011-10",
        "krakow,2011-10,member,,2003",
        (
            (
                "data/commitments/welcome.csv:6:1: E-OVERLAP city 'krakow': the period overlaps the one in "
                "line 5; give each period its since and until, or keep one row"
            ),
        ),
    ),
    Case(
        "one_pair_twice_without_dates",
        WELCOME,
        ROW,
        row() + "\n" + row(status="member"),
        (
            (
                "data/commitments/welcome.csv:4:1: E-OVERLAP city 'honnelles': the period overlaps the one "
                "in line 3; give each period its since and until, or keep one row"
            ),
        ),
    ),
    Case(
        "withdrawn_without_a_reason",
        "retired.csv",
        "The city never signed.,Miasto nigdy nie podpisało.",
        ",",
        (
            (
                "data/retired.csv:3:27: E-REQUIRED reason_en: needed, but empty; say in a sentence why it "
                "was withdrawn: who follows an old link reads it"
            ),
        ),
    ),
    Case(
        "withdrawn_with_the_words_of_the_line_to_paste",
        "retired.csv",
        "The city never signed.,Miasto nigdy nie podpisało.",
        "WHY,DLACZEGO",
        (
            (
                "data/retired.csv:3:27: E-REQUIRED reason_en 'WHY': stands for your words; say in a sentence "
                "why it was withdrawn: who follows an old link reads it"
            ),
        ),
    ),
    Case(
        "two_periods_without_a_word_for_one",
        WELCOME,
        "krakow,2011-10,member",
        "krakow,,member",
        (
            (
                "data/commitments/welcome.csv:6:1: E-PERIOD krakow/welcome: the id of two rows, the other is "
                "in line 5; an id keeps its meaning: leave the row that was there as it is, and give the "
                "other one a word in the column period, such as the year of its beginning"
            ),
        ),
    ),
    Case(
        "two_periods_of_one_word",
        WELCOME,
        "krakow,,former",
        "krakow,2011-10,former",
        (
            (
                "data/commitments/welcome.csv:6:8: E-PERIOD krakow/welcome/2011-10: the id of two rows, the "
                "other is in line 5; an id keeps its meaning: leave the row that was there as it is, and "
                "give the other one a word in the column period, such as the year of its beginning"
            ),
        ),
    ),
    Case(
        "further_period_with_the_address_of_an_instrument",
        "charters/welcome-2011-10.yaml",
        None,
        "kind: charter\nname: {en: A, pl: B}\nsources: [press]\n",
        (
            (
                "data/commitments/welcome.csv:6:8: E-ANCHOR period '2011-10': the address #welcome-2011-10 "
                "is that of another claim; choose another word"
            ),
        ),
    ),
    Case(
        "lat_and_lon_swapped",
        CITIES,
        CITY,
        city(lat="22.2687", lon="60.4515"),
        (
            (
                "data/cities.csv:8:34: E-SWAPPED lat and lon: swapped, the other way round they lie in the "
                "country FI; type lat 60.4515 and lon 22.2687"
            ),
        ),
    ),
    Case(
        "lat_and_lon_swapped_out_of_range",
        CITIES,
        "-22.5594,17.0832",
        "17.0832,-22.5594",
        (
            (
                "data/cities.csv:9:45: E-SWAPPED lat and lon: swapped, the other way round they lie in the "
                "country NA; type lat -22.5594 and lon 17.0832"
            ),
        ),
    ),
    Case(
        "zero_and_zero",
        CITIES,
        CITY,
        city(lat="0", lon="0.0"),
        (
            (
                "data/cities.csv:8:34: E-PLACE lat and lon: 0,0 lies in the Gulf of Guinea; leave both empty "
                "where the place is unknown"
            ),
        ),
    ),
    Case(
        "far_outside_the_country",
        CITIES,
        CITY,
        city(lat="48.2", lon="16.37"),
        (
            (
                "data/cities.csv:8:34: E-PLACE lat and lon: 48.2,16.37 lies 1371 km outside the country FI; "
                "correct the coordinates or the country"
            ),
        ),
    ),
    Case(
        "one_coordinate_only",
        CITIES,
        CITY,
        city(lon=""),
        (
            (
                "data/cities.csv:8:42: E-PLACE lon: missing, although the other coordinate is given; give "
                "both, or leave both empty"
            ),
        ),
    ),
    Case(
        "region_of_another_country",
        CITIES,
        CITY,
        city(region="SE-AB"),
        (
            (
                "data/cities.csv:8:28: E-REGION region 'SE-AB': not in the country FI; correct the region or "
                "the country"
            ),
        ),
    ),
    Case(
        "names_that_differ_in_accents_only",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(geonames="", wikidata="", id="abo", name="Åbo", name_en="Åbo", name_pl="Åbo")
        + "\n"
        + city(geonames="", wikidata="", id="abo-2", name="Abo", name_en="Abo", name_pl="Abo"),
        (
            (
                "data/cities.csv:10:7: E-NAME name 'Abo': the same as 'Åbo' in line 9, but for case and "
                "accents; keep one row; if they are two places, give both their regions"
            ),
        ),
    ),
    Case(
        "names_that_differ_in_the_turkish_dot",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(
            geonames="",
            wikidata="",
            id="izmir",
            name="İzmir",
            name_en="Izmir",
            name_pl="Izmir",
            country="TR",
            region="",
            lat="",
            lon="",
        )
        + "\n"
        + city(
            geonames="",
            wikidata="",
            id="izmir-2",
            name="Izmır",
            name_en="IZMIR",
            name_pl="IZMIR",
            country="TR",
            region="",
            lat="",
            lon="",
        ),
        (
            (
                "data/cities.csv:10:9: E-NAME name 'Izmır': the same as 'İzmir' in line 9, but for case and "
                "accents; keep one row; if they are two places, give both their regions"
            ),
        ),
    ),
    Case(
        "composed_and_decomposed_names",
        CITIES,
        CITY,
        CITY + "\nlodz-2,Ło\u0301dz\u0301,Lodz,Lodz,PL,PL-10,51.75,19.4667,,,,,",
        (
            (
                "data/cities.csv:9:8: E-NAME name 'Łódź': the same as 'Łódź' in line 6, but for case and "
                "accents; keep one row; if they are two places, give both their regions"
            ),
            (
                "data/cities.csv:9:8: W-NFC name 'Łódź': letters and their accents are separate "
                "characters; run: atlas fmt"
            ),
        ),
    ),
    Case(
        "none_without_verified",
        WELCOME,
        'network-members,2026-01-15,"Not',
        'network-members,,"Not',
        (
            (
                "data/commitments/welcome.csv:7:33: E-STATUS status 'none': needs verified, the day on which "
                "it was checked; without a check, delete the row: a missing row means not checked"
            ),
        ),
    ),
    Case(
        "none_with_a_date",
        WELCOME,
        "lodz,,none,,,",
        "lodz,,none,,2019,",
        (
            (
                "data/commitments/welcome.csv:7:13: E-STATUS status 'none': cannot have since; leave it "
                "empty, or type another status"
            ),
        ),
    ),
    Case(
        "member_whose_time_has_passed",
        WELCOME,
        ROW,
        row(status="member", since="2010", until="2019"),
        (
            (
                "data/commitments/welcome.csv:3:12: E-STATUS status 'member': but until '2019' has passed; "
                "type former, or correct until"
            ),
        ),
    ),
    Case(
        "former_whose_time_has_not_passed",
        WELCOME,
        ROW,
        row(status="former", since="2010", until="2030"),
        (
            (
                "data/commitments/welcome.csv:3:12: E-STATUS status 'former': but until '2030' is still to "
                "come; type the status that holds today, or correct until"
            ),
        ),
    ),
    Case(
        "network_in_the_folder_of_charters",
        "charters/equality.yaml",
        "kind: charter",
        "kind: network",
        (
            (
                "data/charters/equality.yaml:1:7: E-FAMILY kind 'network': belongs into the folder "
                "networks/; move the file, or correct the kind"
            ),
        ),
    ),
    Case(
        "family_at_the_address_of_another_page",
        "vocabulary.yaml",
        "\naction_kinds:\n",
        FAMILY.format(address="map", kind="plan"),
        (
            (
                "data/vocabulary.yaml:157:19: E-FAMILY address 'map': must be one free word of small "
                "letters, digits and hyphens; type the plural of the family without accents, such as pledges"
            ),
        ),
    ),
    Case(
        "family_that_is_joined_and_signed",
        "vocabulary.yaml",
        "\naction_kinds:\n",
        FAMILY.format(address="plans", kind="network"),
        (
            (
                "data/vocabulary.yaml:158:12: E-FAMILY kinds of 'plans': cities join some of them and "
                "sign others; make two families of it"
            ),
        ),
    ),
    Case(
        "archive_of_another_page",
        SOURCES,
        "120000/https://charter.example.org/signatories?page=1",
        "120000/https://charter.example.org/other",
        (
            (
                "data/sources.csv:2:96: E-ARCHIVE archived "
                "'https://web.archive.org/web/20240110120000/https://charter.example.org/other': a copy of "
                "another page than the url; archive https://charter.example.org/signatories?page=1 and give "
                "the address of that copy"
            ),
        ),
    ),
    Case(
        "archive_that_is_the_page",
        SOURCES,
        SOURCE,
        source(archived="http://www.charter.example.org/text/"),
        (
            (
                "data/sources.csv:3:82: E-ARCHIVE archived 'http://www.charter.example.org/text/': the page "
                "itself, not an archived copy; give the address of the copy, for example at web.archive.org"
            ),
        ),
    ),
    Case(
        "archive_of_no_page",
        SOURCES,
        SOURCE,
        source(url="", archived="https://archive.ph/aBc13"),
        (
            (
                "data/sources.csv:3:50: E-ARCHIVE archived 'https://archive.ph/aBc13': a copy of a page "
                "whose address is not given; put the original address into the column url"
            ),
        ),
    ),
    Case(
        "archive_today_of_another_page",
        SOURCES,
        SOURCE,
        source(archived="https://archive.ph/2024.01.02-030405/https://example.org/"),
        (
            (
                "data/sources.csv:3:82: E-ARCHIVE archived "
                "'https://archive.ph/2024.01.02-030405/https://example.org/': a copy of another page than "
                "the url; archive https://charter.example.org/text and give the address of that copy"
            ),
        ),
    ),
    Case(
        "contradiction_about_nothing",
        "contradictions.csv",
        "counts/equality,who is counted,kogo się liczy,cities",
        "counts/equalty,who is counted,kogo się liczy,cities",
        (
            (
                "data/contradictions.csv:4:1: E-REF record 'counts/equalty': no such record; did you mean "
                "counts/equality?"
            ),
            (
                "data/contradictions.csv:4:73: E-RANK counts/equalty, who is counted: 1 of 1 values "
                "preferred, must be 1 of 2 or more; give every value its row and rank exactly one preferred"
            ),
            (
                "data/contradictions.csv:5:109: E-RANK counts/equality, who is counted: 0 of 1 values "
                "preferred, must be 1 of 2 or more; give every value its row and rank exactly one preferred"
            ),
        ),
    ),
    Case(
        "two_preferred_values",
        "contradictions.csv",
        "press,deprecated,A report",
        "press,preferred,A report",
        (
            (
                "data/contradictions.csv:3:34: E-PREFERRED commitments/welcome:turku, since: preferred is "
                "'2014', but the data says '2015?'; make them agree"
            ),
            (
                "data/contradictions.csv:3:46: E-RANK commitments/welcome:turku, since: 2 of 2 values "
                "preferred, must be 1 of 2 or more; give every value its row and rank exactly one preferred"
            ),
        ),
    ),
    Case(
        "words_of_a_contradiction_in_one_language",
        "contradictions.csv",
        "who is counted,kogo się liczy,cities,miasta",
        "who is counted,,cities,",
        (
            (
                "data/contradictions.csv:4:17: W-LANGUAGE field: the text is missing in the language 'pl'; "
                "translate it, or leave it and the page shows the other language"
            ),
            (
                "data/contradictions.csv:4:33: W-LANGUAGE value: the text is missing in the language 'pl'; "
                "translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "words_where_a_column_holds_a_date",
        "contradictions.csv",
        "before 1992,przed 1992 r.",
        "before 1992,",
        (
            (
                "data/contradictions.csv:7:30: W-LANGUAGE value: the text is missing in the language 'pl'; "
                "translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "preferred_value_is_not_in_the_data",
        "contradictions.csv",
        "since,,2015?,",
        "since,,2016,",
        (
            (
                "data/contradictions.csv:2:34: E-PREFERRED commitments/welcome:turku, since: preferred is "
                "'2016', but the data says '2015?'; make them agree"
            ),
        ),
    ),
    Case(
        "preferred_value_is_not_in_the_yaml",
        "contradictions.csv",
        "founded,,1992,",
        "founded,,1993,",
        (
            (
                "data/contradictions.csv:6:30: E-PREFERRED instruments/welcome, founded: preferred is "
                "'1993', but the data says '1992'; make them agree"
            ),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_incoherent_record_is_found(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(case, tmp_path, monkeypatch)
