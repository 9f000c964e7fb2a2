"""個人住民税の手続。一つの手続が一つのファイルで、データベースを読む口と書く口は別にある。

``intake``      届け物の行を課税資料にする
``converting``  報告書の項目を法令の事実の名にする
``linking``     名寄せ（自動）と、人の判断。``delivering`` は届け物を載せて結ぶ
``merging``     一人の資料を合わせて事実にする（取消し・訂正・前職分・申告の優先）
``facts``       台帳から法令への、ただ一つの扉
``parameters``  計算に使う定めの写し
``computing``   全員の計算
``instalments`` 期と月ごとの額
``posting``     調定の記帳
``roll``        課税台帳に書く・読む
``employers``   特別徴収義務者台帳
``switching``   特別徴収の異動（``switches`` 今のありさま、``switch_checks`` 断り）
``correcting``  月例更正の計算（``levied`` 読む、``remaking`` 変わる人、``collecting`` 一人の徴収、``midyear`` 期間）
``settling``    月例更正の確定
``dossier``     一人の一年度の全て（賦課・資料・個別の事項・通知・証明）
``usage``       資料がどう使われたか、使われるか
``sheet``       課税台帳の紙面の並び
``explaining``  一人の説明（計算し直し、行と違えば出さない）。``steps`` は一歩、``reasons`` は理由書
``declaring``   住民税申告の記録。``trial`` は試算、``contradictions`` が断ることを知る
``particulars`` 個別の事項
``certifying``  証明の交付。``certified`` は記載事項
``notifying``   誰に何を知らせるか（通知の計画）。``recipients`` は宛先、``wording`` は言葉
``notice_*``    通知を作る: values・decision・change・withholding（データ）、materials・drafting・making（下書きと組み）、
                orders（一括の仕事）、single（一通）、status（数と額）、bundles（束）
``gist``        ほかの業務へ渡す要点
``whatif``      定めを替えたもしもの計算。``adjusting`` は定めの値の読み書き、``model_people`` はモデルの家族
"""
