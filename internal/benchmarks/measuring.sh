# What the benchmarks over HTTP share: a server that runs alone, driven by wrk. Sourced, by bash, after: name, first, seconds, warm.
# shellcheck shell=bash disable=SC2154 # these come from the script that sources it

command -v wrk >/dev/null || {
  echo "wrk is not installed; on Debian: apt-get install wrk" >&2
  exit 77
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$here/../..
work=$here/target/$name
ticks=$(getconf CLK_TCK)

mkdir -p "$work"
: >"$work/rounds.tsv"

server='' port='' key=''
stop() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  server=''
}
trap stop EXIT

# start SERVER JAVA-ARGUMENT...: runs a server until it says that it is ready.
start() {
  local log=$work/$1.log err=$work/$1.err ready
  shift
  java -Xms512m -Xmx512m -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "$@" >"$log" 2>"$err" &
  server=$!
  for _ in $(seq 600); do
    ready=$(grep -m1 '^READY' "$log" || true)
    [[ -z $ready ]] || break
    kill -0 "$server" || { cat "$err" >&2; exit 1; }
    sleep 0.1
  done
  read -r _ port key <<<"$ready"
}

cpu() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"; }

mcp_headers=$'Content-Type: application/json\nAccept: application/json, text/event-stream'
call() {
  printf '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s}}' "$1" "$2"
}

# warm_up PATH: two connections leave the compiler of the JVM the time it needs.
warm_up() { wrk -t1 -c2 -d"${first}s" -s "$here/wrk.lua" "http://127.0.0.1:$port$1" >/dev/null; }

# measure NAME PATH CONNECTIONS: prints one line; needs BODY and HEADERS.
measure() {
  local before after requests rate p50 p99 failed
  local url=http://127.0.0.1:$port$2
  wrk -t1 -c"$3" -d"${warm}s" -s "$here/wrk.lua" "$url" >/dev/null
  before=$(cpu)
  read -r _ requests rate p50 p99 failed < <(wrk -t1 -c"$3" -d"${seconds}s" -s "$here/wrk.lua" "$url" | grep '^RESULT')
  after=$(cpu)
  awk -v n="$1" -v c="$3" -v q="$requests" -v r="$rate" -v a="$p50" -v b="$p99" -v f="$failed" -v t=$((after - before)) \
    -v hz="$ticks" 'BEGIN { printf "%s\t%d\t%.0f\t%.3f\t%.3f\t%.1f\t%d\n", n, c, r, a / 1000, b / 1000, t * 1e6 / hz / q, f }' |
    tee -a "$work/rounds.tsv" | column -t >&2
}

# answers NAME PATH: fails unless one request is answered with the words in EXPECTED.
answers() {
  local args=() line said
  while IFS= read -r line; do args+=(-H "$line"); done <<<"$HEADERS"
  [[ -z $BODY ]] || args+=(--data "$BODY")
  said=$(curl -sS -m 20 "${args[@]}" "http://127.0.0.1:$port$2")
  [[ $said == *"$EXPECTED"* ]] || { echo "$1 says: $said" >&2; exit 1; }
}
