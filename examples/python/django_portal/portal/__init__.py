"""One settlement's portal: `models` are its rows, `counter` what a request does to them, `views` its pages."""
