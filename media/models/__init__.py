from media.models.file import File
from media.models.picture import Picture, Rendition
from media.models.public_file import PublicFile
from media.models.upload import Upload

__all__ = ["File", "Picture", "PublicFile", "Rendition", "Upload"]
