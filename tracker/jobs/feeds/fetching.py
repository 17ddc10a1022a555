"""Fetching under a lease: documents of hosts that are held, and of others that redirects lead to once held as well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.fetch.exchange import BUSY
from tracker.jobs.feeds import leases

MOST_STEPS = 10


@dataclass(slots=True, kw_only=True)
class HostSession:
    """One batch under way: the hosts held for it under its token, those asked so far, and the seconds gone by."""

    token: str
    now: datetime
    fetch: Fetch
    hosts: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    seconds: float = 0.0

    def hold(self, addresses: Iterable[str]) -> None:
        """Hold the hosts of these addresses as well, as far as they are free."""
        names = {host_of(address) for address in addresses} - self.hosts
        self.hosts |= leases.hold_hosts(names, token=self.token, now=self.now)

    def holds(self, address: str) -> bool:
        return host_of(address) in self.hosts

    def send(self, requests: Sequence[Request]) -> list[Fetched]:
        """The answers to one call, counted from the start of the batch; the gap holds between two calls as well."""
        if not requests:
            return []
        requests = [replace(request, follows=host_of(request.next_address) in self.asked) for request in requests]
        answers, before = self.fetch(requests), self.seconds
        for request, answer in zip(requests, answers, strict=True):
            self.asked |= request.hosts or {host_of(answer.address), host_of(answer.final_address)}
        self.seconds += max(answer.ended_after for answer in answers)
        return [replace(answer, ended_after=before + answer.ended_after) for answer in answers] if before else answers

    def follow(self, requests: Sequence[Request]) -> list[Fetched]:
        """The answers in their order; those that are still `onward` lead to a host that somebody else asks now."""
        answers = [Fetched(address=one.address, final_address=one.address, onward=one.address) for one in requests]
        for step in range(MOST_STEPS):
            self.hold(answer.onward for answer in answers if answer.onward)
            places = [place for place, answer in enumerate(answers) if answer.onward and self.holds(answer.onward)]
            if not places:
                break
            sent = self.send(
                [replace(requests[n], hosts=self.hosts, so_far=answers[n] if step else None) for n in places]
            )
            for place, answer in zip(places, sent, strict=True):
                answers[place] = answer
            self.hosts -= {host_of(answer.final_address) for answer in sent if answer.status in BUSY}
        return answers
