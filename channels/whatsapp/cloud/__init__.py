"""WhatsApp over Meta's Cloud API, without anybody in between.

`adapter` is the door for the wiring; `settings` is what it needs. A webhook holds many things at once: `envelope`
takes it apart, `messages`, `statuses` and `notices` turn one of them into words of the desk (with `contents` for what stands in a
message), and `door` lets in what `signature` finds to be Meta's. What goes out is planned in `drafts` (with `choices`
for buttons and `templates`). Every call to the Graph API goes through `calls`, files of contacts come through
`media`, and `errors` decides what a failure means.
"""
