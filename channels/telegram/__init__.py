"""Telegram over aiogram: a bot that contacts write to, and a forum group in which agents answer.

`adapter` is the door for the wiring; `settings` is what it needs. What Telegram sends becomes words of the desk in
`parse` and `contents`; what goes out is planned in `send`; `errors` decides what a failure means. `listen` owns the
`getUpdates` loop and watches the webhook, `door` is the webhook's route, `hearing` is what both do with one update,
and every call to Telegram goes through `calls`, at the pace that Telegram bears (`pacing`).
`unbuilt` comes before all of them.
"""

from channels.telegram import unbuilt

__all__ = ["unbuilt"]
