"""Questions drafted from claims: wording, criteria, sources, and why a claim can be none."""
