"""What a person sees of expiry: calendar of events, exercise cockpit, assignment desk, covered pool, adjustments."""
