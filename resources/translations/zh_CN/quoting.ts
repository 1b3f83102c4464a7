<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Keys</name>
    <message>
        <source>In the quoting grid</source>
        <translation>在报价网格中</translation>
    </message>
    <message>
        <source>Quoting layout</source>
        <translation>报价布局</translation>
    </message>
    <message>
        <source>Pull all quotes, stop every quoter</source>
        <translation>撤全部报价并停止所有报价策略</translation>
    </message>
    <message>
        <source>Go to the quoting grid</source>
        <translation>转到报价网格</translation>
    </message>
    <message>
        <source>Fill the cells chosen from the first</source>
        <translation>用首格向下填充所选单元格</translation>
    </message>
    <message>
        <source>Stage what the clipboard holds</source>
        <translation>暂存剪贴板内容</translation>
    </message>
    <message>
        <source>Undo the last staged step</source>
        <translation>撤销上一步暂存</translation>
    </message>
    <message>
        <source>Take cells back to the quoter's own</source>
        <translation>单元格恢复为策略默认</translation>
    </message>
    <message>
        <source>Turn bid or ask on or off</source>
        <translation>开关买边或卖边</translation>
    </message>
    <message>
        <source>Put what is staged in force</source>
        <translation>应用暂存</translation>
    </message>
    <message>
        <source>Drop what is staged</source>
        <translation>放弃暂存</translation>
    </message>
    <message>
        <source>In the two-sided quote</source>
        <translation>双边报价中</translation>
    </message>
    <message>
        <source>Go to the two-sided quote</source>
        <translation>转到双边报价</translation>
    </message>
    <message>
        <source>Quote both sides, or pull my quote</source>
        <translation>双边报价，或撤下我的报价</translation>
    </message>
    <message>
        <source>Send both sides</source>
        <translation>发出双边</translation>
    </message>
    <message>
        <source>Pull my quote</source>
        <translation>撤下我的报价</translation>
    </message>
    <message>
        <source>Drop what was typed</source>
        <translation>放弃已输入的内容</translation>
    </message>
    <message>
        <source>Stops by tiers, everywhere, held down</source>
        <translation>分级停止（任何位置，按住）</translation>
    </message>
    <message>
        <source>Nothing that buys leaves</source>
        <translation>不再发出买入</translation>
    </message>
    <message>
        <source>Nothing that sells leaves</source>
        <translation>不再发出卖出</translation>
    </message>
    <message>
        <source>Stop the expiry of the chain</source>
        <translation>停止行情表所示到期月</translation>
    </message>
    <message>
        <source>Only what closes leaves</source>
        <translation>只允许平仓</translation>
    </message>
    <message>
        <source>Cancel all, nothing new leaves</source>
        <translation>全部撤单，不再发出新单</translation>
    </message>
    <message>
        <source>The same, and let the line go</source>
        <translation>同上，并断开线路</translation>
    </message>
    <message>
        <source>Quote the row or take it out, at once</source>
        <translation>立即报出或撤下该行</translation>
    </message>
    <message>
        <source>Start or stop the expiry</source>
        <translation>启动或停止该到期月</translation>
    </message>
    <message>
        <source>Start or stop the underlying</source>
        <translation>启动或停止该标的</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Quoting grid</source>
        <translation>报价网格</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>做市保护</translation>
    </message>
    <message>
        <source>Two-sided quote</source>
        <translation>双边报价</translation>
    </message>
    <message>
        <source>Two-sided</source>
        <translation>双边报价</translation>
    </message>
    <message>
        <source>Single</source>
        <translation>单边</translation>
    </message>
    <message>
        <source>Combo</source>
        <translation>组合</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Quoting</source>
        <translation>报价</translation>
    </message>
</context>
<context>
    <name>quoting</name>
    <message>
        <source>Waits for the counter to tell what kind of account this is</source>
        <translation>等待柜台告知账户类型</translation>
    </message>
    <message>
        <source>one side stopped</source>
        <translation>单边已停</translation>
    </message>
    <message>
        <source>one month stopped</source>
        <translation>一个到期月已停</translation>
    </message>
    <message>
        <source>only closing allowed</source>
        <translation>仅允许平仓</translation>
    </message>
    <message>
        <source>everything cancelled and stopped</source>
        <translation>全部撤单并停止</translation>
    </message>
    <message>
        <source>everything cancelled, off the line</source>
        <translation>全部撤单并断线</translation>
    </message>
    <message>
        <source>this desk, no name given</source>
        <translation>本台（未署名）</translation>
    </message>
    <message>
        <source>the dead-man watch</source>
        <translation>失联监护</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>跟价</translation>
    </message>
    <message>
        <source>V sk.</source>
        <translation>V偏移</translation>
    </message>
    <message>
        <source>Δ sk.</source>
        <translation>Δ偏移</translation>
    </message>
    <message>
        <source>Lifting a stop takes the name of who decides; it is written down.</source>
        <translation>解除停止须填决定人姓名，并留有记录。</translation>
    </message>
    <message>
        <source>Quoting</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Ticks</source>
        <translation>跳数</translation>
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
        <source>Own price</source>
        <translation>自主定价</translation>
    </message>
    <message>
        <source>Follow best</source>
        <translation>跟价</translation>
    </message>
    <message>
        <source>Not alone</source>
        <translation>不独占最优</translation>
    </message>
    <message>
        <source>Close first</source>
        <translation>平仓优先</translation>
    </message>
    <message>
        <source>Open first</source>
        <translation>开仓优先</translation>
    </message>
    <message>
        <source>Bid closes</source>
        <translation>买平卖开</translation>
    </message>
    <message>
        <source>Ask closes</source>
        <translation>买开卖平</translation>
    </message>
    <message>
        <source>Both close</source>
        <translation>双边平仓</translation>
    </message>
    <message>
        <source>Open/close</source>
        <translation>开平</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Which side opens and which closes</source>
        <translation>哪边开仓、哪边平仓</translation>
    </message>
    <message>
        <source>A side is set to close and nothing is held</source>
        <translation>某边设为平仓而无可平持仓</translation>
    </message>
    <message>
        <source>Wider than the obligation allows</source>
        <translation>宽于义务允许的价差</translation>
    </message>
    <message>
        <source>Smaller than the obligation allows</source>
        <translation>少于义务要求的数量</translation>
    </message>
    <message>
        <source>Narrowed to what the obligation allows</source>
        <translation>已收窄至义务允许的价差</translation>
    </message>
    <message>
        <source>Raised to the obligation&apos;s least size</source>
        <translation>数量已补足至义务下限</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>买</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>卖</translation>
    </message>
    <message>
        <source>Width rule</source>
        <translation>宽度模式</translation>
    </message>
    <message>
        <source>Half width</source>
        <translation>半宽</translation>
    </message>
    <message>
        <source>Least width</source>
        <translation>最小宽度</translation>
    </message>
    <message>
        <source>Most width</source>
        <translation>最大宽度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>量</translation>
    </message>
    <message>
        <source>Δ skew</source>
        <translation>Δ偏移</translation>
    </message>
    <message>
        <source>Vega skew</source>
        <translation>Vega偏移</translation>
    </message>
    <message>
        <source>Position limit</source>
        <translation>持仓上限</translation>
    </message>
    <message>
        <source>Join rule</source>
        <translation>跟价规则</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>No sound theoretical price</source>
        <translation>无可靠理论价</translation>
    </message>
    <message>
        <source>Delta beyond the range quoted</source>
        <translation>Delta 超出报价范围</translation>
    </message>
    <message>
        <source>No obligation known to take the width from</source>
        <translation>无可参照的义务价差</translation>
    </message>
    <message>
        <source>No room within the day's price limits</source>
        <translation>涨跌停内无报价空间</translation>
    </message>
    <message>
        <source>Expiry not started</source>
        <translation>该月未启动</translation>
    </message>
    <message>
        <source>A side is off, and this market takes both</source>
        <translation>一边已关，本市场须双边</translation>
    </message>
    <message>
        <source>A side is paused, and this market takes both</source>
        <translation>一边已停，本市场须双边</translation>
    </message>
    <message>
        <source>Position at its limit</source>
        <translation>持仓已达上限</translation>
    </message>
    <message>
        <source>No quotes in this phase</source>
        <translation>当前阶段不报价</translation>
    </message>
    <message>
        <source>Its book as told is crossed</source>
        <translation>行情盘口倒挂</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>排队待发</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Δ lots</source>
        <translation>Δ 张</translation>
    </message>
    <message>
        <source>Vega lots</source>
        <translation>Vega 张</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>亏损</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>到期月</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>underlying stale</source>
        <translation>标的行情陈旧</translation>
    </message>
    <message>
        <source>underlying crossed</source>
        <translation>标的买卖倒挂</translation>
    </message>
    <message>
        <source>underlying wide</source>
        <translation>标的价差过宽</translation>
    </message>
    <message>
        <source>underlying jumped</source>
        <translation>标的跳价</translation>
    </message>
    <message>
        <source>too few sound prices</source>
        <translation>可靠理论价过少</translation>
    </message>
    <message>
        <source>market data silent</source>
        <translation>行情中断</translation>
    </message>
    <message>
        <source>acknowledgements slow</source>
        <translation>回报过慢</translation>
    </message>
    <message>
        <source>clock drifts</source>
        <translation>时钟偏差</translation>
    </message>
    <message>
        <source>Theo</source>
        <translation>理论</translation>
    </message>
    <message>
        <source>Theoretical price, yuan</source>
        <translation>理论价，元</translation>
    </message>
    <message>
        <source>IV %</source>
        <translation>IV %</translation>
    </message>
    <message>
        <source>Volatility of the curve in force, per cent a year</source>
        <translation>生效曲线的年化波动率，%</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>What the half width is made of</source>
        <translation>半宽的依据</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>半宽</translation>
    </message>
    <message>
        <source>Half the spread: ticks, points, or share of the allowed</source>
        <translation>价差之半：跳、波动率点或上限占比</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Least width in ticks</source>
        <translation>最小宽度，跳</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Most width in ticks</source>
        <translation>最大宽度，跳</translation>
    </message>
    <message>
        <source>Now / max</source>
        <translation>现宽 / 上限</translation>
    </message>
    <message>
        <source>Our spread against what the obligation allows, ticks</source>
        <translation>我方价差与义务上限，跳</translation>
    </message>
    <message>
        <source>Contracts of either side</source>
        <translation>每边张数</translation>
    </message>
    <message>
        <source>Ticks the quote lies higher for a delta of one</source>
        <translation>Delta 为一时报价上移的跳数</translation>
    </message>
    <message>
        <source>Volatility points the quote lies higher</source>
        <translation>报价上移的波动率点</translation>
    </message>
    <message>
        <source>Pos. / limit</source>
        <translation>持仓 / 上限</translation>
    </message>
    <message>
        <source>Net contracts; the limit is edited</source>
        <translation>净持仓张数；可改上限</translation>
    </message>
    <message>
        <source>How it stands to the best of the others</source>
        <translation>相对他人最优价的规则</translation>
    </message>
    <message>
        <source>Tol.</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Ticks a quote may be off before it is replaced</source>
        <translation>偏离多少跳才改价</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>How the contract stands in the market</source>
        <translation>合约在市状态</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why it is not quoted</source>
        <translation>未报价的原因</translation>
    </message>
    <message>
        <source>F/min</source>
        <translation>成交/分</translation>
    </message>
    <message>
        <source>Executions of the last minute</source>
        <translation>最近一分钟成交笔数</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>优势 元</translation>
    </message>
    <message>
        <source>Yuan against theoretical prices since this desk began, before fees</source>
        <translation>本次启动以来相对理论价的收益，元，未计费用</translation>
    </message>
    <message>
        <source>Whether the bid is quoted</source>
        <translation>是否报买边</translation>
    </message>
    <message>
        <source>Whether the ask is quoted</source>
        <translation>是否报卖边</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停</translation>
    </message>
    <message>
        <source>Faulted</source>
        <translation>故障停止</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>影子</translation>
    </message>
    <message>
        <source>Not quoted</source>
        <translation>未报</translation>
    </message>
    <message>
        <source>Entering</source>
        <translation>申报中</translation>
    </message>
    <message>
        <source>Bid only</source>
        <translation>仅买边</translation>
    </message>
    <message>
        <source>Ask only</source>
        <translation>仅卖边</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>双边在市</translation>
    </message>
    <message>
        <source>Near limit</source>
        <translation>双边·临界</translation>
    </message>
    <message>
        <source>Tripped</source>
        <translation>保护触发</translation>
    </message>
    <message>
        <source>quoting</source>
        <translation>报价中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停</translation>
    </message>
    <message>
        <source>{month}  {days} trading days · {live} of {count} live · {state}</source>
        <translation>{month}  {days} 交易日 · 在市 {live}/{count} · {state}</translation>
    </message>
    <message>
        <source>Press to fold or unfold; the button at the left starts or stops the expiry</source>
        <translation>点击折叠或展开；左侧按钮启动或停止该月</translation>
    </message>
    <message>
        <source>Staged; {value} is in force</source>
        <translation>已暂存；生效值为 {value}</translation>
    </message>
    <message>
        <source>Nothing of this can be edited here</source>
        <translation>此处没有可编辑的单元格</translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Take back to the quoter's own</source>
        <translation>恢复策略默认</translation>
    </message>
    <message>
        <source>Turn switches</source>
        <translation>切换开关</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Set {name} against what runs</source>
        <translation>参数组 {name} 与运行值对比</translation>
    </message>
    <message>
        <source>{count} cells differ</source>
        <translation>{count} 格不同</translation>
    </message>
    <message>
        <source>The set is what runs</source>
        <translation>与运行值一致</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>生效</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已存</translation>
    </message>
    <message>
        <source>quoter's own</source>
        <translation>策略默认</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Name of the set</source>
        <translation>参数组名称</translation>
    </message>
    <message>
        <source>There is no default yet: choose a contract and keep its terms as one</source>
        <translation>尚无默认：选一个合约，将其参数存为默认</translation>
    </message>
    <message>
        <source>Choose a contract with a known delta first</source>
        <translation>请先选择 Delta 已知的合约</translation>
    </message>
    <message>
        <source>Save what runs as a set…</source>
        <translation>将运行值存为参数组…</translation>
    </message>
    <message>
        <source>Compare with what runs…</source>
        <translation>与运行值对比…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Stage the defaults by moneyness</source>
        <translation>按虚实程度暂存默认</translation>
    </message>
    <message>
        <source>Keep this contract's terms as default of its moneyness</source>
        <translation>将此合约参数存为同档默认</translation>
    </message>
    <message>
        <source>Stopped at {time}: {cause}</source>
        <translation>{time} 停止：{cause}</translation>
    </message>
    <message>
        <source>Shadow since {time} by {by}</source>
        <translation>影子运行 {time} 起 · {by}</translation>
    </message>
    <message>
        <source>Quoting since {time} by {by}</source>
        <translation>报价 {time} 起 · {by}</translation>
    </message>
    <message>
        <source>Stopped at {time} by {by}</source>
        <translation>{time} 停止 · {by}</translation>
    </message>
    <message>
        <source>This account is no market maker's: there is nothing to quote</source>
        <translation>本账户不是做市商账户，无报价可管理</translation>
    </message>
    <message>
        <source>No window of this scope is set</source>
        <translation>此范围未设保护窗口</translation>
    </message>
    <message>
        <source>rolling {seconds} s</source>
        <translation>滚动 {seconds} 秒</translation>
    </message>
    <message>
        <source>whole day</source>
        <translation>全日</translation>
    </message>
    <message>
        <source>nothing traded yet</source>
        <translation>尚无成交</translation>
    </message>
    <message>
        <source>Last trip: none since the desk began</source>
        <translation>最近触发：本次启动以来无</translation>
    </message>
    <message>
        <source>Last trip: {what}</source>
        <translation>最近触发：{what}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>A second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>No pull rules are set</source>
        <translation>未设撤报规则</translation>
    </message>
    <message>
        <source>Nothing is pulled</source>
        <translation>无撤报</translation>
    </message>
    <message>
        <source>{group} · {measure} {figure} / {limit} at {time}</source>
        <translation>{group} · {measure} {figure} / {limit} · {time}</translation>
    </message>
    <message>
        <source>Maker protection</source>
        <translation>做市保护</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>申报流量</translation>
    </message>
    <message>
        <source>Pull rules</source>
        <translation>撤报规则</translation>
    </message>
    <message>
        <source>Stops (hold)</source>
        <translation>分级停止（按住）</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>决定人</translation>
    </message>
    <message>
        <source>your name, to re-arm and lift</source>
        <translation>姓名，恢复与解除须填</translation>
    </message>
    <message>
        <source>I have looked at the jump</source>
        <translation>已核实跳价</translation>
    </message>
    <message>
        <source>This account is no market maker's: there is nothing to protect</source>
        <translation>本账户不是做市商账户，无需做市保护</translation>
    </message>
    <message>
        <source>Give the name of who decides first</source>
        <translation>请先填写决定人</translation>
    </message>
    <message>
        <source>Re-arm</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Stop buying</source>
        <translation>停买</translation>
    </message>
    <message>
        <source>Stop selling</source>
        <translation>停卖</translation>
    </message>
    <message>
        <source>Stop expiry</source>
        <translation>停该月</translation>
    </message>
    <message>
        <source>Reduce only</source>
        <translation>仅平仓</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全撤停</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断线</translation>
    </message>
    <message>
        <source>Nothing that buys leaves any more; quotes go whole</source>
        <translation>不再发出买单；报价整笔撤出</translation>
    </message>
    <message>
        <source>Nothing that sells leaves any more; quotes go whole</source>
        <translation>不再发出卖单；报价整笔撤出</translation>
    </message>
    <message>
        <source>Nothing that opens leaves in the expiry of the chain</source>
        <translation>T 型报价所示月份不再开仓</translation>
    </message>
    <message>
        <source>Only what closes leaves</source>
        <translation>只许平仓</translation>
    </message>
    <message>
        <source>Quotes and orders are taken out, nothing new leaves</source>
        <translation>撤出全部报价与委托，不再发出</translation>
    </message>
    <message>
        <source>The same, and the line is let go: the venue cancels by itself</source>
        <translation>同上并断开线路，由交易所自行撤单</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>only closing</source>
        <translation>仅平仓</translation>
    </message>
    <message>
        <source>buying</source>
        <translation>买</translation>
    </message>
    <message>
        <source>selling</source>
        <translation>卖</translation>
    </message>
    <message>
        <source>Stopped: {what}</source>
        <translation>已停止：{what}</translation>
    </message>
    <message>
        <source>No stop is in force</source>
        <translation>无停止生效</translation>
    </message>
    <message>
        <source>{what} (hold)</source>
        <translation>{what}（按住触发）</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Lifts every stop, by the name above</source>
        <translation>以上方姓名解除全部停止</translation>
    </message>
    <message>
        <source>■ Stop quoting</source>
        <translation>■ 停止报价</translation>
    </message>
    <message>
        <source>▶ Start quoting</source>
        <translation>▶ 启动报价</translation>
    </message>
    <message>
        <source>{count} staged</source>
        <translation>暂存 {count} 处</translation>
    </message>
    <message>
        <source>Pause bids</source>
        <translation>停买边</translation>
    </message>
    <message>
        <source>Pause asks</source>
        <translation>停卖边</translation>
    </message>
    <message>
        <source>Shadow mode: runs, asks the gate, sends nothing</source>
        <translation>影子模式：运行并过风控，不发出</translation>
    </message>
    <message>
        <source>Pull all</source>
        <translation>撤全部报价</translation>
    </message>
    <message>
        <source>Stops every quoter and takes out every quote, at once</source>
        <translation>立即停止所有报价策略并撤出全部报价</translation>
    </message>
    <message>
        <source>Sets…</source>
        <translation>参数组…</translation>
    </message>
    <message>
        <source>Saved sets, defaults by moneyness, undo</source>
        <translation>参数组、按虚实默认、撤销</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Apply ↵</source>
        <translation>应用 ↵</translation>
    </message>
    <message>
        <source>Puts every staged cell in force while the quoter runs  [Ctrl+Return]</source>
        <translation>运行中应用全部暂存  [Ctrl+Return]</translation>
    </message>
    <message>
        <source>{underlying} net exposure</source>
        <translation>{underlying} 净敞口</translation>
    </message>
    <message>
        <source>{count} held without a figure</source>
        <translation>{count} 个持仓无数值</translation>
    </message>
    <message>
        <source>held {held}, at worst {lowest} to {highest}, limit {limit}</source>
        <translation>持有 {held}，最坏 {lowest} 至 {highest}，限额 {limit}</translation>
    </message>
    <message>
        <source>Δ shares</source>
        <translation>Δ 股</translation>
    </message>
    <message>
        <source>Γ per 1 %</source>
        <translation>Γ 1%</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>合约张数</translation>
    </message>
    <message>
        <source>This venue takes no quotes of this account</source>
        <translation>本市场不接受本账户的报价</translation>
    </message>
    <message>
        <source>{contract}: no price to quote around</source>
        <translation>{contract}：没有可依据的价格</translation>
    </message>
    <message>
        <source>{contract}: no quote of ours lies there</source>
        <translation>{contract}：没有我的报价在市</translation>
    </message>
    <message>
        <source>{contract}: is taken out once the line is back</source>
        <translation>{contract}：线路恢复后撤下</translation>
    </message>
    <message>
        <source>{contract}: taken out, and {strategy} quotes it again; switch its row off</source>
        <translation>{contract}：已撤，但 {strategy} 会再次报价；请关闭其报价行</translation>
    </message>
    <message>
        <source>{contract}: {strategy} quotes it too and will replace this; switch its row off</source>
        <translation>{contract}：{strategy} 也在报价，将覆盖此报价；请关闭其报价行</translation>
    </message>
    <message>
        <source>Pull  C</source>
        <translation>撤双边  C</translation>
    </message>
    <message>
        <source>Take our quote out; one that answers an inquiry stays for its time</source>
        <translation>撤下我的报价；应答询价的报价须满最短保留时间</translation>
    </message>
    <message>
        <source>Row off</source>
        <translation>关闭该行</translation>
    </message>
    <message>
        <source>Switch both sides of this contract's row of the quoter off, at once</source>
        <translation>立即关闭报价策略中该合约的买卖双边</translation>
    </message>
    <message>
        <source>Least {count}</source>
        <translation>义务最小 {count}</translation>
    </message>
    <message>
        <source>The smallest size that counts for the obligation</source>
        <translation>计入义务的最小数量</translation>
    </message>
    <message>
        <source>Choose a contract in the chain</source>
        <translation>请在 T 型报价中选择合约</translation>
    </message>
    <message>
        <source>Quote both sides  ↵</source>
        <translation>报出双边  ↵</translation>
    </message>
    <message>
        <source>Update both sides  ↵</source>
        <translation>更新双边  ↵</translation>
    </message>
    <message>
        <source>Sent: the venue's word is awaited</source>
        <translation>已发出，等待交易所确认</translation>
    </message>
    <message>
        <source>Two prices and two sizes are needed</source>
        <translation>须有两个价格和两个数量</translation>
    </message>
    <message>
        <source>Within the limits; a general market maker owes answers to inquiries, not this quote</source>
        <translation>在限额之内；一般做市商只负有应答询价的义务，此报价并非义务</translation>
    </message>
    <message>
        <source>Within the terms and the desk's limits</source>
        <translation>合规，且在本台限额之内</translation>
    </message>
    <message>
        <source>Nothing of ours lies in this book</source>
        <translation>该合约没有我的报价在市</translation>
    </message>
    <message>
        <source>In the market {bid} / {ask}</source>
        <translation>在市 {bid} / {ask}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>自 {time}</translation>
    </message>
    <message>
        <source>answers an inquiry, stays {seconds} s more</source>
        <translation>应答询价，须再保留 {seconds} 秒</translation>
    </message>
    <message>
        <source>in doubt: the line is down</source>
        <translation>存疑：线路中断</translation>
    </message>
    <message>
        <source>a newer one is under way</source>
        <translation>新报价在途</translation>
    </message>
    <message>
        <source>refused: {reason}</source>
        <translation>被拒：{reason}</translation>
    </message>
    <message>
        <source>{strategy} quotes this contract: it will replace what you send</source>
        <translation>{strategy} 正在报该合约：会覆盖手工报价</translation>
    </message>
    <message>
        <source>Sent as allowed: {changes}</source>
        <translation>按允许范围发出：{changes}</translation>
    </message>
    <message>
        <source>▲ The bid meets the market's ask: it trades at once</source>
        <translation>▲ 买价触及市场卖价：将立即成交</translation>
    </message>
    <message>
        <source>▲ The ask meets the market's bid: it trades at once</source>
        <translation>▲ 卖价触及市场买价：将立即成交</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>of an earlier run</source>
        <translation>程序上次运行所报</translation>
    </message>
    <message>
        <source>No price to quote around</source>
        <translation>没有可依据的价格</translation>
    </message>
    <message>
        <source>bid {given} → {changed}</source>
        <translation>买价 {given} → {changed}</translation>
    </message>
    <message>
        <source>ask {given} → {changed}</source>
        <translation>卖价 {given} → {changed}</translation>
    </message>
    <message>
        <source>bid size {given} → {changed}</source>
        <translation>买量 {given} → {changed}</translation>
    </message>
    <message>
        <source>ask size {given} → {changed}</source>
        <translation>卖量 {given} → {changed}</translation>
    </message>
    <message>
        <source>Quote the row or take it out</source>
        <translation>报出或撤下该行</translation>
    </message>
    <message>
        <source>Start or stop the expiry</source>
        <translation>启动或停止该到期月</translation>
    </message>
    <message>
        <source>Start or stop the underlying</source>
        <translation>启动或停止该标的</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ 停止</translation>
    </message>
    <message>
        <source>▶ Start</source>
        <translation>▶ 启动</translation>
    </message>
    <message>
        <source>❚❚ Bids</source>
        <translation>停买边</translation>
    </message>
    <message>
        <source>❚❚ Asks</source>
        <translation>停卖边</translation>
    </message>
    <message>
        <source>Apply {count}</source>
        <translation>应用 {count}</translation>
    </message>
    <message>
        <source>Drops what is staged  [Esc]</source>
        <translation>放弃暂存的修改  [Esc]</translation>
    </message>
</context>
</TS>
