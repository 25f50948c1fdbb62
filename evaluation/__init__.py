"""Quality and speed, measured; the labels lie in evaluation/gold."""

import linker  # noqa: F401  # forbids telemetry before any benchmark loads another library
