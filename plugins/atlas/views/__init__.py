"""What each reader gets to see: pure functions from the atlas to plain, ready dataclasses."""
