"""The clearing house and the day's end (清算交收): one restartable pipeline over the counter's books. Pure."""
