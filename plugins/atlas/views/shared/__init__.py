"""Views that several pages share: cards, embeds, the press kit, statistics."""
