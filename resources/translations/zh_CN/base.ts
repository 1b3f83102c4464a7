<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Instruction</name>
    <message>
        <source>Buy open</source>
        <translation>买入开仓</translation>
    </message>
    <message>
        <source>Sell close</source>
        <translation>卖出平仓</translation>
    </message>
    <message>
        <source>Sell open</source>
        <translation>卖出开仓</translation>
    </message>
    <message>
        <source>Buy close</source>
        <translation>买入平仓</translation>
    </message>
    <message>
        <source>Covered open</source>
        <translation>备兑开仓</translation>
    </message>
    <message>
        <source>Covered close</source>
        <translation>备兑平仓</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Buy</source>
        <translation>买</translation>
    </message>
    <message>
        <source>Sell</source>
        <translation>卖</translation>
    </message>
</context>
<context>
    <name>PositionEffect</name>
    <message>
        <source>Open</source>
        <translation>开仓</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>平仓</translation>
    </message>
</context>
<context>
    <name>Right</name>
    <message>
        <source>Call</source>
        <translation>认购</translation>
    </message>
    <message>
        <source>Put</source>
        <translation>认沽</translation>
    </message>
</context>
<context>
    <name>OrderType</name>
    <message>
        <source>Limit</source>
        <translation>限价</translation>
    </message>
    <message>
        <source>Limit FOK</source>
        <translation>限价FOK</translation>
    </message>
    <message>
        <source>Market to limit</source>
        <translation>市价剩余转限价</translation>
    </message>
    <message>
        <source>Market IOC</source>
        <translation>市价IOC</translation>
    </message>
    <message>
        <source>Market FOK</source>
        <translation>市价FOK</translation>
    </message>
</context>
<context>
    <name>OrderStatus</name>
    <message>
        <source>Not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>已报</translation>
    </message>
    <message>
        <source>Part filled</source>
        <translation>部分成交</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>撤单中</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>全部成交</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已撤单</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>废单</translation>
    </message>
</context>
<context>
    <name>PositionSide</name>
    <message>
        <source>Long</source>
        <translation>权利仓</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>义务仓</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>备兑仓</translation>
    </message>
</context>
<context>
    <name>Phase</name>
    <message>
        <source>Before open</source>
        <translation>开盘前</translation>
    </message>
    <message>
        <source>Opening auction</source>
        <translation>开盘集合竞价</translation>
    </message>
    <message>
        <source>Continuous</source>
        <translation>连续竞价</translation>
    </message>
    <message>
        <source>Lunch break</source>
        <translation>午间休市</translation>
    </message>
    <message>
        <source>Closing auction</source>
        <translation>收盘集合竞价</translation>
    </message>
    <message>
        <source>After close</source>
        <translation>盘后申报</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已收盘</translation>
    </message>
    <message>
        <source>Halted</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>Volatility interruption</source>
        <translation>熔断集合竞价</translation>
    </message>
</context>
<context>
    <name>LinkState</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Recovering</source>
        <translation>恢复中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
</context>
<context>
    <name>Capability</name>
    <message>
        <source>Orders</source>
        <translation>委托</translation>
    </message>
    <message>
        <source>Locking of shares</source>
        <translation>证券锁定</translation>
    </message>
    <message>
        <source>Control of the clock</source>
        <translation>时钟控制</translation>
    </message>
    <message>
        <source>Two-sided quotes</source>
        <translation>双边报价</translation>
    </message>
    <message>
        <source>Quote inquiries</source>
        <translation>询价</translation>
    </message>
    <message>
        <source>Combination strategies</source>
        <translation>组合策略</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Queries to the counter</source>
        <translation>柜台查询</translation>
    </message>
    <message>
        <source>Trading of shares</source>
        <translation>证券买卖</translation>
    </message>
</context>
<context>
    <name>NoticeKind</name>
    <message>
        <source>Halt</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>复牌</translation>
    </message>
    <message>
        <source>Listing</source>
        <translation>新上市</translation>
    </message>
    <message>
        <source>Adjusted</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Restricted</source>
        <translation>限开仓</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>询价</translation>
    </message>
</context>
<context>
    <name>ForcedCause</name>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>委托</translation>
    </message>
    <message>
        <source>Forced: margin</source>
        <translation>强平：保证金</translation>
    </message>
    <message>
        <source>Forced: cover</source>
        <translation>强平：备兑</translation>
    </message>
    <message>
        <source>Not ordered</source>
        <translation>无委托</translation>
    </message>
    <message>
        <source>Closed by force: money that was called for was not brought in in time. Nobody here ordered it.</source>
        <translation>强行平仓：未按时补足追加的保证金。本账户无人下达该委托。</translation>
    </message>
    <message>
        <source>Closed by force: covered calls were short of shares. Nobody here ordered it.</source>
        <translation>强行平仓：备兑开仓的标的证券不足。本账户无人下达该委托。</translation>
    </message>
    <message>
        <source>Nobody of this account ordered it; the venue gives no cause.</source>
        <translation>本账户无人下达该委托，柜台未说明原因。</translation>
    </message>
</context>
<context>
    <name>AlarmKind</name>
    <message>
        <source>A report does not fit its order</source>
        <translation>回报与委托状态不符</translation>
    </message>
    <message>
        <source>A position differs from the counter's</source>
        <translation>持仓与柜台不一致</translation>
    </message>
    <message>
        <source>The journal cannot be written: no new orders; cancels still go out</source>
        <translation>日志无法写入：停止新委托，撤单仍可发出</translation>
    </message>
    <message>
        <source>A part of the screen failed and was stopped</source>
        <translation>界面的一部分出错，已停用</translation>
    </message>
    <message>
        <source>Market data were refused</source>
        <translation>行情数据被拒收</translation>
    </message>
    <message>
        <source>Executed though nobody here ordered it</source>
        <translation>出现无委托成交</translation>
    </message>
    <message>
        <source>Executed though nobody here ordered it: {contract}, size {count}</source>
        <translation>出现无委托成交：{contract}，{count} 张</translation>
    </message>
    <message>
        <source>An inquiry is about to be missed: {contract}, {seconds} s left</source>
        <translation>询价即将超时未应答：{contract}，剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>Closed by force for margin: {contract}, size {count}</source>
        <translation>保证金不足，已被强行平仓：{contract}，{count} 张</translation>
    </message>
    <message>
        <source>Closed by force for missing cover: {contract}, size {count}</source>
        <translation>备兑证券不足，已被强行平仓：{contract}，{count} 张</translation>
    </message>
    <message>
        <source>State of an order unknown, the venue is being asked</source>
        <translation>委托状态未知，正在向柜台查询</translation>
    </message>
    <message>
        <source>The venue refused a command</source>
        <translation>柜台拒绝了指令</translation>
    </message>
    <message>
        <source>State of quotes unknown, the venue is being asked</source>
        <translation>报价状态不明，正在向柜台查询</translation>
    </message>
    <message>
        <source>A protection pulled quotes or stopped trading</source>
        <translation>保护措施已撤下报价或停止交易</translation>
    </message>
    <message>
        <source>The risk value nears its limit: share, loss at worst, limit</source>
        <translation>风险值接近限额：占比、最大损失、限额</translation>
    </message>
    <message>
        <source>An inquiry is about to be missed: contract, seconds left</source>
        <translation>询价即将超时未应答：合约、剩余秒数</translation>
    </message>
    <message>
        <source>Orders and cancels come near their limit</source>
        <translation>报撤单笔数接近限额</translation>
    </message>
    <message>
        <source>A strategy was stopped</source>
        <translation>策略已被停止</translation>
    </message>
    <message>
        <source>Contract {code}: the desk counts {ours}, the counter {theirs}</source>
        <translation>合约 {code}：本台持仓 {ours}，柜台持仓 {theirs}</translation>
    </message>
    <message>
        <source>{alarm}: {figures}</source>
        <translation>{alarm}：{figures}</translation>
    </message>
    <message>
        <source>No answer to an instruction, the counter is being asked</source>
        <translation>指令未获答复，正在向柜台查询</translation>
    </message>
    <message>
        <source>The published curve is in force but could not be saved</source>
        <translation>曲线已发布生效，但未能保存到磁盘</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>This contract is not listed today</source>
        <translation>该合约今日未挂牌</translation>
    </message>
    <message>
        <source>No orders are taken in this trading phase</source>
        <translation>当前交易阶段不接受委托</translation>
    </message>
    <message>
        <source>This order type is not taken in this trading phase</source>
        <translation>当前交易阶段不接受此委托类型</translation>
    </message>
    <message>
        <source>The price lies outside the day's limits</source>
        <translation>价格超出当日涨跌停范围</translation>
    </message>
    <message>
        <source>The price is not a multiple of the tick</source>
        <translation>价格不是最小变动价位的整数倍</translation>
    </message>
    <message>
        <source>The quantity is outside what one order may have</source>
        <translation>数量超出单笔委托范围</translation>
    </message>
    <message>
        <source>The quantity is not a multiple of the lot</source>
        <translation>数量不是申报单位的整数倍</translation>
    </message>
    <message>
        <source>There is no price on the opposite side</source>
        <translation>对手方没有报价</translation>
    </message>
    <message>
        <source>The whole quantity could not trade at once</source>
        <translation>无法立即全部成交</translation>
    </message>
    <message>
        <source>What could not trade at once was cancelled</source>
        <translation>未能立即成交的部分已撤销</translation>
    </message>
    <message>
        <source>An order with this number is already there</source>
        <translation>委托编号重复</translation>
    </message>
    <message>
        <source>The contract is suspended</source>
        <translation>合约停牌</translation>
    </message>
    <message>
        <source>Opening is restricted; closing and covered opening are allowed</source>
        <translation>限制开仓，只可平仓或备兑开仓</translation>
    </message>
    <message>
        <source>The venue could not read the instruction</source>
        <translation>柜台无法识别该指令</translation>
    </message>
    <message>
        <source>The venue does not know this order</source>
        <translation>柜台没有此委托</translation>
    </message>
    <message>
        <source>The order is already final</source>
        <translation>委托已终结，不能撤单</translation>
    </message>
    <message>
        <source>Orders cannot be cancelled in these minutes of the auction</source>
        <translation>集合竞价此时段不接受撤单</translation>
    </message>
    <message>
        <source>Cancelled by the user</source>
        <translation>用户撤单</translation>
    </message>
    <message>
        <source>Cancelled by the venue because the line was lost</source>
        <translation>因断线由柜台撤单</translation>
    </message>
    <message>
        <source>The trading day has ended</source>
        <translation>交易日已结束</translation>
    </message>
    <message>
        <source>It would trade with an order of the same account</source>
        <translation>将与本账户委托自成交</translation>
    </message>
    <message>
        <source>The participant is not registered to quote this underlying</source>
        <translation>该参与者未获准为此标的做市</translation>
    </message>
    <message>
        <source>The bid of a quote must lie below its ask</source>
        <translation>报价买价须低于卖价</translation>
    </message>
    <message>
        <source>The size of a quote is outside what is allowed</source>
        <translation>报价数量超出允许范围</translation>
    </message>
    <message>
        <source>The spread of a quote is wider than the maker's obligation allows</source>
        <translation>报价价差超出做市义务允许范围</translation>
    </message>
    <message>
        <source>A quote needs a price and a size on both sides</source>
        <translation>报价须为双边，两侧均须有价格和数量</translation>
    </message>
    <message>
        <source>The mass quote does not hold as many quotes as it says</source>
        <translation>批量报价的条数与声明不符</translation>
    </message>
    <message>
        <source>Replaced by a newer quote</source>
        <translation>已被新报价替换</translation>
    </message>
    <message>
        <source>It is a side of a quote, which is cancelled as a whole</source>
        <translation>该委托为报价的一侧，须整笔撤销报价</translation>
    </message>
    <message>
        <source>A quote with this number is already there</source>
        <translation>报价编号重复</translation>
    </message>
    <message>
        <source>There is no such live quote</source>
        <translation>没有此有效报价</translation>
    </message>
    <message>
        <source>The last inquiry for this contract was too short a time ago</source>
        <translation>距该合约上次询价时间过短</translation>
    </message>
    <message>
        <source>The book's spread is narrow already: no inquiry is needed</source>
        <translation>盘口价差已足够小，无需询价</translation>
    </message>
    <message>
        <source>An inquiry with this number is already there</source>
        <translation>询价编号重复</translation>
    </message>
    <message>
        <source>There is no such inquiry for this contract</source>
        <translation>该合约没有此询价</translation>
    </message>
    <message>
        <source>The counter does not know this account</source>
        <translation>柜台没有此账户</translation>
    </message>
    <message>
        <source>Not enough funds</source>
        <translation>可用资金不足</translation>
    </message>
    <message>
        <source>Not enough position to close</source>
        <translation>可平持仓不足</translation>
    </message>
    <message>
        <source>Not enough locked shares to cover</source>
        <translation>备兑锁定证券不足</translation>
    </message>
    <message>
        <source>Only calls can be covered with shares</source>
        <translation>只有认购期权可以备兑</translation>
    </message>
    <message>
        <source>Not enough shares</source>
        <translation>证券数量不足</translation>
    </message>
    <message>
        <source>The account's trading level does not allow this instruction</source>
        <translation>账户交易级别不允许此买卖指令</translation>
    </message>
    <message>
        <source>The account may only close positions</source>
        <translation>账户只可平仓</translation>
    </message>
    <message>
        <source>This instruction is forbidden to the account</source>
        <translation>该账户禁止此指令</translation>
    </message>
    <message>
        <source>The limit on long positions would be exceeded</source>
        <translation>将超出权利仓持仓限额</translation>
    </message>
    <message>
        <source>The limit on the total position would be exceeded</source>
        <translation>将超出总持仓限额</translation>
    </message>
    <message>
        <source>The limit on buying to open in one day would be exceeded</source>
        <translation>将超出单日买入开仓限额</translation>
    </message>
    <message>
        <source>The account's purchase limit would be exceeded</source>
        <translation>将超出账户限购额度</translation>
    </message>
    <message>
        <source>The limit on the traded amount would be exceeded</source>
        <translation>将超出成交金额限额</translation>
    </message>
    <message>
        <source>Too many orders in a short time</source>
        <translation>短时间内委托过于频繁</translation>
    </message>
    <message>
        <source>The limit on opening in one day would be exceeded</source>
        <translation>将超过单日开仓限额</translation>
    </message>
    <message>
        <source>The limit on positions in one direction would be exceeded</source>
        <translation>将超过单方向持仓限额</translation>
    </message>
    <message>
        <source>The limit over all underlyings would be exceeded</source>
        <translation>将超过全品种持仓限额</translation>
    </message>
    <message>
        <source>The member's own position limit would be exceeded</source>
        <translation>将超过会员持仓限额</translation>
    </message>
    <message>
        <source>The order is being cancelled already</source>
        <translation>该委托正在撤单，请勿重复撤单</translation>
    </message>
    <message>
        <source>The member's quota of opening margin would be exceeded</source>
        <translation>将超过会员日间开仓保证金额度</translation>
    </message>
    <message>
        <source>The last statement has not been confirmed</source>
        <translation>上一交易日结算单尚未确认</translation>
    </message>
    <message>
        <source>No day of this account has been settled yet</source>
        <translation>该账户尚无已结算的交易日</translation>
    </message>
    <message>
        <source>The counter has no records of that day</source>
        <translation>柜台没有该交易日的记录</translation>
    </message>
    <message>
        <source>The account has no such combination</source>
        <translation>账户没有该组合持仓</translation>
    </message>
    <message>
        <source>Too large a part of the contract's open interest</source>
        <translation>占合约未平仓量的比例过高</translation>
    </message>
    <message>
        <source>Too many cancels for the orders sent</source>
        <translation>撤单占委托的比例过高</translation>
    </message>
    <message>
        <source>The account is frozen or may not trade</source>
        <translation>账户已冻结或禁止交易</translation>
    </message>
    <message>
        <source>The account is not designated to this broker</source>
        <translation>账户未指定交易到本券商</translation>
    </message>
    <message>
        <source>Programme trading is not filed for this account</source>
        <translation>账户未报备程序化交易</translation>
    </message>
    <message>
        <source>The two positions do not form this combination</source>
        <translation>两腿持仓不符合该组合策略</translation>
    </message>
    <message>
        <source>So near expiry this combination is not built any more</source>
        <translation>临近到期，不再受理该组合策略</translation>
    </message>
    <message>
        <source>The contract is not exercised today</source>
        <translation>今日不是该合约的行权日</translation>
    </message>
    <message>
        <source>These two contracts are not exercised together</source>
        <translation>这两个合约不能合并行权</translation>
    </message>
    <message>
        <source>No line to the venue, or it is still recovering</source>
        <translation>未连接柜台或正在恢复</translation>
    </message>
    <message>
        <source>The venue does not offer this</source>
        <translation>柜台不支持此功能</translation>
    </message>
    <message>
        <source>The order is worth more than one order of this desk may be</source>
        <translation>委托金额超出本台单笔上限</translation>
    </message>
    <message>
        <source>Trading was stopped on this desk</source>
        <translation>本台已停止交易</translation>
    </message>
    <message>
        <source>There is no limit sheet for this, so nothing is allowed</source>
        <translation>没有对应的限额表，不允许任何委托</translation>
    </message>
    <message>
        <source>The quantity is more than one order or quote may have</source>
        <translation>数量超出单笔委托或报价上限</translation>
    </message>
    <message>
        <source>The premium is more than one order or quote may have</source>
        <translation>权利金超出单笔委托或报价上限</translation>
    </message>
    <message>
        <source>The price is too far from the theoretical price</source>
        <translation>价格偏离理论价过大</translation>
    </message>
    <message>
        <source>The price is too far from the last price</source>
        <translation>价格偏离最新价过大</translation>
    </message>
    <message>
        <source>There is no sound price to compare with</source>
        <translation>没有可靠的参考价格</translation>
    </message>
    <message>
        <source>The same order was sent a moment ago</source>
        <translation>刚刚发送过相同的委托</translation>
    </message>
    <message>
        <source>A reminder waits for its answer; closing and cancelling go on</source>
        <translation>有提醒待确认，暂停开仓；平仓和撤单不受影响</translation>
    </message>
    <message>
        <source>A warning of this order was not acknowledged</source>
        <translation>本委托的提醒尚未确认</translation>
    </message>
    <message>
        <source>It would trade with an order or quote of our own</source>
        <translation>将与自己的委托或报价成交</translation>
    </message>
    <message>
        <source>The position in the contract would pass its limit, working orders counted</source>
        <translation>含未成交委托的合约持仓将超出限额</translation>
    </message>
    <message>
        <source>The delta would pass its limit, working orders counted</source>
        <translation>含未成交委托的 Delta 将超出限额</translation>
    </message>
    <message>
        <source>The gamma would pass its limit, working orders counted</source>
        <translation>含未成交委托的 Gamma 将超出限额</translation>
    </message>
    <message>
        <source>The vega would pass its limit, working orders counted</source>
        <translation>含未成交委托的 Vega 将超出限额</translation>
    </message>
    <message>
        <source>Too many orders and cancels within a second</source>
        <translation>一秒内报撤单笔数过多</translation>
    </message>
    <message>
        <source>Too many orders and cancels today</source>
        <translation>当日报撤单笔数过多</translation>
    </message>
    <message>
        <source>Too many quotes within a second</source>
        <translation>一秒内报价笔数过多</translation>
    </message>
    <message>
        <source>Executions repeat too fast; a person must look</source>
        <translation>成交重复过快，须人工确认</translation>
    </message>
    <message>
        <source>The market data it rests on are too old</source>
        <translation>所依据的行情已过时</translation>
    </message>
    <message>
        <source>The market data it rests on are crossed</source>
        <translation>所依据的行情买卖价倒挂</translation>
    </message>
    <message>
        <source>A market-maker protection has tripped and was not re-armed</source>
        <translation>做市商保护已触发，尚未重新启用</translation>
    </message>
    <message>
        <source>Quotes are pulled until the cause is over</source>
        <translation>报价已撤下，待原因消除</translation>
    </message>
    <message>
        <source>This side is stopped</source>
        <translation>该方向已停止</translation>
    </message>
    <message>
        <source>This expiry is stopped</source>
        <translation>该到期月份已停止</translation>
    </message>
    <message>
        <source>Only what closes a position is allowed</source>
        <translation>仅允许平仓</translation>
    </message>
    <message>
        <source>The strategy is stopped</source>
        <translation>策略已停止</translation>
    </message>
    <message>
        <source>Shares bought today cannot be sold today</source>
        <translation>当日买入的份额当日不可卖出</translation>
    </message>
    <message>
        <source>{sentence} ({figures})</source>
        <translation>{sentence}（{figures}）</translation>
    </message>
    <message>
        <source>{given}, phase {allowed}</source>
        <translation>{given}，当前 {allowed}</translation>
    </message>
    <message>
        <source>needed {given}, available {allowed}</source>
        <translation>需要 {given}，可用 {allowed}</translation>
    </message>
    <message>
        <source>level {given}, needs level {allowed}</source>
        <translation>现为 {given} 级，需要 {allowed} 级</translation>
    </message>
    <message>
        <source>{given}, limit {allowed}</source>
        <translation>{given}，上限 {allowed}</translation>
    </message>
    <message>
        <source>{given}, allowed {allowed}</source>
        <translation>{given}，允许 {allowed}</translation>
    </message>
    <message>
        <source>allowed {allowed}</source>
        <translation>允许 {allowed}</translation>
    </message>
    <message>
        <source>It could not be written to the journal and was not sent</source>
        <translation>无法写入日志，未发出</translation>
    </message>
    <message>
        <source>It never reached the venue</source>
        <translation>未送达交易场所</translation>
    </message>
    <message>
        <source>A person has paused it until a time</source>
        <translation>有人将其暂停至某时刻</translation>
    </message>
    <message>
        <source>The price does not reach the best price of the other side</source>
        <translation>价格未达到对手方最优价</translation>
    </message>
</context>
<context>
    <name>InstructionKind</name>
    <message>
        <source>Lock shares</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Unlock shares</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Withdraw exercise</source>
        <translation>撤销行权</translation>
    </message>
    <message>
        <source>Merged exercise</source>
        <translation>行权合并申报</translation>
    </message>
    <message>
        <source>Build combination</source>
        <translation>组合构建</translation>
    </message>
    <message>
        <source>Release combination</source>
        <translation>组合解除</translation>
    </message>
    <message>
        <source>Convert to covered</source>
        <translation>普通转备兑</translation>
    </message>
    <message>
        <source>Convert to naked</source>
        <translation>备兑转普通</translation>
    </message>
    <message>
        <source>Withdraw merged exercise</source>
        <translation>撤销合并行权</translation>
    </message>
    <message>
        <source>Transfer to the disposal account</source>
        <translation>转处置账户</translation>
    </message>
    <message>
        <source>Transfer from the disposal account</source>
        <translation>处置账户划回</translation>
    </message>
    <message>
        <source>Cash in</source>
        <translation>资金转入</translation>
    </message>
    <message>
        <source>Cash out</source>
        <translation>资金转出</translation>
    </message>
    <message>
        <source>Shares in</source>
        <translation>证券转入</translation>
    </message>
    <message>
        <source>Shares out</source>
        <translation>证券转出</translation>
    </message>
    <message>
        <source>Confirm statement</source>
        <translation>结算单确认</translation>
    </message>
    <message>
        <source>Buy shares</source>
        <translation>买入证券</translation>
    </message>
    <message>
        <source>Sell shares</source>
        <translation>卖出证券</translation>
    </message>
</context>
<context>
    <name>AccountState</name>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Close only</source>
        <translation>只可平仓</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>No trading</source>
        <translation>禁止交易</translation>
    </message>
</context>
<context>
    <name>LegRule</name>
    <message>
        <source>two legs</source>
        <translation>两腿</translation>
    </message>
    <message>
        <source>one underlying</source>
        <translation>同一标的</translation>
    </message>
    <message>
        <source>one expiry</source>
        <translation>同一到期日</translation>
    </message>
    <message>
        <source>one contract unit</source>
        <translation>合约单位相同</translation>
    </message>
    <message>
        <source>no covered leg</source>
        <translation>不含备兑仓</translation>
    </message>
    <message>
        <source>two calls</source>
        <translation>均为认购</translation>
    </message>
    <message>
        <source>two puts</source>
        <translation>均为认沽</translation>
    </message>
    <message>
        <source>one call and one put</source>
        <translation>一认购一认沽</translation>
    </message>
    <message>
        <source>one long and one short leg</source>
        <translation>一权利仓一义务仓</translation>
    </message>
    <message>
        <source>two short legs</source>
        <translation>均为义务仓</translation>
    </message>
    <message>
        <source>the short strike above the long one</source>
        <translation>义务仓行权价高于权利仓</translation>
    </message>
    <message>
        <source>the short strike below the long one</source>
        <translation>义务仓行权价低于权利仓</translation>
    </message>
    <message>
        <source>one strike</source>
        <translation>行权价相同</translation>
    </message>
    <message>
        <source>the call's strike above the put's</source>
        <translation>认购行权价高于认沽</translation>
    </message>
    <message>
        <source>the put's strike above the call's</source>
        <translation>认沽行权价高于认购</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>{what}: {count} contracts are suspended</source>
        <translation>{what}：{count} 个合约停牌</translation>
    </message>
    <message>
        <source>{what}: trading is halted</source>
        <translation>{what}：停牌</translation>
    </message>
    <message>
        <source>{what}: quotes are asked for in {count} contracts</source>
        <translation>{what}：{count} 个合约收到询价</translation>
    </message>
    <message>
        <source>{what}: a quote is asked for</source>
        <translation>{what}：收到询价</translation>
    </message>
    <message>
        <source>{what}: trading goes on</source>
        <translation>{what}：恢复交易</translation>
    </message>
    <message>
        <source>{what}: {count} new contracts are listed today</source>
        <translation>{what}：今日新挂 {count} 个合约</translation>
    </message>
    <message>
        <source>{what}: a new month, {count} contracts are listed today</source>
        <translation>{what}：新到期月份，今日挂牌 {count} 个合约</translation>
    </message>
    <message>
        <source>{what}: after the ex-day {count} standard contracts are listed today</source>
        <translation>{what}：除权除息后，今日加挂 {count} 个标准合约</translation>
    </message>
    <message>
        <source>{what}: adjusted from {day} on by the close of {close}, dividend of {cash} yuan</source>
        <translation>{what}：{day} 起按收盘价 {close} 调整合约，每份派现 {cash} 元</translation>
    </message>
    <message>
        <source>{what}: ex-day on {day}, dividend of {cash} yuan a share</source>
        <translation>{what}：{day} 除息，每份派现 {cash} 元</translation>
    </message>
    <message>
        <source>The day's end has stopped: {why}</source>
        <translation>日终结算中止：{why}</translation>
    </message>
    <message>
        <source>The day is settled</source>
        <translation>日终结算完成</translation>
    </message>
    <message>
        <source>Day's end {number} of {of}: {step}</source>
        <translation>日终结算 {number}/{of}：{step}</translation>
    </message>
    <message>
        <source>{what}: {count} contracts were adjusted, contract unit now {unit}</source>
        <translation>{what}：{count} 个合约已调整，合约单位现为 {unit}</translation>
    </message>
    <message>
        <source>{what}: {count} contracts expire today</source>
        <translation>{what}：{count} 个合约今日到期</translation>
    </message>
    <message>
        <source>{what}: {count} contracts expire on {day}</source>
        <translation>{what}：{count} 个合约将于 {day} 到期</translation>
    </message>
    <message>
        <source>{what}: volatility interruption, auction until {until}</source>
        <translation>{what}：熔断，集合竞价至 {until}</translation>
    </message>
    <message>
        <source>{what}: opening is restricted in {count} contracts</source>
        <translation>{what}：{count} 个合约限制开仓</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>{what}: {count} volatility interruptions, the last in {contract} until {until}</source>
        <translation>{what}：已 {count} 次波动中断，最近一次为 {contract}，至 {until}</translation>
    </message>
</context>
<context>
    <name>DayEnd</name>
    <message>
        <source>trades agreed with the exchange</source>
        <translation>成交确认</translation>
    </message>
    <message>
        <source>long set off against short</source>
        <translation>权利仓义务仓对冲</translation>
    </message>
    <message>
        <source>shares locked for covered calls</source>
        <translation>备兑证券锁定</translation>
    </message>
    <message>
        <source>yesterday's exercises delivered</source>
        <translation>昨日行权交收</translation>
    </message>
    <message>
        <source>exercises checked</source>
        <translation>行权有效性检查</translation>
    </message>
    <message>
        <source>who has to deliver</source>
        <translation>行权指派</translation>
    </message>
    <message>
        <source>combinations released</source>
        <translation>组合自动解除</translation>
    </message>
    <message>
        <source>expired positions taken out</source>
        <translation>到期合约移除</translation>
    </message>
    <message>
        <source>margin at settlement prices</source>
        <translation>维持保证金计算</translation>
    </message>
    <message>
        <source>fees of exercise</source>
        <translation>行权手续费</translation>
    </message>
    <message>
        <source>interest</source>
        <translation>结息</translation>
    </message>
    <message>
        <source>money and margin calls</source>
        <translation>资金交收与追保</translation>
    </message>
    <message>
        <source>limits of the next day</source>
        <translation>次日限额</translation>
    </message>
    <message>
        <source>books reconciled</source>
        <translation>对账</translation>
    </message>
    <message>
        <source>statements</source>
        <translation>结算单</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Recovered {orders} orders, {fills} fills, {working} working</source>
        <translation>已恢复委托 {orders} 笔、成交 {fills} 笔，在市 {working} 笔</translation>
    </message>
    <message>
        <source>, {instructions} instructions</source>
        <translation>，非交易指令 {instructions} 条</translation>
    </message>
    <message>
        <source>, {replayed} sent again by the venue</source>
        <translation>，柜台补发 {replayed} 条</translation>
    </message>
    <message>
        <source>, {in_doubt} asked for</source>
        <translation>，查询中 {in_doubt} 笔</translation>
    </message>
</context>
<context>
    <name>Month</name>
    <message>
        <source>Jan</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>12月</translation>
    </message>
</context>
<context>
    <name>Contract</name>
    <message>
        <source>{underlying} {month} {strike} {right}</source>
        <translation>{name}</translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message>
        <source>{title}: none yet</source>
        <translation>暂无{title}</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Export to CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>恢复默认列</translation>
    </message>
</context>
<context>
    <name>TabOverflow</name>
    <message>
        <source>All panels that share this place</source>
        <translation>同一位置的全部面板</translation>
    </message>
</context>
</TS>
