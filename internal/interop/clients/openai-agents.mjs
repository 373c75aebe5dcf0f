// OpenAI's agent library in a full loop: its own MCP client and runner, with a scripted model in the place of a real one.
import { Agent, MCPServerStreamableHttp, Runner, Usage, setTracingDisabled } from '@openai/agents';
import { npmVersion } from '../lib/packages.mjs';

function scriptedModel(calls, answers) {
  let turn = 0;
  return {
    async getResponse({ input }) {
      const result = input.at(-1);
      if (result.type === 'function_call_result') answers.push(result.output);
      const call = calls[turn];
      turn += 1;
      const output = call
        ? { type: 'function_call', callId: `call-${turn}`, name: call.tool, arguments: JSON.stringify(call.arguments), status: 'completed' }
        : { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'done' }] };
      return { usage: new Usage(), output: [output] };
    },
  };
}

async function run({ url, headers, calls }) {
  setTracingDisabled(true);
  const server = new MCPServerStreamableHttp({ name: 'orders', url, requestInit: { headers } });
  await server.connect();
  const tools = await server.listTools();
  const answers = [];
  const agent = new Agent({ name: 'interop', model: scriptedModel(calls, answers), mcpServers: [server] });
  await new Runner({ tracingDisabled: true }).run(agent, 'Read order 2995.');
  await server.close();
  return { tools: tools.map((tool) => tool.name), answers };
}

export default {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK (@openai/agents)',
  version: npmVersion('@openai/agents'),
  run,
};
