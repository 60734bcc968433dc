"""The checks of `zhengwen doctor`."""
