"""The machinery on data that nobody here wrote: for checking it, never for training what is shipped."""
