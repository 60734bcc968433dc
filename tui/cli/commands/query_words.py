"""The words of `zhengwen list`: a term with one minus is a part of the query, not an option, at any position."""

import click


class QueryCommand(click.Command):
    """A command whose arguments are a query.

    An option begins with two minuses, or is a short one of the command (`-h`). Words after `--` are never options.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options first and the words of the query after `--`, in their order. Parse them as click does."""
        valued = {name for option in self.params if _takes_value(option) for name in option.opts}
        short = {"-h", *(name for option in self.params for name in option.opts)}
        options: list[str] = []
        query: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                query += words
            elif word.startswith("--") or word in short:
                options.append(word)
                if word in valued:
                    options += [value for value in [next(words, None)] if value is not None]
            else:
                query.append(word)
        return super().parse_args(ctx, [*options, "--", *query])


def _takes_value(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and not parameter.is_flag
