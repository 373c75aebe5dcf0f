import { pomVersion, runJava } from '../lib/java.mjs';

export default {
  id: 'langchain4j',
  title: 'LangChain4j',
  version: pomVersion('langchain4j-mcp'),
  java: true,
  run: (session) => runJava('io.mcpguard.interop.LangChain4j', session),
};
