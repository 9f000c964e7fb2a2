"""個人住民税の帳票（地方税法、同法施行規則、市町村の税条例）。

    tax_decision          税額決定・納税通知書（普通徴収・年金特別徴収）
    tax_change            税額変更（更正・減免）通知書
    withholding_employer  給与所得等に係る特別徴収税額の決定・変更通知書（特別徴収義務者用）
    withholding_employee  同（納税義務者用）
    income_certificate    所得証明書
    tax_certificate       課税（非課税）証明書
    reasons               この税額の理由（計算の跡）

金額は円の整数、ほかは刷る形の文字で渡す。帳票は表も時計も知らない。見本の作り方は docs/gyomu/kojin-notices.md。

まだ無いもの: 納付書（バーコードの規格を確かめていない）、圧着はがき、公示送達書、
特別徴収税額通知の電子データ（eLTAX）、標準仕様書の帳票の番号と一字一句の突き合わせ。
"""
