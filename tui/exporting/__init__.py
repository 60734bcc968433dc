"""Exports into files and streams, for the command line and the dashboard: read in steps, written atomically.

job ─┬─ tables     targets and documents as CSV, as a workbook
     └─ outfile    a file that is there as a whole or not at all
offers: what is proposed to a reader, and the job of a choice
"""

from tui.exporting.job import ExportJob, Written, files_there, run_export
from tui.exporting.offers import ExportOffer
from tui.exporting.outfile import is_folder

__all__ = ["ExportJob", "ExportOffer", "Written", "files_there", "is_folder", "run_export"]
