"""What people look at: the evaluation report, the training page, tables and plots by speaker."""
