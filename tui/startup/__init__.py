"""The settings of the interpreter that make the start of the program fast (interpreter.py)."""
