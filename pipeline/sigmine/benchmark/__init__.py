"""How fast sigmine is: the texts that come with it made into articles of each format, and a clock."""
