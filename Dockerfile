# The server and the seed command in one image: docs/production.md says how to run it, compose.yaml runs it with
# PostgreSQL and Valkey. Tags name a series, so that building again with --pull brings the base images' security fixes.

FROM node:24-trixie-slim AS pages
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --omit=dev --no-fund --no-audit
# The types of what the pages ask are generated from it.
COPY schema.graphql /
COPY web ./
RUN npm run build

FROM python:3.11-slim-trixie AS packages
WORKDIR /packages
COPY requirements.lock ./
# Wheels alone: nothing that was downloaded runs before it is checked, and no compiler is needed. The virtual
# environment has no pip, for nothing is to be installed into it later.
RUN python -m venv --without-pip /opt/venv \
    && python -m pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement requirements.lock

FROM python:3.11-slim-trixie AS code
WORKDIR /app
COPY LICENSE bounded_cache.py ./
COPY db db
COPY execution execution
COPY resolvers resolvers
COPY schema schema
COPY seed seed
COPY server server
COPY --from=pages /web/dist web/dist
# Whatever the modes were where the image is built, everyone may read the code and its owner, root, alone may write. It
# is compiled here, since those who run it can't.
RUN chmod -R u=rwX,go=rX . && python -m compileall -q --invalidation-mode unchecked-hash .

FROM python:3.11-slim-trixie
LABEL org.opencontainers.image.title="Rolegraph" \
    org.opencontainers.image.description="A GraphQL API that describes occupations and compares any two of them" \
    org.opencontainers.image.licenses="MIT"
RUN useradd --no-log-init --uid 10001 --user-group --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin rolegraph \
    && install --directory --owner=rolegraph --group=rolegraph --mode=0700 /data
COPY --from=packages /opt/venv /opt/venv
COPY --from=code /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATABASE_URL=sqlite:////data/rolegraph.sqlite3
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Not urllib.request, which would ask the proxy that the environment may name.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
    "import http.client, os, sys; \
    connection = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
    connection.request('GET', '/healthz'); \
    sys.exit(connection.getresponse().status != 200)"]
CMD ["python", "-m", "server"]
