"""How Hindcast is set up and run: settings, addresses, the schedule and the processes of `up`."""
