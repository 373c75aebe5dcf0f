// The clients that are Java programs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../node/child.mjs';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'java');

/** The version of a library as the pom has it, from its property NAME.version. */
export function pomVersion(name) {
  return readFileSync(join(folder, 'pom.xml'), 'utf8').match(`<${name}.version>(.*)</${name}.version>`)[1];
}

/** Builds them, when one of these clients is among them. */
export function buildJavaClients(clients) {
  if (!clients.some((client) => client.java)) return;
  console.log('Building the clients that are Java programs');
  execFileSync('mvn', ['-q', '-B', '-Dstyle.color=never', '-f', join(folder, 'pom.xml'), 'package'], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Runs one: the session goes in as JSON, the report comes out as the last line. */
export async function runJava(mainClass, session) {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const classpath = `${join(folder, 'target', 'classes')}:${join(folder, 'target', 'lib')}/*`;
  const child = await run(java, ['-XX:TieredStopAtLevel=1', '-cp', classpath, mainClass], { input: JSON.stringify(session) });
  process.stderr.write(child.stderr);
  if (child.code !== 0) throw new Error(lastError(child.stderr));
  return JSON.parse(child.stdout.trim().split('\n').at(-1));
}

function lastError(stderr) {
  const lines = stderr.trim().split('\n').filter((line) => /^(Exception in|Caused by:)/.test(line));
  return lines.at(-1) ?? 'ended without a word';
}
