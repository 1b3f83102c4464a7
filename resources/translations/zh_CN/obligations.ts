<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>QuoteFault</name>
    <message>
        <source>No quote</source>
        <translation>无报价</translation>
    </message>
    <message>
        <source>No bid</source>
        <translation>无买价</translation>
    </message>
    <message>
        <source>No ask</source>
        <translation>无卖价</translation>
    </message>
    <message>
        <source>Bid not below ask</source>
        <translation>买价不低于卖价</translation>
    </message>
    <message>
        <source>Bid too small</source>
        <translation>买量不足</translation>
    </message>
    <message>
        <source>Ask too small</source>
        <translation>卖量不足</translation>
    </message>
    <message>
        <source>Spread too wide</source>
        <translation>价差过宽</translation>
    </message>
</context>
<context>
    <name>ExemptCause</name>
    <message>
        <source>Failure of the exchange</source>
        <translation>交易所系统故障</translation>
    </message>
    <message>
        <source>Halt</source>
        <translation>停牌</translation>
    </message>
    <message>
        <source>Volatility interruption</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Limit-up</source>
        <translation>涨停</translation>
    </message>
    <message>
        <source>Limit-down</source>
        <translation>跌停</translation>
    </message>
    <message>
        <source>Open restriction</source>
        <translation>限开仓</translation>
    </message>
    <message>
        <source>Delta out of range</source>
        <translation>Delta 超出范围</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手工豁免</translation>
    </message>
</context>
<context>
    <name>QuotingState</name>
    <message>
        <source>Quoted</source>
        <translation>报价有效</translation>
    </message>
    <message>
        <source>Excused by a fill</source>
        <translation>成交宽限</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>缺口</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>豁免</translation>
    </message>
    <message>
        <source>Not owed</source>
        <translation>非义务时段</translation>
    </message>
</context>
<context>
    <name>InquiryStatus</name>
    <message>
        <source>Waiting</source>
        <translation>待回应</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回应</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>超时回应</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未回应</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>免于回应</translation>
    </message>
</context>
<context>
    <name>AnswerEnd</name>
    <message>
        <source>Filled</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>撤单</translation>
    </message>
    <message>
        <source>Replaced by one that does not count</source>
        <translation>被无效报价替换</translation>
    </message>
    <message>
        <source>Pulled by protection</source>
        <translation>保护机制撤单</translation>
    </message>
    <message>
        <source>Line lost</source>
        <translation>断线撤单</translation>
    </message>
    <message>
        <source>Taken out by the venue</source>
        <translation>交易所撤单</translation>
    </message>
    <message>
        <source>Obligation lifted</source>
        <translation>义务豁免</translation>
    </message>
    <message>
        <source>End of the phase</source>
        <translation>交易阶段结束</translation>
    </message>
</context>
<context>
    <name>Handling</name>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>自动调整</translation>
    </message>
</context>
<context>
    <name>OwnQuoteState</name>
    <message>
        <source>Sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>在市</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
</context>
<context>
    <name>ReportTable</name>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>合约明细</translation>
    </message>
    <message>
        <source>Inquiries</source>
        <translation>询价回应</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>时段凭据</translation>
    </message>
    <message>
        <source>Exemptions by hand</source>
        <translation>手工豁免</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>暂停报价</translation>
    </message>
</context>
<context>
    <name>ReportColumn</name>
    <message>
        <source>Figure</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>交易日</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>义务条款</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>合约</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>标的</translation>
    </message>
    <message>
        <source>Participation</source>
        <translation>参与率</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>达标</translation>
    </message>
    <message>
        <source>Obligated s</source>
        <translation>义务时间（秒）</translation>
    </message>
    <message>
        <source>Compliant s</source>
        <translation>有效时间（秒）</translation>
    </message>
    <message>
        <source>Excused s</source>
        <translation>宽限时间（秒）</translation>
    </message>
    <message>
        <source>Missed s</source>
        <translation>缺口时间（秒）</translation>
    </message>
    <message>
        <source>Exempt s</source>
        <translation>豁免时间（秒）</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>价差</translation>
    </message>
    <message>
        <source>Part of allowed spread</source>
        <translation>占允许价差</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>报价量</translation>
    </message>
    <message>
        <source>Contract rate</source>
        <translation>持续报价合约率</translation>
    </message>
    <message>
        <source>Contracts required</source>
        <translation>要求合约数</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Inquiries</source>
        <translation>询价数</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>按时回应数</translation>
    </message>
    <message>
        <source>Answer rate</source>
        <translation>回应率</translation>
    </message>
    <message>
        <source>Median seconds</source>
        <translation>回应中位数（秒）</translation>
    </message>
    <message>
        <source>Pulled early</source>
        <translation>提前撤回</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>询价编号</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Seconds to answer</source>
        <translation>回应用时（秒）</translation>
    </message>
    <message>
        <source>Seconds held</source>
        <translation>保留时间（秒）</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>报价编号</translation>
    </message>
    <message>
        <source>Last quote</source>
        <translation>末笔报价编号</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>State</source>
        <translation>计时状态</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Lifted by</source>
        <translation>解除人</translation>
    </message>
    <message>
        <source>By</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Accepted by the terms</source>
        <translation>条款认可</translation>
    </message>
    <message>
        <source>Ended early by</source>
        <translation>提前结束人</translation>
    </message>
</context>
</TS>
