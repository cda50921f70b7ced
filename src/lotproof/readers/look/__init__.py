"""``reference.docx``: the look of a house, read from a Word file as data. No part of the file goes on into another one."""
