"""What the papers say: one module for each kind of paper, over a shared way of composing them."""
