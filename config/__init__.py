"""Settings, addresses, the schedule and the processes of `up`."""
