"""The rules about one value, one row or one file.

Each case changes one place of the valid dataset and asserts every line that comes of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.broken_data import CITIES, CITY, ROW, SOURCE, SOURCES, WELCOME, Case, check, city, row, source

from atlas.validate.values.personal_data import PHONES, personal_problem

CASES = (
    Case(
        "header_names_a_column_twice",
        CITIES,
        "former_ids",
        "name",
        (("data/cities.csv:1:85: E-HEADER the column 'name' stands twice; delete one of them"),),
    ),
    Case(
        "header_has_an_unknown_column",
        CITIES,
        "population",
        "populaton",
        (("data/cities.csv:1:48: E-HEADER no such column 'populaton'; did you mean population?"),),
    ),
    Case(
        "header_lacks_a_required_column",
        SOURCES,
        "accessed",
        "acessed",
        (
            (
                "data/sources.csv:1:1: E-HEADER the column 'accessed' is missing; the columns are: id, "
                "title, publisher, url, archived, gone, lang, published, accessed, note_en, note_pl, type"
            ),
            ("data/sources.csv:1:48: E-HEADER no such column 'acessed'; did you mean accessed?"),
        ),
    ),
    Case(
        "required_value_is_missing",
        CITIES,
        CITY,
        city(country=""),
        (("data/cities.csv:8:25: E-REQUIRED country: needed, but empty; for example PL"),),
    ),
    Case(
        "claim_without_a_source",
        WELCOME,
        ROW,
        row(sources=""),
        (
            (
                "data/commitments/welcome.csv:3:26: E-SOURCE sources: a claim without a source; name the "
                "document that says so, as an id of sources.csv"
            ),
        ),
    ),
    Case(
        "source_without_accessed",
        SOURCES,
        SOURCE,
        source(accessed=""),
        (("data/sources.csv:3:97: E-REQUIRED accessed: needed, but empty; for example 2026-11-22"),),
    ),
    Case(
        "spaces_around_a_value",
        CITIES,
        CITY,
        city(name_en=" Turku\u00a0"),
        (
            (
                "data/cities.csv:8:13: E-SPACE name_en ' Turku\\u00a0': spaces around the value; "
                "delete them, or run: atlas fmt"
            ),
        ),
    ),
    Case(
        "decomposed_letters",
        CITIES,
        "Łódź,Łódź,Łódź",
        "Łódź,Łódź,Łódź".replace("ó", "o\u0301", 1),
        (
            (
                "data/cities.csv:6:6: W-NFC name 'Łódź': letters and their accents are separate characters; "
                "run: atlas fmt"
            ),
        ),
    ),
    Case(
        "line_break_in_a_name",
        CITIES,
        CITY,
        city(name='"Tur\nku"'),
        (("data/cities.csv:8:7: E-TEXT name 'Tur\\nku': a line break; write it on one line"),),
    ),
    Case(
        "text_after_a_list_entry_is_placed",
        WELCOME,
        ROW,
        row(sources="network-members;  netwrk-report"),
        (
            (
                "data/commitments/welcome.csv:3:44: E-REF sources 'netwrk-report': no such source; did you "
                "mean network-report?"
            ),
        ),
    ),
    Case(
        "value_after_a_line_break_in_its_cell_is_placed",
        WELCOME,
        ROW,
        row(sources='"\n  press;""x"" ; netwrk-report"'),
        (
            (
                "data/commitments/welcome.csv:3:26: E-SPACE sources '\\n  press;\"x\" ; netwrk-report': "
                "spaces around the value; delete them, or run: atlas fmt"
            ),
            (
                "data/commitments/welcome.csv:4:9: E-REF sources '\"x\"': no such source; add it "
                "first: atlas "
                "new source"
            ),
            (
                "data/commitments/welcome.csv:4:17: E-REF sources 'netwrk-report': no such source; did you "
                "mean network-report?"
            ),
        ),
    ),
    Case(
        "empty_entry_in_a_list",
        WELCOME,
        ROW,
        row(sources="network-members;;network-report"),
        (("data/commitments/welcome.csv:3:26: E-LIST sources: an empty entry in the list; delete it"),),
    ),
    Case(
        "entry_twice_in_a_list",
        WELCOME,
        ROW,
        row(sources="press;network-report;press"),
        (
            (
                "data/commitments/welcome.csv:3:26: E-LIST sources 'press': stands twice in the list; keep "
                "one of them"
            ),
        ),
    ),
    Case(
        "id_with_dots_and_slash",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(geonames="", wikidata="", id="../turku", name="Other", name_en="Other", name_pl="Other"),
        (
            (
                "data/cities.csv:9:1: E-ID id '../turku': an id has only the letters a-z, digits and single "
                "hyphens; type turku"
            ),
        ),
    ),
    Case(
        "id_with_space_and_capital",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(geonames="", wikidata="", id="Turku Åbo", name="Other", name_en="Other", name_pl="Other"),
        (
            (
                "data/cities.csv:9:1: E-ID id 'Turku Åbo': an id has only the letters a-z, digits and single "
                "hyphens; type turku-abo"
            ),
        ),
    ),
    Case(
        "id_of_a_windows_device",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(geonames="", wikidata="", id="con", name="Other", name_en="Other", name_pl="Other"),
        (
            (
                "data/cities.csv:9:1: E-ID id 'con': a name that Windows reserves for a device; choose "
                "another id, for example con-city"
            ),
        ),
    ),
    Case(
        "id_with_a_trailing_newline",
        CITIES,
        CITY,
        city(id='"turku\n"'),
        (
            (
                "data/cities.csv:8:1: E-SPACE id 'turku\\n': spaces around the value; delete them, or run: "
                "atlas fmt"
            ),
        ),
    ),
    Case(
        "id_too_long",
        CITIES,
        CITY,
        CITY
        + "\n"
        + city(geonames="", wikidata="", id="t" * 65, name="Other", name_en="Other", name_pl="Other"),
        (
            (
                "data/cities.csv:9:1: E-ID id "
                "'ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt': longer than 64 "
                "characters; choose a shorter id"
            ),
        ),
    ),
    Case(
        "prose_in_one_language_only",
        WELCOME,
        ROW,
        row(note_en="Seen."),
        (
            (
                "data/commitments/welcome.csv:3:49: W-LANGUAGE note: the text is missing in the language "
                "'pl'; translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "excel_scientific_number",
        CITIES,
        CITY,
        city(population="1.23E+12"),
        (
            (
                "data/cities.csv:8:50: E-EXCEL population '1.23E+12': Excel damage, a number in scientific "
                "notation; type all its digits again from the source"
            ),
        ),
    ),
    Case(
        "excel_error_value",
        CITIES,
        CITY,
        city(wikidata="#REF!"),
        (
            (
                "data/cities.csv:8:64: E-EXCEL wikidata '#REF!': Excel damage, an error value; type the "
                "value again from the source"
            ),
        ),
    ),
    Case(
        "excel_month",
        WELCOME,
        ROW,
        row(act="Sep-24"),
        (
            (
                "data/commitments/welcome.csv:3:25: E-EXCEL act 'Sep-24': Excel damage, a value turned into "
                "a month; type it again from the source; a month is written 2024-09"
            ),
        ),
    ),
    Case(
        "excel_month_in_a_date",
        WELCOME,
        ROW,
        row(since="wrz-24"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-EXCEL since 'wrz-24': Excel damage, a value turned "
                "into a month; type it again from the source; a month is written 2024-09"
            ),
        ),
    ),
    Case(
        "excel_day_number",
        WELCOME,
        ROW,
        row(since="45560"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-EXCEL since '45560': Excel damage, a day number "
                "instead of a date; it may mean 2024-09-25; look at the source and type the date"
            ),
        ),
    ),
    Case(
        "month_13",
        WELCOME,
        ROW,
        row(since="2022-13"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '2022-13': there is no month 13; type 2022, "
                "2022-09 or 2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "day_that_does_not_exist",
        WELCOME,
        ROW,
        row(since="2020-02-31"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '2020-02-31': 2020-02 has 29 days, not 31; "
                "look at the source again, or type 2020-02"
            ),
        ),
    ),
    Case(
        "day_that_does_not_exist_in_polish_order",
        WELCOME,
        ROW,
        row(since="31.02.2020"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '31.02.2020': 2020-02 has 29 days, not 31; "
                "look at the source again, or type 2020-02"
            ),
        ),
    ),
    Case(
        "by_a_year",
        WELCOME,
        ROW,
        row(since="by 2018"),
        (("data/commitments/welcome.csv:3:22: E-DATE since 'by 2018': not a date; type ../2018"),),
    ),
    Case(
        "by_a_year_in_polish",
        WELCOME,
        ROW,
        row(since="najpóźniej w 2018 r."),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since 'najpóźniej w 2018 r.': not a date; "
                "type ../2018"
            ),
        ),
    ),
    Case(
        "an_open_end",
        WELCOME,
        ROW,
        row(since="2018/.."),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '2018/..': not a date; type 2022, 2022-09 "
                "or 2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "a_look_by_a_year",
        WELCOME,
        ROW,
        row(verified="../2024"),
        (
            (
                "data/commitments/welcome.csv:3:42: E-DATE verified '../2024': says not when it was done; "
                "type the day on which it was done"
            ),
        ),
    ),
    Case(
        "week_date",
        WELCOME,
        ROW,
        row(since="2020-W01-1"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '2020-W01-1': not a date; type 2019-12-30"),),
    ),
    Case(
        "date_in_other_digits",
        WELCOME,
        ROW,
        row(since="٢٠٢٢-٠٠"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '٢٠٢٢-٠٠': not a date; type 2022, 2022-09 "
                "or 2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "ambiguous_date",
        WELCOME,
        ROW,
        row(since="01/02/2020"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-AMBIGUOUS since '01/02/2020': ambiguous, day and month "
                "may stand either way; type 2020-02-01 or 2020-01-02, as the source means it"
            ),
        ),
    ),
    Case(
        "polish_order_of_a_date",
        WELCOME,
        ROW,
        row(since="25.09.2024"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '25.09.2024': not a date; type 2024-09-25"),),
    ),
    Case(
        "american_order_that_is_not_ambiguous",
        WELCOME,
        ROW,
        row(since="09/25/2024"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '09/25/2024': not a date; type 2024-09-25"),),
    ),
    Case(
        "date_without_zeros",
        WELCOME,
        ROW,
        row(since="2022-9-5"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '2022-9-5': not a date; type 2022-09-05"),),
    ),
    Case(
        "date_in_words",
        WELCOME,
        ROW,
        row(since="25 września 2024"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '25 września 2024': not a date; type "
                "2024-09-25"
            ),
        ),
    ),
    Case(
        "date_in_english_words",
        WELCOME,
        ROW,
        row(since="September 2024"),
        (("data/commitments/welcome.csv:3:22: E-DATE since 'September 2024': not a date; type 2024-09"),),
    ),
    Case(
        "date_with_a_time",
        WELCOME,
        ROW,
        row(since="2022-09-25T00:00"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '2022-09-25T00:00': not a date; type "
                "2022-09-25"
            ),
        ),
    ),
    Case(
        "date_padded_with_zeros",
        WELCOME,
        ROW,
        row(since="2022-09-00"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '2022-09-00': 00 is not a date; type 2022-09"),),
    ),
    Case(
        "year_of_two_digits",
        WELCOME,
        ROW,
        row(since="01.02.20"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '01.02.20': not a date; write the year with "
                "four digits, and first: 2022-09-25"
            ),
        ),
    ),
    Case(
        "two_dates_in_one_cell",
        WELCOME,
        ROW,
        row(since="2019/2020"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '2019/2020': two dates in one cell; type "
                "one date; the end of a period has a column of its own"
            ),
        ),
    ),
    Case(
        "year_zero",
        WELCOME,
        ROW,
        row(since="0000"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '0000': a year before 1000; type 2022, "
                "2022-09 or 2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "year_with_two_digits_lost",
        WELCOME,
        ROW,
        row(since="0202"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since '0202': a year before 1000; type 2022, "
                "2022-09 or 2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "circa_in_front_of_a_year",
        WELCOME,
        ROW,
        row(since="~2015"),
        (("data/commitments/welcome.csv:3:22: E-DATE since '~2015': not a date; type 2015~"),),
    ),
    Case(
        "no_date_at_all",
        WELCOME,
        ROW,
        row(since="soon"),
        (
            (
                "data/commitments/welcome.csv:3:22: E-DATE since 'soon': not a date; type 2022, 2022-09 or "
                "2022-09-25, as exactly as the source says"
            ),
        ),
    ),
    Case(
        "lat_with_a_comma",
        CITIES,
        CITY,
        city(lat='"60,4"'),
        (("data/cities.csv:8:34: E-NUMBER lat '60,4': not a number of degrees; type 60.4"),),
    ),
    Case(
        "lat_not_a_number",
        CITIES,
        CITY,
        city(lat="nan"),
        (
            (
                "data/cities.csv:8:34: E-NUMBER lat 'nan': not a number of degrees; type decimal degrees, "
                "for example 50.0614"
            ),
        ),
    ),
    Case(
        "lat_infinite",
        CITIES,
        CITY,
        city(lat="inf"),
        (
            (
                "data/cities.csv:8:34: E-NUMBER lat 'inf': not a number of degrees; type decimal degrees, "
                "for example 50.0614"
            ),
        ),
    ),
    Case(
        "lat_out_of_range",
        CITIES,
        CITY,
        city(lat="191"),
        (
            (
                "data/cities.csv:8:34: E-NUMBER lat '191': not between -90 and 90; type decimal degrees, for "
                "example 50.0614"
            ),
        ),
    ),
    Case(
        "population_with_spaces",
        CITIES,
        CITY,
        city(population="175 945"),
        (("data/cities.csv:8:50: E-NUMBER population '175 945': not a whole number; type 175945"),),
    ),
    Case(
        "population_with_a_leading_zero",
        CITIES,
        CITY,
        city(population="007"),
        (
            (
                "data/cities.csv:8:50: E-NUMBER population '007': not a whole number; type digits only, "
                "without spaces or zeros in front"
            ),
        ),
    ),
    Case(
        "geonames_not_a_number",
        CITIES,
        CITY,
        city(geonames="geonames.org/633679"),
        (
            (
                "data/cities.csv:8:57: E-NUMBER geonames 'geonames.org/633679': no GeoNames number; type the "
                "digits at the end of the address at geonames.org"
            ),
        ),
    ),
    Case(
        "wikidata_without_q",
        CITIES,
        CITY,
        city(wikidata="38511"),
        (
            (
                "data/cities.csv:8:64: E-NUMBER wikidata '38511': no Wikidata identifier; type the letter Q "
                "and digits, for example Q31487"
            ),
        ),
    ),
    Case(
        "country_of_three_letters",
        CITIES,
        CITY,
        city(country="POL", region=""),
        (("data/cities.csv:8:25: E-COUNTRY country 'POL': no such country code; type PL"),),
    ),
    Case(
        "country_in_lower_case",
        CITIES,
        CITY,
        city(country="fi", region=""),
        (("data/cities.csv:8:25: E-COUNTRY country 'fi': no such country code; type FI"),),
    ),
    Case(
        "country_that_does_not_exist",
        CITIES,
        CITY,
        city(country="QQ", region="", lat="", lon=""),
        (
            (
                "data/cities.csv:8:25: E-COUNTRY country 'QQ': no such country code; type the ISO 3166-1 "
                "code of two capital letters"
            ),
        ),
    ),
    Case(
        "region_in_another_notation",
        CITIES,
        CITY,
        city(region="19"),
        (
            (
                "data/cities.csv:8:28: E-REGION region '19': no such region code; type the ISO 3166-2 code, "
                "for example PL-12"
            ),
        ),
    ),
    Case(
        "voivodeship_that_does_not_exist",
        CITIES,
        "PL-22",
        "PL-13",
        (
            (
                "data/cities.csv:2:32: E-REGION region 'PL-13': no such voivodeship; type one of PL-02, "
                "PL-04 and so on to PL-32"
            ),
        ),
    ),
    Case(
        "language_in_words",
        SOURCES,
        SOURCE,
        source(lang="English"),
        (
            (
                "data/sources.csv:3:83: E-LANG lang 'English': no language code; type the BCP 47 code, for "
                "example en or pl"
            ),
        ),
    ),
    Case(
        "rank_that_does_not_exist",
        "contradictions.csv",
        "press,deprecated,A report",
        "press,wrong,A report",
        (("data/contradictions.csv:3:46: E-CODE rank 'wrong': must be preferred or deprecated"),),
    ),
    Case(
        "address_of_a_script",
        SOURCES,
        SOURCE,
        source(url="javascript:alert(1)"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'javascript:alert(1)': not an address that begins with "
                "https:// or http://; give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_of_data",
        SOURCES,
        SOURCE,
        source(url='"data:text/html,x"'),
        (
            (
                "data/sources.csv:3:49: E-URL url 'data:text/html,x': not an address that begins with "
                "https:// or http://; give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_without_scheme",
        SOURCES,
        SOURCE,
        source(url="//evil.example.org/x"),
        (
            (
                "data/sources.csv:3:49: E-URL url '//evil.example.org/x': not an address that begins with "
                "https:// or http://; give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_with_a_password",
        SOURCES,
        SOURCE,
        source(url="https://user:pw@example.org/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'https://user:pw@example.org/': a user name or password "
                "before the host; delete everything between // and @"
            ),
        ),
    ),
    Case(
        "address_of_this_machine",
        SOURCES,
        SOURCE,
        source(url="http://localhost:8000/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'http://localhost:8000/': the host is not on the public "
                "web; give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_of_a_private_network",
        SOURCES,
        SOURCE,
        source(url="http://192.168.0.1/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'http://192.168.0.1/': the host is not on the public web; "
                "give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_of_a_private_network_as_a_number",
        SOURCES,
        SOURCE,
        source(url="http://2130706433/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'http://2130706433/': the host is not on the public web; "
                "give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_of_a_private_network_in_ipv6",
        SOURCES,
        SOURCE,
        source(url="http://[::1]/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'http://[::1]/': the host is not on the public web; give "
                "the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_with_a_space",
        SOURCES,
        SOURCE,
        source(url="https://example.org/a b"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'https://example.org/a b': a space or a character that no "
                "address holds; copy the address again; a space in it is written %20"
            ),
        ),
    ),
    Case(
        "address_with_a_broken_port",
        SOURCES,
        SOURCE,
        source(url="https://example.org:99999/"),
        (
            (
                "data/sources.csv:3:49: E-URL url 'https://example.org:99999/': no such kind of address; "
                "give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_too_long",
        SOURCES,
        SOURCE,
        source(url="https://example.org/" + "a" * 2000),
        (
            (
                "data/sources.csv:3:49: E-URL url "
                "'https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…': longer "
                "than 2000 characters; give the public address of the page, as a reader would type it"
            ),
        ),
    ),
    Case(
        "address_with_an_email",
        SOURCES,
        SOURCE,
        source(url="https://example.org/?to=jan.kowalski%40example.org"),
        (
            (
                "data/sources.csv:3:49: E-PRIVATE url: an e-mail address (jan.kowalski@example.org); give "
                "the office's website instead"
            ),
        ),
    ),
    Case(
        "email_in_a_note",
        WELCOME,
        ROW,
        row(note_en="Ask jan.kowalski@example.org", note_pl="Napisz"),
        (
            (
                "data/commitments/welcome.csv:3:43: E-PRIVATE note_en: an e-mail address "
                "(jan.kowalski@example.org); give the office's website instead"
            ),
        ),
    ),
    Case(
        "phone_in_a_note",
        WELCOME,
        ROW,
        row(note_en="Call +48 601 234 567", note_pl="Telefon"),
        (
            (
                "data/commitments/welcome.csv:3:43: E-PRIVATE note_en: a phone number (+48 601 234 567); "
                "give the office's website instead"
            ),
        ),
    ),
    Case(
        "phone_after_the_word_tel",
        WELCOME,
        ROW,
        row(note_en="x", note_pl="tel. 12 616 12 34"),
        (
            (
                "data/commitments/welcome.csv:3:45: E-PRIVATE note_pl: a phone number (tel. 12 616 12 34); "
                "give the office's website instead"
            ),
        ),
    ),
    Case(
        "polish_mobile_number",
        WELCOME,
        ROW,
        row(note_en="x", note_pl="Kontakt: 601 234 567"),
        (
            (
                "data/commitments/welcome.csv:3:45: E-PRIVATE note_pl: a phone number (601 234 567); give "
                "the office's website instead"
            ),
        ),
    ),
    Case(
        "pesel_in_a_note",
        WELCOME,
        ROW,
        row(note_en="x", note_pl="PESEL 44051401359"),
        (
            (
                "data/commitments/welcome.csv:3:45: E-PRIVATE note_pl: a PESEL number (44…); delete it and "
                "tell the person concerned"
            ),
        ),
    ),
    Case(
        "yaml_unknown_key",
        "networks/welcome.yaml",
        "acronym:",
        "acronim:",
        (("data/networks/welcome.yaml:5:1: E-KEY no such key 'acronim'; did you mean acronym?"),),
    ),
    Case(
        "yaml_required_key_is_missing",
        "networks/rights-commission.yaml",
        "kind: commission\n",
        "",
        (
            (
                "data/networks/rights-commission.yaml:1:1: E-REQUIRED kind: needed, but empty; for example "
                "network"
            ),
        ),
    ),
    Case(
        "yaml_claim_without_a_source",
        "networks/rights-commission.yaml",
        "sources: [press]",
        "sources: []",
        (
            (
                "data/networks/rights-commission.yaml:9:10: E-SOURCE sources: a claim without a source; name "
                "the document that says so, as an id of sources.csv"
            ),
        ),
    ),
    Case(
        "yaml_value_where_a_list_belongs",
        "networks/rights-commission.yaml",
        "sources: [press]",
        "sources: press",
        (("data/networks/rights-commission.yaml:9:10: E-SHAPE sources: must be a list"),),
    ),
    Case(
        "yaml_list_where_a_value_belongs",
        "networks/rights-commission.yaml",
        "founded: 2020-11",
        "founded: [2020-11]",
        (("data/networks/rights-commission.yaml:5:10: E-SHAPE founded: must be one value"),),
    ),
    Case(
        "yaml_text_where_languages_belong",
        "networks/rights-commission.yaml",
        "name:\n  en: Commission on Rights\n  pl: Komisja Praw",
        "name: Commission",
        (("data/networks/rights-commission.yaml:2:7: E-SHAPE name: must have one text for each language"),),
    ),
    Case(
        "yaml_value_where_keys_belong",
        "networks/welcome.yaml",
        "hosts:\n  - city: lodz\n    'on': 2019-06-21\n    sources:\n      - network-report",
        "hosts: [lodz]",
        (("data/networks/welcome.yaml:53:9: E-SHAPE hosts: must hold keys and values"),),
    ),
    Case(
        "yaml_name_in_one_language",
        "networks/rights-commission.yaml",
        "  pl: Komisja Praw\n",
        "",
        (
            (
                "data/networks/rights-commission.yaml:3:3: W-LANGUAGE name: the text is missing in the "
                "language 'pl'; translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "yaml_name_in_no_language",
        "networks/rights-commission.yaml",
        "  en: Commission on Rights\n  pl: Komisja Praw\n",
        "  en: ''\n",
        (
            (
                "data/networks/rights-commission.yaml:3:3: E-REQUIRED name: needed, but empty; for example "
                "European Coalition of Cities against Racism"
            ),
        ),
    ),
    Case(
        "yaml_label_in_one_language",
        "vocabulary.yaml",
        "      pl: Migracje\n",
        "",
        (
            (
                "data/vocabulary.yaml:16:7: E-LANGUAGE label: the label is missing in the language 'pl'; "
                "add it, even if it is the same word"
            ),
        ),
    ),
    Case(
        "yaml_prose_in_one_language",
        "charters/equality.yaml",
        "  pl: Karta, którą podpisują miasta.\n",
        "",
        (
            (
                "data/charters/equality.yaml:10:3: W-LANGUAGE summary: the text is missing in the language "
                "'pl'; translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "yaml_item_in_one_language",
        "actions/lodz-team.yaml",
        "    pl: Projekt polityki\n",
        "",
        (
            (
                "data/actions/lodz-team.yaml:15:5: W-LANGUAGE items: the text is missing in the language "
                "'pl'; translate it, or leave it and the page shows the other language"
            ),
        ),
    ),
    Case(
        "yaml_unknown_language",
        "charters/equality.yaml",
        "  pl: Karta Równości",
        "  pl: Karta Równości\n  plk: Karta",
        (("data/charters/equality.yaml:5:3: E-KEY no such key 'plk'; did you mean pl?"),),
    ),
    Case(
        "yaml_duration",
        "networks/welcome.yaml",
        "P2Y",
        "2 years",
        (
            (
                "data/networks/welcome.yaml:32:17: E-NUMBER due_within '2 years': not a duration; type P2Y "
                "for two years or P18M for eighteen months"
            ),
        ),
    ),
    Case(
        "yaml_list_entry_twice",
        "networks/welcome.yaml",
        "  - migration\n  - human-rights",
        "  - migration\n  - migration",
        (
            (
                "data/networks/welcome.yaml:17:3: E-LIST topics 'migration': stands twice in the list; keep "
                "one of them"
            ),
        ),
    ),
    Case(
        "yaml_claim_whose_only_source_is_empty",
        "networks/welcome.yaml",
        "    sources:\n      - network-members\n",
        "    sources:\n      - ' '\n",
        (("data/networks/welcome.yaml:44:7: E-LIST sources: an empty entry in the list; delete it"),),
    ),
    Case(
        "yaml_decomposed_letters",
        "charters/equality.yaml",
        "Karta Równości",
        "Karta Ro\u0301wności",
        (
            (
                "data/charters/equality.yaml:4:7: W-NFC name 'Karta Równości': letters and their accents "
                "are separate characters; run: atlas fmt"
            ),
        ),
    ),
    Case(
        "vocabulary_code_without_label",
        "vocabulary.yaml",
        "    family: network\n  commission:",
        "    family: club\n  commission:",
        (("data/vocabulary.yaml:101:13: E-CODE family 'club': must be network or charter"),),
    ),
    Case(
        "vocabulary_colour_that_ends_its_rule",
        "vocabulary.yaml",
        "light: '#8a1c5b'",
        "light: '#8a1c5b} body{display:none'",
        (
            (
                "data/vocabulary.yaml:12:14: E-COLOUR light '#8a1c5b} body{display:none': no colour; type "
                "the sign # and six digits 0-9, a-f, for example #1f6feb"
            ),
        ),
    ),
    Case(
        "vocabulary_code_is_no_id",
        "vocabulary.yaml",
        "  steering-committee:",
        "  Steering Committee:",
        (
            (
                "data/vocabulary.yaml:294:3: E-ID roles 'Steering Committee': an id has only the letters "
                "a-z, digits and single hyphens; type steering-committee"
            ),
        ),
    ),
    Case(
        "vocabulary_section_is_missing",
        "vocabulary.yaml",
        "statuses:",
        "statusses:",
        (
            ("data/vocabulary.yaml:1:1: E-REQUIRED statuses: needed, but empty"),
            ("data/vocabulary.yaml:36:1: E-KEY no such key 'statusses'; did you mean statuses?"),
        ),
    ),
    Case(
        "file_name_is_no_id",
        "charters/Equality Two.yaml",
        None,
        "kind: charter\nname: {en: A, pl: B}\nsources: [press]\n",
        (
            (
                "data/charters/Equality Two.yaml:1:1: E-ID id 'Equality Two': an id has only the letters "
                "a-z, digits and single hyphens; type equality-two"
            ),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wrong_value_is_found(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(case, tmp_path, monkeypatch)


@given(st.one_of(*map(st.from_regex, PHONES)))
def test_what_is_looked_for_first_loses_no_number(text: str) -> None:
    assert personal_problem(text) is not None


@given(st.text("0123456789 -.,/ab", max_size=12), st.sampled_from(["44051401359", "02070803628"]))
def test_what_is_looked_for_first_loses_no_pesel(around: str, number: str) -> None:
    assert personal_problem(f"{around} {number} {around}") is not None
