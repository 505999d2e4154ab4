"""Settings for every test."""

from hypothesis import settings

# A shared machine may be slow at any moment; that is not what a property is about.
settings.register_profile("cslearn", deadline=None)
settings.load_profile("cslearn")
