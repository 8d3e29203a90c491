"""Pure functions of a snapshot: measures, structure, layout, gaps, matching, profiles."""
