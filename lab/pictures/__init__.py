"""Pictures of what was measured, as SVG that stands alone."""
