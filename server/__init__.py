"""The HTTP edge and the place where everything is put together. Imports schema, resolvers and db."""
