#!/bin/sh
# Makes the README's tables: bench/run.sh all|handoff|handoff-all-on|cpu|setup|memory|recording|relay|policy|shadow|redact|audit|signoff|export|mix|browser|replay [how many …]. The gateway runs as the packaged jar in a
# process of its own with a redis-server of its own; the callers, the bot and the humans run in this one. Needs redis-server, and sipp for setup,
# rtpengine for relay; policy, shadow, redact, audit and browser run in one process and need neither.
set -eu
cd "$(dirname "$0")/.."
need() { command -v "$1" >/dev/null 2>&1 || { echo "bench: needs $1 (Debian: apt-get install $2)" >&2; exit 1; }; }
case "${1:-}" in policy | shadow | redact | audit | browser) ;; *) need redis-server redis-server ;; esac
case "${1:-}" in setup | all) need sipp sip-tester ;; esac
case "${1:-}" in relay | all) need rtpengine rtpengine-daemon ;; esac

if [ ! -f target/quarkus-app/quarkus-run.jar ] || [ ! -d target/test-classes/io/segue/bench ]; then
    ./mvnw -q -B -DskipTests package
fi
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "${HOME:-}"/.sdkman/candidates/java/25*; do
    if [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 2[5-9]'; then jdk=$home; break; fi
done
[ -n "${jdk:-}" ] || { echo "bench: needs a JDK of 25 or newer: set JAVA_HOME" >&2; exit 1; }

# These bring a PostgreSQL, which is no part of the package.
case "${1:-}" in
    handoff-all-on | audit | signoff | export | all | replay) [ -d target/bench/lib ] || ./mvnw -q -B dependency:copy-dependencies -DoutputDirectory=target/bench/lib \
        -DincludeGroupIds=io.zonky.test,io.zonky.test.postgres,org.apache.commons,org.tukaani,commons-io,commons-codec ;;
esac

exec "$jdk/bin/java" -Xms1g -Xmx3g -XX:+UseZGC "-Dbench.jvm=${BENCH_JVM:-}" "-Dbench.redis=$(command -v redis-server || true)" \
    "-Dbench.rtpengine=$(command -v rtpengine || true)" \
    -cp "target/test-classes:target/classes:target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*:target/bench/lib/*" io.segue.bench.Bench "$@"
