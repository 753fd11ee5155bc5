"""People: who works where, who is here, and handing over what somebody holds."""
