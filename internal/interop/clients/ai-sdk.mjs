// Vercel's AI SDK in a full loop: its own MCP client and tool loop, with its own mock in the place of a model.
import { createMCPClient } from '@ai-sdk/mcp';
import { generateText, stepCountIs } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { npmVersion } from '../lib/packages.mjs';

const USAGE = { inputTokens: { total: 1 }, outputTokens: { total: 1 }, totalTokens: 2 };

function scriptedModel(calls) {
  let turn = 0;
  return new MockLanguageModelV3({
    doGenerate: async () => {
      const call = calls[turn];
      turn += 1;
      return call
        ? { finishReason: { unified: 'tool-calls' }, usage: USAGE, warnings: [], content: [{ type: 'tool-call', toolCallId: `call-${turn}`, toolName: call.tool, input: JSON.stringify(call.arguments) }] }
        : { finishReason: { unified: 'stop' }, usage: USAGE, warnings: [], content: [{ type: 'text', text: 'done' }] };
    },
  });
}

async function run({ url, headers, calls }) {
  const client = await createMCPClient({ transport: { type: 'http', url, headers } });
  const tools = await client.tools();
  const { steps } = await generateText({ model: scriptedModel(calls), tools, prompt: 'Read order 2995.', stopWhen: stepCountIs(calls.length + 1) });
  await client.close();
  const answers = steps.flatMap((step) => step.toolResults.map((result) => result.output));
  return { tools: Object.keys(tools), answers };
}

export default {
  id: 'ai-sdk',
  title: 'AI SDK (@ai-sdk/mcp)',
  version: npmVersion('@ai-sdk/mcp'),
  run,
};
