"""The broker's counter (柜台): accounts, checks before an order leaves, positions and money. A pure state machine."""
