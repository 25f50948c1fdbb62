"""The pages, one a file; each is a script that Streamlit runs."""
