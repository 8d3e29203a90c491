"""Bringing files in: sent, looked at with what they mean, written, and shown on the map.

A file is no part of the store until it is written, so these pages answer no question: they stand
on the files that wait (``webapp/uploads.py``) and end in the act that the command line has too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.countries import country_name
from ecosystem.errors import NotFoundError
from ecosystem.intake import mapping as mappings
from ecosystem.intake import remarks, words
from ecosystem.intake.apart import Limits
from ecosystem.intake.gathering import graphs_of
from ecosystem.intake.imported import ImportedFile, NotImportedError, problem_told
from ecosystem.intake.spelled import slug
from ecosystem.model import ENTITY_KINDS, Entity
from ecosystem.questions.keeping import CameIn, Changes
from ecosystem.talking import Talk, quiet
from webapp.address import ground, link, workspace
from webapp.beginning import steps
from webapp.doors import LANGUAGE, in_own_language
from webapp.handbook import told_in
from webapp.language import current_language, ngettext, plain, show
from webapp.limits import LARGEST_FILES
from webapp.pages import reviewing, trying
from webapp.pages.guests import day_of
from webapp.pages.trying import Tried, act
from webapp.underway import Underway, Work
from webapp.uploads import MOST_FILES, OWNER, NoRoomError, Pasted, Upload, Uploads, remember
from webapp.wording import amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


blueprint = told_in("own-data#bring-a-file")(Blueprint("bringing", __name__))
PATIENCE = 3.0
"""Seconds after which a page says how far the work is instead of waiting for it."""
LONGEST_WAY_BACK = 60.0
"""Seconds for which giving up waits until what was begun is taken back."""
MOST_RECENT = 8
MOST_WORDS = 60
TRY, WRITE = "try", "write"
TOLD = "import"


def underway() -> Underway:
    """The imports that are being worked on."""
    found: Underway = current_app.extensions.setdefault("underway", Underway())
    return found


def uploads() -> Uploads:
    """The files that wait, for this browser."""
    return Uploads(workspace().settings.data_folder, request.cookies.get(OWNER, ""))


# The first step: files


@blueprint.get(LANGUAGE + "/import")
def files() -> Any:
    """What can be brought in, what waits, what was brought in, and what to bring first."""
    return _files()


@blueprint.get("/import")
def unspoken() -> BaseResponse:
    """To the page in the language that the browser prefers."""
    return in_own_language()


def _files(wrong: str = "", status: int = 200) -> Any:
    imports = [one for one in ground().ask(Changes(decisions=False)) if one.what == "import"]
    page = render_template(
        "import.html",
        wrong=wrong,
        waiting=list(uploads().waiting()),
        recent=imports[:MOST_RECENT],
        last=next((one.id for one in reversed(ground().present.changes)), ""),
        packs={one.pack: one for one in ground().facts.of_kind("Pack")},
        largest=LARGEST_FILES >> 20,
        steps=steps(),
    )
    return (page, status) if status != 200 else page


@blueprint.post(LANGUAGE + "/import")
def sent() -> Any:
    """Keep what was sent, and lead to what it means; files that do not belong together apart."""
    named = [one for one in request.files.getlist("files") if one.filename]
    if "guests" in request.form:
        return _pasted(request.form["guests"])
    if not named:
        return _files(gettext("Choose a file first."), 400)
    if len(named) > MOST_FILES:
        return _files(
            ngettext("%(num)s file at most at once.", "%(num)s files at most at once.", MOST_FILES),
            400,
        )
    here = uploads()
    try:
        whole = here.take(named)
    except NoRoomError as error:
        return _files(plain(error.told), 503)
    remember(here.owner)
    groups = [whole.names] if len(named) == 1 else _groups(whole)
    if len(groups) == 1:
        return redirect(link("bringing.look", token=whole.token), 303)
    for group in groups:
        here.part(whole, group)
    here.drop(whole)
    flash(gettext("These files do not belong together: each is an import of its own."), TOLD)
    return redirect(link("bringing.files"), 303)


def _pasted(lines: str) -> Any:
    """Keep a guest list that was pasted, and lead to whom it names."""
    if not lines.strip():
        return _files(gettext("Paste the list first: a guest in each line."), 400)
    here = uploads()
    try:
        whole = here.take([Pasted(gettext("Guest list") + ".txt", lines)])
    except NoRoomError as error:
        return _files(plain(error.told), 503)
    remember(here.owner)
    whole.at(request.form.get("event", ""), day_of(request.form.get("day", "")))
    return redirect(link("bringing.look", token=whole.token), 303)


def _groups(whole: Upload) -> list[tuple[str, ...]]:
    """Which files are an import together; each document is one by itself."""
    alone = [name for name in whole.names if reviewing.is_document(replace(whole, names=(name,)))]
    rest = [path for path in whole.files if path.name not in alone]
    limits = Limits.of(workspace().settings)
    groups = [one.files for one in graphs_of(rest, quiet, limits)] if rest else []
    return [*groups, *((name,) for name in alone)]


# The second and third step: what it means, and what would change


@blueprint.get(LANGUAGE + "/import/<token>")
def look(token: str) -> Any:
    """What becomes of a file, before anything is written."""
    try:
        upload = uploads().find(token)
    except NotFoundError:
        return _waits_no_longer()
    if reviewing.is_document(upload):
        work = _reading(upload)
        return reviewing.page(upload, work.answer()) if work.done(PATIENCE) else _wait(upload, work)
    writing = underway().of(token, WRITE, None, None)
    if writing is not None:
        return _written(upload, writing)
    work = _trying(upload)
    if not work.done(PATIENCE):
        return _wait(upload, work)
    return _meaning(upload, work.answer())


def _waits_no_longer() -> BaseResponse:
    """To the files, where one comes by the way back of a browser: what was written is gone."""
    flash(
        gettext(
            "That file does not wait here: it was written or removed, was sent more than two hours "
            "ago, or from another browser."
        ),
        TOLD,
    )
    return redirect(link("bringing.files"), 303)


def _wait(upload: Upload, work: Work) -> Response:
    """How far the work is; the page asks again by itself."""
    page = render_template("import_wait.html", upload=upload, work=work)
    answer = Response(page)
    answer.headers["Refresh"] = "2"
    return answer


def _trying(upload: Upload) -> Work:
    opened, revision = workspace(), workspace().contents.present().revision

    def do(talk: Talk) -> Tried:
        return trying.tried(opened, upload, talk)

    work = underway().of(upload.token, TRY, (*upload.state, revision), do)
    assert work is not None  # begun where it was not
    return work


def _meaning(upload: Upload, tried: Tried) -> str:
    part = tried.part
    # Which place is meant is asked on the page itself.
    asked = {remarks.may_be(text, found) for text, found in part.candidates.items()}
    return render_template(
        "import_meaning.html",
        upload=upload,
        tried=tried,
        part=part,
        problems=[{**problem_told(one), "said": one.said} for one in part.problems],
        told_of=[one for one in part.told if one.message not in asked],
        at=remarks.at,
        words=words,
        kinds=words.kinds(),
        ties=words.ties(),
        most_words=MOST_WORDS,
        summary=_summary(part),
        amounts=amounts(*tried.changes),
        country=country_name,
        name_of=_name_of(tried),
        suggested=slug(upload.names[0].rpartition(".")[0])[:60].strip("-"),
    )


def _name_of(tried: Tried) -> Callable[[str], Markup]:
    """The names of what is on the map, and of what would be."""
    compared = tried.compared
    new = compared.added + compared.changed + compared.removed if compared else ()
    there = {one.id: one for one in new if isinstance(one, Entity)}

    def name(identity: str) -> Markup:
        found = there.get(identity) or ground().facts.nodes.get(identity)
        return show(found.name if found else identity)

    return name


def _summary(part: ImportedFile) -> Sequence[tuple[str, int]]:
    """How many of each kind of node, and how many ties, the source aside."""
    return [(kind, number) for kind, number in part.by_kind.items() if kind != "Source"]


# What the reader says


@blueprint.post(LANGUAGE + "/import/<token>")
def said(token: str) -> Any:
    """Take in what columns mean; then look again, write, or give the file up."""
    here = uploads()
    try:
        upload = here.find(token)
    except NotFoundError:
        return _waits_no_longer()
    if request.form.get("do") == "drop":
        return _dropped(here, upload)
    if reviewing.is_document(upload):
        return _reviewed(upload, _reading(upload).answer())
    tried: Tried = _trying(upload).answer()
    mapping, pack = trying.said(request.form, tried.part, upload.pack)
    if (mapping, pack) != (tried.part.mapping, upload.pack):
        text = mappings.toml(mapping) if mapping else ""
        mappings.said(text, upload.names[0])
        upload.say(text, pack)
        if request.form.get("do") == WRITE:
            flash(
                gettext("You changed what something means: look at what comes of it first."), TOLD
            )
        return redirect(link("bringing.look", token=token) + "#check", 303)
    if request.form.get("do") != WRITE:
        return redirect(link("bringing.look", token=token) + "#check", 303)
    return _write(upload, tried)


def _dropped(here: Uploads, upload: Upload) -> BaseResponse:
    """Give the file up, whatever is being done with it; what was written just before is said."""
    writing = underway().of(upload.token, WRITE, None, None)
    underway().cancel(upload.token, TRY, WRITE)
    # What is on its way is back before anybody says that nothing was written.
    done = writing is not None and writing.done(LONGEST_WAY_BACK)
    underway().forget(upload.token, TRY, WRITE)
    here.drop(upload)
    part = writing.answer() if writing and done and writing.succeeded else None
    if part is not None and part.change:
        flash(gettext("It was on the map already. Take it back here, if it should not be."), TOLD)
        return redirect(_on_map(part.change), 303)
    flash(gettext("The file is removed; nothing was written."), TOLD)
    return redirect(link("bringing.files"), 303)


def _reading(upload: Upload) -> Work:
    opened, revision = workspace(), workspace().contents.present().revision

    def do(talk: Talk) -> reviewing.Read:
        return reviewing.read(opened, upload, talk)

    work = underway().of(upload.token, TRY, (revision, upload.guests), do)
    assert work is not None  # begun where it was not
    return work


def _reviewed(upload: Upload, tried: reviewing.Read) -> Any:
    """Take in what was said of candidates; then look again, or write what is accepted."""
    back = redirect(link("bringing.look", token=upload.token), 303)
    if tried.found is None or tried.present is None:
        return back
    try:
        review = reviewing.said(request.form, tried, reviewing.review_of(upload, tried))
    except NotFoundError as error:
        flash(error.line(current_language()), TOLD)
        return back
    if moved := reviewing.elsewhere(request.form, upload):
        again: reviewing.Read = _reading(moved).answer()
        reviewing.keep(moved, again, reviewing.carried(review, tried, again))
        return back
    reviewing.keep(upload, tried, review)
    if request.form.get("do") != WRITE:
        return back
    if upload.guests and not upload.guests[0]:
        flash(gettext("Say at which event these guests were."), TOLD)
        return back
    if not reviewing.decided(review):
        flash(gettext("Nothing is accepted or rejected yet."), TOLD)
        return back
    if request.form.get("seen") != str(tried.present.revision):
        flash(gettext("The map has changed meanwhile: look at what comes of it now."), TOLD)
        return back
    done = reviewing.write(workspace(), tried, review, request.form.get("by", ""))
    underway().forget(upload.token, TRY)
    uploads().drop(upload)
    if done.report and done.report.change:
        return redirect(_on_map(done.report.change), 303)
    flash(gettext("Nothing new came onto the map; what was rejected is remembered."), TOLD)
    return redirect(link("bringing.files"), 303)


def _write(upload: Upload, tried: Tried) -> Any:
    """Write it in one change, where it is still what the reader saw."""
    back = redirect(link("bringing.look", token=upload.token) + "#check", 303)
    if request.form.get("seen") != str(tried.revision):
        flash(gettext("The map has changed meanwhile: look at what comes of it now."), TOLD)
        return back
    gone = request.form.get("gone", "")
    if tried.changes[2] and gone not in ("remove", "keep"):
        flash(gettext("Say what becomes of what the file has no longer."), TOLD)
        return back
    if not tried.writable:
        return back
    opened, doing = workspace(), act(upload, keep=gone == "keep", by=request.form.get("by", ""))

    def do(talk: Talk) -> ImportedFile:
        try:
            return doing.bring(opened, talk).parts[0]
        except NotImportedError as error:
            return error.imported.parts[0]

    work = underway().of(upload.token, WRITE, (*upload.state, tried.revision, gone), do)
    return back if work is None else _written(upload, work)


def _written(upload: Upload, work: Work) -> Any:
    """To the map when it is written, else to how far it is."""
    if not work.done(PATIENCE):
        if request.method == "POST":
            return redirect(link("bringing.look", token=upload.token), 303)
        return _wait(upload, work)
    underway().forget(upload.token, TRY, WRITE)
    part: ImportedFile = work.answer()
    if part.problems:
        return _meaning(upload, Tried(replace(part, changes=None), -1))
    uploads().drop(upload)
    return redirect(_on_map(part.change), 303)


def _on_map(change: str) -> str:
    """The map with what came in: of the usual place where all of it is there, else of all."""
    # What comes next is about the store as it is now.
    for known in ("ground", "nodes", "view"):
        g.pop(known, None)
    here, usual = ground(), ground().usual_view()
    brought = here.ask(CameIn(change=change))
    ids = [one for one in (brought.added if brought else ()) if one in here.facts.nodes]
    mine = [one for one in ids if here.facts.nodes[one].kind in ENTITY_KINDS]
    there = sum(one in here.snapshot(usual).nodes for one in mine)
    # The usual place is not named: it may go with the change when that is taken back.
    scope = None if mine and there == len(mine) else "all"
    return url_for("map", scope=scope, came=change)
