"""組立て: settings・urls・wsgi。"""
