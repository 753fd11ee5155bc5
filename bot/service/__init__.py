"""How the service runs and what it tells about itself: loops, their heartbeats, health, metrics, logs."""
