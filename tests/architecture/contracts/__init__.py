"""import-linter に足す契約。"""
