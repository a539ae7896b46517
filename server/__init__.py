"""HTTP: the ASGI application, its settings, pages, rate limits, caching and telemetry."""
