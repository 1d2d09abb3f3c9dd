# One image for the web server, the worker and the scheduler; docker-compose.yml shows how they differ.

# By the digest of its index, which is that of all platforms; another: docker build --build-arg PYTHON=python:…
ARG PYTHON=python:3.13.9-slim-trixie@sha256:326df678c20c78d465db501563f3492d17c42a4afe33a1f2bf5406a1d56b0e86

FROM ${PYTHON} AS build
WORKDIR /app
RUN python -m venv .venv
COPY requirements-uv.txt requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
 && .venv/bin/uv pip install --no-cache --compile-bytecode --python .venv/bin/python \
      --require-hashes -r requirements.txt \
 && .venv/bin/pip uninstall --yes uv

FROM ${PYTHON}
# What is mounted there takes the owner from the image.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/assay assay \
 && install --directory --owner assay --group assay --mode 0700 /var/lib/assay/backups /var/lib/assay/universe
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY manage.py ./
COPY assets assets
COPY screener screener
COPY templates templates
COPY static static
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ASSAY_STATE_DIR=/var/lib/assay
USER assay
# The key only lets the settings load; it is not kept in the image.
RUN ASSAY_SECRET_KEY=only-for-collecting-static-files python manage.py collectstatic --no-input --verbosity 0
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "asginl", "--loop", "asyncio", "--no-ws", "--workers", "1", "--backlog", "4096", "--http1-header-read-timeout", "4500", "--host", "0.0.0.0", "--port", "8000", "--respawn-failed-workers", "screener.asgi:application"]
