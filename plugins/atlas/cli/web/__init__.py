"""The web, politely asked and safely followed: by ``links``, ``archive`` and ``enrich``, never by a build.

``guard`` says what may be connected to, ``fetch`` makes one request, ``courtesy`` spaces requests to one
host, ``visit`` follows an address, ``judge`` says what the answers mean, ``interface`` asks for JSON, and
``kept`` is the record of a run, which a later one goes on from.
"""
