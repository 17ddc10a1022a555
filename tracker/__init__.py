"""What was claimed, what happened and what people see."""
