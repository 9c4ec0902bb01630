"""Which e-mail addresses are one mailbox, so that one person with two accounts is seen as one."""

from directory.contacts.addresses import tidy_email
from directory.contacts.text import fold

# Of providers that give one mailbox addresses at several domains: the one by which we call it, and
# the characters of the local part that mean nothing there (https://support.google.com/mail/answer/7436150,
# https://support.apple.com/102547, https://proton.me/support/addresses-and-aliases).
PROVIDERS = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), ("gmail.com", ".")),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), ("icloud.com", "")),
    **dict.fromkeys(
        ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"), ("proton.me", ".-_")
    ),
}


def mailbox(address: str) -> str:
    """What is the same for all addresses of one mailbox: without regard to capitals, to spaces, and
    to what follows a plus (subaddresses, RFC 5233). Empty for what is no address."""
    local, at, domain = fold(tidy_email(address)).replace(" ", "").rpartition("@")
    local = local.strip('"').partition("+")[0]
    domain = domain.rstrip(".")
    domain, ignored = PROVIDERS.get(domain, (domain, ""))
    local = "".join(each for each in local if each not in ignored)
    return f"{local}@{domain}" if at and local and domain else ""
