# The server in a container:
#
#   docker build -t dimoo .
#   docker run -p 8080:8080 -e DIMOO_API_KEYS=me:$(openssl rand -hex 24) dimoo
#
# docs/serving.md tells the rest. packaging/test-image runs these steps without a container engine.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B package -DskipTests
RUN packaging/assemble /opt/dimoo

# glibc and libstdc++ are all that LibTorch needs of the system
FROM debian:bookworm-slim
RUN groupadd --gid 10001 dimoo \
  && useradd --uid 10001 --gid dimoo --no-create-home --home-dir /nonexistent dimoo
COPY --from=build /opt/dimoo /opt/dimoo
# models that `dimoo download` fetched: mount a volume here
ENV HF_HOME=/models
RUN mkdir /models && chown dimoo:dimoo /models
VOLUME /models
USER dimoo
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=120s CMD ["/opt/dimoo/bin/healthcheck"]
ENTRYPOINT ["/opt/dimoo/bin/dimoo"]
# without keys it refuses to start: set DIMOO_API_KEYS, or add --no-auth
CMD ["serve", "--host", "0.0.0.0"]
