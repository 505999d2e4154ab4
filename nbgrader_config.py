"""nbgrader's settings for a cslearn class folder.

`cslearn release` copies this file into the class folder, so that `nbgrader autograde`,
`nbgrader export`, `nbgrader generate_feedback` and formgrader work there as they are.
"""

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor, TagRemovePreprocessor
from nbgrader.preprocessors import GetGrades

from cslearn.marking.classroom import stock_settings

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "cslearn"

# class.yml says it once for both: where the gradebook is, and what late work costs.
chosen = stock_settings(Path(__file__).parent)
if "db_url" in chosen:
    c.CourseDirectory.db_url = chosen["db_url"]
c.LateSubmissionPlugin.penalty_method = chosen.get("penalty_method", "none")

# nbgrader's own stub raises NotImplementedError, which no manager should ever meet. An answer
# cell keeps its starter; only what stands between the solution marks goes.
c.ClearSolutions.code_stub = {"python": "# Replace each None above with your own entry."}
c.ClearSolutions.text_stub = "Write your answer here, in your own words."

# Prose cells are locked by the exercise file where they have to be; learners may add cells.
c.LockCells.lock_all_cells = False

# What stands for the tutor above a written answer is no part of a learner's feedback. The
# setting is for feedback alone: formgrader shows those cells.
c.GenerateFeedback.preprocessors = [GetGrades, TagRemovePreprocessor, CSSHTMLHeaderPreprocessor]
c.GenerateFeedback.HTMLExporter.TagRemovePreprocessor.enabled = True
c.GenerateFeedback.HTMLExporter.TagRemovePreprocessor.remove_cell_tags = {"for-the-tutor"}
