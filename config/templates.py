"""The loader of templates: the last line break of a page's part is no part of it."""

from django.template import Origin
from django.template.loaders import app_directories


class Loader(app_directories.Loader):
    """A part may stand inside a sentence, where it must bring no space along; plain text stays as it is."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return contents.removesuffix("\n") if origin.name.endswith(".html") else contents
