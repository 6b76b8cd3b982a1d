# syntax=docker/dockerfile:1

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -DskipTests -Dmaven.test.skip=true package \
    && mv target/skyport-*.jar target/skyport.jar \
    && java -Djarmode=tools -jar target/skyport.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 skyport \
    && useradd --system --uid 10001 --gid skyport --home-dir /skyport skyport \
    && install -d -o skyport -g skyport /skyport /skyport/data
WORKDIR /skyport
# From what changes least to what changes most.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY application.yml ./
COPY demo demo
USER 10001
VOLUME /skyport/data
# Flight SQL, FlyDB, HTTP. /tmp must be writable and executable: DuckDB unpacks its library there.
EXPOSE 50051 8889 8080
# The jar's manifest carries what the JVM needs; JAVA_TOOL_OPTIONS adds to it.
ENTRYPOINT ["java", "-jar", "skyport.jar"]
