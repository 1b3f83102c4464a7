<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>volatility</name>
    <message>
        <source>Rates and time</source>
        <translation>利率与时间</translation>
    </message>
    <message>
        <source>Rates from a file</source>
        <translation>从文件读取利率</translation>
    </message>
    <message>
        <source>{count} lines of the file were left out</source>
        <translation>文件中有 {count} 行未采用</translation>
    </message>
    <message>
        <source>The calendar does not reach every expiry: calendar days count</source>
        <translation>日历未覆盖全部到期日：按自然日计</translation>
    </message>
    <message>
        <source>Riskless rate, % a year</source>
        <translation>无风险利率 %/年</translation>
    </message>
    <message>
        <source>One rate</source>
        <translation>单一利率</translation>
    </message>
    <message>
        <source>By maturity</source>
        <translation>期限结构</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Interbank rates (Shibor): one line a day, eight maturities</source>
        <translation>上海银行间同业拆放利率（Shibor）：每日一行，八个期限</translation>
    </message>
    <message>
        <source>Volatility counts</source>
        <translation>波动率计时</translation>
    </message>
    <message>
        <source>Calendar days</source>
        <translation>自然日</translation>
    </message>
    <message>
        <source>Trading time</source>
        <translation>交易时间</translation>
    </message>
    <message>
        <source>days a year</source>
        <translation>天/年</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>剩余交易日</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>利率</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>IV %</source>
        <translation>IV %</translation>
    </message>
    <message>
        <source>Volatility of the chosen point, per cent</source>
        <translation>所选控制点的波动率，百分比</translation>
    </message>
    <message>
        <source>↑ and ↓ move the chosen point by 0.1, with Shift by more; Enter takes what is typed</source>
        <translation>↑ ↓ 移动所选点 0.1，按 Shift 移动更多；回车采用输入值</translation>
    </message>
    <message>
        <source>Publishing would change</source>
        <translation>发布影响</translation>
    </message>
    <message>
        <source>Theo moves</source>
        <translation>改价合约</translation>
    </message>
    <message>
        <source>Mean, ticks</source>
        <translation>平均移动 跳</translation>
    </message>
    <message>
        <source>Largest, ticks</source>
        <translation>最大移动 跳</translation>
    </message>
    <message>
        <source>Orders past theo</source>
        <translation>越过理论价</translation>
    </message>
    <message>
        <source>Edge, yuan</source>
        <translation>优势变化 元</translation>
    </message>
    <message>
        <source>Contracts with orders of mine in this expiry</source>
        <translation>本月有我委托的合约</translation>
    </message>
    <message>
        <source>No order of mine rests in this expiry: all its contracts are counted</source>
        <translation>本月没有我的委托：统计全部合约</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>days</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>Strike</source>
        <translation>行权价</translation>
    </message>
    <message>
        <source>Books less curve</source>
        <translation>盘口−曲线</translation>
    </message>
    <message>
        <source>SVI</source>
        <translation>SVI</translation>
    </message>
    <message>
        <source>Spline</source>
        <translation>样条</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>翼宽</translation>
    </message>
    <message>
        <source>✓ free</source>
        <translation>✓ 无</translation>
    </message>
    <message>
        <source>✕ arbitrage</source>
        <translation>✕ 有套利</translation>
    </message>
    <message>
        <source>Unlock L</source>
        <translation>解锁 L</translation>
    </message>
    <message>
        <source>Lock L</source>
        <translation>锁定 L</translation>
    </message>
    <message>
        <source>My curve</source>
        <translation>我的曲线</translation>
    </message>
    <message>
        <source>My quotes</source>
        <translation>我的报价带</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>自动拟合</translation>
    </message>
    <message>
        <source>Settlement</source>
        <translation>昨结算</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>购</translation>
    </message>
    <message>
        <source>Put</source>
        <translation>沽</translation>
    </message>
    <message>
        <source>Place strikes by price</source>
        <translation>横轴为行权价</translation>
    </message>
    <message>
        <source>Place strikes by log of strike over forward</source>
        <translation>横轴为行权价与远期之比的对数</translation>
    </message>
    <message>
        <source>Place strikes by delta of the call, per cent</source>
        <translation>横轴为认购 Delta，百分数</translation>
    </message>
    <message>
        <source>Volatility curve</source>
        <translation>波动率曲线</translation>
    </message>
    <message>
        <source>What the automatic fit is made with</source>
        <translation>自动拟合所用的模型</translation>
    </message>
    <message>
        <source>d</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>ATM</source>
        <translation>平值</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>Convexity</source>
        <translation>曲率</translation>
    </message>
    <message>
        <source>Low wing</source>
        <translation>下翼</translation>
    </message>
    <message>
        <source>High wing</source>
        <translation>上翼</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>远期</translation>
    </message>
    <message>
        <source>Carry</source>
        <translation>持有成本</translation>
    </message>
    <message>
        <source>Implied div.</source>
        <translation>隐含分红</translation>
    </message>
    <message>
        <source>Fit error</source>
        <translation>拟合误差</translation>
    </message>
    <message>
        <source>Butterfly</source>
        <translation>蝶式套利</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历套利</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>控制点</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>against settlement</source>
        <translation>较昨结算</translation>
    </message>
    <message>
        <source>Revert Esc</source>
        <translation>还原 Esc</translation>
    </message>
    <message>
        <source>Re-fit F</source>
        <translation>重拟合 F</translation>
    </message>
    <message>
        <source>Publish ↵</source>
        <translation>发布 ↵</translation>
    </message>
    <message>
        <source>Slope at the forward, points per 1.00 of log moneyness over root of years</source>
        <translation>远期处的斜率：对数价性除以年数平方根每增加 1.00 的波动率点数</translation>
    </message>
    <message>
        <source>Second derivative at the forward, points per 1.00 squared</source>
        <translation>远期处的二阶导数，单位为每 1.00 平方的波动率点数</translation>
    </message>
    <message>
        <source>All expiries, volatility % by strike; right: at the money by days left</source>
        <translation>波动率 % 按行权价；最右：平值按剩余天数</translation>
    </message>
    <message>
        <source>One scale</source>
        <translation>同轴</translation>
    </message>
    <message>
        <source>All expiries</source>
        <translation>全部到期</translation>
    </message>
    <message>
        <source>Term structure</source>
        <translation>期限结构</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>盘口</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>My curve or the fit, volatility %</source>
        <translation>我的曲线，未建时为自动拟合，波动率 %</translation>
    </message>
    <message>
        <source>Middle of the books, volatility %</source>
        <translation>盘口中间价，波动率 %</translation>
    </message>
    <message>
        <source>Books less curve, basis points</source>
        <translation>盘口减曲线，基点</translation>
    </message>
    <message>
        <source>Curve less settlement, points</source>
        <translation>曲线减昨结算，波动率点</translation>
    </message>
    <message>
        <source>Volatility surface</source>
        <translation>波动率曲面</translation>
    </message>
    <message>
        <source>Axis, fit, the chosen point, take back</source>
        <translation>坐标、拟合、所选点、放弃修改</translation>
    </message>
</context>
<context>
    <name>risk</name>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>{count} without a price left out</source>
        <translation>{count} 个无价合约未计</translation>
    </message>
    <message>
        <source>yuan since {since} · not explained {share}</source>
        <translation>元，自 {since} · 未解释 {share}</translation>
    </message>
    <message>
        <source>Mark-outs</source>
        <translation>成交后</translation>
    </message>
    <message>
        <source>After our trades</source>
        <translation>成交后走势</translation>
    </message>
    <message>
        <source>ticks a contract against the theoretical price, ours above zero</source>
        <translation>每张最小变动价位数，相对理论价，正为我方有利</translation>
    </message>
    <message>
        <source>At trade</source>
        <translation>成交时</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Edge yuan</source>
        <translation>优势 元</translation>
    </message>
    <message>
        <source>+{n} min</source>
        <translation>+{n} 分</translation>
    </message>
    <message>
        <source>+{n} s</source>
        <translation>+{n} 秒</translation>
    </message>
    <message>
        <source>P&amp;L explained</source>
        <translation>盈亏归因</translation>
    </message>
    <message>
        <source>By expiry</source>
        <translation>按到期</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>未解释</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>股</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>thousand yuan</source>
        <translation>千元</translation>
    </message>
    <message>
        <source>per 1%</source>
        <translation>每 1%</translation>
    </message>
    <message>
        <source>yuan/pt</source>
        <translation>元/点</translation>
    </message>
    <message>
        <source>yuan/day</source>
        <translation>元/天</translation>
    </message>
    <message>
        <source>shares/pt</source>
        <translation>股/点</translation>
    </message>
    <message>
        <source>yuan/pt²</source>
        <translation>元/点²</translation>
    </message>
    <message>
        <source>shares/day</source>
        <translation>股/天</translation>
    </message>
    <message>
        <source>yuan/1%</source>
        <translation>元/1%</translation>
    </message>
    <message>
        <source>Greeks</source>
        <translation>希腊值</translation>
    </message>
    <message>
        <source>{count} without greeks</source>
        <translation>{count} 个合约无希腊值</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>按合约</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>按到期</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>按标的</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Net lots</source>
        <translation>净张数</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Contracts whose greeks stand on other strikes, or have none</source>
        <translation>希腊值由邻近行权价推算或没有希腊值的合约数</translation>
    </message>
    <message>
        <source>P&amp;L</source>
        <translation>盈亏</translation>
    </message>
    <message>
        <source>shares per 1 %</source>
        <translation>股，标的变动 1%</translation>
    </message>
    <message>
        <source>yuan per volatility point</source>
        <translation>元 / 波动率点</translation>
    </message>
    <message>
        <source>yuan per day</source>
        <translation>元 / 天</translation>
    </message>
    <message>
        <source>shares per volatility point</source>
        <translation>股 / 波动率点</translation>
    </message>
    <message>
        <source>yuan today</source>
        <translation>元，今日</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>风险热图</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>情景矩阵</translation>
    </message>
    <message>
        <source>Worst {loss} of {limit} · {share}</source>
        <translation>风险值 {loss} / 限额 {limit} · {share}</translation>
    </message>
    <message>
        <source>Live risk value: the worst of the book for S {spot}, IV {points} pt</source>
        <translation>实时风险值：整个持仓在标的 {spot}、波动率 {points} 点时的最大损失</translation>
    </message>
    <message>
        <source>Whole book</source>
        <translation>全部持仓</translation>
    </message>
    <message>
        <source>+ orders</source>
        <translation>含挂单</translation>
    </message>
    <message>
        <source>Count resting orders and quotes as filled</source>
        <translation>把在途委托和报价视为已成交</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>spot × volatility</source>
        <translation>标的 × 波动率</translation>
    </message>
    <message>
        <source>Worst {figure} at S {spot}, IV {points}</source>
        <translation>最差 {figure}，在 S {spot}、IV {points}</translation>
    </message>
    <message>
        <source>No loss anywhere on this grid</source>
        <translation>此矩阵内无亏损</translation>
    </message>
    <message>
        <source>Resting orders filled</source>
        <translation>挂单全部成交</translation>
    </message>
    <message>
        <source>The least of: nothing filled, all bids, all asks, all; quotes are among them</source>
        <translation>取以下最差者：都不成交、买方全成、卖方全成、全部成交；含双边报价</translation>
    </message>
    <message>
        <source>Days on</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>pt</source>
        <translation>点</translation>
    </message>
</context>
</TS>
