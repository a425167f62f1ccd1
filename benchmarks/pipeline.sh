#!/bin/bash
# Images a second through a folder pipeline of six tasks, this commit against another, by turns.
#
#   benchmarks/pipeline.sh --against COMMIT [--scenes N] [--rounds R] [--work FOLDER]
#
# COMMIT is built in a worktree of its own below FOLDER, as is what is checked out here. An image's time is counted from the first result of a round to
# its last, so starting the program is not in it. Prints a line a round, and at the end the median ratio.
set -eu

top=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
against=
scenes=200
rounds=3
work=${TMPDIR:-/tmp}/sextant-benchmark
while [ $# -gt 0 ]; do
    case $1 in
        --against) against=$2 ;;
        --scenes) scenes=$2 ;;
        --rounds) rounds=$2 ;;
        --work) work=$2 ;;
        *)
            echo "unknown option $1" >&2
            exit 2
            ;;
    esac
    shift 2
done
[ -n "$against" ] || {
    echo "--against names the commit to compare with" >&2
    exit 2
}
mkdir -p "$work"

# Leaves a built worktree of a commit in $work/NAME.
build() {
    name=$1
    commit=$(git -C "$top" rev-parse --verify "$2^{commit}")
    if [ ! -d "$work/$name" ]; then
        git -C "$top" worktree add --detach "$work/$name" "$commit" >&2
    fi
    git -C "$work/$name" checkout -q --detach "$commit"
    "$work/$name/sextant" --version >&2
}

# Prints images a second of one round of the build in $work/NAME.
round() {
    name=$1
    folder=$work/round
    rm -rf "$folder"
    mkdir -p "$folder/photos"
    cp "$work/scenes/images/"* "$folder/photos/"
    images=$(ls "$folder/photos" | wc -l)
    cat > "$folder/application.properties" <<PROPERTIES
quarkus.http.port=0
sextant.pipelines.photos.from=file:photos
sextant.pipelines.photos.to=file:results
sextant.pipelines.photos.settle=0
sextant.pipelines.photos.steps[0].task=caption
sextant.pipelines.photos.steps[1].task=grounding
sextant.pipelines.photos.steps[2].task=vqa
sextant.pipelines.photos.steps[2].prompt=how many objects are there?
sextant.pipelines.photos.steps[3].task=refer
sextant.pipelines.photos.steps[3].prompt=the apple
sextant.pipelines.photos.steps[4].task=identify
sextant.pipelines.photos.steps[4].box=40,40,160,160
sextant.pipelines.photos.steps[5].task=detection
sextant.pipelines.photos.steps[5].prompt=apple, dog, rocket
PROPERTIES
    (cd "$folder" && exec "$work/$name/sextant" run > run.log 2>&1) &
    pid=$!
    expected=$((6 * images))
    while [ "$(find "$folder/results" -name '*.json' 2> "$folder/find.log" | wc -l)" -lt "$expected" ]; do
        kill -0 "$pid" 2> "$folder/kill.log" || {
            cat "$folder/run.log" >&2
            exit 1
        }
        sleep 0.5
    done
    kill "$pid"
    wait "$pid" || true
    # The first image is a start, not a time.
    find "$folder/results" -name '*.json' -printf '%T@\n' | sort -n \
        | awk -v images="$images" '{ times[NR] = $1 } END { printf "%.3f\n", (images - 1) / (times[NR] - times[6]) }'
}

build before "$against"
build now HEAD
if [ ! -d "$work/scenes" ]; then
    "$top/sextant" scenes --split test --seed 9 --count "$scenes" --out "$work/scenes" >&2
fi
echo "round before now ratio"
: > "$work/ratios"
for i in $(seq "$rounds"); do
    # Who goes first changes.
    if [ $((i % 2)) -eq 1 ]; then
        before=$(round before)
        now=$(round now)
    else
        now=$(round now)
        before=$(round before)
    fi
    ratio=$(awk -v a="$now" -v b="$before" 'BEGIN { printf "%.2f", a / b }')
    echo "$i $before $now $ratio"
    echo "$ratio" >> "$work/ratios"
done
echo "median ratio $(sort -n "$work/ratios" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')"
