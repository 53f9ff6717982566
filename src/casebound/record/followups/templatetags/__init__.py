"""Duties in words, for every page that shows one."""
