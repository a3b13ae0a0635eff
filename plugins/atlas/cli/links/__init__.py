"""Source addresses on the web: whether they still answer.

``judge`` says what the answers mean, ``results`` compares with former runs, and ``survey`` puts them
together. The requests themselves are made by ``cli/web``. Never part of a build.
"""
