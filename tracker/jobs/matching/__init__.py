"""Jobs that match news with questions, and the classifiers that judge its stance."""
