<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>OrderWarning</name>
    <message>
        <source>Deep out of the money: {percent} % away, delta {delta}</source>
        <translation>严重价外：虚值 {percent} %，Delta {delta}</translation>
    </message>
    <message>
        <source>Deep out of the money: {percent} % away</source>
        <translation>严重价外：虚值 {percent} %</translation>
    </message>
    <message>
        <source>Expires today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>Near expiry: {days} trading days left, until {day}</source>
        <translation>临近到期：剩 {days} 个交易日，{day} 到期</translation>
    </message>
    <message>
        <source>Adjusted contract: unit {unit}, strike {strike}</source>
        <translation>调整合约：单位 {unit}，行权价 {strike}</translation>
    </message>
    <message>
        <source>Margin gets tight: risk ratio {ratio}, warned from {warn}</source>
        <translation>保证金趋紧：风险度将达 {ratio}，预警线 {warn}</translation>
    </message>
</context>
<context>
    <name>TicketWarnings</name>
    <message>
        <source>Tick that you have read this</source>
        <translation>勾选表示已阅读</translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message>
        <source>Notional about {words}</source>
        <translation>名义金额约{words}</translation>
    </message>
    <message>
        <source>Type a price, or take one from the book</source>
        <translation>请填价格，或从盘口取价</translation>
    </message>
    <message>
        <source>No contract</source>
        <translation>未选合约</translation>
    </message>
    <message>
        <source>in the money</source>
        <translation>实值</translation>
    </message>
    <message>
        <source>out of the money</source>
        <translation>虚值</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Press again:</source>
        <translation>再按一次发出：</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Not a price in yuan, such as 0.0704</source>
        <translation>不是有效价格，应如 0.0704（元）</translation>
    </message>
    <message>
        <source>Not a whole number of contracts, at least 1</source>
        <translation>数量应为不小于 1 的整数（张）</translation>
    </message>
    <message>
        <source>{size} lot</source>
        <translation>{size} 张</translation>
    </message>
    <message>
        <source>{size} lots</source>
        <translation>{size} 张</translation>
    </message>
</context>
<context>
    <name>TicketFields</name>
    <message>
        <source>Limit</source>
        <translation>限价</translation>
    </message>
    <message>
        <source>Lmt FOK</source>
        <translation>限价FOK</translation>
    </message>
    <message>
        <source>Mkt→Lmt</source>
        <translation>剩余转限</translation>
    </message>
    <message>
        <source>Mkt IOC</source>
        <translation>市价IOC</translation>
    </message>
    <message>
        <source>Mkt FOK</source>
        <translation>市价FOK</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Order price</source>
        <translation>委托价格</translation>
    </message>
    <message>
        <source>Order size</source>
        <translation>委托数量</translation>
    </message>
    <message>
        <source>Opp.</source>
        <translation>对手价</translation>
    </message>
    <message>
        <source>Best price of the other side</source>
        <translation>对方最优价</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>本方价</translation>
    </message>
    <message>
        <source>Best price of the own side</source>
        <translation>本方最优价</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Newest trade</source>
        <translation>最新成交价</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Empty the ticket (Esc)</source>
        <translation>清空下单面板（Esc）</translation>
    </message>
    <message>
        <source>at market</source>
        <translation>市价</translation>
    </message>
    <message>
        <source>can open</source>
        <translation>可开</translation>
    </message>
    <message>
        <source>can close</source>
        <translation>可平</translation>
    </message>
</context>
<context>
    <name>PayoffPicture</name>
    <message>
        <source>At expiry</source>
        <translation>到期盈亏</translation>
    </message>
    <message>
        <source>Profit at expiry from {low} to {high}, even at {even}</source>
        <translation>到期盈亏 {low} 至 {high}，盈亏平衡 {even}</translation>
    </message>
</context>
<context>
    <name>CostPreview</name>
    <message>
        <source>Premium</source>
        <translation>权利金</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Margin held</source>
        <translation>占用保证金</translation>
    </message>
    <message>
        <source>Margin freed</source>
        <translation>释放保证金</translation>
    </message>
    <message>
        <source>Largest loss</source>
        <translation>最大亏损</translation>
    </message>
    <message>
        <source>Break-even</source>
        <translation>盈亏平衡</translation>
    </message>
    <message>
        <source>Set aside until it has traded, reckoned at {price}: {amount} yuan</source>
        <translation>成交前按 {price} 元冻结 {amount} 元</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用资金</translation>
    </message>
</context>
</TS>
