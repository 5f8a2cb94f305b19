"""Networks as pictures: where molecules stand, how they and their relations look, and what is drawn of them."""
