"""The contributor's commands; one module a command, see main.py."""
