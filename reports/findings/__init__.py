"""What a month's figures have to say, as sentences: rules with named thresholds over values, and their words."""
