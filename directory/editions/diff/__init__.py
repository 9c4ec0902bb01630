"""What changed between two documents of a service, in words a person understands.

One pure function, `changes`; nothing here reads rows or knows who asks."""
