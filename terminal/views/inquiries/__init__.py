"""The inquiry cockpit (询价应答)."""
