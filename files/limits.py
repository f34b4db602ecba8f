"""Every size and type limit of files, in one place. All are defaults of the bureau (no article sets them), in force
from 2026-01-01.

nginx's ``client_max_body_size`` and the hints on upload pages follow from here.
"""

KIB = 1024
MIB = 1024 * KIB

MIME_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
EXTENSION_ALIASES = {"jpeg": "jpg", "jpe": "jpg"}

MAX_REQUEST_BYTES = 60 * MIB
MAX_NAME_CHARACTERS = 100

PARSE_SECONDS = 10
PARSE_MEMORY_BYTES = 512 * MIB

MAX_PDF_PAGES = 2000
MAX_IMAGE_PIXELS = 50_000_000

MAX_ARCHIVE_ENTRIES = 2000
MAX_ARCHIVE_BYTES = 150 * MIB
MAX_ARCHIVE_RATIO = 100
# Below this many unpacked bytes a high ratio is harmless: an empty sheet full of one word packs 150 : 1.
ARCHIVE_RATIO_FLOOR = 4 * MIB

MAX_IMPORT_ROWS = 5000
MAX_IMPORT_COLUMNS = 100
MAX_IMPORT_CHARACTERS = 8_000_000
HEADER_ROWS = 20
# A larger workbook is read in the background: about 1,500 rows of a list.
READ_AT_ONCE_BYTES = 128 * KIB
MAX_CELL_CHARACTERS = 2000

MAX_FILES_PER_SUBJECT = 500
MAX_BYTES_PER_SUBJECT = 2 * KIB * MIB
