"""The keys of the YAML files: instruments, actions and the vocabulary (see schema.py)."""

from __future__ import annotations

from typing import Literal

from .fields import Field, Record, described, sources_field, topics_field

ITEM_STATES = ("planned", "under-way", "done", "dropped")


def instrument(family: Literal["network", "charter"]) -> Record:
    """Return the record of a network (one joins it) or a charter (one signs it)."""
    began = (
        described("founded", "date", "When it was founded.", "Kiedy powstała.", "2004-12-10")
        if family == "network"
        else described("adopted", "date", "When it was adopted.", "Kiedy przyjęto.", "2006-05-12")
    )
    fields = (
        described(
            "kind",
            "code",
            "What kind of instrument it is.",
            "Rodzaj instrumentu.",
            family,
            codes="instrument_kinds",
            required=True,
        ),
        described(
            "name",
            "localized",
            "The name in each language.",
            "Nazwa w każdym języku.",
            "European Coalition of Cities against Racism",
            label=True,
            required=True,
        ),
        described(
            "short",
            "localized",
            "A short name for lists and tables, where the full one is long and no acronym is in use.",
            "Krótka nazwa do wykazów i tabel, gdy pełna jest długa, a skrótu się nie używa.",
            "Equality Charter",
            label=True,
        ),
        described("acronym", "text", "The usual short form.", "Używany skrót.", "ECCAR"),
        described(
            "former_names",
            "plain-or-localized",
            "Names it had before.",
            "Dawne nazwy.",
            "Milena",
            many=True,
        ),
        began,
        described(
            "founder",
            "plain-or-localized",
            "Who founded or drafted it.",
            "Kto założył lub opracował.",
            "UNESCO",
        ),
        described(
            "secretariat",
            "plain-or-localized",
            "Who runs it, and where.",
            "Kto i gdzie je prowadzi.",
            "Heidelberg",
        ),
        described("website", "url", "Its own site.", "Własna strona.", "https://www.eccar.info"),
        topics_field(),
        described(
            "summary",
            "localized",
            "What it is for, in a few sentences.",
            "Do czego służy, w kilku zdaniach.",
            lines=True,
        ),
        described(
            "open_to",
            "country",
            "Whose cities may join: ISO 3166-1 codes, or all.",
            "Miasta których krajów mogą przystąpić: kody ISO 3166-1 albo all.",
            "PL",
            many=True,
            choices=("all",),
        ),
        described(
            "obligations",
            "mapping",
            "What a city takes on.",
            "Do czego miasto się zobowiązuje.",
            many=True,
            fields=_OBLIGATION,
        ),
        described(
            "counts",
            "mapping",
            "How many members a source counts; the first without scope is quoted.",
            "Ilu członków podaje źródło; cytowana jest pierwsza liczba bez zakresu.",
            many=True,
            fields=_COUNT,
        ),
        described(
            "hosts",
            "mapping",
            "Cities that hosted a conference; hosting commits to nothing.",
            "Miasta, które gościły konferencję; to do niczego nie zobowiązuje.",
            many=True,
            fields=_HOST,
        ),
        described("ended", "date", "When it ceased to exist.", "Kiedy przestało istnieć.", "2012"),
        described(
            "successor",
            "ref",
            "The instrument that followed it.",
            "Instrument, który je zastąpił.",
            "icorn",
            refers="instrument",
        ),
        sources_field(required=True),
        _note(),
    )
    article = {"network": "A network, commission or programme.", "charter": "A charter or pact."}
    polish = {"network": "Sieć, komisja lub program.", "charter": "Karta, deklaracja lub pakt."}
    return Record(
        name=family,
        path="networks/{id}.yaml" if family == "network" else "charters/{id}.yaml",
        format="yaml",
        help={"en": article[family], "pl": polish[family]},
        fields=fields,
    )


def action(languages: tuple[str, ...]) -> Record:
    """Return the record of an act of a city or body."""
    text = described("text", "text", "The point in this language.", "Punkt w tym języku.", lines=True)
    item = tuple(
        Field(name=lang, type="text", help=text.help, lang=lang, base="text", lines=True)
        for lang in languages
    )
    fields = (
        described(
            "kind",
            "code",
            "What kind of act it is.",
            "Rodzaj działania.",
            "resolution",
            codes="action_kinds",
            required=True,
        ),
        described("date", "date", "When it happened or began.", "Kiedy nastąpiło.", "2019-09-18"),
        described("end_date", "date", "When it ended.", "Kiedy się skończyło.", "2019-09-20"),
        described(
            "cities",
            "ref",
            "The cities that acted, or where it took place.",
            "Miasta, które działały lub w których to się odbyło.",
            "czestochowa",
            many=True,
            refers="city",
        ),
        described(
            "instrument",
            "ref",
            "The instrument it belongs to.",
            "Instrument, z którym się wiąże.",
            "icorn",
            refers="instrument",
        ),
        described(
            "fulfils",
            "id",
            "Ids of the obligations of this instrument that it fulfils for the cities.",
            "Identyfikatory zobowiązań tego instrumentu, które działanie wypełnia za miasta.",
            "action-plan",
            many=True,
        ),
        described(
            "commitments",
            "text",
            "Ids of the commitments that it brought about; it is shown within them, and not a second time.",
            "Identyfikatory zobowiązań, do których doprowadziło; widać je przy nich, a nie drugi raz.",
            "krakow/eccar",
            many=True,
        ),
        described(
            "title",
            "localized",
            "The title in each language.",
            "Tytuł w każdym języku.",
            "Team for Equal Treatment set up",
            label=True,
            required=True,
        ),
        described(
            "summary",
            "localized",
            "What happened, in a few sentences.",
            "Co się stało, w kilku zdaniach.",
            lines=True,
        ),
        described("act", "mapping", "The legal act behind it.", "Akt prawny.", fields=_ACT),
        described(
            "status",
            "code",
            "How it stands.",
            "Stan.",
            "adopted",
            codes="action_statuses",
        ),
        described(
            "items",
            "mapping",
            "Its tasks or points.",
            "Zadania lub punkty.",
            many=True,
            fields=(*item, *_ITEM, sources_field(required=False)),
        ),
        topics_field(),
        sources_field(required=True),
        _note(),
    )
    return Record(
        name="action",
        path="actions/{id}.yaml",
        format="yaml",
        help={
            "en": "An act of a city or body: a team, a policy, a resolution, a congress.",
            "pl": "Działanie miasta lub gremium: zespół, polityka, uchwała, kongres.",
        },
        fields=fields,
    )


def vocabulary() -> Record:
    """Return the record of the vocabulary; each section holds codes as keys."""
    sections = {
        "topics": ("Topics.", "Tematy."),
        "statuses": ("Statuses of a commitment.", "Statusy zobowiązania."),
        "instrument_kinds": ("Kinds of instrument.", "Rodzaje instrumentów."),
        "action_kinds": ("Kinds of action.", "Rodzaje działań."),
        "action_statuses": ("Statuses of an action.", "Stany działania."),
        "source_types": ("Types of source.", "Rodzaje źródeł."),
        "roles": ("Roles of a city in an instrument.", "Role miasta."),
    }
    needed = {"topics", "statuses", "instrument_kinds", "action_kinds"}
    languages = described(
        "languages",
        "language",
        "The languages of the dataset; en and pl where it is missing.",
        "Języki zbioru; gdy brak, en i pl.",
        "en",
        many=True,
    )
    fields = tuple(
        described(
            name,
            "mapping",
            english,
            polish,
            fields=_code_fields(name),
            required=name in needed,
        )
        for name, (english, polish) in sections.items()
    )
    return Record(
        name="vocabulary",
        path="vocabulary.yaml",
        format="yaml",
        required=True,
        help={"en": "The only list of codes.", "pl": "Jedyna lista kodów."},
        fields=(languages, *fields),
    )


def _code_fields(section: str) -> tuple[Field, ...]:
    label = described(
        "label",
        "localized",
        "The word that readers see.",
        "Słowo, które widzą czytelnicy.",
        "Human rights",
        label=True,
        required=True,
    )
    help_ = described("help", "localized", "What the code means.", "Co znaczy kod.", lines=True)
    if section == "instrument_kinds":
        plural = described(
            "plural",
            "localized",
            "The heading over a list of them.",
            "Nagłówek listy takich instrumentów.",
            "Networks",
            label=True,
        )
        family = described(
            "family",
            "code",
            "Whether one joins it (network) or signs it (charter).",
            "Czy się przystępuje (network), czy podpisuje (charter).",
            "network",
            choices=("network", "charter"),
            required=True,
        )
        return label, help_, plural, family
    if section == "topics":
        shape = described(
            "shape",
            "text",
            "The shape that stands for it without colour.",
            "Kształt, który oznacza temat bez koloru.",
            "disc",
        )
        paper = {"light": ("On light paper.", "Na jasnym tle."), "dark": ("On dark.", "Na ciemnym.")}
        shades = tuple(
            described(name, "colour", *help_texts, "#1f6feb") for name, help_texts in paper.items()
        )
        colour = described("colour", "mapping", "Colours as #rrggbb.", "Kolory jako #rrggbb.", fields=shades)
        return label, help_, shape, colour
    return label, help_


def _note() -> Field:
    return described("note", "plain-or-localized", "What one should know.", "Co warto wiedzieć.", lines=True)


_OBLIGATION = (
    described(
        "id",
        "id",
        "Short id, unique within the instrument.",
        "Krótki identyfikator.",
        "action-plan",
        required=True,
    ),
    described(
        "text",
        "localized",
        "What is to be done.",
        "Co należy zrobić.",
        "Adopt an action plan",
        lines=True,
        required=True,
    ),
    described(
        "due_within",
        "duration",
        "How soon after joining (ISO 8601).",
        "Jak szybko po przystąpieniu (ISO 8601).",
        "P2Y",
    ),
    sources_field(required=False),
)

_COUNT = (
    described(
        "members",
        "integer",
        "The number, digits only.",
        "Liczba, same cyfry.",
        "170",
        unit="members",
        required=True,
    ),
    described("on", "date", "The day it holds for.", "Dzień, którego dotyczy.", "2024"),
    described(
        "qualifier",
        "code",
        "How the source qualifies the number.",
        "Jak źródło zastrzega liczbę.",
        "about",
        choices=("more-than", "about"),
    ),
    described(
        "scope",
        "localized",
        "What is counted, where it is not the whole membership.",
        "Co policzono, jeśli nie ogół członków.",
        "Swedish municipalities",
    ),
    _note(),
    sources_field(required=True),
)

_HOST = (
    described("city", "ref", "The host.", "Gospodarz.", "lublin", refers="city", required=True),
    described("on", "date", "When.", "Kiedy.", "2021-06-25"),
    _note(),
    sources_field(required=True),
)

_ITEM = (
    described(
        "state",
        "code",
        "How far it got, by its sources; leave it out where nobody has checked.",
        "Jak daleko zaszło według źródeł; pomiń, gdy nikt nie sprawdził.",
        "done",
        choices=ITEM_STATES,
    ),
    described("on", "date", "On which day it stood so.", "Według stanu na dzień.", "2022-11-30"),
)

_ACT = (
    described("title", "text", "Title of the act.", "Tytuł aktu.", "Zarządzenie nr 529.2019"),
    described("body", "text", "Who passed it.", "Kto wydał.", "Rada Miasta Krakowa"),
    described("number", "text", "Its number, exactly as written.", "Numer, dokładnie.", "XVI/171/11"),
    described("decided", "date", "When it was passed.", "Kiedy uchwalono.", "2011-05-25"),
    described("effective", "date", "When it took effect.", "Kiedy weszło w życie.", "2011-06-01"),
)
