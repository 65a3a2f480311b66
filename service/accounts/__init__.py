"""Who somebody is: the one-time link of one's own machine; an office's sign-in, sessions and API keys.

doors            who asks: the one door of every request; all below is put together here
link             one's own machine: a link that works once, sessions in memory
sessions         an office's sessions, in the store
local            accounts with a password of this service's own, begun by invitation
passwords        argon2id, and which passwords are too easy to guess
organisation     OpenID Connect: signing in through the organisation's own provider
keys             API keys for programs
administering    accounts and teams: what an administrator, or the command line, may change
forms            requests that another web site made a browser send are refused (CSRF)
tries            how often one may be wrong
tokens           secrets that are drawn, and how they are compared and kept
"""
