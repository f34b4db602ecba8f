# One image for web, worker, beat and migrate; docker-compose.yml says which runs what.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 VAR_DIR=/srv/var
WORKDIR /srv/app

COPY bin/packages bin/python bin/
RUN bin/packages runtime && rm -rf /var/lib/apt/lists/*

COPY requirements/runtime.txt requirements/
RUN pip install --disable-pip-version-check --require-hashes --requirement requirements/runtime.txt

COPY . .
RUN python -m compileall -q . \
    && useradd --system --uid 10001 --home-dir /srv/var --shell /usr/sbin/nologin platforms \
    && mkdir -p /srv/var /srv/static /srv/files \
    && chown 10001:101 /srv/var /srv/static /srv/files
# Group 101 is nginx in its image: it may read the files it is told to hand over, and nothing else.
USER 10001:101

CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "platforms_site.wsgi"]
