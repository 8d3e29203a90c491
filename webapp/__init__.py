"""The web view: pages and their JSON twins over one workspace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from ecosystem.settings import Settings
from ecosystem.workspace import Workspace
from webapp import (
    api,
    board,
    choosing,
    comparing,
    decisions,
    failures,
    inviting,
    language,
    pages,
    places,
    questions,
    reports,
    roadmap,
    security,
    story,
    sureness,
)

__all__ = ["create_app"]


def create_app(
    workspace: Workspace | None = None, config: Mapping[str, Any] | None = None
) -> Flask:
    """The application over ``workspace``, else over the one that the environment names.

    ``config`` holds Flask settings; ``ALLOWED_HOSTS`` are host names, beside those of this
    machine, under which the application may be called.

    Raises
    ------
    StoreUnavailableError, StoreLockedError, SettingsError
        Where no workspace is given and none can be opened.
    """
    if workspace is None:
        workspace = Workspace.open(Settings.read(environment=os.environ))
    app = Flask(__name__)
    app.config.from_mapping(ALLOWED_HOSTS=workspace.settings.allowed_hosts)
    app.config.from_mapping(config or {})
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["workspace"] = workspace
    security.protect(app)
    decisions.protect(app)
    language.speak(app)
    failures.explain(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(questions.blueprint)
    app.register_blueprint(reports.blueprint)
    app.register_blueprint(sureness.blueprint)
    app.register_blueprint(board.blueprint)
    app.register_blueprint(inviting.blueprint)
    app.register_blueprint(roadmap.blueprint)
    app.register_blueprint(decisions.blueprint)
    app.register_blueprint(story.blueprint)
    app.register_blueprint(comparing.blueprint)
    app.register_blueprint(places.blueprint)
    app.register_blueprint(choosing.blueprint)
    app.register_blueprint(api.blueprint)
    return app
