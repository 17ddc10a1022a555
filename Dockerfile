# Packages are installed in one stage, so that the last one carries neither uv nor its cache.
FROM python:3.12-slim AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/venv \
    && awk '/^uv==/ { on = 1 } on { print; if (!/\\$/) exit }' /tmp/base.txt >/tmp/uv.txt \
    && pip install --no-cache-dir --require-hashes --no-deps -r /tmp/uv.txt \
    && uv pip install --no-cache --compile-bytecode --python /opt/venv/bin/python --require-hashes -r /tmp/base.txt

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home hindcast && install -d -o hindcast -g hindcast /var/lib/hindcast
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HINDCAST_VAR=/var/lib/hindcast
COPY --from=packages /opt/venv /opt/venv
COPY manage.py LICENSE /app/
COPY config /app/config
COPY forecasts /app/forecasts
COPY lab /app/lab
COPY language /app/language
COPY news /app/news
COPY sandbox /app/sandbox
COPY tracker /app/tracker
COPY seeds /app/seeds
WORKDIR /app
USER hindcast
VOLUME /var/lib/hindcast
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]
