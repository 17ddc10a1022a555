"""How likely something is, and how well it was judged: no HTTP, no tasks, no news, no articles."""
