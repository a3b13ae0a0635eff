"""The columns of the CSV files: cities, sources, commitments, contradictions, retired ids."""

from __future__ import annotations

from dataclasses import replace

from .fields import Field, Record, described, sources_field


def _per_language(one: Field, languages: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(replace(one, name=f"{one.name}_{lang}", base=one.name, lang=lang) for lang in languages)


def _reason(languages: tuple[str, ...]) -> tuple[Field, ...]:
    prose = described("reason", "text", "Why, in a sentence.", "Dlaczego, w jednym zdaniu.", lines=True)
    return _per_language(prose, languages)


def city(languages: tuple[str, ...]) -> Record:
    """Return the columns of a city."""
    name = described(
        "name",
        "text",
        "The name in this language.",
        "Nazwa w tym języku.",
        "Cologne",
        label=True,
    )
    fields = (
        described(
            "id",
            "id",
            "Lower-case letters, digits and hyphens; never changed once published.",
            "Małe litery, cyfry i łączniki; po publikacji nie zmienia się nigdy.",
            "krakow",
            required=True,
        ),
        described(
            "name",
            "text",
            "The official local name.",
            "Urzędowa nazwa miejscowa.",
            "Kraków",
            required=True,
        ),
        *_per_language(name, languages),
        described(
            "country",
            "country",
            "ISO 3166-1 alpha-2 code, upper case.",
            "Kod ISO 3166-1 alfa-2, wielkimi literami.",
            "PL",
            required=True,
        ),
        described(
            "region",
            "region",
            "ISO 3166-2 code of the region.",
            "Kod regionu według ISO 3166-2.",
            "PL-12",
        ),
        described(
            "lat",
            "latitude",
            "Latitude (WGS84), north positive; empty where unknown.",
            "Szerokość geograficzna (WGS84), na północ dodatnia; pusta, gdy nieznana.",
            "50.0614",
            unit="degrees",
        ),
        described(
            "lon",
            "longitude",
            "Longitude (WGS84), east positive; empty where unknown.",
            "Długość geograficzna (WGS84), na wschód dodatnia; pusta, gdy nieznana.",
            "19.9366",
            unit="degrees",
        ),
        described(
            "population",
            "integer",
            "People who live there, digits only.",
            "Liczba mieszkańców, same cyfry.",
            "804237",
            unit="people",
        ),
        described("geonames", "geonames", "Number in GeoNames.", "Numer w GeoNames.", "3094802"),
        described(
            "wikidata",
            "wikidata",
            "Identifier in Wikidata.",
            "Identyfikator w Wikidanych.",
            "Q31487",
        ),
        described(
            "website",
            "url",
            "The city's own site.",
            "Własna strona miasta.",
            "https://www.krakow.pl",
        ),
        described(
            "codes",
            "text",
            "Numbers in official registers, each with the register before it.",
            "Numery w rejestrach urzędowych, każdy z nazwą rejestru przed nim.",
            "teryt:1261011",
            many=True,
        ),
        described(
            "former_names",
            "text",
            "Names it had before, each with its language (BCP 47) before it; search finds them.",
            "Dawne nazwy, każda z językiem (BCP 47) przed nią; znajduje je wyszukiwarka.",
            "de:Breslau",
            many=True,
        ),
        described(
            "until",
            "date",
            "When it ceased to exist: joined to another place, or split.",
            "Kiedy przestało istnieć: włączone do innego miejsca lub podzielone.",
            "1998-12-31",
        ),
        described(
            "successor",
            "ref",
            "The place that it is part of now, by its id.",
            "Identyfikator miejsca, którego jest teraz częścią.",
            "krakow",
            refers="city",
        ),
        described(
            "former_ids",
            "id",
            "Ids under which the city was published before.",
            "Identyfikatory, pod którymi miasto było opublikowane wcześniej.",
            "cracow",
            many=True,
        ),
    )
    return Record(
        name="city",
        path="cities.csv",
        format="csv",
        required=True,
        help={"en": "A city, municipality or borough.", "pl": "Miasto, gmina lub dzielnica."},
        fields=fields,
    )


def source(languages: tuple[str, ...]) -> Record:
    """Return the columns of a source."""
    note = described("note", "text", "What one should know.", "Co warto wiedzieć.", lines=True)
    fields = (
        described(
            "id",
            "id",
            "Lower-case letters, digits and hyphens.",
            "Małe litery, cyfry i łączniki.",
            "krakow-eccar-de",
            required=True,
        ),
        described(
            "title",
            "text",
            "The title as the document gives it.",
            "Tytuł tak, jak podaje go dokument.",
            "Uchwała nr CXXIX/3569/24",
            required=True,
        ),
        described(
            "publisher",
            "text",
            "Who published it.",
            "Kto opublikował.",
            "City of Kraków",
        ),
        described(
            "url",
            "url",
            "Public address, http or https; empty for a document on paper.",
            "Publiczny adres, http lub https; pusty dla dokumentu na papierze.",
            "https://www.bip.krakow.pl/",
        ),
        described(
            "archived",
            "url",
            "Address of an archived copy of the same page.",
            "Adres zarchiwizowanej kopii tej samej strony.",
            "https://web.archive.org/web/20240101000000/https://www.bip.krakow.pl/",
        ),
        described(
            "gone",
            "date",
            "When the page at url was found to be there no more; the archived copy then stands for it.",
            "Kiedy stwierdzono, że strony pod url już nie ma; zastępuje ją wtedy zarchiwizowana kopia.",
            "2026-11-22",
        ),
        described("lang", "language", "Language (BCP 47).", "Język (BCP 47).", "pl"),
        described("published", "date", "When it was published.", "Kiedy opublikowano.", "2024-03-06"),
        described(
            "accessed",
            "date",
            "When it was read for the atlas.",
            "Kiedy odczytano dla atlasu.",
            "2026-11-22",
            required=True,
        ),
        *_per_language(note, languages),
        described(
            "type",
            "code",
            "What kind of document it is.",
            "Rodzaj dokumentu.",
            "city",
            codes="source_types",
        ),
    )
    return Record(
        name="source",
        path="sources.csv",
        format="csv",
        required=True,
        help={
            "en": "A document that claims rest on.",
            "pl": "Dokument, na którym opierają się twierdzenia.",
        },
        fields=fields,
    )


def commitment(languages: tuple[str, ...]) -> Record:
    """Return the columns of a commitment."""
    note = described("note", "text", "What one should know.", "Co warto wiedzieć.", lines=True)
    fields = (
        described("city", "ref", "The city.", "Miasto.", "krakow", refers="city", required=True),
        described(
            "period",
            "id",
            "Only where the city has several rows here: a word, such as the year of its beginning, that "
            "tells this row from the one that was there first, which has none. It is a part of the id "
            "(krakow/eccar/2008), chosen once and never changed.",
            "Tylko gdy miasto ma tu kilka wierszy: słowo, na przykład rok początku, które odróżnia ten "
            "wiersz od pierwszego wpisanego, bez takiego słowa. Należy do identyfikatora "
            "(krakow/eccar/2008), wybiera się je raz i nie zmienia.",
            "2008",
            rare=True,
        ),
        described(
            "status",
            "code",
            "Where the city stands.",
            "Status miasta.",
            "member",
            codes="statuses",
            required=True,
        ),
        described(
            "decided",
            "date",
            "The council's resolution; ../2018 where the source says only that it was taken by then.",
            "Uchwała rady; ../2018, gdy źródło mówi tylko, że do tego czasu ją podjęto.",
            "2024-03-06",
        ),
        described(
            "since",
            "date",
            "From when the membership or signature counts; ../2018 where it did by then, in 2018 or before.",
            "Od kiedy obowiązuje członkostwo lub podpis; ../2018, gdy najpóźniej od tego roku.",
            "2024-09-25",
        ),
        described(
            "until",
            "date",
            "When it ended; ../2018 where it had by then.",
            "Kiedy się skończyło; ../2018, gdy najpóźniej w tym roku.",
            "2019~",
        ),
        described(
            "role",
            "text",
            "Roles in the instrument: codes of the vocabulary or free words.",
            "Role: kody słownika albo własne słowa.",
            "founding-city",
            many=True,
            codes="roles",
        ),
        described(
            "act",
            "text",
            "Title and number of the legal act.",
            "Tytuł i numer aktu prawnego.",
            "uchwała nr XVI/171/11",
        ),
        sources_field(required=True),
        described(
            "verified",
            "date",
            "When a person last found that the source still says so.",
            "Kiedy człowiek ostatnio sprawdził, że źródło nadal tak mówi.",
            "2026-11-22",
        ),
        described(
            "verified_by",
            "text",
            "Who looked, by the name that they want to be seen.",
            "Kto sprawdził, pod nazwą, którą chce podać.",
            "atlas editors",
        ),
        *_per_language(note, languages),
    )
    return Record(
        name="commitment",
        path="commitments/{instrument}.csv",
        format="csv",
        help={
            "en": "One city in one instrument for one period.",
            "pl": "Jedno miasto w jednym instrumencie w jednym okresie.",
        },
        fields=fields,
    )


def listed() -> Record:
    """Return the columns of a line of the list that an instrument publishes itself."""
    fields = (
        described(
            "name",
            "text",
            "The name as the list spells it.",
            "Nazwa w pisowni wykazu.",
            "City of Kraków",
            required=True,
        ),
        described(
            "country",
            "country",
            "ISO 3166-1 alpha-2 code; a name alone may mean several places.",
            "Kod ISO 3166-1 alfa-2; sama nazwa może oznaczać kilka miejsc.",
            "PL",
        ),
        described(
            "city",
            "ref",
            "The city that is meant, where the name does not say it.",
            "Miasto, o które chodzi, jeśli nazwa tego nie mówi.",
            "krakow",
            refers="city",
        ),
        described(
            "since",
            "date",
            "Since when, by the list.",
            "Od kiedy, według wykazu.",
            "2016",
        ),
        sources_field(required=True),
    )
    return Record(
        name="listed",
        path="lists/{instrument}.csv",
        format="csv",
        help={
            "en": "One line of the list that a network or the office of a charter publishes itself: what the "
            "atlas records is set beside it. The whole list, also names that the atlas does not know.",
            "pl": "Jeden wiersz wykazu, który publikuje sama sieć lub sekretariat karty: obok niego stoi to, "
            "co zapisano w atlasie. Cały wykaz, także nazwy, których atlas nie zna.",
        },
        fields=fields,
    )


def contradiction(languages: tuple[str, ...]) -> Record:
    """Return the columns of a disputed value."""
    fields = (
        described(
            "record",
            "text",
            "The record that is disputed: commitments/<instrument>:<city>, instruments/<id>, "
            "actions/<id>, cities/<id> or counts/<id>.",
            "Sporny rekord: commitments/<instrument>:<city>, instruments/<id>, actions/<id>, "
            "cities/<id> lub counts/<id>.",
            "commitments/icc:krakow",
            required=True,
        ),
        described(
            "field",
            "text",
            "The column or key, or a few words where there is none.",
            "Kolumna lub klucz, a gdy ich nie ma, kilka słów.",
            "since",
            required=True,
        ),
        described("value", "text", "What the source says.", "Co mówi źródło.", "2022", required=True),
        sources_field(required=True),
        described(
            "rank",
            "code",
            "Exactly one value of a field is preferred.",
            "Dokładnie jedna wartość pola jest preferowana.",
            "preferred",
            choices=("preferred", "deprecated"),
            required=True,
        ),
        *_reason(languages),
    )
    return Record(
        name="contradiction",
        path="contradictions.csv",
        format="csv",
        help={
            "en": "One of several values that sources give for the same thing.",
            "pl": "Jedna z kilku wartości, które źródła podają dla tej samej rzeczy.",
        },
        fields=fields,
    )


RETIRED_KINDS = (
    "city",
    "network",
    "charter",
    "instrument",
    "commitment",
    "action",
    "source",
    "topic",
    "address",
)


def retired(languages: tuple[str, ...]) -> Record:
    """Return the columns of an id that is gone."""
    fields = (
        described(
            "kind",
            "code",
            "What the id named.",
            "Co oznaczał identyfikator.",
            "city",
            choices=RETIRED_KINDS,
            required=True,
        ),
        described(
            "id",
            "text",
            "The id that is gone; <city>/<instrument> for a commitment, with /<period> where it has one; "
            "a path for an address.",
            "Wycofany identyfikator; <city>/<instrument> dla zobowiązania, z /<period>, jeśli je ma; "
            "ścieżka dla adresu.",
            "old-town",
            required=True,
        ),
        *_reason(languages),
        described(
            "replaced_by",
            "text",
            "The id or address that stands instead.",
            "Identyfikator lub adres, który go zastępuje.",
            "new-town",
        ),
        described("on", "date", "When it was withdrawn.", "Kiedy wycofano.", "2026-11-22"),
    )
    return Record(
        name="retired",
        path="retired.csv",
        format="csv",
        help={
            "en": "An id or address that once was published.",
            "pl": "Identyfikator lub adres, który kiedyś był opublikowany.",
        },
        fields=fields,
    )
