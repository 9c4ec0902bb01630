"""Services, their channels and contacts, as staff edit them and as customers read them."""
