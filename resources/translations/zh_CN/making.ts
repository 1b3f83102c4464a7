<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dock</name>
    <message>
        <source>Inquiries</source>
        <translation>询价应答</translation>
    </message>
    <message>
        <source>Obligations</source>
        <translation>义务看板</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Answer an inquiry</source>
        <translation>应答询价</translation>
    </message>
    <message>
        <source>Answer both sides</source>
        <translation>应答双边</translation>
    </message>
    <message>
        <source>Decline: it counts as not answered</source>
        <translation>不应答：计为未应答</translation>
    </message>
    <message>
        <source>Go to the obligation dashboard</source>
        <translation>转到义务看板</translation>
    </message>
    <message>
        <source>Market making layout</source>
        <translation>做市布局</translation>
    </message>
    <message>
        <source>On the obligation dashboard</source>
        <translation>义务看板中</translation>
    </message>
    <message>
        <source>One tick wider</source>
        <translation>放宽一档</translation>
    </message>
    <message>
        <source>Open the order ticket</source>
        <translation>打开下单</translation>
    </message>
    <message>
        <source>Quote both sides as wide as allowed</source>
        <translation>按上限补双边报价</translation>
    </message>
    <message>
        <source>When answering an inquiry</source>
        <translation>应答询价时</translation>
    </message>
    <message>
        <source>Widen my quote to what is allowed</source>
        <translation>把我的报价放宽至上限</translation>
    </message>
    <message>
        <source>Pause until a time, change or end the pause</source>
        <translation>暂停至某时刻，或更改、结束暂停</translation>
    </message>
    <message>
        <source>End the pause now</source>
        <translation>立即结束暂停</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Making</source>
        <translation>做市</translation>
    </message>
</context>
<context>
    <name>inquiries</name>
    <message>
        <source>Waits for the counter to tell what kind of account this is</source>
        <translation>等待柜台告知账户类型</translation>
    </message>
    <message>
        <source>Answer both sides  ↵</source>
        <translation>应答双边  ↵</translation>
    </message>
    <message>
        <source>Answer within {limit} s · keep at least {hold} s</source>
        <translation>应答时限 {limit} 秒 · 最短保留 {hold} 秒</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>今日应答</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>卖价</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>买价</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Curve IV</source>
        <translation>曲线 IV</translation>
    </message>
    <message>
        <source>Decline  X</source>
        <translation>不应答  X</translation>
    </message>
    <message>
        <source>Fill in {part} of the allowed width</source>
        <translation>按允许宽度的 {part} 填入</translation>
    </message>
    <message>
        <source>Give no answer: it counts as not answered</source>
        <translation>不给报价：计为未应答</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Held s</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Inquiries are answered by market makers; this account is none.</source>
        <translation>询价由做市商应答，本账户不是做市商。</translation>
    </message>
    <message>
        <source>No inquiries are known yet: the day's list has not come.</source>
        <translation>当日合约清单尚未到达，还没有询价。</translation>
    </message>
    <message>
        <source>No inquiry waits</source>
        <translation>没有待答的询价</translation>
    </message>
    <message>
        <source>One tick wider, up to what is allowed</source>
        <translation>放宽一档，不超过上限</translation>
    </message>
    <message>
        <source>Part of the allowed width</source>
        <translation>占允许宽度</translation>
    </message>
    <message>
        <source>Response seconds, 0 to {limit}; later ones in red</source>
        <translation>响应秒数，0 至 {limit}；超时为红色</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Sent: the venue's word is awaited</source>
        <translation>已发出，等待交易所确认</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>买×卖</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>The newest one comes here, pre-filled within the terms</source>
        <translation>最新的询价显示在这里，并按条款预填</translation>
    </message>
    <message>
        <source>The venue's answer: this quote does not count</source>
        <translation>交易所已答复：该报价不算有效</translation>
    </message>
    <message>
        <source>Theo</source>
        <translation>理论</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Today {answered} / {asked} · median {seconds} s</source>
        <translation>今日 {answered} / {asked} · 中位 {seconds} 秒</translation>
    </message>
    <message>
        <source>Widen  W</source>
        <translation>放宽一档  W</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>answered in {seconds} s</source>
        <translation>{seconds} 秒应答</translation>
    </message>
    <message>
        <source>late: answered in {seconds} s</source>
        <translation>超时：{seconds} 秒应答</translation>
    </message>
    <message>
        <source>bought {count}</source>
        <translation>成交买 {count}</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>came {time}</source>
        <translation>收到 {time}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>不应答</translation>
    </message>
    <message>
        <source>declined: counts as not answered in {seconds} s</source>
        <translation>已选不应答：{seconds} 秒后计为未应答</translation>
    </message>
    <message>
        <source>keep it {seconds} s more</source>
        <translation>再保留 {seconds} 秒可撤</translation>
    </message>
    <message>
        <source>may be withdrawn</source>
        <translation>可以撤回</translation>
    </message>
    <message>
        <source>not owed</source>
        <translation>无义务</translation>
    </message>
    <message>
        <source>no size named</source>
        <translation>未注明数量</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>s to answer</source>
        <translation>秒内应答</translation>
    </message>
    <message>
        <source>sold {count}</source>
        <translation>成交卖 {count}</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>保留中</translation>
    </message>
    <message>
        <source>waits for an answer, {seconds} s left</source>
        <translation>待应答，剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>withdrawn too soon</source>
        <translation>过早撤回</translation>
    </message>
    <message>
        <source>{contract} declined: it counts as not answered; take it up again while its time lasts.</source>
        <translation>{contract} 不应答：计为未应答；时限之内仍可接管。</translation>
    </message>
    <message>
        <source>{contract}: being taken out</source>
        <translation>{contract}：正在撤下</translation>
    </message>
    <message>
        <source>{count} asked for</source>
        <translation>询 {count} 张</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>✓ Within the terms and the desk's limits</source>
        <translation>✓ 合规，且在本台限额之内</translation>
    </message>
    <message>
        <source>✕ Two prices and two sizes are needed</source>
        <translation>✕ 须有两个价格和两个数量</translation>
    </message>
    <message>
        <source>Ticks</source>
        <translation>跳</translation>
    </message>
    <message>
        <source>Volatility</source>
        <translation>波动率</translation>
    </message>
    <message>
        <source>Obligation</source>
        <translation>义务</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>|Δ| from</source>
        <translation>|Δ| 自</translation>
    </message>
    <message>
        <source>|Δ| to</source>
        <translation>|Δ| 至</translation>
    </message>
    <message>
        <source>Days from</source>
        <translation>天数自</translation>
    </message>
    <message>
        <source>Days to</source>
        <translation>天数至</translation>
    </message>
    <message>
        <source>Asked from</source>
        <translation>询量自</translation>
    </message>
    <message>
        <source>Asked to</source>
        <translation>询量至</translation>
    </message>
    <message>
        <source>Width rule</source>
        <translation>价差方式</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>价差</translation>
    </message>
    <message>
        <source>Delay, s</source>
        <translation>延迟，秒</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Width/allowed</source>
        <translation>价差/允许</translation>
    </message>
    <message>
        <source>A rule that is off is passed over</source>
        <translation>停用的规则跳过</translation>
    </message>
    <message>
        <source>Moneyness: delta of a share, its sign aside, 0 to 1</source>
        <translation>虚实程度：每份 Delta 的绝对值，0 至 1</translation>
    </message>
    <message>
        <source>Calendar days to expiry, 0 on the day itself</source>
        <translation>距到期自然日，到期日当天为 0</translation>
    </message>
    <message>
        <source>Contracts asked for; an inquiry without a size counts as 0</source>
        <translation>询价张数；未给出数量的询价按 0 计</translation>
    </message>
    <message>
        <source>Contracts asked for; what asks for more is left to a person</source>
        <translation>询价张数；超过的留给人工</translation>
    </message>
    <message>
        <source>What the width is counted in</source>
        <translation>价差的计量方式</translation>
    </message>
    <message>
        <source>Half the spread in ticks or volatility points; a share of the allowed spread</source>
        <translation>半价差，单位为跳或波动率点；或允许价差的比例</translation>
    </message>
    <message>
        <source>Contracts on each side</source>
        <translation>每侧张数</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>rule {number}</source>
        <translation>规则 {number}</translation>
    </message>
    <message>
        <source>our quote stood</source>
        <translation>已有报价在场</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>no rule fits</source>
        <translation>无适用规则</translation>
    </message>
    <message>
        <source>no sound price</source>
        <translation>无可靠价格</translation>
    </message>
    <message>
        <source>no allowed width known</source>
        <translation>允许价差未知</translation>
    </message>
    <message>
        <source>would be alone</source>
        <translation>将独占最优</translation>
    </message>
    <message>
        <source>too wide behind the others</source>
        <translation>跟随他人则过宽</translation>
    </message>
    <message>
        <source>no room in the price limits</source>
        <translation>涨跌停内无空间</translation>
    </message>
    <message>
        <source>held back by the gate</source>
        <translation>被闸门拦下</translation>
    </message>
    <message>
        <source>{what} · rule {number}: {rule}</source>
        <translation>{what} · 规则 {number}：{rule}</translation>
    </message>
    <message>
        <source>|Δ| {least_delta}–{most_delta}, {least_days}–{most_days} days, asked {least}–{most}: {width} × {size}</source>
        <translation>|Δ| {least_delta}–{most_delta}，{least_days}–{most_days} 天，询量 {least}–{most}：{width} × {size}</translation>
    </message>
    <message>
        <source>■ Stop answering</source>
        <translation>■ 停止应答</translation>
    </message>
    <message>
        <source>▶ Answer by rule</source>
        <translation>▶ 按规则应答</translation>
    </message>
    <message>
        <source>answered {answered} · stood {stood} · left to a person {left}</source>
        <translation>已应答 {answered} · 在场 {stood} · 留给人工 {left}</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Automatic answers</source>
        <translation>自动应答</translation>
    </message>
    <message>
        <source>Never alone on top</source>
        <translation>不独占最优</translation>
    </message>
    <message>
        <source>Never better than the best of the others; where nobody else quotes a side it is left to a person</source>
        <translation>价格绝不优于他人最优；某侧无他人报价时留给人工</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Try it earlier: the first rule that fits decides</source>
        <translation>提前：首条适用的规则生效</translation>
    </message>
    <message>
        <source>Try it later: the first rule that fits decides</source>
        <translation>推后：首条适用的规则生效</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What was staged for {underlying} is dropped</source>
        <translation>{underlying} 的未应用修改已放弃</translation>
    </message>
    <message>
        <source>staged</source>
        <translation>待应用</translation>
    </message>
    <message>
        <source>Automatic answers: {count} on…</source>
        <translation>自动应答：{count} 个开启…</translation>
    </message>
    <message>
        <source>Automatic answers: off…</source>
        <translation>自动应答：关闭…</translation>
    </message>
</context>
<context>
    <name>two_sided</name>
    <message>
        <source>Ask fills</source>
        <translation>卖边成交后</translation>
    </message>
    <message>
        <source>Bid fills</source>
        <translation>买边成交后</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>If both sides fill</source>
        <translation>若双边各成交</translation>
    </message>
    <message>
        <source>My ask</source>
        <translation>我的卖</translation>
    </message>
    <message>
        <source>My bid</source>
        <translation>我的买</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Width {ticks} ticks</source>
        <translation>宽 {ticks} 跳</translation>
    </message>
    <message>
        <source>allowed {ticks}</source>
        <translation>上限 {ticks} 跳</translation>
    </message>
    <message>
        <source>edge {money}</source>
        <translation>优势 {money} 元</translation>
    </message>
    <message>
        <source>size ≥ {least}</source>
        <translation>量 ≥ {least}</translation>
    </message>
    <message>
        <source>{ticks} ticks</source>
        <translation>{ticks} 跳</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>优势</translation>
    </message>
</context>
<context>
    <name>obligations</name>
    <message>
        <source>Waits for the counter to tell what kind of account this is</source>
        <translation>等待柜台告知账户类型</translation>
    </message>
    <message>
        <source>{contract}: our quote lies there already, or none is owed</source>
        <translation>{contract}：已有我的报价在市，或该合约无报价义务</translation>
    </message>
    <message>
        <source>{contract}: no quote of ours lies there that could be widened</source>
        <translation>{contract}：没有我的报价在市，无从放宽</translation>
    </message>
    <message>
        <source>{contract}: no quote of ours lies there that could be paused</source>
        <translation>{contract}：没有我的报价在市，无从暂停</translation>
    </message>
    <message>
        <source>{contract}: is not paused</source>
        <translation>{contract}：未暂停</translation>
    </message>
    <message>
        <source>{count} contracts</source>
        <translation>{count} 个合约</translation>
    </message>
    <message>
        <source>it holds if they are back within {time}</source>
        <translation>若在 {time} 内恢复报价则仍达标</translation>
    </message>
    <message>
        <source>{english}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>生效日</translation>
    </message>
    <message>
        <source>A month is near below so many calendar days</source>
        <translation>自然日少于此数为近月</translation>
    </message>
    <message>
        <source>Phases that count: opening_auction, continuous, closing_auction</source>
        <translation>计入的时段：opening_auction, continuous, closing_auction</translation>
    </message>
    <message>
        <source>Band {n}: bids below, yuan</source>
        <translation>第 {n} 档：买价低于 元</translation>
    </message>
    <message>
        <source>Band {n}, near month: widest spread, part of the bid</source>
        <translation>第 {n} 档 近月：最大价差，占买价比例</translation>
    </message>
    <message>
        <source>Band {n}, near month: widest spread, yuan</source>
        <translation>第 {n} 档 近月：最大价差 元</translation>
    </message>
    <message>
        <source>Band {n}, near month: widest spread, ticks</source>
        <translation>第 {n} 档 近月：最大价差 最小变动价位数</translation>
    </message>
    <message>
        <source>Band {n}, near month: widest spread, yuan per delta</source>
        <translation>第 {n} 档 近月：最大价差 元/Delta</translation>
    </message>
    <message>
        <source>Band {n}, near month: must be smaller than that</source>
        <translation>第 {n} 档 近月：须小于该值</translation>
    </message>
    <message>
        <source>Band {n}, later month: widest spread, part of the bid</source>
        <translation>第 {n} 档 远月：最大价差，占买价比例</translation>
    </message>
    <message>
        <source>Band {n}, later month: widest spread, yuan</source>
        <translation>第 {n} 档 远月：最大价差 元</translation>
    </message>
    <message>
        <source>Band {n}, later month: widest spread, ticks</source>
        <translation>第 {n} 档 远月：最大价差 最小变动价位数</translation>
    </message>
    <message>
        <source>Band {n}, later month: widest spread, yuan per delta</source>
        <translation>第 {n} 档 远月：最大价差 元/Delta</translation>
    </message>
    <message>
        <source>Band {n}, later month: must be smaller than that</source>
        <translation>第 {n} 档 远月：须小于该值</translation>
    </message>
    <message>
        <source>Smallest size, near month, contracts</source>
        <translation>最小报价数量，近月 张</translation>
    </message>
    <message>
        <source>Smallest size, later month, contracts</source>
        <translation>最小报价数量，远月 张</translation>
    </message>
    <message>
        <source>Participation rate of a contract</source>
        <translation>单合约参与率</translation>
    </message>
    <message>
        <source>Contract rate, part of the obliged ones</source>
        <translation>合约率，占义务合约比例</translation>
    </message>
    <message>
        <source>Contract rate, number of contracts</source>
        <translation>合约率，合约个数</translation>
    </message>
    <message>
        <source>Grace after a fill, seconds</source>
        <translation>成交后宽限 秒</translation>
    </message>
    <message>
        <source>Longest time to answer an inquiry, seconds</source>
        <translation>回应最长时限 秒</translation>
    </message>
    <message>
        <source>Shortest time an answer stays, seconds</source>
        <translation>回应最短保留 秒</translation>
    </message>
    <message>
        <source>Part of the inquiries to answer</source>
        <translation>最低回应比例</translation>
    </message>
    <message>
        <source>Between two inquiries for one contract, seconds</source>
        <translation>同一合约询价间隔 秒</translation>
    </message>
    <message>
        <source>Adjusted contracts are obliged</source>
        <translation>调整合约有义务</translation>
    </message>
    <message>
        <source>Contracts that expire today are obliged</source>
        <translation>当日到期合约有义务</translation>
    </message>
    <message>
        <source>Nearest months obliged; blank for all</source>
        <translation>有义务的最近月份数；空为全部</translation>
    </message>
    <message>
        <source>Quarter months behind them; blank for all</source>
        <translation>其后的季月数；空为全部</translation>
    </message>
    <message>
        <source>Strikes out of the money obliged; blank for all</source>
        <translation>有义务的虚值档数；空为全部</translation>
    </message>
    <message>
        <source>Strikes in the money obliged; blank for all</source>
        <translation>有义务的实值档数；空为全部</translation>
    </message>
    <message>
        <source>Exempt while the best bid is at limit-up</source>
        <translation>最优买价涨停时豁免</translation>
    </message>
    <message>
        <source>Exempt while the best ask is at limit-down</source>
        <translation>最优卖价跌停时豁免</translation>
    </message>
    <message>
        <source>Exempt during a halt</source>
        <translation>停牌时豁免</translation>
    </message>
    <message>
        <source>Exempt during a volatility interruption</source>
        <translation>熔断时豁免</translation>
    </message>
    <message>
        <source>Exempt while opening is restricted</source>
        <translation>限开仓时豁免</translation>
    </message>
    <message>
        <source>Exempt while the venue fails</source>
        <translation>交易所故障时豁免</translation>
    </message>
    <message>
        <source>Exempt while a person has exempted it by hand</source>
        <translation>手工豁免期间豁免</translation>
    </message>
    <message>
        <source>Exempt outside a range of delta</source>
        <translation>Delta 区间外豁免</translation>
    </message>
    <message>
        <source>The range's low end, absolute delta</source>
        <translation>区间下限，Delta 绝对值</translation>
    </message>
    <message>
        <source>The range's high end, absolute delta</source>
        <translation>区间上限，Delta 绝对值</translation>
    </message>
    <message>
        <source>Score: part of participation</source>
        <translation>评分：参与率权重</translation>
    </message>
    <message>
        <source>Score: part of the spread</source>
        <translation>评分：价差权重</translation>
    </message>
    <message>
        <source>Score: part of the size</source>
        <translation>评分：数量权重</translation>
    </message>
    <message>
        <source>Score: part of the inquiries</source>
        <translation>评分：询价权重</translation>
    </message>
    <message>
        <source>Size for its whole part, times the smallest</source>
        <translation>数量得满分的倍数</translation>
    </message>
    <message>
        <source>{name} is kept</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>{name} counts from the next start of the desk</source>
        <translation>{name} 自下次启动生效</translation>
    </message>
    <message>
        <source>my own, named</source>
        <translation>另存为自定义</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Use from the next start</source>
        <translation>下次启动生效</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>+ band</source>
        <translation>+ 档</translation>
    </message>
    <message>
        <source>− band</source>
        <translation>− 档</translation>
    </message>
    <message>
        <source>Obligation terms</source>
        <translation>义务条款</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>当前生效</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source> · the line is down: figures stand still</source>
        <translation> · 断线中，数字不再变动</translation>
    </message>
    <message>
        <source>A general market maker owes answers to inquiries and no quoting time.</source>
        <translation>一般做市商只须应答询价，没有持续报价义务。</translation>
    </message>
    <message>
        <source>All on one page (HTML)</source>
        <translation>全部（HTML 网页）</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>At the earliest</source>
        <translation>最早失守</translation>
    </message>
    <message>
        <source>Both sides</source>
        <translation>双边</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Contract rate</source>
        <translation>合约覆盖率</translation>
    </message>
    <message>
        <source>Count today again under other terms</source>
        <translation>按其他条款重算今日</translation>
    </message>
    <message>
        <source>Counting today under {title} …</source>
        <translation>正在按 {title} 重算今日……</translation>
    </message>
    <message>
        <source>Days before today</source>
        <translation>今日之前天数</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>义务</translation>
    </message>
    <message>
        <source>Excused</source>
        <translation>成交宽限</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>豁免</translation>
    </message>
    <message>
        <source>Export evidence ▾</source>
        <translation>证据链导出 ▾</translation>
    </message>
    <message>
        <source>Fails at</source>
        <translation>若不处理，失守于</translation>
    </message>
    <message>
        <source>First to fail</source>
        <translation>最先失守</translation>
    </message>
    <message>
        <source>Inquiries answered</source>
        <translation>询价应答</translation>
    </message>
    <message>
        <source>Keep quoting</source>
        <translation>继续报价</translation>
    </message>
    <message>
        <source>May still be lost</source>
        <translation>还可失守</translation>
    </message>
    <message>
        <source>Month to date</source>
        <translation>本月至今</translation>
    </message>
    <message>
        <source>Not owed now</source>
        <translation>此时无义务</translation>
    </message>
    <message>
        <source>Nothing is owed yet: the day's list has not come, or no contract lies in the scope of the terms.</source>
        <translation>尚无义务：当日合约清单未到，或没有合约在条款范围内。</translation>
    </message>
    <message>
        <source>Obligations</source>
        <translation>做市义务</translation>
    </message>
    <message>
        <source>Obligations: participation {part}, {counts}</source>
        <translation>做市义务：参与率 {part}，{counts}</translation>
    </message>
    <message>
        <source>Obliged contracts</source>
        <translation>义务合约</translation>
    </message>
    <message>
        <source>Obliged contracts by slack: first to fail on top</source>
        <translation>义务合约 · 按余量升序：先失守的在最上</translation>
    </message>
    <message>
        <source>Participation today</source>
        <translation>今日参与率</translation>
    </message>
    <message>
        <source>Re-score ▾</source>
        <translation>按其他条款重算 ▾</translation>
    </message>
    <message>
        <source>Score today</source>
        <translation>今日评分</translation>
    </message>
    <message>
        <source>Shortest / hold</source>
        <translation>最短保留 / 要求</translation>
    </message>
    <message>
        <source>Slowest / limit</source>
        <translation>最长 / 时限</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>撤下</translation>
    </message>
    <message>
        <source>Take out {contract}?</source>
        <translation>撤下 {contract}？</translation>
    </message>
    <message>
        <source>Terms: {title} · counted by the exchange's acknowledgements{state}</source>
        <translation>条款：{title} · 按交易所回报时间计{state}</translation>
    </message>
    <message>
        <source>The journal has nothing of today yet</source>
        <translation>日志里还没有今日的记录</translation>
    </message>
    <message>
        <source>This account is no market maker's: it owes no quotes and no answers.</source>
        <translation>本账户不是做市商：没有报价和应答义务。</translation>
    </message>
    <message>
        <source>asked ≥ {rate}</source>
        <translation>要求 ≥ {rate}</translation>
    </message>
    <message>
        <source>contracts that reach theirs: {after}, asked {required}</source>
        <translation>可达标合约 {after} 个，要求 {required} 个</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>已失守</translation>
    </message>
    <message>
        <source>{contract}: stays, it answers an inquiry</source>
        <translation>{contract}：正在回应询价，未满最短保留时间，暂不撤</translation>
    </message>
    <message>
        <source>it answers an inquiry for {seconds} s more</source>
        <translation>它是询价应答，还须保留 {seconds} 秒</translation>
    </message>
    <message>
        <source>its participation is lost after {time}</source>
        <translation>{time} 之后失守</translation>
    </message>
    <message>
        <source>lost for today</source>
        <translation>今日已无法达标</translation>
    </message>
    <message>
        <source>median {seconds} s</source>
        <translation>中位 {seconds} 秒</translation>
    </message>
    <message>
        <source>reached so far</source>
        <translation>目前已达标</translation>
    </message>
    <message>
        <source>reached whatever comes</source>
        <translation>无论如何都能达标</translation>
    </message>
    <message>
        <source>the contract rate breaks with it</source>
        <translation>覆盖率将随之失守</translation>
    </message>
    <message>
        <source>{contract}: no price to quote around</source>
        <translation>{contract}：没有可依据的价格</translation>
    </message>
    <message>
        <source>{contract}: sent {bid} / {ask}, {size} each side</source>
        <translation>{contract}：已发出 {bid} / {ask}，每边 {size} 张</translation>
    </message>
    <message>
        <source>{title}: score {score} (in force {mine}) · contract rate {rate} · {reachable} of {count} can reach theirs, asked {required}</source>
        <translation>{title}：评分 {score}（现行 {mine}）· 覆盖率 {rate} · {count} 个合约中 {reachable} 个可达标，要求 {required} 个</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>My bid</source>
        <translation>我的买</translation>
    </message>
    <message>
        <source>My ask</source>
        <translation>我的卖</translation>
    </message>
    <message>
        <source>Size / min</source>
        <translation>量 / 最小</translation>
    </message>
    <message>
        <source>Smaller of my two sides, and the smallest size that counts</source>
        <translation>两边中较小的数量，以及最小报价数量</translation>
    </message>
    <message>
        <source>Spread / allowed</source>
        <translation>宽 / 上限 跳</translation>
    </message>
    <message>
        <source>Ticks; the bar fills as the spread nears what is allowed</source>
        <translation>单位跳；条越满越接近上限</translation>
    </message>
    <message>
        <source>Live now</source>
        <translation>在市</translation>
    </message>
    <message>
        <source>Compliant</source>
        <translation>合规时长</translation>
    </message>
    <message>
        <source>Time with a valid quote, h:mm:ss</source>
        <translation>有效报价的时间，时:分:秒</translation>
    </message>
    <message>
        <source>% now</source>
        <translation>现在 %</translation>
    </message>
    <message>
        <source>% forecast</source>
        <translation>预测 %</translation>
    </message>
    <message>
        <source>At the close if everything stays as it is now</source>
        <translation>若一切照现在持续到收盘</translation>
    </message>
    <message>
        <source>Time that is not owed, by its cause</source>
        <translation>无义务的时间，按原因</translation>
    </message>
    <message>
        <source>Slack</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>How much more may be missed before the day is lost for this contract</source>
        <translation>还能缺报多久，该合约今日才失守</translation>
    </message>
    <message>
        <source>The day so far</source>
        <translation>今日轨迹</translation>
    </message>
    <message>
        <source>Green quoted, red gap, amber excused, grey exempt</source>
        <translation>绿在市，红缺口，琥珀宽限，灰豁免</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>One side</source>
        <translation>单边</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>量不足</translation>
    </message>
    <message>
        <source>Too wide</source>
        <translation>过宽</translation>
    </message>
    <message>
        <source>Crossed</source>
        <translation>倒挂</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>补双边</translation>
    </message>
    <message>
        <source>Widen</source>
        <translation>放宽</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>Quote both sides around the theoretical price, as wide as allowed</source>
        <translation>以理论价为中心，按上限宽度报双边</translation>
    </message>
    <message>
        <source>Make my quote as wide as allowed</source>
        <translation>把我的报价放宽至上限</translation>
    </message>
    <message>
        <source>Open the order ticket</source>
        <translation>打开下单面板</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>缺报</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>临界</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Inquiries</source>
        <translation>询价</translation>
    </message>
    <message>
        <source>Stretches with their quotes</source>
        <translation>时段与报价</translation>
    </message>
    <message>
        <source>live</source>
        <translation>在市</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>临界</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>缺报</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Exempt from now</source>
        <translation>自即刻起豁免</translation>
    </message>
    <message>
        <source>Exempt…</source>
        <translation>豁免…</translation>
    </message>
    <message>
        <source>Exemption by hand</source>
        <translation>手工豁免</translation>
    </message>
    <message>
        <source>Exemptions by hand</source>
        <translation>手工豁免</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>By</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Lifted: {numbers}</source>
        <translation>已解除：{numbers}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Written down by</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Written down: {contracts} exempt until {time}</source>
        <translation>已登记：{contracts} 豁免至 {time}</translation>
    </message>
    <message>
        <source>What was agreed with whom at the exchange</source>
        <translation>与交易所何人约定了什么</translation>
    </message>
    <message>
        <source>The terms in force do not accept exemptions by hand: it is written down, and the time stays owed.</source>
        <translation>现行条款不认可手工豁免：仅作登记，时间仍计入义务。</translation>
    </message>
    <message>
        <source>Choose the contracts to exempt first</source>
        <translation>请先选择要豁免的合约</translation>
    </message>
    <message>
        <source>Write down what the exchange agreed to by telephone: contracts, until when, why  [X]</source>
        <translation>登记交易所电话同意的豁免：合约、截止时间、理由  [X]</translation>
    </message>
    <message>
        <source>a time after now and not after {time}</source>
        <translation>晚于现在且不晚于 {time} 的时间</translation>
    </message>
    <message>
        <source>{least} to {most} characters</source>
        <translation>{least} 至 {most} 个字符</translation>
    </message>
    <message>
        <source>contracts of the day's list</source>
        <translation>当日合约表中的合约</translation>
    </message>
    <message>
        <source>the name of a person</source>
        <translation>登记人姓名</translation>
    </message>
    <message>
        <source>a market maker's, on a day that has begun</source>
        <translation>做市商账户，且交易日已开始</translation>
    </message>
    <message>
        <source>all {count} of {underlying}</source>
        <translation>{underlying} 全部 {count} 个合约</translation>
    </message>
    <message>
        <source>{underlying} {expiry}, all {count}</source>
        <translation>{underlying} {expiry} 到期，全部 {count} 个</translation>
    </message>
    <message>
        <source>{contract} and {count} more</source>
        <translation>{contract} 等，另有 {count} 个</translation>
    </message>
    <message>
        <source>by hand {begin} – {end}, {name}: {reason}</source>
        <translation>手工豁免 {begin} – {end}，{name}：{reason}</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>生效中</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>lifted {time} by {name}</source>
        <translation>{time} 由 {name} 解除</translation>
    </message>
    <message>
        <source>this time</source>
        <translation>此时刻</translation>
    </message>
    <message>
        <source>the end of the day</source>
        <translation>当日结束</translation>
    </message>
    <message>
        <source>Failure of the exchange…</source>
        <translation>交易所系统故障…</translation>
    </message>
    <message>
        <source>The failure is over…</source>
        <translation>故障结束…</translation>
    </message>
    <message>
        <source>Press again to write it down</source>
        <translation>再按一次记录</translation>
    </message>
    <message>
        <source>The exchange has declared a failure of its system: no contract owes anything until it is over</source>
        <translation>交易所已宣布系统故障：恢复之前所有合约均不计义务</translation>
    </message>
    <message>
        <source>The exchange's system has failed since {time}, {name}: nothing is owed</source>
        <translation>交易所系统自 {time} 起故障（{name} 记录）：不计义务</translation>
    </message>
    <message>
        <source>Another day or a month…</source>
        <translation>其他日期或整月……</translation>
    </message>
    <message>
        <source>Recorded days and months</source>
        <translation>历史日与整月</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期间</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Reach theirs</source>
        <translation>达标合约</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>各表 (CSV)</translation>
    </message>
    <message>
        <source>Reading the journal …</source>
        <translation>正在读取日志……</translation>
    </message>
    <message>
        <source>Counting {period} under {title} …</source>
        <translation>正在按 {title} 计算 {period}……</translation>
    </message>
    <message>
        <source>The journal has no measured day</source>
        <translation>日志中没有计量过的交易日</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>暂停报价</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Pause…</source>
        <translation>暂停…</translation>
    </message>
    <message>
        <source>End pause</source>
        <translation>结束暂停</translation>
    </message>
    <message>
        <source>Pause {contract}</source>
        <translation>暂停 {contract}</translation>
    </message>
    <message>
        <source>until {time}, market time</source>
        <translation>至市场时间 {time}</translation>
    </message>
    <message>
        <source>{contract}: the pause is over</source>
        <translation>{contract}：暂停已结束</translation>
    </message>
    <message>
        <source>paused until {time} by {name}</source>
        <translation>由 {name} 暂停至 {time}</translation>
    </message>
    <message>
        <source>slack {time}</source>
        <translation>余量 {time}</translation>
    </message>
    <message>
        <source>nothing quotes it by itself: it will not come back</source>
        <translation>没有策略自动报它：到时不会自行恢复</translation>
    </message>
    <message>
        <source>{contract}: paused until {time}</source>
        <translation>{contract}：暂停至 {time}</translation>
    </message>
    <message>
        <source>{contract}: paused until {time}; is taken out once the line is back</source>
        <translation>{contract}：暂停至 {time}；线路恢复后撤下</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>To the close</source>
        <translation>至收盘</translation>
    </message>
    <message>
        <source>the line is down</source>
        <translation>线路中断</translation>
    </message>
    <message>
        <source>STOP is in force</source>
        <translation>停止生效中</translation>
    </message>
    <message>
        <source>a protection has tripped</source>
        <translation>保护已触发</translation>
    </message>
    <message>
        <source>pulled by a protection</source>
        <translation>已被保护撤单</translation>
    </message>
    <message>
        <source>no strategy quotes it</source>
        <translation>没有策略报它</translation>
    </message>
    <message>
        <source>its strategy is stopped</source>
        <translation>其策略已停止</translation>
    </message>
    <message>
        <source>its strategy has failed</source>
        <translation>其策略出错停止</translation>
    </message>
    <message>
        <source>its strategy runs in shadow</source>
        <translation>其策略在影子模式</translation>
    </message>
    <message>
        <source>its expiry is stopped</source>
        <translation>其到期月已停止</translation>
    </message>
    <message>
        <source>its row is off</source>
        <translation>其行已关闭</translation>
    </message>
    <message>
        <source>a side is paused</source>
        <translation>有一边暂停</translation>
    </message>
    <message>
        <source>it is halted</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>volatility interruption</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>no quotes in this phase</source>
        <translation>本阶段不接受报价</translation>
    </message>
    <message>
        <source>paused until {time} · {left}</source>
        <translation>暂停至 {time} · 余 {left}</translation>
    </message>
    <message>
        <source>paused until {time}</source>
        <translation>暂停至 {time}</translation>
    </message>
    <message>
        <source>paused {begin} – {end} by {name}</source>
        <translation>{begin} – {end} 由 {name} 暂停</translation>
    </message>
    <message>
        <source>a time after now and not after the close, {time}</source>
        <translation>晚于现在、不晚于收盘 {time} 的时刻</translation>
    </message>
    <message>
        <source>Paused by</source>
        <translation>暂停人</translation>
    </message>
    <message>
        <source>pause over: {cause}</source>
        <translation>暂停已过：{cause}</translation>
    </message>
    <message>
        <source>Take my quote out until a time of the market's clock; asks for it and says what it costs</source>
        <translation>将我的报价撤下至市场时钟的某一时刻；先询问时刻并说明代价</translation>
    </message>
    <message>
        <source>End the pause now: whatever quotes this contract may quote it again</source>
        <translation>立即结束暂停：报此合约的策略可再报</translation>
    </message>
</context>
</TS>
