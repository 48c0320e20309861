"""Live order for many settlements: one Restate object a settlement is its single writer."""
