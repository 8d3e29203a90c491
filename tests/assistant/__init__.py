"""The door for assistants, through the protocol's own client."""
