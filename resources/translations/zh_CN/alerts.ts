<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dock</name>
    <message>
        <source>Reminder settings</source>
        <translation>提醒设置</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>提醒</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Acknowledge it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Do what it offers</source>
        <translation>执行首选操作</translation>
    </message>
    <message>
        <source>Do what the worst reminder offers</source>
        <translation>处理最紧急的提醒</translation>
    </message>
    <message>
        <source>Go to the reminders</source>
        <translation>转到提醒</translation>
    </message>
    <message>
        <source>In the reminders</source>
        <translation>在提醒中</translation>
    </message>
    <message>
        <source>List a group; tick the box of a sheet</source>
        <translation>展开一组；勾选确认框</translation>
    </message>
    <message>
        <source>Remind me in 10 minutes</source>
        <translation>10 分钟后再提醒</translation>
    </message>
    <message>
        <source>Reminder before, reminder after</source>
        <translation>上一条、下一条提醒</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>en</source>
        <translation>zh_CN</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A combination of {underlying} is released after the close</source>
        <translation>{underlying} 组合将于收盘后自动解除</translation>
    </message>
    <message>
        <source>Absolute delta below</source>
        <translation>Delta 绝对值低于</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>查看调整</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>涉及金额</translation>
    </message>
    <message>
        <source>Answered or over</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>去应答</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>被指派</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>At stake</source>
        <translation>涉及金额</translation>
    </message>
    <message>
        <source>Auction until</source>
        <translation>集合竞价至</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用资金</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>已用额度</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>应追缴</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Cards · they stay until answered</source>
        <translation>置顶卡片 · 需处理或确认</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>看行情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>去平仓</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>交易代码</translation>
    </message>
    <message>
        <source>Codes stay, strike and unit are new: check orders and alerts of your own</source>
        <translation>合约编码不变，行权价与单位已变：请核对委托与自设提醒</translation>
    </message>
    <message>
        <source>Combination</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Concerns</source>
        <translation>涉及</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>需确认</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Contract adjusted</source>
        <translation>合约已调整</translation>
    </message>
    <message>
        <source>Contract adjustment</source>
        <translation>合约调整</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Contracts / number</source>
        <translation>合约 / 张数</translation>
    </message>
    <message>
        <source>Contracts of {underlying} were adjusted</source>
        <translation>{underlying} 合约已调整</translation>
    </message>
    <message>
        <source>Contracts of {underlying} will be adjusted</source>
        <translation>{underlying} 合约将调整</translation>
    </message>
    <message>
        <source>Cover is short for {count} underlyings</source>
        <translation>{count} 个标的备兑证券不足</translation>
    </message>
    <message>
        <source>Cover of {underlying} was not topped up in time</source>
        <translation>{underlying} 备兑证券逾期未补足</translation>
    </message>
    <message>
        <source>Covered calls on {underlying}: {to_lock:q} shares are missing</source>
        <translation>{underlying} 备兑证券不足 {to_lock:q} 份</translation>
    </message>
    <message>
        <source>Covered pool</source>
        <translation>备兑券池</translation>
    </message>
    <message>
        <source>Covered top-up</source>
        <translation>备兑补足</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Deep out of the money</source>
        <translation>严重价外</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Deleted: {name}</source>
        <translation>已删除：{name}</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>查看交收</translation>
    </message>
    <message>
        <source>Dividend</source>
        <translation>每份分红</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已执行</translation>
    </message>
    <message>
        <source>Duties</source>
        <translation>看义务</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Every reminder of this kind</source>
        <translation>该类全部提醒</translation>
    </message>
    <message>
        <source>Ex-day</source>
        <translation>除息日</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Example: nothing is held</source>
        <translation>示例：未暂停任何下单</translation>
    </message>
    <message>
        <source>Example: {title}</source>
        <translation>示例：{title}</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>到期行权</translation>
    </message>
    <message>
        <source>Exercise…</source>
        <translation>去行权</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>Expiry ahead</source>
        <translation>临近到期</translation>
    </message>
    <message>
        <source>Expiry day, first task</source>
        <translation>行权日，任务一</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Forced close</source>
        <translation>强行平仓</translation>
    </message>
    <message>
        <source>Forced close: the margin call was not met</source>
        <translation>强行平仓：保证金未按时补足</translation>
    </message>
    <message>
        <source>Free shares</source>
        <translation>可用现券</translation>
    </message>
    <message>
        <source>From this time of the expiry day on</source>
        <translation>到期日自此时起</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>看资金</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Got it, resume orders</source>
        <translation>已知悉，恢复下单</translation>
    </message>
    <message>
        <source>Halt</source>
        <translation>停复牌</translation>
    </message>
    <message>
        <source>Hear it</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>History</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>频次</translation>
    </message>
    <message>
        <source>I have checked the {count} positions concerned</source>
        <translation>我已核对受影响的 {count} 个持仓</translation>
    </message>
    <message>
        <source>If not done</source>
        <translation>不处理</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>In force: {name}</source>
        <translation>已生效：{name}</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>询价</translation>
    </message>
    <message>
        <source>Instructor</source>
        <translation>教员提示</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>It cannot be traded after the close</source>
        <translation>收盘后无法再交易</translation>
    </message>
    <message>
        <source>It counts as not answered</source>
        <translation>计为未回应</translation>
    </message>
    <message>
        <source>It names nothing that is listed today</source>
        <translation>不涉及今日挂牌的合约</translation>
    </message>
    <message>
        <source>It will most likely expire worthless</source>
        <translation>到期很可能归零</translation>
    </message>
    <message>
        <source>Its panel is not in this window</source>
        <translation>本窗口没有对应面板</translation>
    </message>
    <message>
        <source>Its unit is not 10,000 and it may be hard to sell again</source>
        <translation>合约单位不是 10,000，且可能难以卖出</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kinds of reminders</source>
        <translation>提醒类型</translation>
    </message>
    <message>
        <source>Kinds, times, sounds and your own conditions</source>
        <translation>类型、时间、声音与自定义条件</translation>
    </message>
    <message>
        <source>Large enough to be asked for a report</source>
        <translation>持仓规模可能需报告</translation>
    </message>
    <message>
        <source>Large holder</source>
        <translation>大户持仓</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Level up to</source>
        <translation>最高级别</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>监控线</translation>
    </message>
    <message>
        <source>List every one of them</source>
        <translation>逐条列出</translation>
    </message>
    <message>
        <source>Listed</source>
        <translation>涉及挂牌</translation>
    </message>
    <message>
        <source>Margin / balance</source>
        <translation>保证金 / 权益</translation>
    </message>
    <message>
        <source>Margin call: the risk ratio is {ratio:p}</source>
        <translation>追加保证金：风险度 {ratio:p}</translation>
    </message>
    <message>
        <source>Margin now</source>
        <translation>现保证金</translation>
    </message>
    <message>
        <source>Margin of the single legs is charged from then on</source>
        <translation>其后按单腿收取保证金</translation>
    </message>
    <message>
        <source>May still be missed</source>
        <translation>剩余可缺时间</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Message of the instructor</source>
        <translation>教员提示</translation>
    </message>
    <message>
        <source>Minutes a resumption is told</source>
        <translation>复牌提示保留分钟</translation>
    </message>
    <message>
        <source>Minutes gone until it is a new cause</source>
        <translation>消失多少分钟后算新事件</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺口</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>More margin</source>
        <translation>保证金增加</translation>
    </message>
    <message>
        <source>Must be locked</source>
        <translation>需锁定</translation>
    </message>
    <message>
        <source>Must come back by</source>
        <translation>回落幅度</translation>
    </message>
    <message>
        <source>Mute all sounds</source>
        <translation>全部静音</translation>
    </message>
    <message>
        <source>My position</source>
        <translation>我的持仓</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Near or over a position limit</source>
        <translation>接近或超过持仓限额</translation>
    </message>
    <message>
        <source>Near or over the purchase limit</source>
        <translation>接近或超过限购额度</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需备付</translation>
    </message>
    <message>
        <source>New contracts</source>
        <translation>新合约</translation>
    </message>
    <message>
        <source>New contracts of {count} underlyings are listed</source>
        <translation>{count} 个标的加挂新合约</translation>
    </message>
    <message>
        <source>New contracts of {underlying} are listed</source>
        <translation>{underlying} 加挂新合约</translation>
    </message>
    <message>
        <source>No reminder waits.</source>
        <translation>没有待处理的提醒。</translation>
    </message>
    <message>
        <source>Not exercised by the deadline, it lapses and its value is lost</source>
        <translation>截止后视为放弃，价值归零</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nothing can be sent, and quotes out there are the venue's to cancel</source>
        <translation>无法发送指令，场内报价由交易端处置</translation>
    </message>
    <message>
        <source>Nothing here takes the cursor while you type</source>
        <translation>正在输入时不抢焦点</translation>
    </message>
    <message>
        <source>Nothing of it is held that could be closed now</source>
        <translation>没有可平的持仓</translation>
    </message>
    <message>
        <source>Now {value}: {met}</source>
        <translation>当前 {value}：{met}</translation>
    </message>
    <message>
        <source>Obligation</source>
        <translation>报价义务</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>On hold: {title}</source>
        <translation>已暂停：{title}</translation>
    </message>
    <message>
        <source>Only closing and covered opening are taken</source>
        <translation>仅可平仓与备兑开仓</translation>
    </message>
    <message>
        <source>Only in the last minutes before its deadline</source>
        <translation>仅在截止前最后若干分钟内</translation>
    </message>
    <message>
        <source>Only new orders of this account wait. Quotes, cancels, closing and exercise go on.</source>
        <translation>仅暂停本账户新开仓；报价、撤单、平仓与行权不受影响。</translation>
    </message>
    <message>
        <source>Opening adjusted</source>
        <translation>开仓调整合约</translation>
    </message>
    <message>
        <source>Opening is restricted for {count} underlyings</source>
        <translation>{count} 个标的限开仓</translation>
    </message>
    <message>
        <source>Opening near expiry</source>
        <translation>临近到期开仓</translation>
    </message>
    <message>
        <source>Opening restricted</source>
        <translation>限开仓</translation>
    </message>
    <message>
        <source>Orders meet in a call auction for three minutes</source>
        <translation>进入三分钟集合竞价</translation>
    </message>
    <message>
        <source>Orders · account {account}</source>
        <translation>下单 · 账户 {account}</translation>
    </message>
    <message>
        <source>Out of the money</source>
        <translation>价外幅度</translation>
    </message>
    <message>
        <source>Trading days left</source>
        <translation>剩余交易日</translation>
    </message>
    <message>
        <source>{every}, last {minutes} min</source>
        <translation>{every}，仅最后 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{percent} %, delta {delta}</source>
        <translation>{percent} %，Delta {delta}</translation>
    </message>
    <message>
        <source>Over the last line positions are closed by force</source>
        <translation>超过强平线将被强行平仓</translation>
    </message>
    <message>
        <source>Over the limit nothing can be bought to open</source>
        <translation>超限后不能买入开仓</translation>
    </message>
    <message>
        <source>Over the limit nothing can be opened</source>
        <translation>超限后不能开仓</translation>
    </message>
    <message>
        <source>Own alert</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Own alerts</source>
        <translation>自定义提醒</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>合并行权</translation>
    </message>
    <message>
        <source>Part of the limit</source>
        <translation>占限额比例</translation>
    </message>
    <message>
        <source>Part of what may be missed in a day</source>
        <translation>占当日可缺时间比例</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Per cent out of the money</source>
        <translation>价外百分比</translation>
    </message>
    <message>
        <source>Position limit</source>
        <translation>持仓限额</translation>
    </message>
    <message>
        <source>Positions are closed by force</source>
        <translation>持仓被强行平仓</translation>
    </message>
    <message>
        <source>Prices, greeks and warnings rest on old figures</source>
        <translation>价格、希腊值与提醒依据的是旧数据</translation>
    </message>
    <message>
        <source>Purchase limit</source>
        <translation>限购</translation>
    </message>
    <message>
        <source>Put it away into the drawer; it stays open</source>
        <translation>收进提醒栏，仍待处理</translation>
    </message>
    <message>
        <source>Quotes of {count} underlyings are old</source>
        <translation>{count} 个标的行情中断</translation>
    </message>
    <message>
        <source>Quotes of {underlying} are old</source>
        <translation>{underlying} 行情中断</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Read…</source>
        <translation>去确认</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>截止 {time}</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Release…</source>
        <translation>现在解除</translation>
    </message>
    <message>
        <source>Remind me again</source>
        <translation>稍后再提醒</translation>
    </message>
    <message>
        <source>Remind me at</source>
        <translation>指定时间</translation>
    </message>
    <message>
        <source>Remind me {when}</source>
        <translation>{when}再提醒</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Reminders: {counts}</source>
        <translation>提醒：{counts}</translation>
    </message>
    <message>
        <source>Risk ratio</source>
        <translation>风险度</translation>
    </message>
    <message>
        <source>Risk ratio, forced close</source>
        <translation>风险度强平线</translation>
    </message>
    <message>
        <source>Risk ratio, margin call</source>
        <translation>风险度追保线</translation>
    </message>
    <message>
        <source>Risk ratio, warning</source>
        <translation>风险度预警线</translation>
    </message>
    <message>
        <source>Said again</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Said at</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Say again at these times</source>
        <translation>在这些时刻重复</translation>
    </message>
    <message>
        <source>Say again every so many minutes</source>
        <translation>每隔多少分钟重复</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Seconds the line is down</source>
        <translation>断线秒数</translation>
    </message>
    <message>
        <source>Seconds until it is urgent</source>
        <translation>转为紧急的秒数</translation>
    </message>
    <message>
        <source>Seconds without a quote</source>
        <translation>无行情秒数</translation>
    </message>
    <message>
        <source>Shares that are missing are settled in cash, with a penalty</source>
        <translation>缺券将现金结算并罚款</translation>
    </message>
    <message>
        <source>Shares to lock, worth</source>
        <translation>待锁定市值</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>确认页</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>缺口</translation>
    </message>
    <message>
        <source>Short side</source>
        <translation>义务仓备付</translation>
    </message>
    <message>
        <source>Short, with penalty</source>
        <translation>缺口（含罚款）</translation>
    </message>
    <message>
        <source>Should be closed</source>
        <translation>应平未平</translation>
    </message>
    <message>
        <source>Show me what it looks like</source>
        <translation>演示一下</translation>
    </message>
    <message>
        <source>Silent for</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>So many of a kind are shown as one</source>
        <translation>同类达到几条合并显示</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Sounds of reminders: on or muted</source>
        <translation>提醒声音：开或静音</translation>
    </message>
    <message>
        <source>Stale data</source>
        <translation>行情中断</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Still worth</source>
        <translation>尚有价值</translation>
    </message>
    <message>
        <source>Strike</source>
        <translation>行权价</translation>
    </message>
    <message>
        <source>Strike and unit change; orders of the day before are cancelled</source>
        <translation>行权价与单位改变；前一日委托失效</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>提醒我</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>The broker closes at the market until the ratio is met</source>
        <translation>券商将按市价平仓至达标</translation>
    </message>
    <message>
        <source>The broker may ask for a report of the holding</source>
        <translation>券商可能要求报告持仓</translation>
    </message>
    <message>
        <source>The contract counts as missed today</source>
        <translation>该合约今日计为未达标</translation>
    </message>
    <message>
        <source>The line to the venue is down</source>
        <translation>与交易端的连接中断</translation>
    </message>
    <message>
        <source>The margin call was not met in time</source>
        <translation>追加保证金逾期未补足</translation>
    </message>
    <message>
        <source>The risk ratio is over its line</source>
        <translation>风险度超过监控线</translation>
    </message>
    <message>
        <source>The risk ratio {ratio:p} is over the line of the forced close</source>
        <translation>风险度 {ratio:p}，超过强平线</translation>
    </message>
    <message>
        <source>The risk ratio {ratio:p} is over the warning line</source>
        <translation>风险度 {ratio:p}，超过预警线</translation>
    </message>
    <message>
        <source>There is no sound value now</source>
        <translation>目前没有有效值</translation>
    </message>
    <message>
        <source>This contract</source>
        <translation>当前合约</translation>
    </message>
    <message>
        <source>This kind cannot be switched off</source>
        <translation>该类提醒不可关闭</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Tick the box first</source>
        <translation>请先勾选核对</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>去下单</translation>
    </message>
    <message>
        <source>Time value is nearly gone and moves are wild</source>
        <translation>时间价值将尽，波动剧烈</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Times on the expiry day; from the last on orders wait</source>
        <translation>到期日提醒时刻；最后一个起暂停下单</translation>
    </message>
    <message>
        <source>To bring in</source>
        <translation>需补入</translation>
    </message>
    <message>
        <source>Toast</source>
        <translation>轻提示</translation>
    </message>
    <message>
        <source>Toasts · they go after 8 seconds</source>
        <translation>轻提示 · 8 秒后自动收起</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Top up…</source>
        <translation>去补足</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Trading days before expiry</source>
        <translation>到期前交易日</translation>
    </message>
    <message>
        <source>Trading days before expiry, 0 for the day itself</source>
        <translation>到期前交易日，0 为当日</translation>
    </message>
    <message>
        <source>Trading days before the ex-day</source>
        <translation>除息日前交易日</translation>
    </message>
    <message>
        <source>Two of your contracts expire today. Decide what is exercised and what is sold.</source>
        <translation>你的两个合约今天到期，请决定行权还是卖出。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>合约单位</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Used / allowed</source>
        <translation>已用 / 限额</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>当前值</translation>
    </message>
    <message>
        <source>Volatility of the nearest month</source>
        <translation>近月波动率</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Longs not sold or exercised by then are worth nothing, shorts may be assigned</source>
        <translation>届时未平未行权的权利仓归零，义务仓可能被指派</translation>
    </message>
    <message>
        <source>What is not covered is closed by force</source>
        <translation>未补足部分将被强行平仓</translation>
    </message>
    <message>
        <source>What is short at delivery is a default and settled in cash</source>
        <translation>交收时不足即违约，按现金结算</translation>
    </message>
    <message>
        <source>While halted nothing trades; on the expiry day exercise goes on</source>
        <translation>停牌期间不能交易；到期日仍可行权</translation>
    </message>
    <message>
        <source>Working orders</source>
        <translation>在途委托</translation>
    </message>
    <message>
        <source>Worth after fees</source>
        <translation>行权净值</translation>
    </message>
    <message>
        <source>Worth now</source>
        <translation>现价值</translation>
    </message>
    <message>
        <source>Worth held</source>
        <translation>持仓市值</translation>
    </message>
    <message>
        <source>You deliver</source>
        <translation>须交付</translation>
    </message>
    <message>
        <source>You pay</source>
        <translation>须付款</translation>
    </message>
    <message>
        <source>Your condition is met: {name}</source>
        <translation>条件触发：{name}</translation>
    </message>
    <message>
        <source>Yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>a part of one: 0.25 is 25 %</source>
        <translation>小数：0.25 即 25%</translation>
    </message>
    <message>
        <source>above</source>
        <translation>高于</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>all underlyings</source>
        <translation>全部标的合计</translation>
    </message>
    <message>
        <source>always</source>
        <translation>必开</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>as shipped</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>at risk</source>
        <translation>有风险</translation>
    </message>
    <message>
        <source>at {times}</source>
        <translation>{times}</translation>
    </message>
    <message>
        <source>before the open of {day}</source>
        <translation>{day} 开盘前</translation>
    </message>
    <message>
        <source>below</source>
        <translation>低于</translation>
    </message>
    <message>
        <source>bought to open today</source>
        <translation>当日买入开仓</translation>
    </message>
    <message>
        <source>chime</source>
        <translation>和弦</translation>
    </message>
    <message>
        <source>contract code, underlying, or book</source>
        <translation>合约编码、标的代码或 book</translation>
    </message>
    <message>
        <source>contracts, net</source>
        <translation>张，净持仓</translation>
    </message>
    <message>
        <source>cover</source>
        <translation>备兑证券</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>estimated from the price now, exact after the close of the eve</source>
        <translation>按现价预估，前一日收盘后为准</translation>
    </message>
    <message>
        <source>every time</source>
        <translation>每次</translation>
    </message>
    <message>
        <source>every {minutes} min</source>
        <translation>每 {minutes} 分钟</translation>
    </message>
    <message>
        <source>exact, from the close of the eve</source>
        <translation>已按前一日收盘价确定</translation>
    </message>
    <message>
        <source>failed today</source>
        <translation>今日未达标</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>halted</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>in {minutes} minutes</source>
        <translation>{minutes} 分钟后</translation>
    </message>
    <message>
        <source>in {working} contracts</source>
        <translation>{working} 个合约</translation>
    </message>
    <message>
        <source>knock</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>long positions</source>
        <translation>权利仓</translation>
    </message>
    <message>
        <source>look at the short strangle</source>
        <translation>看一下卖出宽跨</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>保证金</translation>
    </message>
    <message>
        <source>met</source>
        <translation>已触发</translation>
    </message>
    <message>
        <source>more margin than is available</source>
        <translation>增加额超过可用资金</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>net position</source>
        <translation>净持仓</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>无声</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>未触发</translation>
    </message>
    <message>
        <source>not ordered</source>
        <translation>非本人委托</translation>
    </message>
    <message>
        <source>nothing: enough is there</source>
        <translation>充足</translation>
    </message>
    <message>
        <source>of a contract from -1 to 1; of an underlying, shares of the book</source>
        <translation>单合约 -1 至 1；标的为账户合计份数</translation>
    </message>
    <message>
        <source>once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>once a day</source>
        <translation>每日一次</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>opened today</source>
        <translation>当日开仓</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>paid for long positions</source>
        <translation>权利仓成交金额</translation>
    </message>
    <message>
        <source>positions in one direction</source>
        <translation>单方向持仓</translation>
    </message>
    <message>
        <source>price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>profit of the day</source>
        <translation>当日盈亏</translation>
    </message>
    <message>
        <source>put off</source>
        <translation>已推迟</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>复牌</translation>
    </message>
    <message>
        <source>shares for 1 % of the underlying</source>
        <translation>标的变动 1% 的份数</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>价差</translation>
    </message>
    <message>
        <source>the account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>the ex-day that follows</source>
        <translation>随后的除息日</translation>
    </message>
    <message>
        <source>the whole book</source>
        <translation>全账户</translation>
    </message>
    <message>
        <source>theta</source>
        <translation>Theta</translation>
    </message>
    <message>
        <source>tick</source>
        <translation>滴答</translation>
    </message>
    <message>
        <source>total position</source>
        <translation>总持仓</translation>
    </message>
    <message>
        <source>vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>volatility</source>
        <translation>波动率</translation>
    </message>
    <message>
        <source>warning {warn:p}, call {call:p}, forced close {force:p}</source>
        <translation>预警 {warn:p}，追保 {call:p}，强平 {force:p}</translation>
    </message>
    <message>
        <source>went by itself</source>
        <translation>自动收起</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>yuan a day</source>
        <translation>元/日</translation>
    </message>
    <message>
        <source>yuan between bid and ask</source>
        <translation>买卖价差，元</translation>
    </message>
    <message>
        <source>yuan for a volatility point</source>
        <translation>元/波动率点</translation>
    </message>
    <message>
        <source>yuan today</source>
        <translation>元，当日</translation>
    </message>
    <message>
        <source>{amount:m} yuan, {shares:q} shares come in</source>
        <translation>{amount:m} 元，收入 {shares:q} 份</translation>
    </message>
    <message>
        <source>{available:m} yuan</source>
        <translation>{available:m} 元</translation>
    </message>
    <message>
        <source>{called:m} yuan until {by}</source>
        <translation>{called:m} 元，{by} 前</translation>
    </message>
    <message>
        <source>{cash:m} yuan · {shares:q} shares</source>
        <translation>{cash:m} 元 · {shares:q} 份</translation>
    </message>
    <message>
        <source>{cash_needed:m} yuan · {shares_needed:q} shares</source>
        <translation>{cash_needed:m} 元 · {shares_needed:q} 份</translation>
    </message>
    <message>
        <source>{cash_short:m} yuan · {shares_short:q} shares</source>
        <translation>{cash_short:m} 元 · {shares_short:q} 份</translation>
    </message>
    <message>
        <source>{cash} yuan a share</source>
        <translation>{cash} 元</translation>
    </message>
    <message>
        <source>{count} accounts are over their line</source>
        <translation>{count} 个账户超过监控线</translation>
    </message>
    <message>
        <source>{count} adjustments are in force</source>
        <translation>{count} 项调整已生效</translation>
    </message>
    <message>
        <source>{count} adjustments lie ahead</source>
        <translation>{count} 项调整临近</translation>
    </message>
    <message>
        <source>{count} combinations are released after the close</source>
        <translation>{count} 个组合将于收盘后解除</translation>
    </message>
    <message>
        <source>{count} contracts</source>
        <translation>{count} 个合约</translation>
    </message>
    <message>
        <source>{count} contracts of {underlying}</source>
        <translation>{underlying} {count} 个合约</translation>
    </message>
    <message>
        <source>{count} forced closes</source>
        <translation>{count} 项强行平仓</translation>
    </message>
    <message>
        <source>{count} halts and resumptions</source>
        <translation>{count} 项停复牌</translation>
    </message>
    <message>
        <source>{count} holdings are large enough for a report</source>
        <translation>{count} 项持仓可能需报告</translation>
    </message>
    <message>
        <source>{count} holdings expire soon</source>
        <translation>{count} 组持仓临近到期</translation>
    </message>
    <message>
        <source>{count} holdings in the money are not exercised</source>
        <translation>{count} 组实值权利仓尚未申报完</translation>
    </message>
    <message>
        <source>{count} holdings should be closed before they expire</source>
        <translation>{count} 组持仓应平未平</translation>
    </message>
    <message>
        <source>{count} inquiries wait for an answer</source>
        <translation>{count} 个询价待回应</translation>
    </message>
    <message>
        <source>{count} lines are down</source>
        <translation>{count} 条连接中断</translation>
    </message>
    <message>
        <source>{count} messages</source>
        <translation>{count} 条教员提示</translation>
    </message>
    <message>
        <source>{count} more in the drawer</source>
        <translation>另有 {count} 条，打开提醒栏</translation>
    </message>
    <message>
        <source>{count} more, in the history</source>
        <translation>另有 {count} 条，见全部</translation>
    </message>
    <message>
        <source>{count} of your conditions are met</source>
        <translation>{count} 个自定义条件触发</translation>
    </message>
    <message>
        <source>{count} orders far out of the money</source>
        <translation>{count} 笔严重价外开仓</translation>
    </message>
    <message>
        <source>{count} orders open adjusted contracts</source>
        <translation>{count} 笔开仓调整合约</translation>
    </message>
    <message>
        <source>{count} orders open what expires soon</source>
        <translation>{count} 笔临近到期开仓</translation>
    </message>
    <message>
        <source>{count} position limits are near or passed</source>
        <translation>{count} 项持仓限额接近或超过</translation>
    </message>
    <message>
        <source>{count} purchase limits are near or passed</source>
        <translation>{count} 项限购额度接近或超过</translation>
    </message>
    <message>
        <source>{count} quoting obligations are at risk</source>
        <translation>{count} 个合约报价义务有风险</translation>
    </message>
    <message>
        <source>{count} short positions may lack funds or shares</source>
        <translation>{count} 组义务仓备付可能不足</translation>
    </message>
    <message>
        <source>{count} short positions were assigned</source>
        <translation>{count} 项义务仓被指派</translation>
    </message>
    <message>
        <source>{count} volatility interruptions</source>
        <translation>{count} 个合约熔断</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} 日</translation>
    </message>
    <message>
        <source>{day} after the close</source>
        <translation>{day} 收盘后</translation>
    </message>
    <message>
        <source>{day} · {days} trading days left</source>
        <translation>{day} · 还有 {days} 个交易日</translation>
    </message>
    <message>
        <source>{done} orders, the last at {at}</source>
        <translation>{done} 笔，最近 {at}</translation>
    </message>
    <message>
        <source>{free:q}, {to_lock:q} to lock</source>
        <translation>{free:q} 份，须锁定 {to_lock:q} 份</translation>
    </message>
    <message>
        <source>{listed} contracts change</source>
        <translation>{listed} 个合约</translation>
    </message>
    <message>
        <source>{locked:q} → {needed:q} shares</source>
        <translation>{locked:q} → {needed:q} 份</translation>
    </message>
    <message>
        <source>{margin:m} / {balance:m} yuan</source>
        <translation>{margin:m} / {balance:m} 元</translation>
    </message>
    <message>
        <source>{margin:m} yuan</source>
        <translation>{margin:m} 元</translation>
    </message>
    <message>
        <source>{missing:q} shares until {by}</source>
        <translation>{missing:q} 份，{by} 前</translation>
    </message>
    <message>
        <source>{missing:q} shares, or close {to_close} contracts</source>
        <translation>{missing:q} 份，或平仓 {to_close} 张</translation>
    </message>
    <message>
        <source>{money} yuan</source>
        <translation>{money} 元</translation>
    </message>
    <message>
        <source>{pairs} could be exercised as pairs</source>
        <translation>可合并行权 {pairs} 组</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s and more</source>
        <translation>{seconds} 秒以上</translation>
    </message>
    <message>
        <source>{shares:q} shares, {amount:m} yuan come in</source>
        <translation>{shares:q} 份，收入 {amount:m} 元</translation>
    </message>
    <message>
        <source>{slack} s</source>
        <translation>{slack} 秒</translation>
    </message>
    <message>
        <source>Near expiry: {subject}</source>
        <translation>{subject} 临近到期</translation>
    </message>
    <message>
        <source>{subject} is an adjusted contract</source>
        <translation>{subject} 是调整合约</translation>
    </message>
    <message>
        <source>{subject} is far out of the money</source>
        <translation>{subject} 严重价外</translation>
    </message>
    <message>
        <source>{subject} should be closed before it expires</source>
        <translation>{subject} 应平未平</translation>
    </message>
    <message>
        <source>{subject} was assigned</source>
        <translation>{subject} 被指派</translation>
    </message>
    <message>
        <source>{subject}: an inquiry waits for an answer</source>
        <translation>{subject} 询价待回应</translation>
    </message>
    <message>
        <source>{subject}: funds or shares may be short if assigned</source>
        <translation>{subject} 若被指派，备付可能不足</translation>
    </message>
    <message>
        <source>{subject}: in the money, not exercised yet</source>
        <translation>{subject} 实值，尚未申报行权</translation>
    </message>
    <message>
        <source>{subject}: the quoting obligation has failed today</source>
        <translation>{subject} 今日报价义务未达标</translation>
    </message>
    <message>
        <source>{subject}: the quoting obligation is at risk</source>
        <translation>{subject} 报价义务有风险</translation>
    </message>
    <message>
        <source>{subject}: trading goes on again</source>
        <translation>{subject} 复牌</translation>
    </message>
    <message>
        <source>{subject}: trading is halted</source>
        <translation>{subject} 停牌</translation>
    </message>
    <message>
        <source>{subject}: trading is halted or goes on again</source>
        <translation>{subject} 停牌或复牌</translation>
    </message>
    <message>
        <source>{subject}: volatility interruption</source>
        <translation>{subject} 熔断</translation>
    </message>
    <message>
        <source>{underlying}: lock {to_lock:q} more shares for covered calls</source>
        <translation>{underlying} 备兑证券须补锁 {to_lock:q} 份</translation>
    </message>
    <message>
        <source>{underlying}: opening is restricted</source>
        <translation>{underlying} 限开仓</translation>
    </message>
    <message>
        <source>{used:q} / {allowed:q}, {part:p} · {limit:w}</source>
        <translation>{used:q} / {allowed:q}，{part:p} · {limit:w}</translation>
    </message>
    <message>
        <source>{year}-{month}, {count} contracts</source>
        <translation>{year}-{month}，{count} 个合约</translation>
    </message>
</context>
</TS>
