"""Mastodon.py against the real server: what toot does not do.

Each test says what a program that uses the library would rely on. Accounts that a test changes are made by that test,
through the library's own sign-up.
"""

import itertools
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from authorize import Person
from colony import HOST, PASSWORD, URL, picture

SCOPES = ["read", "write", "follow"]
numbers = itertools.count(1)


def register(**more):
    return Mastodon.create_app("a program", scopes=SCOPES, api_base_url=URL, **more)


def client(who):
    """Somebody who exists already, signed in by way of our pages."""
    app_id, app_secret = register()
    program = Mastodon(client_id=app_id, client_secret=app_secret, api_base_url=URL)
    link = program.auth_request_url(scopes=SCOPES, allow_http=True)
    program.log_in(code=Person(who, PASSWORD).authorize(link), scopes=SCOPES, allow_http=True)
    return program


def newcomer():
    """Somebody who signs up through the API."""
    name = f"newcomer{next(numbers)}"
    app_id, app_secret = register()
    program = Mastodon(client_id=app_id, client_secret=app_secret, api_base_url=URL)
    program.create_account(name, PASSWORD, f"{name}@example.org", agreement=True, scopes=SCOPES)
    return program


def ids(page):
    return [str(one.id) for one in page]


class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ada, cls.ben = newcomer(), newcomer()
        cls.ada_id, cls.ben_id = cls.ada.me().id, cls.ben.me().id


class SigningIn(unittest.TestCase):
    def test_a_code_brings_a_token_and_revoking_ends_it(self):
        program = client("ada")
        self.assertEqual(program.me().username, "ada")
        self.assertEqual(program.app_verify_credentials().name, "a program")
        token = program.access_token
        program.revoke_access_token(allow_http=True)
        left = Mastodon(access_token=token, api_base_url=URL)
        with self.assertRaises(MastodonUnauthorizedError):
            left.account_verify_credentials()

    def test_a_redirect_carries_code_and_state_back(self):
        app_id, app_secret = register(redirect_uris="http://localhost:9/return")
        program = Mastodon(client_id=app_id, client_secret=app_secret, api_base_url=URL)
        link = program.auth_request_url(
            redirect_uris="http://localhost:9/return", scopes=SCOPES, state="kept", allow_http=True
        )
        target = Person("ben", PASSWORD).authorize(link)
        self.assertTrue(target.startswith("http://localhost:9/return?"), target)
        self.assertIn("state=kept", target)
        code = target.split("code=")[1].split("&")[0]
        program.log_in(code=code, redirect_uri="http://localhost:9/return", scopes=SCOPES, allow_http=True)
        self.assertEqual(program.me().username, "ben")

    def test_whoever_denies_is_told_so(self):
        app_id, app_secret = register(redirect_uris="http://localhost:9/return")
        program = Mastodon(client_id=app_id, client_secret=app_secret, api_base_url=URL)
        link = program.auth_request_url(redirect_uris="http://localhost:9/return", scopes=SCOPES, allow_http=True)
        self.assertIn("error=access_denied", Person("ben", PASSWORD).authorize(link, allow=False))

    def test_sign_up_says_what_is_wrong_with_each_field(self):
        app_id, app_secret = register()
        program = Mastodon(client_id=app_id, client_secret=app_secret, api_base_url=URL)
        token, problem = program.create_account(
            "ada", PASSWORD, "second-ada@example.org", agreement=True, scopes=SCOPES, return_detailed_error=True
        )
        self.assertIsNone(token)
        self.assertIn("username", problem["details"])

    def test_the_servers_metadata_names_its_endpoints(self):
        program = Mastodon(api_base_url=URL)
        info = program.oauth_authorization_server_info()
        self.assertEqual(info.token_endpoint, f"{URL}/oauth/token")
        self.assertNotIn("password", info.grant_types_supported)


class TheServer(Base):
    def test_instance_preferences_and_small_lists_are_there(self):
        self.assertEqual(self.ada.instance_v2().domain, HOST)
        self.assertEqual(self.ada.instance_v2().api_versions.mastodon, 3)
        self.assertTrue(self.ada.instance_v1().version.startswith("4.5.0 (compatible; Kittiwake "))
        self.assertEqual(self.ada.preferences()["posting:default:visibility"], "public")
        self.assertEqual(self.ada.custom_emojis(), [])
        self.assertEqual(self.ada.announcements(), [])
        self.assertEqual(self.ada.lists(), [])
        self.assertEqual(self.ada.filters(), [])
        self.assertEqual(self.ada.instance_nodeinfo().software.name, "kittiwake")

    def test_markers_keep_where_one_stopped_reading(self):
        status = self.ada.status_post("Read up to here")
        self.ada.markers_set(["home"], [status.id])
        self.assertEqual(str(self.ada.markers_get(["home"])["home"].last_read_id), str(status.id))

    def test_somebody_without_a_token_reads_what_is_public(self):
        status = self.ada.status_post("For everybody")
        stranger = Mastodon(api_base_url=URL)
        self.assertEqual(ids([stranger.status(status.id)]), [str(status.id)])
        self.assertIn(str(status.id), ids(stranger.timeline_local()))
        self.assertEqual(stranger.account_lookup(self.ada.me().acct).id, self.ada_id)
        with self.assertRaises(MastodonUnauthorizedError):
            stranger.timeline_home()


class Posting(Base):
    def test_the_same_key_posts_once(self):
        first = self.ada.status_post("Only once", idempotency_key="one-key")
        again = self.ada.status_post("Only once", idempotency_key="one-key")
        other = self.ada.status_post("Only once", idempotency_key="other-key")
        self.assertEqual(first.id, again.id)
        self.assertNotEqual(first.id, other.id)

    def test_history_keeps_every_version_and_source_the_words(self):
        status = self.ada.status_post("One", spoiler_text="w")
        self.assertEqual(len(self.ada.status_history(status.id)), 1)
        self.ada.status_update(status.id, "Two & <b>", spoiler_text="v")
        history = self.ada.status_history(status.id)
        self.assertEqual([version.content for version in history], ["<p>One</p>", "<p>Two &amp; &lt;b&gt;</p>"])
        self.assertEqual([version.spoiler_text for version in history], ["w", "v"])
        self.assertEqual(self.ada.status_source(status.id).text, "Two & <b>")

    def test_context_shows_a_branching_thread_in_order(self):
        root = self.ada.status_post("root")
        left = self.ben.status_reply(root, "left")
        deep = self.ada.status_reply(left, "deep")
        right = self.ben.status_reply(root, "right")
        context = self.ada.status_context(root.id)
        self.assertEqual(ids(context.descendants), ids([left, deep, right]))
        self.assertEqual(ids(self.ada.status_context(deep.id).ancestors), ids([root, left]))

    def test_pins_are_listed_apart(self):
        status = self.ada.status_post("Pin me")
        self.ada.status_pin(status.id)
        self.assertEqual(ids(self.ben.account_statuses(self.ada_id, pinned=True)), [str(status.id)])
        self.ada.status_unpin(status.id)
        self.assertEqual(self.ben.account_statuses(self.ada_id, pinned=True), [])

    def test_account_statuses_can_leave_out_replies_and_boosts(self):
        other = self.ben.status_post("Boost me")
        own = self.ada.status_post("Mine")
        reply = self.ada.status_reply(other, "A reply")
        boost = self.ada.status_reblog(other.id)
        listed = ids(self.ben.account_statuses(self.ada_id, limit=3))
        self.assertEqual(listed, ids([boost, reply, own]))
        self.assertNotIn(str(reply.id), ids(self.ben.account_statuses(self.ada_id, exclude_replies=True)))
        self.assertNotIn(str(boost.id), ids(self.ben.account_statuses(self.ada_id, exclude_reblogs=True)))

    def test_who_favourited_and_boosted_is_listed(self):
        status = self.ada.status_post("Liked")
        self.ben.status_favourite(status.id)
        self.ben.status_reblog(status.id)
        self.assertEqual(ids(self.ada.status_favourited_by(status.id)), [str(self.ben_id)])
        self.assertEqual(ids(self.ada.status_reblogged_by(status.id)), [str(self.ben_id)])
        seen = self.ben.status(status.id)
        self.assertTrue(seen.favourited and seen.reblogged)

    def test_several_posts_are_read_at_once_and_missing_ones_left_out(self):
        one, two = self.ada.status_post("1"), self.ada.status_post("2")
        gone = self.ada.status_post("3")
        self.ada.status_delete(gone.id)
        self.assertCountEqual(ids(self.ben.statuses([one.id, two.id, gone.id])), ids([one, two]))
        with self.assertRaises(MastodonNotFoundError):
            self.ben.status(gone.id)

    def test_followers_only_posts_are_for_followers(self):
        status = self.ada.status_post("Among us", visibility="private")
        stranger = newcomer()
        with self.assertRaises(MastodonNotFoundError):
            stranger.status(status.id)
        stranger.account_follow(self.ada_id)
        self.assertEqual(str(stranger.status(status.id).id), str(status.id))
        self.assertIn(str(status.id), ids(stranger.timeline_home()))

    def test_a_muted_thread_stops_telling(self):
        root = self.ada.status_post("Loud thread")
        self.ada.status_mute(root.id)
        self.assertTrue(self.ada.status(root.id).muted)
        self.ada.notifications_clear()
        self.ben.status_reply(root, "noise")
        self.assertEqual(self.ada.notifications(), [])
        self.ada.status_unmute(root.id)


class Paging(Base):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ben.account_follow(cls.ada_id)
        cls.posted = [str(cls.ada.status_post(f"Number {number} #pages").id) for number in range(12)]
        cls.newest_first = cls.posted[::-1]

    def walk(self, page):
        read = []
        while page:
            read.extend(ids(page))
            page = self.ben.fetch_next(page)
        return read

    def test_next_walks_every_timeline_to_its_end(self):
        firsts = {
            "home": self.ben.timeline_home(limit=5),
            "tag": self.ben.timeline_hashtag("pages", limit=5),
            "account": self.ben.account_statuses(self.ada_id, limit=5),
        }
        for name, first in firsts.items():
            with self.subTest(timeline=name):
                self.assertEqual([one for one in self.walk(first) if one in self.posted], self.newest_first)

    def test_previous_walks_back_without_a_gap(self):
        oldest = self.ben.timeline_home(limit=4, max_id=self.posted[4])
        self.assertEqual(ids(oldest), self.newest_first[8:])
        newer = self.ben.fetch_previous(oldest)
        self.assertEqual(ids(newer), self.newest_first[4:8])
        newest = self.ben.fetch_previous(newer)
        self.assertEqual(ids(newest), self.newest_first[:4])
        self.assertFalse(self.ben.fetch_previous(newest))

    def test_min_id_is_the_page_next_to_it_and_since_id_the_newest(self):
        anchor = self.posted[2]
        self.assertEqual(ids(self.ben.timeline_home(min_id=anchor, limit=3)), self.posted[3:6][::-1])
        self.assertEqual(ids(self.ben.timeline_home(since_id=anchor, limit=3)), self.newest_first[:3])

    def test_marks_page_by_when_they_were_made(self):
        order = [self.posted[number] for number in (3, 9, 1, 7, 5)]
        for status in order:
            self.ben.status_bookmark(status)
            self.ben.status_favourite(status)
        self.assertEqual(self.walk(self.ben.bookmarks(limit=2)), order[::-1])
        self.assertEqual(self.walk(self.ben.favourites(limit=2)), order[::-1])

    def test_followers_page_by_when_they_came(self):
        followed = newcomer()
        followed_id = followed.me().id
        order = []
        for _ in range(5):
            follower = newcomer()
            follower.account_follow(followed_id)
            order.append(str(follower.me().id))
        self.assertEqual(self.walk(self.ben.account_followers(followed_id, limit=2)), order[::-1])
        self.assertEqual(self.ben.account(followed_id).followers_count, 5)


class Relations(Base):
    def relation(self, program, other):
        return program.account_relationships(other)[0]

    def test_relationships_come_in_the_order_asked(self):
        third = newcomer().me().id
        asked = [third, self.ben_id]
        self.assertEqual(ids(self.ada.account_relationships(asked)), [str(one) for one in asked])
        self.assertEqual(self.ada.account_relationships([]), [])

    def test_a_note_is_only_ones_own_and_can_be_cleared(self):
        self.assertEqual(self.ada.account_note_set(self.ben_id, "Counts nests").note, "Counts nests")
        self.assertEqual(self.relation(self.ada, self.ben_id).note, "Counts nests")
        self.assertEqual(self.relation(self.ben, self.ada_id).note, "")
        self.assertEqual(self.ada.account_note_set(self.ben_id, "").note, "")

    def test_follow_options_change_with_a_second_call(self):
        self.assertTrue(self.ada.account_follow(self.ben_id).showing_reblogs)
        again = self.ada.account_follow(self.ben_id, reblogs=False, notify=True)
        self.assertEqual((again.showing_reblogs, again.notifying), (False, True))
        self.ada.account_unfollow(self.ben_id)

    def test_a_follow_request_is_accepted_or_not(self):
        locked, asker, other = newcomer(), newcomer(), newcomer()
        locked.account_update_credentials(locked=True)
        locked_id = locked.me().id
        self.assertTrue(asker.account_follow(locked_id).requested)
        self.assertTrue(other.account_follow(locked_id).requested)
        self.assertEqual(locked.me().source.follow_requests_count, 2)
        self.assertTrue(locked.follow_request_authorize(asker.me().id).followed_by)
        locked.follow_request_reject(other.me().id)
        self.assertEqual(locked.follow_requests(), [])
        self.assertTrue(self.relation(asker, locked_id).following)
        self.assertFalse(self.relation(other, locked_id).requested)

    def test_a_follower_can_be_removed(self):
        self.ben.account_follow(self.ada_id)
        self.assertFalse(self.ada.account_remove_from_followers(self.ben_id).followed_by)
        self.assertFalse(self.relation(self.ben, self.ada_id).following)

    def test_a_timed_mute_says_when_it_ends(self):
        self.ada.account_mute(self.ben_id, notifications=False, duration=3600)
        muted = self.ada.mutes()[0]
        left = muted.mute_expires_at - datetime.now(timezone.utc)
        self.assertTrue(timedelta(minutes=50) < left <= timedelta(hours=1), left)
        self.assertFalse(self.relation(self.ada, self.ben_id).muting_notifications)
        self.ada.account_unmute(self.ben_id)

    def test_a_block_ends_follows_in_both_directions(self):
        one, two = newcomer(), newcomer()
        one_id, two_id = one.me().id, two.me().id
        one.account_follow(two_id)
        two.account_follow(one_id)
        one.account_block(two_id)
        seen = self.relation(two, one_id)
        self.assertEqual((seen.following, seen.followed_by, seen.blocked_by), (False, False, True))
        self.assertEqual((one.me().followers_count, one.me().following_count), (0, 0))
        with self.assertRaises(MastodonAPIError):
            two.account_follow(one_id)
        self.assertEqual(ids(one.blocks()), [str(two_id)])
        one.account_unblock(two_id)


class BeingTold(Base):
    def test_favourites_of_one_post_come_as_one_group(self):
        status = self.ada.status_post("Everybody likes this")
        for program in (self.ben, newcomer()):
            program.status_favourite(status.id)
        groups = self.ada.grouped_notifications(types=["favourite"], expand_accounts="full")
        group = groups.notification_groups[0]
        self.assertEqual((group.type, group.notifications_count, len(group.sample_account_ids)), ("favourite", 2, 2))
        self.assertEqual(str(group.status_id), str(status.id))
        accounts = self.ada.grouped_notification_accounts(group.group_key)
        self.assertEqual(len(accounts), 2)
        self.assertGreaterEqual(self.ada.notifications_unread_count().count, 2)
        self.ada.dismiss_grouped_notification(group.group_key)
        self.assertEqual(self.ada.notifications(types=["favourite"]), [])

    def test_one_notification_is_read_and_dismissed_alone(self):
        self.ada.notifications_clear()
        self.ben.status_post(f"@{self.ada.me().acct} first")
        self.ben.status_post(f"@{self.ada.me().acct} second")
        newest, oldest = self.ada.notifications(mentions_only=True)
        self.assertIn("second", newest.status.content)
        self.assertEqual(self.ada.notifications(id=oldest.id).id, oldest.id)
        self.ada.notifications_dismiss(newest.id)
        self.assertEqual(ids(self.ada.notifications()), [str(oldest.id)])


class Profile(Base):
    def test_a_profile_with_pictures_fields_and_defaults(self):
        before = self.ada.me()
        after = self.ada.account_update_credentials(
            display_name="Ada", note="Watches #kittiwakes", avatar=picture(), avatar_mime_type="image/png",
            header=picture(300, 100), header_mime_type="image/png", fields=[("Site", "https://example.org"), ("Cliff", "West")],
            discoverable=True, default_privacy="unlisted", default_language="en",
        )
        self.assertEqual((after.display_name, after.source.note), ("Ada", "Watches #kittiwakes"))
        self.assertEqual([field.name for field in after.fields], ["Site", "Cliff"])
        self.assertIn("https://example.org", after.fields[0].value)
        self.assertNotEqual(before.avatar, after.avatar)
        self.assertNotEqual(before.header, after.header)
        answer = requests.get(after.avatar, timeout=30)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.headers["Content-Type"].startswith("image/"))
        self.assertEqual(self.ada.preferences()["posting:default:visibility"], "unlisted")

    def test_a_file_that_is_no_picture_changes_nothing(self):
        before = self.ben.me().avatar
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            Path(file.name).write_bytes(b"\x89PNG\r\n\x1a\nnot at all")
            with self.assertRaises(MastodonAPIError):
                self.ben.account_update_credentials(avatar=file.name)
        self.assertEqual(self.ben.me().avatar, before)

    def test_accounts_are_found_by_the_beginning_of_their_name(self):
        name = self.ben.me().acct
        for query in (name[:6], f"@{name}", f"{name}@{HOST}"):
            self.assertIn(name, [account.acct for account in self.ada.account_search(query)])
        self.assertEqual([account.acct for account in self.ada.search(f"@{name}", result_type="accounts").accounts][0], name)
        self.assertEqual(self.ada.account_lookup(f"{name}@{HOST}").id, self.ben_id)


if __name__ == "__main__":
    unittest.main(verbosity=2)
