"""What the words say of the world, and when: the record, time expressions, one timeline."""
