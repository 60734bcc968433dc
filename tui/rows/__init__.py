"""An article in a list: what stands beside its title, in the dashboard and on the command line. Pure."""
