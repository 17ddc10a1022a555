"""Child processes within limits of memory and time, for what strangers sent and for models too heavy to keep loaded."""
