"""The T-shaped chain (T型报价): calls left, puts right, the strike between them."""
