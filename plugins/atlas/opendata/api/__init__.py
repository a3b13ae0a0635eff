"""The API: one JSON document for each record, lists of them, and their description (OpenAPI 3.1).

``values`` says how dates, texts and claims look, ``documents`` what a document holds, ``lists`` what the
lists hold, ``shapes`` and ``openapi`` describe all of it. The pages of the site that run scripts read the
same documents.
"""
