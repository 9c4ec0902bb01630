"""The site: settings from the environment, addresses, middleware. No domain modules."""
