"""Issue forms for the code host, one in each language for each thing that people send in.

The fields are those of the schema, under the same names, so that a form never asks for what
a row cannot hold. The format is that of GitHub; other hosts read it or ignore it:
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from ...languages.language import Language
from ...model.records import Vocabulary
from ...model.schema import Field, Record, schema

FOLDER = ".github/ISSUE_TEMPLATE"

Texts = Mapping[str, str]
"""Words by the code of their language."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one form asks for: a kind of record, less what its sender need not know."""

    name: str
    record: str
    title: Texts
    about: Texts
    prefix: Texts
    without: frozenset[str] = frozenset()
    first: tuple[Field, ...] = ()


INSTRUMENT = Field(
    name="instrument",
    type="ref",
    help={
        "en": "The network that the city joined, or the charter that it signed.",
        "pl": "Sieć, do której miasto przystąpiło, albo karta, którą podpisało.",
    },
    example="eccar",
    required=True,
    refers="instrument",
)

FORMS = (
    Form(
        "commitment",
        "commitment",
        {"en": "New commitment", "pl": "Nowe zobowiązanie"},
        {
            "en": "A city joined a network, signed a charter, left, or was found not to be a member.",
            "pl": "Miasto przystąpiło do sieci, podpisało kartę, wystąpiło albo sprawdzono, że nie należy.",
        },
        {"en": "Commitment: ", "pl": "Zobowiązanie: "},
        first=(INSTRUMENT,),
        # Whoever takes it over sees whether the pair has a row already.
        without=frozenset(("period",)),
    ),
    Form(
        "correction",
        "contradiction",
        {"en": "Correction", "pl": "Poprawka"},
        {
            "en": "Something in the atlas is wrong, or a source says something else.",
            "pl": "Coś w atlasie się nie zgadza albo źródło mówi coś innego.",
        },
        {"en": "Correction: ", "pl": "Poprawka: "},
        # Which value is preferred is for the reviewers to say.
        without=frozenset(("rank",)),
    ),
    Form(
        "city",
        "city",
        {"en": "New city", "pl": "Nowe miasto"},
        {
            "en": "A city, municipality or borough that the atlas does not have yet.",
            "pl": "Miasto, gmina lub dzielnica, której w atlasie jeszcze nie ma.",
        },
        {"en": "City: ", "pl": "Miasto: "},
        without=frozenset(("id", "former_ids")),
    ),
    Form(
        "network",
        "network",
        {"en": "New network or charter", "pl": "Nowa sieć lub karta"},
        {
            "en": "A network, commission or programme that cities join, or a charter that they sign.",
            "pl": "Sieć, komisja lub program, do których miasta przystępują, albo karta, którą podpisują.",
        },
        {"en": "Network: ", "pl": "Sieć: "},
        without=frozenset(("former_names", "ended", "successor")),
    ),
)

_INTRO: Texts = {
    "en": "Fill in what you know and leave the rest empty: empty means unknown. Dates are as exact as the "
    "source: "
    "`2022`, `2022-09` or `2022-09-25`; `2015~` is about 2015. Please give no e-mail addresses, telephone "
    "numbers or "
    "names of private persons.",
    "pl": "Wypełnij to, co wiesz, a resztę zostaw pustą: puste znaczy nieznane. Daty są tak dokładne jak "
    "źródło: "
    "`2022`, `2022-09` lub `2022-09-25`; `2015~` to około 2015. Prosimy nie podawać adresów e-mail, "
    "numerów telefonów "
    "ani nazwisk osób prywatnych.",
}
_ADDRESSES: Texts = {
    "en": "Addresses of the documents on the web, one a line; ids from sources.csv will do, too.",
    "pl": "Adresy dokumentów w sieci, po jednym w wierszu; mogą być też identyfikatory z sources.csv.",
}
_SOURCES: Texts = {"en": "Sources", "pl": "Źródła"}
_COLUMN: Texts = {"en": "Column: {name}.", "pl": "Kolumna: {name}."}
_EXAMPLE: Texts = {"en": "For example: {example}", "pl": "Na przykład: {example}"}
_AGREE: Texts = {
    "en": "What I write here may be published under CC BY 4.0",
    "pl": "To, co tu piszę, może zostać opublikowane na licencji CC BY 4.0",
}
_LICENCE: Texts = {"en": "Licence", "pl": "Licencja"}

CONFIG = "# Issues without a form stay possible: the site opens them filled in.\nblank_issues_enabled: true\n"


def issue_forms(languages: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each form; ``languages`` are those of the forms."""
    records = schema(tuple(languages))
    yield f"{FOLDER}/config.yml", CONFIG
    for form in FORMS:
        for code in languages:
            content = _form(form, records[form.record], Language(code), vocabulary)
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
            yield f"{FOLDER}/{form.name}.{code}.yml", f"# Generated by scripts/describe.py\n{text}"


def _form(form: Form, record: Record, lang: Language, vocabulary: Vocabulary) -> dict[str, Any]:
    code = lang.code
    fields = (*form.first, *(one for one in record.fields if one.name not in form.without))
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": _INTRO[code]}}]
    for one in fields:
        body += [_element(each, lang, vocabulary) for each in _in_languages(one, code)]
    agree = {"label": _AGREE[code], "required": True}
    body.append(
        {"type": "checkboxes", "id": "licence", "attributes": {"label": _LICENCE[code], "options": [agree]}}
    )
    return {
        "name": form.title[code],
        "description": form.about[code],
        "title": form.prefix[code],
        "labels": ["data"],
        "body": body,
    }


def _in_languages(one: Field, code: str) -> Iterator[Field]:
    """Yield the fields that stand for ``one`` in a form: labels in every language, prose in its own."""
    if one.base:
        if one.label or one.lang == code:
            # Whoever knows the one name need not know the other.
            yield one
    elif one.type == "localized":
        yield replace(one, name=f"{one.name}_{code}", base=one.name, lang=code)
    else:
        yield one


def _element(one: Field, lang: Language, vocabulary: Vocabulary) -> dict[str, Any]:
    code = lang.code
    label = _SOURCES[code] if one.refers == "source" else one.help[code].rstrip(".")
    if one.base and one.label:
        label = f"{label} ({lang.language_name(one.lang)})"
    about = [_ADDRESSES[code] if one.refers == "source" else "", _COLUMN[code].format(name=one.name)]
    attributes: dict[str, Any] = {"label": label}
    options = [] if one.type != "code" else _options(one, lang, vocabulary)
    if one.example and one.refers != "source" and not options:
        about.append(_EXAMPLE[code].format(example=one.example))
    attributes["description"] = " ".join(filter(None, about))
    if options:
        kind = "dropdown"
        attributes |= {"multiple": True} if one.many else {}
        attributes["options"] = options
    else:
        kind = "textarea" if one.lines or one.many or one.type == "mapping" else "input"
    element: dict[str, Any] = {"type": kind, "id": one.name, "attributes": attributes}
    if one.required:
        element["validations"] = {"required": True}
    return element


def _options(one: Field, lang: Language, vocabulary: Vocabulary) -> list[str]:
    """Return the codes that may be chosen, each with its label."""
    if one.choices:
        return list(one.choices)
    codes = getattr(vocabulary, one.codes or "", {})
    return [f"{id_} ({lang.label(known)})" for id_, known in codes.items()]
