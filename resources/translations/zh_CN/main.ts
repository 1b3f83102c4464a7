<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Preset</name>
    <message>
        <source>Trading</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Chain only</source>
        <translation>仅报价</translation>
    </message>
    <message>
        <source>Retail</source>
        <translation>经纪</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Obligation terms</source>
        <translation>义务条款</translation>
    </message>
    <message>
        <source>Rates and time</source>
        <translation>利率与时间</translation>
    </message>
    <message>
        <source>Underlyings</source>
        <translation>标的 / 到期</translation>
    </message>
    <message>
        <source>Choose a contract</source>
        <translation>选择合约</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>盘口</translation>
    </message>
    <message>
        <source>Order ticket</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>当日委托</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>当日成交</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>资金</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史查询</translation>
    </message>
    <message>
        <source>Tear off or put back</source>
        <translation>拆出或放回</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>非交易指令</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Volatility curve</source>
        <translation>波动率曲线</translation>
    </message>
    <message>
        <source>All expiries</source>
        <translation>全部到期</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>波动率曲面</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>Net exposure</source>
        <translation>净敞口</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>In the chain</source>
        <translation>T 型报价中</translation>
    </message>
    <message>
        <source>In the order ticket</source>
        <translation>下单面板中</translation>
    </message>
    <message>
        <source>Trading layout</source>
        <translation>交易布局</translation>
    </message>
    <message>
        <source>Chain only</source>
        <translation>仅报价</translation>
    </message>
    <message>
        <source>Retail layout</source>
        <translation>经纪布局</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示按键表</translation>
    </message>
    <message>
        <source>Go to the order ticket</source>
        <translation>转到下单面板</translation>
    </message>
    <message>
        <source>Cancel all orders of this underlying</source>
        <translation>撤销该标的全部委托</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Trading layout, ticket in focus</source>
        <translation>交易布局并转到下单</translation>
    </message>
    <message>
        <source>STOP: cancel all orders (press twice)</source>
        <translation>停止：撤销全部委托（按两次）</translation>
    </message>
    <message>
        <source>Find a contract (or simply type)</source>
        <translation>查找合约（直接键入亦可）</translation>
    </message>
    <message>
        <source>Colour prices by change or by side</source>
        <translation>价格配色：按涨跌 / 按买卖</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>深色 / 浅色</translation>
    </message>
    <message>
        <source>Chinese or English</source>
        <translation>中文 / 英文</translation>
    </message>
    <message>
        <source>Pause or go on (simulated market)</source>
        <translation>暂停 / 继续（仿真行情）</translation>
    </message>
    <message>
        <source>Play one minute (simulated market)</source>
        <translation>单步一分钟（仿真行情）</translation>
    </message>
    <message>
        <source>Move in the chain</source>
        <translation>在报价表中移动</translation>
    </message>
    <message>
        <source>Change between calls and puts</source>
        <translation>切换认购 / 认沽</translation>
    </message>
    <message>
        <source>Expiry before, expiry after</source>
        <translation>上一到期月 / 下一到期月</translation>
    </message>
    <message>
        <source>Go to the money</source>
        <translation>回到平值</translation>
    </message>
    <message>
        <source>Pin the depth</source>
        <translation>固定盘口</translation>
    </message>
    <message>
        <source>Start a buy</source>
        <translation>准备买入</translation>
    </message>
    <message>
        <source>Start a sell</source>
        <translation>准备卖出</translation>
    </message>
    <message>
        <source>Cancel my orders in this contract</source>
        <translation>撤销本合约委托</translation>
    </message>
    <message>
        <source>Take the price under the cursor</source>
        <translation>取光标处价格</translation>
    </message>
    <message>
        <source>Filter strikes</source>
        <translation>筛选行权价</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>发送委托</translation>
    </message>
    <message>
        <source>Clear the ticket</source>
        <translation>清空下单面板</translation>
    </message>
    <message>
        <source>One tick or one contract more or less</source>
        <translation>加减一个价位或一张</translation>
    </message>
    <message>
        <source>Ten ticks or contracts more or less</source>
        <translation>加减十个价位或十张</translation>
    </message>
    <message>
        <source>Exercise, combinations, shares and cash</source>
        <translation>行权、组合、证券与资金</translation>
    </message>
    <message>
        <source>Ask the counter</source>
        <translation>柜台查询</translation>
    </message>
    <message>
        <source>On the volatility curve</source>
        <translation>在波动率曲线中</translation>
    </message>
    <message>
        <source>Volatility and risk layout</source>
        <translation>波动率与风险布局</translation>
    </message>
    <message>
        <source>Go to the volatility curve</source>
        <translation>转到波动率曲线</translation>
    </message>
    <message>
        <source>Go to the risk panel</source>
        <translation>转到风险面板</translation>
    </message>
    <message>
        <source>Point before, point after</source>
        <translation>前一个点、后一个点</translation>
    </message>
    <message>
        <source>Point by 0.1 points, with Shift 0.5</source>
        <translation>该点上下 0.1 个波动率点，按 Shift 为 0.5</translation>
    </message>
    <message>
        <source>Tilt the curve</source>
        <translation>倾斜曲线</translation>
    </message>
    <message>
        <source>Lower or raise both wings</source>
        <translation>压低或抬高两翼</translation>
    </message>
    <message>
        <source>Lock or unlock the point</source>
        <translation>锁定或解锁该点</translation>
    </message>
    <message>
        <source>Fit anew under my work</source>
        <translation>保留手工调整，重新拟合</translation>
    </message>
    <message>
        <source>Publish the curve</source>
        <translation>发布曲线</translation>
    </message>
    <message>
        <source>Take back what is not published</source>
        <translation>撤回未发布的改动</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>按键表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>✕ {key} is taken: {action}</source>
        <translation>✕ {key} 已被占用：{action}</translation>
    </message>
    <message>
        <source>✕ {key} cannot be used: F1 to F12, or with Ctrl or Alt</source>
        <translation>✕ {key} 不可用：请用 F1 至 F12，或与 Ctrl、Alt 组合</translation>
    </message>
    <message>
        <source>Press a key</source>
        <translation>请按键</translation>
    </message>
    <message>
        <source>Click a key on the left to choose another one</source>
        <translation>点击左侧按键可另设</translation>
    </message>
    <message>
        <source>Keys as shipped</source>
        <translation>恢复默认按键</translation>
    </message>
</context>
<context>
    <name>Banner</name>
        <message>
            <source>Margin call: bring in {money} yuan by {until}, or positions are closed by force from {first} on</source>
            <translation>追加保证金：须在 {until} 前转入 {money} 元，否则自 {first} 起强行平仓</translation>
        </message>
        <message>
            <source>The venue does not start: {reason}</source>
            <translation>仿真交易所未能启动：{reason}</translation>
        </message>
        <message>
            <source>The trading day is over. Play on, and the next trading day begins</source>
            <translation>本交易日已结束。继续播放即进入下一交易日</translation>
        </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>The line to the venue is lost: prices stand still, no orders are taken</source>
        <translation>与柜台的连接已断开：行情停滞，不接受委托</translation>
    </message>
    <message>
        <source>{count} contracts expire in a year whose holidays are not announced: their dates are estimates</source>
        <translation>{count} 个合约的到期年份尚未公布休市安排，其日期为估计</translation>
    </message>
</context>
<context>
    <name>NoticeKind</name>
    <message>
        <source>Alarm</source>
        <translation>警报</translation>
    </message>
</context>
<context>
    <name>NoticesPanel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Concerns</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Strike</source>
        <translation>行权价</translation>
    </message>
    <message>
        <source>Moneyness</source>
        <translation>价值状态</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>合约编码</translation>
    </message>
    <message>
        <source>Strikes</source>
        <translation>行权价</translation>
    </message>
    <message>
        <source>Choose a strike</source>
        <translation>请选择行权价</translation>
    </message>
    <message>
        <source>Contract code</source>
        <translation>合约编码</translation>
    </message>
    <message>
        <source>Trading code</source>
        <translation>交易代码</translation>
    </message>
    <message>
        <source>Contract unit</source>
        <translation>合约单位</translation>
    </message>
    <message>
        <source>Last trading day</source>
        <translation>最后交易日</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} 交易日</translation>
    </message>
    <message>
        <source>The right to buy at the strike</source>
        <translation>到期可按行权价买入</translation>
    </message>
    <message>
        <source>The right to sell at the strike</source>
        <translation>到期可按行权价卖出</translation>
    </message>
    <message>
        <source>ITM</source>
        <translation>实值</translation>
    </message>
    <message>
        <source>OTM</source>
        <translation>虚值</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Expiry month</source>
        <translation>到期月</translation>
    </message>
</context>
<context>
    <name>SeriesRail</name>
    <message>
        <source>Expiry</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>ATM IV</source>
        <translation>平值IV</translation>
    </message>
    <message>
        <source>Last trading day {day}</source>
        <translation>最后交易日 {day}</translation>
    </message>
    <message>
        <source>Vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>Duty %</source>
        <translation>义务%</translation>
    </message>
    <message>
        <source>Vega of what is held, thousand yuan for one volatility point</source>
        <translation>持仓 Vega，千元/波动率点</translation>
    </message>
    <message>
        <source>Compliant part of the time owed today; ● as asked for, ◐ less</source>
        <translation>今日义务时间中合规的比例；● 达到要求，◐ 不足</translation>
    </message>
</context>
<context>
    <name>SessionTrack</name>
    <message>
        <source>to {phase}</source>
        <translation>距{phase}</translation>
    </message>
    <message>
        <source>{what} until {until}</source>
        <translation>{what}至 {until}</translation>
    </message>
    <message>
        <source>exercise</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>combinations</source>
        <translation>组合</translation>
    </message>
</context>
<context>
    <name>SmartBox</name>
    <message>
        <source>Nothing listed fits</source>
        <translation>没有匹配的合约</translation>
    </message>
    <message>
        <source>Code or 50 C 12 2.5</source>
        <translation>代码 拼音 50 C 12 2.5</translation>
    </message>
    <message>
        <source>Type anywhere: 510050, 50, an 8-digit code, a trading code, or 50 C 2612 3.0</source>
        <translation>随处键入：510050、50、8 位合约编码、交易代码，或 50 C 2612 3.0</translation>
    </message>
    <message>
        <source>Find a contract</source>
        <translation>查找合约</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Quotes {quoted}/{listed}</source>
        <translation>行情 {quoted}/{listed}</translation>
    </message>
    <message>
        <source>{updates} updates, {dropped} refused</source>
        <translation>更新 {updates} 次，拒收 {dropped} 条</translation>
    </message>
    <message>
        <source>Journal failed ✕</source>
        <translation>日志失败 ✕</translation>
    </message>
    <message>
        <source>Journal ✓</source>
        <translation>日志 ✓</translation>
    </message>
    <message>
        <source>Layout saved</source>
        <translation>布局已存</translation>
    </message>
    <message>
        <source>Layout changed</source>
        <translation>布局已改</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键表</translation>
    </message>
</context>
<context>
    <name>StopButton</name>
    <message>
        <source>Hold it, or press twice; while stopped, two presses lift it by the name of who decides</source>
        <translation>按住即停，或按两次；已停止时按两次解除，须有决定人姓名</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Lift? Again</source>
        <translation>解除？再按</translation>
    </message>
    <message>
        <source>Cancel {count}? Again</source>
        <translation>撤 {count} 笔？再按</translation>
    </message>
</context>
<context>
    <name>LineLamps</name>
    <message>
        <source>Feed</source>
        <translation>行情</translation>
    </message>
    <message>
        <source>Acks</source>
        <translation>回报</translation>
    </message>
    <message>
        <source>Feed: a heartbeat to the venue and back. Acks: an order sent until its first answer.</source>
        <translation>行情：与柜台往返一次的心跳。回报：委托发出到首个应答。</translation>
    </message>
</context>
<context>
    <name>PillRow</name>
    <message>
        <source>Day</source>
        <translation>日内</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Stops by tiers, held to act</source>
        <translation>分级停止，按住触发</translation>
    </message>
    <message>
        <source>Available funds {money}</source>
        <translation>可用资金 {money}</translation>
    </message>
    <message>
        <source>SIM</source>
        <translation>仿真</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>A recorded day played again: nothing can be sent</source>
        <translation>重放录制的一天，不能发出任何指令</translation>
    </message>
    <message>
        <source>A simulated market: no order reaches an exchange</source>
        <translation>仿真市场：委托不会到达交易所</translation>
    </message>
    <message>
        <source>P&amp;L today, CNY</source>
        <translation>今日盈亏 元</translation>
    </message>
    <message>
        <source>Time of the market</source>
        <translation>市场时间</translation>
    </message>
</context>
<context>
    <name>SpeedControl</name>
    <message>
        <source>Speed of the simulated market</source>
        <translation>仿真行情的速度</translation>
    </message>
    <message>
        <source>{seconds} s behind</source>
        <translation>落后 {seconds} 秒</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
</context>
<context>
    <name>ColourChoice</name>
    <message>
        <source>The new colours come once none of your quotes is in the market: putting them on holds the window up</source>
        <translation>新配色将在市场上没有本方报价时换上：换色会使界面停顿片刻</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
        <message>
            <source>Confirm orders before sending</source>
            <translation>下单前需确认</translation>
        </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>China: up red, down green</source>
        <translation>中国：红涨绿跌</translation>
    </message>
    <message>
        <source>Reduce motion: nothing blinks or flashes</source>
        <translation>减少动态效果：不闪烁</translation>
    </message>
    <message>
        <source>West: up green, down red</source>
        <translation>欧美：绿涨红跌</translation>
    </message>
    <message>
        <source>Colour-blind: up blue, down orange</source>
        <translation>色觉辅助：蓝涨橙跌</translation>
    </message>
    <message>
        <source>Prices by change</source>
        <translation>价格按涨跌着色</translation>
    </message>
    <message>
        <source>Prices by side</source>
        <translation>价格按买卖着色</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Reset this layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
</context>
<context>
    <name>Export</name>
        <message>
            <source>The table was not written: {reason}</source>
            <translation>表格未能写入：{reason}</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>已写入：{path}</translation>
        </message>
        <message>
            <source>Contract code</source>
            <translation>合约代码</translation>
        </message>
        <message>
            <source>&amp;Look in:</source>
            <translation>查找范围(&amp;L)：</translation>
        </message>
        <message>
            <source>Files of &amp;type:</source>
            <translation>文件类型(&amp;T)：</translation>
        </message>
</context>
<context>
    <name>Underlying</name>
    <message>
        <source>STAR50</source>
        <translation>科创50</translation>
    </message>
    <message>
        <source>STAR50 E</source>
        <translation>科创板50</translation>
    </message>
</context>
</TS>
