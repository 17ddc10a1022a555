"""Jobs: decisions of the machine, one verb a file. Each job finds its own work and leaves its mark in one transaction."""
