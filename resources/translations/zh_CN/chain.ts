<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>chain</name>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>A</source>
        <translation>卖</translation>
    </message>
    <message>
        <source>ATM IV</source>
        <translation>平值 IV</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Arrows move, Tab changes from calls to puts, Page Up and Page Down change the expiry</source>
        <translation>方向键移动，Tab 切换认购与认沽，Page Up 与 Page Down 切换到期月份</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>卖价</translation>
    </message>
    <message>
        <source>Ask IV</source>
        <translation>卖IV</translation>
    </message>
    <message>
        <source>AskQ</source>
        <translation>卖量</translation>
    </message>
    <message>
        <source>B</source>
        <translation>买</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>买价</translation>
    </message>
    <message>
        <source>Bid IV</source>
        <translation>买IV</translation>
    </message>
    <message>
        <source>BidQ</source>
        <translation>买量</translation>
    </message>
    <message>
        <source>Buy at the ask</source>
        <translation>按卖价买入</translation>
    </message>
    <message>
        <source>By change</source>
        <translation>按涨跌</translation>
    </message>
    <message>
        <source>By side</source>
        <translation>按买卖</translation>
    </message>
    <message>
        <source>CALLS</source>
        <translation>认购 CALL</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>元</translation>
    </message>
    <message>
        <source>CNY/day</source>
        <translation>元/日</translation>
    </message>
    <message>
        <source>CNY/pt</source>
        <translation>元/点</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>认购</translation>
    </message>
    <message>
        <source>Cancel my orders here</source>
        <translation>撤销我在此合约的委托</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>T 型报价</translation>
    </message>
    <message>
        <source>Chg</source>
        <translation>涨跌幅</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Columns as shipped</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>Copy contract code</source>
        <translation>复制合约编码</translation>
    </message>
    <message>
        <source>Copy trading code</source>
        <translation>复制合约交易代码</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日内</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>五档行情</translation>
    </message>
    <message>
        <source>Expiries</source>
        <translation>到期月份</translation>
    </message>
    <message>
        <source>Export the chain to CSV…</source>
        <translation>导出 T 型报价（CSV）…</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>远期</translation>
    </message>
    <message>
        <source>High</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>IV</source>
        <translation>IV</translation>
    </message>
    <message>
        <source>Intr.</source>
        <translation>内在值</translation>
    </message>
    <message>
        <source>Join the ask</source>
        <translation>挂卖价</translation>
    </message>
    <message>
        <source>Join the bid</source>
        <translation>挂买价</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Lever</source>
        <translation>杠杆</translation>
    </message>
    <message>
        <source>Limit dn</source>
        <translation>跌停</translation>
    </message>
    <message>
        <source>Limit up</source>
        <translation>涨停</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>张</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>只看我的</translation>
    </message>
    <message>
        <source>My ask</source>
        <translation>我的卖</translation>
    </message>
    <message>
        <source>My bid</source>
        <translation>我的买</translation>
    </message>
    <message>
        <source>OI</source>
        <translation>持仓量</translation>
    </message>
    <message>
        <source>Only strikes where I hold something or have an order</source>
        <translation>只看我有持仓或委托的行权价</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开盘</translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation>期权 T 型报价</translation>
    </message>
    <message>
        <source>PUTS</source>
        <translation>认沽 PUT</translation>
    </message>
    <message>
        <source>Pos</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Prem.</source>
        <translation>溢价</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Puts</source>
        <translation>认沽</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>Retail</source>
        <translation>经纪</translation>
    </message>
    <message>
        <source>Sell at the bid</source>
        <translation>按买价卖出</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>前结算</translation>
    </message>
    <message>
        <source>Strike</source>
        <translation>行权价</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间值</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Trading</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Underlyings</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>成交量</translation>
    </message>
    <message>
        <source>adjusted contracts, unit</source>
        <translation>调整合约，合约单位</translation>
    </message>
    <message>
        <source>c</source>
        <translation>备</translation>
    </message>
    <message>
        <source>calls in the money</source>
        <translation>认购实值</translation>
    </message>
    <message>
        <source>carry</source>
        <translation>升水</translation>
    </message>
    <message>
        <source>d</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>en</source>
        <translation>zh_CN</translation>
    </message>
    <message>
        <source>lots</source>
        <translation>张</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>不一</translation>
    </message>
    <message>
        <source>no room</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>per 1%</source>
        <translation>每1%</translation>
    </message>
    <message>
        <source>prev</source>
        <translation>元</translation>
    </message>
    <message>
        <source>prev close</source>
        <translation>昨收</translation>
    </message>
    <message>
        <source>price × qty</source>
        <translation>价 × 量</translation>
    </message>
    <message>
        <source>puts in the money</source>
        <translation>认沽实值</translation>
    </message>
    <message>
        <source>qty × price</source>
        <translation>量 × 价</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>股/张</translation>
    </message>
    <message>
        <source>ticks</source>
        <translation>跳</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>x</source>
        <translation>倍</translation>
    </message>
    <message>
        <source>{days} trading days left</source>
        <translation>剩 {days} 个交易日</translation>
    </message>
    <message>
        <source>Γ</source>
        <translation>Γ</translation>
    </message>
    <message>
        <source>Δ</source>
        <translation>Δ</translation>
    </message>
    <message>
        <source>Θ</source>
        <translation>Θ</translation>
    </message>
    <message>
        <source>Theo</source>
        <translation>理论</translation>
    </message>
    <message>
        <source>Edge S</source>
        <translation>卖优</translation>
    </message>
    <message>
        <source>Edge B</source>
        <translation>买优</translation>
    </message>
    <message>
        <source>one-sided</source>
        <translation>单边</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>未更新</translation>
    </message>
    <message>
        <source>from other strikes</source>
        <translation>邻近行权价推算</translation>
    </message>
    <message>
        <source>crossed</source>
        <translation>倒挂</translation>
    </message>
    <message>
        <source>Quote both sides</source>
        <translation>双边报价</translation>
    </message>
    <message>
        <source>Pull my quote</source>
        <translation>撤下我的报价</translation>
    </message>
    <message>
        <source>{count} strikes hidden</source>
        <translation>隐去 {count} 行</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Strikes whose call or put has its |Δ| in this range; the contract in the ticket is always shown</source>
        <translation>认购或认沽的 |Δ| 在此范围内的行权价；下单合约始终显示</translation>
    </message>
    <message>
        <source>|Δ| from and to</source>
        <translation>|Δ| 起止</translation>
    </message>
    <message>
        <source>Only what I hold or work</source>
        <translation>只看我的持仓与挂单</translation>
    </message>
    <message>
        <source>Adjusted series too</source>
        <translation>显示调整合约</translation>
    </message>
    <message>
        <source>Series with a letter, whose unit and strikes an ex-day has changed</source>
        <translation>带字母的到期月：除权除息后合约单位和行权价已调整</translation>
    </message>
    <message>
        <source>Only what I must quote</source>
        <translation>只看义务合约</translation>
    </message>
    <message>
        <source>Strikes with a contract that owes quotes today</source>
        <translation>今日有报价义务合约的行权价</translation>
    </message>
    <message>
        <source>Show all strikes</source>
        <translation>显示全部行权价</translation>
    </message>
</context>
</TS>
