"""Rules that a test guards: each is broken in this process, and the one test named for it must fail (mutation testing).

A row names a function, what stands in its place, and the test. A test that passes though its rule is broken guards
nothing. At least two rows a room.
"""

# ruff: noqa: E501 - a row of the table is one line
import contextlib
import importlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from types import ModuleType
from typing import Any, NamedTuple

import pytest

pytestmark = pytest.mark.long
KILLED = pytest.ExitCode.TESTS_FAILED


class Mutant(NamedTuple):
    """A function as "module:name" or "module:Class.name", its replacement made of it, and the test that must fail."""

    function: str
    instead: Callable[[Any], Any]
    test: str


def always(value: object) -> Callable[[Any], Any]:
    """Return a replacement that answers the same whatever it is asked."""
    return lambda _function: lambda *_args, **_named: value


def first_argument(_function: Any) -> Any:
    """Return a replacement that gives its first argument back unchanged."""
    return lambda given, *_args, **_named: given


def doing_nothing(_function: Any) -> Any:
    """Return a replacement that does nothing."""
    return lambda *_args, **_named: None


def negated(function: Any) -> Any:
    """Return a replacement that says the opposite."""
    return lambda *args, **named: not function(*args, **named)


MUTANTS = (
    # accounts
    Mutant("accounts.permissions:may", always(True), "accounts/test_rules.py::test_an_administrator_reads_no_case_by_virtue_of_it"),
    Mutant("accounts.permissions:may", always(True), "accounts/test_rules.py::test_a_contributor_works_on_their_own_cases_only"),
    # audit
    Mutant("audit.log:covered_by", always({}), "audit/test_log.py::test_a_row_changed_behind_the_database_is_named"),
    Mutant("audit.log:link", lambda _: lambda before, _row: before, "audit/test_log.py::test_a_row_changed_behind_the_database_is_named"),
    # cases
    Mutant("cases.classification:redact", first_argument, "cases/test_classification.py::test_a_redacted_file_holds_no_confidential_value"),
    Mutant("cases.queries:visible_to", lambda _: lambda _account: importlib.import_module("sqlalchemy").true(), "cases/test_queries.py::test_a_restricted_case_exists_for_those_named_on_it_alone"),
    Mutant("cases.merge:merge", lambda function: lambda before, mine, theirs, *_a, **_n: function(before, mine, mine), "cases/test_merge.py::test_fields_that_only_one_side_changed_are_merged_without_asking"),
    # dates
    Mutant("dates.reckoning:whole_years", first_argument, "dates/test_reckoning.py"),
    Mutant("dates.reckoning:is_before", negated, "dates/test_reckoning.py"),
    # demo
    Mutant("demo.home:claim", doing_nothing, "demo/test_seeding.py"),
    Mutant("demo.home:clear_unfinished", doing_nothing, "demo/test_seeding.py::test_what_was_cut_short_is_cleared_and_what_was_finished_is_not"),
    # commands
    Mutant("commands.operators:proven", lambda _: lambda email, _deed, **_n: importlib.import_module("campaign.commands.operators").account_by_email(email), "commands/test_proof.py::test_every_command_in_somebodys_name_asks_for_their_code_and_records_who_typed_it"),
    Mutant("commands.names:printable", first_argument, "names/test_commands.py::test_explain_and_match_take_any_string_and_print_what_a_terminal_bears"),
    # duplicates
    Mutant("duplicates.search:told_apart_from", always([]), "duplicates/test_apart.py::test_the_pair_is_remembered_from_both_sides"),
    Mutant("duplicates.evidence:gathered", always([]), "duplicates/test_duplicates.py::test_what_two_cases_share_speaks_for_one_person"),
    # imports
    Mutant("imports.match_case:fits", always(True), "imports/test_identity.py::test_a_number_that_now_tells_of_somebody_else_is_asked_and_never_written"),
    Mutant("imports.uploads:refuse_others", doing_nothing, "imports/test_record.py::test_a_file_lies_sealed_and_only_its_importer_and_safety_officers_open_it"),
    # ledger
    Mutant("ledger.chain:covered_by", always({}), "rules/test_ledger_chain.py"),
    Mutant("ledger.writer:drop_bodies", doing_nothing, "ledger/test_writer.py::test_a_narrowing_removes_the_older_bodies"),
    Mutant("ledger.reader:is_current", lambda _: lambda *_a: importlib.import_module("sqlalchemy").true(), "ledger/test_writer.py::test_a_consent_that_ends_by_date_stops_every_reader_by_the_clock"),
    # media
    Mutant("media.decode:sealed_frames", lambda _: lambda chunks, *_a: chunks, "media/test_stores.py::test_the_disk_shows_neither_content_nor_name_and_only_to_us"),
    Mutant("media.stores:Vault.verify", doing_nothing, "media/test_stores.py::test_a_sealed_file_that_was_tampered_with_is_noticed"),
    # partners
    Mutant("partners.export:guarded", first_argument, "partners/test_cells.py::test_a_cell_that_might_run_is_quoted"),
    Mutant("partners.answers:refuse_unknown", doing_nothing, "partners/test_api.py::test_a_parameter_that_nobody_knows_is_refused_with_those_that_are_known"),
    # names
    Mutant("names.placeholders:is_nobody", always(False), "names/test_placeholders.py"),
    Mutant("names.word_similarity:are_two_names", always(False), "names/test_matching.py::test_known_names_that_sound_alike_are_two_names"),
    # places
    Mutant("places.own_names:own_name", lambda _: lambda place, _language: place.name, "places/test_gazetteer.py"),
    Mutant("places.segments:unit_alone", always(True), "places/test_reading.py"),
    # public
    Mutant("public.feeds:plain", first_argument, "public/test_machines.py"),
    Mutant("public.law:reasons", always([]), "public/test_voices.py::test_a_reason_that_says_that_there_is_none_is_none"),
    # search
    Mutant("search.index:number_word", always(""), "search/test_askings.py"),
    Mutant("search.query:cut", first_argument, "public/test_search.py::test_a_long_question_is_cut_and_says_so"),
    # staff
    Mutant("staff.emergency:public_state", always("Public"), "staff/test_emergency.py::test_a_publisher_takes_a_profile_down_with_one_press_and_a_yes"),
    Mutant("staff.case_access:record_reading", doing_nothing, "staff/test_access.py::test_closed_fields_are_shown_on_request_and_each_reading_is_recorded"),
    # vocabulary
    Mutant("vocabulary.sentences:authorities_say", first_argument, "public/test_voices.py::test_every_claim_stands_in_quotation_marks_as_theirs"),
    Mutant("vocabulary.sentences:says_nothing", always(False), "public/test_voices.py::test_a_reason_that_says_that_there_is_none_is_none"),
    Mutant("vocabulary.status:is_out_of_custody", always(False), "vocabulary/test_deriving.py"),
    Mutant("web.limits:counter", lambda _: lambda *_a, **_n: lambda _address: True, "web/test_stored_json.py::test_it_stays_limited"),
    # publishing
    Mutant("publishing.narrowing:is_part", always(True), "rules/test_narrowing_is_part.py::test_the_door_refuses_a_narrowing_that_adds"),
    Mutant("cases.fingerprints:matches", always(True), "cases/test_fingerprints.py"),
    Mutant("cases.spelling:is_spelling", always(True), "publishing/test_authorship.py::test_who_corrects_a_misspelt_word_is_no_writer_of_it"),
    Mutant("publishing.consent.keeping:_is_signed", always(False), "publishing/test_keeping.py::test_a_risk_that_was_assessed_stays_as_it_was_assessed"),
    Mutant("publishing.consent.confirmation:is_named", always(False), "staff/test_consents.py::test_who_is_named_as_having_obtained_it_needs_a_second"),
    Mutant("publishing.consent.limits:unanswered", always([]), "publishing/test_limits.py::test_nothing_leaves_before_a_limit_in_words_is_answered"),
    Mutant("publishing.authorship:withheld_by", always([]), "publishing/test_authorship.py::test_who_wrote_a_text_that_was_withheld_stays_a_writer_until_it_is_public"),
    Mutant("publishing.authorship:sites_digest", always("0" * 64), "publishing/test_authorship.py::test_a_list_of_facilities_imported_after_the_approval_undoes_it"),
    Mutant("publishing.embargoes:is_ordered", always(True), "publishing/test_embargoes.py::test_an_embargo_on_a_draft_publishes_nothing_and_is_gone_when_its_hour_has_passed"),
    Mutant("publishing.embargoes:used", doing_nothing, "publishing/test_embargoes.py::test_what_a_publisher_ordered_is_published_in_its_minute_and_the_embargo_is_gone"),
    Mutant("publishing.consent.standing:speaks", always(True), "publishing/test_clearance.py::test_a_consent_that_nobody_confirmed_clears_nothing"),
    Mutant("publishing.takedown:enforce", doing_nothing, "publishing/test_door.py::test_publish_name_withdrawn_takes_the_profile_down_in_the_same_save"),
    Mutant("publishing.takedown:drop_links_to", always([]), "publishing/test_door.py::test_a_link_goes_when_the_profile_that_it_leads_to_goes"),
    Mutant("publishing.pausing:may_undo", always(True), "publishing/test_pausing.py::test_otherwise_it_takes_two"),
    # web
    Mutant("web.limits:household", first_argument, "web/test_proxies.py::test_one_connection_is_one_visitor"),
    Mutant("web.pages:takes_gzip", always(True), "public/test_page_cache.py::test_both_encodings_hold_the_same_and_are_told_apart"),
    # sheets
    Mutant("sheets.writing:unguarded", always("x"), "partners/test_cells.py::test_a_cell_reads_back_as_it_was"),
    Mutant("sheets.writing:guarded", first_argument, "partners/test_cells.py::test_a_cell_that_might_run_is_quoted"),
    # the ground floor
    Mutant("hashchain:link", lambda _: lambda before, _content: before, "test_hashchain.py"),
    Mutant("text:folded", first_argument, "test_text.py::test_case_accents_and_widths_are_no_difference"),
)  # fmt: skip


def our_modules() -> list[ModuleType]:
    """Return the loaded modules of the program and of its tests."""
    return [one for key, one in list(sys.modules.items()) if key.partition(".")[0] in {"campaign", "app", "tests"}]


@contextmanager
def broken(mutant: Mutant) -> Iterator[None]:
    """Put the replacement wherever the function is known by a name of a module, and take it out again."""
    module_name, _, path = mutant.function.partition(":")
    module = importlib.import_module(f"campaign.{module_name}")
    *holders, name = path.split(".")
    holder = reduce(getattr, holders, module)
    function = getattr(holder, name)
    replacement = mutant.instead(function)
    places = [(holder, name)]
    if not holders:
        places += [(one, key) for one in our_modules() for key, value in list(vars(one).items()) if value is function]
    for place, key in places:
        setattr(place, key, replacement)
    try:
        yield
    finally:
        # Modules that were loaded meanwhile know the replacement too.
        late = [(one, key) for one in our_modules() for key, value in list(vars(one).items()) if value is replacement]
        for place, key in [*places, *late]:
            setattr(place, key, function)


def run(test: str) -> int:
    """Run one test in this process, until the first failure; return pytest's exit code."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main([f"tests/{test}", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.function} {one.test.rpartition('::')[2]}")
def test_a_broken_rule_fails_the_test_that_guards_it(mutant: Mutant) -> None:
    with broken(mutant):
        assert run(mutant.test) == KILLED
