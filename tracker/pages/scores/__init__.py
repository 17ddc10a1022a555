"""Pages of scores: leaderboard, scorecards, backtest, classifiers."""
