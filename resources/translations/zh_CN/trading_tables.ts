<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>DepthPanel</name>
    <message>
        <source>No contract chosen</source>
        <translation>未选择合约</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>五档行情</translation>
    </message>
    <message>
        <source>Click an ask to prepare a buy, a bid to prepare a sell</source>
        <translation>点击卖档填入买单，点击买档填入卖单</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Open interest</source>
        <translation>持仓量</translation>
    </message>
    <message>
        <source>Limit up</source>
        <translation>涨停</translation>
    </message>
    <message>
        <source>Limit down</source>
        <translation>跌停</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>卖</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>买</translation>
    </message>
    <message>
        <source>Virtual price, matched {quantity}</source>
        <translation>虚拟参考价 匹配量 {quantity}</translation>
    </message>
    <message>
        <source>Prev. settl. {price}</source>
        <translation>昨结 {price}</translation>
    </message>
    <message>
        <source>Volume {quantity}</source>
        <translation>成交量 {quantity}</translation>
    </message>
</context>
<context>
    <name>TapePanel</name>
    <message>
        <source>Tape</source>
        <translation>逐笔成交</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>No trades yet</source>
        <translation>暂无成交</translation>
    </message>
</context>
<context>
    <name>OrdersPanel</name>
    <message>
        <source>Being asked</source>
        <translation>查询中</translation>
    </message>
    <message>
        <source>The line dropped before the venue answered. It is never sent again.</source>
        <translation>线路在柜台答复前中断，正在查询；本台不会自动重发。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>委托时间</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>买卖</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>委托价</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>成交均价</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Order id</source>
        <translation>委托编号</translation>
    </message>
    <message>
        <source>Working only</source>
        <translation>只看可撤</translation>
    </message>
    <message>
        <source>Show only orders that may still trade</source>
        <translation>只显示还可能成交的委托</translation>
    </message>
    <message>
        <source>Cancel selected</source>
        <translation>撤所选</translation>
    </message>
    <message>
        <source>Cancel the selected orders (Delete)</source>
        <translation>撤销所选委托(Delete)</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全撤</translation>
    </message>
    <message>
        <source>Cancel every working order of this desk</source>
        <translation>撤销本台全部未完成委托</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>当日委托</translation>
    </message>
    <message>
        <source>{total} orders, {working} working</source>
        <translation>委托 {total} 笔，可撤 {working} 笔</translation>
    </message>
    <message>
        <source>Cancel {underlying}</source>
        <translation>撤 {underlying}</translation>
    </message>
    <message>
        <source>Cancel this order</source>
        <translation>撤销此委托</translation>
    </message>
</context>
<context>
    <name>FillsPanel</name>
    <message>
        <source>Time</source>
        <translation>成交时间</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>买卖</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>成交价</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>成交金额</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Order id</source>
        <translation>委托编号</translation>
    </message>
    <message>
        <source>Fill id</source>
        <translation>成交编号</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>当日成交</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Fills {count}, lots {lots}, fees {fees} yuan</source>
        <translation>成交 {count} 笔，{lots} 张，费用 {fees} 元</translation>
    </message>
</context>
<context>
    <name>PositionsPanel</name>
    <message>
        <source>Positions</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>{known} of {held} positions have a last price</source>
        <translation>{held} 个持仓中 {known} 个有最新价</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Avail.</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今仓</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>均价</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>现价</translation>
    </message>
    <message>
        <source>Floating P&amp;L</source>
        <translation>浮动盈亏</translation>
    </message>
    <message>
        <source>Last against average, before fees, yuan</source>
        <translation>现价与均价之差，未计费用，元</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>市值</translation>
    </message>
    <message>
        <source>At the last price, yuan; negative is owed</source>
        <translation>按最新价计，元；负数为义务</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>保证金</translation>
    </message>
    <message>
        <source>Realised</source>
        <translation>平仓盈亏</translation>
    </message>
    <message>
        <source>Profit of what was closed today, before fees, yuan</source>
        <translation>今日已平部分的盈亏，未计费用，元</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Calendar days to expiry</source>
        <translation>距到期自然日</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>平仓</translation>
    </message>
    <message>
        <source>Comb.</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Legs of combinations: released first, closed after</source>
        <translation>组合占用：先解除组合，再平仓</translation>
    </message>
    <message>
        <source>Exer.</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Asked to be exercised today</source>
        <translation>今日已申报行权</translation>
    </message>
    <message>
        <source>{frozen} in close orders, {combined} in combinations, {exercising} being exercised</source>
        <translation>平仓委托占用 {frozen}，组合占用 {combined}，行权冻结 {exercising}</translation>
    </message>
    <message>
        <source>Single</source>
        <translation>单腿</translation>
    </message>
</context>
<context>
    <name>RiskBar</name>
    <message>
        <source>Risk ratio {percent}</source>
        <translation>风险度 {percent}</translation>
    </message>
    <message>
        <source>Margin ÷ cash</source>
        <translation>占用保证金 ÷ 现金权益</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>追保</translation>
    </message>
    <message>
        <source>Force</source>
        <translation>强平</translation>
    </message>
</context>
<context>
    <name>FundsPanel</name>
    <message>
        <source>Purchase limit used</source>
        <translation>买入额度已用</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限额</translation>
    </message>
    <message>
        <source>of {money} · {percent}</source>
        <translation>限额 {money} · {percent}</translation>
    </message>
    <message>
        <source>Paid for long positions still held and working buy-opens, against what an individual may pay</source>
        <translation>权利仓持仓与未成交买入开仓占用的权利金，对个人投资者的买入额度</translation>
    </message>
    <message>
        <source>{known} of {held} priced</source>
        <translation>{held} 个中 {known} 个有价</translation>
    </message>
    <message>
        <source>closed today {money}</source>
        <translation>今日平仓 {money}</translation>
    </message>
    <message>
        <source>Floating P&amp;L</source>
        <translation>浮动盈亏</translation>
    </message>
    <message>
        <source>Positions at the last price against their average, before fees</source>
        <translation>持仓按最新价与均价之差，未计费用</translation>
    </message>
    <message>
        <source>Equity</source>
        <translation>客户权益</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用资金</translation>
    </message>
    <message>
        <source>Margin held</source>
        <translation>占用保证金</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Option value</source>
        <translation>期权市值</translation>
    </message>
    <message>
        <source>Fees today</source>
        <translation>今日费用</translation>
    </message>
    <message>
        <source>cash {money}</source>
        <translation>现金 {money}</translation>
    </message>
    <message>
        <source>Cash plus option value</source>
        <translation>现金加期权市值</translation>
    </message>
    <message>
        <source>at open {money}</source>
        <translation>期初 {money}</translation>
    </message>
    <message>
        <source>Cash less margin held and frozen money</source>
        <translation>现金减占用保证金与冻结资金</translation>
    </message>
    <message>
        <source>long less short</source>
        <translation>权利仓减义务仓</translation>
    </message>
    <message>
        <source>Long less short positions at the counter's marks</source>
        <translation>权利仓减义务仓，按柜台估值价</translation>
    </message>
    <message>
        <source>premium {money}</source>
        <translation>权利金 {money}</translation>
    </message>
    <message>
        <source>Premium received {received}
Premium paid {paid}</source>
        <translation>收入权利金 {received}
支出权利金 {paid}</translation>
    </message>
    <message>
        <source>Withdrawable</source>
        <translation>可取资金</translation>
    </message>
    <message>
        <source>in {cash_in}, out {cash_out}</source>
        <translation>入 {cash_in}，出 {cash_out}</translation>
    </message>
    <message>
        <source>What may be taken out now: premium received today stays</source>
        <translation>现在可以取出的资金：当日收入的权利金除外</translation>
    </message>
    <message>
        <source>maintenance {money}</source>
        <translation>维持 {money}</translation>
    </message>
    <message>
        <source>Held for short positions; below, what they would hold at the newest prices</source>
        <translation>义务仓占用；下方为按最新价计算的维持保证金</translation>
    </message>
    <message>
        <source>orders {money}</source>
        <translation>委托 {money}</translation>
    </message>
    <message>
        <source>For working orders, exercise and delivery</source>
        <translation>委托、行权与交收冻结</translation>
    </message>
    <message>
        <source>Frozen premium</source>
        <translation>冻结权利金</translation>
    </message>
    <message>
        <source>Frozen margin</source>
        <translation>冻结保证金</translation>
    </message>
    <message>
        <source>Frozen fees</source>
        <translation>冻结费用</translation>
    </message>
    <message>
        <source>Frozen for exercise</source>
        <translation>行权冻结</translation>
    </message>
    <message>
        <source>Frozen for delivery</source>
        <translation>交收冻结</translation>
    </message>
    <message>
        <source>Maintenance margin</source>
        <translation>维持保证金</translation>
    </message>
    <message>
        <source>Premium received</source>
        <translation>权利金收入</translation>
    </message>
    <message>
        <source>Premium paid</source>
        <translation>权利金支出</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cash in today</source>
        <translation>今日转入</translation>
    </message>
    <message>
        <source>Cash out today</source>
        <translation>今日转出</translation>
    </message>
    <message>
        <source>Margin call</source>
        <translation>追保金额</translation>
    </message>
</context>
<context>
    <name>SharesPanel</name>
    <message>
        <source>Covering shares</source>
        <translation>备兑证券</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>✕ {shares} short</source>
        <translation>✕ 不足 {shares}</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持有</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Covering</source>
        <translation>备兑占用</translation>
    </message>
    <message>
        <source>Secures covered positions and working covered orders</source>
        <translation>用于备兑持仓与未完成备兑委托</translation>
    </message>
    <message>
        <source>May be locked</source>
        <translation>可锁定</translation>
    </message>
    <message>
        <source>May be unlocked</source>
        <translation>可解锁</translation>
    </message>
    <message>
        <source>Exercising</source>
        <translation>行权冻结</translation>
    </message>
    <message>
        <source>Held for puts that are being exercised</source>
        <translation>认沽行权冻结的证券</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>备兑不足</translation>
    </message>
    <message>
        <source>To be locked, or calls closed, after an adjustment</source>
        <translation>合约调整后须补足锁定，或平仓备兑</translation>
    </message>
    <message>
        <source>Disposal</source>
        <translation>待处分</translation>
    </message>
    <message>
        <source>In the broker's disposal account, no part of what is held</source>
        <translation>在券商处置账户中，不计入持有</translation>
    </message>
    <message>
        <source>May be sold</source>
        <translation>可卖</translation>
    </message>
    <message>
        <source>Today: neither held nor bought today (T+1)</source>
        <translation>当日可卖：未被占用且非当日买入（T+1）</translation>
    </message>
    <message>
        <source>Bought today</source>
        <translation>当日买入</translation>
    </message>
    <message>
        <source>May be locked and exercised today, sold tomorrow</source>
        <translation>当日可锁定、可用于行权，次日可卖</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Day</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>More has come since: read again</source>
        <translation>其后又有新记录：请重新读取</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>委托</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>非交易指令</translation>
    </message>
    <message>
        <source>✕ The journal cannot be read: {error}</source>
        <translation>✕ 日志无法读取:{error}</translation>
    </message>
    <message>
        <source>The journal is being read…</source>
        <translation>正在读取日志…</translation>
    </message>
    <message>
        <source>No earlier day in the journal</source>
        <translation>日志中没有历史交易日</translation>
    </message>
    <message>
        <source>Lots traded {lots}, fees {fees} yuan</source>
        <translation>成交 {lots} 张，费用 {fees} 元</translation>
    </message>
</context>
<context>
    <name>IntradayPanel</name>
    <message>
        <source>Intraday</source>
        <translation>分时</translation>
    </message>
    <message>
        <source>avg {price}</source>
        <translation>均价 {price}</translation>
    </message>
    <message>
        <source>prev. close {price}</source>
        <translation>昨收 {price}</translation>
    </message>
</context>
<context>
    <name>CoveredLine</name>
    <message>
        <source>Covering shares {name}</source>
        <translation>备兑证券 {name}</translation>
    </message>
    <message>
        <source>held {shares}</source>
        <translation>持有 {shares}</translation>
    </message>
    <message>
        <source>locked {shares}</source>
        <translation>已锁定 {shares}</translation>
    </message>
    <message>
        <source>needed {shares}</source>
        <translation>备兑仓需 {shares}</translation>
    </message>
    <message>
        <source>covers {lots} lots more</source>
        <translation>可再备兑 {lots} 张</translation>
    </message>
    <message>
        <source>{shares} short</source>
        <translation>不足 {shares}</translation>
    </message>
    <message>
        <source>fully covered</source>
        <translation>备兑充足</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Intraday</source>
        <translation>分时</translation>
    </message>
</context>
</TS>
