"""Drawings as geometry: charts, calibration, waterfall, small instruments. Pure."""
