"""Fine-tuned sentence encoders: the teacher of the small model, and models of their own."""
