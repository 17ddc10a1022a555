"""Statuses of a position."""

from django.db import models


class Status(models.TextChoices):
    WATCHING = "watching", "watching"
    HOLDING_UP = "holding up", "holding up"
    IN_DOUBT = "in doubt", "in doubt"
    CONTESTED = "contested", "contested"
    DUE = "due", "due"
    CAME_TRUE = "came true", "came true"
    DID_NOT = "did not come true", "did not come true"
    PARTLY = "partly true", "partly true"
    VOID = "void", "void"


RULED = (Status.CAME_TRUE, Status.DID_NOT, Status.PARTLY, Status.VOID)
