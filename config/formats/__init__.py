"""How times are written in the back office and with editions: as people say them, "7:00 a.m.".

One package a language, as Django's FORMAT_MODULE_PATH wants it; nothing else belongs here.
"""
