<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dock</name>
    <message>
        <source>Basket</source>
        <translation>组合</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Add a leg to the basket</source>
        <translation>加入组合一腿</translation>
    </message>
    <message>
        <source>Add the contract, bought or sold</source>
        <translation>加入该合约（买或卖）</translation>
    </message>
    <message>
        <source>Every leg on its other side</source>
        <translation>全部反向</translation>
    </message>
    <message>
        <source>Go to the basket</source>
        <translation>转到组合</translation>
    </message>
    <message>
        <source>In the basket</source>
        <translation>在组合面板中</translation>
    </message>
    <message>
        <source>Not yet, cancel the rest, else clear</source>
        <translation>取消确认、撤余单或清空</translation>
    </message>
    <message>
        <source>Send all legs</source>
        <translation>发出全部腿</translation>
    </message>
    <message>
        <source>Take the leg out</source>
        <translation>删除该腿</translation>
    </message>
</context>
<context>
    <name>basket</name>
    <message>
        <source>{instruction} {count} {name}</source>
        <translation>{instruction} {name} {count} 张</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>: received {amount} yuan.</source>
        <translation>：已收取 {amount} 元。</translation>
    </message>
    <message>
        <source>: paid {amount} yuan.</source>
        <translation>：已支付 {amount} 元。</translation>
    </message>
    <message>
        <source>A leg has no price, so the net price is not known</source>
        <translation>有一腿没有价格，净价未知</translation>
    </message>
    <message>
        <source>Above zero the most to pay, below zero the least to receive; looked at again before every leg</source>
        <translation>正数为最多支付，负数为至少收取；每腿发出前都再核对</translation>
    </message>
    <message>
        <source>Add the chosen contract as a leg that is bought (B)</source>
        <translation>将所选合约作为买入腿加入 (B)</translation>
    </message>
    <message>
        <source>Add the chosen contract as a leg that is sold (S)</source>
        <translation>将所选合约作为卖出腿加入 (S)</translation>
    </message>
    <message>
        <source>At mid</source>
        <translation>按中间价</translation>
    </message>
    <message>
        <source>My prices</source>
        <translation>我的价</translation>
    </message>
    <message>
        <source>Baskets</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Build {strategy} × {count}</source>
        <translation>构建 {strategy} × {count}</translation>
    </message>
    <message>
        <source>Building it frees {freed} yuan of margin.</source>
        <translation>构建后释放保证金 {freed} 元。</translation>
    </message>
    <message>
        <source>Buy or sell: click for the other side</source>
        <translation>买或卖：点击换向</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>撤余下部分</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Contracts of this leg in one basket</source>
        <translation>每份组合中该腿的张数</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>优势</translation>
    </message>
    <message>
        <source>Even at</source>
        <translation>盈亏平衡</translation>
    </message>
    <message>
        <source>Every leg on its other side (R)</source>
        <translation>各腿全部换向 (R)</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>先后</translation>
    </message>
    <message>
        <source>Funds do not do for all legs together: needed {given}, available {allowed}</source>
        <translation>资金不够全部各腿：需要 {given}，可用 {allowed}</translation>
    </message>
    <message>
        <source>How many baskets</source>
        <translation>组合份数</translation>
    </message>
    <message>
        <source>It would have been: {net}.</source>
        <translation>届时净价为：{net}。</translation>
    </message>
    <message>
        <source>Margin by leg</source>
        <translation>分腿保证金</translation>
    </message>
    <message>
        <source>Most to gain</source>
        <translation>最大盈利</translation>
    </message>
    <message>
        <source>Most to lose</source>
        <translation>最大亏损</translation>
    </message>
    <message>
        <source>Net limit</source>
        <translation>净价限</translation>
    </message>
    <message>
        <source>Net now</source>
        <translation>现净价</translation>
    </message>
    <message>
        <source>Net price to hold to</source>
        <translation>净价限制</translation>
    </message>
    <message>
        <source>Net price worse than the limit: {given}, limit {allowed}</source>
        <translation>净价劣于限制：{given}，限制 {allowed}</translation>
    </message>
    <message>
        <source>No contract</source>
        <translation>未选合约</translation>
    </message>
    <message>
        <source>No legs (Esc)</source>
        <translation>清空各腿 (Esc)</translation>
    </message>
    <message>
        <source>No legs yet: Ctrl+click a bid or an ask of the chain, or take a shape</source>
        <translation>尚无腿：在 T 型报价中按住 Ctrl 点击买价或卖价，或选用形态</translation>
    </message>
    <message>
        <source>No limit: every leg is sent at the price that was confirmed.</source>
        <translation>不限净价：各腿按确认时的价格发出。</translation>
    </message>
    <message>
        <source>No limit: orders at market trade at whatever price is there.</source>
        <translation>不限净价：市价单按当时盘口价成交。</translation>
    </message>
    <message>
        <source>Not a net price, such as 0.0250 to pay or -0.0250 to receive</source>
        <translation>不是净价，例如支付 0.0250 或收取 -0.0250</translation>
    </message>
    <message>
        <source>Not a whole number of baskets, at least 1</source>
        <translation>份数不是至少为 1 的整数</translation>
    </message>
    <message>
        <source>Nothing is filled yet.</source>
        <translation>尚无成交。</translation>
    </message>
    <message>
        <source>Nothing is filled: no position of it.</source>
        <translation>没有成交：不留下持仓。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现价</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>步调</translation>
    </message>
    <message>
        <source>Premium</source>
        <translation>权利金</translation>
    </message>
    <message>
        <source>Press again:</source>
        <translation>再按一次：</translation>
    </message>
    <message>
        <source>Price of the leg</source>
        <translation>该腿价格</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Send no more legs and cancel those that work (Esc)</source>
        <translation>不再发出余下各腿，并撤销在途委托 (Esc)</translation>
    </message>
    <message>
        <source>Send {legs} leg</source>
        <translation>发出 {legs} 腿</translation>
    </message>
    <message>
        <source>Send {legs} legs</source>
        <translation>发出 {legs} 腿</translation>
    </message>
    <message>
        <source>Sent: {filled} of {legs} legs filled</source>
        <translation>已发出：{legs} 腿中 {filled} 腿成交</translation>
    </message>
    <message>
        <source>Shape ▾</source>
        <translation>形态 ▾</translation>
    </message>
    <message>
        <source>Side of the leg</source>
        <translation>该腿买卖方向</translation>
    </message>
    <message>
        <source>So far alone: {position}.</source>
        <translation>目前单独留有：{position}。</translation>
    </message>
    <message>
        <source>Spreads, straddles and others around the chosen contract</source>
        <translation>围绕所选合约的价差、跨式等</translation>
    </message>
    <message>
        <source>Take the leg out (Del)</source>
        <translation>删除该腿 (Del)</translation>
    </message>
    <message>
        <source>The net of the legs' prices as it is now</source>
        <translation>各腿委托价此刻的净价</translation>
    </message>
    <message>
        <source>Theoretical</source>
        <translation>理论净价</translation>
    </message>
    <message>
        <source>There is no such price now</source>
        <translation>此刻没有这个价格</translation>
    </message>
    <message>
        <source>Theta</source>
        <translation>Theta</translation>
    </message>
    <message>
        <source>This leaves you alone with: {position}.</source>
        <translation>由此您单独留有：{position}。</translation>
    </message>
    <message>
        <source>Tick that you have read this</source>
        <translation>勾选表示已阅读</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>What the leg opens or closes</source>
        <translation>该腿开平</translation>
    </message>
    <message>
        <source>Where the price of the leg comes from</source>
        <translation>该腿价格来源</translation>
    </message>
    <message>
        <source>at market</source>
        <translation>市价</translation>
    </message>
    <message>
        <source>bid {bid}  ask {ask}  theo {worth}</source>
        <translation>买 {bid}  卖 {ask}  理论 {worth}</translation>
    </message>
    <message>
        <source>no answer, being asked</source>
        <translation>无应答，正在查询</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>pay {amount}</source>
        <translation>支付 {amount}</translation>
    </message>
    <message>
        <source>pay {amount} yuan</source>
        <translation>支付 {amount} 元</translation>
    </message>
    <message>
        <source>receive {amount}</source>
        <translation>收取 {amount}</translation>
    </message>
    <message>
        <source>receive {amount} yuan</source>
        <translation>收取 {amount} 元</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>无限</translation>
    </message>
    <message>
        <source>{count} bought {name}</source>
        <translation>买入 {count} 张 {name}</translation>
    </message>
    <message>
        <source>{count} sold {name}</source>
        <translation>卖出 {count} 张 {name}</translation>
    </message>
    <message>
        <source>{net} at worst; the prices of legs not sent yet follow the book within it.</source>
        <translation>最差{net}；未发出各腿的价格在此限内跟随盘口。</translation>
    </message>
    <message>
        <source>{orders}. {money}, fee {fee}, margin {margin}.</source>
        <translation>{orders}。{money}，费用 {fee}，保证金 {margin}。</translation>
    </message>
    <message>
        <source>{strategy} × {count}: margin as the combination {margin}, frees {freed}</source>
        <translation>{strategy} × {count}：组合保证金 {margin}，可释放 {freed}</translation>
    </message>
    <message>
        <source>{units} basket filled whole</source>
        <translation>整组成交 {units} 份</translation>
    </message>
    <message>
        <source>{units} baskets filled whole</source>
        <translation>整组成交 {units} 份</translation>
    </message>
    <message>
        <source>Γ 1%</source>
        <translation>Γ 1%</translation>
    </message>
    <message>
        <source>Δ shares</source>
        <translation>Δ 股</translation>
    </message>
    <message>
        <source>A leg had no price to hold the net price to: the legs after it were not sent.</source>
        <translation>有一腿没有价格，无法核对净价：其后各腿未发出。</translation>
    </message>
    <message>
        <source>A leg is sent when the one before is filled to the last contract.</source>
        <translation>前一腿全部成交后才发出下一腿。</translation>
    </message>
    <message>
        <source>A leg was refused: the legs after it were not sent.</source>
        <translation>有一腿被拒：其后各腿未发出。</translation>
    </message>
    <message>
        <source>A leg went without being filled: the legs after it were not sent.</source>
        <translation>有一腿未全部成交即已撤销：其后各腿未发出。</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>同时发出</translation>
    </message>
    <message>
        <source>All legs leave in one go, whatever becomes of the others.</source>
        <translation>各腿一并发出，不论其他腿结果如何。</translation>
    </message>
    <message>
        <source>Another trading day has begun.</source>
        <translation>新的交易日已开始。</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Best price of the other side: trades at once</source>
        <translation>对手方最优价：立即成交</translation>
    </message>
    <message>
        <source>Best price of the own side: rests</source>
        <translation>本方最优价：挂单等待</translation>
    </message>
    <message>
        <source>Butterfly</source>
        <translation>蝶式</translation>
    </message>
    <message>
        <source>Buys first</source>
        <translation>先买后卖</translation>
    </message>
    <message>
        <source>Calendar spread</source>
        <translation>日历价差</translation>
    </message>
    <message>
        <source>Call bear spread</source>
        <translation>认购熊市价差</translation>
    </message>
    <message>
        <source>Call bull spread</source>
        <translation>认购牛市价差</translation>
    </message>
    <message>
        <source>The line was lost: no more legs were sent.</source>
        <translation>连接中断：未再发出其他腿。</translation>
    </message>
    <message>
        <source>Cancelled by hand.</source>
        <translation>已手动撤销。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>平仓</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>备兑</translation>
    </message>
    <message>
        <source>Leg by leg</source>
        <translation>逐腿发出</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限价</translation>
    </message>
    <message>
        <source>Lmt FOK</source>
        <translation>限价FOK</translation>
    </message>
    <message>
        <source>Mid</source>
        <translation>中间价</translation>
    </message>
    <message>
        <source>Middle of bid and ask, on the tick that is better for us</source>
        <translation>买卖中间价，取对我方更优的一跳</translation>
    </message>
    <message>
        <source>Mkt IOC</source>
        <translation>市价IOC</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开仓</translation>
    </message>
    <message>
        <source>Opp.</source>
        <translation>对手价</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>本方价</translation>
    </message>
    <message>
        <source>Put bear spread</source>
        <translation>认沽熊市价差</translation>
    </message>
    <message>
        <source>Put bull spread</source>
        <translation>认沽牛市价差</translation>
    </message>
    <message>
        <source>Straddle</source>
        <translation>跨式</translation>
    </message>
    <message>
        <source>Strangle</source>
        <translation>宽跨式</translation>
    </message>
    <message>
        <source>Synthetic long</source>
        <translation>合成多头</translation>
    </message>
    <message>
        <source>Synthetic short</source>
        <translation>合成空头</translation>
    </message>
    <message>
        <source>The exchange has no book for combinations: each leg is an order of its own, and one may be left alone.</source>
        <translation>交易所没有组合委托簿：每腿都是独立委托，可能只成交一腿。</translation>
    </message>
    <message>
        <source>The leg that is hardest to get goes first, so that the others do not wait for it.</source>
        <translation>最难成交的一腿先发，以免其他腿等它。</translation>
    </message>
    <message>
        <source>The net price had become worse than the limit: the legs after it were not sent.</source>
        <translation>净价已劣于限制：其后各腿未发出。</translation>
    </message>
    <message>
        <source>The price that is typed</source>
        <translation>手工输入的价格</translation>
    </message>
    <message>
        <source>Theo</source>
        <translation>理论价</translation>
    </message>
    <message>
        <source>Theoretical price, on the tick that is better for us</source>
        <translation>理论价，取对我方更优的一跳</translation>
    </message>
    <message>
        <source>Thin first</source>
        <translation>先薄后厚</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>手工</translation>
    </message>
    <message>
        <source>What frees or hedges goes first, what opens a short position last.</source>
        <translation>释放或对冲的先发，卖出开仓的最后发。</translation>
    </message>
    <message>
        <source>cancelled, not filled</source>
        <translation>已撤，未成交</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>part filled, rest gone</source>
        <translation>部分成交，余量已撤</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>挂单中</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>stopped, not sent</source>
        <translation>已停止，未发出</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
</context>
</TS>
