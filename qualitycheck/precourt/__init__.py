"""Reading before court: what a manager or a peer judges and asks for in a draft, and what its author does about it.

`reading` holds the values, `unfinished` says what a reading still lacks, `following` what became of its comments in the
next draft, `form` and `remarks` put it on paper, `figures` counts many readings.
"""
