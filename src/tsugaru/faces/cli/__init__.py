"""`tsugaru` コマンド。"""
