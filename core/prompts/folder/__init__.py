"""Write every prompt with its releases into a folder that git can hold, and read such a folder back.

    headlines/1.prompt.yml      a version: its content, note, author, time and parent
    headlines/2.prompt.yml
    headlines/releases.yml      what is live where, and the releases that led there

Equal records give equal bytes, so that git shows only what changed. The database stays the record: a folder brings
versions, and never releases one. It is untrusted input like every file in it: links are refused, and paths are made of
checked names alone.
"""

from core.prompts.folder.exporting import ExportReport, export_folder
from core.prompts.folder.importing import ImportedVersion, ImportReport, import_folder

__all__ = ["ExportReport", "ImportReport", "ImportedVersion", "export_folder", "import_folder"]
