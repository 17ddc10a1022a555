"""Training: each module fits one shipped model on labelled data. Needs scikit-learn; runs on demand."""
