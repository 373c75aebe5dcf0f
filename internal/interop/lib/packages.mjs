// The npm packages that the clients are.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');

export function npmVersion(name) {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
}

/** A program of a package, by its path in the folder of all packages. */
export function program(...candidates) {
  const found = candidates.map((candidate) => join(modules, candidate)).find((path) => existsSync(path));
  if (!found) throw new Error(`not installed: ${candidates.join(' or ')}`);
  return found;
}
