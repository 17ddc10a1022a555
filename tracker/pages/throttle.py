"""How often somebody may try: counts in Django's cache, which forget by themselves."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """At most so many tries in a span of time, which begins with the first."""

    name: str
    most: int
    within: timedelta

    def is_reached(self, *who: str) -> bool:
        return int(cache.get(self._key(who), 0)) >= self.most

    def count(self, *who: str) -> None:
        key = self._key(who)
        if cache.add(key, 1, timeout=int(self.within.total_seconds())):
            return
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, timeout=int(self.within.total_seconds()))

    def forget(self, *who: str) -> None:
        cache.delete(self._key(who))

    def _key(self, who: tuple[str, ...]) -> str:
        said = "\n".join(part.strip().lower() for part in who)
        return f"tries:{self.name}:{hashlib.sha256(said.encode(errors='replace')).hexdigest()}"


def address_of(request: HttpRequest) -> str:
    """Where a request came from; behind a proxy that is the proxy, so no bound may rest on it alone."""
    return str(request.META.get("REMOTE_ADDR", ""))
