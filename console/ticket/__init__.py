"""The page of a ticket: the conversation, who it is about, what was promised, the answer form, and every act upon it."""
