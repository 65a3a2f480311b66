"""The web service: nothing yet. The command line does all that there is."""
