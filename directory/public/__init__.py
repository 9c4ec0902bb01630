"""What customers get: pages, feeds, cards and files, all rendered from current editions."""
