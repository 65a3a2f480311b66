"""The web service: the API and the pages, thin over the library; it adds no judgement of its own.

settings              what may be set, each with its default
access                who may do what: one table of routes, and the guard that holds to it
work                  worker processes that check reports, each with its time and memory
checks                a check as the pages show it: held in memory for a while, or kept in the store
store                 what users choose to keep: tables, migrations, keys, retention, backups, the audit log
accounts              who somebody is: sign-in, sessions, API keys, the one-time link
routes                what answers each address
pages                 templates, styles and scripts
app                   joins them: `create_app(settings)`
"""
