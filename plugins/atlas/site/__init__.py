"""The site: routes, jobs, templates, texts, assets, search, lasting addresses."""
