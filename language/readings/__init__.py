"""Readings by a language model behind an OpenAI-compatible address, each with its prompt and its checks."""
