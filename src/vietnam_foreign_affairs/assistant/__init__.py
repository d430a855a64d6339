"""`vfa mcp`: a Model Context Protocol server, so that assistants answer from the record.

Every answer carries its sources and how exactly it is known; nothing can be written. `server` needs
the extra `mcp`, and nothing else imports it.
"""
