"""The public portal: static pages, their search and open data, for a web server or a USB stick."""
