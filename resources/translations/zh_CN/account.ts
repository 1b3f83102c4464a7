<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>account</name>
    <message>
        <source>Account {account}</source>
        <translation>账户 {account}</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>filed</source>
        <translation>已报备</translation>
    </message>
    <message>
        <source>not filed</source>
        <translation>未报备</translation>
    </message>
    <message>
        <source>{count} restrictions</source>
        <translation>限交易 {count} 项</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>First leg</source>
        <translation>第一腿</translation>
    </message>
    <message>
        <source>Second leg</source>
        <translation>第二腿</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>保证金</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>give</source>
        <translation>付</translation>
    </message>
    <message>
        <source>get</source>
        <translation>收</translation>
    </message>
    <message>
        <source>{shares} shares</source>
        <translation>{shares} 份</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>充足</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交收日</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Exercised</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>被指派</translation>
    </message>
    <message>
        <source>Number of shares</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>证券</translation>
    </message>
    <message>
        <source>Yuan</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>Exercise day</source>
        <translation>行权日</translation>
    </message>
    <message>
        <source>The line dropped before the counter answered. It is never sent again.</source>
        <translation>柜台答复前连接中断；不会自动重发。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Concerns</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>By</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>本端</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>流水号</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Amount, yuan</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>First</source>
        <translation>合约一</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>合约二</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>组成</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Nothing of the account fits here</source>
        <translation>账户中没有适合的持仓</translation>
    </message>
    <message>
        <source>Give yuan above zero with at most two decimals</source>
        <translation>请输入大于零、最多两位小数的金额</translation>
    </message>
    <message>
        <source>Give a whole number above zero</source>
        <translation>请输入大于零的整数</translation>
    </message>
    <message>
        <source>Press again to send:</source>
        <translation>再按一次发出：</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>No answer: the counter is asked once the line is back</source>
        <translation>未获答复：恢复连接后向柜台查询</translation>
    </message>
    <message>
        <source>The counter is being asked…</source>
        <translation>正在请求柜台…</translation>
    </message>
    <message>
        <source>In the money</source>
        <translation>实值</translation>
    </message>
    <message>
        <source>Out of the money</source>
        <translation>虚值</translation>
    </message>
    <message>
        <source>Cash needed</source>
        <translation>需资金</translation>
    </message>
    <message>
        <source>Shares needed</source>
        <translation>需证券</translation>
    </message>
    <message>
        <source>Cash received</source>
        <translation>收入资金</translation>
    </message>
    <message>
        <source>Shares received</source>
        <translation>收入证券</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Break-even</source>
        <translation>盈亏平衡</translation>
    </message>
    <message>
        <source>Worth exercised</source>
        <translation>行权净值</translation>
    </message>
    <message>
        <source>Worth sold at the bid</source>
        <translation>按买价卖出净值</translation>
    </message>
    <message>
        <source>Margin change</source>
        <translation>保证金变化</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>非交易指令</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>{count} today, {refused} refused</source>
        <translation>今日 {count} 条，拒绝 {refused} 条</translation>
    </message>
    <message>
        <source>{count} without an answer</source>
        <translation>{count} 条未获答复</translation>
    </message>
    <message>
        <source>this venue takes no exercises</source>
        <translation>此交易场所不受理行权</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Cash after</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>额度</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>No line to the venue: nothing was asked</source>
        <translation>未连接交易场所：没有发出查询</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Save page</source>
        <translation>保存网页</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>This venue answers no queries; earlier days of this desk are in the history</source>
        <translation>此交易场所不受理查询；本端的往日记录见历史</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>There is no statement of this day</source>
        <translation>该日没有结算单</translation>
    </message>
    <message>
        <source>The line was lost before the answer</source>
        <translation>答复前连接中断</translation>
    </message>
    <message>
        <source>Trading day</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>Option value at settlement</source>
        <translation>期权结算市值</translation>
    </message>
    <message>
        <source>Margin call</source>
        <translation>追保金额</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>结算单</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Cash flow</source>
        <translation>资金流水</translation>
    </message>
    <message>
        <source>Funds account</source>
        <translation>衍生品资金账户</translation>
    </message>
    <message>
        <source>Securities account</source>
        <translation>普通证券账户</translation>
    </message>
    <message>
        <source>Contract account</source>
        <translation>衍生品合约账户</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Restrictions</source>
        <translation>限交易</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not linked</source>
        <translation>未关联</translation>
    </message>
    <message>
        <source>Filed with the exchange</source>
        <translation>已向交易所报备</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Programme trading filed</source>
        <translation>程序化交易报备</translation>
    </message>
    <message>
        <source>Margin group</source>
        <translation>保证金分组</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>结余</translation>
    </message>
    <message>
        <source>At open</source>
        <translation>期初</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Withdrawable</source>
        <translation>可取</translation>
    </message>
    <message>
        <source>Maintenance margin</source>
        <translation>维持保证金</translation>
    </message>
    <message>
        <source>Frozen premium</source>
        <translation>冻结权利金</translation>
    </message>
    <message>
        <source>Frozen margin</source>
        <translation>冻结保证金</translation>
    </message>
    <message>
        <source>Frozen fees</source>
        <translation>冻结费用</translation>
    </message>
    <message>
        <source>Frozen for exercise</source>
        <translation>行权冻结</translation>
    </message>
    <message>
        <source>Frozen for delivery</source>
        <translation>交收冻结</translation>
    </message>
    <message>
        <source>Premium received</source>
        <translation>权利金收入</translation>
    </message>
    <message>
        <source>Premium paid</source>
        <translation>权利金支出</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cash in</source>
        <translation>转入资金</translation>
    </message>
    <message>
        <source>Cash out</source>
        <translation>转出资金</translation>
    </message>
    <message>
        <source>Option value</source>
        <translation>期权市值</translation>
    </message>
    <message>
        <source>Risk ratio</source>
        <translation>风险度</translation>
    </message>
    <message>
        <source>Funds, yuan</source>
        <translation>资金（元）</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>持有</translation>
    </message>
    <message>
        <source>Combined</source>
        <translation>组合占用</translation>
    </message>
    <message>
        <source>Exercising</source>
        <translation>行权冻结</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>均价</translation>
    </message>
    <message>
        <source>Realised</source>
        <translation>平仓盈亏</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>持仓</translation>
    </message>
    <message>
        <source>Combinations</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>May be sold</source>
        <translation>可卖</translation>
    </message>
    <message>
        <source>Bought on the day</source>
        <translation>当日买入</translation>
    </message>
    <message>
        <source>Sold on the day</source>
        <translation>当日卖出</translation>
    </message>
    <message>
        <source>Covering</source>
        <translation>备兑占用</translation>
    </message>
    <message>
        <source>Disposal</source>
        <translation>待处分</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>待交收</translation>
    </message>
    <message>
        <source>Build combination</source>
        <translation>构建组合</translation>
    </message>
    <message>
        <source>Release combination</source>
        <translation>解除组合</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>未获答复</translation>
    </message>
    <message>
        <source>Lock shares</source>
        <translation>锁定证券</translation>
    </message>
    <message>
        <source>Unlock shares</source>
        <translation>解锁证券</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>行权</translation>
    </message>
    <message>
        <source>Withdraw exercise</source>
        <translation>撤销行权</translation>
    </message>
    <message>
        <source>Merged exercise</source>
        <translation>合并行权</translation>
    </message>
    <message>
        <source>Withdraw merged</source>
        <translation>撤销合并</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Short to covered</source>
        <translation>普通转备兑</translation>
    </message>
    <message>
        <source>Covered to short</source>
        <translation>备兑转普通</translation>
    </message>
    <message>
        <source>To disposal</source>
        <translation>转处置账户</translation>
    </message>
    <message>
        <source>From disposal</source>
        <translation>处置划回</translation>
    </message>
    <message>
        <source>Shares in</source>
        <translation>转入证券</translation>
    </message>
    <message>
        <source>Shares out</source>
        <translation>转出证券</translation>
    </message>
    <message>
        <source>Set free shares aside for covered calls</source>
        <translation>将可用证券锁定，用于备兑</translation>
    </message>
    <message>
        <source>Free locked shares that cover nothing</source>
        <translation>释放未占用的锁定证券</translation>
    </message>
    <message>
        <source>Exercise long contracts on their exercise day; quantities add up</source>
        <translation>在行权日对权利仓行权；多次申报数量累加</translation>
    </message>
    <message>
        <source>Take back part or all of today's exercise</source>
        <translation>撤回今日部分或全部行权</translation>
    </message>
    <message>
        <source>Exercise a call and a put of higher strike as one: no cash or shares needed</source>
        <translation>认购与行权价更高的认沽合并行权：无需备款备券</translation>
    </message>
    <message>
        <source>Take back pairs of a merged exercise</source>
        <translation>撤回合并行权</translation>
    </message>
    <message>
        <source>Join two positions into a combination with a margin of its own</source>
        <translation>将两个持仓构建为组合，按组合收取保证金</translation>
    </message>
    <message>
        <source>Take a combination apart; each leg is margined alone again</source>
        <translation>拆分组合，各腿恢复单独收取保证金</translation>
    </message>
    <message>
        <source>Cover short calls with shares; their margin is freed</source>
        <translation>以证券备兑义务仓，释放保证金</translation>
    </message>
    <message>
        <source>Take the shares off covered calls; margin is held instead</source>
        <translation>释放备兑证券，改收保证金</translation>
    </message>
    <message>
        <source>Hand shares over to the broker's disposal account</source>
        <translation>将证券划入券商处置账户</translation>
    </message>
    <message>
        <source>Take shares back out of the disposal account</source>
        <translation>从处置账户划回证券</translation>
    </message>
    <message>
        <source>Bring money in from the bank</source>
        <translation>银行转入资金</translation>
    </message>
    <message>
        <source>Take money out to the bank</source>
        <translation>资金转出至银行</translation>
    </message>
    <message>
        <source>Bring shares in from the cash market</source>
        <translation>从现货账户转入证券</translation>
    </message>
    <message>
        <source>Take shares away to the cash market</source>
        <translation>将证券转出至现货账户</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Not received</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Call bull spread</source>
        <translation>认购牛市价差</translation>
    </message>
    <message>
        <source>Call bear spread</source>
        <translation>认购熊市价差</translation>
    </message>
    <message>
        <source>Put bull spread</source>
        <translation>认沽牛市价差</translation>
    </message>
    <message>
        <source>Put bear spread</source>
        <translation>认沽熊市价差</translation>
    </message>
    <message>
        <source>Short straddle</source>
        <translation>跨式空头</translation>
    </message>
    <message>
        <source>Short strangle</source>
        <translation>宽跨式空头</translation>
    </message>
    <message>
        <source>Individual</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Proprietary</source>
        <translation>自营</translation>
    </message>
    <message>
        <source>Primary market maker</source>
        <translation>主做市商</translation>
    </message>
    <message>
        <source>General market maker</source>
        <translation>一般做市商</translation>
    </message>
    <message>
        <source>Level 1</source>
        <translation>一级</translation>
    </message>
    <message>
        <source>Level 2</source>
        <translation>二级</translation>
    </message>
    <message>
        <source>Level 3</source>
        <translation>三级</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Close only</source>
        <translation>只能平仓</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>No trading</source>
        <translation>禁止交易</translation>
    </message>
    <message>
        <source>no buy open</source>
        <translation>禁买入开仓</translation>
    </message>
    <message>
        <source>no sell close</source>
        <translation>禁卖出平仓</translation>
    </message>
    <message>
        <source>no sell open</source>
        <translation>禁卖出开仓</translation>
    </message>
    <message>
        <source>no buy close</source>
        <translation>禁买入平仓</translation>
    </message>
    <message>
        <source>no covered open</source>
        <translation>禁备兑开仓</translation>
    </message>
    <message>
        <source>no covered close</source>
        <translation>禁备兑平仓</translation>
    </message>
    <message>
        <source>no locking</source>
        <translation>禁锁定</translation>
    </message>
    <message>
        <source>no unlocking</source>
        <translation>禁解锁</translation>
    </message>
    <message>
        <source>no exercise</source>
        <translation>禁行权</translation>
    </message>
    <message>
        <source>Opening balance</source>
        <translation>期初余额</translation>
    </message>
    <message>
        <source>Premium</source>
        <translation>权利金</translation>
    </message>
    <message>
        <source>Exercise settlement</source>
        <translation>行权交收</translation>
    </message>
    <message>
        <source>Exercise fee</source>
        <translation>行权费用</translation>
    </message>
    <message>
        <source>Cash settlement</source>
        <translation>现金结算</translation>
    </message>
    <message>
        <source>Interest</source>
        <translation>结息</translation>
    </message>
    <message>
        <source>Penalty</source>
        <translation>罚息</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
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
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Long positions</source>
        <translation>权利仓</translation>
    </message>
    <message>
        <source>Total position</source>
        <translation>总持仓</translation>
    </message>
    <message>
        <source>Bought to open today</source>
        <translation>当日买入开仓</translation>
    </message>
    <message>
        <source>Opened today</source>
        <translation>当日开仓</translation>
    </message>
    <message>
        <source>One direction</source>
        <translation>单方向</translation>
    </message>
    <message>
        <source>All underlyings</source>
        <translation>全部标的</translation>
    </message>
    <message>
        <source>Member's position</source>
        <translation>会员持仓</translation>
    </message>
    <message>
        <source>Member's opening margin, yuan</source>
        <translation>会员开仓保证金（元）</translation>
    </message>
    <message>
        <source>{count} older ones left out</source>
        <translation>另有较早 {count} 行未列出</translation>
    </message>
    <message>
        <source>Purchase limit, yuan</source>
        <translation>买入额度（元）</translation>
    </message>
    <message>
        <source>Amount of one order, yuan</source>
        <translation>单笔金额（元）</translation>
    </message>
    <message>
        <source>Part of open interest</source>
        <translation>持仓集中度</translation>
    </message>
    <message>
        <source>Orders today</source>
        <translation>当日申报</translation>
    </message>
    <message>
        <source>Cancels today</source>
        <translation>当日撤单</translation>
    </message>
    <message>
        <source>Combination</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>备兑</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>资金</translation>
    </message>
    <message>
        <source>Confirm statement</source>
        <translation>结算单确认</translation>
    </message>
    <message>
        <source>Confirm the last day's statement, where the broker asks for it</source>
        <translation>确认上一日结算单（部分券商要求）</translation>
    </message>
    <message>
        <source>Buy shares</source>
        <translation>买入证券</translation>
    </message>
    <message>
        <source>Sell shares</source>
        <translation>卖出证券</translation>
    </message>
    <message>
        <source>Buy whole lots at once or not at all; they may be locked today and sold tomorrow</source>
        <translation>按整手买入，须即时全部成交；当日可锁定，次日可卖</translation>
    </message>
    <message>
        <source>Sell at once or not at all; not what was bought today</source>
        <translation>卖出须即时全部成交；当日买入的不可卖</translation>
    </message>
    <message>
        <source>Shares traded</source>
        <translation>证券买卖</translation>
    </message>
    <message>
        <source>Dividend</source>
        <translation>分红</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Price, yuan</source>
        <translation>价格（元）</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>对手价</translation>
    </message>
    <message>
        <source>The best price of the other side</source>
        <translation>对手方最优价</translation>
    </message>
    <message>
        <source>Give a price above zero</source>
        <translation>请输入大于零的价格</translation>
    </message>
    <message>
        <source>The worst price shares might trade at</source>
        <translation>证券成交的最差价格</translation>
    </message>
</context>
</TS>
