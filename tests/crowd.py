"""An invented ecosystem of any size, for measurements alone: every statement is illustrative."""

from __future__ import annotations

import random

from ecosystem.dataset import Dataset
from ecosystem.model import (
    SECTORS,
    Addresses,
    City,
    Event,
    Funds,
    LocatedIn,
    Offers,
    Organisation,
    ParticipatesIn,
    Project,
    Record,
    Theme,
)

SAID = {"pack": "crowd", "standing": "illustrative"}
THEMES = 24


def crowd(size: int, seed: int = 20180910) -> Dataset:
    """About ``size`` nodes around one city; who takes part more often is drawn more often."""
    draw = random.Random(seed)  # no secret
    forms = sorted(SECTORS)
    home = City(
        id="city:crowd",
        name_bg="Многолюдно",
        name_en="Crowd",
        population=1_000_000,
        latitude=42.7,
        longitude=23.3,
        **SAID,
    )
    records: list[Record] = [home]
    records += [
        Theme(
            id=f"theme:t-{i}",
            name_bg=f"Тема {i}",
            name_en=f"Theme {i}",
            definition_bg=f"Тема {i}.",
            definition_en=f"Theme {i}.",
            **SAID,
        )
        for i in range(THEMES)
    ]
    rest = max(0, size - THEMES - 1)
    organisations = [f"org:o-{i}" for i in range(int(rest * 0.62))]
    projects = [f"project:p-{i}" for i in range(int(rest * 0.28))]
    events = [f"event:e-{i}" for i in range(rest - len(organisations) - len(projects))]
    for identity in organisations:
        number = identity.rpartition("-")[2]
        records.append(
            Organisation(
                id=identity, name_en=f"Organisation {number}", form=draw.choice(forms), **SAID
            )
        )
        records.append(LocatedIn(source=identity, target=home.id, address_role="seat", **SAID))
        if draw.random() < 0.1:
            theme = f"theme:t-{draw.randrange(THEMES)}"
            records.append(Offers(source=identity, target=theme, **SAID))
    often = [draw.paretovariate(1.4) for _ in organisations]
    for kind, identities in ((Project, projects), (Event, events)):
        for identity in identities:
            year = str(draw.randint(2008, 2025))
            name = f"{kind.__name__} {identity.rpartition('-')[2]}"
            records.append(kind(id=identity, name_en=name, since=year, until=year, **SAID))
            several = min(len(organisations), 2 + int(draw.expovariate(0.5)))
            partners = dict.fromkeys(draw.choices(organisations, often, k=several))
            for place, partner in enumerate(partners):
                role = "partner" if place else "leads" if kind is Project else "host"
                records.append(ParticipatesIn(source=partner, target=identity, role=role, **SAID))
            if kind is Project:
                theme = f"theme:t-{draw.randrange(THEMES)}"
                records.append(Addresses(source=identity, target=theme, **SAID))
                if draw.random() < 0.3 and organisations:
                    records.append(
                        Funds(
                            source=draw.choice(organisations[:20]),
                            target=identity,
                            amount_minor=draw.randint(1, 500) * 100_000,
                            amount_currency="EUR",
                            instrument="grant",
                            since=year,
                            **SAID,
                        )
                    )
    return Dataset.of(records)
