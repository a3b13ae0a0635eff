"""Fast acceptance: plain forms of values in which no rule finds anything; rules take the rest.

A form may be too narrow, which costs time. It must never be too wide. Single characters alone are repeated
possessively (``++``): a group that is repeated so matches wrongly before Python 3.11.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...model.schema import Type
from .urls import PRIVATE_NAMES

_NOT_CALLED = "|".join(
    rf"(?<=[^.:(\ ]{dot}\ ) (?<!\b(?i:tel|kom|fax){dot}\ ) (?<!(?i:efon|hone|bile|órka|faks|call){dot}\ )"
    for dot in ("", r"\.")
)
"""No word such as tel. or phone stands before, behind which seven digits are a number to call."""
_PLAIN = r"""[A-Za-z,;:'’“”„–"°&À-ÁÆ-ÖØ-áã-öø-āă-ĸĺ-ļľ-ž\ -]*+"""
TEXT = re.compile(
    rf"""(?! [nN][/.] )                      # n/a is no name
    (?= [A-Za-zÀ-ÖØ-öø-ž] | [0-9]+[a-z]*\ [A-Za-z] )  # it shows a letter, and is no number, date or error
    (?! .{{3,4}}[-.][0-9]{{2,4}}\Z )         # nor what a spreadsheet made of a month
    (?! .*\ (?:dot|DOT|kropka)\  )          # jan at example dot org
    {_PLAIN} (?: (?: (?! 00 )                # up to two short numbers, seven digits not behind tel.
        (?= (?<=[/–-]) | {_NOT_CALLED} | (?! [0-9](?:[ .()/-]{{0,2}}[0-9]){{6}} ) )
        (?: [0-9]{{5,6}}+ | [0-9]{{1,4}}+ (?:[ .-](?!00)[0-9]{{1,4}}+)? ) (?! [ .-]?[0-9] )
      | [ÂÃÄÅâĂĽĹ](?=[A-Za-z]) | \+(?![0-9])
      | \((?! \ *(?:[aA][tT]|[mM][aA][łlŁL][pP][aA])\ *\) | [0-9]{{2,3}}\) ) | \)  # jan (at) example.org
      | (?<![lsLSwW])\. | \.\Z | /(?!/)       # ul. Długa 1/2; www. and http:// are left out as well
    ) {_PLAIN} )* \Z""",
    re.VERBOSE,
)
"""Letters that UTF-8 read as another encoding begins with, such as Ä, stand before plain ones alone."""
URL = re.compile(
    rf"""(?= .{{1,200}}\Z ) https?:// (?: [a-z0-9] (?:[a-z0-9-]{{0,61}}[a-z0-9])? \. )+
    (?! (?:{"|".join(PRIVATE_NAMES)}) (?:/|\Z) ) [a-z]{{2,24}}
    (?: / (?: [A-Za-z0-9_.~!$'()*+,;=:/?&\#-]++ | %(?!40) )* )? \Z""",
    re.VERBOSE,
)
_DAY = r"0[1-9]|1[0-9]|2[0-8]|(?<!02-)(?:29|30)|(?<=0[13578]-)31|(?<=1[02]-)31"
FORMS: Mapping[Type, re.Pattern[str]] = {
    "text": TEXT,
    "localized": TEXT,
    "plain-or-localized": TEXT,
    "url": URL,
    # Longer than the names of devices, and no month that a spreadsheet made of an id.
    "id": re.compile(r"(?=.{5,64}\Z)(?![a-z]{3,4}-[0-9]{2,4}\Z)[a-z][a-z0-9]*+(?:-[a-z0-9]++)*\Z"),
    "date": re.compile(rf"(?:\.\./)?[1-9][0-9]{{3}}(?:-(?:0[1-9]|1[0-2])(?:-(?:{_DAY}))?)?[~?%]?\Z"),
    "integer": re.compile(r"(?:0|[1-9][0-9]{0,9})\Z"),
    "latitude": re.compile(r"-?[0-8]?[0-9](?:\.[0-9]{1,12})?\Z"),
    "longitude": re.compile(r"-?(?:1[0-7])?[0-9](?:\.[0-9]{1,12})?\Z|-?[0-9]{2}(?:\.[0-9]{1,12})?\Z"),
    "geonames": re.compile(r"[1-9][0-9]{0,8}\Z"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,9}\Z"),
}
"""By type."""
