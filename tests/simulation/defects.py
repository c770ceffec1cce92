"""Mistakes put into the program on purpose, one at a time: the simulation must see each of them."""
