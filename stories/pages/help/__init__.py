"""“Hướng dẫn”: what each role does here, task by task, inside the admin."""
