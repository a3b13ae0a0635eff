"""Rules: one generator of findings each; its docstring is the rule."""
