"""The files of `config/deploy`, with other paths: as a machine without root can try them."""

import os
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.environment import ROOT

DEPLOY = ROOT / "config" / "deploy"
HOST = "soporte.example.com"
# Where what stands in the template is in a folder of one's own.
PATHS = {
    "/etc/support-directory/tls": "tls",
    "/var/lib/support-directory": "lib",
    "/var/log/nginx": "log",
    "/var/cache/nginx": "cache",
    "/var/www/acme": "acme",
}
AROUND = """daemon off; pid {folder}/nginx.pid; error_log stderr crit;
worker_processes 1; events {{ worker_connections 512; }}
http {{
    include {mime_types}; default_type application/octet-stream;
    client_body_temp_path {folder}/cache/body; proxy_temp_path {folder}/cache/proxy;
    fastcgi_temp_path {folder}/cache/f; uwsgi_temp_path {folder}/cache/u;
    scgi_temp_path {folder}/cache/s;
    include {folder}/site.conf;
}}
"""


def program(name: str) -> str:
    """The path of a program that CI installs."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/sbin")
    assert found, f"{name} is missing; bash .ci/run installs it"
    return found


def free_port() -> int:
    """A port of this machine at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def template() -> str:
    """The site as it stands in the repository."""
    return (DEPLOY / "nginx" / "site.conf.template").read_text(encoding="utf-8")


def nginx_configuration(folder: Path, application: str, http: int, https: int) -> Path:
    """Fill in the site, beside a certificate of its own; return the file that nginx starts with."""
    text = template()
    for name, value in {
        "SERVER_NAME": HOST,
        "PUBLIC_URL": f"https://{HOST}:{https}",
        "APPLICATION": application,
        "HTTP_PORT": f"127.0.0.1:{http}",
        "HTTPS_PORT": f"127.0.0.1:{https}",
    }.items():
        text = text.replace(f"${{{name}}}", value)
    # The other lines are for IPv6, where an address would stand in the place of a port.
    text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
    for path, own in PATHS.items():
        (folder / own).mkdir(exist_ok=True)
        text = text.replace(path, str(folder / own))
    (folder / "site.conf").write_text(text, encoding="utf-8")
    _certificate(folder / "tls")
    mime_types = folder / "mime.types"
    mime_types.write_text("types { text/html html; text/css css; text/javascript js; }")
    start = folder / "nginx.conf"
    # Started by root, its workers would be somebody who cannot read this folder.
    user = "" if os.getuid() else "user root; "
    start.write_text(user + AROUND.format(folder=folder, mime_types=mime_types))
    return start


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
