"""The exchange (交易所): sessions, auctions, matching, market data. A pure state machine."""
