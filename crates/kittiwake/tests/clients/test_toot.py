"""The real toot, as people type it, against the real server.

Every command is a process of its own, with its configuration in a folder of this run. Editing and paging have no command
of their own outside of toot's full-screen interface; there the functions behind that interface are called.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from authorize import Person
from colony import HOST, PASSWORD, URL, picture

FOLDER = tempfile.TemporaryDirectory()
os.environ["XDG_CONFIG_HOME"] = FOLDER.name

from toot import api, config, http  # noqa: E402  (reads its configuration's place when it is loaded)
from toot.exceptions import ApiError, NotFoundError  # noqa: E402

TOOT = str(Path(sys.executable).parent / "toot")
ADA, BEN, CLEO, DORA = "ada", "ben", "cleo", "dora"


def toot(who, *arguments, fails=False):
    """What toot prints when `who` types this."""
    command = [TOOT, "--as", f"{who}@{HOST}", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    said = ended.stdout + ended.stderr
    assert (ended.returncode != 0) == fails, f"{arguments}: {said}"
    return said


def ask(who, *arguments):
    """What toot prints with `--json`."""
    return json.loads(toot(who, *arguments, "--json"))


def post(who, text, *arguments):
    return ask(who, "post", text, *arguments)


def log_in(who):
    """`toot login`, answered as a person does: open the link elsewhere, sign in, allow, paste the code."""
    command = [TOOT, "login", "--instance", URL]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}, **pipes)
    said = ""
    while not (link := re.search(r"https?://\S+/oauth/authorize\S+", said)):
        line = process.stdout.readline()
        assert line, said
        said += line
    code = Person(who, PASSWORD).authorize(link.group())
    rest, _ = process.communicate(f"n\n{code}\n", timeout=60)
    assert "Successfully logged in" in rest, said + rest


def session(who):
    """The pair (app, user) that toot's own functions take."""
    user, app = config.get_user_app(f"{who}@{HOST}")
    return app, user


def ids(statuses):
    return [status["id"] for status in statuses]


def setUpModule():
    for who in (ADA, BEN, CLEO, DORA):
        log_in(who)


def tearDownModule():
    FOLDER.cleanup()


class SigningIn(unittest.TestCase):
    def test_accounts_that_signed_in_are_listed_and_known(self):
        listed = toot(ADA, "auth")
        for who in (ADA, BEN, CLEO, DORA):
            self.assertIn(f"{who}@{HOST}", listed)
            self.assertEqual(ask(who, "whoami")["username"], who)
        self.assertIn("ada", toot(ADA, "whoami"))

    def test_the_instance_introduces_itself(self):
        self.assertEqual(ask(ADA, "instance")["uri"], HOST)
        self.assertIn(HOST, toot(ADA, "instance"))

    def test_whoever_logs_out_is_signed_out(self):
        toot(DORA, "logout", f"{DORA}@{HOST}")
        self.assertNotIn(f"{DORA}@{HOST}", toot(ADA, "auth"))
        log_in(DORA)


class Posting(unittest.TestCase):
    def test_a_post_has_what_was_asked_for(self):
        status = post(ADA, "Kittiwakes on the ledge", "--visibility", "unlisted", "--spoiler-text", "birds", "--language", "en")
        self.assertEqual(status["content"], "<p>Kittiwakes on the ledge</p>")
        self.assertEqual((status["visibility"], status["spoiler_text"], status["language"]), ("unlisted", "birds", "en"))
        self.assertTrue(status["sensitive"])
        self.assertEqual(ask(ADA, "status", status["id"])["id"], status["id"])

    def test_the_printed_address_ends_in_the_id(self):
        said = toot(ADA, "post", "An address for this")
        self.assertRegex(said, rf"Toot posted: {re.escape(URL)}/@ada/\d+")
        status_id = said.strip().rsplit("/", 1)[1]
        self.assertIn("An address for this", toot(BEN, "status", status_id))

    def test_replies_make_a_thread(self):
        root = post(ADA, "How many nests?")
        answer = post(BEN, "@ada forty-one", "--reply-to", root["id"])
        self.assertEqual(answer["in_reply_to_id"], root["id"])
        last = post(BEN, "and two more", "--reply-last")
        self.assertEqual(last["in_reply_to_id"], answer["id"])
        thread = ask(CLEO, "thread", answer["id"])
        self.assertEqual((ids(thread["ancestors"]), ids(thread["descendants"])), ([root["id"]], [last["id"]]))
        self.assertEqual(ask(CLEO, "status", root["id"])["replies_count"], 1)
        printed = toot(CLEO, "thread", root["id"])
        self.assertLess(printed.index("How many nests"), printed.index("forty-one"))

    def test_an_edit_shows_and_its_source_is_what_was_written(self):
        status = post(ADA, "First *words*")
        edited = api.edit_status(*session(ADA), status["id"], "Second words, with a #tag").json()
        self.assertIn("Second words", edited["content"])
        self.assertIsNotNone(edited["edited_at"])
        self.assertEqual(api.fetch_status_source(*session(ADA), status["id"]).json()["text"], "Second words, with a #tag")
        self.assertIn("Second words", toot(BEN, "status", status["id"]))

    def test_a_deleted_post_gives_its_text_back_and_is_gone(self):
        status = post(ADA, "Not for long")
        self.assertEqual(ask(ADA, "delete", status["id"])["text"], "Not for long")
        self.assertIn("not found", toot(ADA, "status", status["id"], fails=True).lower())
        self.assertIn("not found", toot(BEN, "status", status["id"], fails=True).lower())

    def test_nobody_deletes_or_edits_the_post_of_another(self):
        status = post(ADA, "Mine")
        toot(BEN, "delete", status["id"], fails=True)
        with self.assertRaises((ApiError, NotFoundError)):
            api.edit_status(*session(BEN), status["id"], "Yours")
        self.assertEqual(ask(ADA, "status", status["id"])["content"], "<p>Mine</p>")

    def test_a_post_that_is_too_long_is_refused_with_a_reason(self):
        self.assertIn("500", toot(ADA, "post", "x" * 501, fails=True))

    def test_a_direct_post_is_for_those_it_names(self):
        status = post(ADA, "@ben only you", "--visibility", "direct")
        self.assertEqual(ask(BEN, "status", status["id"])["id"], status["id"])
        toot(CLEO, "status", status["id"], fails=True)


class Marking(unittest.TestCase):
    def test_a_boost_is_counted_shown_and_taken_back(self):
        status = post(ADA, "Worth repeating")
        boost = ask(BEN, "reblog", status["id"])
        self.assertEqual(boost["reblog"]["id"], status["id"])
        self.assertTrue(boost["reblogged"])
        self.assertTrue(boost["reblog"]["reblogged"])
        self.assertEqual([account["acct"] for account in ask(ADA, "reblogged-by", status["id"])], ["ben"])
        self.assertEqual(ask(ADA, "status", status["id"])["reblogs_count"], 1)
        self.assertIn("ben", toot(ADA, "reblogged-by", status["id"]))
        self.assertFalse(ask(BEN, "unreblog", status["id"])["reblogged"])
        self.assertEqual(ask(ADA, "status", status["id"])["reblogs_count"], 0)

    def test_a_favourite_is_counted_listed_and_taken_back(self):
        status = post(ADA, "A favourite")
        self.assertTrue(ask(BEN, "favourite", status["id"])["favourited"])
        ask(BEN, "favourite", status["id"])
        self.assertEqual(ask(ADA, "status", status["id"])["favourites_count"], 1)
        self.assertIn(status["id"], ids(ask(BEN, "timelines", "favourites")))
        self.assertFalse(ask(BEN, "unfavourite", status["id"])["favourited"])
        self.assertNotIn(status["id"], ids(ask(BEN, "timelines", "favourites")))
        self.assertEqual(ask(ADA, "status", status["id"])["favourites_count"], 0)

    def test_a_bookmark_is_listed_and_taken_back(self):
        status = post(ADA, "A bookmark of the cliffs")
        self.assertTrue(ask(BEN, "bookmark", status["id"])["bookmarked"])
        self.assertIn("A bookmark of the cliffs", toot(BEN, "bookmarks", "--once"))
        self.assertFalse(ask(BEN, "unbookmark", status["id"])["bookmarked"])
        self.assertNotIn("A bookmark of the cliffs", toot(BEN, "bookmarks", "--once"))

    def test_only_own_posts_can_be_pinned(self):
        status = post(ADA, "Above all")
        self.assertTrue(ask(ADA, "pin", status["id"])["pinned"])
        self.assertFalse(ask(ADA, "unpin", status["id"])["pinned"])
        toot(BEN, "pin", status["id"], fails=True)


class Following(unittest.TestCase):
    def tearDown(self):
        for who, other in ((BEN, ADA), (CLEO, ADA), (BEN, CLEO)):
            for verb in ("unblock", "unmute", "unfollow"):
                toot(who, verb, other)

    def home(self, who):
        return ids(ask(who, "timelines", "home"))

    def test_home_has_the_posts_of_those_one_follows(self):
        before = post(ADA, "Before the follow")
        self.assertTrue(ask(BEN, "follow", "ada")["following"])
        after = post(ADA, "After the follow")
        self.assertEqual(self.home(BEN)[:2], [after["id"], before["id"]])
        self.assertIn("ada", toot(BEN, "following"))
        self.assertIn("ben", toot(ADA, "followers"))
        self.assertFalse(ask(BEN, "unfollow", "@ada")["following"])
        self.assertNotIn(after["id"], self.home(BEN))

    def test_accounts_are_found_by_every_form_of_their_name(self):
        for name in ("ada", "@ada", f"ada@{HOST}", f"@ada@{HOST}"):
            self.assertEqual(ask(BEN, "whois", name)["username"], "ada")
        self.assertIn("@ada", toot(BEN, "whois", "ada"))

    def test_a_block_hides_both_ways_and_ends_the_follow(self):
        status = post(CLEO, "Seen before the block")
        toot(BEN, "follow", "cleo")
        self.assertIn(status["id"], self.home(BEN))
        self.assertTrue(ask(BEN, "block", "cleo")["blocking"])
        self.assertEqual([account["acct"] for account in ask(BEN, "blocked")], ["cleo"])
        self.assertIn("cleo", toot(BEN, "blocked"))
        self.assertNotIn(status["id"], self.home(BEN))
        toot(CLEO, "follow", "ben", fails=True)
        self.assertFalse(ask(BEN, "unblock", "cleo")["blocking"])
        self.assertEqual(ask(BEN, "blocked"), [])

    def test_a_mute_hides_from_home_and_keeps_the_follow(self):
        status = post(ADA, "Seen before the mute")
        toot(BEN, "follow", "ada")
        self.assertTrue(ask(BEN, "mute", "ada")["muting"])
        self.assertNotIn(status["id"], self.home(BEN))
        self.assertEqual([account["acct"] for account in ask(BEN, "muted")], ["ada"])
        relationship = ask(BEN, "unmute", "ada")
        self.assertEqual((relationship["muting"], relationship["following"]), (False, True))
        self.assertIn(status["id"], self.home(BEN))

    def test_a_locked_account_decides_who_follows(self):
        toot(DORA, "update-account", "--locked")
        self.assertTrue(ask(BEN, "follow", "dora")["requested"])
        self.assertTrue(ask(CLEO, "follow", "dora")["requested"])
        self.assertCountEqual([account["acct"] for account in ask(DORA, "follow-requests", "list")], ["ben", "cleo"])
        toot(DORA, "follow-requests", "accept", "ben")
        toot(DORA, "follow-requests", "reject", "cleo")
        self.assertEqual([account["acct"] for account in ask(DORA, "followers")], ["ben"])
        self.assertEqual(ask(DORA, "follow-requests", "list"), [])
        toot(BEN, "unfollow", "dora")
        toot(DORA, "update-account", "--no-locked")


class Reading(unittest.TestCase):
    def test_a_timeline_pages_to_its_end_without_a_gap(self):
        posted = [post(DORA, f"Page post {number} #paging")["id"] for number in range(23)]
        newest_first = posted[::-1]
        app, user = session(DORA)
        account = ask(DORA, "whoami")["id"]
        readers = {
            "account": api.account_timeline_generator_by_id(app, user, account, limit=5),
            "tag": api.tag_timeline_generator(app, user, "paging", limit=5),
            "home": api.home_timeline_generator(app, user, limit=5),
        }
        for name, pages in readers.items():
            with self.subTest(timeline=name):
                read = []
                for page in pages:
                    read.extend(ids(page))
                    self.assertLessEqual(len(page), 5)
                    if len(read) >= len(posted) + 5:
                        break
                self.assertEqual([status for status in read if status in posted], newest_first)
        pages = http.get_paged(app, user, f"/api/v1/accounts/{account}/statuses", {"limit": 7})
        self.assertEqual([status for page in pages for status in ids(page.json()) if status in posted], newest_first)

    def test_bounds_cut_a_timeline(self):
        first, second, third = (post(CLEO, f"Bound {number}")["id"] for number in range(3))
        self.assertEqual(ids(ask(CLEO, "timelines", "account", "cleo", "--max-id", second))[0], first)
        self.assertEqual(ids(ask(CLEO, "timelines", "account", "cleo", "--min-id", first, "--limit", "1")), [second])
        self.assertEqual(ids(ask(CLEO, "timelines", "account", "cleo", "--since-id", first, "--limit", "1")), [third])

    def test_each_timeline_is_printed(self):
        toot(ADA, "post", "Printed everywhere #printed")
        for arguments in (["home"], ["public", "--local"], ["tag", "printed"], ["account", "ada"], ["public", "-i", URL]):
            with self.subTest(timeline=arguments):
                said = toot(ADA, "timelines", *arguments, "--no-pager", "--no-clear")
                self.assertIn("Printed everywhere", said)

    def test_search_finds_accounts_tags_and_addresses(self):
        status = post(ADA, "Look for #searchable_cliffs")
        found = ask(BEN, "search", "ad")
        self.assertIn("ada", [account["acct"] for account in found["accounts"]])
        self.assertIn("searchable_cliffs", [tag["name"] for tag in ask(BEN, "search", "#searchable")["hashtags"]])
        self.assertEqual(ids(ask(BEN, "search", status["url"], "--resolve")["statuses"]), [status["id"]])
        self.assertIn("searchable_cliffs", toot(BEN, "search", "searchable"))


class BeingTold(unittest.TestCase):
    def test_what_others_do_is_notified_once_and_can_be_cleared(self):
        toot(ADA, "notifications", "--clear")
        status = post(ADA, "Tell me")
        toot(CLEO, "favourite", status["id"])
        toot(CLEO, "reblog", status["id"])
        toot(CLEO, "follow", "ada")
        toot(CLEO, "post", "@ada here", "--reply-to", status["id"])
        told = ask(ADA, "notifications")
        self.assertEqual([one["type"] for one in told], ["mention", "follow", "reblog", "favourite"])
        self.assertEqual({one["account"]["acct"] for one in told}, {"cleo"})
        self.assertEqual([one["type"] for one in ask(ADA, "notifications", "--type", "follow")], ["follow"])
        self.assertNotIn("follow", [one["type"] for one in ask(ADA, "notifications", "--exclude-type", "follow")])
        self.assertIn("cleo", toot(ADA, "notifications"))
        toot(ADA, "notifications", "--clear")
        self.assertEqual(ask(ADA, "notifications"), [])
        toot(CLEO, "unfollow", "ada")

    def test_notifications_page_to_their_end(self):
        toot(BEN, "notifications", "--clear")
        for number in range(7):
            toot(DORA, "post", f"@ben number {number}")
        app, user = session(BEN)
        told = [one for page in api.notification_timeline_generator(app, user, limit=3) for one in page]
        self.assertEqual(len(told), 7)
        self.assertEqual(len({one["id"] for one in told}), 7)


class Profile(unittest.TestCase):
    def test_a_profile_changes_and_a_new_picture_has_a_new_address(self):
        before = ask(CLEO, "whoami")
        file = Path(FOLDER.name) / "avatar.png"
        file.write_bytes(picture())
        after = ask(CLEO, "update-account", "--display-name", "Cleo of the cliffs", "--note", "Counts nests", "--avatar", str(file))
        self.assertEqual((after["display_name"], after["source"]["note"]), ("Cleo of the cliffs", "Counts nests"))
        self.assertNotEqual(before["avatar"], after["avatar"])
        self.assertIn("Cleo of the cliffs", toot(ADA, "whois", "cleo"))
        picked = ask(CLEO, "update-account", "--privacy", "unlisted", "--language", "fr", "--bot", "--no-discoverable")
        self.assertEqual((picked["source"]["privacy"], picked["source"]["language"], picked["bot"]), ("unlisted", "fr", True))
        self.assertEqual(post(CLEO, "By default")["visibility"], "unlisted")
        toot(CLEO, "update-account", "--privacy", "public", "--language", "en", "--no-bot")


if __name__ == "__main__":
    unittest.main(verbosity=2)
