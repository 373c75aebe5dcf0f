// Runs one client: what to do comes in on standard input, what came of it is the last line of standard output.
import { text } from 'node:stream/consumers';

const session = JSON.parse(await text(process.stdin));
const { default: clients } = await import(session.file);
const client = [clients].flat().find(({ id }) => id === session.id);
let report;
try {
  report = await client.run(session);
} catch (e) {
  report = { error: String(e.message ?? e).trim().split('\n')[0].slice(0, 200), ...e.report };
  console.error(e);
}
process.stdout.write(`\n${JSON.stringify(report)}\n`, () => process.exit(0));
