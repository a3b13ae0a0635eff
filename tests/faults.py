"""Every kind of bad input and fault that the atlas answers, and the tests that show it.

``conftest.py`` makes a promise of each area, so that `make proof` counts its tests; ``test_faults.py``
asserts that every test named here exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Fault(NamedTuple):
    """What may come, and the tests that show the answer: ``file::function``, or with a case in brackets."""

    what: str
    tests: tuple[str, ...]


def _value(*cases: str) -> tuple[str, ...]:
    return tuple(f"validate/test_validate_values::test_a_wrong_value_is_found[{case}]" for case in cases)


def _record(*cases: str) -> tuple[str, ...]:
    return tuple(
        f"validate/test_validate_records::test_an_incoherent_record_is_found[{case}]" for case in cases
    )


_YAML = "dataset/test_load::test_yaml_that_is_refused"
_HOSTILE = "validate/test_faults::test_hostile_yaml_is_told_where_it_stands"

AREAS: Mapping[str, tuple[Fault, ...]] = {
    "Bytes and tables that no spreadsheet should write are refused with line, column and what to type, "
    "or read as they are meant": (
        Fault("another encoding is named", ("dataset/test_load::test_another_encoding_is_named",)),
        Fault(
            "a byte order mark is accepted",
            ("dataset/test_load::test_a_byte_order_mark_and_mixed_line_ends_change_nothing",),
        ),
        Fault(
            "mixed line ends keep the line numbers",
            ("validate/test_faults::test_lines_are_physical_whatever_ends_them",),
        ),
        Fault(
            "control and direction characters",
            (
                "dataset/test_load::test_control_and_direction_characters_are_placed",
                "dataset/test_load::test_a_file_name_that_cannot_be_shown_is_refused",
            ),
        ),
        Fault(
            "another delimiter is never guessed",
            ("dataset/test_load::test_another_delimiter_is_never_guessed",),
        ),
        Fault(
            "an unclosed quote is reported where it opened",
            (
                "dataset/test_load::test_an_unclosed_quote_is_reported_where_it_opens_and_the_rest_is_read",
                "dataset/test_load::test_an_unclosed_quote_is_not_closed_by_a_later_one",
            ),
        ),
        Fault(
            "a short row, an extra cell, in one row or in all",
            (
                "dataset/test_load::test_rows_of_another_width",
                "validate/test_faults::test_every_row_has_a_cell_too_many",
            ),
        ),
        Fault(
            "a header twice or unknown",
            _value(
                "header_names_a_column_twice",
                "header_has_an_unknown_column",
                "header_lacks_a_required_column",
            ),
        ),
        Fault(
            "a cell of 100 MB",
            (
                "dataset/test_load::test_a_huge_file_is_refused_before_it_is_read",
                "dataset/test_load::test_a_line_too_long_is_refused_before_it_is_decoded",
                "validate/test_faults::test_a_huge_cell_costs_little",
            ),
        ),
        Fault(
            "NA, 007 and null stay text",
            ("dataset/test_load::test_what_looks_like_a_number_or_nothing_stays_text",),
        ),
        Fault(
            "a file or row that cannot be read is told by its cause alone",
            ("validate/test_messages_reading::test_what_cannot_be_read_is_told_with_its_cause",),
        ),
        Fault(
            "what a spreadsheet saved is repaired where the header proves it",
            (
                "cli/test_repair::test_what_a_spreadsheet_saved_is_repaired_and_told",
                "cli/test_repair::test_where_nothing_proves_it_nothing_is_written",
            ),
        ),
        Fault(
            "a name, a label or an address where an id belongs",
            ("validate/test_messages_meant::test_a_word_that_is_no_id_is_told_what_it_means",),
        ),
        Fault(
            "what Excel did to a value",
            _value(
                "excel_scientific_number",
                "excel_error_value",
                "excel_month",
                "excel_month_in_a_date",
                "excel_day_number",
            ),
        ),
        Fault("composed and decomposed letters are one city", _record("composed_and_decomposed_names")),
        Fault(
            "names that differ in marks only",
            _record("names_that_differ_in_accents_only", "names_that_differ_in_the_turkish_dot"),
        ),
        Fault(
            "spaces around values are mended",
            (
                *_value("spaces_around_a_value"),
                "cli/test_fmt::test_the_first_line_that_changes_is_told_by_file",
            ),
        ),
    ),
    "A value that cannot be right is refused at its place, with what to type instead": (
        Fault(
            "an unknown id, with the three nearest",
            (*_record("unknown_city_with_the_nearest"), "validate/test_findings::test_the_three_nearest_ids"),
        ),
        Fault(
            "an id twice, with both places",
            _record("duplicate_city_names_both_places", "duplicate_source_names_both_places"),
        ),
        Fault(
            "an id that is no file name",
            _value(
                "id_with_dots_and_slash",
                "id_with_space_and_capital",
                "id_of_a_windows_device",
                "id_with_a_trailing_newline",
                "id_too_long",
                "file_name_is_no_id",
            ),
        ),
        Fault(
            "a date that does not exist",
            _value(
                "month_13", "day_that_does_not_exist", "day_that_does_not_exist_in_polish_order", "week_date"
            ),
        ),
        Fault("an ambiguous date", _value("ambiguous_date")),
        Fault(
            "a year never becomes a day",
            (
                "opendata/test_exports::test_a_year_is_never_a_day",
                "validate/test_faults::test_a_year_is_never_a_day_on_any_page",
            ),
        ),
        Fault(
            "times that contradict each other or lie in the future",
            _record(
                "until_before_since",
                "accessed_before_published",
                "accessed_in_the_future",
                "verified_in_the_future",
            ),
        ),
        Fault(
            "overlapping periods, with both rows",
            _record("periods_that_overlap", "one_pair_twice_without_dates"),
        ),
        Fault(
            "no latitude",
            _value("lat_not_a_number", "lat_infinite", "lat_with_a_comma", "lat_out_of_range"),
        ),
        Fault(
            "a place that is not where it says",
            _record(
                "lat_and_lon_swapped",
                "lat_and_lon_swapped_out_of_range",
                "zero_and_zero",
                "far_outside_the_country",
            ),
        ),
        Fault(
            "one language is missing",
            (
                *_value("yaml_label_in_one_language", "prose_in_one_language_only"),
                "views/test_views_city::test_a_note_in_one_language_is_shown_in_both_and_marked_in_one",
            ),
        ),
        Fault(
            "a claim without a source, a source that nobody read",
            _value("claim_without_a_source", "yaml_claim_without_a_source", "source_without_accessed"),
        ),
        Fault(
            "an archived copy of another page",
            _record("archive_of_another_page", "archive_today_of_another_page", "archive_that_is_the_page"),
        ),
        Fault(
            "private data",
            _value(
                "email_in_a_note",
                "address_with_an_email",
                "phone_in_a_note",
                "phone_after_the_word_tel",
                "polish_mobile_number",
                "pesel_in_a_note",
            ),
        ),
        Fault(
            "a change that deletes much",
            (
                "validate/test_validate_change::test_a_deleted_city_needs_a_reason",
                "validate/test_validate_change::test_retired_ids_are_explained",
                "validate/test_validate_change::test_one_row_in_twenty_may_go",
            ),
        ),
    ),
    "YAML that runs, grows or means something else is refused before it does": (
        Fault("a tag", (_YAML, f"{_HOSTILE}[a tag]")),
        Fault(
            "an alias",
            (_YAML, f"{_HOSTILE}[aliases]", "dataset/test_load::test_hostile_yaml_ends_after_few_events"),
        ),
        Fault(
            "2,000 levels",
            (
                f"{_HOSTILE}[levels in brackets]",
                f"{_HOSTILE}[levels of lines]",
                "dataset/test_load::test_sixteen_levels_are_enough",
            ),
        ),
        Fault("a key twice", ("dataset/test_load::test_a_key_twice_names_both_lines",)),
        Fault("NO, 12:30:45 and 1.10 stay text", ("dataset/test_load::test_every_scalar_stays_text",)),
        Fault("10 MB", ("dataset/test_load::test_a_huge_file_is_refused_before_it_is_read",)),
        Fault("tabs, a second document, a key that is no word", (_YAML,)),
    ),
    "Prose, addresses and files cannot bring in markup, scripts or what lies outside": (
        Fault(
            "markup and scripts in Markdown",
            (
                "site/test_prose::test_what_is_not_on_the_list_is_removed",
                "site/test_prose::test_a_link_that_runs_or_reads_files_loses_its_address",
            ),
        ),
        Fault(
            "addresses that run, or lead inside",
            _value(
                "address_of_a_script",
                "address_of_data",
                "address_without_scheme",
                "address_with_a_password",
                "address_of_this_machine",
                "address_of_a_private_network",
                "address_of_a_private_network_as_a_number",
                "address_of_a_private_network_in_ipv6",
            ),
        ),
        Fault(
            "a colour that ends its rule of the stylesheet", _value("vocabulary_colour_that_ends_its_rule")
        ),
        Fault(
            "reStructuredText, which can read files",
            ("validate/test_faults::test_restructured_text_is_not_read",),
        ),
        Fault(
            "texts that are no UTF-8, too deep or with dead links",
            ("site/test_prose_check::test_all_faults_of_all_texts_are_told_at_once",),
        ),
        Fault("paths of the machine", ("site/test_no_paths::test_no_file_holds_a_path_of_the_machine",)),
        Fault(
            "names from right to left",
            ("site/test_directions::test_on_every_page_such_names_stand_apart",),
        ),
        Fault(
            "symbolic links",
            (
                "dataset/test_load::test_symbolic_links_are_not_followed",
                "build/test_publish::test_links_among_the_texts_are_not_followed",
                "build/test_publish::test_a_symbolic_link_in_the_site_is_refused",
            ),
        ),
        Fault(
            "addresses outside the folder, or that differ in case only",
            (
                "build/test_publish::test_prose_cannot_leave_the_output_folder",
                "build/test_publish::test_a_file_beside_the_output_folder_is_refused",
                "build/test_publish::test_names_that_differ_only_in_case_are_refused",
            ),
        ),
        Fault(
            "a cell that begins like a formula",
            (
                "opendata/test_exports::test_a_cell_that_begins_like_a_formula_is_text",
                "opendata/test_exports::test_no_cell_for_spreadsheets_is_a_formula",
            ),
        ),
        Fault(
            "parameters of addresses",
            (
                "browser/test_compare::test_a_shared_address_keeps_the_order_and_names_what_is_unknown",
                "browser/test_timeline::test_unknown_ids_are_said_and_never_become_markup",
                "browser/test_maps::test_what_an_address_does_not_know_is_left_out_and_said",
                "browser/test_suggest::test_text_of_the_data_and_of_the_reader_stays_text",
            ),
        ),
    ),
    "A build that fails, is stopped or stands in another's way publishes nothing; the old site stays whole": (
        Fault(
            "any error",
            (
                "build/test_publish::test_findings_are_printed_without_a_traceback",
                "build/test_publish::test_every_fault_of_the_prose_is_told",
                "build/test_publish::test_an_exception_in_a_generator_publishes_nothing",
            ),
        ),
        Fault(
            "killed at any moment",
            (
                "build/test_publish::test_kill_at_any_moment_leaves_a_whole_site",
                "build/test_publish::test_kill_at_each_step_of_the_swap",
            ),
        ),
        Fault(
            "a full disk",
            (
                "build/test_publish::test_a_full_disk_keeps_the_old_site",
                "build/test_publish::test_a_full_disk_while_static_files_are_copied",
                "build/test_publish::test_a_read_only_disk_is_told_in_one_line",
                "build/test_publish::test_errors_of_the_machine_have_a_code_of_their_own",
            ),
        ),
        Fault(
            "a dangerous output folder",
            ("build/test_publish::test_a_dangerous_output_folder_is_refused_before_anything_is_touched",),
        ),
        Fault(
            "two builds at once",
            ("build/test_publish::test_of_two_builds_at_once_the_second_names_the_first",),
        ),
        Fault(
            "a template that raises",
            (
                "build/test_publish::test_a_template_that_raises_names_the_page",
                "build/test_publish::test_a_template_with_a_syntax_error_names_the_line",
                "site/test_rendering::test_a_template_that_raises_names_the_page",
                "site/test_rendering::test_a_view_that_raises_names_the_job",
            ),
        ),
        Fault(
            "stopped by a person",
            (
                "build/test_publish::test_a_build_that_is_stopped_leaves_nothing_behind",
                "site/test_rendering::test_however_a_build_ends_its_workers_end",
            ),
        ),
    ),
    "Findings are told all at once, one line each, in English and Polish, short and without control "
    "characters": (
        Fault(
            "everything wrong at once, in both languages",
            (
                "validate/test_faults::test_everything_wrong_is_told_at_once_in_polish_as_well",
                "validate/test_findings::test_every_message_has_a_polish_one_with_the_same_placeholders",
            ),
        ),
        Fault(
            "long values and control characters in a message",
            (
                "validate/test_findings::test_long_values_are_shortened_and_control_characters_escaped",
                "validate/test_findings::test_github_commands_are_escaped",
                "validate/test_findings::test_braces_in_a_value_are_only_text",
            ),
        ),
        Fault(
            "more than two hundred findings",
            (
                "validate/test_findings::test_after_two_hundred_the_rest_are_counted",
                "validate/test_findings::test_no_warning_takes_the_place_of_an_error",
            ),
        ),
    ),
    "An address that was published once keeps leading somewhere": (
        Fault(
            "an address that the build no longer makes",
            (
                "site/test_permanence::test_a_removal_that_nobody_said_prints_the_row_to_type",
                "site/test_permanence::test_a_line_that_was_removed_is_noticed",
            ),
        ),
        Fault(
            "a rename that nobody said",
            ("site/test_permanence::test_a_rename_that_nobody_said_prints_the_cell_to_type",),
        ),
        Fault(
            "a redirect to nowhere",
            ("site/test_permanence::test_an_address_that_is_sent_to_nowhere_is_refused",),
        ),
        Fault(
            "chains and circles of redirects",
            (
                "site/test_redirects::test_chains_take_one_step",
                "site/test_redirects::test_a_chain_that_ends_with_a_withdrawal_is_withdrawn",
                "site/test_redirects::test_a_circle_ends_nowhere",
                "site/test_redirects::test_what_may_replace_an_id",
            ),
        ),
        Fault(
            "a removed city",
            (
                "site/test_permanence::test_a_rename_a_removal_and_a_correction_are_played_through",
                *_record("retired_id_in_use"),
            ),
        ),
    ),
}
"""By what the atlas promises of them. Text that must stay text is in ``proof/test_injection.py``; other
environments, and a build without a network, are in ``proof/test_reproducible.py``."""


def promise_of(test: str) -> str | None:
    """Return the promise that a test shows; ``test`` is its id as pytest has it."""
    file, _, name = test.partition("::")
    path = file.removeprefix("tests/").removesuffix(".py")
    function = f"{path}::{name.partition('[')[0]}"
    return _PROMISES.get(f"{path}::{name}") or _PROMISES.get(function)


def _promises() -> Iterator[tuple[str, str]]:
    for promise, faults in AREAS.items():
        for fault in faults:
            for test in fault.tests:
                yield test, promise


_PROMISES = dict(_promises())
