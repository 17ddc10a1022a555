"""Style sheets and scripts under names that change with their content, ours packed ahead of time."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Leaves the admin's 500 files as they are: packing them takes longer than a whole start."""
        yield from super().compress_files([path for path in paths if not path.startswith("admin/")])
