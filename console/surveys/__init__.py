"""Surveys: how satisfied contacts are, the questionnaire of public services, and the reports on both."""
