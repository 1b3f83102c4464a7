<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>training</name>
    <message>
        <source>{days}d {clock}</source>
        <translation>{days} 天 {clock}</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市况</translation>
    </message>
    <message>
        <source>Inquiries</source>
        <translation>询价</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Stop the jump</source>
        <translation>停止跳转</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>标的跳空</translation>
    </message>
    <message>
        <source>Price path</source>
        <translation>标的走势</translation>
    </message>
    <message>
        <source>Volatility</source>
        <translation>波动率冲击</translation>
    </message>
    <message>
        <source>Liquidity gone</source>
        <translation>流动性枯竭</translation>
    </message>
    <message>
        <source>Suspension</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>Resumption</source>
        <translation>复牌</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Open restriction</source>
        <translation>限开仓</translation>
    </message>
    <message>
        <source>Lift restriction</source>
        <translation>解除限开仓</translation>
    </message>
    <message>
        <source>Feed lost</source>
        <translation>行情中断</translation>
    </message>
    <message>
        <source>Feed late</source>
        <translation>行情延迟</translation>
    </message>
    <message>
        <source>Reports held</source>
        <translation>回报延迟</translation>
    </message>
    <message>
        <source>Line cut</source>
        <translation>断线</translation>
    </message>
    <message>
        <source>Money moved</source>
        <translation>出入金</translation>
    </message>
    <message>
        <source>Margin call</source>
        <translation>追保通知</translation>
    </message>
    <message>
        <source>Forced close</source>
        <translation>强行平仓</translation>
    </message>
    <message>
        <source>Dividend</source>
        <translation>分红公告</translation>
    </message>
    <message>
        <source>Restrict account</source>
        <translation>限制交易</translation>
    </message>
    <message>
        <source>Push a message</source>
        <translation>推送消息</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>部分完成</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Nothing forbidden</source>
        <translation>不限制</translation>
    </message>
    <message>
        <source>No buy-open</source>
        <translation>禁止买入开仓</translation>
    </message>
    <message>
        <source>No sell-open</source>
        <translation>禁止卖出开仓</translation>
    </message>
    <message>
        <source>No opening</source>
        <translation>禁止开仓</translation>
    </message>
    <message>
        <source>No exercise</source>
        <translation>禁止行权</translation>
    </message>
    <message>
        <source>Event library</source>
        <translation>事件库</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>For</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Move, %</source>
        <translation>幅度，%</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Late by, s</source>
        <translation>延迟，秒</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Amount, CNY</source>
        <translation>金额，元</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Words, Chinese</source>
        <translation>中文内容</translation>
    </message>
    <message>
        <source>Words, English</source>
        <translation>英文内容</translation>
    </message>
    <message>
        <source>Forbidden</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Inject · {event}</source>
        <translation>注入 · {event}</translation>
    </message>
    <message>
        <source>Inject now</source>
        <translation>立即注入</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a day like 2026-11-25</source>
        <translation>形如 2026-11-25 的日期</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全部学员</translation>
    </message>
    <message>
        <source>Upwards</source>
        <translation>向上</translation>
    </message>
    <message>
        <source>Downwards</source>
        <translation>向下</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>评分要点</translation>
    </message>
    <message>
        <source>Scored from the trainee's journal</source>
        <translation>按学员日志自动计分</translation>
    </message>
    <message>
        <source>reminders {count}</source>
        <translation>提醒 {count}</translation>
    </message>
    <message>
        <source>orders {count}</source>
        <translation>委托 {count}</translation>
    </message>
    <message>
        <source>quotes {count}</source>
        <translation>报价 {count}</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Reaction, s</source>
        <translation>反应，秒</translation>
    </message>
    <message>
        <source>P&amp;L</source>
        <translation>盈亏</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>评语</translation>
    </message>
    <message>
        <source>Line down</source>
        <translation>断线</translation>
    </message>
    <message>
        <source>Needs help</source>
        <translation>需介入</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Excellent</source>
        <translation>优</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>及格</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>未及格</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>考核点</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>满分</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>By</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Class log</source>
        <translation>课堂日志</translation>
    </message>
    <message>
        <source>Trainees</source>
        <translation>学员</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Market time</source>
        <translation>市场时间</translation>
    </message>
    <message>
        <source>To the next event</source>
        <translation>跳到下一事件</translation>
    </message>
    <message>
        <source>Jump</source>
        <translation>跳转</translation>
    </message>
    <message>
        <source>To its settlement</source>
        <translation>跳到日终结算</translation>
    </message>
    <message>
        <source>Plays on in coarse steps, every settlement between; desks take part in each step</source>
        <translation>以粗步推进，期间逐日结算；各席位逐步参与</translation>
    </message>
    <message>
        <source>Trainees · {count}</source>
        <translation>学员 {count} 席</translation>
    </message>
    <message>
        <source>{count} need you</source>
        <translation>{count} 席需介入</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>成绩单</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{role} · expiry {expiry} · seed {seed}</source>
        <translation>{role} · 到期 {expiry} · 种子 {seed}</translation>
    </message>
    <message>
        <source>OptionDesk · instructor · {title}</source>
        <translation>OptionDesk 教员台 · {title}</translation>
    </message>
    <message>
        <source>OptionDesk · instructor</source>
        <translation>OptionDesk 教员台</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>剧本</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>{account} is here</source>
        <translation>{account} 已上线</translation>
    </message>
    <message>
        <source>{account} is gone</source>
        <translation>{account} 已离线</translation>
    </message>
    <message>
        <source>+{points} points</source>
        <translation>+{points} 分</translation>
    </message>
    <message>
        <source>By need</source>
        <translation>按需介入</translation>
    </message>
    <message>
        <source>By seat</source>
        <translation>按席位</translation>
    </message>
    <message>
        <source>Export scores</source>
        <translation>导出成绩单</translation>
    </message>
    <message>
        <source>Give a hint</source>
        <translation>给提示</translation>
    </message>
    <message>
        <source>Instructor</source>
        <translation>教员</translation>
    </message>
    <message>
        <source>others join with: desk --connect {address}</source>
        <translation>其他席位：desk --connect {address}</translation>
    </message>
    <message>
        <source>Instructor watching</source>
        <translation>教员正在看屏</translation>
    </message>
    <message>
        <source>The instructor sees the panel in front, your working orders and your score</source>
        <translation>教员可以看到您的前台面板、在途委托与得分</translation>
    </message>
    <message>
        <source>Hint −{points}</source>
        <translation>提示 −{points}</translation>
    </message>
    <message>
        <source>TRAINING</source>
        <translation>教学</translation>
    </message>
    <message>
        <source>Task sheet</source>
        <translation>任务单</translation>
    </message>
    <message>
        <source>Market time left</source>
        <translation>剩余市场时间</translation>
    </message>
</context>
<context>
    <name>NoticeKind</name>
    <message>
        <source>Instructor</source>
        <translation>教员</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>en</source>
        <translation>zh_CN</translation>
    </message>
    <message>
        <source>{what}: from the next trading day calls of {day} may be opened again</source>
        <translation>{what}：自下一交易日起，{day} 到期认购恢复开仓</translation>
    </message>
    <message>
        <source>{what}: from the next trading day calls of {day} may not be opened</source>
        <translation>{what}：自下一交易日起，{day} 到期认购限开仓</translation>
    </message>
</context>
</TS>
