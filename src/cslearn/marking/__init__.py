"""From a folder of submissions to marks, feedback and a report. The only room that knows nbgrader."""
