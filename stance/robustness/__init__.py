"""What a label must not depend on: wording, names, countries, parties, figures."""
