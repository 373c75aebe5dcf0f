import { pomVersion, runJava } from '../lib/java.mjs';

export default {
  id: 'spring-ai',
  title: 'Spring AI',
  version: pomVersion('spring-ai'),
  java: true,
  run: (session) => runJava('io.mcpguard.interop.SpringAi', session),
};
