<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Keys</name>
    <message>
        <source>In the exercise cockpit</source>
        <translation>在行权工作台中</translation>
    </message>
    <message>
        <source>Expiry day layout</source>
        <translation>到期日布局</translation>
    </message>
    <message>
        <source>Go to the exercise cockpit</source>
        <translation>转到行权工作台</translation>
    </message>
    <message>
        <source>Exercise, merge, sell, let lapse</source>
        <translation>行权、合并、卖平、放弃</translation>
    </message>
    <message>
        <source>One contract more or less, or type it</source>
        <translation>增减一张，或直接键入</translation>
    </message>
    <message>
        <source>Submit what is chosen</source>
        <translation>提交所选申报</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Event calendar</source>
        <translation>事件日历</translation>
    </message>
    <message>
        <source>Exercise cockpit</source>
        <translation>行权工作台</translation>
    </message>
    <message>
        <source>Assignment</source>
        <translation>指派与交收</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>备兑池</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>合约调整</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Expiry</source>
        <translation>到期日</translation>
    </message>
</context>
<context>
    <name>expiry</name>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Old strike</source>
        <translation>原行权价</translation>
    </message>
    <message>
        <source>→ new</source>
        <translation>→ 新</translation>
    </message>
    <message>
        <source>Old unit</source>
        <translation>原单位</translation>
    </message>
    <message>
        <source>New notional</source>
        <translation>新名义额</translation>
    </message>
    <message>
        <source>Strike times unit, yuan: nearly what it was</source>
        <translation>行权价乘合约单位（元），与调整前基本相等</translation>
    </message>
    <message>
        <source>My position</source>
        <translation>我的持仓</translation>
    </message>
    <message>
        <source>Margin before</source>
        <translation>原保证金</translation>
    </message>
    <message>
        <source>Opening margin of the short contracts, this client's</source>
        <translation>义务仓开仓保证金，按本客户标准</translation>
    </message>
    <message>
        <source>after</source>
        <translation>新保证金</translation>
    </message>
    <message>
        <source>Prev. settlement</source>
        <translation>前结算价</translation>
    </message>
    <message>
        <source>Old name</source>
        <translation>原简称</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新简称</translation>
    </message>
    <message>
        <source>Old trading code</source>
        <translation>原交易代码</translation>
    </message>
    <message>
        <source>New trading code</source>
        <translation>新交易代码</translation>
    </message>
    <message>
        <source>Contract adjustment</source>
        <translation>合约调整</translation>
    </message>
    <message>
        <source>No ex-day is announced and none was lately</source>
        <translation>没有已公告或近期的除权除息</translation>
    </message>
    <message>
        <source>All months</source>
        <translation>全部月份</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>{underlying} · ex-day {day}</source>
        <translation>{underlying} · {day} 除权除息</translation>
    </message>
    <message>
        <source>Dividend a share</source>
        <translation>每份分红</translation>
    </message>
    <message>
        <source>Price reckoned with</source>
        <translation>测算价格</translation>
    </message>
    <message>
        <source>Contract unit</source>
        <translation>合约单位</translation>
    </message>
    <message>
        <source>Trading code</source>
        <translation>交易代码</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>合约简称</translation>
    </message>
    <message>
        <source>Contracts, mine</source>
        <translation>合约数，我的</translation>
    </message>
    <message>
        <source>Margin of my shorts</source>
        <translation>我的义务仓保证金</translation>
    </message>
    <message>
        <source>Estimated at the price of now: the exchange publishes units and strikes after the close of the eve. Contract codes stay.</source>
        <translation>按当前价格测算；交易所于除权除息前一交易日收盘后公布正式单位与行权价。合约编码不变。</translation>
    </message>
    <message>
        <source>Contracts adjusted before have no old terms here. Contract codes stayed.</source>
        <translation>此前已调整过的合约无法还原原条款。合约编码不变。</translation>
    </message>
    <message>
        <source>As published: in force from the ex-day on. Contract codes stay.</source>
        <translation>已公布，自除权除息日起生效。合约编码不变。</translation>
    </message>
    <message>
        <source>In force. Contract codes stayed; old terms are told back from the trading code.</source>
        <translation>已生效。合约编码不变，原条款由交易代码还原。</translation>
    </message>
    <message>
        <source>{count} covered calls need {shares} shares more. Lock or close until {until}, else forced close.</source>
        <translation>备兑 {count} 张需补 {shares} 份；{until} 前补锁定或平仓，否则强行平仓。</translation>
    </message>
    <message>
        <source>Go and lock</source>
        <translation>去锁定</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close position</source>
        <translation>平仓</translation>
    </message>
    <message>
        <source>Nothing is assigned and nothing written expires next</source>
        <translation>没有被指派，最近到期日也没有义务仓</translation>
    </message>
    <message>
        <source>{count} deliveries of assignments</source>
        <translation>{count} 笔指派待交收</translation>
    </message>
    <message>
        <source>Expected for {day}, told before the open of E+1</source>
        <translation>{day} 指派预估，E+1 开盘前通知</translation>
    </message>
    <message>
        <source>Nothing written expires next</source>
        <translation>最近到期日没有义务仓</translation>
    </message>
    <message>
        <source>In money</source>
        <translation>实值</translation>
    </message>
    <message>
        <source>Expected to be assigned</source>
        <translation>预计被指派</translation>
    </message>
    <message>
        <source>{contract}{side}: {count} assigned</source>
        <translation>{contract}{side} 被指派 {count} 张</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Bring in money</source>
        <translation>转入资金</translation>
    </message>
    <message>
        <source>everything is there</source>
        <translation>备付充足</translation>
    </message>
    <message>
        <source>What is missing is paid in money: (price × {rate} % − strike) × unit, {cost} at the price of now</source>
        <translation>缺券部分现金结算：（价格×{rate}% − 行权价）×单位，按现价 {cost}</translation>
    </message>
    <message>
        <source>Shares that cannot be paid go to the broker's disposal account</source>
        <translation>资金不足部分的证券转处置账户</translation>
    </message>
    <message>
        <source>{contract}: {count} exercised</source>
        <translation>{contract} 行权 {count} 张</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>应付</translation>
    </message>
    <message>
        <source>To receive</source>
        <translation>应收</translation>
    </message>
    <message>
        <source>Shares to come</source>
        <translation>应收证券</translation>
    </message>
    <message>
        <source>Shares to give</source>
        <translation>应付证券</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交收日</translation>
    </message>
    <message>
        <source>Delivery plan, {underlying}</source>
        <translation>{underlying} 交收计划</translation>
    </message>
    <message>
        <source>Shares in / out</source>
        <translation>证券 收 / 付</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>净额</translation>
    </message>
    <message>
        <source>Usable from</source>
        <translation>可用日</translation>
    </message>
    <message>
        <source>Until the shares are usable their price can fall; {count} {contract} hold it</source>
        <translation>证券可用前价格可能下跌；买入 {contract} {count} 张可锁定</translation>
    </message>
    <message>
        <source>Shares that go may be dearer to buy back; {count} {contract} hold the price</source>
        <translation>付出的证券买回可能更贵；买入 {contract} {count} 张可锁定</translation>
    </message>
    <message>
        <source>Hedge in the ticket</source>
        <translation>下单对冲</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>There: locked + free</source>
        <translation>备付：锁定 + 现券</translation>
    </message>
    <message>
        <source>{shares} shares</source>
        <translation>{shares} 份</translation>
    </message>
    <message>
        <source>Money instead, {rate} %</source>
        <translation>现金结算 {rate}%</translation>
    </message>
    <message>
        <source>Bring in {shares} shares</source>
        <translation>转入现券 {shares} 份</translation>
    </message>
    <message>
        <source>The contract does not trade now</source>
        <translation>合约当前不交易</translation>
    </message>
    <message>
        <source>Bring in {money} yuan from the bank?</source>
        <translation>银证转入 {money} 元？</translation>
    </message>
    <message>
        <source>Journalled with your name; the desk must run and be connected then. The exchange has none.</source>
        <translation>签署记入日志；届时终端须在线。交易所不自动行权。</translation>
    </message>
    <message>
        <source>Give yuan such as 10.00 and a time such as 15:05</source>
        <translation>请填金额如 10.00、时间如 15:05</translation>
    </message>
    <message>
        <source>Give yuan from 0 on, and a time at which exercises are taken</source>
        <translation>金额不小于 0，时间须在行权申报时段内</translation>
    </message>
    <message>
        <source>Exercise by itself what nobody has decided on</source>
        <translation>自动行权：到时未处理的实值合约</translation>
    </message>
    <message>
        <source>from, yuan a contract</source>
        <translation>每张净值不低于（元）</translation>
    </message>
    <message>
        <source>at</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>Event calendar</source>
        <translation>事件日历</translation>
    </message>
    <message>
        <source>Option events</source>
        <translation>期权事件</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持有</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>iCal…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the events as a calendar file for phone or mail (.ics)</source>
        <translation>导出为日历文件（.ics），供手机或邮件使用</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>下月</translation>
    </message>
    <message>
        <source>what concerns my positions</source>
        <translation>与我的持仓有关</translation>
    </message>
    <message>
        <source>Next up</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>No contract is listed yet</source>
        <translation>尚无合约</translation>
    </message>
    <message>
        <source>{month} · expire {day}</source>
        <translation>{month}合约 · {day} 到期</translation>
    </message>
    <message>
        <source>Entries add up and may be withdrawn until {until} · fee {fee} yuan each</source>
        <translation>当日可多次申报、累计计算，{until} 前可撤销 · 手续费 {fee} 元/张</translation>
    </message>
    <message>
        <source>{call} + {put} ×{count}, {each} yuan a pair</source>
        <translation>{call} + {put} ×{count}，每组净收 {each} 元</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另 {count} 组</translation>
    </message>
    <message>
        <source>spares {cash} yuan · {shares} shares</source>
        <translation>免备款 {cash} · 免备券 {shares} 份</translation>
    </message>
    <message>
        <source>Merge {count} pairs</source>
        <translation>合并行权 {count} 组</translation>
    </message>
    <message>
        <source>Written, expected assignment · nothing written expires</source>
        <translation>义务仓 · 指派预估　到期日没有义务仓</translation>
    </message>
    <message>
        <source>Written, expected assignment · {count} contracts, pro rata, told before the open of E+1</source>
        <translation>义务仓 · 指派预估　{count} 张，按比例分配，E+1 开盘前通知</translation>
    </message>
    <message>
        <source>Money to exercise (net)</source>
        <translation>行权资金（净）</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>no call is exercised alone</source>
        <translation>无单独行权的认购</translation>
    </message>
    <message>
        <source>after {count} pairs</source>
        <translation>合并 {count} 组后</translation>
    </message>
    <message>
        <source>Shares to exercise</source>
        <translation>行权证券</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>份</translation>
    </message>
    <message>
        <source>no put is exercised alone</source>
        <translation>无单独行权的认沽</translation>
    </message>
    <message>
        <source>shares bought today count</source>
        <translation>当日买入的券计入</translation>
    </message>
    <message>
        <source>Writers must give</source>
        <translation>义务仓备券</translation>
    </message>
    <message>
        <source>all in the money; money: {cash}</source>
        <translation>实值全部被指派；另需资金 {cash}</translation>
    </message>
    <message>
        <source>Writers must pay</source>
        <translation>义务仓备付</translation>
    </message>
    <message>
        <source>all in the money; shares: {shares}</source>
        <translation>实值全部被指派；另需证券 {shares} 份</translation>
    </message>
    <message>
        <source>Written, expected assignment</source>
        <translation>义务仓指派预估</translation>
    </message>
    <message>
        <source>Record of entries</source>
        <translation>申报记录</translation>
    </message>
    <message>
        <source>Take back: {what}?</source>
        <translation>撤销：{what}？</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>In the money</source>
        <translation>实值</translation>
    </message>
    <message>
        <source>Long, in the money first; both ways in yuan after fees, the better one marked</source>
        <translation>权利仓　实值在前；两种了结方式的到手金额并列，取高者标“优”</translation>
    </message>
    <message>
        <source>on {time}</source>
        <translation>{time}</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Auto-exercise: {state}</source>
        <translation>自动行权：{state}</translation>
    </message>
    <message>
        <source>All underlyings</source>
        <translation>全部标的</translation>
    </message>
    <message>
        <source>Exercises are taken on {day} only</source>
        <translation>仅在 {day} 接受行权申报</translation>
    </message>
    <message>
        <source>Exercises are taken at {windows}</source>
        <translation>行权申报时段 {windows}</translation>
    </message>
    <message>
        <source>Not worth the money it binds</source>
        <translation>占用资金不划算</translation>
    </message>
    <message>
        <source>Out of the money</source>
        <translation>虚值</translation>
    </message>
    <message>
        <source>Let {contract} lapse; the reason for the journal:</source>
        <translation>放弃 {contract}，理由记入日志：</translation>
    </message>
    <message>
        <source>Let it lapse</source>
        <translation>放弃行权</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤销申报…</translation>
    </message>
    <message>
        <source>Expiring holdings</source>
        <translation>到期权利仓</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>exercise {count}</source>
        <translation>行权 {count} 张</translation>
    </message>
    <message>
        <source>merge {count} pairs</source>
        <translation>合并 {count} 组</translation>
    </message>
    <message>
        <source>Submit: {what}</source>
        <translation>提交：{what}</translation>
    </message>
    <message>
        <source>Nothing to submit</source>
        <translation>无可提交</translation>
    </message>
    <message>
        <source>No shares are held and no call is written</source>
        <translation>没有证券，也没有卖出的认购</translation>
    </message>
    <message>
        <source>{shares} shares are to be locked</source>
        <translation>待锁定 {shares} 份</translation>
    </message>
    <message>
        <source>Every covered call has its shares</source>
        <translation>备兑证券充足</translation>
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
        <source>Free, may be locked</source>
        <translation>可用现券，可锁定</translation>
    </message>
    <message>
        <source>Needed at the new unit</source>
        <translation>新单位下需锁定</translation>
    </message>
    <message>
        <source>Ex-day</source>
        <translation>除权除息日</translation>
    </message>
    <message>
        <source>To be locked</source>
        <translation>待锁定</translation>
    </message>
    <message>
        <source>{shares} shares are not there: bring them in, or close {count}; else the broker closes</source>
        <translation>缺 {shares} 份：转入现券或平仓 {count} 张，否则将被强行平仓</translation>
    </message>
    <message>
        <source>Free shares are enough: lock them</source>
        <translation>现券足够，可一键锁定</translation>
    </message>
    <message>
        <source>Lock {shares}</source>
        <translation>锁定 {shares} 份</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>No free shares</source>
        <translation>没有可锁定的现券</translation>
    </message>
    <message>
        <source>Bring in {shares}</source>
        <translation>转入 {shares} 份</translation>
    </message>
    <message>
        <source>Unlock {shares}</source>
        <translation>解锁 {shares} 份</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>All locked shares cover</source>
        <translation>已锁定证券均在备兑</translation>
    </message>
    <message>
        <source>Held by orders or combinations</source>
        <translation>被委托或组合占用</translation>
    </message>
    <message>
        <source>Shares bound</source>
        <translation>占用证券</translation>
    </message>
    <message>
        <source>Margin held</source>
        <translation>占用保证金</translation>
    </message>
    <message>
        <source>Make it short</source>
        <translation>转普通</translation>
    </message>
    <message>
        <source>Cover it</source>
        <translation>转备兑</translation>
    </message>
    <message>
        <source>{what}? {shares} shares are locked, margin is freed</source>
        <translation>{what}？将锁定 {shares} 份，释放保证金</translation>
    </message>
    <message>
        <source>{what}? {shares} shares are freed, {margin} margin is held</source>
        <translation>{what}？将解锁 {shares} 份，占用保证金 {margin}</translation>
    </message>
    <message>
        <source>Part {entered}/{all}</source>
        <translation>部分 {entered}/{all}</translation>
    </message>
    <message>
        <source>Entered {entered}</source>
        <translation>已申报 {entered}</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Netted or held</source>
        <translation>已轧差或占用</translation>
    </message>
    <message>
        <source>To enter</source>
        <translation>待申报</translation>
    </message>
    <message>
        <source>Lapses</source>
        <translation>自动放弃</translation>
    </message>
    <message>
        <source>ex</source>
        <translation>行</translation>
    </message>
    <message>
        <source>sell</source>
        <translation>卖</translation>
    </message>
    <message>
        <source>{money} yuan</source>
        <translation>{money}元</translation>
    </message>
    <message>
        <source>{by} at {time}: {why}</source>
        <translation>{by} {time}：{why}</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>权利仓</translation>
    </message>
    <message>
        <source>Intrinsic</source>
        <translation>内在值</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>卖平得 元</translation>
    </message>
    <message>
        <source>At the best bid, after the fee</source>
        <translation>按买一价，扣手续费</translation>
    </message>
    <message>
        <source>Exercised</source>
        <translation>行权得 元</translation>
    </message>
    <message>
        <source>Intrinsic value at the last price, after the fee</source>
        <translation>按最新价的内在价值，扣手续费</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>优</translation>
    </message>
    <message>
        <source>Cash / shares</source>
        <translation>需资金 / 券</translation>
    </message>
    <message>
        <source>To exercise what is not entered yet</source>
        <translation>未申报部分行权所需</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Not for this holding now</source>
        <translation>该持仓当前不可选</translation>
    </message>
    <message>
        <source>Wk</source>
        <translation>周</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>充足</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>无需</translation>
    </message>
    <message>
        <source>short of {missing} {unit}</source>
        <translation>缺 {missing}{unit}</translation>
    </message>
    <message>
        <source>short of {missing}</source>
        <translation>缺 {missing}</translation>
    </message>
    <message>
        <source>{unit}, {there} there</source>
        <translation>{unit}　可用 {there}</translation>
    </message>
    <message>
        <source>Send: {what}?</source>
        <translation>发送：{what}？</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>(and {count} more)</source>
        <translation>（另有 {count} 笔）</translation>
    </message>
    <message>
        <source>{count} sent; the counter's answers stand below</source>
        <translation>已发送 {count} 笔，柜台回报见下表</translation>
    </message>
    <message>
        <source>in {count} trading days</source>
        <translation>{count} 个交易日后</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已截止</translation>
    </message>
    <message>
        <source>Exercise is taken until {until}</source>
        <translation>行权申报截止 {until}</translation>
    </message>
    <message>
        <source>exercise only</source>
        <translation>仅行权</translation>
    </message>
    <message>
        <source>{time} reminder {number}</source>
        <translation>{time} 第{number}次提醒</translation>
    </message>
    <message>
        <source>{count} not entered, {money}</source>
        <translation>{count} 个未申报，值 {money}</translation>
    </message>
    <message>
        <source>{count} in the money not entered, worth {money}</source>
        <translation>{count} 个实值权利仓未申报，值 {money} 元</translation>
    </message>
    <message>
        <source>pay {money} · give {shares} shares</source>
        <translation>备款 {money} · 备券 {shares} 份</translation>
    </message>
    <message>
        <source>{count} positions held</source>
        <translation>持有 {count} 个合约</translation>
    </message>
    <message>
        <source>{count} contracts, terms published</source>
        <translation>收盘后公布 {count} 个合约新条款</translation>
    </message>
    <message>
        <source>{count} contracts, new terms</source>
        <translation>共 {count} 个合约</translation>
    </message>
    <message>
        <source>{shares} shares are missing</source>
        <translation>缺 {shares} 份</translation>
    </message>
    <message>
        <source>Nothing lies ahead</source>
        <translation>暂无事项</translation>
    </message>
    <message>
        <source>E {month}</source>
        <translation>E {month}</translation>
    </message>
    <message>
        <source>{count} contracts</source>
        <translation>{count} 个合约</translation>
    </message>
    <message>
        <source>{count} held</source>
        <translation>持有 {count} 个</translation>
    </message>
    <message>
        <source>dividend {cash} a share</source>
        <translation>每份分红 {cash}</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明日</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} 日</translation>
    </message>
    <message>
        <source>not expected to be assigned</source>
        <translation>预计不被指派</translation>
    </message>
    <message>
        <source>pay {cash}, take {shares} shares</source>
        <translation>付 {cash} 元，收 {shares} 份</translation>
    </message>
    <message>
        <source>give {shares} shares, take {cash}</source>
        <translation>交 {shares} 份，收 {cash} 元</translation>
    </message>
    <message>
        <source>{cash} there</source>
        <translation>可用 {cash} 元</translation>
    </message>
    <message>
        <source>{shares} locked</source>
        <translation>已锁定 {shares} 份</translation>
    </message>
    <message>
        <source>{shares} free</source>
        <translation>现券 {shares} 份</translation>
    </message>
    <message>
        <source>{shares} of other months</source>
        <translation>其他月份锁定 {shares} 份</translation>
    </message>
    <message>
        <source>no shares</source>
        <translation>无现券</translation>
    </message>
    <message>
        <source>out of the money</source>
        <translation>虚值</translation>
    </message>
    <message>
        <source>money enough</source>
        <translation>资金充足</translation>
    </message>
    <message>
        <source>shares enough</source>
        <translation>现券充足</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>备兑充足</translation>
    </message>
    <message>
        <source>short · cash {cost}</source>
        <translation>缺券 · 现金结算 {cost}</translation>
    </message>
    <message>
        <source>money is short</source>
        <translation>资金不足</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>义务仓</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>{part} % of the open contracts expected to be exercised, shared out pro rata</source>
        <translation>预计未平仓合约 {part}% 行权，按比例分配</translation>
    </message>
    <message>
        <source>If all is assigned</source>
        <translation>若全部被指派</translation>
    </message>
    <message>
        <source>There for it</source>
        <translation>备付</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>E−2</source>
        <translation>E−2 解仓</translation>
    </message>
    <message>
        <source>E−1</source>
        <translation>E−1 上浮</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E 行权日</translation>
    </message>
    <message>
        <source>E+1</source>
        <translation>E+1 交收</translation>
    </message>
    <message>
        <source>E+2</source>
        <translation>E+2 券可用</translation>
    </message>
    <message>
        <source>Ex day</source>
        <translation>合约调整</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>公布参数</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>合约调整</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>补足截止</translation>
    </message>
    <message>
        <source>Listing</source>
        <translation>加挂</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>休市</translation>
    </message>
    <message>
        <source>E−2: spread combinations are released at the day's end</source>
        <translation>E−2：日终价差组合自动解除</translation>
    </message>
    <message>
        <source>E−1: margin is raised at the day's end; make money and shares ready</source>
        <translation>E−1：日终保证金上浮，备款备券</translation>
    </message>
    <message>
        <source>E: exercise until {until}</source>
        <translation>E：行权申报至 {until}</translation>
    </message>
    <message>
        <source>E+1: assignments told before the open, delivery at the end</source>
        <translation>E+1：开盘前指派通知，日终交收</translation>
    </message>
    <message>
        <source>E+2: delivered shares may be sold</source>
        <translation>E+2：交收所得证券可用</translation>
    </message>
    <message>
        <source>New units and strikes are published after the close</source>
        <translation>收盘后公布新单位与行权价</translation>
    </message>
    <message>
        <source>Ex-day: contracts are adjusted</source>
        <translation>除权除息，合约调整</translation>
    </message>
    <message>
        <source>Cover must be topped up or closed by {until}</source>
        <translation>备兑补足或平仓截止 {until}</translation>
    </message>
    <message>
        <source>Contracts are listed</source>
        <translation>合约加挂</translation>
    </message>
    <message>
        <source>The exchange is closed</source>
        <translation>交易所休市</translation>
    </message>
    <message>
        <source>Spreads are released</source>
        <translation>价差组合自动解除</translation>
    </message>
    <message>
        <source>Margin up, assets ready</source>
        <translation>保证金上浮 · 备款备券</translation>
    </message>
    <message>
        <source>Exercise until {until}</source>
        <translation>行权申报 {until} 截止</translation>
    </message>
    <message>
        <source>Delivery · assignments told</source>
        <translation>交收 · 指派通知</translation>
    </message>
    <message>
        <source>Shares usable</source>
        <translation>券可用</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Delivery, deadline</source>
        <translation>交收 / 截止</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>预备</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Last exercise</source>
        <translation>行权申报截止</translation>
    </message>
    <message>
        <source>Delivery of what was assigned or exercised</source>
        <translation>行权与指派交收</translation>
    </message>
    <message>
        <source>{month} contracts expire</source>
        <translation>{month}合约到期</translation>
    </message>
    <message>
        <source>Eve of the ex-day, {underlyings}</source>
        <translation>除息前夕 {underlyings}</translation>
    </message>
    <message>
        <source>Contract adjustment, {underlyings}</source>
        <translation>合约调整 {underlyings}</translation>
    </message>
    <message>
        <source>Cover to be topped up, {underlyings}</source>
        <translation>备兑补足截止 {underlyings}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Sell</source>
        <translation>卖平</translation>
    </message>
    <message>
        <source>Lapse</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Exercise by itself: calls need the strike, puts the shares [X]</source>
        <translation>单独行权：认购备款，认沽备券 [X]</translation>
    </message>
    <message>
        <source>Exercise in a pair with the other right: no money and no shares needed [M]</source>
        <translation>认购认沽合并行权：免备款备券 [M]</translation>
    </message>
    <message>
        <source>Open the ticket filled in to sell; until the close [S]</source>
        <translation>填好下单板卖出平仓，收盘前有效 [S]</translation>
    </message>
    <message>
        <source>Let it lapse, with a reason for the journal [A]</source>
        <translation>放弃行权，理由记入日志 [A]</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
</context>
</TS>
