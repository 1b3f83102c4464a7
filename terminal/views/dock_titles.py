"""What stands over each panel, by the name of its dock."""

from terminal.views.translation import mark

DOCK_TITLES = {
    "rail": mark("Dock", "Underlyings"),
    "picker": mark("Dock", "Choose a contract"),
    "intraday": mark("Dock", "Intraday"),
    "depth": mark("Dock", "Depth"),
    "ladder": mark("Dock", "Ladder"),
    "ticket": mark("Dock", "Order ticket"),
    "basket": mark("Dock", "Basket"),
    "orders": mark("Dock", "Orders"),
    "fills": mark("Dock", "Fills"),
    "instructions": mark("Dock", "Instructions"),
    "positions": mark("Dock", "Positions"),
    "funds": mark("Dock", "Funds"),
    "notices": mark("Dock", "Notices"),
    "queries": mark("Dock", "Queries"),
    "history": mark("Dock", "History"),
    "volatility": mark("Dock", "Volatility curve"),
    "smiles": mark("Dock", "All expiries"),
    "surface": mark("Dock", "Surface"),
    "risk": mark("Dock", "Risk"),
    "terms": mark("Dock", "Rates and time"),
    "obligations": mark("Dock", "Obligations"),
    "inquiries": mark("Dock", "Inquiries"),
    "duties": mark("Dock", "Obligation terms"),
    "quote": mark("Dock", "Two-sided quote"),
    "quoting": mark("Dock", "Quoting grid"),
    "strategies": mark("Dock", "Strategies"),
    "protection": mark("Dock", "Protection"),
    "exposure": mark("Dock", "Net exposure"),
    "alerts": mark("Dock", "Reminders"),
    "alert_settings": mark("Dock", "Reminder settings"),
    "calendar": mark("Dock", "Event calendar"),
    "cockpit": mark("Dock", "Exercise cockpit"),
    "assignment": mark("Dock", "Assignment"),
    "covered": mark("Dock", "Covered"),
    "adjustment": mark("Dock", "Adjustment"),
}

#: On a tab, where what stands beside it says the rest
TAB_TITLES = {
    "quote": mark("Dock", "Two-sided"),
    "ticket": mark("Dock", "Single"),
    "basket": mark("Dock", "Combo"),
}
