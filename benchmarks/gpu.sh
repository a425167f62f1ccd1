#!/bin/bash
# What the published sizes take on a GPU, and whether it computes what the reference computes: one command for a machine that has JDK 17 and libtorch for CUDA
# (docs/gpu.md says how to get it) and nothing else.
#
#   benchmarks/gpu.sh pack FILE.tgz       in a checkout that is built: what the other machine needs, without libtorch
#   ./gpu.sh [--device cuda] [--size PUBLISHED] [--cache 6G] [--sequences "1 8 32 128"] [--precisions "bfloat16 float16"] [--out gpu.json]
#                                         in the folder that FILE.tgz is unpacked to; in a checkout as benchmarks/gpu.sh, which packs for itself first
#
# Runs the golden tests on the device, makes weights of that size on the machine (zeros, which take no space and the same time), and measures image pass, prompt
# and tokens a second of so many answers at once, each twice, of which the first is warming up. Writes one JSON document. With --device cpu libtorch is the one of a checkout, or
# of PYTORCH_LIBRARY_PATH. Ends with 1 if a golden test fails, after all else.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
most=$((60 << 20))

fail() {
    echo "gpu.sh: $1" >&2
    exit 2
}

# Puts what the other machine needs into the folder $1.
assemble() {
    local top=$here/.. application jars jar launcher
    [ -d "$top/core/target/test-classes" ] || fail "the tests are not compiled; run mvn -q -Dquick package"
    application=$top/native/target/quarkus-app/lib/main
    [ -d "$application" ] || fail "the application is not built; run mvn -q -Dquick package"
    mkdir -p "$1/lib"
    cp "$application"/com.fasterxml.jackson.core.*.jar "$1/lib"
    jars=$(mktemp)
    (cd "$top" && mvn -q dependency:build-classpath -pl core -DincludeScope=test -Dmdep.outputFile="$jars" >&2)
    for jar in $(tr ':' ' ' < "$jars"); do
        case $jar in
            *pytorch-native-cpu*) echo "$jar" > "$1.libtorch" ;;
            *) cp "$jar" "$1/lib" ;;
        esac
        case $jar in
            # Maven's test plugin fetches it beside the engine.
            *junit-platform-engine*)
                launcher=${jar//junit-platform-engine/junit-platform-launcher}
                [ -f "$launcher" ] || fail "$launcher is missing; run one test with Maven, which fetches it"
                cp "$launcher" "$1/lib"
                ;;
        esac
    done
    rm "$jars"
    cp "$here/gpu.sh" "$here/Published.java" "$here/BareMachine.java" "$1"
    cp -r "$top/core/target/classes" "$1/core"
    cp -r "$top/tasks/target/classes" "$1/tasks"
    cp -r "$top/core/target/test-classes" "$1/test-classes"
    cp -r "$top/core/src/test/golden" "$1/golden"
}

# Packs the folder $1 as the file $2, and says how large that is.
pack() {
    local bytes
    tar -czf "$2" -C "$1" .
    bytes=$(stat -c %s "$2")
    echo "$2: $((bytes >> 20)) MiB" >&2
    [ "$bytes" -lt "$most" ] || fail "that is more than $((most >> 20)) MiB"
    echo "$bytes"
}

if [ "${1:-}" = pack ]; then
    [ $# -eq 2 ] || fail "pack takes the name of the file to write"
    folder=$(mktemp -d)
    trap 'rm -rf "$folder" "$folder.libtorch"' EXIT
    assemble "$folder"
    pack "$folder" "$2" > /dev/null
    exit 0
fi

device=cuda
size=PUBLISHED
cache=6G
sequences="1 8 32 128"
precisions="bfloat16 float16"
out=gpu.json
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fail "$1 wants a value"
    case $1 in
        --device) device=$2 ;;
        --size) size=$2 ;;
        --cache) cache=$2 ;;
        --sequences) sequences=$2 ;;
        --precisions) precisions=$2 ;;
        --out) out=$2 ;;
        *) fail "unknown option $1" ;;
    esac
    shift 2
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack=$here
carried=null
if [ ! -d "$here/lib" ]; then
    pack=$work/pack
    assemble "$pack"
    carried=$(pack "$pack" "$work/pack.tgz")
fi
classes="$pack/core:$pack/tasks:$pack/lib/*"
if [ "$device" = cpu ] && [ -z "${PYTORCH_LIBRARY_PATH:-}" ]; then
    [ -f "$work/pack.libtorch" ] || fail "libtorch for a processor is not in the pack; set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR"
    classes="$classes:$(cat "$work/pack.libtorch")"
elif [ -z "${PYTORCH_LIBRARY_PATH:-}" ]; then
    fail "set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR as docs/gpu.md says"
fi

# Golden tolerances are those of float32, not of its short form on GPUs.
golden=$(NVIDIA_TF32_OVERRIDE=0 java -Dsextant.golden="$pack/golden" -Dsextant.top="$pack" -Dsextant.golden.device="$device" \
    -cp "$classes:$pack/test-classes" "$pack/BareMachine.java" golden 2> "$work/golden.log") || {
    cat "$work/golden.log" >&2
    fail "the golden tests could not be run"
}
grep -a "^golden \|GoldenTest\|Error" "$work/golden.log" >&2 || true

model=$work/model
java -cp "$classes" "$pack/BareMachine.java" weights "$model" "$size" 2> "$work/weights.log" || {
    cat "$work/weights.log" >&2
    fail "no weights could be made"
}

# Measures in the precision $1, and prints a JSON object.
measure() {
    {
        printf 'turn\nturn\n'
        for count in $sequences $sequences; do
            echo "sequences $count"
        done
    } | java -Xmx2g -cp "$classes" "$pack/Published.java" "$model" "$1" "$device" "$cache" 2> "$work/measure.log" \
        | awk 'NR == 1 { load = $0; next } { rows = rows (NR > 2 ? "," : "") $0 } END { if (NR < 2) exit 1; printf "{\"loaded\":%s,\"rows\":[%s]}", load, rows }' || {
        cat "$work/measure.log" >&2
        fail "could not measure in $1"
    }
}

# The first line of what a command prints, as a JSON string; empty where there is no such command.
words() {
    local line=
    if command -v "$1" > /dev/null; then
        line=$("$@" 2>&1 | head -n 1 | tr -d '\042\134' | tr '\t' ' ') || true
    fi
    printf '"%s"' "$line"
}

separator=
{
    printf '{"device":"%s","size":"%s","cache":"%s","carriedBytes":%s,' "$device" "$size" "$cache" "$carried"
    printf '"gpu":%s,' "$(words nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader)"
    printf '"processor":%s,' "$(words sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo)"
    printf '"java":%s,"libtorch":"%s",' "$(words java -version)" "${PYTORCH_FLAVOR:-cpu}"
    printf '"golden":%s,"precisions":[' "$golden"
    for precision in $precisions; do
        printf '%s' "$separator"
        measure "$precision"
        separator=,
    done
    printf ']}\n'
} > "$work/result.json"
cp "$work/result.json" "$out"
cat "$out"
case $golden in
    *'"failed":0}') ;;
    *) exit 1 ;;
esac
