<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Refusal</name>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a number, per cent</source>
        <translation>百分数</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>有限的数字</translation>
    </message>
    <message>
        <source>a number such as {0}</source>
        <translation>数字，例如 {0}</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a whole number such as {0}</source>
        <translation>整数，例如 {0}</translation>
    </message>
    <message>
        <source>above zero</source>
        <translation>大于零</translation>
    </message>
    <message>
        <source>from zero upwards</source>
        <translation>不小于零</translation>
    </message>
    <message>
        <source>above zero and rising</source>
        <translation>大于零且递增</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否（yes 或 no）</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>yuan above 0</source>
        <translation>大于 0 的金额（元）</translation>
    </message>
    <message>
        <source>a price above 0</source>
        <translation>大于 0 的价格</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>at most {0} characters</source>
        <translation>不超过 {0} 个字符</translation>
    </message>
    <message>
        <source>{0} to {1} characters</source>
        <translation>{0} 至 {1} 个字符</translation>
    </message>
    <message>
        <source>at most {0} bytes</source>
        <translation>不超过 {0} 字节</translation>
    </message>
    <message>
        <source>at most {0} decimals</source>
        <translation>最多 {0} 位小数</translation>
    </message>
    <message>
        <source>not negative</source>
        <translation>不为负</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>开或关（on 或 off）</translation>
    </message>
    <message>
        <source>fields by name</source>
        <translation>按名称给出的字段</translation>
    </message>
    <message>
        <source>it can be read ({0})</source>
        <translation>可以读取的文件（{0}）</translation>
    </message>
    <message>
        <source>GBK or UTF-8</source>
        <translation>GBK 或 UTF-8 文本</translation>
    </message>
    <message>
        <source>a time of day such as {0}</source>
        <translation>时刻，例如 {0}</translation>
    </message>
    <message>
        <source>after {0}, which is now</source>
        <translation>晚于当前时间 {0}</translation>
    </message>
    <message>
        <source>0 to {0} seconds</source>
        <translation>0 至 {0} 秒</translation>
    </message>
    <message>
        <source>each day once</source>
        <translation>每个日期只出现一次</translation>
    </message>
    <message>
        <source>hours in order that do not touch</source>
        <translation>依次排列且互不相接的时段</translation>
    </message>
    <message>
        <source>200 to 366 trading days</source>
        <translation>200 至 366 个交易日</translation>
    </message>
    <message>
        <source>a calendar that reaches {0}: {1}</source>
        <translation>覆盖到 {0} 的交易日历：{1}</translation>
    </message>
    <message>
        <source>{0} lies outside the trading calendar, which knows {1} to {2}: import the exchange's announcement</source>
        <translation>{0} 不在交易日历之内，日历覆盖 {1} 至 {2} 年：请导入交易所公告</translation>
    </message>
    <message>
        <source>a trading day</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>a date YYYYMMDD or YYYY-MM-DD</source>
        <translation>YYYYMMDD 或 YYYY-MM-DD 格式的日期</translation>
    </message>
    <message>
        <source>a date that exists</source>
        <translation>真实存在的日期</translation>
    </message>
    <message>
        <source>a number of seconds from 0 upwards</source>
        <translation>不小于 0 的秒数</translation>
    </message>
    <message>
        <source>a contract that is listed today</source>
        <translation>今日挂牌的合约</translation>
    </message>
    <message>
        <source>a multiple of 0.0001 yuan, not negative</source>
        <translation>0.0001 元的整数倍，且不为负</translation>
    </message>
    <message>
        <source>a whole number of contracts, not negative</source>
        <translation>整数张，且不为负</translation>
    </message>
    <message>
        <source>a rate between -{0} and {1} per cent</source>
        <translation>-{0}% 至 {1}% 之间的利率</translation>
    </message>
    <message>
        <source>a rate a year between {0} and {1}</source>
        <translation>{0} 至 {1} 之间的年利率</translation>
    </message>
    <message>
        <source>a rate in per cent</source>
        <translation>以百分数表示的利率</translation>
    </message>
    <message>
        <source>{0} to {1} per cent</source>
        <translation>{0}% 至 {1}%</translation>
    </message>
    <message>
        <source>a date and eight rates</source>
        <translation>一个日期和八个利率</translation>
    </message>
    <message>
        <source>at least one day of rates</source>
        <translation>至少一天的利率</translation>
    </message>
    <message>
        <source>one column named {0}</source>
        <translation>恰有一列名为 {0}</translation>
    </message>
    <message>
        <source>a day from {0} on, the first of {1}</source>
        <translation>{0} 或之后的日期，即 {1} 的首日起</translation>
    </message>
    <message>
        <source>one rate for each of {0} times, and one at least</source>
        <translation>{0} 个期限各一个利率，且至少一个</translation>
    </message>
    <message>
        <source>an object of rates and clock</source>
        <translation>含利率与计时方式的对象</translation>
    </message>
    <message>
        <source>flat, tenors, source, clock, days_per_year: {0}</source>
        <translation>flat、tenors、source、clock、days_per_year 各项：{0}</translation>
    </message>
    <message>
        <source>an expiry with enough sound quotes to fit a curve</source>
        <translation>有足够有效报价可供拟合曲线的到期月份</translation>
    </message>
    <message>
        <source>a change of volatility up to {0}</source>
        <translation>波动率变动不超过 {0}</translation>
    </message>
    <message>
        <source>1 to {0} rising log moneynesses</source>
        <translation>1 至 {0} 个递增的对数在值程度</translation>
    </message>
    <message>
        <source>a fraction between -0.5 and 0.5</source>
        <translation>-0.5 至 0.5 之间的比例</translation>
    </message>
    <message>
        <source>the logarithm of a factor, between -2 and 2</source>
        <translation>倍数的对数，-2 至 2 之间</translation>
    </message>
    <message>
        <source>an event {0} needs it</source>
        <translation>事件 {0} 必须填写此项</translation>
    </message>
    <message>
        <source>a day like E, E-2, E+1 or {0}, a blank and a time</source>
        <translation>E、E-2、E+1 或 {0} 这样的日期，空一格后为时间</translation>
    </message>
    <message>
        <source>a day like E, E-2, E+1 or {0}</source>
        <translation>E、E-2、E+1 或 {0} 这样的日期</translation>
    </message>
    <message>
        <source>a time like {0} or {1}</source>
        <translation>{0} 或 {1} 这样的时间</translation>
    </message>
    <message>
        <source>a time without a zone: the market's</source>
        <translation>不带时区的时间，以市场时间为准</translation>
    </message>
    <message>
        <source>after the start, {0}</source>
        <translation>晚于开始时间 {0}</translation>
    </message>
    <message>
        <source>an account given once</source>
        <translation>只出现一次的账户</translation>
    </message>
    <message>
        <source>a name given once</source>
        <translation>只出现一次的名称</translation>
    </message>
    <message>
        <source>a kind of reminder: {0}</source>
        <translation>提醒的种类：{0}</translation>
    </message>
    <message>
        <source>a checkpoint {0} needs it</source>
        <translation>检查点 {0} 须有此项</translation>
    </message>
    <message>
        <source>one of the scenario's underlyings: {0}</source>
        <translation>本场景的标的之一：{0}</translation>
    </message>
    <message>
        <source>1 or 2: a condition of one's own holds no orders back</source>
        <translation>1 或 2：自设条件不会阻止委托</translation>
    </message>
    <message>
        <source>an 8-digit contract code, a 6-digit underlying, or book</source>
        <translation>8 位合约代码、6 位标的代码或 book（全部持仓）</translation>
    </message>
    <message>
        <source>{0} is measured of a contract or an underlying</source>
        <translation>{0} 只能对合约或标的计量</translation>
    </message>
    <message>
        <source>{0} is measured of a contract</source>
        <translation>{0} 只能对合约计量</translation>
    </message>
    <message>
        <source>{0} is measured of the book</source>
        <translation>{0} 只能对全部持仓计量</translation>
    </message>
    <message>
        <source>each name stands once</source>
        <translation>名称不得重复</translation>
    </message>
    <message>
        <source>at least one time, each later than the one before</source>
        <translation>至少一个时间，且逐个延后</translation>
    </message>
    <message>
        <source>holds 0, the expiry day itself</source>
        <translation>含 0，即到期日当天</translation>
    </message>
    <message>
        <source>{0} cannot be switched off</source>
        <translation>不能关闭 {0}</translation>
    </message>
    <message>
        <source>at least link_seconds, {0}</source>
        <translation>不小于 link_seconds，即 {0}</translation>
    </message>
    <message>
        <source>at most margin_call, {0}</source>
        <translation>不超过 margin_call，即 {0}</translation>
    </message>
    <message>
        <source>at most margin_force, {0}</source>
        <translation>不超过 margin_force，即 {0}</translation>
    </message>
    <message>
        <source>one that is open or snoozed</source>
        <translation>未处理或已推迟的提醒</translation>
    </message>
    <message>
        <source>only what somebody says is told; the rest is found by rules</source>
        <translation>此处只转达人工发出的提醒，其余由规则产生</translation>
    </message>
    <message>
        <source>one band at least</source>
        <translation>至少一档</translation>
    </message>
    <message>
        <source>every band but the last has bid_below, the last has none</source>
        <translation>除最后一档外各档都有 bid_below，最后一档没有</translation>
    </message>
    <message>
        <source>bid_below rises from band to band</source>
        <translation>bid_below 逐档递增</translation>
    </message>
    <message>
        <source>one of relative, absolute, ticks and delta at least</source>
        <translation>relative、absolute、ticks、delta 至少其一</translation>
    </message>
    <message>
        <source>at least one phase, each once</source>
        <translation>至少一个阶段，各出现一次</translation>
    </message>
    <message>
        <source>either rate or count</source>
        <translation>rate 与 count 二者取一</translation>
    </message>
    <message>
        <source>from 0 to 1 with at most two decimals</source>
        <translation>0 至 1，最多两位小数</translation>
    </message>
    <message>
        <source>above 0, at most {0}, at most six decimals</source>
        <translation>大于 0，不超过 {0}，最多六位小数</translation>
    </message>
    <message>
        <source>yuan above 0 with at most four decimals</source>
        <translation>大于 0 的金额（元），最多四位小数</translation>
    </message>
    <message>
        <source>below high, {0}</source>
        <translation>小于 high，即 {0}</translation>
    </message>
    <message>
        <source>the four weights add up to 1</source>
        <translation>四项权重之和为 1</translation>
    </message>
    <message>
        <source>the name of a field of a contract's terms</source>
        <translation>合约参数的字段名</translation>
    </message>
    <message>
        <source>the name of a field of a rule</source>
        <translation>规则的字段名</translation>
    </message>
    <message>
        <source>at most the largest width, {0}</source>
        <translation>不大于最大宽度 {0}</translation>
    </message>
    <message>
        <source>the name of a saved set</source>
        <translation>已保存的参数组名</translation>
    </message>
    <message>
        <source>at most {0} sets</source>
        <translation>最多 {0} 组</translation>
    </message>
    <message>
        <source>at most {0} lines from here</source>
        <translation>由此处起最多 {0} 行</translation>
    </message>
    <message>
        <source>at most {0} columns from here</source>
        <translation>由此处起最多 {0} 列</translation>
    </message>
    <message>
        <source>the name of a line of the terms</source>
        <translation>条款中一行的名称</translation>
    </message>
    <message>
        <source>lines of a list in their order</source>
        <translation>列表各行按顺序填写</translation>
    </message>
    <message>
        <source>at most {0} terms of your own</source>
        <translation>自有条款不超过 {0} 份</translation>
    </message>
    <message>
        <source>1 to 40 small letters, figures, - and _, a letter or figure first</source>
        <translation>1 至 40 个小写字母、数字、- 与 _，以字母或数字开头</translation>
    </message>
    <message>
        <source>another name than those shipped</source>
        <translation>不得与随附条款同名</translation>
    </message>
    <message>
        <source>one that is made of a plug-in</source>
        <translation>由插件创建的策略</translation>
    </message>
    <message>
        <source>a frozen dataclass</source>
        <translation>冻结的数据类</translation>
    </message>
    <message>
        <source>the name of a parameter</source>
        <translation>参数名称</translation>
    </message>
    <message>
        <source>{0} values, parted by spaces</source>
        <translation>{0} 个值，以空格分隔</translation>
    </message>
    <message>
        <source>Expected `{0}`, got `{1}`</source>
        <translation>应为 {0}，实为 {1}</translation>
    </message>
    <message>
        <source>Expected `{0}` &gt;= {1}</source>
        <translation>应为不小于 {1} 的 {0}</translation>
    </message>
    <message>
        <source>Expected `{0}` &lt;= {1}</source>
        <translation>应为不大于 {1} 的 {0}</translation>
    </message>
    <message>
        <source>Expected `{0}` &gt; {1}</source>
        <translation>应为大于 {1} 的 {0}</translation>
    </message>
    <message>
        <source>Expected `{0}` &lt; {1}</source>
        <translation>应为小于 {1} 的 {0}</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>下列之一：{0}</translation>
    </message>
    <message>
        <source>above 0, at most {0}</source>
        <translation>大于 0，不超过 {0}</translation>
    </message>
    <message>
        <source>above 0</source>
        <translation>大于 0</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>below {0}</source>
        <translation>小于 {0}</translation>
    </message>
    <message>
        <source>at least {0}</source>
        <translation>不小于 {0}</translation>
    </message>
    <message>
        <source>at most {0}</source>
        <translation>不超过 {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} 或 {1}</translation>
    </message>
    <message>
        <source>{field}: {value} is not accepted: {rule}</source>
        <translation>{field}：不接受 {value}，应为：{rule}</translation>
    </message>
    <message>
        <source>{file}, line {line}: {what}</source>
        <translation>{file} 第 {line} 行：{what}</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>one of the day's list</source>
        <translation>当日合约之一</translation>
    </message>
    <message>
        <source>one that is in the class</source>
        <translation>本课堂中的账户</translation>
    </message>
    <message>
        <source>the scenario has no more events today</source>
        <translation>剧本今日已无后续事件</translation>
    </message>
    <message>
        <source>after {0}</source>
        <translation>晚于 {0}</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>{0} is not a journal of this program</source>
        <translation>{0} 不是本程序的日志</translation>
    </message>
    <message>
        <source>{0} has journal format {1}, this program reads {2}: it is left as it is</source>
        <translation>{0} 的日志格式为 {1}，本程序只读 {2}：原样保留</translation>
    </message>
    <message>
        <source>{0} is empty</source>
        <translation>{0} 为空</translation>
    </message>
    <message>
        <source>{0} is in use by {1}</source>
        <translation>{0} 正被 {1} 使用</translation>
    </message>
    <message>
        <source>{0} cannot be locked: {1}</source>
        <translation>{0} 无法加锁：{1}</translation>
    </message>
    <message>
        <source>{0} cannot be opened: {1}</source>
        <translation>{0} 无法打开：{1}</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>{0} 无法读取：{1}</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation>{0} 无法写入：{1}</translation>
    </message>
    <message>
        <source>{0}: the last record is unreadable</source>
        <translation>{0}：最后一条记录无法读取</translation>
    </message>
    <message>
        <source>{0}: the state {1} does not agree with its hash</source>
        <translation>{0}：状态 {1} 与其哈希不符</translation>
    </message>
    <message>
        <source>{0}: record {1} is missing</source>
        <translation>{0}：缺第 {1} 条记录</translation>
    </message>
    <message>
        <source>{0}: record {1} does not agree with the hash chain</source>
        <translation>{0}：第 {1} 条记录与哈希链不符</translation>
    </message>
    <message>
        <source>{0}: record {1} is of no known kind or time: {2}</source>
        <translation>{0}：第 {1} 条记录的类型或时间无法识别：{2}</translation>
    </message>
    <message>
        <source>there are no obligation terms {0}; there are {1}</source>
        <translation>没有名为 {0} 的义务条款；现有 {1}</translation>
    </message>
    <message>
        <source>obligation terms {0}: larger than {1} bytes</source>
        <translation>义务条款 {0}：超过 {1} 字节</translation>
    </message>
    <message>
        <source>obligation terms {0}: name: {1} is not that of the file</source>
        <translation>义务条款 {0}：名称 {1} 与文件名不符</translation>
    </message>
    <message>
        <source>obligation terms {0}: {1}</source>
        <translation>义务条款 {0}：{1}</translation>
    </message>
    <message>
        <source>only an instructor's line may do that</source>
        <translation>只有教员端可以这样做</translation>
    </message>
    <message>
        <source>this venue plays no scenario</source>
        <translation>本交易所未在运行剧本</translation>
    </message>
    <message>
        <source>Hello was said before</source>
        <translation>重复的登录消息</translation>
    </message>
    <message>
        <source>the first message must be Hello</source>
        <translation>首条消息须为登录</translation>
    </message>
    <message>
        <source>speed 0 to {0}</source>
        <translation>速度应为 0 至 {0}</translation>
    </message>
    <message>
        <source>step 0 to {0} seconds</source>
        <translation>步进应为 0 至 {0} 秒</translation>
    </message>
    <message>
        <source>protocol {0}, this venue speaks {1}: start both from the same version</source>
        <translation>协议版本 {0}，本交易所使用 {1}：请以同一版本启动双方</translation>
    </message>
    <message>
        <source>protocol {0}, this desk speaks {1}: start both from the same version</source>
        <translation>协议版本 {0}，本柜台使用 {1}：请以同一版本启动双方</translation>
    </message>
    <message>
        <source>protocol {0}, this venue speaks {1}</source>
        <translation>协议版本 {0}，本交易所使用 {1}</translation>
    </message>
    <message>
        <source>account and desk: letters and digits, at most {0}</source>
        <translation>账户与柜台名：字母与数字，最多 {0} 个</translation>
    </message>
</context>
</TS>
