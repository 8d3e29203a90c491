"""The web view: pages and their JSON twins over one workspace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from ecosystem.settings import Settings
from ecosystem.workspace import Workspace
from webapp import delivery, failures, language, pages, security, signing, sureness, surroundings
from webapp.acts import open_forms
from webapp.doors import open_pages
from webapp.pages import deciding, story
from webapp.twins import open_twins

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
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(ALLOWED_HOSTS=workspace.settings.allowed_hosts)
    app.config.from_mapping(config or {})
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["workspace"] = workspace
    delivery.deliver(app)
    delivery.behind_proxies(app, workspace.settings.trusted_proxies)
    security.protect(app)
    signing.protect(app, workspace.settings.password)
    deciding.protect(app)
    story.tell(app)
    language.speak(app)
    failures.explain(app)
    surroundings.give(app)
    sureness.show_sureness(app)
    open_pages(app)
    open_twins(app)
    open_forms(app)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
