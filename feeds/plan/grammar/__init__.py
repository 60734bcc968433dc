"""How Chinese prose writes numbers, quantities and times. Nothing here says whether one of them is an aim."""
