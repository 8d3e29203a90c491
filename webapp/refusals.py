"""What is refused before the application sees it, in words."""

from __future__ import annotations

from http import HTTPStatus

SAID = {
    HTTPStatus.BAD_REQUEST: ("Заявката не може да бъде прочетена.", "The request cannot be read."),
    HTTPStatus.REQUEST_TIMEOUT: (
        "Заявката не пристигна навреме.",
        "The request did not arrive in time.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "Изпратеното е повече, отколкото приложението приема.",
        "What was sent is more than the application takes.",
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "Адресът или заглавната част на заявката са твърде дълги.",
        "The address or the header of the request is too long.",
    ),
    HTTPStatus.NOT_IMPLEMENTED: (
        "Приложението не приема заявки в този вид.",
        "The application does not take requests of this form.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Приложението се провали; причината е в дневника му.",
        "The application failed; the reason is in its log.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "В момента има твърде много връзки или заявки. Опитайте пак след малко.",
        "There are too many connections or requests at the moment. Try again in a little while.",
    ),
}


def refusal(status: HTTPStatus) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and text, in both languages, of what is refused before the application sees it."""
    headers = [
        ("Cache-Control", "no-store"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "5"))
    return headers, "".join(f"{words}\n" for words in SAID[status]).encode()
