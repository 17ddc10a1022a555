"""Jobs on estimates and statuses: revise, review, fit."""
