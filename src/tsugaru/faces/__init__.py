"""外に見せる面: web・cli・exchange・print・demo。"""
