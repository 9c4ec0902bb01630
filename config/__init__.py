"""The site: settings from the environment, addresses, middleware, servers, translations.

No domain modules, except that `admin_site` and `urls` lead to the pages of `directory`.
"""
