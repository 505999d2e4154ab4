"""What a learner sees of the log: see :mod:`cslearn.exercises.shown.log_tables`."""

from cslearn.exercises.shown.log_tables import find_the_bottleneck as shown

__all__ = ["shown"]
