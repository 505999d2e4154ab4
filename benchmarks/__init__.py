"""How we compare with the stock tools, measured in one run on this machine: `make bench`."""
