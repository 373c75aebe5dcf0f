# How ./quickstart runs this example. Sourced by it; says where the service tells that it is healthy, and starts it.
# shellcheck shell=sh disable=SC2034,SC2086,SC2154 # variables come from and go to ./quickstart
health=/health

launch() {
  exec "$java" $fast -jar "$jar" --port "$port" --guard-home "$run/guard"
}
