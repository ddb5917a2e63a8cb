# Timone's one image: the web server, the worker, the scheduler and the migration differ in their command alone.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/python -m pip install --require-hashes --only-binary :all: -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, of the server's version, for `manage.py backup` and `restore`.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin timone \
    && install -d -o timone -g timone /data
COPY --from=build /opt/venv /opt/venv
COPY . /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TIMONE_DATA_DIR=/data
# The files are collected as in production; the settings want a key and a database's name for it, which stay here.
RUN TIMONE_DATA_DIR=/tmp/collect SECRET_KEY=only-for-this-step DATABASE_URL=postgres://collect@localhost/none \
    python manage.py collectstatic --no-input \
    && rm -rf /tmp/collect
USER timone
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "smm.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
