"""The cache: what each page has read, digests of it, and texts kept between builds."""
