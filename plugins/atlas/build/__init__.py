"""The build: which pages are made again, by whom, and how the finished site replaces the last one."""
