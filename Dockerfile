# syntax=docker/dockerfile:1

# Both bases are of the same release, pinned by what they contain; `src/image/check` runs what this file makes, without a container engine.
FROM eclipse-temurin:25.0.4_7-jdk-noble@sha256:264fafc3390db78c93dc51da0109a0d66ad1fb59f7a893f12b7e3df1f15e52da AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip=true package
RUN mv target/skyport-*.jar target/skyport.jar \
    && java -Djarmode=tools -jar target/skyport.jar extract --layers --destination layers

FROM eclipse-temurin:25.0.4_7-jre-noble@sha256:d120abd9d8d7dec94520ce974ece62d0e4eed8576eb00bbc84e6128307ab48ef
# The program belongs to root, so that the server cannot change it even where the file system is not read-only. The health command needs
# bash, and openssl where the server speaks TLS.
RUN groupadd --gid 10001 skyport \
    && useradd --uid 10001 --gid skyport --home-dir /skyport --no-create-home --shell /usr/sbin/nologin skyport \
    && install -d /skyport /skyport/config /skyport/startup /skyport/tls \
    && install -d -o skyport -g skyport -m 0750 /skyport/data /skyport/spill \
    && for tool in bash openssl timeout; do command -v "$tool" || exit 1; done
WORKDIR /skyport
# From what changes least to what changes most.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY --chmod=755 src/image/health bin/health
COPY application.yml ./
COPY demo demo
USER 10001
# All that is written to. /tmp must be executable: DuckDB unpacks its library there.
VOLUME ["/skyport/data", "/tmp"]
# Flight SQL, FlyDB, HTTP.
EXPOSE 50051 8889 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=10m --start-interval=2s --retries=3 CMD ["/skyport/bin/health"]
# The jar's manifest carries what the JVM needs, except leave for Netty's use of Unsafe, of which Java 25 would warn. JAVA_TOOL_OPTIONS adds to it.
ENTRYPOINT ["java", "--sun-misc-unsafe-memory-access=allow", "-jar", "skyport.jar"]
# Last, because they change with each build.
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Skyport" \
      org.opencontainers.image.description="One SQL server with two wires: Arrow Flight SQL and the FlyDB binary protocol" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.4_7-jre-noble"
