"""What the machine decides, one verb a file. Each job finds its own work and leaves its mark in one transaction."""
