"""Copydesk's core: prompts, models, traces and the headline task. It imports neither streamlit nor plotly."""
