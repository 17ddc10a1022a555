"""Jobs: decisions of the machine, one verb a file. Each finds its own work and leaves its mark in one transaction."""
