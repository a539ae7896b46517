from server.requests import Parameters, bad_request


class PersistedOperations:
    async def resolve(self, p: Parameters) -> str:
        if p.query is None:
            raise bad_request('The parameter "query" is required and must be a string.')
        return p.query

    async def remember(self, text: str, p: Parameters) -> None: ...
