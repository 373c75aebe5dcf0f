// A part of a Markdown file that a program writes: between <!-- NAME:begin --> and <!-- NAME:end -->.
import { readFileSync, writeFileSync } from 'node:fs';

function split(file, name) {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`${file} has no lines "${begin.trim()}" and "${end}"`);
  return { before: text.slice(0, from), section: text.slice(from, to), after: text.slice(to) };
}

export function readSection(file, name) {
  return split(file, name).section.trim();
}

export function writeSection(file, name, section) {
  const { before, after } = split(file, name);
  writeFileSync(file, `${before}\n${section}\n\n${after}`);
}
