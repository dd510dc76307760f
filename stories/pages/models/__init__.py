from stories.pages.models.exemplar import Award, ExemplarPage
from stories.pages.models.moderated import Withdrawal
from stories.pages.models.named import NamedPerson
from stories.pages.models.sections import (
    ArchivePage,
    ColumnPage,
    ExemplarIndexPage,
    HomePage,
    UnitIndexPage,
    UnitSectionPage,
)
from stories.pages.models.sketch import TextBand, TextSketch
from stories.pages.models.story import StoryExemplar, StoryPage
from stories.pages.models.terms import Campaign, Content, Movement, TargetGroup

__all__ = [
    "ArchivePage",
    "Award",
    "Campaign",
    "ColumnPage",
    "Content",
    "ExemplarIndexPage",
    "ExemplarPage",
    "HomePage",
    "Movement",
    "NamedPerson",
    "StoryExemplar",
    "StoryPage",
    "TargetGroup",
    "TextBand",
    "TextSketch",
    "UnitIndexPage",
    "UnitSectionPage",
    "Withdrawal",
]
