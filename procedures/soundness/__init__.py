"""Whether a procedure can be worked through, before anybody relies on it: `flaws` asks every theme. Pure."""
