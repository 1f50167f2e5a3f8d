"""One SQLite file: many readers, one writer, nothing acknowledged before it is on disk.

db = open_database(path)            sets the file up, or migrates it, first
with db.read() as connection: …     a reading connection, from a pool
db.write(lambda connection: …)      runs on the writer thread; returns once the disk has it
db.submit(…)                        the same, as a future
"""

from core.db.database import Database
from core.db.opening import open_database

__all__ = ["Database", "open_database"]
