"""A migration that has landed never changes: homes were made by it. A new one gets its row here when it lands."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "migrations" / "versions"
# SHA-256 of every landed text. The first text of 0003 landed too; 0015 mends the homes that were made with it.
LANDED = {
    "0001_create_every_table.py": "bdec7e3a4c0d604bb0ceb5a621d9252109f007d5b38af38825df87a7c526860a",
    "0002_wait_for_a_second_administrator.py": "ff03b29d6041d9365ac5661eccf65b17e37ed57c57c22009567db17b72ff9998",
    "0003_remember_who_is_not_the_same.py": "5d20abda127b30cb47cd962e96ff2503603bceee80ac38680a4b6c2e7cb890c0",
    "0004_let_the_worklist_ask_for_care.py": "2ca04c258b7d83964fb733d8bf25b3d3a3d4c4f74399c34d57943cf225f0631b",
    "0005_find_cases_in_any_spelling.py": "519a5d66efeb74e7abec59723d36352c9941deac8a700cd39d930df3eab02b24",
    "0006_find_people_in_any_spelling.py": "889b163694f77d95d773b1771db17f1d0b915d8fe00a6eea431f499ab7b947ac",
    "0007_list_facilities.py": "e5a668eec5ddca8deb5be21299f056f9bab1e5481a5ab76e3ac5d9c6d616e295",
    "0008_invite_guest_reviewers.py": "103d613110b605738e64b36b018a3a23a32dd5d8a7bc3423cf1de03d91ae2623",
    "0009_ask_the_released.py": "3b7573cfab17e7c79b2faaed5c50ec6987e5ae41b07ddb23b509e1434920f9f1",
    "0010_tell_officers_of_a_likely_twin.py": "54e324d9bd2e9f59d5b2b562b1f85e180df574f4576af821281177dca207067c",
    "0011_find_restricted_cases_at_once.py": "f661a22a7eb82a3aa0890539a46c522c40a18e307f87eba4fb75b5471b831a91",
    "0012_keep_who_is_likely_the_same.py": "a4a8b3c97e30653d89006875c16e8ceb44fff88e5c5f1a30b0efb6eac469d74d",
    "0013_search_cases_by_their_index_alone.py": "7f23e53dc30948565a26c6a2e5efda63cabe94a83a4d1c29d579e4b91e925adb",
    "0014_go_on_to_the_next_likely_pairs.py": "9417c5e34ff647f13236de2fa420dc7a14abf7e022348c6a6fb2e5750bc9cefc",
    "0015_mend_who_is_not_the_same.py": "99627da41f0df1de9080986c1c66b5a797eccc7dd7144b949ec661639ffc128d",
    "0016_mark_what_an_index_was_made_by.py": "ca8338be69e669a2581575e648580db5c0ed2b122e0889f7029aae4b23078751",
    "0017_pause_by_one_press.py": "f651bc3407abc8de90b92b94fe418779e0e22ec8293c42c089f2fd5f54cbfd3c",
    "0018_remember_who_alone_let_somebody_in.py": "3c28e6c3262ab309adbf098be855af6b3ad3eaea04165b7cf4160ae6b29102d6",
    "0019_keep_whose_words_wait.py": "9e03a45642343c12b394a9684f0f61c7b91cc353daa0001ca965913d918d2d59",
    "0020_ask_for_passkeys.py": "d416e2ea070266bf24e917c1ea931d107d2be79f90d15996d2af352223dd201e",
    "0021_keep_what_a_recheck_left_to_settle.py": "4a86c5b46f31c5c315d8120fb7cf3c032252807ff0fd60e77d631a6a162dd456",
    "0022_keep_each_import.py": "c213f8e60730739ce84015e2e38c5252290e7a6f1042ac20996b3042919368c9",
    "0023_mark_who_was_erased_or_withdrawn.py": "2fa3bfc5fc511caa5431fa0aabe8f72e071045c6e7de0a494fe00849f582c3e7",
    "0026_keep_what_the_doctor_found.py": "6ed63891b2b5b731c606024c4a42c208eeeac7b9b2267140d9296ffca4f8fac8",
    "0027_follow_the_register_after_a_restore.py": "68ad3cd42bc447e7b37935d0accfbeb5bb0db011c75dac67edd9c3b52693c7c3",
    "0028_know_the_keys.py": "6e0d8f8e72fe8e06d5013469b7b57df5435bd3fae1e19ac67c16aa2fdcf3add6",
    "0029_know_who_is_on_duty.py": "ebb10c8ab2fbe73e888a5fe7bbd50ac4842c42877aa074bd299f0045aa19e156",
    "0030_count_errors_of_every_process.py": "f44c62f70569b80bb98e66c65c4f06fa89b438d74f5dabe8089489359754e371",
    "0032_hear_the_desk_from_afar.py": "895afb5100c039ca09ff68769527d445f4b621388290e7209d67845fba6d15a3",
    "0034_keep_what_is_typed_and_not_saved.py": "48929e2b67b3d9f38c50bf2ebe28246418bcbc2184fe10a1cc816ae7d7a3476c",
}


def digests_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every migration in a folder, by its file's name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.py")}


def test_no_landed_migration_was_changed_and_every_one_has_its_digest() -> None:
    found = digests_of(FOLDER)
    changed = sorted(name for name in LANDED if found.get(name) != LANDED[name])
    assert changed == [], f"{changed} landed: put its text back, and write a new migration that does the rest."
    missing = {name: digest for name, digest in found.items() if name not in LANDED}
    assert missing == {}, "A new migration: add its row, and change its text no more once it is on main."


def test_one_changed_character_is_noticed(tmp_path: Path) -> None:
    name, digest = next(iter(LANDED.items()))
    (tmp_path / name).write_text((FOLDER / name).read_text() + "\n")
    assert digests_of(tmp_path)[name] != digest
