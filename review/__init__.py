"""Quality review of closed accountability cases: ledgers in, findings, samples and workbooks out. Never imports streamlit."""

__version__ = "0.1.0"
