"""Source addresses on the web: whether they still answer.

``results`` compares with former runs, ``survey`` puts answers together and ``report`` says what to mend. The
requests themselves are made, and judged, by ``cli/web``. Never part of a build.
"""
