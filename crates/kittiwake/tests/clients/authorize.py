"""A person at a browser without scripts: signs in, allows an application, and reads the code.

Knows our pages only as a browser does: by their forms. It decides nothing and checks nothing but that it got through.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

SIGN_IN_NAMES = ("login", "identifier", "handle", "username", "email")


class Page(HTMLParser):
    """The forms of a page with their fields and buttons, and the code where there is one."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.code = None
        self._in_code = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.forms.append({"action": found.get("action", ""), "fields": {}, "buttons": [], "password": None})
        elif tag in ("input", "button") and self.forms:
            self._field(tag, found)
        if found.get("id") == "code":
            self.code = found.get("value") or self.code
            self._in_code = self.code is None

    def handle_data(self, data):
        if self._in_code:
            self.code = data.strip()
            self._in_code = False

    def _field(self, tag, found):
        form, name = self.forms[-1], found.get("name")
        if not name:
            return
        if tag == "button" or found.get("type") == "submit":
            form["buttons"].append((name, found.get("value", "")))
        else:
            form["fields"][name] = found.get("value", "")
            if found.get("type") == "password":
                form["password"] = name

    def form_with(self, condition):
        return next((form for form in self.forms if condition(form)), None)


class Person:
    """Somebody with an account, at a browser of their own."""

    def __init__(self, handle, password):
        self.handle, self.password = handle, password
        self.browser = requests.Session()

    def authorize(self, url, allow=True):
        """Follows the application's link, and gives back the code that the page or the last redirect carries."""
        answer = self.browser.get(url)
        for _ in range(4):
            page = Page(answer.text)
            if page.code:
                return page.code
            answer = self._send(answer, page, allow)
            if answer.is_redirect:
                return answer.headers["Location"]
        raise AssertionError(f"no code after signing in as {self.handle}: {answer.status_code} {answer.text[:2000]}")

    def _send(self, answer, page, allow):
        sign_in = page.form_with(lambda form: form["password"])
        if sign_in:
            fields = dict(sign_in["fields"])
            fields[next(name for name in SIGN_IN_NAMES if name in fields)] = self.handle
            fields[sign_in["password"]] = self.password
            return self._follow(answer, sign_in["action"], fields)
        decide = page.form_with(lambda form: any(name == "decision" for name, _ in form["buttons"]))
        assert decide, f"neither a sign-in form nor a decision at {answer.url}: {answer.status_code} {answer.text[:2000]}"
        words = [value for name, value in decide["buttons"] if name == "decision"]
        word = next(word for word in words if (word != "deny") == allow)
        return self._follow(answer, decide["action"], {**decide["fields"], "decision": word})

    def _follow(self, answer, action, fields):
        """Posts a form and follows redirects within the site; one that leaves it is handed back."""
        answer = self.browser.post(urljoin(answer.url, action), data=fields, allow_redirects=False)
        while answer.is_redirect:
            target = urljoin(answer.url, answer.headers["Location"])
            if not target.startswith(urljoin(answer.url, "/")):
                return answer
            answer = self.browser.get(target, allow_redirects=False)
        return answer
