"""Work on the whole archive, a day at a time: verify, rebuild, measure, migrate, prune."""

from feeds.archive.whole.measuring import Sizes, Stats
from feeds.archive.whole.pruning import Leaving, Prospect
from feeds.archive.whole.walks import Progressed, Whole

__all__ = ["Leaving", "Progressed", "Prospect", "Sizes", "Stats", "Whole"]
