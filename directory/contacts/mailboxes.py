"""Which e-mail addresses are one mailbox, so that one person with two accounts is seen as one."""

from directory.contacts.addresses import tidy_email
from directory.contacts.text import fold

# Where dots in the local part mean nothing, by the one name that we give the provider
# (https://support.google.com/mail/answer/7436150).
WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def mailbox(address: str) -> str:
    """What is the same for all addresses of one mailbox: without regard to capitals, to spaces, and
    to what follows a plus (subaddresses, RFC 5233). Empty for what is no address."""
    local, at, domain = fold(tidy_email(address)).replace(" ", "").rpartition("@")
    local = local.strip('"').partition("+")[0]
    domain = domain.rstrip(".")
    if domain in WITHOUT_DOTS:
        local, domain = local.replace(".", ""), WITHOUT_DOTS[domain]
    return f"{local}@{domain}" if at and local and domain else ""
