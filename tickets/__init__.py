"""The ground floor: the ledger of tickets, its rules, and every act upon a ticket. Leans on nothing of ours."""
