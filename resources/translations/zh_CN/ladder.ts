<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dock</name>
    <message>
        <source>Ladder</source>
        <translation>阶梯</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>In the price ladder</source>
        <translation>在价格阶梯中</translation>
    </message>
    <message>
        <source>Go to the price ladder</source>
        <translation>转到价格阶梯</translation>
    </message>
    <message>
        <source>Arm, or arm no longer</source>
        <translation>开启或关闭点击下单</translation>
    </message>
    <message>
        <source>Best prices to the middle</source>
        <translation>买卖一价居中</translation>
    </message>
    <message>
        <source>Choose a price</source>
        <translation>选择价位</translation>
    </message>
    <message>
        <source>Buy, sell; Shift: second size</source>
        <translation>在该价买、卖；按 Shift 用第二手数</translation>
    </message>
    <message>
        <source>Cancel mine at the price</source>
        <translation>撤该价位我的委托</translation>
    </message>
    <message>
        <source>Move mine by a tick</source>
        <translation>我的委托移一跳</translation>
    </message>
    <message>
        <source>Size; Alt: second size</source>
        <translation>按按钮选手数，按 Alt 选第二手数</translation>
    </message>
    <message>
        <source>Send what is asked about</source>
        <translation>确认发送</translation>
    </message>
    <message>
        <source>Drop it, else disarm</source>
        <translation>放弃确认，否则关闭点击下单</translation>
    </message>
</context>
<context>
    <name>ladder</name>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开仓</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>平仓</translation>
    </message>
    <message>
        <source>Not armed: a click prepares the ticket</source>
        <translation>未开启：点击只填入下单面板</translation>
    </message>
    <message>
        <source>Disarmed: not used for 60 s</source>
        <translation>已关闭：60 秒未使用</translation>
    </message>
    <message>
        <source>Disarmed: another contract</source>
        <translation>已关闭：换了合约</translation>
    </message>
    <message>
        <source>Disarmed: the line is not up</source>
        <translation>已关闭：连接中断</translation>
    </message>
    <message>
        <source>Disarmed: everything is stopped</source>
        <translation>已关闭：已全部停止</translation>
    </message>
    <message>
        <source>Disarmed: another day</source>
        <translation>已关闭：换了交易日</translation>
    </message>
    <message>
        <source>{size} lot</source>
        <translation>{size} 张</translation>
    </message>
    <message>
        <source>{size} lots</source>
        <translation>{size} 张</translation>
    </message>
    <message>
        <source>Traded</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>My buys</source>
        <translation>我的买</translation>
    </message>
    <message>
        <source>Bid size</source>
        <translation>买量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>IV %</source>
        <translation>IV %</translation>
    </message>
    <message>
        <source>Ask size</source>
        <translation>卖量</translation>
    </message>
    <message>
        <source>My sells</source>
        <translation>我的卖</translation>
    </message>
    <message>
        <source>Contracts traded at the price today, as far as this desk has heard</source>
        <translation>本终端收到的今日该价成交张数</translation>
    </message>
    <message>
        <source>What is left of my buys; ◇ in two-sided quotes</source>
        <translation>我的买单剩余；◇ 为双边报价</translation>
    </message>
    <message>
        <source>The volatility that the price implies now</source>
        <translation>该价现在隐含的波动率</translation>
    </message>
    <message>
        <source>What is left of my sells; ◇ in two-sided quotes</source>
        <translation>我的卖单剩余；◇ 为双边报价</translation>
    </message>
    <message>
        <source>An order on its way to another price was not sent again</source>
        <translation>移价中的委托未重新发出</translation>
    </message>
    <message>
        <source>It filled before it could be moved: nothing is sent</source>
        <translation>移价前已成交：不再发单</translation>
    </message>
    <message>
        <source>{order}: the cancel was refused</source>
        <translation>{order}：撤单被拒</translation>
    </message>
    <message>
        <source>More than {size}</source>
        <translation>超过 {size}</translation>
    </message>
    <message>
        <source>No theoretical price to hold it against</source>
        <translation>没有可对照的理论价</translation>
    </message>
    <message>
        <source>Above the theoretical {price}</source>
        <translation>高于理论价 {price}</translation>
    </message>
    <message>
        <source>Below the theoretical {price}</source>
        <translation>低于理论价 {price}</translation>
    </message>
    <message>
        <source>Arm  A</source>
        <translation>开启点单  A</translation>
    </message>
    <message>
        <source>Armed {seconds} s</source>
        <translation>点单已开 {seconds} 秒</translation>
    </message>
    <message>
        <source>Left {first} · right {second}</source>
        <translation>左键 {first} · 右键 {second}</translation>
    </message>
    <message>
        <source>Auto: a sale closes what is long, all else opens</source>
        <translation>自动：卖出先平权利仓，其余为开仓</translation>
    </message>
    <message>
        <source>Armed, a click is an order; not used for 60 s it is armed no longer</source>
        <translation>开启后点击即下单；60 秒未使用自动关闭</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Bring the best prices to the middle (Space)</source>
        <translation>买卖一价居中（空格）</translation>
    </message>
    <message>
        <source>What the ladder asks before it sends</source>
        <translation>发单前的确认设置</translation>
    </message>
    <message>
        <source>Send  ↵</source>
        <translation>发送  ↵</translation>
    </message>
    <message>
        <source>Drop  Esc</source>
        <translation>放弃  Esc</translation>
    </message>
    <message>
        <source>Click: size of left clicks; right click: size of right clicks</source>
        <translation>左键点：左键手数；右键点：右键手数</translation>
    </message>
    <message>
        <source>Least {size}</source>
        <translation>义务 {size}</translation>
    </message>
    <message>
        <source>The smallest size that the obligation counts</source>
        <translation>义务要求的最小张数</translation>
    </message>
    <message>
        <source>Ask before sending</source>
        <translation>发单前确认</translation>
    </message>
    <message>
        <source>Every order</source>
        <translation>每笔委托</translation>
    </message>
    <message>
        <source>Only an armed ladder moves orders</source>
        <translation>开启点单后才能移价</translation>
    </message>
    <message>
        <source>Armed: a click is an order</source>
        <translation>点单已开启：点击即下单</translation>
    </message>
    <message>
        <source>Price ladder</source>
        <translation>价格阶梯</translation>
    </message>
</context>
</TS>
