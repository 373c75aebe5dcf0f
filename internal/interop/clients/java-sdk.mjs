import { pomVersion, runJava } from '../lib/java.mjs';

export default {
  id: 'java-sdk',
  title: 'Java SDK',
  version: pomVersion('mcp-sdk'),
  java: true,
  run: (session) => runJava('io.mcpguard.interop.JavaSdk', session),
};
