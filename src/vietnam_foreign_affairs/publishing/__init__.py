"""Publishing: from the package to everything that users download, and what changed since.

`build` writes `dist/`; `formats` and `metadata` hold a module each; `diff` compares two releases;
`history` asks an earlier release; `tidy` puts an edited file back into its canonical form.
"""
