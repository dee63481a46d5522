"""Acts on the network, by noun."""
