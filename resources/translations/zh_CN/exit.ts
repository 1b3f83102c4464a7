<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ExitQuestion</name>
    <message>
        <source>Leave OptionDesk</source>
        <translation>退出 OptionDesk</translation>
    </message>
    <message>
        <source>Contracts that are still quoted: {count}</source>
        <translation>仍在报价的合约：{count}</translation>
    </message>
    <message>
        <source>Orders that still work: {count}</source>
        <translation>尚有 {count} 笔委托未了结</translation>
    </message>
    <message>
        <source>Orders that you leave are cancelled by the venue unless this desk comes back within seconds.</source>
        <translation>保留的委托，若本终端未在数秒内重新连接，将由柜台自动撤单。</translation>
    </message>
    <message>
        <source>Cancel them and leave</source>
        <translation>撤单并退出</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>保留委托并退出</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不退出</translation>
    </message>
</context>
</TS>
