"""What the market allows and charges. Figures come from dated profiles, never from constants in code. Pure."""
