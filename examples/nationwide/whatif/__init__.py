"""What if: a country's last year under other rules, one Dask task a settlement."""
