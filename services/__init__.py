"""The business: rules, queries and commands. Knows no Reflex, no HTTP, no plotly."""
