"""Reading of a headline against a claim: figures, dates, outcomes and voices, each a finding with its reason."""
