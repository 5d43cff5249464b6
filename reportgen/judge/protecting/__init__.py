"""What tests are there for: subjects, requirements, matrices."""
