"""The SOP form (Permenpan-RB 35/2012): its table drawn from a procedure, on one sheet or on pages, as SVG, PDF and PNG."""

from procedures.sop_table.drawing import Drawing
from procedures.sop_table.layout import sop_pages, sop_table
from procedures.sop_table.svg import svg

__all__ = ["Drawing", "sop_pages", "sop_table", "svg"]
