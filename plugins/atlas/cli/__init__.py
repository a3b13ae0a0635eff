"""The contributor's commands; one module a command, see cli.py."""
