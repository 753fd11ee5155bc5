"""The cost table: what the whole service costs, each figure beside the bare engine or peer in the same run."""
