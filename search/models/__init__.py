from search.models.asked import AskedDay
from search.models.curation import CurationVersion, Promotion, Synonym
from search.models.desk import DeskText
from search.models.trouble import EngineTrouble

__all__ = ["AskedDay", "CurationVersion", "DeskText", "EngineTrouble", "Promotion", "Synonym"]
