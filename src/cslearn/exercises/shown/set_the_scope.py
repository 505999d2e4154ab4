"""What a learner sees of the scope: see :mod:`cslearn.exercises.shown.log_tables`."""

from cslearn.exercises.shown.log_tables import set_the_scope as shown

__all__ = ["shown"]
