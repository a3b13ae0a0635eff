"""The web, politely asked and safely followed: by ``links``, ``archive`` and ``enrich``, never by a build.

``guard`` says what may be connected to, ``fetch`` makes one request, ``courtesy`` spaces requests to one
host, ``visit`` follows an address, and ``interface`` asks a public interface for JSON.
"""
