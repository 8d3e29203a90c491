"""Every exception of the driver and every code of a database becomes an error of the mapper."""

import neo4j.exceptions
import pytest

from ecosystem.errors import (
    EcosystemError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreChangedError,
    StoreError,
    StoreUnavailableError,
    WriteRefusedError,
)
from ecosystem.store import bolt, failures


def family(cls: type[BaseException]) -> set[type[BaseException]]:
    """A class and all that derive from it."""
    return {cls}.union(*(family(child) for child in cls.__subclasses__()))


DRIVER = sorted(
    family(neo4j.exceptions.DriverError) | family(neo4j.exceptions.Neo4jError),
    key=lambda cls: cls.__name__,
)


def test_the_families_hold_all_the_driver_declares():
    declared = {
        value
        for value in vars(neo4j.exceptions).values()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    ours = {cls for cls in declared if cls.__module__ == "neo4j.exceptions"}
    assert ours - set(DRIVER) <= {neo4j.exceptions.GqlError}


@pytest.mark.parametrize("cls", DRIVER, ids=lambda cls: cls.__name__)
def test_no_exception_of_the_driver_crosses_the_door(cls):
    try:
        error = cls("it went wrong")
    except TypeError:
        error = cls(None, "it went wrong")
    with pytest.raises(EcosystemError) as caught, bolt.door():
        raise error
    assert caught.value.message.startswith("database: ")
    assert caught.value.hint
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Neo.ClientError.Security.Unauthorized", StoreUnavailableError),
        ("Neo.ClientError.Security.AuthenticationRateLimit", StoreUnavailableError),
        ("Neo.ClientError.Security.CredentialsExpired", StoreUnavailableError),
        ("Neo.ClientError.Security.Forbidden", WriteRefusedError),
        ("Neo.ClientError.Database.DatabaseNotFound", StoreUnavailableError),
        ("Neo.TransientError.General.DatabaseUnavailable", StoreUnavailableError),
        ("Neo.ClientError.Statement.AccessMode", WriteRefusedError),
        ("Neo.ClientError.Statement.SyntaxError", QuerySyntaxError),
        ("Neo.ClientError.Statement.SemanticError", QuerySyntaxError),
        ("Neo.ClientError.Statement.ParameterMissing", ParameterError),
        ("Neo.ClientError.Statement.ArithmeticError", QueryError),
        ("Neo.ClientError.Statement.TypeError", QueryError),
        ("Neo.ClientError.Procedure.ProcedureNotFound", QueryError),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", StoreChangedError),
        ("Neo.ClientError.Transaction.TransactionTimedOut", QueryTimeoutError),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", QueryTimeoutError),
        ("Neo.ClientError.Transaction.Terminated", QueryTimeoutError),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", QueryError),
        ("Neo.TransientError.Transaction.DeadlockDetected", StoreError),
        ("Neo.DatabaseError.General.UnknownError", StoreError),
        ("something else", StoreError),
        ("", StoreError),
    ],
)
def test_a_code_becomes_its_error(code, expected):
    error = failures.of_code(code, "It went wrong.\nAt some length.")
    assert type(error) is expected
    assert error.message
    assert "\n" not in error.message
    assert error.hint


def test_a_time_limit_in_the_words_alone_is_seen():
    message = "the command exceeded the arcadedb.command.timeout of 120000ms"
    error = failures.of_code("Neo.DatabaseError.General.UnknownError", message)
    assert isinstance(error, QueryTimeoutError)


@pytest.mark.parametrize(
    ("said", "origin", "place"),
    [
        ("Invalid input 'x' (line 3, column 7 (offset: 20))", failures.Origin(added=1), (2, 7)),
        ("Unexpected input 'n' at line 3, column 7", failures.Origin(), (3, 8)),
        ("Syntax error at line 1:0 - mismatched input", failures.Origin(0, 2, 4), (3, 5)),
        ("Syntax error at line 2:0 - mismatched input", failures.Origin(0, 2, 4), (4, 1)),
        ("Unknown function 'foo'", None, (0, 0)),
    ],
)
def test_a_syntax_error_is_placed_in_the_query_as_it_was_written(said, origin, place):
    error = failures.of_code("Neo.ClientError.Statement.SyntaxError", said, origin)
    assert isinstance(error, QuerySyntaxError)
    assert (error.line, error.column) == place
    assert "line" not in error.message


def test_a_long_message_is_cut():
    said = "Invalid input: expected " + ", ".join(["'ANYTHING'"] * 500)
    error = failures.of_code("Neo.ClientError.Statement.SyntaxError", said)
    assert len(error.message) < 300
