"""Reading and writing packs and exchange formats."""
