"""What happens to projects, books and boards. Every verb is a row of core/flow/project.py."""
