"""The panes and lines of the dashboard. Each reads values and posts messages; none knows the app or its neighbours."""
