"""Other people's programs, each measured in a virtual environment of its own and never installed into ours."""
