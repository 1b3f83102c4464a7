<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dock</name>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>In the list of strategies</source>
        <translation>在策略列表中</translation>
    </message>
    <message>
        <source>Go to the strategies</source>
        <translation>转到策略</translation>
    </message>
    <message>
        <source>Add it, or apply what is staged</source>
        <translation>添加，或应用暂存内容</translation>
    </message>
    <message>
        <source>Add a strategy</source>
        <translation>添加策略</translation>
    </message>
</context>
<context>
    <name>strategies</name>
    <message>
        <source>In force</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>The plug-in is being loaded in a process of its own…</source>
        <translation>正在独立进程中加载插件…</translation>
    </message>
    <message>
        <source>Name: {what}</source>
        <translation>名称：{what}</translation>
    </message>
    <message>
        <source>Plug-in</source>
        <translation>插件</translation>
    </message>
    <message>
        <source>{field}: {what}</source>
        <translation>{field}：{what}</translation>
    </message>
    <message>
        <source>Choose a strategy in the table, or add one</source>
        <translation>请在表中选择策略，或添加一个</translation>
    </message>
    <message>
        <source>Parameters and limits of this one are set on its own screen</source>
        <translation>该策略的参数和限额在其专用界面设置</translation>
    </message>
    <message>
        <source>A blank figure allows nothing; inf is no limit</source>
        <translation>留空表示一律不允许；inf 表示不限</translation>
    </message>
    <message>
        <source>This sheet allows nothing: the strategy cannot be started with it</source>
        <translation>此限额表不允许任何操作：策略无法启动</translation>
    </message>
    <message>
        <source>Apply {count} ↵</source>
        <translation>应用 {count} 项 ↵</translation>
    </message>
    <message>
        <source>rows, one from the next by ;</source>
        <translation>多行，以分号分隔</translation>
    </message>
    <message>
        <source>Add ↵</source>
        <translation>添加 ↵</translation>
    </message>
    <message>
        <source>Apply ↵</source>
        <translation>应用 ↵</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Limit sheet</source>
        <translation>限额表</translation>
    </message>
    <message>
        <source>Report and log</source>
        <translation>报告与日志</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Takes the new one in, or puts what is staged in force  [Ctrl+Return]</source>
        <translation>添加新策略，或使暂存内容生效  [Ctrl+Return]</translation>
    </message>
    <message>
        <source>allows nothing</source>
        <translation>一律不允许</translation>
    </message>
    <message>
        <source>several values, not edited here</source>
        <translation>多个值，不能在此编辑</translation>
    </message>
    <message>
        <source>no default</source>
        <translation>无默认值</translation>
    </message>
    <message>
        <source>default {value}</source>
        <translation>默认 {value}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Underlyings</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>报价</translation>
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
        <source>Live quotes</source>
        <translation>在场报价</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Worst call, ms</source>
        <translation>最慢调用（毫秒）</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>{state}: {cause}</source>
        <translation>{state}：{cause}</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>{name} has {quotes} quotes and {orders} orders in the market: press again to take them out and remove it</source>
        <translation>{name} 在市场上有 {quotes} 个报价、{orders} 笔委托：再按一次即撤出并删除</translation>
    </message>
    <message>
        <source>It is started on its own screen</source>
        <translation>请在其专用界面启动</translation>
    </message>
    <message>
        <source>It runs</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>It has no limit sheet that allows anything: fill one in and apply it</source>
        <translation>没有可用的限额表：请先填写并应用</translation>
    </message>
    <message>
        <source>Remove, sure?</source>
        <translation>确认删除？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Stopped by the engine: {cause}. Start it again when you have looked at it</source>
        <translation>已被引擎停止：{cause}。查明后请重新启动</translation>
    </message>
    <message>
        <source>Shadow mode: runs, asks the gate, sends nothing, and reports what would have been</source>
        <translation>影子模式：运行并经风控检查，不发送，只报告假想结果</translation>
    </message>
    <message>
        <source>Starts it in earnest: it quotes or sends orders within its limit sheet</source>
        <translation>正式启动：在限额表内报价或发送委托</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>A new strategy: built in, or a plug-in of your folder  [Ins]</source>
        <translation>新策略：内置种类，或您文件夹中的插件  [Ins]</translation>
    </message>
    <message>
        <source>▶ Start</source>
        <translation>▶ 启动</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>影子</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ 停止</translation>
    </message>
    <message>
        <source>Stops it and takes out its quotes and orders</source>
        <translation>停止并撤出其报价和委托</translation>
    </message>
    <message>
        <source>Stops it and forgets it with its parameters and its sheet</source>
        <translation>停止并删除，连同其参数和限额表</translation>
    </message>
    <message>
        <source>Its screen ↗</source>
        <translation>专用界面 ↗</translation>
    </message>
    <message>
        <source>Stop all (hold)</source>
        <translation>全部停止（按住）</translation>
    </message>
    <message>
        <source>Stops every strategy, quoters too, and takes out what they have (hold)</source>
        <translation>停止所有策略（包括报价策略）并撤出其报价和委托（按住）</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>Not brought back: {what}</source>
        <translation>未能恢复：{what}</translation>
    </message>
    <message>
        <source>— printed by its process, newest first —</source>
        <translation>— 其进程的输出，最新在前 —</translation>
    </message>
    <message>
        <source>It has said nothing yet</source>
        <translation>尚无日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>No shadow run: in shadow mode it would say here what it would have sent</source>
        <translation>没有影子运行：影子模式下此处显示本应发送的内容</translation>
    </message>
    <message>
        <source>Shadow: would have sent {quotes} quotes in {messages} messages and {orders} orders; trades would have filled {bought} bought, {sold} sold; edge {edge} yuan</source>
        <translation>影子：本应以 {messages} 条消息发送 {quotes} 个报价，并发送 {orders} 笔委托；市场成交本应使其买入 {bought} 张、卖出 {sold} 张；收益 {edge} 元</translation>
    </message>
    <message>
        <source>Refused: {what}</source>
        <translation>被拒：{what}</translation>
    </message>
    <message>
        <source>“{given}” is not accepted, only {rule}</source>
        <translation>不接受“{given}”，须为{rule}</translation>
    </message>
    <message>
        <source>Plug-in {name}</source>
        <translation>插件 {name}</translation>
    </message>
    <message>
        <source>1 for yes; blank for no</source>
        <translation>1 为是；留空为否</translation>
    </message>
    <message>
        <source>Age of the underlying</source>
        <translation>标的行情时效</translation>
    </message>
    <message>
        <source>At least every</source>
        <translation>最长间隔</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>区间</translation>
    </message>
    <message>
        <source>Buys</source>
        <translation>买入</translation>
    </message>
    <message>
        <source>Collar around last</source>
        <translation>最新价偏离</translation>
    </message>
    <message>
        <source>Collar around theory</source>
        <translation>理论价偏离</translation>
    </message>
    <message>
        <source>Continuous quoter</source>
        <translation>连续报价</translation>
    </message>
    <message>
        <source>Contracts today</source>
        <translation>当日张数</translation>
    </message>
    <message>
        <source>Delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>Delta hedger</source>
        <translation>Delta 对冲</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>价差优势</translation>
    </message>
    <message>
        <source>Edge, relative</source>
        <translation>相对优势</translation>
    </message>
    <message>
        <source>Electronic eye</source>
        <translation>电子眼</translation>
    </message>
    <message>
        <source>Executions</source>
        <translation>成交次数</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Hedge with</source>
        <translation>对冲工具</translation>
    </message>
    <message>
        <source>Inquiry responder</source>
        <translation>询价应答</translation>
    </message>
    <message>
        <source>It asks before it is started</source>
        <translation>启动前就提出请求</translation>
    </message>
    <message>
        <source>It asks or says more than {most} things a second</source>
        <translation>每秒请求或输出超过 {most} 次</translation>
    </message>
    <message>
        <source>It prints more than {most} MB in {time} s</source>
        <translation>{time} 秒内输出超过 {most} MB</translation>
    </message>
    <message>
        <source>It quoted what no market takes, three times</source>
        <translation>三次报出任何市场都不接受的报价</translation>
    </message>
    <message>
        <source>It uses {used} MB of memory, more than its {most}</source>
        <translation>占用内存 {used} MB，超过其上限 {most} MB</translation>
    </message>
    <message>
        <source>It wanted more than {most} orders at once</source>
        <translation>同时要求超过 {most} 笔委托</translation>
    </message>
    <message>
        <source>Its executions repeat too fast</source>
        <translation>成交重复过快</translation>
    </message>
    <message>
        <source>Its process cannot be started: {error}</source>
        <translation>其进程无法启动：{error}</translation>
    </message>
    <message>
        <source>Its process does not read what it is sent</source>
        <translation>其进程不读取发给它的内容</translation>
    </message>
    <message>
        <source>Its process has ended, exit code {code}</source>
        <translation>其进程已结束，退出码 {code}</translation>
    </message>
    <message>
        <source>Its process sends what the desk does not know</source>
        <translation>其进程发来无法识别的内容</translation>
    </message>
    <message>
        <source>Keeps the net delta of an underlying within a band</source>
        <translation>使标的净 Delta 保持在区间内</translation>
    </message>
    <message>
        <source>Kept for cancels</source>
        <translation>为撤单保留</translation>
    </message>
    <message>
        <source>Largest hedge</source>
        <translation>单次最大对冲</translation>
    </message>
    <message>
        <source>Limits given as a volatility, whose price follows the underlying</source>
        <translation>以波动率限价的委托，价格跟随标的</translation>
    </message>
    <message>
        <source>Messages a day</source>
        <translation>每日消息</translation>
    </message>
    <message>
        <source>Messages a second</source>
        <translation>每秒消息</translation>
    </message>
    <message>
        <source>More than {most} fills, orders and inquiries wait for it</source>
        <translation>等待其处理的成交、委托和询价超过 {most} 项</translation>
    </message>
    <message>
        <source>One order</source>
        <translation>单笔数量</translation>
    </message>
    <message>
        <source>Opens what a person is warned of</source>
        <translation>可开仓需警示的合约</translation>
    </message>
    <message>
        <source>Orders a second</source>
        <translation>每秒委托</translation>
    </message>
    <message>
        <source>PARAMETERS must be a frozen dataclass</source>
        <translation>PARAMETERS 为冻结的 dataclass 的文件</translation>
    </message>
    <message>
        <source>PARAMETERS must have types and defaults that can be read: {error}</source>
        <translation>PARAMETERS 的类型和默认值可读的文件：{error}</translation>
    </message>
    <message>
        <source>Position in a contract</source>
        <translation>单合约持仓</translation>
    </message>
    <message>
        <source>Premium of one order</source>
        <translation>单笔权利金</translation>
    </message>
    <message>
        <source>Pulled by hand</source>
        <translation>人工撤出</translation>
    </message>
    <message>
        <source>Quotes a second</source>
        <translation>每秒报价</translation>
    </message>
    <message>
        <source>Refused {times} times in a second: {reason}</source>
        <translation>一秒内被拒 {times} 次：{reason}</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>间歇</translation>
    </message>
    <message>
        <source>STRATEGY must be a class of Strategy</source>
        <translation>STRATEGY 为 Strategy 子类的文件</translation>
    </message>
    <message>
        <source>Same order again</source>
        <translation>相同委托重复</translation>
    </message>
    <message>
        <source>Sells</source>
        <translation>卖出</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>现货份额</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Stopped by hand</source>
        <translation>人工停止</translation>
    </message>
    <message>
        <source>Synthetic (call and put)</source>
        <translation>合成（认购加认沽）</translation>
    </message>
    <message>
        <source>Takes prices that are better than the theoretical price by an edge</source>
        <translation>成交优于理论价一定幅度的报价</translation>
    </message>
    <message>
        <source>Target delta</source>
        <translation>目标 Delta</translation>
    </message>
    <message>
        <source>The desk ended</source>
        <translation>程序已结束</translation>
    </message>
    <message>
        <source>The event loop stood still</source>
        <translation>事件循环曾停滞</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>Volatility orders</source>
        <translation>波动率委托</translation>
    </message>
    <message>
        <source>a Python file in the folder of plug-ins</source>
        <translation>插件文件夹中的 Python 文件</translation>
    </message>
    <message>
        <source>a file of at most {most} bytes</source>
        <translation>不超过 {most} 字节的文件</translation>
    </message>
    <message>
        <source>a file that can be loaded; loading said {error}</source>
        <translation>可加载的文件；加载时报 {error}</translation>
    </message>
    <message>
        <source>a kind of strategy that there is</source>
        <translation>现有的策略种类</translation>
    </message>
    <message>
        <source>a name of 1 to 40 printable characters</source>
        <translation>1 至 40 个可显示字符的名称</translation>
    </message>
    <message>
        <source>a name that is not taken</source>
        <translation>未被占用的名称</translation>
    </message>
    <message>
        <source>a number that is not infinite</source>
        <translation>有限的数字</translation>
    </message>
    <message>
        <source>a number; blank allows nothing</source>
        <translation>数字；留空表示一律不允许</translation>
    </message>
    <message>
        <source>an underlying with contracts today</source>
        <translation>今日有合约的标的</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>at most {most} strategies</source>
        <translation>最多 {most} 个策略</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>code, BO SC SO or BC, contracts, volatility: 10001773 BO 5 0.18</source>
        <translation>合约代码、买卖（BO 买开、SC 卖平、SO 卖开、BC 买平）、张数、波动率：10001773 BO 5 0.18</translation>
    </message>
    <message>
        <source>contracts</source>
        <translation>张</translation>
    </message>
    <message>
        <source>contracts of one order</source>
        <translation>每笔委托张数</translation>
    </message>
    <message>
        <source>contracts, or of one side of a quote</source>
        <translation>张，或报价单边张数</translation>
    </message>
    <message>
        <source>faulted</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>in the time below, then a person must look</source>
        <translation>下列时间内，超过须人工查看</translation>
    </message>
    <message>
        <source>net contracts, long or short, at most</source>
        <translation>净张数上限，多空相同</translation>
    </message>
    <message>
        <source>net contracts, what works counted as filled</source>
        <translation>净张数，在场委托视同成交</translation>
    </message>
    <message>
        <source>none: this desk has no folder of plug-ins</source>
        <translation>不用插件：本终端没有插件文件夹</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>of both</source>
        <translation>占两者的比例</translation>
    </message>
    <message>
        <source>of the price</source>
        <translation>占价格的比例</translation>
    </message>
    <message>
        <source>of the theoretical price; the larger of the two counts</source>
        <translation>占理论价的比例；取两者较大者</translation>
    </message>
    <message>
        <source>one of version {ours}; its API_VERSION says {its}</source>
        <translation>版本 {ours} 的文件；其 API_VERSION 为 {its}</translation>
    </message>
    <message>
        <source>one that can be loaded: {what}</source>
        <translation>可加载的文件：{what}</translation>
    </message>
    <message>
        <source>one that can be made with these values; making said {error}</source>
        <translation>能用这些值创建的插件；创建时报 {error}</translation>
    </message>
    <message>
        <source>one that was not removed meanwhile</source>
        <translation>其间未被删除的策略</translation>
    </message>
    <message>
        <source>orders and cancels; a mass quote is one</source>
        <translation>委托和撤单；批量报价算一条</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>seconds after an order or a hedge</source>
        <translation>秒，委托或对冲之后</translation>
    </message>
    <message>
        <source>seconds, at most</source>
        <translation>秒，最多</translation>
    </message>
    <message>
        <source>seconds, whatever the band says; 0 for never</source>
        <translation>秒，不论区间；0 为不启用</translation>
    </message>
    <message>
        <source>shadow</source>
        <translation>影子</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>份</translation>
    </message>
    <message>
        <source>shares around the target in which nothing is done</source>
        <translation>份，目标上下此范围内不动作</translation>
    </message>
    <message>
        <source>shares for 1 % of the underlying</source>
        <translation>份，标的变动 1 %</translation>
    </message>
    <message>
        <source>shares of one underlying, what works counted as filled</source>
        <translation>份，单个标的，在场委托视同成交</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>texts by name</source>
        <translation>按名称的文本</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>the name of a limit</source>
        <translation>限额名称</translation>
    </message>
    <message>
        <source>ticks of the contract</source>
        <translation>合约最小变动价位数</translation>
    </message>
    <message>
        <source>ticks the price may be off before the order is replaced</source>
        <translation>个价位，价格偏离超过即重挂</translation>
    </message>
    <message>
        <source>ticks; the wider of this and the next counts</source>
        <translation>个价位；与下一项取较宽者</translation>
    </message>
    <message>
        <source>times in the time below</source>
        <translation>次，下列时间内</translation>
    </message>
    <message>
        <source>traded, all together, at most</source>
        <translation>合计成交上限</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>yuan for one volatility point</source>
        <translation>元，波动率变动 1 点</translation>
    </message>
    <message>
        <source>{call} did not end within {most} ms</source>
        <translation>{call} 未在 {most} 毫秒内结束</translation>
    </message>
    <message>
        <source>{call} took {took} ms, too long</source>
        <translation>{call} 用时 {took} 毫秒，过长</translation>
    </message>
    <message>
        <source>{error} was raised in {call}</source>
        <translation>{call} 中发生 {error}</translation>
    </message>
    <message>
        <source>{field}: “{given}” is not accepted, only {what}</source>
        <translation>{field}：不接受“{given}”，须为{what}</translation>
    </message>
    <message>
        <source>… in</source>
        <translation>… 时间</translation>
    </message>
    <message>
        <source>Widest spread</source>
        <translation>最大价差</translation>
    </message>
    <message>
        <source>ticks of call and put together; wider strikes are passed over</source>
        <translation>认购与认沽价差合计的最小变动价位数；更宽的行权价不用</translation>
    </message>
    <message>
        <source>Shares at once</source>
        <translation>单笔证券</translation>
    </message>
    <message>
        <source>shares of the underlying in one trade</source>
        <translation>份，单笔标的证券</translation>
    </message>
    <message>
        <source>Shares at worst</source>
        <translation>证券最差价</translation>
    </message>
    <message>
        <source>ticks beyond the best price of the underlying</source>
        <translation>跳，超出标的最优价</translation>
    </message>
</context>
</TS>
