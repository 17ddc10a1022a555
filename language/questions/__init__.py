"""Questions drafted from claims: wording, criteria, sources, and the reasons a claim can be none."""
