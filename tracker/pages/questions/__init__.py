"""Pages of questions, and the parts that claims, stories and suggestions share with them."""
