"""Screens compose widgets, bind keys and route messages; they compute nothing. Lasting screens stand here."""
