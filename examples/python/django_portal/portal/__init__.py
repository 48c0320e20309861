"""The portal: its tables, its counter, its pages."""
