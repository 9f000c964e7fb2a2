"""訳した規則が呼ぶ、Python と同じ答えの割り算と、並びの外に出ない番号。

`floor_div`・`floor_mod` は負の数も床へ丸め、0 で割れば 0。`clamp` は並びの外の番号を初めの一つにする。
"""

道具 = """
define internal i64 @floor_div(i64 %a, i64 %b) alwaysinline nounwind {
entry:
  %none = icmp eq i64 %b, 0
  br i1 %none, label %zero, label %some
zero:
  ret i64 0
some:
  %minus = icmp eq i64 %b, -1
  br i1 %minus, label %negate, label %divide
negate:
  %opposite = sub i64 0, %a
  ret i64 %opposite
divide:
  %quotient = sdiv i64 %a, %b
  %product = mul i64 %quotient, %b
  %rest = sub i64 %a, %product
  %inexact = icmp ne i64 %rest, 0
  %signs = xor i64 %rest, %b
  %opposed = icmp slt i64 %signs, 0
  %lower = and i1 %inexact, %opposed
  %one = zext i1 %lower to i64
  %floor = sub i64 %quotient, %one
  ret i64 %floor
}
define internal i64 @floor_mod(i64 %a, i64 %b) alwaysinline nounwind {
entry:
  %quotient = call i64 @floor_div(i64 %a, i64 %b)
  %product = mul i64 %quotient, %b
  %rest = sub i64 %a, %product
  ret i64 %rest
}
define internal i64 @clamp(i64 %offset, i64 %first, i64 %end) alwaysinline nounwind {
entry:
  %place = add i64 %first, %offset
  %before = icmp slt i64 %offset, 0
  %after = icmp sge i64 %place, %end
  %outside = or i1 %before, %after
  %found = select i1 %outside, i64 %first, i64 %place
  ret i64 %found
}
"""
