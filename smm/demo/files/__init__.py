"""One module per platform: posts in, the file that the platform hands out."""
