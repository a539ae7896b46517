"""What the server renders of each page, from the answers of the documents that the page's script uses too.

The values are those of the templates in server/templates/. Both have the texts of the components in web/src/, so that
nothing moves when the script takes over; tests/clients/test_server_rendering.py compares them in a browser.
"""
