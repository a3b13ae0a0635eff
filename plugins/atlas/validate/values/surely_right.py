"""Fast acceptance: plain forms of texts and addresses in which no rule finds anything; rules take the rest.

A form may be too narrow, which costs time. It must never be too wide.
"""

from __future__ import annotations

import re

from .urls import PRIVATE_NAMES

TEXT = re.compile(
    r"""(?! [nN][/.] )                       # n/a is no name
    (?= [A-Za-zÀ-ÖØ-öø-ž] )                  # it shows a letter, and begins as no number, date or error
    (?! .{3,4}[-.][0-9]{2,4}\Z )             # nor is what a spreadsheet made of a month
    (?! (?:[^0-9]*[0-9]){8} )                # nine digits may be a phone, eight behind +, seven behind tel.
    (?! (?=(?:[^0-9]*[0-9]){7}) .*(?i:tel|phone|mob|kom|fa|call) )
    (?: [A-Za-z0-9,;:'’“”„–/&+À-ÁÆ-ÖØ-áã-öø-āă-ĸĺ-ļľ-ž-]++
      | \ (?! (?:at|AT|małpa)\  )            # jan at example dot org
      | \((?! \ *(?:[aA][tT]|[mM][aA][łlŁL][pP][aA])\ *\) ) | \)  # jan (at) example.org
      | (?<![lsLS])\. | \.\Z                 # ul. Długa 1/2
    )*+ \Z""",
    re.VERBOSE,
)
"""Letters that UTF-8 read as another encoding begins with, such as Ä, are left out, and so is every sign."""
URL = re.compile(
    rf"""(?= .{{1,200}}\Z ) https?:// (?: [a-z0-9] (?:[a-z0-9-]{{0,61}}[a-z0-9])? \. )+
    (?! (?:{"|".join(PRIVATE_NAMES)}) (?:/|\Z) ) [a-z]{{2,24}}
    (?: / (?: [A-Za-z0-9_.~!$'()*+,;=:/?&\#-]++ | %(?!40) )*+ )? \Z""",
    re.VERBOSE,
)
