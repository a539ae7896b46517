"""GraphQL types with their descriptions and the resolver of each field. No logic and no I/O."""
