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
</context>
</TS>
