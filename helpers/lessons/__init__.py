"""What a student is asked and what is kept: questions, verdicts, the journal. No widget."""
