"""Which requests ask something whose answer may be kept, and that nobody puts something into it."""

import pytest

from directory.rendered.questions import Questions
from tests.directory.rendered.asking import Server

PAGE = "/servicios/mesa/"


@pytest.fixture(autouse=True)
def _host(settings):
    settings.ALLOWED_HOSTS = ["testserver", ".example.com"]


def environ(target, method="GET", **others):
    path, _mark, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        **others,
    }


def read(target, **others):
    return Questions().read(environ(target, **others))


@pytest.mark.parametrize(
    "target",
    [
        "//", "//servicios/mesa/", "/servicios//mesa/", "/servicios/mesa", "/servicios/mesa;x/",
        "/servicios/mesa/;x", "/servicios/mesa/\x00", "/servicios/me sa/", "/servicios/mesa/../",
        "/servicios/./mesa/", "/servicios/mésa/", "/servicios/mes\u0131/", "/SERVICIOS/mesa/",
        "/es/servicios/mesa/", "http://testserver/servicios/mesa/", "*", "", "/servicios/",
        "/servicios/mesa/\n", "/api/v1/services/mesa", "/api/v1/services/mesa/now",
        "/servicios/a/b/", "/servicios/mesa/nada/", "/admin/", "/healthz", "/readyz",
        "/servicios/mesa/avisar/", "/servicios/mesa/ediciones/1/",
    ],
)  # fmt: skip
def test_no_other_path_is_a_question(target):
    assert read(target) is None


@pytest.mark.parametrize(
    "query",
    [
        "q=mesa", "at=2026-11-23T08:00:00Z", "utm_source=x", "request_type=", "request_type",
        "request_type=a&request_type=a", "request_type=a&solicitud=a", "request_type=a&",
        "&request_type=a", "request_type=%61", "request_type=a+b", "request_type=a;x=1",
        "request_type=<script>", "request_type=\u00e1", "request_type=a%00", "REQUEST_TYPE=a",
        "request_type[]=a", "request_type=" + "a" * 101, "request_type=a=b", "page=1", "lang=es",
        "theme=dark", "request_type=\uff41",
    ],
)  # fmt: skip
def test_no_other_parameter_is_part_of_one(query):
    assert read(f"{PAGE}?{query}") is None


@pytest.mark.parametrize("page", ["0", "-1", "01", "1.0", "x", "٣", "1234567", "last", ""])
def test_a_page_is_a_number(page):
    assert read(f"/?page={page}") is None


@pytest.mark.parametrize("lang", ["xx", "ES", "es-CO", ""])
def test_a_language_is_one_of_the_site(lang):
    assert read(f"/api/v1/services/mesa/?lang={lang}") is None


@pytest.mark.parametrize(
    "others",
    [
        {"method": "POST"}, {"method": "OPTIONS"}, {"method": "get"}, {"method": "PURGE"},
        {"CONTENT_LENGTH": "3"}, {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_HOST": "evil.test"}, {"HTTP_HOST": ""}, {"HTTP_HOST": "testserver:80:80"},
        {"HTTP_HOST": "testserver@evil.test"}, {"HTTP_HOST": "testserver/evil"},
        {"HTTP_HOST": "testserver\t"}, {"HTTP_HOST": "a" * 300 + ".example.com"},
    ],
)  # fmt: skip
def test_who_asks_otherwise_or_at_another_host_asks_django(others):
    assert read(PAGE, **others) is None


def test_a_question_is_scheme_host_path_and_parameters_in_one_spelling(settings):
    asked = read(f"{PAGE}tarjeta/?theme=dark&solicitud=Queja_Grave", HTTP_HOST="A.example.com:81")
    query = "request_type=queja-grave&theme=dark"
    assert asked == ("http", "a.example.com:81", f"{PAGE}tarjeta/", query, "mesa", False)


def test_with_a_public_url_no_answer_depends_on_the_host(settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    hosts = ["testserver", "a.example.com", "b.example.com:8443"]
    assert len({read(PAGE, HTTP_HOST=host) for host in hosts}) == 1


@pytest.mark.parametrize(
    ("behind_proxy", "said", "scheme"),
    [
        (False, "https", "http"), (True, "https", "https"), (True, "http", "http"),
        (True, "https, http", "https"), (True, "HTTPS", "http"), (True, "", "http"),
    ],
)  # fmt: skip
def test_a_header_says_the_scheme_behind_a_proxy_alone(settings, behind_proxy, said, scheme):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    assert read(PAGE, HTTP_X_FORWARDED_PROTO=said).scheme == scheme


def test_what_is_led_on_to_https_is_no_question(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert read(PAGE) is None
    assert read(PAGE, **{"wsgi.url_scheme": "https"}).scheme == "https"


POISON = [
    {"x_forwarded_host": "evil.test"},
    {"x_forwarded_proto": "https"},
    {"x_forwarded_for": "203.0.113.9"},
    {"forwarded": "host=evil.test;proto=https"},
    {"x_original_url": "/admin/", "x_rewrite_url": "/admin/"},
    {"cookie": "sessionid=x; django_language=en; csrftoken=y"},
    {"accept_language": "en", "accept": "application/json"},
    {"user_agent": "<script>evil()</script>", "referer": "https://evil.test/"},
    {"authorization": "Basic eDp5"},
    {"range": "bytes=0-9", "if_range": '"x"'},
    {"x_http_method_override": "POST"},
    {"accept_encoding": "gzip"},
    {"if_none_match": "*"},
    {"if_modified_since": "Mon, 23 Nov 2099 08:00:00 GMT"},
    {"x_request_id": "evil-request-id"},
    {"origin": "https://evil.test"},
]


@pytest.mark.parametrize("headers", POISON)
@pytest.mark.parametrize("target", [PAGE, "/", "/api/v1/services/mesa/"])
def test_nothing_that_one_sends_is_in_what_others_are_given(desk, target, headers):
    plain, poisoned = Server(), Server()
    clean = plain.get(target)
    poisoned.get(target, **headers)
    given = poisoned.get(target)
    assert len(poisoned.renders) == 1
    assert given.body == clean.body
    own = {"X-Request-ID"}
    assert {k: v for k, v in given.headers.items() if k not in own} == {
        k: v for k, v in clean.headers.items() if k not in own
    }


def test_django_is_asked_with_the_question_alone(desk):
    server = Server()
    target = f"{PAGE}?solicitud=INCIDENTE_critico"
    headers = {name: value for each in POISON for name, value in each.items()}
    assert "if_none_match" in headers
    server.get(target, **headers)
    (asked,) = server.renders
    said = {name: value for name, value in asked.items() if not name.startswith("wsgi.")}
    assert said.pop("config.request_id")
    assert said == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": PAGE,
        "QUERY_STRING": "request_type=incidente-critico",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
    }


def test_an_unknown_host_is_refused_and_fills_no_memory(desk):
    server = Server()
    assert server.get(PAGE, environ={"HTTP_HOST": "evil.test"}).status == 400
    assert len(server.serving.memory) == 0
    assert "evil.test" not in server.get(PAGE).text


def test_each_host_has_its_own_answer_where_addresses_begin_with_it(desk, settings):
    server = Server()
    given = [server.get(PAGE, environ={"HTTP_HOST": host}).text
             for host in ("a.example.com", "b.example.com", "a.example.com")]  # fmt: skip
    assert ["a.example.com" in each for each in given] == [True, False, True]
    assert len(server.renders) == 2


def test_a_secure_answer_is_not_given_to_who_asks_in_the_clear(desk, settings):
    settings.SECURE_HSTS_SECONDS = 60
    server = Server()
    given = [server.get(PAGE, environ={"wsgi.url_scheme": scheme}).headers
             for scheme in ("https", "http", "https")]  # fmt: skip
    assert ["Strict-Transport-Security" in each for each in given] == [True, False, True]
