"""Views of pages: one module for each kind of page."""
