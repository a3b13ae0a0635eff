"""``atlas archive``: archived copies of sources, looked for at the Wayback Machine. Never part of a build."""
