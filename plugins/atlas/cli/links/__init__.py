"""Source addresses on the web: whether they still answer, politely asked and safely followed.

``guard`` says what may be connected to, ``fetch`` makes one request, ``courtesy`` spaces
requests to one host, ``visit`` follows an address, ``judge`` says what the answers mean,
``results`` compares with former runs, and ``survey`` puts them together. Never part of a build.
"""
